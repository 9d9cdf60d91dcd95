"""What a reader of adjustments is shown."""

from datetime import date

from pydantic import BaseModel, Field

from services.targets.api.explanations import Explanation
from services.targets.api.rule_values import AppliedRules
from services.targets.api.views import Amount, Unfolded, Unfoldeds, View
from shared.contracts.fields import Number


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
    bodies: Unfoldeds = Field(
        validation_alias="offices_json", description="All that have to agree, by the rules."
    )
    lowers_key_expenditure: bool
    changes_total_budget: bool
    signed_by: str = Field(description="The head of the unit who signed the request.")
    partner_project: str = Field(description="The other project of a transfer.")
    partner_adjustment_id: str = Field(description="What changes there, together with this.")


class SignatureView(View):
    """The signature of an office."""

    office: str
    signed_by: str
    signed_on: date
    target_values: Unfolded = Field(
        validation_alias="target_values_json", description="The section's own values, if any."
    )
    reason: str
    authority: str = Field(description="The body outside the bureau, by name.")
    document_no: str
    decided_on: date | None
    sha256: str


class ScaledValue(BaseModel):
    """One value of the target: as it is, as it is proposed, as the performance section set it."""

    indicator_id: str
    name: str
    unit: str
    current: Number | None
    proposed: Number
    signed: Number | None
    weight: Number = Field(description="Weights never change.")


class AdjustmentExplanation(Explanation):
    """Who has to agree, who has, and what changes."""

    adjustment: AdjustmentView
    offices_needed: list[str]
    missing: list[str] = Field(description="Those that have not agreed; nothing changes before.")
    signatures: list[SignatureView]
    values: list[ScaledValue]
    authority_from: str = Field(
        description="RULE_SET: section `adjustments` of the rules in force. DEFAULT: ours (D)."
    )
    rules: AppliedRules | None = Field(description="The values that say who has to agree.")
    approval_authority: str = Field(
        description="Whose approval the region needs beside, when key spending is lowered."
    )
    last_day: date = Field(description="The last day on which it can be approved.")
