"""Terms of evaluations: the draft, the objection, the rectification. And who is on the roster."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from services.evaluation.domain.feedback import messages as feedback
from services.evaluation.domain.judging import events as fact
from services.evaluation.domain.judging.commands import CloseDraftTerm, NoteObjectionOverdue
from services.evaluation.domain.sampling.roster import EnterUnit
from shared.contracts import evaluation
from shared.domain.workdays import day_over
from shared.messages import AnyHeard, AnyRecorded, CalledOff, Deadline, Due

SERVICE: Final = "abacus|evaluation"
DRAFT_TERM: Final = "evaluation-draft"
OBJECTION_TERM: Final = "evaluation-objection"
RECTIFY_TERM: Final = "rectification"


def entered(region_code: str, unit_code: str, now: datetime) -> EnterUnit:
    """A unit that was registered is on the roster of its region."""
    return EnterUnit(region_code=region_code, unit_code=unit_code, by=SERVICE, now=now)


def on_the_roster(heard: AnyHeard) -> Sequence[EnterUnit]:
    """Whoever has a result is drawn from, also a unit heard before there was a roster."""
    match heard.word:
        case evaluation.SelfEvaluationAccepted() | evaluation.EvaluationConcluded() as word:
            return [entered(word.region_code, word.unit_code, heard.said_at)]
        case _:
            return ()


def schedule(  # noqa: PLR0911 - one answer per fact
    recorded: AnyRecorded,
) -> Sequence[Deadline | CalledOff]:
    """Whoever has something to say or to do has until a day is over."""
    match recorded.event:
        case fact.EvaluationScored(answer_by=day):
            return [_deadline(DRAFT_TERM, recorded.id, day)]
        case fact.DraftAnswered():
            return [CalledOff(key=f"{DRAFT_TERM}:{recorded.id}")]
        case fact.EvaluationObjected(decide_by=day):
            return [_deadline(OBJECTION_TERM, recorded.id, day)]
        case fact.EvaluationObjectionDecided():
            return [CalledOff(key=f"{OBJECTION_TERM}:{recorded.id}")]
        case feedback.FeedbackIssued(rectify_by=day, problems=problems) if problems:
            return [_deadline(RECTIFY_TERM, recorded.id, day)]
        case feedback.RectificationVerified() | feedback.FeedbackClosed():
            return [CalledOff(key=f"{RECTIFY_TERM}:{recorded.id}")]
        case _:
            return ()


def fall_due(due: Due) -> object | None:
    """What a passed term leads to; the command looks again."""
    match due.kind:
        case "evaluation-draft":
            return CloseDraftTerm(evaluation_id=due.subject, by=SERVICE, now=due.now)
        case "evaluation-objection":
            return NoteObjectionOverdue(evaluation_id=due.subject, by=SERVICE, now=due.now)
        case "rectification":
            return feedback.EscalateFeedback(feedback_id=due.subject, by=SERVICE, now=due.now)
        case _:
            return None


def _deadline(kind: str, subject: str, day: date) -> Deadline:
    """The term ends with the legal day."""
    return Deadline(key=f"{kind}:{subject}", kind=kind, subject=subject, due_at=day_over(day))
