"""What an order answers until the bank speaks: draft, release, cancel, send, doubt, query."""

from collections.abc import Sequence

from services.monitoring.domain.ledger.refusals import AmountNotPositive, LedgerNotOpened
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.payment_order import events as fact
from services.monitoring.domain.payment_order import refusals as no
from services.monitoring.domain.payment_order.commands import (
    CancelPaymentOrder,
    DraftPaymentOrder,
    ExpirePaymentOrder,
    MarkPaymentUnknown,
    QueryPayment,
    ReleasePaymentOrder,
    RepeatPaymentOrder,
    SendPaymentOrder,
)
from services.monitoring.domain.payment_order.identity import end_to_end_id, hold_of, uetr_of
from services.monitoring.domain.payment_order.state import (
    OPEN,
    UNSENT,
    NotDrafted,
    OrderState,
    PaymentOrder,
)
from services.monitoring.domain.payment_order.values import OrderStatus
from shared.domain.hands import hands
from shared.domain.money import ZERO
from shared.domain.rules import PaymentRules

type Facts = Sequence[fact.PaymentOrderEvent]

EXPIRED = "EXPIRED"
_DOUBTFUL = frozenset({OrderStatus.SENT, OrderStatus.ACCEPTED, OrderStatus.QUERIED})


def drafted(state: OrderState) -> PaymentOrder:
    """The order, or the refusal that there is none."""
    if isinstance(state, NotDrafted):
        raise no.PaymentOrderUnknown
    return state


def draft(command: DraftPaymentOrder, state: OrderState) -> Facts:
    """Intend to pay; the same voucher with the same particulars again is silent."""
    ledger = command.ledger
    if ledger is None or ledger.project.region_code != command.region_code:
        raise LedgerNotOpened
    order = _particulars(command, ledger)
    if isinstance(state, PaymentOrder):
        if _same(state.order, order):
            return []
        raise no.VoucherReused(
            pay_cert_no=command.pay_cert_no, amount=str(state.order.amount), pointer="/pay_cert_no"
        )
    if command.amount <= ZERO:
        raise AmountNotPositive(pointer="/amount")
    if command.execute_on.year != command.fiscal_year:
        raise no.OutsideFiscalYear(pointer="/execute_on", fiscal_year=command.fiscal_year)
    if command.pay_cert_no in ledger.payments:
        raise no.VoucherPaid(pay_cert_no=command.pay_cert_no)
    _not_suspended(ledger)
    return [order]


def _particulars(command: DraftPaymentOrder, ledger: Ledger) -> fact.PaymentOrderDrafted:
    terms = command.rules.payments if command.rules else PaymentRules()
    return fact.PaymentOrderDrafted(
        project=ledger.project,
        order_id=command.order_id,
        pay_cert_no=command.pay_cert_no,
        end_to_end_id=end_to_end_id(command.pay_cert_no),
        uetr=uetr_of(command.order_id),
        amount=command.amount,
        debtor=command.debtor,
        creditor=command.creditor,
        purpose=command.purpose,
        execute_on=command.execute_on,
        codes=command.codes,
        fund_type_code=ledger.fund_type_code,
        direct_fund_flag=ledger.direct_fund_flag,
        drafted_by=command.by,
        drafted_at=command.now,
        answer_minutes=terms.answer_minutes,
        settle_days=terms.settle_days,
        hold_days=terms.hold_days,
    )


def _same(before: fact.PaymentOrderDrafted, now: fact.PaymentOrderDrafted) -> bool:
    """Whether it is the same payment, whoever asks for it and whenever."""
    names = (
        "project",
        "pay_cert_no",
        "amount",
        "debtor",
        "creditor",
        "purpose",
        "execute_on",
        "codes",
    )
    return all(getattr(before, name) == getattr(now, name) for name in names)


def _not_suspended(ledger: Ledger | None) -> None:
    if ledger is not None and ledger.suspended:
        raise no.PaymentsSuspended(remedy="End the suspension first, or wait for its decision.")


def _held(order: PaymentOrder, ledger: Ledger | None) -> None:
    """What will be paid must still be held: else it could have been spent meanwhile."""
    freeze = ledger.freezes.get(hold_of(order.order.order_id)) if ledger is not None else None
    if freeze is None or not freeze.open:
        raise no.HoldLost(remedy="Cancel this order and draft the voucher's payment anew.")


def release(command: ReleasePaymentOrder, order: PaymentOrder) -> Facts:
    """Let it go: four eyes, money still held, no suspension."""
    if order.status is OrderStatus.CANCELLED:
        raise no.OrderCancelled
    if order.status is not OrderStatus.INTENT:
        return []
    hands(order.order.drafted_by).expect_another(command.by, no.ReleaserDraftedOrder)
    _not_suspended(command.ledger)
    _held(order, command.ledger)
    return [fact.PaymentOrderReleased(project=order.order.project, released_by=command.by)]


def cancel(command: CancelPaymentOrder | ExpirePaymentOrder, order: PaymentOrder) -> Facts:
    """Give it up before it was sent; the clock finds an order that was sent in silence."""
    if order.status is OrderStatus.CANCELLED:
        return []
    by_clock = isinstance(command, ExpirePaymentOrder)
    if order.status not in UNSENT:
        if by_clock:
            return []
        raise no.OrderAlreadySent(remedy="Recall the payment.")
    return [
        fact.PaymentOrderCancelled(
            project=order.order.project,
            reason=EXPIRED if isinstance(command, ExpirePaymentOrder) else command.reason,
            cancelled_by=command.by,
            cancelled_at=command.now,
        )
    ]


def send(command: SendPaymentOrder, order: PaymentOrder) -> Facts:
    """Hand it to the bank: in one batch, for ever."""
    if order.status is OrderStatus.CANCELLED:
        raise no.OrderCancelled(order_id=command.order_id)
    if order.batch_id == command.batch_id:
        return []
    if order.batch_id is not None:
        raise no.OrderAlreadySent(order_id=command.order_id, batch_id=order.batch_id)
    if order.status is not OrderStatus.RELEASED:
        raise no.OrderNotReleased(order_id=command.order_id)
    _not_suspended(command.ledger)
    _held(order, command.ledger)
    return [
        fact.PaymentOrderSent(
            project=order.order.project,
            batch_id=command.batch_id,
            amount=order.order.amount,
            answer_minutes=order.order.answer_minutes,
        )
    ]


def repeat(command: RepeatPaymentOrder, order: PaymentOrder) -> Facts:
    """It was missing and has been handed over again; whoever was not missing waits as before."""
    if command.repeat_id in order.repeats or order.status is not OrderStatus.MISSING:
        return []
    return [
        fact.PaymentOrderRepeated(
            project=order.order.project,
            repeat_id=command.repeat_id,
            answer_minutes=order.order.answer_minutes,
        ),
    ]


def doubt(_command: MarkPaymentUnknown, order: PaymentOrder) -> Facts:
    """Nobody has answered in time."""
    if order.status not in _DOUBTFUL:
        return []
    return [
        fact.PaymentOrderUnanswered(project=order.order.project, amount=order.order.amount),
    ]


def query(command: QueryPayment, order: PaymentOrder) -> Facts:
    """Ask the bank, by the end-to-end id and never by paying again."""
    if command.query_id in order.queries:
        return []
    if order.batch_id is None:
        raise no.OrderNotSent
    if order.status not in OPEN:
        raise no.OrderAnswered(status=order.status.value)
    return [
        fact.PaymentOrderQueried(
            project=order.order.project,
            query_id=command.query_id,
            answer_minutes=order.order.answer_minutes,
        )
    ]
