"""What may be asked of a warning."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.monitoring.domain.region import RegionHeard
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.values import Level, Reason, Source, project_id
from services.monitoring.domain.warning.events import Measure, PlanStep, Step
from services.monitoring.domain.watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfWarning:
    warning_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseWarning(_OfWarning):
    """Warn of a project; what the rules found needs nobody's confirmation."""

    project_code: str
    fiscal_year: int
    region_code: str
    node: str
    level: Level
    reasons: tuple[Reason, ...]
    source: Source
    finding: str = ""
    execution_rate: Decimal | None = None
    goal_rate: Decimal | None = None
    rule_set_version: int = 0
    found_by_rule: bool = False
    watch: Watch | None = None
    rules: RulesInForce | None = None

    @property
    def watch_id(self) -> str:
        """The project and year this warns of."""
        return project_id(self.project_code, self.fiscal_year)

    @property
    def by_rule(self) -> bool:
        """Whether the decision table raised it."""
        return self.found_by_rule or self.source in {Source.PRE_ANALYSIS, Source.NODE}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmWarning(_OfWarning):
    """Push a warning that a person raised to its unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissWarning(_OfWarning):
    """Drop a warning before any letter, for a stated reason."""

    reason: str
    reason_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLetter(_OfWarning):
    """Write the letter: what is demanded, what must be shown, whom to call."""

    demands: str
    evidence_wanted: str
    contact: str
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLetter(_OfWarning):
    """Sign and send the drafted letter; its number is taken now. Leaders sign red ones."""

    region_code: str
    signed_by_leader: bool
    last_serial: int = 0
    region: RegionHeard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeLetter(_OfWarning):
    """The head of the unit signs the receipt."""

    received_by: str
    objection: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitPlan(_OfWarning):
    """Say per problem what will be done, by whom and until when."""

    steps: tuple[PlanStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitEvidence(_OfWarning):
    """Show that the plan was carried out."""

    result: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyRectification(_OfWarning):
    """Find the cure good; the numbers were measured again."""

    finding: str
    on_site: bool = False
    execution_rate: Decimal | None = None
    goal_rate: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailRectification(_OfWarning):
    """Find the cure wanting: once more, or on to measures."""

    reason: str
    escalate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkOverdue(_OfWarning):
    """The time for a step is over. Nothing happens where the step was done."""

    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeMeasure(_OfWarning):
    """Record what was decided against a unit that did not answer."""

    measure: Measure
    document_no: str
    decided_on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseWarning(_OfWarning):
    """End a warning: every reason answered, effects on money and target stated."""

    answers: dict[Reason, str]
    fund_effect: str
    target_effect: str


type WarningCommand = (
    RaiseWarning
    | ConfirmWarning
    | DismissWarning
    | DraftLetter
    | IssueLetter
    | AcknowledgeLetter
    | SubmitPlan
    | SubmitEvidence
    | VerifyRectification
    | FailRectification
    | MarkOverdue
    | TakeMeasure
    | CloseWarning
)
