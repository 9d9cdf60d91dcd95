"""The decider of payment orders: what is decided where, and what the ledger has to do with it.

Drafting holds the amount on the ledger; cancelling and rejecting let it go; a settled answer lets
it go and books the payment; a return books the return. All in the transaction of the fact.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypedDict, assert_never

from services.monitoring.domain.ledger.commands import (
    FreezeQuota,
    ReleaseHold,
    ReturnPayment,
    SettlePayment,
)
from services.monitoring.domain.ledger.ledger import reference as ledger_reference
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.payment_order import deciding, hearing, recalling
from services.monitoring.domain.payment_order import events as fact
from services.monitoring.domain.payment_order.commands import (
    CancelPaymentOrder,
    DraftPaymentOrder,
    ExpirePaymentOrder,
    HearPaymentReturn,
    HearPaymentStatus,
    HearRecallAnswer,
    MarkPaymentUnknown,
    PaymentOrderCommand,
    QueryPayment,
    RecallPayment,
    ReleasePaymentOrder,
    RepeatPaymentOrder,
    ResolveOrderBreak,
    SendPaymentOrder,
)
from services.monitoring.domain.payment_order.events import PaymentOrderEvent
from services.monitoring.domain.payment_order.identity import hold_of
from services.monitoring.domain.payment_order.state import (
    NotDrafted,
    OrderState,
    PaymentOrder,
    evolve,
)
from services.monitoring.domain.rules import nearest
from services.monitoring.domain.rules import references as rule_references
from shared.domain.decider import Decider, Owner, Reference

HELD_FOR_ORDER: Final = "PAYMENT_ORDER"


class Whose(TypedDict):
    """Which ledger pays."""

    project_code: str
    fiscal_year: int


def _decide(command: PaymentOrderCommand, state: OrderState) -> Sequence[PaymentOrderEvent]:
    if isinstance(command, DraftPaymentOrder):
        return deciding.draft(command, state)
    return _decide_drafted(command, deciding.drafted(state))


def _decide_drafted(  # noqa: C901, PLR0911 - one leaf per command
    command: ReleasePaymentOrder
    | CancelPaymentOrder
    | ExpirePaymentOrder
    | SendPaymentOrder
    | RepeatPaymentOrder
    | MarkPaymentUnknown
    | QueryPayment
    | HearPaymentStatus
    | HearPaymentReturn
    | RecallPayment
    | HearRecallAnswer
    | ResolveOrderBreak,
    order: PaymentOrder,
) -> Sequence[PaymentOrderEvent]:
    match command:
        case ReleasePaymentOrder():
            return deciding.release(command, order)
        case CancelPaymentOrder() | ExpirePaymentOrder():
            return deciding.cancel(command, order)
        case SendPaymentOrder():
            return deciding.send(command, order)
        case RepeatPaymentOrder():
            return deciding.repeat(command, order)
        case MarkPaymentUnknown():
            return deciding.doubt(command, order)
        case QueryPayment():
            return deciding.query(command, order)
        case HearPaymentStatus():
            return hearing.hear(command, order)
        case HearPaymentReturn():
            return hearing.hear_return(command, order)
        case RecallPayment():
            return recalling.recall(command, order)
        case HearRecallAnswer():
            return recalling.hear_answer(command, order)
        case ResolveOrderBreak():
            return hearing.resolve(command, order)
        case _:
            assert_never(command)


def _entails(event: PaymentOrderEvent, state: OrderState) -> Iterable[object]:
    """What the ledger has to do at once."""
    if isinstance(state, NotDrafted):
        return
    order = state.order
    whose: Whose = {
        "project_code": order.project.code,
        "fiscal_year": order.project.fiscal_year,
    }
    hold = hold_of(order.order_id)
    match event:
        case fact.PaymentOrderDrafted(amount=held, drafted_by=by, drafted_at=at):
            reason = HELD_FOR_ORDER
            yield FreezeQuota(**whose, freeze_id=hold, amount=held, reason=reason, by=by, now=at)
        case fact.PaymentOrderCancelled(cancelled_by=by, cancelled_at=at) | (
            fact.PaymentOrderRejected(heard_by=by, heard_at=at)
        ):
            yield ReleaseHold(**whose, adjustment_id=hold, by=by, now=at)
        case fact.PaymentOrderSettled(heard_by=by, heard_at=at):
            yield ReleaseHold(**whose, adjustment_id=hold, spends=True, by=by, now=at)
            yield SettlePayment(
                **whose,
                payment_id=order.pay_cert_no,
                amount=event.amount,
                settled_on=event.booked_on,
                purpose=order.purpose,
                bank_ref=event.bank_ref,
                source_id=event.source_id,
                uetr=order.uetr,
                by=by,
                now=at,
            )
        case fact.PaymentOrderReturned(heard_by=by, heard_at=at):
            yield ReturnPayment(
                **whose,
                payment_id=order.pay_cert_no,
                return_id=event.return_id,
                amount=event.amount,
                returned_on=event.returned_on,
                recovery_id=event.recovery_id,
                source_id=event.source_id,
                uetr=event.uetr,
                clearing_ref=event.clearing_ref,
                by=by,
                now=at,
            )
        case _:
            return


def _consults(command: PaymentOrderCommand) -> Sequence[Reference]:
    """The terms of an order are those of the region's rules on the day of its draft."""
    if isinstance(command, DraftPaymentOrder):
        return rule_references(command.region_code, command.fiscal_year)
    return ()


