"""Money and target that change together."""

from datetime import date
from typing import Literal

from pydantic import Field

from shared.contracts.fields import Yuan
from shared.contracts.monitoring.said import ProjectEvent

type AdjustmentKind = Literal[
    "INTERNAL_TRANSFER", "REDUCTION", "INCREASE", "SUSPENSION", "RECALL_IN_YEAR"
]


class AdjustmentProposed(ProjectEvent):
    """Money of a project is to change; its target must change with it, or neither does."""

    adjustment_id: str
    kind: AdjustmentKind
    change: Yuan = Field(description="Signed change of the budget.")
    budget: Yuan = Field(description="The budget after the change.")
    reason: str
    proposed_by: str
    proposed_on: date
    transfer_to: str | None = Field(
        default=None, description="The project that is to receive the money, of a transfer."
    )
    lowers_key_expenditure: bool = Field(
        default=False, description="The amount of key expenditure (重点支出) falls by it."
    )
    changes_total_budget: bool = Field(
        default=False, description="The total of the budget rises or falls by it."
    )
    partner_project: str = Field(default="", description="The other project of a transfer.")
    partner_adjustment_id: str = Field(
        default="", description="The adjustment of the other project: both change, or neither."
    )


class AdjustmentExecuted(ProjectEvent):
    """Money and target of a project have changed together."""

    adjustment_id: str
    kind: AdjustmentKind
    change: Yuan
    budget: Yuan
    transfer_to: str | None = None
    partner_adjustment_id: str = Field(
        default="", description="The other half of a transfer that was proposed with this one."
    )
    fund_type_code: str = Field(
        default="", description="The pool the money went back to, or came from."
    )
    direct_fund_flag: str = ""


class AdjustmentCompensated(ProjectEvent):
    """An adjustment ended without its change: what was held for it may be spent again."""

    adjustment_id: str
    kind: AdjustmentKind
    outcome: Literal["REFUSED", "FAILED_EXECUTION"]
    reason: str
    partner_adjustment_id: str = ""


class SuspensionEnded(ProjectEvent):
    """The money of a suspended project may be spent again."""

    adjustment_id: str
    reason: str
    ended_on: date
