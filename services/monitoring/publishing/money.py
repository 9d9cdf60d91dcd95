"""Facts of the ledger in public words."""

from typing import assert_never

from services.monitoring.domain.ledger import commitment_events as contract
from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.ledger.unit_account_words import UnitAccountNoted
from services.monitoring.domain.treasury_line import LineKind
from services.monitoring.publishing.whose import whose
from shared.contracts import monitoring as said
from shared.contracts.public_event import PublicEvent
from shared.domain.money import Money
from shared.messages import AnyRecorded


def of_ledger(  # noqa: C901, PLR0911 - one answer per group of facts
    event: fact.LedgerEvent, _recorded: AnyRecorded
) -> PublicEvent | None:
    """Where money went; the purpose of a payment and the contracts stay inside."""
    match event:
        case fact.QuotaIssued() | fact.QuotaAmended() | fact.QuotaRecalled():
            return _of_document(event)
        case fact.PaymentSettled() | fact.PaymentReturned():
            return _of_payment(event)
        case fact.LinesBooked():
            return _of_lines(event)
        case fact.QuotaFrozen() | fact.QuotaReleased() | fact.QuotaAdjusted():
            return _of_freeze(event)
        case fact.QuotaWithdrawn() | fact.WithdrawalRefused():
            return _of_recovery(event)
        case fact.BreakOpened() | fact.BreakAssigned() | fact.BreakResolved():
            return _of_break(event)
        case contract.CommitmentVerified(committed=owed):
            return said.CommitmentsChanged(**whose(event.project), change=owed)
        case contract.CommitmentReleased(released=freed) if freed:
            return said.CommitmentsChanged(**whose(event.project), change=-freed)
        case UnitAccountNoted(total=total):
            return said.UnitAccountNoted(**whose(event.project), total=total)
        case (
            fact.LedgerOpened()
            | fact.RefundExpected()
            | contract.CommitmentRegistered()
            | contract.CommitmentReleased()
        ):
            return None
        case _:
            assert_never(event)


def _of_document(
    event: fact.QuotaIssued | fact.QuotaAmended | fact.QuotaRecalled,
) -> PublicEvent:
    of, line, key = whose(event.project), event.line, event.document_no
    match event:
        case fact.QuotaIssued(amount=amount, issued_on=day):
            return said.QuotaIssued(
                **of,
                amount=amount,
                issued_on=day,
                document_no=key,
                bgt_id=line.bgt_id,
                fund_type_code=line.fund_type_code,
            )
        case fact.QuotaAmended(change=change, quota=quota, amended_on=day):
            return said.QuotaAmended(
                **of,
                document_no=key,
                bgt_id=line.bgt_id,
                change=change,
                quota=quota,
                amended_on=day,
            )
        case fact.QuotaRecalled(amount=amount, quota=quota, recalled_on=day):
            return said.QuotaRecalled(
                **of,
                document_no=key,
                bgt_id=line.bgt_id,
                amount=amount,
                quota=quota,
                recalled_on=day,
            )


def _of_freeze(event: fact.QuotaFrozen | fact.QuotaReleased | fact.QuotaAdjusted) -> PublicEvent:
    of = whose(event.project)
    match event:
        case fact.QuotaFrozen(freeze_id=key, amount=amount, reason=reason, until_on=last):
            return said.QuotaFrozen(
                **of, freeze_id=key, amount=amount, reason=reason, until_on=last
            )
        case fact.QuotaReleased(freeze_id=key, amount=amount, expired=expired):
            return said.QuotaReleased(**of, freeze_id=key, amount=amount, expired=expired)
        case fact.QuotaAdjusted(adjustment_id=key, change=change, quota=quota):
            return said.QuotaAdjusted(**of, adjustment_id=key, change=change, quota=quota)


def _of_break(
    event: fact.BreakOpened | fact.BreakAssigned | fact.BreakResolved,
) -> PublicEvent | None:
    """Who has to act is our own affair; that a line does not agree, and how it ended, is not."""
    region = event.project.region_code
    match event:
        case fact.BreakOpened():
            return said.ReconciliationBreakOpened(
                region_code=region,
                break_id=event.break_id,
                kind=event.kind,
                amount=event.amount,
                opened_on=event.booked_on,
                project_code=event.project.code,
                fiscal_year=event.project.fiscal_year,
            )
        case fact.BreakAssigned():
            return None
        case fact.BreakResolved(break_id=key, resolution=resolution):
            return said.ReconciliationBreakResolved(
                region_code=region,
                break_id=key,
                resolution=resolution.value,
                slip_no=event.slip_no,
            )


def _of_payment(event: fact.PaymentSettled | fact.PaymentReturned) -> PublicEvent:
    of = whose(event.project)
    if isinstance(event, fact.PaymentSettled):
        return said.PaymentSettled(
            **of,
            payment_id=event.payment_id,
            amount=event.amount,
            paid_total=event.paid_total,
            settled_on=event.settled_on,
            committed_change=_drawn(event),
        )
    return said.PaymentReturned(
        **of,
        payment_id=event.payment_id,
        return_id=event.return_id,
        amount=event.amount,
        paid_total=event.paid_total,
        returned_on=event.returned_on,
        recovery_id=event.recovery_id,
        committed_change=_drawn(event),
    )


def _drawn(event: fact.PaymentSettled | fact.PaymentReturned | fact.LinesBooked) -> Money | None:
    return Money.total(one.change for one in event.drawn) or None


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
        committed_change=_drawn(event),
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
