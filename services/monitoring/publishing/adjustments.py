"""Facts of an adjustment in public words."""

from typing import assert_never

from services.monitoring.domain import adjustment as fact
from services.monitoring.publishing.whose import whose
from shared.contracts import monitoring as said
from shared.contracts.public_event import PublicEvent
from shared.messages import AnyRecorded


def of_adjustment(event: fact.AdjustmentEvent, recorded: AnyRecorded) -> PublicEvent | None:
    """What is to change, what has changed, and what came back; what was heard is not said again."""
    of = whose(event.project)
    match event:
        case fact.AdjustmentProposed():
            return _proposed(event, recorded.id)
        case fact.AdjustmentExecuted():
            return said.AdjustmentExecuted(
                **of,
                adjustment_id=recorded.id,
                kind=event.kind.value,
                change=event.change,
                budget=event.budget,
                transfer_to=event.transfer_to,
                partner_adjustment_id=event.partner_adjustment_id,
                fund_type_code=event.fund_type_code,
                direct_fund_flag=event.direct_fund_flag,
            )
        case fact.AdjustmentRefused() | fact.AdjustmentFailed():
            return _compensated(event, recorded.id)
        case fact.SuspensionEnded():
            return said.SuspensionEnded(
                **of,
                adjustment_id=event.adjustment_id,
                reason=event.reason,
                ended_on=event.ended_on,
            )
        case (
            fact.AdjustmentTargetPaired()
            | fact.AdjustmentSigned()
            | fact.AdjustmentApproved()
            | fact.AdjustmentReported()
            | fact.AdjustmentClosed()
        ):
            return None
        case _:
            assert_never(event)


def _compensated(
    event: fact.AdjustmentRefused | fact.AdjustmentFailed, adjustment_id: str
) -> PublicEvent | None:
    """It ended without its change; refusals of before their kind was kept are not told."""
    if event.kind is None:
        return None
    refused = isinstance(event, fact.AdjustmentRefused)
    return said.AdjustmentCompensated(
        **whose(event.project),
        adjustment_id=adjustment_id,
        kind=event.kind.value,
        outcome="REFUSED" if refused else "FAILED_EXECUTION",
        reason=event.reason,
        partner_adjustment_id=event.partner_adjustment_id,
    )


def _proposed(event: fact.AdjustmentProposed, adjustment_id: str) -> PublicEvent:
    return said.AdjustmentProposed(
        **whose(event.project),
        adjustment_id=adjustment_id,
        kind=event.kind.value,
        change=event.change,
        budget=event.budget,
        reason=event.reason,
        proposed_by=event.proposed_by,
        proposed_on=event.proposed_on,
        transfer_to=event.transfer_to,
        lowers_key_expenditure=event.lowers_key_expenditure,
        changes_total_budget=event.changes_total_budget,
        partner_project=event.partner_project,
        partner_adjustment_id=event.partner_adjustment_id,
    )
