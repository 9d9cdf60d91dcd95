"""What is answered about adjustments: where one stands, how it came there, and why."""

from datetime import date, datetime
from typing import Any, Self

from pydantic import BaseModel, Field

from services.monitoring.domain.adjustment import AdjustmentKind
from services.monitoring.projections.adjustment_register import (
    AdjustmentRow,
    ApprovalRow,
    PoolLine,
    StepRow,
)
from shared.contracts.fields import Yuan
from shared.domain.money import Money

_OF_MONEY = {"change_fen", "budget_fen", "held_fen", "department_code", "bodies"}


class AdjustmentView(BaseModel):
    """One adjustment."""

    adjustment_id: str
    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    kind: str
    change: Yuan
    budget: Yuan
    transfer_to: str | None
    reason: str
    status: str
    refused_because: str
    proposed_on: date
    version: int
    proposed_by: str
    held: Yuan = Field(description="What is frozen for it now.")
    bodies: list[str] = Field(description="All that have to agree; known once it is paired.")
    rule_set_version: int = Field(description="The rules that say so; 0: the defaults.")
    rules_region: str = Field(description="The superior whose rules these are.")
    lowers_key_expenditure: bool
    changes_total_budget: bool
    partner_project: str = Field(description="The other project of a transfer.")
    partner_adjustment_id: str = Field(description="What changes there, or does not, with this.")
    fund_type_code: str = Field(description="The pool that the money goes back to or comes from.")
    direct_fund_flag: str
    target_version: int = Field(description="The version of the target that came of it, or 0.")
    suspension_ended_on: date | None

    @classmethod
    def of(cls, row: AdjustmentRow) -> Self:
        """A row in yuan."""
        return cls(**cls.told(row))

    @staticmethod
    def told(row: AdjustmentRow) -> dict[str, Any]:
        """What a row says, in the words of the interface."""
        return {
            **row.model_dump(exclude=_OF_MONEY),
            "change": Money(row.change_fen),
            "budget": Money(row.budget_fen),
            "held": Money(row.held_fen),
            "bodies": row.bodies or [],
        }


class StepView(BaseModel):
    """One step of its way: when, by whom, and the fact that it follows from."""

    step: str
    at: datetime
    actor: str
    fact: str = Field(description="What was recorded here.")
    event_id: str
    follows_from: str = Field(
        description="The request, or the event of the other service, that it follows from."
    )
    note: str

    @classmethod
    def of(cls, row: StepRow) -> Self:
        """A row."""
        return cls(**row.model_dump(exclude={"adjustment_id", "place"}))


class ApprovalView(BaseModel):
    """Somebody who has to agree has agreed."""

    body: str
    signed_by: str
    authority: str
    document_no: str
    decided_on: date | None
    sha256: str

    @classmethod
    def of(cls, row: ApprovalRow) -> Self:
        """A row."""
        return cls(**row.model_dump(exclude={"adjustment_id"}))


class AdjustmentStory(AdjustmentView):
    """One adjustment with its way so far, composed of what both services said."""

    approvals: list[ApprovalView]
    missing: list[str] = Field(description="Those that have not agreed; nothing moves before.")
    steps: list[StepView]

    @classmethod
    def told_by(
        cls, row: AdjustmentRow, approvals: list[ApprovalRow], steps: list[StepRow]
    ) -> Self:
        """A row with its approvals and its steps."""
        agreed = {one.body for one in approvals}
        return cls(
            **cls.told(row),
            approvals=[ApprovalView.of(one) for one in approvals],
            missing=[body for body in row.bodies or [] if body not in agreed],
            steps=[StepView.of(one) for one in steps],
        )


class InputView(BaseModel):
    """An event that it rests on, as it lies in the store."""

    stream: str
    version: int
    fact: str
    event_id: str
    recorded_on: date


class ComputedView(BaseModel):
    """One value, and how it was computed."""

    name: str
    formula: str
    value: str


class AdjustmentExplanation(BaseModel):
    """Why the money moved, or did not: the law, who had to agree, the facts, the arithmetic."""

    rule: str
    rule_set_version: int
    rules_region: str
    adjustment: AdjustmentStory
    inputs: list[InputView]
    computed: list[ComputedView]


class PoolView(BaseModel):
    """What adjustments of a year gave back to a pool of one fund nature, and took from it."""

    region_code: str
    fund_type_code: str
    direct_fund_flag: str
    returned: Yuan = Field(description="Reductions and recalls that were carried out.")
    granted: Yuan = Field(description="Increases that were carried out.")

    @classmethod
    def of(cls, line: PoolLine) -> Self:
        """A line in yuan."""
        region, fund, flag, kinds = line
        takes = (AdjustmentKind.REDUCTION, AdjustmentKind.RECALL_IN_YEAR)
        return cls(
            region_code=region,
            fund_type_code=fund,
            direct_fund_flag=flag,
            returned=Money(-sum(kinds.get(kind, 0) for kind in takes)),
            granted=Money(kinds.get(AdjustmentKind.INCREASE, 0)),
        )
