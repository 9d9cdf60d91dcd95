"""What may have happened to a ledger, and the balanced entries each fact stands for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from services.monitoring.domain.values import Project
from shared.domain.money import Money


class Account(StrEnum):
    """Where money is. `TREASURY` is outside: what a project got, it got from there."""

    TREASURY = "TREASURY"
    APPROPRIATED = "APPROPRIATED"
    FROZEN = "FROZEN"
    PAID = "PAID"
    RETURNED = "RETURNED"
    WITHDRAWN = "WITHDRAWN"


class BreakKind(StrEnum):
    """Why a line does not agree with the ledger: a closed list."""

    BEYOND_AVAILABLE = "BEYOND_AVAILABLE"
    AMOUNT_MISMATCH = "AMOUNT_MISMATCH"
    UNMATCHED_EXTERNAL = "UNMATCHED_EXTERNAL"
    LATE_RETURN = "LATE_RETURN"
    BUDGET_BELOW_QUOTA = "BUDGET_BELOW_QUOTA"


class BreakResolution(StrEnum):
    """What a person decided about a break."""

    BOOKED = "BOOKED"
    REJECTED = "REJECTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One side of a booking: positive comes in, negative goes out."""

    account: Account
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerOpened:
    """A project has an account for the year, still empty."""

    project: Project
    budget: Money
    fund_type_code: str
    direct_fund_flag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaIssued:
    """Part of the budget may be spent."""

    project: Project
    document_no: str
    amount: Money
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSettled:
    """Money left the treasury and reached its payee."""

    project: Project
    payment_id: str
    amount: Money
    paid_total: Money
    settled_on: date
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReturned:
    """Paid money came back and can be spent again, unless it was ordered back."""

    project: Project
    payment_id: str
    return_id: str
    amount: Money
    paid_total: Money
    returned_on: date
    recovery_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaFrozen:
    """Part of the quota is held: by hand, or for an adjustment until it is decided."""

    project: Project
    freeze_id: str
    amount: Money
    reason: str
    adjustment: bool = False
    suspends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaReleased:
    """What was held may be spent again."""

    project: Project
    freeze_id: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaAdjusted:
    """The quota moved with the target; what had been held for it was taken or let go."""

    project: Project
    adjustment_id: str
    change: Money
    from_frozen: Money
    budget: Money
    quota: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaWithdrawn:
    """Unspent quota was taken back on a recovery."""

    project: Project
    recovery_id: str
    amount: Money
    quota: Money
    document_no: str
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalRefused:
    """A recovery asked for more than there is; nothing was moved."""

    project: Project
    recovery_id: str
    asked: Money
    available: Money
    document_no: str
    approved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundExpected:
    """Paid money was ordered back and has not come yet."""

    project: Project
    recovery_id: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakOpened:
    """A line does not agree with the ledger; nothing was booked."""

    project: Project
    break_id: str
    kind: BreakKind
    line_id: str
    amount: Money
    booked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakResolved:
    """A person decided what becomes of a break."""

    project: Project
    break_id: str
    resolution: BreakResolution
    note: str


type LedgerEvent = (
    LedgerOpened
    | QuotaIssued
    | PaymentSettled
    | PaymentReturned
    | QuotaFrozen
    | QuotaReleased
    | QuotaAdjusted
    | QuotaWithdrawn
    | WithdrawalRefused
    | RefundExpected
    | BreakOpened
    | BreakResolved
)


def moved(source: Account, destination: Account, amount: Money) -> tuple[Entry, ...]:
    """The two entries of money that goes from one account to another."""
    return Entry(account=source, amount=-amount), Entry(account=destination, amount=amount)


def entries(event: LedgerEvent) -> tuple[Entry, ...]:  # noqa: PLR0911 - one per fact
    """The balanced set of entries an event stands for; empty where no money moved."""
    match event:
        case QuotaIssued(amount=amount):
            return moved(Account.TREASURY, Account.APPROPRIATED, amount)
        case PaymentSettled(amount=amount):
            return moved(Account.APPROPRIATED, Account.PAID, amount)
        case PaymentReturned(amount=amount):
            return moved(Account.RETURNED, Account.APPROPRIATED, amount)
        case QuotaFrozen(amount=amount):
            return moved(Account.APPROPRIATED, Account.FROZEN, amount)
        case QuotaReleased(amount=amount):
            return moved(Account.FROZEN, Account.APPROPRIATED, amount)
        case QuotaAdjusted(change=change, from_frozen=held):
            return (
                *moved(Account.TREASURY, Account.APPROPRIATED, change),
                *moved(Account.FROZEN, Account.APPROPRIATED, held),
            )
        case QuotaWithdrawn(amount=amount):
            return moved(Account.APPROPRIATED, Account.WITHDRAWN, amount)
        case (
            LedgerOpened()
            | WithdrawalRefused()
            | RefundExpected()
            | BreakOpened()
            | BreakResolved()
        ):
            return ()
        case _:
            assert_never(event)
