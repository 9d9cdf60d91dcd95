"""What may happen to a cure: planned, shown, reviewed, checked, verified, failed, overdue."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.monitoring.domain.rating import Completion
from services.monitoring.domain.values import Project, Reason, ReportedValue
from shared.domain.money import Money


class Step(StrEnum):
    """What a unit owes after a letter, each with its day."""

    ACKNOWLEDGE = "ACKNOWLEDGE"
    PLAN = "PLAN"
    FINISH = "FINISH"


class EvidenceKind(StrEnum):
    """What kind of paper proves a cure (财预〔2021〕101号)."""

    OFFICIAL_DOCUMENT = "OFFICIAL_DOCUMENT"
    WORKING_PAPER = "WORKING_PAPER"
    ORIGINAL_VOUCHER = "ORIGINAL_VOUCHER"
    STATEMENT = "STATEMENT"


class Section(StrEnum):
    """The two sections of a bureau that verify a cure together (`domain` §3.5)."""

    BUSINESS = "BUSINESS"
    PERFORMANCE = "PERFORMANCE"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """What will be done about one reason, and who answers for it in both offices (§2.4)."""

    reason: Reason
    cause: str
    measure: str
    owner: str
    due_on: date
    finance_owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """One file that proves a cure: its fingerprint, what kind of paper it is, where it is from."""

    sha256: str
    kind: EvidenceKind
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationPlanSubmitted:
    """The unit said what it will do; its head signed."""

    project: Project
    steps: tuple[PlanStep, ...]
    signed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationEvidenceSubmitted:
    """The unit showed what it did, with the values its indicators have now."""

    project: Project
    result: str
    evidence: tuple[str, ...]
    submitted_by: str
    items: tuple[EvidenceItem, ...] = ()
    values: tuple[ReportedValue, ...] = ()
    verify_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationReviewed:
    """The department said what it thinks of the cure; it decides nothing."""

    project: Project
    opinion: str
    agrees: bool
    reviewed_by: str
    reviewed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationChecked:
    """One of the two sections found the cure good; the other one has to look, too."""

    project: Project
    section: Section
    finding: str
    on_site: bool
    checked_by: str
    checked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Remeasured:
    """The numbers after a cure, beside those the unit was warned for."""

    measured_on: date
    budget: Money | None = None
    paid: Money | None = None
    execution_before: Decimal | None = None
    execution_after: Decimal | None = None
    goal_before: Decimal | None = None
    goal_after: Decimal | None = None
    completions: tuple[Completion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationVerified:
    """The cure was found good by both sections; the numbers were measured again."""

    project: Project
    finding: str
    on_site: bool
    execution_rate: Decimal | None
    goal_rate: Decimal | None
    verified_on: date
    verified_by: str = ""
    measured: Remeasured | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationFailed:
    """The cure was found wanting; the last day stays what it was."""

    project: Project
    reason: str
    finish_by: date
    failed_by: str = ""
    measured: Remeasured | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationOverdue:
    """A step was not done in time."""

    project: Project
    step: Step
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationOverdue:
    """The bureau did not check a cure in time; the unit is not worse off for it."""

    project: Project
    due_on: date
