"""What may have happened to an ex-ante assessment.

`rules_region` is the superior whose rules applied, empty where the region has its own.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from services.targets.domain.duties import ReturnReason
from services.targets.domain.ex_ante_items import ExAnteItem
from services.targets.domain.values import (
    Conclusion,
    Evidence,
    Origin,
    ReductionKind,
    ReductionLine,
)
from shared.domain.grades import Grade
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ExAnteReportSubmitted:
    """The unit handed in its report, on every dimension, signed by its head.

    `signed_by` and `in_place_of` are empty where an older report was not signed by name.
    """

    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    department_code: str
    project_name: str
    requested: Money
    goal: str
    statements: dict[str, str]
    evidence: tuple[Evidence, ...]
    round: int
    submitted_by: str
    origin: Origin
    signed_by: str = ""
    in_place_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExAnteReportReviewed:
    """The department passed the report on."""

    opinion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExAnteReportReturned:
    """The report went back to its unit."""

    reasons: tuple[str, ...]
    codes: tuple[ReturnReason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExAnteScored:
    """One scorer's points in a round, with the judgements they come from, where items were judged.

    `remarks` say by item why points were lost, `reasons` by dimension; older sheets have none.
    """

    scored_by: str
    round: int
    points: dict[str, Decimal]
    total: Decimal
    vetoes: tuple[str, ...]
    judgements: dict[ExAnteItem, Grade] = field(default_factory=dict)
    remarks: dict[ExAnteItem, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExAnteGraded:
    """The scores were taken together: the mean, or the trimmed mean of five and more."""

    totals: tuple[Decimal, ...]
    trimmed: bool
    vetoes: tuple[str, ...]
    score: Decimal
    grade: Grade
    rule_set_version: int
    rules_region: str = ""
    graded_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExAnteAmountReduced:
    """What was asked for was cut by these lines, in place of any earlier cut."""

    kind: ReductionKind
    lines: tuple[ReductionLine, ...]
    reduced: Money
    reduced_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExAnteConcluded:
    """The project may enter the budget, or not; an objection is possible until a day."""

    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    department_code: str
    requested: Money
    accepted: Money
    reduced: Money
    reduction_kind: ReductionKind
    score: Decimal
    grade: Grade
    conclusion: Conclusion
    rule_set_version: int
    concluded_by: str
    concluded_on: date
    objection_by: date
    origin: Origin
    rules_region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExAnteObjectionFiled:
    """The unit does not agree; who filed it does not decide it."""

    grounds: str
    evidence: tuple[Evidence, ...]
    filed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExAnteObjectionDecided:
    """Somebody who had not decided before has decided; an upheld one is concluded anew."""

    upheld: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExAnteConsumed:
    """The conclusion was used: the project's budget was approved by it."""

    budget: Money


type ExAnteEvent = (
    ExAnteReportSubmitted
    | ExAnteReportReviewed
    | ExAnteReportReturned
    | ExAnteScored
    | ExAnteGraded
    | ExAnteAmountReduced
    | ExAnteConcluded
    | ExAnteObjectionFiled
    | ExAnteObjectionDecided
    | ExAnteConsumed
)
