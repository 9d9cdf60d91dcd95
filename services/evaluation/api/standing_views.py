"""What is shown of standing: appraisals, rankings, records."""

from datetime import date
from typing import Any

from services.evaluation.api.views import View
from shared.contracts.fields import Number


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
    rule_set_version: int
    version: int


class AppraisalExplanationView(View):
    """What a grade was computed from; nothing where it was told by a document."""

    appraisal_id: str
    score: Number | None
    grade: str | None
    rule_set_version: int
    document_no: str
    explanation: dict[str, Any] | None


class RankingView(View):
    """A ranking as it was published."""

    ranking_id: str
    subject: str
    region_code: str
    fiscal_year: int
    period: str
    rows: list[dict[str, Any]]
    published_on: date
    plan_id: str
    corrects: str
    superseded_by: str
    reason: str
    document_no: str


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
    issuing_body: str
    scope: str
    replaces: str


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
    issuing_body: str
    scope: str
    replaces: str
