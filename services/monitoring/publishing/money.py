"""Facts of the ledger in public words."""

from typing import assert_never

from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.treasury_line import LineKind
from services.monitoring.publishing.whose import whose
from shared.contracts import monitoring as said
from shared.contracts.public_event import PublicEvent
from shared.messages import AnyRecorded


def of_ledger(  # noqa: C901, PLR0911 - one answer per fact
    event: fact.LedgerEvent, _recorded: AnyRecorded
) -> PublicEvent | None:
    """Where money went; the purpose of a payment stays inside."""
    of = whose(event.project)
    match event:
        case fact.QuotaIssued():
            return said.QuotaIssued(**of, amount=event.amount, issued_on=event.issued_on)
        case fact.PaymentSettled() | fact.PaymentReturned():
            return _of_payment(event)
        case fact.LinesBooked():
            return _of_lines(event)
        case fact.QuotaFrozen(freeze_id=key, amount=amount, reason=reason):
            return said.QuotaFrozen(**of, freeze_id=key, amount=amount, reason=reason)
        case fact.QuotaReleased(freeze_id=key, amount=amount):
            return said.QuotaReleased(**of, freeze_id=key, amount=amount)
        case fact.QuotaAdjusted(adjustment_id=key, change=change, quota=quota):
            return said.QuotaAdjusted(**of, adjustment_id=key, change=change, quota=quota)
        case fact.QuotaWithdrawn() | fact.WithdrawalRefused():
            return _of_recovery(event)
        case fact.BreakOpened():
            return said.ReconciliationBreakOpened(
                region_code=event.project.region_code,
                break_id=event.break_id,
                kind=event.kind,
                amount=event.amount,
                opened_on=event.booked_on,
                project_code=event.project.code,
                fiscal_year=event.project.fiscal_year,
            )
        case fact.BreakResolved(break_id=key, resolution=resolution):
            return said.ReconciliationBreakResolved(
                region_code=event.project.region_code, break_id=key, resolution=resolution.value
            )
        case fact.LedgerOpened() | fact.RefundExpected():
            return None
        case _:
            assert_never(event)


def _of_payment(event: fact.PaymentSettled | fact.PaymentReturned) -> PublicEvent:
    of = whose(event.project)
    if isinstance(event, fact.PaymentSettled):
        return said.PaymentSettled(
            **of,
            payment_id=event.payment_id,
            amount=event.amount,
            paid_total=event.paid_total,
            settled_on=event.settled_on,
        )
    return said.PaymentReturned(
        **of,
        payment_id=event.payment_id,
        return_id=event.return_id,
        amount=event.amount,
        paid_total=event.paid_total,
        returned_on=event.returned_on,
        recovery_id=event.recovery_id,
    )


def _of_lines(event: fact.LinesBooked) -> PublicEvent:
    """One word for a file: what others keep are sums."""
    payments = sum(line.kind is LineKind.PAYMENT for line in event.lines)
    days = [line.booked_on for line in event.lines]
    return said.PaymentsBooked(
        **whose(event.project),
        paid=event.paid,
        returned=event.returned,
        paid_total=event.paid_total,
        payments=payments,
        returns=len(event.lines) - payments,
        first_on=min(days),
        last_on=max(days),
    )


def _of_recovery(event: fact.QuotaWithdrawn | fact.WithdrawalRefused) -> PublicEvent:
    of = whose(event.project)
    if isinstance(event, fact.WithdrawalRefused):
        return said.WithdrawalRefused(
            **of, recovery_id=event.recovery_id, asked=event.asked, available=event.available
        )
    return said.QuotaWithdrawn(
        **of,
        recovery_id=event.recovery_id,
        amount=event.amount,
        quota=event.quota,
        document_no=event.document_no,
        withdrawn_on=event.withdrawn_on,
    )
