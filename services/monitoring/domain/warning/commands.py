"""What may be asked of a warning."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.monitoring.domain.region import RegionHeard
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.values import Level, Reason, ReportedValue, Source, project_id
from services.monitoring.domain.warning.around import NOTHING_KNOWN, Around
from services.monitoring.domain.warning.cure_events import EvidenceItem, PlanStep, Section, Step
from services.monitoring.domain.warning.letter import Proofread
from services.monitoring.domain.warning.measure_events import AdjustmentAsked, Measure, Office
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
    secrecy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signing(_OfWarning):
    """A signature: the number is taken now; `proofread` says what could not be printed."""

    region_code: str
    signed_by_leader: bool
    proofread: Proofread | None = None
    last_serial: int = 0
    region: RegionHeard | None = None
    around: Around = NOTHING_KNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLetter(_Signing):
    """Sign and send the drafted letter. Leaders sign red ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCorrection(DraftLetter):
    """Write a letter that corrects the one that was sent, and say what was wrong with it."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectLetter(_Signing):
    """Sign and send the correction: a new letter; the old one stays as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerObjection(_OfWarning):
    """Decide what a unit said against its letter: it is kept, or it has to be corrected."""

    kept: bool
    answer: str


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
    items: tuple[EvidenceItem, ...] = ()
    values: tuple[ReportedValue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRectification(_OfWarning):
    """Say what the department thinks of a cure. Nothing depends on it."""

    opinion: str
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyRectification(_OfWarning):
    """Find the cure good, for one of the two sections; the second one has the numbers measured.

    What a person states of a rate counts only where the system has nothing to measure it by.
    """

    finding: str
    sections: tuple[Section, ...]
    on_site: bool = False
    execution_rate: Decimal | None = None
    goal_rate: Decimal | None = None
    around: Around = NOTHING_KNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class FailRectification(_OfWarning):
    """Find the cure wanting: once more, or on to measures."""

    reason: str
    escalate: bool = False
    around: Around = NOTHING_KNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkOverdue(_OfWarning):
    """The time for a step is over. Nothing happens where the step was done."""

    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkVerificationOverdue(_OfWarning):
    """The time for the bureau to check is over. Nothing happens where it has checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeMeasure(_OfWarning):
    """Propose what should be done to a unit that did not answer, and on what it rests."""

    measure: Measure
    reason: str
    legal_basis: str = ""
    adjustment: AdjustmentAsked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveMeasure(_OfWarning):
    """Agree to the proposed measure. To stop money takes two: budget and a leader."""

    measure: Measure
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseSuspension(_OfWarning):
    """Let payment go on before the warning is closed, for a stated reason."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeMeasure(_OfWarning):
    """Record the document of an approved measure; money is held or adjusted in the same act."""

    measure: Measure
    document_no: str
    decided_on: date
    note: str = ""
    around: Around = NOTHING_KNOWN


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
    | DraftCorrection
    | CorrectLetter
    | AcknowledgeLetter
    | AnswerObjection
    | SubmitPlan
    | SubmitEvidence
    | ReviewRectification
    | VerifyRectification
    | FailRectification
    | MarkOverdue
    | MarkVerificationOverdue
    | ProposeMeasure
    | ApproveMeasure
    | TakeMeasure
    | ReleaseSuspension
    | CloseWarning
)
