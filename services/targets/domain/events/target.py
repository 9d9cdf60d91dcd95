"""What may have happened to a performance target.

`rules_region` is the superior whose rules applied, empty where the region has its own.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from services.targets.domain.duties import ReturnReason, Stay
from services.targets.domain.events.adjusting import (
    AdjustmentEvent,
    TargetAdjusted,
    TargetAdjustmentRefused,
    TargetAdjustmentRequested,
    TargetAdjustmentSigned,
    TargetAdjustmentWithdrawn,
    TargetValuesProposed,
)
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

__all__ = [
    "AdjustmentEvent",
    "ReviewEvent",
    "TargetAdjusted",
    "TargetAdjustmentRefused",
    "TargetAdjustmentRequested",
    "TargetAdjustmentSigned",
    "TargetAdjustmentWithdrawn",
    "TargetApproved",
    "TargetChecked",
    "TargetClosed",
    "TargetCompleted",
    "TargetConfirmed",
    "TargetDrafted",
    "TargetEvent",
    "TargetGraded",
    "TargetRejected",
    "TargetReturned",
    "TargetReviewed",
    "TargetRevised",
    "TargetSubmitted",
    "TargetValuesProposed",
    "WrittenEvent",
]


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
    drafted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRevised:
    """The draft was changed; the offices whose part changed have to confirm it again.

    `released`: indicators that are taken from nowhere any more.
    """

    content: Content
    scheme: str
    findings: tuple[Finding, ...]
    rule_set_version: int
    drafted_by: str
    rules_region: str = ""
    pins: dict[str, LibraryPin] = field(default_factory=dict)
    released: tuple[str, ...] = ()
    reopened: tuple[Office, ...] = ()
    revised_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetConfirmed:
    """An office of the unit stands by its part: business by the goal, finance by the amounts."""

    office: Office
    person: str
    in_place_of: str
    confirmed_by: str
    stay: Stay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSubmitted:
    """The head of the unit handed it in. `signed_by` signed, perhaps in somebody's place.

    `findings`: those it was handed in with, where they are others than when it was written.
    """

    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    submitted_by: str
    signed_by: str = ""
    in_place_of: str = ""
    stay: Stay | None = None
    findings: tuple[Finding, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetReviewed:
    """The department passed it on."""

    opinion: str
    stay: Stay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetChecked:
    """It passed the four tests of the first review."""

    opinion: str
    stay: Stay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetReturned:
    """It went back to the unit; the locks of the offices that have work to do are open again."""

    reasons: tuple[str, ...]
    failed: tuple[FourTest, ...] = ()
    office: Office = Office.BUSINESS
    codes: tuple[ReturnReason, ...] = ()
    reopened: tuple[Office, ...] = ()
    stay: Stay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetGraded:
    """The performance section gave its points, where there was one after a joint review."""

    points: dict[ReviewItem, Decimal]
    score: Decimal
    grade: Grade
    rule_set_version: int
    rules_region: str = ""
    joint_review_id: str | None = None
    stay: Stay | None = None


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
    stay: Stay | None = None


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
    stay: Stay | None = None
    in_year_monitoring_exempt: bool = False
    starts_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetClosed:
    """The year was evaluated; nothing changes any more."""

    target_version: int


type ReviewEvent = (
    TargetRevised
    | TargetConfirmed
    | TargetSubmitted
    | TargetReviewed
    | TargetChecked
    | TargetReturned
    | TargetGraded
    | TargetCompleted
    | TargetRejected
)
type WrittenEvent = TargetDrafted | ReviewEvent | TargetApproved | TargetClosed
type TargetEvent = WrittenEvent | AdjustmentEvent
