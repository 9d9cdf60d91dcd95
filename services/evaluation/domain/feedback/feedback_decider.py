"""The feedback as an aggregate: which result it tells, by which rules, and whose it is."""

from collections.abc import Sequence
from dataclasses import replace

from services.evaluation.domain.adopted_rules import bind, first_adopted
from services.evaluation.domain.feedback import messages as told
from services.evaluation.domain.feedback.feedback import decide, evolve
from services.evaluation.domain.feedback.state import FeedbackState
from services.evaluation.domain.judging.state import Evaluation
from services.evaluation.domain.self_evaluation.states import Rechecked
from services.evaluation.domain.values import owned
from shared.domain.decider import Decider, Owner, Reference


def consults(command: told.FeedbackRequest) -> Sequence[Reference]:
    """What is told is the result that stands, and the rules say how long."""
    if not isinstance(command, told.IssueFeedback):
        return ()
    year = command.feedback_id.rpartition("-")[2]
    return (
        Reference("evaluation", command.feedback_id),
        Reference("self_evaluation", command.feedback_id),
        *bind(command.region_code, year),
    )


def inform(command: told.FeedbackRequest, states: Sequence[object]) -> told.FeedbackRequest:
    """Write them into the command."""
    if not isinstance(command, told.IssueFeedback):
        return command
    result = next((one for one in map(_result, states) if one), None)
    return replace(command, told=result, rules=first_adopted(states))


def _result(state: object) -> told.Told | None:
    match state:
        case Evaluation(result=(score, grade)):
            return told.Told(
                source=told.Source.EVALUATION,
                whose=state.selected.whose,
                score=score,
                grade=grade,
            )
        case Rechecked(result=result):
            return told.Told(
                source=told.Source.RECHECK,
                whose=result.project.whose,
                score=result.score,
                grade=result.grade,
            )
        case _:
            return None


def owner(state: FeedbackState) -> Owner | None:
    """The evaluated party answers it; its department and the bureau see it."""
    return None if state is None else owned(state.issued.whose)


feedback_decider: Decider[told.FeedbackRequest, told.FeedbackEvent, FeedbackState] = Decider(
    category="feedback",
    initial=None,
    commands=(
        told.IssueFeedback,
        told.AcknowledgeFeedback,
        told.PlanRectification,
        told.ReportRectification,
        told.VerifyRectification,
        told.FailRectification,
        told.CloseFeedback,
        told.EscalateFeedback,
    ),
    events={
        "FeedbackIssued": told.FeedbackIssued,
        "FeedbackAcknowledged": told.FeedbackAcknowledged,
        "RectificationPlanned": told.RectificationPlanned,
        "RectificationReported": told.RectificationReported,
        "RectificationVerified": told.RectificationVerified,
        "RectificationFailed": told.RectificationFailed,
        "RectificationOverdue": told.RectificationOverdue,
        "FeedbackClosed": told.FeedbackClosed,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.feedback_id,
    owner=owner,
    consults=consults,
    inform=inform,
)
