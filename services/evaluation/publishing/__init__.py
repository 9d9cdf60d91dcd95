"""Private facts → public words. What is not listed as told stays inside, on purpose."""

from services.evaluation.domain.deviation import DeviationPublished
from services.evaluation.domain.judging import events as assessed
from services.evaluation.domain.self_evaluation import messages as own
from services.evaluation.domain.self_evaluation.events import SelfEvaluationOverdue
from services.evaluation.domain.self_evaluation.proof import ProofReused
from services.evaluation.domain.values import Whose
from services.evaluation.publishing.judging import of_judging
from services.evaluation.publishing.money import of_consequences
from services.evaluation.publishing.self_evaluation import accepted_extras, beside
from services.evaluation.publishing.standing import of_standing
from shared.contracts import evaluation as said
from shared.contracts.evaluation.parts import DeviatingUnit
from shared.contracts.public_event import PublicEvent
from shared.domain.grades import Grade
from shared.messages import AnyRecorded


def publish(recorded: AnyRecorded) -> PublicEvent | None:
    """The word for a fact, or silence."""
    word = _of_results(recorded) or of_consequences(recorded) or of_standing(recorded)
    return word or of_judging(recorded) or _deviating(recorded)


def _deviating(recorded: AnyRecorded) -> PublicEvent | None:
    """The inflation index as it was told."""
    event = recorded.event
    if not isinstance(event, DeviationPublished):
        return None
    known = {"region_code": event.region_code, "fiscal_year": event.fiscal_year}
    rows = [{name: getattr(row, name) for name in DeviatingUnit.model_fields} for row in event.rows]
    return said.DeviationPublished.model_validate(
        {**known, "rows": rows, "published_on": event.published_on}
    )


def _whose(whose: Whose) -> dict[str, object]:
    return {
        "region_code": whose.region_code,
        "project_code": whose.project_code,
        "fiscal_year": whose.fiscal_year,
        "unit_code": whose.unit_code,
    }


def _grade(grade: Grade) -> str:
    return grade.value


def _of_results(recorded: AnyRecorded) -> PublicEvent | None:
    match recorded.event:
        case own.SelfEvaluationAccepted() as event:
            return said.SelfEvaluationAccepted.model_validate(
                {
                    **_whose(event.whose),
                    "department_code": event.whose.department_code,
                    "self_score": event.self_score,
                    "machine_score": event.machine_score,
                    "final_score": event.machine_score,
                    "grade": _grade(event.grade),
                    "execution_rate": event.execution_rate,
                    "findings": tuple(finding.value for finding in event.findings),
                    "accepted_on": event.accepted_on,
                    "rule_set_version": event.rule_set_version,
                    **accepted_extras(event),
                }
            )
        case ProofReused() | SelfEvaluationOverdue() as event:
            return beside(event)
        case own.RecheckConcluded() as event:
            return _corrected(event, event.concluded_on.isoformat())
        case own.ObjectionDecided() as event:
            return _corrected(event, event.decided_on.isoformat())
        case assessed.EvaluationConcluded() as event:
            return said.EvaluationConcluded.model_validate(
                {
                    **_whose(event.whose),
                    "evaluation_id": recorded.id,
                    "kind": event.kind.value,
                    "score": event.score,
                    "grade": _grade(event.grade),
                    "concluded_on": event.concluded_on,
                }
            )
        case _:
            return None


def _corrected(event: own.RecheckConcluded | own.ObjectionDecided, day: str) -> PublicEvent:
    return said.ScoreCorrected.model_validate(
        {
            **_whose(event.whose),
            "before": event.before,
            "after": event.score,
            "grade": _grade(event.grade),
            "finding": event.inflation.value,
            "corrected_on": day,
        }
    )
