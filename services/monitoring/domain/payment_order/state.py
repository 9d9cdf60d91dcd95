"""The state of a payment order and how each fact moves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from services.monitoring.domain.payment_order import events as fact
from services.monitoring.domain.payment_order.values import OrderStatus, RecallStatus
from shared.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """One request for the money back, and where it stands."""

    asked: fact.PaymentRecallRequested
    status: RecallStatus = RecallStatus.REQUESTED


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderBreak:
    """One contradiction, as it was found."""

    found: fact.PaymentOrderBreakOpened
    resolved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDrafted:
    """There is no such order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrder:
    """An order, where it stands, and what must be recognised when it is told again."""

    order: fact.PaymentOrderDrafted
    status: OrderStatus = OrderStatus.INTENT
    batch_id: str | None = None
    settled: Money = ZERO
    returns: Mapping[str, Money] = field(default_factory=dict)
    recalls: Mapping[str, Recall] = field(default_factory=dict)
    breaks: Mapping[str, OrderBreak] = field(default_factory=dict)
    queries: frozenset[str] = frozenset()
    repeats: frozenset[str] = frozenset()

    @property
    def outstanding(self) -> Money:
        """What was paid and has not come back."""
        return self.settled - Money.total(self.returns.values())

    @property
    def disputed(self) -> bool:
        """Whether a contradiction waits for a person; until then no answer moves money."""
        return any(not one.resolved for one in self.breaks.values())

    @property
    def pending_recall(self) -> Recall | None:
        """The recall the bank has not answered."""
        waiting = (r for r in self.recalls.values() if r.status is RecallStatus.REQUESTED)
        return next(waiting, None)

    @property
    def granted_recall(self) -> Recall | None:
        """The recall the bank has granted and whose money has not come."""
        granted = (r for r in self.recalls.values() if r.status is RecallStatus.ACCEPTED)
        return next(granted, None)


type OrderState = NotDrafted | PaymentOrder

UNSENT: Final = frozenset({OrderStatus.INTENT, OrderStatus.RELEASED})
OPEN: Final = frozenset(
    {
        OrderStatus.SENT,
        OrderStatus.ACCEPTED,
        OrderStatus.UNKNOWN,
        OrderStatus.QUERIED,
        OrderStatus.MISSING,
    }
)
"""Sent, and without a final answer."""


_STATUS: Final[Mapping[type, OrderStatus]] = {
    fact.PaymentOrderReleased: OrderStatus.RELEASED,
    fact.PaymentOrderCancelled: OrderStatus.CANCELLED,
    fact.PaymentOrderSent: OrderStatus.SENT,
    fact.PaymentOrderRepeated: OrderStatus.SENT,
    fact.PaymentOrderAccepted: OrderStatus.ACCEPTED,
    fact.PaymentOrderUnanswered: OrderStatus.UNKNOWN,
    fact.PaymentOrderQueried: OrderStatus.QUERIED,
    fact.PaymentOrderMissed: OrderStatus.MISSING,
    fact.PaymentOrderSettled: OrderStatus.SETTLED,
    fact.PaymentOrderRejected: OrderStatus.REJECTED,
}


def status_after(event: fact.PaymentOrderEvent) -> OrderStatus | None:
    """The status an event leads to; nothing where it stays."""
    if isinstance(event, fact.PaymentOrderReturned):
        return None if event.outstanding else OrderStatus.RETURNED
    return _STATUS.get(type(event))


def evolve(state: OrderState, event: fact.PaymentOrderEvent) -> OrderState:
    """The order after one more fact."""
    if isinstance(event, fact.PaymentOrderDrafted):
        return PaymentOrder(order=event)
    if isinstance(state, NotDrafted):
        return state
    changes = _noted(state, event)
    status = status_after(event)
    if status is not None:
        changes["status"] = status
    return replace(state, **changes) if changes else state


def _noted(order: PaymentOrder, event: fact.PaymentOrderEvent) -> dict[str, Any]:  # noqa: C901, PLR0911 - one per fact
    """What must be recognised again when it is told twice."""
    match event:
        case fact.PaymentOrderSent(batch_id=batch_id):
            return {"batch_id": batch_id}
        case fact.PaymentOrderRepeated(repeat_id=key):
            return {"repeats": order.repeats | {key}}
        case fact.PaymentOrderQueried(query_id=key):
            return {"queries": order.queries | {key}}
        case fact.PaymentOrderSettled(amount=amount):
            return {"settled": amount}
        case fact.PaymentOrderReturned():
            return _returned(order, event)
        case fact.PaymentOrderBreakOpened(break_id=key):
            return {"breaks": {**order.breaks, key: OrderBreak(found=event)}}
        case fact.PaymentOrderBreakResolved(break_id=key):
            return {"breaks": {**order.breaks, key: replace(order.breaks[key], resolved=True)}}
        case fact.PaymentRecallRequested(recall_id=key):
            return {"recalls": {**order.recalls, key: Recall(asked=event)}}
        case fact.PaymentRecallAccepted(recall_id=key):
            return {"recalls": _moved(order, key, RecallStatus.ACCEPTED)}
        case fact.PaymentRecallRefused(recall_id=key):
            return {"recalls": _moved(order, key, RecallStatus.REFUSED)}
        case _:
            return {}


def _returned(order: PaymentOrder, event: fact.PaymentOrderReturned) -> dict[str, Any]:
    changes: dict[str, Any] = {"returns": {**order.returns, event.return_id: event.amount}}
    granted = order.granted_recall
    if granted is not None:
        key = granted.asked.recall_id
        changes["recalls"] = _moved(order, key, RecallStatus.RETURNED)
    return changes


def _moved(order: PaymentOrder, key: str, status: RecallStatus) -> Mapping[str, Recall]:
    return {**order.recalls, key: replace(order.recalls[key], status=status)}
