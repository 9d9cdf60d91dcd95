"""What a reader of ex-ante assessments is shown."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from services.targets.api.explanations import Explanation
from services.targets.api.rule_values import AppliedRules
from services.targets.api.views import Amount, Listed, Unfolded, View
from shared.contracts.fields import Number, Yuan


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
    objection_grounds: str
    objection_upheld: bool | None
    objection_reason: str
    budget: Amount | None = Field(
        validation_alias="budget_fen", description="What was approved by this conclusion."
    )
    origin: str


class Figures(BaseModel):
    """The assessments of one grade, or with one kind of reduction."""

    count: int
    requested: Yuan
    reduced: Yuan
    accepted: Yuan = Field(description="requested - reduced")


class ExAnteStatistics(BaseModel):
    """The figures of a year (F05-F10). Every figure can be followed to its single assessments."""

    region_code: str
    assessed_year: int
    scope: str
    unit_count: int = Field(description="Different units.")
    project_count: int
    assessed_amount: Yuan = Field(description="What was asked for.")
    reduced_amount: Yuan
    accepted_amount: Yuan = Field(description="assessed_amount - reduced_amount")
    by_grade: Mapping[str, Figures]
    by_reduction_kind: Mapping[str, Figures]


class ScoreView(View):
    """What one scorer gave: points by dimension, and the judged items they come from."""

    scored_by: str
    scored_on: date | None
    total: Number
    points: Unfolded = Field(validation_alias="points_json")
    judgements: Unfolded = Field(validation_alias="judgements_json")
    remarks: Unfolded = Field(validation_alias="remarks_json")
    reasons: Unfolded = Field(
        validation_alias="reasons_json", description="Why points were lost, by dimension."
    )
    vetoes: Listed


class ExAnteExplanation(Explanation):
    """How a conclusion came about."""

    assessment: ExAnteView
    scores: list[ScoreView]
    method: str = Field(description="MEAN, or TRIMMED_MEAN of five and more.")
    totals: list[Number]
    vetoes: list[str]
    reductions: list[Any]
    grades: Mapping[str, Any]
    included_grades: list[str]
    graded_by: AppliedRules | None = Field(description="The rules it was graded and concluded by.")
