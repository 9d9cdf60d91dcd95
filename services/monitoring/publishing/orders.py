"""Facts of payment orders and of requests to the treasury in public words.

Accounts and payees stay inside; what the ledger books it says itself.
"""

from typing import assert_never

from services.monitoring.domain import treasury_request as request
from services.monitoring.domain.payment_order import events as fact
from services.monitoring.publishing.whose import whose
from shared.contracts import monitoring as said
from shared.contracts.public_event import PublicEvent
from shared.messages import AnyRecorded


def of_payment_order(event: fact.PaymentOrderEvent, recorded: AnyRecorded) -> PublicEvent | None:
    """What others must know of an order: it left, it is in doubt, it came to nothing."""
    of = whose(event.project)
    match event:
        case fact.PaymentOrderSent(amount=amount, batch_id=batch):
            return said.PaymentOrderSent(**of, order_id=recorded.id, amount=amount, batch_id=batch)
        case fact.PaymentOrderUnanswered(amount=amount):
            return said.PaymentOrderUnanswered(**of, order_id=recorded.id, amount=amount)
        case fact.PaymentOrderRejected(amount=amount, reason_code=reason):
            return said.PaymentOrderRejected(
                **of, order_id=recorded.id, amount=amount, reason_code=reason
            )
        case fact.PaymentOrderBreakOpened(kind=kind, break_id=key):
            return said.PaymentOrderBreakOpened(
                **of,
                order_id=recorded.id,
                break_id=key,
                kind=kind.value,
                amount=event.amount,
                opened_on=event.opened_on,
            )
        case fact.PaymentRecallRefused():
            return said.PaymentRecallRefused(
                **of,
                order_id=recorded.id,
                recall_id=event.recall_id,
                amount=event.amount,
                reason_code=event.reason_code,
            )
        case _:
            return None


def of_treasury_request(
    event: request.TreasuryRequestEvent, recorded: AnyRecorded
) -> PublicEvent | None:
    """What the treasury is asked for, and what it answered."""
    of = whose(event.project)
    match event:
        case request.TreasuryRequestOpened():
            return said.TreasuryRequestOpened(
                **of,
                request_id=recorded.id,
                kind=event.kind.value,
                amount=event.amount,
                reason=event.reason,
                source_id=event.source_id,
                document_no=event.document_no,
                route=event.route,
            )
        case request.TreasuryRequestExecuted():
            return said.TreasuryRequestExecuted(
                **of,
                request_id=recorded.id,
                kind=event.kind.value,
                amount=event.amount,
                cur_amt=event.cur_amt,
                adj_batch_no=event.adj_batch_no,
                available=event.available,
            )
        case request.TreasuryRequestRefused(kind=kind, amount=amount, reason=reason):
            return said.TreasuryRequestRefused(
                **of, request_id=recorded.id, kind=kind.value, amount=amount, reason=reason
            )
        case request.TreasuryRequestAcknowledged():
            return said.TreasuryRequestAcknowledged(**of, request_id=recorded.id)
        case _:
            assert_never(event)
