"""Words with rules that several aggregates share: indicators, people, dates, codes."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.targets.domain.application import Application
from services.targets.domain.proofs import Attainment, Costing, Proof
from shared.domain.money import Money


class Level1(StrEnum):
    """The level-1 parts of an indicator tree (10号 art. 13, 101号)."""

    COST = "COST"
    OUTPUT = "OUTPUT"
    BENEFIT = "BENEFIT"
    SATISFACTION = "SATISFACTION"


class Level2(StrEnum):
    """The level-2 parts: scheme A keeps cost inside output, scheme B splits it in three."""

    QUANTITY = "QUANTITY"
    QUALITY = "QUALITY"
    TIMELINESS = "TIMELINESS"
    COST = "COST"
    ECONOMIC_COST = "ECONOMIC_COST"
    SOCIAL_COST = "SOCIAL_COST"
    ECOLOGICAL_COST = "ECOLOGICAL_COST"
    ECONOMIC = "ECONOMIC"
    SOCIAL = "SOCIAL"
    ECOLOGICAL = "ECOLOGICAL"
    SUSTAINABILITY = "SUSTAINABILITY"
    RECIPIENTS = "RECIPIENTS"


class Operator(StrEnum):
    """How a target value is meant."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="
    QUALITATIVE = "QUALITATIVE"


class Origin(StrEnum):
    """Whether an item is real or was generated for a demonstration."""

    OFFICIAL = "OFFICIAL"
    SYNTHETIC = "SYNTHETIC"


class ProjectKind(StrEnum):
    """What is done with the money; building, repairing and buying must state a cost."""

    CONSTRUCTION = "CONSTRUCTION"
    REPAIR = "REPAIR"
    PURCHASE = "PURCHASE"
    OTHER = "OTHER"


COST_BEARING: Final = frozenset(
    {ProjectKind.CONSTRUCTION, ProjectKind.REPAIR, ProjectKind.PURCHASE}
)


RESEARCH_FUNCTION: Final = "206"
"""Science and technology (科学技术支出) in the national classification of functions."""


class Exemption(StrEnum):
    """Why no ex-ante assessment is needed although a trigger applies (`domain` §3.1)."""

    NONE = "NONE"
    BASIC_EXPENDITURE = "BASIC_EXPENDITURE"
    EMERGENCY_RELIEF = "EMERGENCY_RELIEF"


class Trigger(StrEnum):
    """Why an ex-ante assessment is needed (`domain` §3.1)."""

    NEW = "NEW"
    MAJOR = "MAJOR"
    NEW_POLICY = "NEW_POLICY"
    RENEWED = "RENEWED"


