"""What a request about the adjustment of a target may say."""

from typing import Annotated

from pydantic import Field

from services.targets.api.schemas import NOTES_MAX, Body, Code, EvidenceBody, Name, Value
from services.targets.domain.adjustment_words import AdjustmentCause, SigningOffice
from shared.contracts.fields import Day

VALUES_MAX = 60
REASON_MAX = 2_000

TargetValues = Annotated[dict[str, Value], Field(max_length=VALUES_MAX)]


class NewValueBody(Body):
    """One line of the form: the value that is asked for, beside the one it is to replace."""

    indicator_id: Code
    target_value: Value
    before: Value | None = Field(
        default=None, description="The value as the form shows it; a stale form is refused."
    )
    name: Annotated[str, Field(max_length=500)] = Field(
        default="", description="Shown to people; the register knows it."
    )


class RequestAdjustmentBody(Body):
    """Other target values by indicator, why, and what proves it. Weights cannot be asked for.

    Values are stated by indicator or, as on the form, line by line in `values`.
    """

    cause: AdjustmentCause
    reason: Name
    evidence: Annotated[tuple[EvidenceBody, ...], Field(max_length=NOTES_MAX)] = ()
    target_values: TargetValues = Field(default_factory=dict)
    values: Annotated[tuple[NewValueBody, ...], Field(max_length=VALUES_MAX)] = ()
    document: EvidenceBody | None = Field(
        default=None, description="One more file that proves it: 依据文件 of the form."
    )
    person: Annotated[str, Field(max_length=100)] = Field(
        default="", description="The head who signs; empty: whoever is named for the target."
    )
    delegation_id: Annotated[str, Field(pattern=r"^[0-9a-f-]{0,36}$")] = ""


class ApproveAdjustmentBody(Body):
    """New target values by indicator; without them, as proposed. `office`: for whom one signs."""

    target_values: TargetValues | None = None
    office: SigningOffice | None = None
    reason: str = Field(
        default="",
        max_length=REASON_MAX,
        description="Why the values are not those that were proposed.",
    )


class RecordApprovalBody(Body):
    """What a body outside the finance bureau decided: the document that says so."""

    body: SigningOffice = Field(description="GOVERNMENT or PEOPLES_CONGRESS.")
    document_no: Name
    decided_on: Day
    sha256: str = Field(
        min_length=64, max_length=64, description="SHA-256 of the document, in hexadecimal."
    )
