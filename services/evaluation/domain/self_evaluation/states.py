"""Where a self-evaluation can stand; each state holds only what is true in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from services.evaluation.domain.checks import Finding
from services.evaluation.domain.self_evaluation.desks import Desk
from services.evaluation.domain.self_evaluation.events import (
    DutyNamed,
    ExecutionConfirmed,
    ExplanationGiven,
    ExplanationRequested,
    FindingsKept,
    ReportFilled,
    ScoreRecomputed,
    Settlement,
)
from services.evaluation.domain.self_evaluation.evidence import Acceptance
from services.evaluation.domain.self_evaluation.messages import (
    ObjectionDecided,
    ObjectionFiled,
    Project,
    RecheckConcluded,
    SelfEvaluationSubmitted,
)
from shared.domain.grades import Grade
from shared.domain.hands import NOBODY, Hands


@dataclass(frozen=True, slots=True, kw_only=True)
class Unopened:
    """No target was approved for this project and year; who will answer may be named before."""

    duty: DutyNamed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What goes with a report from hand to hand until it is accepted.

    `filled` and `confirmed` are the two locks; a return opens one, or both. `since` says when it
    came onto the desk, or the desks, where it lies. `hands` are all who ever filled in, confirmed
    or signed; what was written over since counts as well (`domain` §2.3).
    """

    duty: DutyNamed | None = None
    filled: ReportFilled | None = None
    confirmed: ExecutionConfirmed | None = None
    verdicts: Mapping[str, Acceptance] = field(default_factory=dict)
    duplicates: frozenset[str] = frozenset()
    settlement: Settlement | None = None
    since: Mapping[Desk, date] = field(default_factory=dict)
    due_on: date | None = None
    reminded: bool = False
    overdue: bool = False
    hands: Hands = NOBODY

    @property
    def two_locks(self) -> bool:
        """Whether two offices answer: both are named, or one has begun its part."""
        return any(one is not None for one in (self.duty, self.filled, self.confirmed))

    def laid(self, desk: Desk, day: date | None) -> "Form":
        """It lies on this desk alone, since a day."""
        return replace(self, since={desk: day} if day else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """The unit fills its report in, the first time or after a return."""

    project: Project
    form: Form = Form()


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """Signed; the department has it."""

    project: Project
    report: SelfEvaluationSubmitted
    form: Form = Form()


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """The department stands behind it, and has not submitted it to finance yet."""

    project: Project
    report: SelfEvaluationSubmitted
    audited_by: str
    form: Form = Form()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Finance has it, and the machine has recomputed it: clean, or flagged and then explained."""

    project: Project
    report: SelfEvaluationSubmitted
    audited_by: str
    sent_by: str
    form: Form = Form()
    computed: ScoreRecomputed | None = None
    asked: ExplanationRequested | None = None
    answered: ExplanationGiven | None = None
    kept: FindingsKept | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """It stands, with the score that counts now."""

    project: Project
    self_score: Decimal
    score: Decimal
    grade: Grade
    rate: Decimal
    findings: tuple[Finding, ...]
    submitted_by: str
    accepted_by: str
    duplicates: frozenset[str] = frozenset()
    hands: Hands = NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecked:
    """The bureau's own score counts. `objected_by` and `decided_by` follow once each."""

    result: Accepted
    recheck: RecheckConcluded
    objection: ObjectionFiled | None = None
    decision: ObjectionDecided | None = None

    @property
    def project(self) -> Project:
        """The project it tells of."""
        return self.result.project


type InHand = Open | Submitted | Audited | Sent
type SelfEvaluation = Unopened | InHand | Accepted | Rechecked


def final_result(state: object) -> Accepted | None:
    """The result that counts for budgets, where there is one."""
    match state:
        case Accepted():
            return state
        case Rechecked(result=result):
            return result
        case _:
            return None


def project_of(state: object) -> Project | None:
    """The project a consulted state tells of."""
    if isinstance(state, Open | Submitted | Audited | Sent | Accepted | Rechecked):
        return state.project
    return None
