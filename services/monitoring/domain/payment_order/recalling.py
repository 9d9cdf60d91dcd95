"""Asking for a sent payment back (camt.055, camt.056), and what the bank says to it (camt.029).

A granted recall moves nothing yet: the money comes with a return. A refused one changes no
account and reopens the claim (`interfaces` §4).
"""

from collections.abc import Sequence

from services.monitoring.domain.payment_order import events as fact
from services.monitoring.domain.payment_order import refusals as no
from services.monitoring.domain.payment_order.commands import HearRecallAnswer, RecallPayment
from services.monitoring.domain.payment_order.state import OPEN, PaymentOrder
from services.monitoring.domain.payment_order.values import (
    OrderBreakKind,
    OrderStatus,
    RecallAnswer,
    RecallStatus,
)
from shared.domain.workdays import business_date

type Facts = Sequence[fact.PaymentOrderEvent]


def recall(command: RecallPayment, order: PaymentOrder) -> Facts:
    """Ask for it back: one request at a time, and only for what the bank was sent."""
    asked = fact.PaymentRecallRequested(
        project=order.order.project,
        recall_id=command.recall_id,
        reason_code=command.reason_code,
        reason=command.reason,
        requested_by=command.by,
        requested_at=command.now,
        recovery_id=command.recovery_id,
    )
    before = order.recalls.get(command.recall_id)
    if before is not None:
        if _said(before.asked) != _said(asked):
            raise no.RecallReused(recall_id=command.recall_id)
        return []
    if order.batch_id is None:
        raise no.OrderNotSent(remedy="Cancel the order instead.")
    if order.status not in OPEN and order.status is not OrderStatus.SETTLED:
        raise no.OrderAnswered(status=order.status.value)
    pending = order.pending_recall
    if pending is not None:
        raise no.RecallPending(recall_id=pending.asked.recall_id)
    return [asked]


def _said(asked: fact.PaymentRecallRequested) -> tuple[str, str, str | None]:
    return asked.reason_code, asked.reason, asked.recovery_id


def hear_answer(command: HearRecallAnswer, order: PaymentOrder) -> Facts:
    """Granted, refused, or not yet decided."""
    known = order.recalls.get(command.recall_id)
    if known is None:
        raise no.RecallUnknown(recall_id=command.recall_id)
    if command.answer is RecallAnswer.PENDING:
        return []
    granted = command.answer is RecallAnswer.ACCEPTED
    if known.status is RecallStatus.REQUESTED:
        return [_granted(command, order) if granted else _refused(command, order)]
    was_granted = known.status is not RecallStatus.REFUSED
    return [] if granted == was_granted else _contradicted(command, order)


def _granted(command: HearRecallAnswer, order: PaymentOrder) -> fact.PaymentRecallAccepted:
    return fact.PaymentRecallAccepted(
        project=order.order.project, recall_id=command.recall_id, source_id=command.source_id
    )


def _refused(command: HearRecallAnswer, order: PaymentOrder) -> fact.PaymentRecallRefused:
    return fact.PaymentRecallRefused(
        project=order.order.project,
        recall_id=command.recall_id,
        reason_code=command.reason_code,
        amount=order.order.amount,
        source_id=command.source_id,
    )


def _contradicted(command: HearRecallAnswer, order: PaymentOrder) -> Facts:
    key = f"{OrderBreakKind.RECALL_CONTRADICTED}:{command.recall_id}:{command.answer}"
    if key in order.breaks:
        return []
    return [
        fact.PaymentOrderBreakOpened(
            project=order.order.project,
            break_id=key,
            kind=OrderBreakKind.RECALL_CONTRADICTED,
            opened_on=business_date(command.now),
            reason_code=command.reason_code,
            source_id=command.source_id,
        )
    ]
