"""What may have happened to a performance target.

`rules_region` is the superior whose rules applied, empty where the region has its own.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from services.targets.domain.findings import Finding
from services.targets.domain.library_entry import LibraryPin
from services.targets.domain.values import (
    Basis,
    Content,
    FourTest,
    Indicator,
    Office,
    ReviewItem,
)
from shared.domain.grades import Grade
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetDrafted:
    """A first version exists, with what the lint found in it.

    `pins`: by indicator, the entry of a published library it was taken from.
    """

    basis: Basis
    content: Content
    scheme: str
    findings: tuple[Finding, ...]
    rule_set_version: int
    drafted_by: str
    rules_region: str = ""
    pins: dict[str, LibraryPin] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRevised:
    """The draft was changed. `released`: indicators that are taken from nowhere any more."""

    content: Content
    scheme: str
    findings: tuple[Finding, ...]
    rule_set_version: int
    drafted_by: str
    rules_region: str = ""
    pins: dict[str, LibraryPin] = field(default_factory=dict)
    released: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSubmitted:
    """The head of the unit handed it in."""

    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    submitted_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetReviewed:
    """The department passed it on."""

    opinion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetChecked:
    """It passed the four tests of the first review."""

    opinion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetReturned:
    """It went back to the unit, to an office that has to do its part again."""

    reasons: tuple[str, ...]
    failed: tuple[FourTest, ...] = ()
    office: Office = Office.BUSINESS


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetGraded:
    """The performance section gave its points."""

    points: dict[ReviewItem, Decimal]
    score: Decimal
    grade: Grade
    rule_set_version: int
    rules_region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetCompleted:
    """Finance and unit completed it; the amended fields are named.

    `findings` is absent in facts from before they were kept.
    """

    content: Content
    amended: tuple[str, ...]
    completed_by: str
    findings: tuple[Finding, ...] | None = None
    pins: dict[str, LibraryPin] = field(default_factory=dict)
    released: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRejected:
    """It was graded poor: the project may not enter the budget."""

    score: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetApproved:
    """It became binding, in the same act as its budget."""

    basis: Basis
    target_version: int
    budget: Money
    scheme: str
    annual_goal: str
    indicators: tuple[Indicator, ...]
    rule_set_version: int
    approved_on: date
    rules_region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAdjustmentRequested:
    """Money is to change; these values would keep the target in proportion."""

    adjustment_id: str
    kind: str
    change: Money
    budget: Money
    reason: str
    proposed_by: str
    proposed_values: dict[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAdjusted:
    """Money and target changed together, in one decision."""

    basis: Basis
    adjustment_id: str
    target_version: int
    budget_before: Money
    budget: Money
    indicators: tuple[Indicator, ...]
    reason: str
    adjusted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAdjustmentRefused:
    """Neither money nor target changed. `was_open`: it had waited for a decision."""

    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    adjustment_id: str
    reason: str
    was_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetClosed:
    """The year was evaluated; nothing changes any more."""

    target_version: int


type TargetEvent = (
    TargetDrafted
    | TargetRevised
    | TargetSubmitted
    | TargetReviewed
    | TargetChecked
    | TargetReturned
    | TargetGraded
    | TargetCompleted
    | TargetRejected
    | TargetApproved
    | TargetAdjustmentRequested
    | TargetAdjusted
    | TargetAdjustmentRefused
    | TargetClosed
)
