"""Where a self-evaluation can stand; each state holds only what is true in it."""

from dataclasses import dataclass
from decimal import Decimal

from services.evaluation.domain.checks import Finding
from services.evaluation.domain.self_evaluation.messages import (
    ObjectionDecided,
    ObjectionFiled,
    Project,
    RecheckConcluded,
    SelfEvaluationSubmitted,
)
from shared.domain.grades import Grade


@dataclass(frozen=True, slots=True)
class Unopened:
    """No target was approved for this project and year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """The unit fills its report in, the first time or after a return."""

    project: Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """Signed; the department has it."""

    project: Project
    report: SelfEvaluationSubmitted


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """The department stands behind it; the bureau has it."""

    project: Project
    report: SelfEvaluationSubmitted
    audited_by: str


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


type SelfEvaluation = Unopened | Open | Submitted | Audited | Accepted | Rechecked


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
    if isinstance(state, Open | Submitted | Audited | Accepted | Rechecked):
        return state.project
    return None
