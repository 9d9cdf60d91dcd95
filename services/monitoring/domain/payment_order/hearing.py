"""What the answers of a bank become: a fact, silence, or a contradiction a person resolves.

An answer may be late, come twice, or deny the one before. Late and doubled answers do nothing
new. What contradicts moves no money: it is kept as a break with its name, and while one is open
nothing else the bank says of this order moves money either.
"""

from collections.abc import Sequence
from typing import Final, assert_never

from services.monitoring.domain.ledger.kinds import BreakResolution
from services.monitoring.domain.ledger.refusals import AmountNotPositive
from services.monitoring.domain.payment_order import events as fact
from services.monitoring.domain.payment_order import refusals as no
from services.monitoring.domain.payment_order.commands import (
    HearPaymentReturn,
    HearPaymentStatus,
    ResolveOrderBreak,
)
from services.monitoring.domain.payment_order.state import OPEN, PaymentOrder
from services.monitoring.domain.payment_order.values import BankAnswer, OrderBreakKind, OrderStatus
from shared.domain.money import ZERO
from shared.domain.workdays import business_date

type Facts = Sequence[fact.PaymentOrderEvent]

_PAID: Final = frozenset({OrderStatus.SETTLED, OrderStatus.RETURNED})
_DUPLICATE: Final = frozenset({"AM05", "DUPL"})
"""Reasons by which a bank says that it already has the message: it rejects the copy only."""


def hear(command: HearPaymentStatus, order: PaymentOrder) -> Facts:
    """What an answer makes true."""
    match command.answer:
        case BankAnswer.PENDING | BankAnswer.ACCEPTED:
            return _accepted(command, order)
        case BankAnswer.SETTLED:
            return _settled(command, order)
        case BankAnswer.REJECTED:
            return _rejected(command, order)
        case BankAnswer.NOT_FOUND:
            return _not_found(command, order)
        case _:
            assert_never(command.answer)


def _accepted(command: HearPaymentStatus, order: PaymentOrder) -> Facts:
    """The bank has it. Said after a final answer, it is only late."""
    if order.status not in OPEN or order.status is OrderStatus.ACCEPTED:
        return []
    return [
        fact.PaymentOrderAccepted(
            project=order.order.project,
            bank_ref=command.bank_ref,
            source_id=command.source_id,
            settle_days=order.order.settle_days,
        ),
    ]


def _settled(command: HearPaymentStatus, order: PaymentOrder) -> Facts:
    if command.amount is None or command.booked_on is None:
        raise no.BookingIncomplete(pointer="/amount" if command.amount is None else "/booked_on")
    if command.amount <= ZERO:
        raise AmountNotPositive(pointer="/amount")
    if order.status in _PAID:
        same = command.amount == order.settled
        return [] if same else disagree(command, order, OrderBreakKind.AMOUNT_DIFFERS)
    if order.status is OrderStatus.REJECTED:
        return disagree(command, order, OrderBreakKind.SETTLED_AFTER_REJECTED)
    if order.status not in OPEN:
        return disagree(command, order, OrderBreakKind.SETTLED_UNSENT)
    if command.amount != order.order.amount:
        return disagree(command, order, OrderBreakKind.AMOUNT_DIFFERS)
    if order.disputed:
        return disagree(command, order, OrderBreakKind.ANSWERS_CONTRADICT)
    return [
        fact.PaymentOrderSettled(
            project=order.order.project,
            amount=command.amount,
            booked_on=command.booked_on,
            bank_ref=command.bank_ref,
            heard_by=command.by,
            heard_at=command.now,
            source_id=command.source_id,
        )
    ]


def _rejected(command: HearPaymentStatus, order: PaymentOrder) -> Facts:
    if command.reason_code in _DUPLICATE:
        return []
    if order.status in _PAID:
        return disagree(command, order, OrderBreakKind.REJECTED_AFTER_SETTLED)
    if order.status not in OPEN:
        return []
    if order.disputed:
        return disagree(command, order, OrderBreakKind.ANSWERS_CONTRADICT)
    return [
        fact.PaymentOrderRejected(
            project=order.order.project,
            amount=order.order.amount,
            reason_code=command.reason_code,
            heard_by=command.by,
            heard_at=command.now,
            source_id=command.source_id,
        )
    ]


def _not_found(command: HearPaymentStatus, order: PaymentOrder) -> Facts:
    """Only a bank that has never confirmed the message can have missed it."""
    if order.status in _PAID or order.status is OrderStatus.ACCEPTED:
        return disagree(command, order, OrderBreakKind.NOT_FOUND_AFTER_ANSWER)
    if order.status not in OPEN or order.status is OrderStatus.MISSING:
        return []
    return [fact.PaymentOrderMissed(project=order.order.project)]