def _refers(
    command: PaymentOrderCommand, state: OrderState, _known: Sequence[object]
) -> Sequence[Reference]:
    if isinstance(command, DraftPaymentOrder):
        return (ledger_reference(command.ledger_id),)
    needs = isinstance(command, ReleasePaymentOrder | SendPaymentOrder)
    if needs and isinstance(state, PaymentOrder):
        return (ledger_reference(state.order.project.id),)
    return ()


def _inform(command: PaymentOrderCommand, states: Sequence[object]) -> PaymentOrderCommand:
    if not isinstance(command, DraftPaymentOrder | ReleasePaymentOrder | SendPaymentOrder):
        return command
    ledger = next((one for one in states if isinstance(one, Ledger)), None)
    if isinstance(command, DraftPaymentOrder):
        return replace(command, ledger=ledger, rules=nearest(states))
    return replace(command, ledger=ledger)


def _owner(state: OrderState) -> Owner | None:
    return state.order.project.owner if isinstance(state, PaymentOrder) else None


def reference(order_id: str) -> Reference:
    """The stream of an order, for decisions that must know of it."""
    return Reference("payment_order", order_id)


payment_order_decider: Final[Decider[PaymentOrderCommand, PaymentOrderEvent, OrderState]] = Decider(
    category="payment_order",
    initial=NotDrafted(),
    commands=(
        DraftPaymentOrder,
        ReleasePaymentOrder,
        CancelPaymentOrder,
        ExpirePaymentOrder,
        SendPaymentOrder,
        RepeatPaymentOrder,
        MarkPaymentUnknown,
        QueryPayment,
        HearPaymentStatus,
        HearPaymentReturn,
        RecallPayment,
        HearRecallAnswer,
        ResolveOrderBreak,
    ),
    events={
        event.__name__: event
        for event in (
            fact.PaymentOrderDrafted,
            fact.PaymentOrderReleased,
            fact.PaymentOrderCancelled,
            fact.PaymentOrderSent,
            fact.PaymentOrderRepeated,
            fact.PaymentOrderAccepted,
            fact.PaymentOrderUnanswered,
            fact.PaymentOrderQueried,
            fact.PaymentOrderMissed,
            fact.PaymentOrderSettled,
            fact.PaymentOrderRejected,
            fact.PaymentOrderReturned,
            fact.PaymentRecallRequested,
            fact.PaymentRecallAccepted,
            fact.PaymentRecallRefused,
            fact.PaymentOrderBreakOpened,
            fact.PaymentOrderBreakResolved,
        )
    },
    decide=_decide,
    evolve=evolve,
    identify=lambda command: command.order_id,
    owner=_owner,
    consults=_consults,
    refers=_refers,
    inform=_inform,
    entails=_entails,
)
