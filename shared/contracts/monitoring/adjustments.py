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


class AdjustmentExecuted(ProjectEvent):
    """Money and target of a project have changed together."""

    adjustment_id: str
    kind: AdjustmentKind
    change: Yuan
    budget: Yuan
    transfer_to: str | None = None
