"""Words of an evaluation: its items and how they are measured, its materials, its report."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shared.domain.money import Money


class Part(StrEnum):
    """The level-1 parts of the evaluation framework."""

    DECISION = "DECISION"
    PROCESS = "PROCESS"
    OUTPUT = "OUTPUT"
    BENEFIT = "BENEFIT"


class Measure(StrEnum):
    """How an item gets its points: judged by a person, or computed (annex of 10号).

    FUNDS_IN_PLACE received ÷ budget, EXECUTION paid ÷ received, COMPLETION actual ÷ planned,
    QUALITY up to standard ÷ actual, SAVING (planned - actual cost) ÷ planned cost.
    """

    JUDGED = "JUDGED"
    FUNDS_IN_PLACE = "FUNDS_IN_PLACE"
    EXECUTION = "EXECUTION"
    COMPLETION = "COMPLETION"
    QUALITY = "QUALITY"
    SAVING = "SAVING"


class Stage(StrEnum):
    """Where the project stands: its stage moves the weights (10号 art. 14)."""

    GENERAL = "GENERAL"
    ONGOING = "ONGOING"
    FINISHED = "FINISHED"


class Method(StrEnum):
    """Methods of evaluation (10号 art. 17)."""

    COST_BENEFIT = "COST_BENEFIT"
    COMPARISON = "COMPARISON"
    FACTOR_ANALYSIS = "FACTOR_ANALYSIS"
    LEAST_COST = "LEAST_COST"
    PUBLIC_JUDGEMENT = "PUBLIC_JUDGEMENT"
    BENCHMARKING = "BENCHMARKING"


class Standard(StrEnum):
    """What is held against the result (10号 art. 15)."""

    PLAN = "PLAN"
    INDUSTRY = "INDUSTRY"
    HISTORY = "HISTORY"
    OTHER_CONFIRMED = "OTHER_CONFIRMED"


class Step(StrEnum):
    """The nine steps of 10号 art. 22, in their order."""

    SELECTED = "SELECTED"
    NOTICE_ISSUED = "NOTICE_ISSUED"
    PLAN_APPROVED = "PLAN_APPROVED"
    DATA_COLLECTED = "DATA_COLLECTED"
    FACTS_VERIFIED = "FACTS_VERIFIED"
    OPINIONS_EXCHANGED = "OPINIONS_EXCHANGED"
    CONCLUDED = "CONCLUDED"
    REPORT_SUBMITTED = "REPORT_SUBMITTED"
    FILED = "FILED"


class Side(StrEnum):
    """On whose side somebody acts: the department's, the bureau's, or the evaluated unit's."""

    DEPARTMENT = "DEPARTMENT"
    FINANCE = "FINANCE"
    UNIT = "UNIT"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """A level-3 item of the plan with its full points, and what the score sheet says of it."""

    item_id: str
    part: Part
    name: str
    points: Decimal
    measure: Measure = Measure.JUDGED
    level2: str = ""
    explanation: str = ""
    key_points: str = ""
    standard: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemScore:
    """What an item was given and why; `evidence` names materials by their number."""

    item_id: str
    score: Decimal
    basis: str = ""
    deduction: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a measured item is computed from; each measure takes its own pair."""

    item_id: str
    planned: Decimal | None = None
    actual: Decimal | None = None
    qualified: Decimal | None = None
    planned_cost: Money | None = None
    actual_cost: Money | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Something that was collected, by its number and its fingerprint."""

    number: str
    name: str
    sha256: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapters:
    """What a person writes of the report (annex 3 of 10号); scores and steps are known."""

    overview: str
    goals: str
    purpose: str
    principles: str
    process: str
    decision: str
    implementation: str
    output: str
    benefit: str
    experience: str
    problems: str
    advice: str
    other: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A row of the score sheet (`domain` §8.6), as it stands in the report."""

    part: Part
    level2: str
    name: str
    points: Decimal
    explanation: str
    key_points: str
    standard: str
    score: Decimal
    deduction: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """绩效评价报告 as it was submitted; `layout` says which layout printed it."""

    report_no: str
    title: str
    agency: str
    evaluator: str
    lead_evaluator: str
    sealed_by: str
    project_code: str
    project_name: str
    fiscal_year: int
    unit: str
    department: str
    budget: Money
    received: Money
    paid: Money
    notice_no: str
    methods: tuple[Method, ...]
    standards: tuple[Standard, ...]
    chapters: Chapters
    lines: tuple[ReportLine, ...]
    score: Decimal
    grade: str
    opinion: str
    rule_set_version: int
    legal_basis: str
    submitted_on: date
    layout: int = 1
