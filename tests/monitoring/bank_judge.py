"""What a contradiction is, said once more and without the code that is judged (P17).

Told by the state an order had when the bank spoke: an answer that denies what the order knows must
be found among its breaks afterwards, whatever else became of it.
"""

from services.monitoring.domain.payment_order.state import PaymentOrder
from services.monitoring.domain.payment_order.values import OrderBreakKind, OrderStatus
from tests.monitoring.bank import Said

PAID = frozenset({OrderStatus.SETTLED, OrderStatus.RETURNED})
NEVER_SENT = frozenset({OrderStatus.INTENT, OrderStatus.RELEASED, OrderStatus.CANCELLED})
COPY_REJECTED = "AM05"


def contradiction(order: PaymentOrder, said: Said) -> OrderBreakKind | None:
    """As what an answer must be kept, where it contradicts; late and doubled ones do not."""
    match said.answer:
        case "SETTLED":
            return _paid(order, said)
        case "REJECTED" if said.reason != COPY_REJECTED:
            return _not_paid(order)
        case "NOT_FOUND" if order.status in PAID | {OrderStatus.ACCEPTED}:
            return OrderBreakKind.NOT_FOUND_AFTER_ANSWER
        case _:
            return None


def _paid(order: PaymentOrder, said: Said) -> OrderBreakKind | None:
    if order.status in NEVER_SENT:
        return OrderBreakKind.SETTLED_UNSENT
    if order.status is OrderStatus.REJECTED:
        return OrderBreakKind.SETTLED_AFTER_REJECTED
    if said.fen != (order.settled.fen if order.status in PAID else order.order.amount.fen):
        return OrderBreakKind.AMOUNT_DIFFERS
    unpaid_dispute = order.disputed and order.status not in PAID
    return OrderBreakKind.ANSWERS_CONTRADICT if unpaid_dispute else None


def _not_paid(order: PaymentOrder) -> OrderBreakKind | None:
    if order.status in PAID:
        return OrderBreakKind.REJECTED_AFTER_SETTLED
    unsure = order.status not in NEVER_SENT | {OrderStatus.REJECTED}
    return OrderBreakKind.ANSWERS_CONTRADICT if order.disputed and unsure else None
