"""What evaluation answers: read models in the words of the interface, money as text."""

from datetime import date
from typing import Any, Self

from pydantic import BaseModel

from shared.contracts.fields import Number, Rate, Yuan
from shared.domain.money import Money


class View(BaseModel):
    """A row as it is shown: what lies in the table as whole fen is shown as yuan."""

    @classmethod
    def of(cls, row: Any) -> Self:  # noqa: ANN401 - a row of any read model
        """Show a row."""
        return cls.model_validate({name: _shown(row, name) for name in cls.model_fields})


def _shown(row: Any, name: str) -> object:  # noqa: ANN401 - a row of any read model
    if hasattr(row, name):
        return getattr(row, name)
    fen: int | None = getattr(row, f"{name}_fen")
    return None if fen is None else Money(fen)


class SelfEvaluationView(View):
    """A self-evaluation."""

    self_evaluation_id: str
    project_code: str
    project_name: str
    fiscal_year: int
    region_code: str
    department_code: str
    unit_code: str
    status: str
    budget: Yuan
    paid: Yuan | None
    self_score: Number | None
    machine_score: Number | None
    final_score: Number | None
    grade: str | None
    execution_rate: Rate | None
    inflation: str
    findings: str
    rule_set_version: int
    origin: str
    version: int


class ScoreExplanationView(View):
    """What a result was computed from."""

    self_evaluation_id: str
    rule_set_version: int
    self_score: Number | None
    machine_score: Number | None
    final_score: Number | None
    grade: str | None
    findings: str
    explanation: dict[str, Any] | None


class DeviationView(BaseModel):
    """How far the self-scores of a unit lie above what was found."""

    unit_code: str
    evaluations: int
    mean_deviation: Number
    inflated: int


class EvaluationView(View):
    """A department or finance evaluation."""

    evaluation_id: str
    kind: str
    project_code: str
    project_name: str
    fiscal_year: int
    region_code: str
    unit_code: str
    status: str
    budget: Yuan
    evaluator: str
    score: Number | None
    grade: str | None
    report_no: str
    version: int


class PriorResultView(View):
    """A result of a year before the system."""

    prior_result_id: str
    project_code: str
    project_name: str
    fiscal_year: int
    region_code: str
    unit_code: str
    score: Number
    grade: str
    document_no: str
    origin: str
    version: int


class AppraisalView(View):
    """How well a unit or county works."""

    appraisal_id: str
    subject_code: str
    subject: str
    fiscal_year: int
    region_code: str
    status: str
    score: Number | None
    grade: str | None
    document_no: str
    version: int


class TotalsView(BaseModel):
    """Distinct units, distinct projects, and the sum."""

    unit_count: int
    project_count: int
    amount: Yuan
    drill_down: str


class RankingView(View):
    """A ranking as it was published."""

    ranking_id: str
    subject: str
    region_code: str
    fiscal_year: int
    period: str
    rows: list[dict[str, Any]]
    published_on: date


class ExternalRankView(View):
    """A rank a superior gave."""

    external_id: str
    scheme: str
    period: str
    subject: str
    subject_name: str
    level: str
    parent: str | None
    rank: int | None
    rank_at_most: int | None
    document_no: str
    told_on: date


class ExternalScoreView(View):
    """A review score a superior gave."""

    external_id: str
    fund: str
    kind: str
    fund_year: int
    subject: str
    score: Number
    rank: int | None
    band: str
    document_no: str
    told_on: date


class CaseView(View):
    """An accountability case."""

    case_id: str
    unit_code: str
    region_code: str
    subject: str
    clue: str
    opened_on: date
    status: str
    last_rung: str
    outcome: str
    version: int
