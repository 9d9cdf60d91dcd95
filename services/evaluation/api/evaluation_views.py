"""What is answered of evaluations, third parties, samples and feedback."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from services.evaluation.api.views import View
from shared.contracts.fields import Number, Rate, Yuan


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
    notice_no: str
    stage: str
    answer_by: date | None
    assignment_id: str
    objection: str
    decide_by: date | None


class ExplainedItem(BaseModel):
    """One item: what it is, how it is measured, what it got and on what that rests."""

    item_id: str
    part: str
    level2: str
    name: str
    points: Number
    measure: str
    score: Number | None
    basis: str
    deduction: str
    evidence: list[str]


class EvaluationExplanationView(BaseModel):
    """Why an evaluation came out so: rules, weights, money, and every item."""

    evaluation_id: str
    status: str
    score: Number | None
    grade: str | None
    rule_set_version: int
    legal_basis: str
    stage: str
    methods: list[str]
    standards: list[str]
    weights: dict[str, Number]
    received: Yuan | None
    paid: Yuan | None
    execution_rate: Rate | None
    items: list[ExplainedItem]
    reply: str


class StepView(View):
    """One step that was taken."""

    version: int
    fact: str
    recorded_on: date
    actor: str
    detail: dict[str, Any]


class ReportView(View):
    """A report word for word, with its fingerprints."""

    evaluation_id: str
    report_no: str
    fiscal_year: int
    content: dict[str, Any]
    content_sha256: str
    pdf_sha256: str
    submitted_on: date
    filed_on: date | None
    archive_no: str


class FrameworkItemView(BaseModel):
    """An item of the framework of the rule set, at one stage."""

    item_id: str
    part: str
    level2: str
    name: str
    points: Number
    measure: str
    explanation: str
    key_points: str
    standard: str


class FrameworkView(BaseModel):
    """The framework of the rule set that binds, at one stage of a project."""

    fiscal_year: int
    stage: str
    rule_set_version: int
    legal_basis: str
    result_points_min: Number
    weights: dict[str, Number]
    items: list[FrameworkItemView]


class DueView(BaseModel):
    """A key project that its department has not evaluated in the cycle."""

    project_code: str
    project_name: str
    unit_code: str
    department_code: str
    budget: Yuan
    last_evaluated_year: int | None
    due_year: int
    overdue: bool
    grounds: list[str] = Field(description="AMOUNT, and why it was designated.")


class ThirdPartyView(View):
    """An institution of the register."""

    unified_credit_code: str
    name: str
    kind: str
    credit_platform_no: str
    credit_level: str
    lead_evaluators: list[dict[str, Any]]
    affiliations: list[str]
    excluded: str
    excluded_in: list[str] = Field(
        description="The regions that exclude it, each with those below; an empty code is all."
    )
    version: int


class AssignmentView(View):
    """A contract with an institution, and where it stands."""

    assignment_id: str
    evaluation_id: str
    region_code: str
    unified_credit_code: str
    name: str
    status: str
    contract_no: str
    fee: Yuan
    fee_basis: str
    works: list[str]
    lead_evaluator: dict[str, Any]
    declaration: dict[str, Any]
    report_sha256: str
    seal_sha256: str
    working_papers: list[dict[str, Any]] | None
    quality_score: Number | None
    paid_on: date | None
    version: int


class StratumView(View):
    """A department's part of a round."""

    round: int
    kind: str
    department_code: str
    seed: str
    algorithm: str
    ratio: Rate
    least: int
    population: int
    sampled: int
    at_random: int
    rule_set_version: int
    legal_basis: str
    drawn_on: date
    drawn_by: str


class SampleView(BaseModel):
    """The sample of a region and year; drawn again from its seeds, it is the same or not."""

    sample_id: str
    reproduced: bool
    strata: list[StratumView]


class RecheckItemView(View):
    """A result that is looked at again."""

    name: str
    round: int
    kind: str
    department_code: str
    unit_code: str
    reasons: str
    score: Number
    rechecked: Number | None
    status: str


class FeedbackView(View):
    """A result that was told, and what came of it."""

    feedback_id: str
    source: str
    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    status: str
    score: Number
    grade: str
    document_no: str
    problems: list[dict[str, Any]]
    issued_on: date
    rectify_by: date
    object_by: date
    verify_by: date | None
    overdue_on: date | None
    version: int
