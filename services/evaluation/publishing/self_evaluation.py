"""What is told of self-evaluations: accepted with their core problems, proofs used twice."""

from services.evaluation.domain.self_evaluation.core_problems import CoreProblem
from services.evaluation.domain.self_evaluation.events import SelfEvaluationOverdue
from services.evaluation.domain.self_evaluation.messages import SelfEvaluationAccepted
from services.evaluation.domain.self_evaluation.proof import ProofReused
from services.evaluation.domain.values import Cause
from shared.contracts import evaluation as said
from shared.contracts.public_event import PublicEvent


def beside(event: ProofReused | SelfEvaluationOverdue) -> PublicEvent:
    """What is told of reports beside their results."""
    return _overdue(event) if isinstance(event, SelfEvaluationOverdue) else _reused(event)


def _reused(event: ProofReused) -> said.EvidenceReused:
    """One file for two projects or years."""
    return said.EvidenceReused(
        region_code=event.whose.region_code,
        project_code=event.whose.project_code,
        fiscal_year=event.whose.fiscal_year,
        unit_code=event.whose.unit_code,
        sha256=event.sha256,
        used_in=event.used_in,
        first_in=event.first_in,
    )


def _overdue(event: SelfEvaluationOverdue) -> said.SelfEvaluationOverdue:
    """A report that is not there in time."""
    return said.SelfEvaluationOverdue(
        region_code=event.whose.region_code,
        project_code=event.whose.project_code,
        fiscal_year=event.whose.fiscal_year,
        unit_code=event.whose.unit_code,
        department_code=event.whose.department_code,
        due_on=event.due_on,
        found_on=event.found_on,
    )


def accepted_extras(event: SelfEvaluationAccepted) -> dict[str, object]:
    """What goes with an accepted report: its core problem page, its flags, how they ended."""
    return {
        "flags": tuple(flag.value for flag in event.flags),
        "settlement": event.settlement.value if event.settlement else "",
        "core_problems": tuple(_problem(one) for one in event.problems),
    }


def _problem(problem: CoreProblem) -> dict[str, object]:
    return {
        "subject": problem.subject,
        "name": problem.name,
        "deviation": problem.deviation,
        "lost": problem.lost,
        **_cause(problem.cause),
    }


def _cause(cause: Cause | None) -> dict[str, object]:
    if cause is None:
        return {}
    return {
        "cause": cause.code.value,
        "text": cause.text,
        "measure": cause.measure,
        "objective": cause.objective,
        "subjective": cause.subjective,
        "due_on": cause.due_on,
        "owner": cause.owner,
    }
