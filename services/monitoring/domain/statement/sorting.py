"""Whose a line is: its ledger, nobody's yet, or no line at all. Pure.

Its own words come first (project and year), then the number of its payment, then its unique
reference (UETR), then the reference of the bank; amount and day are a proposal to a person and
never a match (`domain` §7.4). A line that is not of this treasury's money is named and kept, never
dropped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.monitoring.domain.statement.for_orders import ForOrder, KnownOrder, moved
from services.monitoring.domain.statement.lines import (
    HOME_CURRENCY,
    BankLine,
    Direction,
    LineUse,
)
from services.monitoring.domain.treasury_line import LineKind, TreasuryLine
from services.monitoring.domain.values import project_id
from shared.domain.money import FEN_PER_YUAN, Money

_FEN: Final = Decimal(FEN_PER_YUAN)


class Refused(StrEnum):
    """Why a line is none: nothing of it can ever be booked."""

    UNREADABLE = "UNREADABLE"
    ZERO_AMOUNT = "ZERO_AMOUNT"
    NEGATIVE_AMOUNT = "NEGATIVE_AMOUNT"
    ADVICE_ONLY = "ADVICE_ONLY"
    DELETED = "DELETED"


class Unmatched(StrEnum):
    """Why a line has no ledger: a closed list. A person says whose it is, or nobody's."""

    NO_PROJECT = "NO_PROJECT"
    RETURN_OF_NOTHING = "RETURN_OF_NOTHING"
    AMBIGUOUS = "AMBIGUOUS"
    LEDGER_UNKNOWN = "LEDGER_UNKNOWN"
    FOREIGN_CURRENCY = "FOREIGN_CURRENCY"
    FOREIGN_ACCOUNT = "FOREIGN_ACCOUNT"
    PARTS_UNCLEAR = "PARTS_UNCLEAR"
    CORRECTION = "CORRECTION"
    REVERSED_RETURN = "REVERSED_RETURN"
    RETURN_TOLD_AGAIN = "RETURN_TOLD_AGAIN"
    ORDER_UNKNOWN = "ORDER_UNKNOWN"
    ORDER_DIFFERS = "ORDER_DIFFERS"
    RECALL_UNKNOWN = "RECALL_UNKNOWN"
    STATUS_UNKNOWN = "STATUS_UNKNOWN"


type LedgerKey = tuple[str, int]
"""Project and year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPayment:
    """A payment that is booked, or ordered, and its ledger."""

    project_code: str
    fiscal_year: int
    payment_id: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of the numbers of a file: ledgers in reach, payments by number and reference.

    `orders` are payment orders of ours by the number of their voucher or their end-to-end id;
    `uetrs` and `ordered_uetrs` are payments and orders by their unique reference (UETR).

    `accounts` are those of this treasury; none named: every account is.
    """

    ledgers: frozenset[str] = frozenset()
    payments: Mapping[str, tuple[KnownPayment, ...]] = field(default_factory=dict)
    references: Mapping[str, tuple[KnownPayment, ...]] = field(default_factory=dict)
    accounts: frozenset[str] = frozenset()
    orders: Mapping[str, KnownOrder] = field(default_factory=dict)
    uetrs: Mapping[str, tuple[KnownPayment, ...]] = field(default_factory=dict)
    ordered_uetrs: Mapping[str, KnownOrder] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ForLedger:
    """The line belongs to this ledger, which judges it."""

    key: LedgerKey
    line: TreasuryLine


@dataclass(frozen=True, slots=True)
class Kept:
    """No ledger is known for it: a break of the statement."""

    why: Unmatched


@dataclass(frozen=True, slots=True)
class NoLine:
    """It is refused."""

    why: Refused
    detail: str = ""


type Place = ForLedger | ForOrder | Kept | NoLine


def place_of(line: BankLine, source: str, known: Known) -> Place:
    """Where a line goes; `source` is `<system>/<message id>`."""
    return (
        _refused(line)
        or _not_ours(line, known)
        or _ordered(line, known)
        or _matched(line, source, known)
    )


def _refused(line: BankLine) -> NoLine | None:  # noqa: PLR0911 - one per reason
    if line.unread or line.booked_on is None:
        return NoLine(Refused.UNREADABLE, line.unread or "it names no day")
    if line.amount == 0:
        return NoLine(Refused.ZERO_AMOUNT)
    if line.amount < 0:
        return NoLine(Refused.NEGATIVE_AMOUNT, "only returns and corrections may be negative")
    if line.use is LineUse.ADVICE:
        return NoLine(Refused.ADVICE_ONLY)
    if line.use is LineUse.DELETED:
        return NoLine(Refused.DELETED)
    if line.currency == HOME_CURRENCY and line.amount * _FEN % 1:
        return NoLine(Refused.UNREADABLE, f"{line.amount} is no amount in whole fen")
    return None


