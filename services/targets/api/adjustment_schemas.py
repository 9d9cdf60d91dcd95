"""What a request about the adjustment of a target may say."""

from typing import Annotated

from pydantic import Field

from services.targets.api.schemas import NOTES_MAX, Body, EvidenceBody, Name, Value
from services.targets.domain.adjustment_words import AdjustmentCause, SigningOffice

VALUES_MAX = 60

TargetValues = Annotated[dict[str, Value], Field(max_length=VALUES_MAX)]


class RequestAdjustmentBody(Body):
    """Other target values by indicator, why, and what proves it. Weights cannot be asked for."""

    cause: AdjustmentCause
    reason: Name
    evidence: Annotated[tuple[EvidenceBody, ...], Field(max_length=NOTES_MAX)]
    target_values: TargetValues


class ApproveAdjustmentBody(Body):
    """New target values by indicator; without them, as proposed. `office`: for whom one signs."""

    target_values: TargetValues | None = None
    office: SigningOffice | None = None
