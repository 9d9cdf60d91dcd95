"""What becomes a request to the treasury, and what the clock asks of payment orders."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from services.monitoring.domain.payment_order import events as fact
from services.monitoring.domain.payment_order.commands import (
    ExpirePaymentOrder,
    MarkPaymentUnknown,
)
from services.monitoring.domain.payment_order.identity import is_hold
from services.monitoring.domain.treasury_request import OpenTreasuryRequest
from services.monitoring.domain.treasury_values import RequestKind, request_id
from services.monitoring.domain.values import Project
from shared.contracts import evaluation, monitoring
from shared.domain.money import Money
from shared.messages import AnyRecorded, CalledOff, Deadline, Due

PAYMENT_ANSWER: Final = "PAYMENT_ANSWER"
PAYMENT_HOLD: Final = "PAYMENT_HOLD"
WITHDRAWN: Final = "QUOTA_WITHDRAWAL"

type Changes = Sequence[Deadline | CalledOff]
type Asks = (
    monitoring.QuotaFrozen
    | monitoring.QuotaReleased
    | monitoring.QuotaWithdrawn
    | monitoring.AdjustmentExecuted
    | evaluation.RecoveryApproved
)


def schedule_orders(recorded: AnyRecorded) -> Changes:  # noqa: PLR0911 - one per fact
    """Until when the bank has to answer, and how long money is held for nothing.

    The terms are rules (`PaymentRules`); the facts of an order carry those of its draft.
    """
    if not recorded.stream.startswith("payment_order-"):
        return []
    key, at = recorded.id, recorded.occurred_at
    match recorded.event:
        case fact.PaymentOrderDrafted(hold_days=days):
            return [_due(PAYMENT_HOLD, key, at + timedelta(days=days))]
        case fact.PaymentOrderSent(answer_minutes=minutes):
            soon = at + timedelta(minutes=minutes)
            return [_off(PAYMENT_HOLD, key), _due(PAYMENT_ANSWER, key, soon)]
        case (
            fact.PaymentOrderRepeated(answer_minutes=minutes)
            | fact.PaymentOrderQueried(answer_minutes=minutes)
        ):
            return [_due(PAYMENT_ANSWER, key, at + timedelta(minutes=minutes))]
        case fact.PaymentOrderAccepted(settle_days=days):
            return [_due(PAYMENT_ANSWER, key, at + timedelta(days=days))]
        case fact.PaymentOrderCancelled():
            return [_off(PAYMENT_HOLD, key)]
        case (
            fact.PaymentOrderSettled()
            | fact.PaymentOrderRejected()
            | fact.PaymentOrderMissed()
            | fact.PaymentOrderUnanswered()
        ):
            return [_off(PAYMENT_ANSWER, key)]
        case _:
            return []


def _due(kind: str, key: str, at: datetime) -> Deadline:
    return Deadline(key=f"{kind}:{key}", kind=kind, subject=key, due_at=at)


def _off(kind: str, key: str) -> CalledOff:
    return CalledOff(key=f"{kind}:{key}")


def order_due(due: Due, clock: str) -> object | None:
    """The command for a deadline of an order."""
    match due.kind:
        case "PAYMENT_ANSWER":
            return MarkPaymentUnknown(order_id=due.subject, by=clock, now=due.now)
        case "PAYMENT_HOLD":
            return ExpirePaymentOrder(order_id=due.subject, by=clock, now=due.now)
        case _:
            return None


def ask_treasury(word: Asks, by: str, now: datetime) -> Sequence[OpenTreasuryRequest]:
    """The request a decision about money has for the treasury; of nothing it is asked nothing."""
    match word:
        case monitoring.QuotaFrozen(freeze_id=key) if word.amount and not is_hold(key):
            return [_request(word, (RequestKind.FREEZE, key, word.reason), by, now)]
        case monitoring.QuotaReleased(freeze_id=key) if word.amount and not is_hold(key):
            return [_request(word, (RequestKind.UNFREEZE, key, "RELEASED"), by, now)]
        case monitoring.AdjustmentExecuted(adjustment_id=key) if word.change:
            kind = RequestKind.QUOTA if word.change.fen > 0 else RequestKind.REDUCE
            return [_request(word, (kind, key, word.kind), by, now)]
        case monitoring.QuotaWithdrawn(recovery_id=key):
            return [_request(word, (RequestKind.RECOVER, key, WITHDRAWN), by, now)]
        case evaluation.RecoveryApproved(recovery_id=key) if word.route != WITHDRAWN:
            # Quota is asked for when our own ledger has withdrawn it: it may hold too little.
            return [_request(word, (RequestKind.RECOVER, key, word.route), by, now)]
        case _:
            return []


def _request(
    word: Asks, what: tuple[RequestKind, str, str], by: str, now: datetime
) -> OpenTreasuryRequest:
    kind, source, reason = what
    amount, document, route = _of(word)
    return OpenTreasuryRequest(
        request_id=request_id(kind, f"{word.project_code}-{word.fiscal_year}|{source}", document),
        project=Project(
            code=word.project_code,
            fiscal_year=word.fiscal_year,
            region_code=word.region_code,
            department_code="",
            unit_code=word.unit_code,
        ),
        kind=kind,
        amount=amount if amount.fen > 0 else -amount,
        reason=reason,
        source_id=source,
        document_no=document,
        route=route,
        by=by,
        now=now,
    )


def _of(word: Asks) -> tuple[Money, str, str]:
    if isinstance(word, evaluation.RecoveryApproved):
        return word.amount, word.document_no, word.route
    if isinstance(word, monitoring.QuotaWithdrawn):
        return word.amount, word.document_no, WITHDRAWN
    if isinstance(word, monitoring.AdjustmentExecuted):
        return word.change, "", ""
    return word.amount, "", ""
