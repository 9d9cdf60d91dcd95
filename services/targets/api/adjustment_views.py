"""What a reader of adjustments is shown."""

from datetime import date

from pydantic import Field

from services.targets.api.explanations import Explanation
from services.targets.api.views import Amount, Unfolded, Unfoldeds, View


class AdjustmentView(View):
    """A change of an approved target, with its money or alone."""

    adjustment_id: str
    target_id: str
    status: str
    kind: str
    cause: str | None = Field(description="Why the unit asked; absent where the money did.")
    change: Amount = Field(validation_alias="change_fen")
    budget: Amount = Field(validation_alias="budget_fen")
    budget_before: Amount | None = Field(validation_alias="budget_before_fen")
    reason: str
    evidence: Unfoldeds = Field(validation_alias="evidence_json")
    proposed_by: str
    proposed_values: Unfolded = Field(validation_alias="proposed_values_json")
    remark: str
    decided_on: date | None


class SignatureView(View):
    """The signature of an office."""

    office: str
    signed_by: str
    signed_on: date
    target_values: Unfolded = Field(
        validation_alias="target_values_json", description="The section's own values, if any."
    )


class AdjustmentExplanation(Explanation):
    """Who has to agree, who has, and what changes."""

    adjustment: AdjustmentView
    offices_needed: list[str]
    signatures: list[SignatureView]
    approval_authority: str = Field(
        description="Whose approval the region needs beside, when key spending is lowered."
    )
    last_day: date = Field(description="The last day on which it can be approved.")
