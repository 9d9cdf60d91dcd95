"""The balanced set of entries that each fact stands for: double entry."""

from dataclasses import dataclass
from typing import assert_never

from services.monitoring.domain.ledger.commitment_events import (
    CommitmentRegistered,
    CommitmentReleased,
    CommitmentVerified,
)
from services.monitoring.domain.ledger.events import (
    BreakAssigned,
    BreakOpened,
    BreakResolved,
    LedgerEvent,
    LedgerOpened,
    LinesBooked,
    PaymentReturned,
    PaymentSettled,
    QuotaAdjusted,
    QuotaAmended,
    QuotaFrozen,
    QuotaIssued,
    QuotaRecalled,
    QuotaReleased,
    QuotaWithdrawn,
    RefundExpected,
    WithdrawalRefused,
)
from services.monitoring.domain.ledger.kinds import Account
from services.monitoring.domain.ledger.unit_account_words import UnitAccountNoted
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One side of a booking: positive comes in, negative goes out."""

    account: Account
    amount: Money


def moved(source: Account, destination: Account, amount: Money) -> tuple[Entry, ...]:
    """The two entries of money that goes from one account to another."""
    return Entry(account=source, amount=-amount), Entry(account=destination, amount=amount)


def entries(event: LedgerEvent) -> tuple[Entry, ...]:  # noqa: C901, PLR0911 - one per fact
    """The balanced set of entries an event stands for; empty where no money moved."""
    match event:
        case QuotaIssued(amount=amount):
            return moved(Account.TREASURY, Account.APPROPRIATED, amount)
        case PaymentSettled(amount=amount):
            return moved(Account.APPROPRIATED, Account.PAID, amount)
        case PaymentReturned(amount=amount):
            return moved(Account.RETURNED, Account.APPROPRIATED, amount)
        case LinesBooked(paid=paid, returned=returned):
            return (
                *moved(Account.APPROPRIATED, Account.PAID, paid),
                *moved(Account.RETURNED, Account.APPROPRIATED, returned),
            )
        case QuotaFrozen(amount=amount):
            return moved(Account.APPROPRIATED, Account.FROZEN, amount)
        case QuotaReleased(amount=amount):
            return moved(Account.FROZEN, Account.APPROPRIATED, amount)
        case QuotaAdjusted(change=change, from_frozen=held):
            return (
                *moved(Account.TREASURY, Account.APPROPRIATED, change),
                *moved(Account.FROZEN, Account.APPROPRIATED, held),
            )
        case QuotaAmended(change=change):
            return moved(Account.TREASURY, Account.APPROPRIATED, change)
        case QuotaWithdrawn(amount=amount) | QuotaRecalled(amount=amount):
            return moved(Account.APPROPRIATED, Account.WITHDRAWN, amount)
        case (
            LedgerOpened()
            | WithdrawalRefused()
            | RefundExpected()
            | BreakOpened()
            | BreakAssigned()
            | BreakResolved()
            | UnitAccountNoted()
            | CommitmentRegistered()
            | CommitmentVerified()
            | CommitmentReleased()
        ):
            return ()
        case _:
            assert_never(event)
