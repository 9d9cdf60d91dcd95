"""The state of a ledger and how each fact moves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, assert_never

from services.monitoring.domain.ledger.entries import entries
from services.monitoring.domain.ledger.events import (
    BreakOpened,
    BreakResolved,
    LedgerEvent,
    LedgerOpened,
    LinesBooked,
    PaymentReturned,
    PaymentSettled,
    QuotaAdjusted,
    QuotaFrozen,
    QuotaIssued,
    QuotaReleased,
    QuotaWithdrawn,
    RefundExpected,
    WithdrawalRefused,
)
from services.monitoring.domain.ledger.kinds import Account, BreakKind
from services.monitoring.domain.treasury_line import LineKind
from services.monitoring.domain.values import Execution, Project
from shared.domain.money import ZERO, Money

type Ask = tuple[Money, str, date]
"""One approval of a recovery: amount, document, day. Asking the same again is silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A settled payment and what came back of it, each with its day."""

    amount: Money
    settled_on: date
    returned: Mapping[str, tuple[Money, date]] = field(default_factory=dict)

    @property
    def outstanding(self) -> Money:
        """What has not come back."""
        return self.amount - Money.total(amount for amount, _ in self.returned.values())

    def paid_by(self, day: date) -> Money:
        """What of it was out of the treasury at the end of a day."""
        if self.settled_on > day:
            return ZERO
        return self.amount - Money.total(a for a, on in self.returned.values() if on <= day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """An open disagreement between the treasury and this ledger."""

    kind: BreakKind
    line_id: str
    amount: Money
    booked_on: date
    resolved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze:
    """Quota that is held, or was: its id is never used for anything else."""

    amount: Money
    adjustment: bool
    suspends: bool
    open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOpened:
    """No target was approved; a recovery may still have asked in vain."""

    refused: Mapping[str, Ask] = field(default_factory=dict)


def _empty_accounts() -> Mapping[Account, Money]:
    return dict.fromkeys(Account, ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The accounts of a project in one year, and the ids it must recognise again."""

    project: Project
    budget: Money
    fund_type_code: str
    direct_fund_flag: str
    accounts: Mapping[Account, Money] = field(default_factory=_empty_accounts)
    issues: Mapping[str, Money] = field(default_factory=dict)
    payments: Mapping[str, Payment] = field(default_factory=dict)
    sources: Mapping[str, Money] = field(default_factory=dict)
    freezes: Mapping[str, Freeze] = field(default_factory=dict)
    adjustments: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    refused: Mapping[str, Ask] = field(default_factory=dict)
    refunds: Mapping[str, Money] = field(default_factory=dict)
    breaks: Mapping[str, Break] = field(default_factory=dict)
    first_issued_on: date | None = None

    @property
    def issued(self) -> Money:
        """Everything issued and adjusted, before withdrawals: bound by the budget."""
        return -self.accounts[Account.TREASURY]

    @property
    def quota(self) -> Money:
        """What the project may spend in all: issued, adjusted, less withdrawn."""
        return self.issued - self.accounts[Account.WITHDRAWN]

    @property
    def available(self) -> Money:
        """What can still be spent."""
        return self.accounts[Account.APPROPRIATED]

    @property
    def paid(self) -> Money:
        """Everything paid less everything returned."""
        return self.accounts[Account.PAID] + self.accounts[Account.RETURNED]

    def execution(self, day: date) -> Execution:
        """The money as it stood at the end of a day."""
        moves = [p.settled_on for p in self.payments.values() if p.settled_on <= day]
        issued_on = self.first_issued_on
        if issued_on is not None and issued_on <= day:
            moves.append(issued_on)
        return Execution(
            as_of_on=day,
            budget=self.budget,
            quota=self.quota,
            paid=Money.total(payment.paid_by(day) for payment in self.payments.values()),
            available=self.available,
            last_movement_on=max(moves, default=None),
        )


type LedgerState = NotOpened | Ledger


