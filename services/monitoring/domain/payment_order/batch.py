"""A batch of payment orders: one message to the bank, always the same bytes (pain.001).

Its id is the message's id. Which orders are in it is decided once; sending it again hands over
the same message, and only after the bank has said that it does not have one of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, assert_never

from services.monitoring.domain.ledger.ledger import reference as ledger_reference
from services.monitoring.domain.payment_order import refusals as no
from services.monitoring.domain.payment_order.commands import RepeatPaymentOrder, SendPaymentOrder
from services.monitoring.domain.payment_order.order import reference
from services.monitoring.domain.payment_order.state import PaymentOrder
from services.monitoring.domain.payment_order.values import OrderStatus
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class SendPaymentBatch:
    """Send released orders to the bank in one message."""

    batch_id: str
    region_code: str
    orders: tuple[str, ...]
    by: str
    now: datetime
    known: tuple[PaymentOrder, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatPaymentBatch:
    """Hand over the very same message again."""

    batch_id: str
    repeat_id: str
    by: str
    now: datetime
    known: tuple[PaymentOrder, ...] = ()


type PaymentBatchCommand = SendPaymentBatch | RepeatPaymentBatch


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentBatchSent:
    """A message with these orders, in this order, went to the bank."""

    batch_id: str
    region_code: str
    orders: tuple[str, ...]
    total: Money
    sent_by: str
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentBatchRepeated:
    """The same message went to the bank again."""

    batch_id: str
    region_code: str
    repeat_id: str
    repeated_by: str
    repeated_at: datetime


type PaymentBatchEvent = PaymentBatchSent | PaymentBatchRepeated


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSent:
    """There is no such batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentBatch:
    """What was sent, and how often again."""

    sent: PaymentBatchSent
    repeats: frozenset[str] = field(default_factory=frozenset)


type BatchState = NotSent | PaymentBatch


def _decide(command: PaymentBatchCommand, state: BatchState) -> Sequence[PaymentBatchEvent]:
    match command:
        case SendPaymentBatch():
            return _send(command, state)
        case RepeatPaymentBatch():
            return _repeat(command, state)
        case _:
            assert_never(command)


def _send(command: SendPaymentBatch, state: BatchState) -> Sequence[PaymentBatchEvent]:
    if isinstance(state, PaymentBatch):
        if state.sent.orders != command.orders:
            raise no.BatchReused(batch_id=command.batch_id)
        return []
    if len(set(command.orders)) != len(command.orders):
        raise no.OrderTwiceInBatch(pointer="/orders")
    if len(command.known) != len(command.orders):
        raise no.PaymentOrderUnknown
    # A foreign order answers as a missing one does: the region of the batch is the caller's.
    for one in command.known:
        if one.order.project.region_code != command.region_code:
            raise no.PaymentOrderUnknown
    return [
        PaymentBatchSent(
            batch_id=command.batch_id,
            region_code=command.region_code,
            orders=command.orders,
            total=Money.total(one.order.amount for one in command.known),
            sent_by=command.by,
            sent_at=command.now,
        )
    ]


def _repeat(command: RepeatPaymentBatch, state: BatchState) -> Sequence[PaymentBatchEvent]:
    if isinstance(state, NotSent):
        raise no.PaymentBatchUnknown
    if command.repeat_id in state.repeats:
        return []
    if not any(one.status is OrderStatus.MISSING for one in command.known):
        raise no.NothingMissing(remedy="Ask the bank what became of the orders first.")
    return [
        PaymentBatchRepeated(
            batch_id=command.batch_id,
            region_code=state.sent.region_code,
            repeat_id=command.repeat_id,
            repeated_by=command.by,
            repeated_at=command.now,
        )
    ]


def _evolve(state: BatchState, event: PaymentBatchEvent) -> BatchState:
    match event, state:
        case PaymentBatchSent(), _:
            return PaymentBatch(sent=event)
        case PaymentBatchRepeated(repeat_id=key), PaymentBatch():
            return replace(state, repeats=state.repeats | {key})
        case _:
            return state


def _entails(event: PaymentBatchEvent, state: BatchState) -> Iterable[object]:
    if isinstance(state, NotSent):
        return
    batch = state.sent
    for key in batch.orders:
        match event:
            case PaymentBatchSent(sent_by=by, sent_at=at):
                yield SendPaymentOrder(order_id=key, batch_id=batch.batch_id, by=by, now=at)
            case PaymentBatchRepeated(repeated_by=by, repeated_at=at, repeat_id=repeat):
                yield RepeatPaymentOrder(order_id=key, repeat_id=repeat, by=by, now=at)
            case _:
                assert_never(event)


def _consults(command: PaymentBatchCommand) -> Sequence[Reference]:
    if isinstance(command, SendPaymentBatch):
        return tuple(reference(key) for key in command.orders)
    return ()


def _refers(
    command: PaymentBatchCommand, state: BatchState, known: Sequence[object]
) -> Sequence[Reference]:
    if isinstance(command, SendPaymentBatch):
        # What sending each order will ask of its ledger is read together, once.
        ledgers = {one.order.project.id for one in known if isinstance(one, PaymentOrder)}
        return tuple(ledger_reference(key) for key in sorted(ledgers))
    if isinstance(state, PaymentBatch):
        return tuple(reference(key) for key in state.sent.orders)
    return ()


def _inform(command: PaymentBatchCommand, states: Sequence[object]) -> PaymentBatchCommand:
    return replace(command, known=tuple(s for s in states if isinstance(s, PaymentOrder)))


def _owner(state: BatchState) -> Owner | None:
    if isinstance(state, NotSent):
        return None
    return Owner(region_code=state.sent.region_code)


payment_batch_decider: Final[Decider[PaymentBatchCommand, PaymentBatchEvent, BatchState]] = Decider(
    category="payment_batch",
    initial=NotSent(),
    commands=(SendPaymentBatch, RepeatPaymentBatch),
    events={
        "PaymentBatchSent": PaymentBatchSent,
        "PaymentBatchRepeated": PaymentBatchRepeated,
    },
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.batch_id,
    owner=_owner,
    consults=_consults,
    refers=_refers,
    inform=_inform,
    entails=_entails,
)
