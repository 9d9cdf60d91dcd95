"""What a reader is shown: rows of the read models with amounts in yuan and texts unfolded."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from services.targets.api.rule_values import AppliedRules
from shared.contracts.fields import Number, Yuan
from shared.domain.money import Money


def _yuan(value: object) -> object:
    return Money(value) if isinstance(value, int) else value


def _unfolded(value: object) -> object:
    return json.loads(value) if isinstance(value, str) else value


def _listed(value: object) -> object:
    return [part for part in value.split(",") if part] if isinstance(value, str) else value


Amount = Annotated[Yuan, BeforeValidator(_yuan)]
Listed = Annotated[list[str], BeforeValidator(_listed)]
Unfolded = Annotated[Any, BeforeValidator(_unfolded)]
Unfoldeds = Annotated[list[Any], BeforeValidator(_unfolded)]


class View(BaseModel):
    """Read from a row by the names of its columns."""

    model_config = ConfigDict(from_attributes=True, populate_by_name=True)


class ExAnteView(View):
    """An assessment."""

    assessment_id: str
    project_code: str
    project_name: str
    fiscal_year: int
    region_code: str
    unit_code: str
    department_code: str
    status: str
    round: int
    requested: Amount = Field(validation_alias="requested_fen")
    reduced: Amount = Field(validation_alias="reduced_fen")
    accepted: Amount | None = Field(validation_alias="accepted_fen")
    reduction_kind: str
    score: Number | None
    grade: str | None
    conclusion: str | None
    rule_set_version: int | None
    concluded_on: date | None
    objection_by: date | None
    origin: str


class GradeFigures(BaseModel):
    """The assessments of one grade."""

    count: int
    requested: Yuan
    reduced: Yuan


class ExAnteStatistics(BaseModel):
    """The figures of a year (F05-F10)."""

    region_code: str
    assessed_year: int
    scope: str
    unit_count: int = Field(description="Different units.")
    project_count: int
    assessed_amount: Yuan
    reduced_amount: Yuan
    by_grade: Mapping[str, GradeFigures]


class ScoreView(View):
    """What one scorer gave."""

    scored_by: str
    total: Number
    points: Unfolded = Field(validation_alias="points_json")
    vetoes: Listed


class ExAnteExplanation(BaseModel):
    """How a conclusion came about."""

    assessment: ExAnteView
    scores: list[ScoreView]
    method: str = Field(description="MEAN, or TRIMMED_MEAN of five and more.")
    totals: list[Number]
    vetoes: list[str]
    reductions: list[Any]
    rule_set_version: int | None
    legal_basis: str | None
    grades: Mapping[str, Any]
    included_grades: list[str]
    applied: AppliedRules | None = Field(description="The rules it was graded and concluded by.")


class TargetView(View):
    """A target as a reviewer sees it."""

    target_id: str
    project_code: str
    project_name: str
    fiscal_year: int
    region_code: str
    unit_code: str
    department_code: str
    status: str
    scheme: str
    errors: int
    warnings: int
    unanswered: int = Field(description="Warnings that nobody has answered yet.")
    quality_score: int = Field(description="100 - 10 × errors - 3 × warnings, not below 0.")
    findings: Unfoldeds = Field(validation_alias="findings_json")
    returns: str
    score: Number | None
    grade: str | None
    target_version: int
    budget: Amount | None = Field(validation_alias="budget_fen")
    rule_set_version: int
    approved_on: date | None
    needs_ex_ante: bool
    origin: str


class TargetVersionView(View):
    """What a target said in a version; 0 is the draft."""

    target_id: str
    target_version: int
    annual_goal: str
    indicators: Unfoldeds = Field(validation_alias="indicators_json")
    notes: Unfolded = Field(validation_alias="notes_json")
    budget: Amount | None = Field(validation_alias="budget_fen")
    reason: str
    valid_on: date | None


class TargetStatistics(BaseModel):
    """The figures of a fiscal year (F17-F19)."""

    region_code: str
    fiscal_year: int
    scope: str
    project_count: int
    drafted: int
    submitted: int
    projects_with_target: int = Field(description="Projects whose target binds.")
    adjusted: int
    requested_amount: Yuan
    budget_amount: Yuan = Field(description="As first approved.")
    current_budget_amount: Yuan = Field(description="After adjustments.")
    coverage: Number = Field(description="projects_with_target ÷ project_count, four decimals.")


class AdjustmentView(View):
    """A paired change of money and target."""

    adjustment_id: str
    target_id: str
    status: str
    kind: str
    change: Amount = Field(validation_alias="change_fen")
    budget: Amount = Field(validation_alias="budget_fen")
    budget_before: Amount | None = Field(validation_alias="budget_before_fen")
    reason: str
    proposed_by: str
    proposed_values: Unfolded = Field(validation_alias="proposed_values_json")
    remark: str
    decided_on: date | None


class TargetExplanation(BaseModel):
    """Why a target stands where it stands."""

    target: TargetView
    rule_set_version: int
    legal_basis: str | None
    grades: Mapping[str, Any]
    weights: Mapping[str, Any]
    written_by: AppliedRules | None = Field(description="The rules its text was checked by.")
    graded_by: AppliedRules | None = Field(description="The rules its grade was taken from.")


class BudgetRequestView(View):
    """A request and, once decided, what it got."""

    request_id: str
    unit_code: str
    budget_year: int
    project_code: str
    region_code: str
    department_code: str
    status: str
    requested: Amount = Field(validation_alias="requested_fen")
    at_cap: bool
    exemption: str
    exemption_reason: str
    requested_by: str
    granted: Amount | None = Field(validation_alias="granted_fen")
    reasons: Listed
    remark: str


class UnitBudgetView(View):
    """What binds a unit in a coming year."""

    unit_code: str
    budget_year: int
    region_code: str
    grade: str | None
    basis_fiscal_year: int | None
    previous_budget: Amount | None = Field(validation_alias="previous_budget_fen")
    cap: Amount | None = Field(validation_alias="cap_fen")
    priority: bool
    rule_set_version: int | None


class CutView(View):
    """A confirmed cut for a similar project."""

    cut_id: str
    basis_project_code: str
    basis_fiscal_year: int
    grade: str
    amount: Amount = Field(validation_alias="amount_fen")


class BudgetExplanation(BaseModel):
    """How a grant came about: `granted = min(requested - similar_cut, cap - others)`."""

    request: BudgetRequestView
    cap: Yuan | None = Field(description="The cap when it was decided; absent where none bound.")
    granted_to_others: Yuan = Field(description="What the unit's other projects had by then.")
    similar_cut: Yuan
    binding: UnitBudgetView | None
    cut: CutView | None
    capped_by: AppliedRules | None = Field(description="The rules that the cap comes from.")


def coverage(part: int, whole: int) -> Decimal:
    """A share with four decimals; nothing of nothing is nothing."""
    share = Decimal(part) / Decimal(whole) if whole else Decimal(0)
    return share.quantize(Decimal("0.0001"))