def evolve(state: LedgerState, event: LedgerEvent) -> LedgerState:
    """The ledger after one more fact."""
    match event, state:
        case LedgerOpened(), NotOpened(refused=refused):
            return Ledger(
                project=event.project,
                budget=event.budget,
                fund_type_code=event.fund_type_code,
                direct_fund_flag=event.direct_fund_flag,
                refused=refused,
            )
        case WithdrawalRefused(recovery_id=key), _:
            ask = (event.asked, event.document_no, event.approved_on)
            return replace(state, refused={**state.refused, key: ask})
        case _, Ledger():
            return _moved(state, event)
        case _:
            return state


def _moved(ledger: Ledger, event: LedgerEvent) -> Ledger:
    """One new state per fact: what it moves and what must be recognised again."""
    changes = _noted(ledger, event)
    booked = entries(event)
    if booked:
        accounts = dict(ledger.accounts)
        for entry in booked:
            accounts[entry.account] += entry.amount
        changes["accounts"] = accounts
    return replace(ledger, **changes) if changes else ledger


def _let_go(ledger: Ledger, key: str) -> Mapping[str, Freeze]:
    return {**ledger.freezes, key: replace(ledger.freezes[key], open=False)}


def _lines(ledger: Ledger, event: LinesBooked) -> dict[str, Any]:
    """The maps are copied once per file, not once per line."""
    payments, sources = dict(ledger.payments), dict(ledger.sources)
    for line in event.lines:
        if line.source_id:
            sources[line.source_id] = line.amount
        if line.kind is LineKind.PAYMENT:
            paid = Payment(amount=line.amount, settled_on=line.booked_on)
        else:
            before = payments[line.payment_id]
            back = (line.amount, line.booked_on)
            paid = replace(before, returned={**before.returned, line.line_id: back})
        payments[line.payment_id] = paid
    return {"payments": payments, "sources": sources}


def _noted(ledger: Ledger, event: LedgerEvent) -> dict[str, Any]:  # noqa: C901, PLR0911, PLR0912 - one per fact
    """What must be recognised again when it is told twice."""
    match event:
        case QuotaIssued(document_no=key, amount=amount, issued_on=day):
            first = min(day, ledger.first_issued_on or day)
            return {"issues": {**ledger.issues, key: amount}, "first_issued_on": first}
        case PaymentSettled(payment_id=key, amount=amount, settled_on=day):
            payment = Payment(amount=amount, settled_on=day)
            return {"payments": {**ledger.payments, key: payment}}
        case PaymentReturned(payment_id=key, return_id=ret, amount=amount, returned_on=day):
            paid = ledger.payments[key]
            back = replace(paid, returned={**paid.returned, ret: (amount, day)})
            source = {event.source_id: amount} if event.source_id else {}
            sources = {**ledger.sources, **source} if source else ledger.sources
            return {"payments": {**ledger.payments, key: back}, "sources": sources}
        case LinesBooked():
            return _lines(ledger, event)
        case QuotaFrozen(freeze_id=key, amount=amount):
            freeze = Freeze(amount=amount, adjustment=event.adjustment, suspends=event.suspends)
            return {"freezes": {**ledger.freezes, key: freeze}}
        case QuotaReleased(freeze_id=key):
            return {"freezes": _let_go(ledger, key)}
        case QuotaAdjusted(adjustment_id=key, budget=budget, from_frozen=held):
            freezes = _let_go(ledger, key) if held else ledger.freezes
            done = ledger.adjustments | {key}
            return {"budget": budget, "freezes": freezes, "adjustments": done}
        case QuotaWithdrawn(recovery_id=key, document_no=document):
            return {"withdrawn": ledger.withdrawn | {f"{key}/{document}", key}}
        case RefundExpected(recovery_id=key, amount=amount):
            return {"refunds": {**ledger.refunds, key: amount}}
        case BreakOpened(break_id=key):
            found = Break(
                kind=event.kind,
                line_id=event.line_id,
                amount=event.amount,
                booked_on=event.booked_on,
            )
            return {"breaks": {**ledger.breaks, key: found}}
        case BreakResolved(break_id=key):
            solved = replace(ledger.breaks[key], resolved=True)
            return {"breaks": {**ledger.breaks, key: solved}}
        case LedgerOpened() | WithdrawalRefused():
            return {}
        case _:
            assert_never(event)