class Library(StrEnum):
    """The three libraries of the source report."""

    XJ_INDUSTRY = "XJ_INDUSTRY"
    KS_CORE = "KS_CORE"
    XJ_MODEL_CASE = "XJ_MODEL_CASE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A level-3 indicator as it binds. The weights of a target sum to 90."""

    indicator_id: str
    level1: Level1
    level2: Level2
    name: str
    operator: Operator
    target_value: Decimal | None
    unit: str
    weight: Decimal
    lower_is_better: bool = False
    is_core: bool = False
    cumulative: bool = True
    milestones: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a target says. Notes on single indicators are sparse, keyed by indicator id.

    `waivers` give reasons by rule; `answers` answer warnings by rule and field (`Finding.key`).
    """

    annual_goal: str
    indicators: tuple[Indicator, ...]
    standards: dict[str, str] = field(default_factory=dict)
    due_on: dict[str, date] = field(default_factory=dict)
    library_codes: dict[str, str] = field(default_factory=dict)
    waivers: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[Attainment, str]] = field(default_factory=dict)
    proofs: dict[str, Proof] = field(default_factory=dict)
    last_actuals: dict[str, Decimal] = field(default_factory=dict)
    costings: dict[str, Costing] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    libraries: dict[str, Library] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    application: Application | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """Who answers: the business office, the finance office and the head, by name."""

    business: str
    finance: str
    head: str


class Conclusion(StrEnum):
    """What an ex-ante assessment ends in."""

    INCLUDED = "INCLUDED"
    NOT_ARRANGED = "NOT_ARRANGED"


class ReductionKind(StrEnum):
    """What was cut in an ex-ante assessment: nothing, a part, or the whole project."""

    NONE = "NONE"
    PARTIAL_CUT = "PARTIAL_CUT"
    REJECTED_PROJECT = "REJECTED_PROJECT"


class ProjectStatus(StrEnum):
    """Where a project stands (`domain` §3.2)."""

    CANDIDATE = "CANDIDATE"
    IN_LIBRARY = "IN_LIBRARY"
    BUDGETED = "BUDGETED"
    EXECUTING = "EXECUTING"
    SUSPENDED = "SUSPENDED"
    COMPLETED = "COMPLETED"
    TERMINATED = "TERMINATED"
    EVALUATED = "EVALUATED"
    ARCHIVED = "ARCHIVED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file that proves something, by its name and its fingerprint."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReductionLine:
    """One line of an application that is cut, and why."""

    line: str
    amount: Money
    reason: str


class ReviewItem(StrEnum):
    """What a target is graded by (财预〔2015〕88号; `domain` §4.5)."""

    FORM_COMPLETE = "FORM_COMPLETE"
    CLEAR = "CLEAR"
    FITS_DUTY = "FITS_DUTY"
    INDICATORS_SCIENTIFIC = "INDICATORS_SCIENTIFIC"
    PERFORMANCE_REASONABLE = "PERFORMANCE_REASONABLE"
    MONEY_MATCHES = "MONEY_MATCHES"
    ATTAINABLE = "ATTAINABLE"
    CONDITIONS_SUFFICIENT = "CONDITIONS_SUFFICIENT"


class FourTest(StrEnum):
    """The four tests of the first review (财预〔2015〕88号)."""

    COMPLETENESS = "COMPLETENESS"
    RELEVANCE = "RELEVANCE"
    APPROPRIATENESS = "APPROPRIATENESS"
    FEASIBILITY = "FEASIBILITY"


class Office(StrEnum):
    """Whose work it is that has to be done again."""

    BUSINESS = "BUSINESS"
    FINANCE = "FINANCE"
    HEAD = "HEAD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Which project a target belongs to, as it stood when the target was drafted."""

    project_code: str
    project_name: str
    fiscal_year: int
    region_code: str
    unit_code: str
    department_code: str
    function_code: str
    fund_type_code: str
    direct_fund_flag: str
    needs_ex_ante: bool
    origin: Origin


class CapExemption(StrEnum):
    """What no cap binds (`domain` §4.9)."""

    NONE = "NONE"
    STATUTORY = "STATUTORY"
    EMERGENCY = "EMERGENCY"
    ASSIGNED_FROM_ABOVE = "ASSIGNED_FROM_ABOVE"


class GrantReason(StrEnum):
    """Why a request was granted as it was."""

    AS_REQUESTED = "AS_REQUESTED"
    PRIORITY_SUPPORT = "PRIORITY_SUPPORT"
    REDUCED_TO_CAP = "REDUCED_TO_CAP"
    SIMILAR_PROJECT_CUT = "SIMILAR_PROJECT_CUT"
    REDUCED_BY_BUREAU = "REDUCED_BY_BUREAU"
    EXEMPT_FROM_CAP = "EXEMPT_FROM_CAP"
    DECLINED = "DECLINED"


class TargetStatus(StrEnum):
    """Where a target stands (`domain` §3.3)."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    REVIEWED = "REVIEWED"
    CHECKED = "CHECKED"
    TO_COMPLETE = "TO_COMPLETE"
    READY = "READY"
    REJECTED = "REJECTED"
    APPROVED = "APPROVED"
    ADJUSTING = "ADJUSTING"
    CLOSED = "CLOSED"
