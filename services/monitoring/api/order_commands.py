"""Commands about payment orders: draft, release, send, ask, hear the bank, recall."""

from typing import Final

from services.monitoring.api import order_schemas as schemas
from services.monitoring.domain.payment_order import commands as order
from services.monitoring.domain.payment_order.batch import RepeatPaymentBatch, SendPaymentBatch
from services.monitoring.domain.payment_order.values import BankAccount, BudgetCodes
from shared.http.commands import Asked, CommandEndpoint, Translate

_ORDER: Final = "/payment-orders/{order_id}"


def draft_payment_order(
    asked: Asked, body: schemas.DraftPaymentOrderBody
) -> order.DraftPaymentOrder:
    """Intend to pay a voucher; its amount is held at once. The same voucher again is silent."""
    return order.DraftPaymentOrder(
        region_code=asked.region_code or "",
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        pay_cert_no=body.pay_cert_no,
        amount=body.amount,
        debtor=_account(body.debtor),
        creditor=_account(body.creditor),
        purpose=body.purpose,
        execute_on=body.execute_on,
        codes=BudgetCodes(
            bgt_id=body.bgt_id,
            exp_func_code=body.exp_func_code,
            gov_bgt_eco_code=body.gov_bgt_eco_code,
            dep_bgt_eco_code=body.dep_bgt_eco_code,
        ),
        by=asked.actor,
        now=asked.now,
    )


def _account(body: schemas.BankAccountBody) -> BankAccount:
    return BankAccount(name=body.name, number=body.number, bank_no=body.bank_no)


def release_payment_order(asked: Asked, order_id: str) -> order.ReleasePaymentOrder:
    """Let an order be sent: by somebody else than its author."""
    return order.ReleasePaymentOrder(order_id=order_id, by=asked.actor, now=asked.now)


def cancel_payment_order(
    asked: Asked, order_id: str, body: schemas.CancelPaymentOrderBody
) -> order.CancelPaymentOrder:
    """Give an order up that was not sent; what it held may be spent again."""
    return order.CancelPaymentOrder(
        order_id=order_id, reason=body.reason, by=asked.actor, now=asked.now
    )


def send_payment_batch(asked: Asked, body: schemas.SendPaymentBatchBody) -> SendPaymentBatch:
    """Send released orders in one message. The same batch again is the same message."""
    region = asked.region_code or ""
    return SendPaymentBatch(
        batch_id=f"{region}-{body.batch_id}",
        region_code=region,
        orders=body.orders,
        by=asked.actor,
        now=asked.now,
    )


def repeat_payment_batch(
    asked: Asked, batch_id: str, body: schemas.RepeatPaymentBatchBody
) -> RepeatPaymentBatch:
    """Hand over the very same message again, after the bank has said that it has not got it."""
    return RepeatPaymentBatch(
        batch_id=batch_id, repeat_id=body.repeat_id, by=asked.actor, now=asked.now
    )


def query_payment(
    asked: Asked, order_id: str, body: schemas.QueryPaymentBody
) -> order.QueryPayment:
    """Ask the bank what became of an order, by its end-to-end id."""
    return order.QueryPayment(
        order_id=order_id, query_id=body.query_id, by=asked.actor, now=asked.now
    )


def hear_payment_status(
    asked: Asked, order_id: str, body: schemas.HearPaymentStatusBody
) -> order.HearPaymentStatus:
    """Take an answer of the bank. Late and twice is harmless; what contradicts opens a break."""
    return order.HearPaymentStatus(
        order_id=order_id,
        answer=body.answer,
        amount=body.amount,
        booked_on=body.booked_on,
        bank_ref=body.bank_ref,
        reason_code=body.reason_code,
        by=asked.actor,
        now=asked.now,
    )


def hear_payment_return(
    asked: Asked, order_id: str, body: schemas.HearPaymentReturnBody
) -> order.HearPaymentReturn:
    """Book money of an order that came back; what fits nothing opens a break."""
    return order.HearPaymentReturn(
        order_id=order_id,
        return_id=body.return_id,
        amount=body.amount,
        returned_on=body.returned_on,
        reason_code=body.reason_code,
        by=asked.actor,
        now=asked.now,
    )


def recall_payment(
    asked: Asked, order_id: str, body: schemas.RecallPaymentBody
) -> order.RecallPayment:
    """Ask for a sent payment back. Nothing is booked before the money comes."""
    return order.RecallPayment(
        order_id=order_id,
        recall_id=body.recall_id,
        reason_code=body.reason_code,
        reason=body.reason,
        recovery_id=body.recovery_id,
        by=asked.actor,
        now=asked.now,
    )


def hear_recall_answer(
    asked: Asked, order_id: str, body: schemas.HearRecallAnswerBody
) -> order.HearRecallAnswer:
    """Take the bank's answer to a recall. A refusal changes no account and reopens the claim."""
    return order.HearRecallAnswer(
        order_id=order_id,
        recall_id=body.recall_id,
        answer=body.answer,
        reason_code=body.reason_code,
        by=asked.actor,
        now=asked.now,
    )


def resolve_order_break(
    asked: Asked, order_id: str, body: schemas.ResolveOrderBreakBody
) -> order.ResolveOrderBreak:
    """Decide a contradiction: book what the bank said, or do not."""
    return order.ResolveOrderBreak(
        order_id=order_id,
        break_id=body.break_id,
        resolution=body.resolution,
        note=body.note,
        by=asked.actor,
        now=asked.now,
    )


def _act(path: str, translate: Translate, *, moves_money: bool = True) -> CommandEndpoint:
    return CommandEndpoint(
        path=f"{_ORDER}/{path}", translate=translate, tag="Payment orders", moves_money=moves_money
    )


def _answer(path: str, translate: Translate) -> CommandEndpoint:
    """What a bank says is not guarded by `If-Match`: it is recognised when it comes again."""
    return CommandEndpoint(
        path=f"{_ORDER}/{path}",
        translate=translate,
        tag="Payment orders",
        creates=True,
        moves_money=True,
        location="/payment-orders/{id}",
    )


ORDER_COMMANDS: Final = (
    CommandEndpoint(
        path="/payment-orders",
        translate=draft_payment_order,
        tag="Payment orders",
        creates=True,
        moves_money=True,
    ),
    _act("release", release_payment_order),
    _act("cancel", cancel_payment_order),
    _act("query", query_payment, moves_money=False),
    _answer("hear-status", hear_payment_status),
    _answer("hear-return", hear_payment_return),
    _act("recall", recall_payment),
    _answer("hear-recall-answer", hear_recall_answer),
    _act("resolve-break", resolve_order_break),
    CommandEndpoint(
        path="/payment-batches",
        translate=send_payment_batch,
        tag="Payment orders",
        creates=True,
        moves_money=True,
    ),
    CommandEndpoint(
        path="/payment-batches/{batch_id}/repeat",
        translate=repeat_payment_batch,
        tag="Payment orders",
        moves_money=True,
    ),
)
