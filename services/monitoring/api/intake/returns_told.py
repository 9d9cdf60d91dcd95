"""A return that two banks tell, each under a reference of its own, is one return.

The bank of the payee tells it between banks (pacs.004), the treasury's own bank when it credits
the account (camt.052, camt.053, camt.054). Both name the payment: matched are payment, amount and
day (`interfaces` §4), one of the one kind with one of the other. Two returns that one kind of
message tells stay two. Where both messages have the number of the clearing system, or the unique
reference of the payment (UETR), it decides: the same number is the same return, another one is
another return, even of the same amount on the same day.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlmodel import col, select

from services.monitoring.api.intake.order_lookups import some_of
from services.monitoring.api.intake.returns_doubted import marked
from services.monitoring.domain.statement.lines import BankLine, BankMessage, Direction
from services.monitoring.domain.statement.naming import statement_of
from services.monitoring.domain.statement.sorting import Known
from services.monitoring.domain.statement.twins import FirstTold
from services.monitoring.projections.ledger_statement import LedgerRow
from services.monitoring.projections.payment_list import ReturnRow
from services.monitoring.projections.treasury_lines import StatementRow
from shared.domain.money import FEN_PER_YUAN
from shared.http.reading import looking
from shared.http.runtime import Runtime

BETWEEN_BANKS: Final = "pacs."
ON_THE_ACCOUNT: Final = "camt.05"
_KINDS: Final = (BETWEEN_BANKS, ON_THE_ACCOUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldReturn:
    """A return that is booked, and the kind of message that told it first."""

    payment_id: str
    return_id: str
    fen: int
    returned_on: date
    kind: str
    form: str = ""
    statement: str = ""
    uetr: str = ""
    clearing_ref: str = ""

    def denies(self, line: BankLine) -> bool:
        """Whether a reference says that it is another one."""
        pairs = ((self.clearing_ref, line.clearing_ref), (self.uetr, line.uetr))
        return any(one and other and one != other for one, other in pairs)

    def certain(self, line: BankLine) -> bool:
        """Whether the clearing system calls both the same."""
        return bool(line.clearing_ref) and line.clearing_ref == self.clearing_ref


async def told_alike(
    runtime: Runtime, whose: tuple[str, str], message: BankMessage, known: Known
) -> Sequence[BankLine]:
    """The lines of a message, each return under the name under which it is booked already.

    `whose` are region and statement. What another message of the kind has told may be a return
    told again: such a line is marked.
    """
    (region, statement), kind = whose, _kind(message.form)
    payments = {line.number: _payments(line, known) for line in message.lines if _back(line)}
    if not kind or not payments:
        return message.lines
    booked = await _booked(runtime, region, {one for some in payments.values() for one in some})
    lines = renamed(message.lines, payments, booked, kind)
    first = [
        FirstTold(return_id=one.return_id, form=one.form, statement=one.statement, uetr=one.uetr)
        for one in booked
    ]
    return await marked(runtime, (region, message.form, statement), lines, first)


def renamed(
    lines: Sequence[BankLine],
    payments: Mapping[int, Collection[str]],
    booked: Iterable[ToldReturn],
    kind: str,
) -> Sequence[BankLine]:
    """Each return of this kind of message beside one of the other, as long as there is one."""
    own: dict[str, ToldReturn] = {}
    others: dict[tuple[str, int], list[ToldReturn]] = defaultdict(list)
    for one in booked:
        if one.kind == kind:
            own[one.return_id] = one
        elif one.kind:
            others[one.payment_id, one.fen].append(one)
    taken: Counter[str] = Counter()
    found: list[BankLine] = []
    for line in lines:
        same = None
        if line.return_id not in own:
            same = _same(line, payments, others, taken) or _shorter(line, own.values(), taken)
        if same is not None:
            taken[same.return_id] += 1
        found.append(line if same is None else replace(line, return_id=same.return_id))
    return found


def _same(
    line: BankLine,
    payments: Mapping[int, Collection[str]],
    others: Mapping[tuple[str, int], Sequence[ToldReturn]],
    taken: Mapping[str, int],
) -> ToldReturn | None:
    fen = int(line.amount * FEN_PER_YUAN)
    days = {line.booked_on, line.value_on}
    told = [
        one
        for key in payments.get(line.number, ())
        for one in others.get((key, fen), ())
        if one.returned_on in days and not taken.get(one.return_id) and not one.denies(line)
    ]
    return next((one for one in told if one.certain(line)), next(iter(told), None))


def _shorter(
    line: BankLine, own: Iterable[ToldReturn], taken: Mapping[str, int]
) -> ToldReturn | None:
    """The same return where only one of two messages has the number of the clearing system."""
    if line.return_id == line.bank_ref:
        return None
    told = (one for one in own if not taken.get(one.return_id) and not one.denies(line))
    return next((one for one in told if _begins(one.return_id, line.return_id)), None)


def _begins(one: str, other: str) -> bool:
    return one.startswith(f"{other}:") or other.startswith(f"{one}:")


def _kind(form: str) -> str:
    return next((kind for kind in _KINDS if form.startswith(kind)), "")


def _back(line: BankLine) -> bool:
    return line.direction is Direction.CREDIT and line.booked_on is not None


def _payments(line: BankLine, known: Known) -> tuple[str, ...]:
    """Under which numbers the payment that came back may be booked."""
    named = list(line.numbers)
    named += [known.orders[one].pay_cert_no for one in line.numbers if one in known.orders]
    named += [one.payment_id for one in known.references.get(line.bank_ref, ())]
    named += [one.payment_id for one in known.uetrs.get(line.uetr, ())]
    if line.uetr in known.ordered_uetrs:
        named.append(known.ordered_uetrs[line.uetr].pay_cert_no)
    return tuple(dict.fromkeys(named))


async def _booked(runtime: Runtime, region: str, payments: Collection[str]) -> Sequence[ToldReturn]:
    rows: list[ReturnRow] = []
    forms: dict[str, str] = {}
    async with looking(runtime) as session:
        for some in some_of(sorted(payments)):
            query = select(ReturnRow).where(
                ReturnRow.ledger_id == LedgerRow.ledger_id,
                LedgerRow.region_code == region,
                col(ReturnRow.payment_id).in_(some),
            )
            rows += (await session.execute(query)).scalars()
        for some in some_of(sorted({statement_of(row.source_id) for row in rows} - {""})):
            named = select(StatementRow).where(col(StatementRow.statement_id).in_(some))
            for row in (await session.execute(named)).scalars():
                forms[row.statement_id] = row.form
    return [
        ToldReturn(
            payment_id=row.payment_id,
            return_id=row.return_id,
            fen=row.amount_fen,
            returned_on=row.returned_on,
            kind=_kind(forms.get(statement_of(row.source_id), "")),
            form=forms.get(statement_of(row.source_id), ""),
            statement=statement_of(row.source_id),
            uetr=row.uetr,
            clearing_ref=row.clearing_ref,
        )
        for row in rows
    ]
