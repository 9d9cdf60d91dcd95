"""What the read models know of the lines of a file, within the region of who sends it.

A ledger of another region answers as none does.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlmodel import col, select

from services.monitoring.api.intake.order_lookups import (
    ASKED_AT_ONCE,
    orders_named,
    orders_of_uetrs,
    probe,
    probing,
    some_of,
)
from services.monitoring.domain.statement.kept import KeptLine
from services.monitoring.domain.statement.lines import BankLine, Direction
from services.monitoring.domain.statement.sorting import Known, KnownPayment, LedgerKey
from services.monitoring.domain.values import project_id
from services.monitoring.projections.ledger_statement import LedgerRow
from services.monitoring.projections.payment_list import PaymentRow
from shared.domain.money import FEN_PER_YUAN, Money
from shared.http.reading import looking, looking_up
from shared.http.runtime import Runtime

PROPOSALS_MAX: Final = 3
PROPOSED_LINES_MAX: Final = 500

_LEDGERS: Final = probing(LedgerRow.ledger_id, LedgerRow.region_code, (LedgerRow.ledger_id,))
_PAYMENT: Final = (
    PaymentRow.ledger_id, PaymentRow.payment_id, PaymentRow.bank_ref, PaymentRow.amount_fen,
    PaymentRow.uetr,
)  # fmt: skip
_BY_NUMBER: Final = probing(PaymentRow.payment_id, PaymentRow.region_code, _PAYMENT)
_BY_REFERENCE: Final = probing(PaymentRow.bank_ref, PaymentRow.region_code, _PAYMENT)
_BY_UETR: Final = probing(PaymentRow.uetr, PaymentRow.region_code, _PAYMENT)

type _Found = dict[str, tuple[KnownPayment, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a file names: its lines, and the ledgers, references, numbers of its plain rows."""

    lines: Sequence[BankLine]
    keys: Collection[LedgerKey] = ()
    references: Collection[str] = ()
    numbers: Collection[str] = ()


async def known_of(
    runtime: Runtime, region: str, wanted: Wanted, accounts: Collection[str]
) -> Known:
    """Ledgers and payments that a file may mean."""
    lines = wanted.lines
    numbers = {n for line in lines if _needs_payment(line) for n in line.numbers}
    references = {line.bank_ref for line in lines if line.bank_ref} | set(wanted.references)
    async with looking_up(runtime) as session:
        uetrs = {line.uetr for line in lines if line.uetr}
        asked = ((_BY_NUMBER, numbers), (_BY_REFERENCE, references), (_BY_UETR, uetrs))
        payments, by_reference, by_uetr = await _payments(session, region, asked)
        named = {project_id(*key) for line in lines for key in _keys(line)}
        named |= {project_id(*key) for key in wanted.keys}
        for found in (payments, by_reference, by_uetr):
            for some in found.values():
                named |= {project_id(one.project_code, one.fiscal_year) for one in some}
        ledgers = await _ledgers(session, region, named)
        vouchers = {n for line in lines for n in line.numbers} | set(wanted.numbers)
        vouchers |= {one.payment_id for some in by_reference.values() for one in some}
        orders = await orders_named(session, region, vouchers)
        ordered = await orders_of_uetrs(session, region, uetrs)
    return Known(
        ledgers=frozenset(ledgers),
        payments=payments,
        references=by_reference,
        accounts=frozenset(accounts),
        orders=orders,
        uetrs=by_uetr,
        ordered_uetrs=ordered,
    )


def _needs_payment(line: BankLine) -> bool:
    """Whether a line does not say by itself which payment of which ledger it is."""
    return not line.project_code or line.fiscal_year is None or not line.numbers


def _keys(line: BankLine) -> Iterable[tuple[str, int]]:
    if line.project_code and line.booked_on is not None:
        yield line.project_code, line.fiscal_year or line.booked_on.year


async def _ledgers(session: Any, region: str, wanted: Collection[str]) -> set[str]:  # noqa: ANN401 - the session of the kernel
    found: set[str] = set()
    for some in some_of(sorted(wanted)):
        found.update((await session.execute(_LEDGERS, probe(some, region))).scalars())
    return found


async def _payments(
    session: Any,  # noqa: ANN401 - the session of the kernel
    region: str,
    asked: Iterable[tuple[Any, Collection[str]]],
) -> tuple[_Found, _Found, _Found]:
    by_number: dict[str, list[KnownPayment]] = defaultdict(list)
    by_reference: dict[str, list[KnownPayment]] = defaultdict(list)
    by_uetr: dict[str, list[KnownPayment]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for query, values in asked:
        for some in some_of(sorted(values)):
            rows = await session.execute(query, probe(some, region))
            for ledger_id, payment_id, bank_ref, fen, uetr in rows:
                if (ledger_id, payment_id) in seen:
                    continue
                seen.add((ledger_id, payment_id))
                code, _, year = ledger_id.rpartition("-")
                one = KnownPayment(
                    project_code=code,
                    fiscal_year=int(year),
                    payment_id=payment_id,
                    amount=Money(fen),
                )
                by_number[payment_id].append(one)
                if bank_ref:
                    by_reference[bank_ref].append(one)
                if uetr:
                    by_uetr[uetr].append(one)
    return _settled(by_number), _settled(by_reference), _settled(by_uetr)


def _settled(found: Mapping[str, list[KnownPayment]]) -> _Found:
    return {key: tuple(some) for key, some in found.items()}


async def proposals_for(
    runtime: Runtime, region: str, kept: Sequence[KeptLine]
) -> dict[int, tuple[str, ...]]:
    """Payments of the amount of a kept line: on its day for a debit, before it for a credit.

    They are shown to whoever resolves the break and are never a match (`domain` §7.4).
    """
    asked = [one.line for one in kept if one.line.booked_on and one.line.amount > 0]
    asked = asked[:PROPOSED_LINES_MAX]
    if not asked:
        return {}
    amounts = {int(line.amount * FEN_PER_YUAN) for line in asked}
    query = select(PaymentRow).where(
        PaymentRow.region_code == region, col(PaymentRow.amount_fen).in_(amounts)
    )
    if all(line.direction is Direction.DEBIT for line in asked):
        days = {line.booked_on for line in asked}
        query = query.where(col(PaymentRow.settled_on).in_(days))
    query = query.order_by(col(PaymentRow.settled_on).desc()).limit(ASKED_AT_ONCE)
    async with looking(runtime) as session:
        rows = list((await session.execute(query)).scalars())
    return {line.number: _proposed(line, rows) for line in asked}


def _proposed(line: BankLine, rows: Iterable[PaymentRow]) -> tuple[str, ...]:
    fen = int(line.amount * FEN_PER_YUAN)
    credit = line.direction is Direction.CREDIT
    assert line.booked_on is not None
    found = (
        f"{row.ledger_id}/{row.payment_id}"
        for row in rows
        if row.amount_fen == fen
        and (row.settled_on <= line.booked_on if credit else row.settled_on == line.booked_on)
    )
    return tuple(found)[:PROPOSALS_MAX]