def hear_return(command: HearPaymentReturn, order: PaymentOrder) -> Facts:
    """Money came back of what was paid; anything else is a contradiction."""
    if command.amount <= ZERO:
        raise AmountNotPositive(pointer="/amount")
    before = order.returns.get(command.return_id)
    if before == command.amount:
        return []
    if before is None and command.amount <= order.outstanding and not order.disputed:
        return [_back(order, command)]
    key = f"{OrderBreakKind.RETURN_UNMATCHED}:{command.return_id}:{command.amount}"
    if key in order.breaks:
        return []
    return [
        fact.PaymentOrderBreakOpened(
            project=order.order.project,
            break_id=key,
            kind=OrderBreakKind.RETURN_UNMATCHED,
            opened_on=business_date(command.now),
            amount=command.amount,
            booked_on=command.returned_on,
            reason_code=command.reason_code,
            return_id=command.return_id,
            source_id=command.source_id,
            uetr=command.uetr,
            clearing_ref=command.clearing_ref,
        )
    ]


def _back(order: PaymentOrder, command: HearPaymentReturn) -> fact.PaymentOrderReturned:
    granted = order.granted_recall
    return fact.PaymentOrderReturned(
        project=order.order.project,
        return_id=command.return_id,
        amount=command.amount,
        outstanding=order.outstanding - command.amount,
        returned_on=command.returned_on,
        reason_code=command.reason_code,
        heard_by=command.by,
        heard_at=command.now,
        recovery_id=granted.asked.recovery_id if granted is not None else None,
        source_id=command.source_id,
        uetr=command.uetr,
        clearing_ref=command.clearing_ref,
    )


def disagree(command: HearPaymentStatus, order: PaymentOrder, kind: OrderBreakKind) -> Facts:
    """Open a break, once for the same contradiction."""
    key = f"{kind}:{command.answer}:{command.amount or ZERO}"
    if key in order.breaks:
        return []
    return [
        fact.PaymentOrderBreakOpened(
            project=order.order.project,
            break_id=key,
            kind=kind,
            opened_on=business_date(command.now),
            amount=command.amount or ZERO,
            booked_on=command.booked_on,
            bank_ref=command.bank_ref,
            reason_code=command.reason_code,
            source_id=command.source_id,
        )
    ]


def resolve(command: ResolveOrderBreak, order: PaymentOrder) -> Facts:
    """End a contradiction as a person decided: follow what the bank said, or do not."""
    found = order.breaks.get(command.break_id)
    if found is None:
        raise no.OrderBreakUnknown(break_id=command.break_id)
    if found.resolved:
        return []
    resolved = fact.PaymentOrderBreakResolved(
        project=order.order.project,
        break_id=command.break_id,
        resolution=command.resolution,
        note=command.note,
        resolved_by=command.by,
    )
    if command.resolution is BreakResolution.REJECTED:
        return [resolved]
    return [resolved, _followed(command, order, found.found)]


def _followed(
    command: ResolveOrderBreak, order: PaymentOrder, found: fact.PaymentOrderBreakOpened
) -> fact.PaymentOrderEvent:
    """The fact a break stands for, where it can still be booked."""
    unpaid = order.status not in _PAID
    if found.return_id and found.booked_on is not None:
        heard = HearPaymentReturn(
            order_id=command.order_id,
            return_id=found.return_id,
            amount=found.amount,
            returned_on=found.booked_on,
            reason_code=found.reason_code,
            uetr=found.uetr,
            clearing_ref=found.clearing_ref,
            by=command.by,
            now=command.now,
        )
        if found.return_id not in order.returns and found.amount <= order.outstanding:
            return _back(order, heard)
    elif found.booked_on is not None and found.amount > ZERO and unpaid:
        return fact.PaymentOrderSettled(
            project=order.order.project,
            amount=found.amount,
            booked_on=found.booked_on,
            bank_ref=found.bank_ref,
            heard_by=command.by,
            heard_at=command.now,
        )
    elif found.kind is OrderBreakKind.ANSWERS_CONTRADICT and order.status in OPEN:
        return fact.PaymentOrderRejected(
            project=order.order.project,
            amount=order.order.amount,
            reason_code=found.reason_code,
            heard_by=command.by,
            heard_at=command.now,
        )
    raise no.OrderBreakNotBookable(kind=found.kind.value)