def _not_ours(line: BankLine, known: Known) -> Kept | None:  # noqa: PLR0911 - one per reason
    if line.currency != HOME_CURRENCY:
        return Kept(Unmatched.FOREIGN_CURRENCY)
    if known.accounts and line.account and line.account not in known.accounts:
        return Kept(Unmatched.FOREIGN_ACCOUNT)
    if line.flaw:
        return Kept(Unmatched.PARTS_UNCLEAR)
    if line.use is LineUse.CORRECTION:
        return Kept(Unmatched.CORRECTION)
    if line.reversal and line.direction is Direction.DEBIT:
        # A return that is taken back is neither a payment nor an edit of the return.
        return Kept(Unmatched.REVERSED_RETURN)
    if line.told_again:
        # One return told twice, or two that say the same: the statement knows, or a person.
        return Kept(Unmatched.RETURN_TOLD_AGAIN)
    return None


def _ordered(line: BankLine, known: Known) -> ForOrder | Kept | None:
    """What moves the money of one of our orders is told to the order, which books it once."""
    booked = known.references.get(line.bank_ref, ())
    by_reference = [one.payment_id for one in booked] if len(booked) == 1 else []
    order = next(
        (known.orders[n] for n in (*line.numbers, *by_reference) if n in known.orders), None
    )
    order = order or known.ordered_uetrs.get(line.uetr)
    if order is None:
        return None
    other_year = line.fiscal_year not in {None, order.fiscal_year}
    if line.project_code and (line.project_code != order.project_code or other_year):
        return Kept(Unmatched.ORDER_DIFFERS)
    return moved(line, order)


def _matched(line: BankLine, source: str, known: Known) -> ForLedger | Kept:
    found = _known_payments(line, known)
    if not line.project_code:
        if len({(one.project_code, one.fiscal_year) for one in found}) > 1:
            return Kept(Unmatched.AMBIGUOUS)
        if not found:
            return Kept(_nothing_known(line))
    booked = found[0] if found else None
    key = _key(line, booked)
    if project_id(*key) not in known.ledgers:
        return Kept(Unmatched.LEDGER_UNKNOWN)
    return ForLedger(key, treasury_line(line, source, booked.payment_id if booked else ""))


def _nothing_known(line: BankLine) -> Unmatched:
    credit = line.direction is Direction.CREDIT
    return Unmatched.RETURN_OF_NOTHING if credit else Unmatched.NO_PROJECT


def _known_payments(line: BankLine, known: Known) -> tuple[KnownPayment, ...]:
    """By its numbers, its unique reference, that of the bank; of its project, where it has one."""
    for number in line.numbers:
        if found := _of_project(line, known.payments.get(number, ())):
            return found
    if found := _of_project(line, known.uetrs.get(line.uetr, ())):
        return found
    found = _of_project(line, known.references.get(line.bank_ref, ()))
    if line.direction is Direction.CREDIT or not line.numbers:
        return found
    # Known under another number; a whole batch may share the reference, so the amount counts.
    fits = len(found) == 1 and found[0].amount == Money(int(line.amount * _FEN))
    return found if fits else ()


def _of_project(line: BankLine, found: tuple[KnownPayment, ...]) -> tuple[KnownPayment, ...]:
    if not line.project_code:
        return found
    return tuple(
        one
        for one in found
        if one.project_code == line.project_code and line.fiscal_year in {None, one.fiscal_year}
    )


def _key(line: BankLine, booked: KnownPayment | None) -> LedgerKey:
    assert line.booked_on is not None
    if booked is not None:
        return booked.project_code, booked.fiscal_year
    return line.project_code, line.fiscal_year or line.booked_on.year


def treasury_line(
    line: BankLine, source: str, payment_id: str, amount: Money | None = None
) -> TreasuryLine:
    """The line in the words of the ledger. `amount` is given where the bank's is not in yuan."""
    assert line.booked_on is not None
    numbered = f"{source}/{line.number}"
    known = payment_id or next(iter(line.numbers), "") or line.bank_ref or numbered
    credit = line.direction is Direction.CREDIT
    return TreasuryLine(
        source_id=numbered,
        kind=LineKind.RETURN if credit else LineKind.PAYMENT,
        payment_id=known,
        return_id=line.return_id if credit else "",
        amount=amount or Money(int(line.amount * _FEN)),
        booked_on=line.booked_on,
        value_on=line.value_on,
        bank_ref=line.bank_ref,
        purpose=line.purpose,
        reason_code=line.reason_code,
        recovery_id=line.recovery_id,
        contract_no=line.contract_no,
        uetr=line.uetr,
        clearing_ref=line.clearing_ref if credit else "",
    )
