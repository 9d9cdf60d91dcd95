"""Facts of an adjustment in public words."""

from typing import assert_never

from services.monitoring.domain import adjustment as fact
from services.monitoring.publishing.whose import whose
from shared.contracts import monitoring as said
from shared.contracts.public_event import PublicEvent
from shared.messages import AnyRecorded


def of_adjustment(event: fact.AdjustmentEvent, recorded: AnyRecorded) -> PublicEvent | None:
    """What is to change and what has changed; a refusal was told by who refused."""
    of = whose(event.project)
    match event:
        case fact.AdjustmentProposed():
            return said.AdjustmentProposed(
                **of,
                adjustment_id=recorded.id,
                kind=event.kind.value,
                change=event.change,
                budget=event.budget,
                reason=event.reason,
                proposed_by=event.proposed_by,
                proposed_on=event.proposed_on,
                transfer_to=event.transfer_to,
            )
        case fact.AdjustmentExecuted():
            return said.AdjustmentExecuted(
                **of,
                adjustment_id=recorded.id,
                kind=event.kind.value,
                change=event.change,
                budget=event.budget,
                transfer_to=event.transfer_to,
            )
        case fact.AdjustmentRefused():
            return None
        case _:
            assert_never(event)
