"""What self-evaluations hear: who answers for them, and a proof that was used twice."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from services.evaluation.domain.self_evaluation.commands import (
    NameDuty,
    NoteDuplicate,
    NoteSelfEvaluationOverdue,
    RemindOfSelfEvaluation,
)
from services.evaluation.domain.self_evaluation.messages import (
    SelfEvaluationAccepted,
    SelfEvaluationOpened,
)
from services.evaluation.domain.values import project_year
from services.evaluation.reactions.funds import SPEAKER
from shared.contracts import evaluation, targets
from shared.domain.workdays import day_over
from shared.messages import AnyRecorded, CalledOff, Deadline, Due

STEP: Final = "SELF_EVAL"
SELF_EVALUATION_HEARS: Final = (targets.ResponsibilityAssigned, evaluation.EvidenceReused)

REMINDER: Final = "self-evaluation-reminder"
OVERDUE: Final = "self-evaluation-overdue"

type Told = targets.ResponsibilityAssigned | evaluation.EvidenceReused


def react_to_self_evaluation(word: Told, by: str, now: datetime) -> Sequence[object]:
    """Name the three persons; tell both reports of the file they share."""
    if isinstance(word, targets.ResponsibilityAssigned):
        if STEP not in word.steps:
            return []
        return [
            NameDuty(
                self_evaluation_id=project_year(word.project_code, word.fiscal_year),
                business=word.business,
                finance=word.finance,
                head=word.head,
                by=by,
                now=now,
            )
        ]
    both = ((word.used_in, word.first_in), (word.first_in, word.used_in))
    return [
        NoteDuplicate(self_evaluation_id=one, sha256=word.sha256, also_in=other, by=by, now=now)
        for one, other in both
    ]


def schedule_self_evaluation(recorded: AnyRecorded) -> Sequence[Deadline | CalledOff]:
    """Before its last day the unit is reminded; after it, what is not signed is overdue."""
    key = recorded.id
    match recorded.event:
        case SelfEvaluationOpened(due_on=date() as due_on, remind_on=date() as remind_on):
            return [_deadline(REMINDER, key, remind_on), _deadline(OVERDUE, key, due_on)]
        case SelfEvaluationAccepted():
            return [CalledOff(key=f"{kind}:{key}") for kind in (REMINDER, OVERDUE)]
        case _:
            return ()


def self_evaluation_due(due: Due) -> object | None:
    """The command looks again: what is signed by then is silent."""
    match due.kind:
        case "self-evaluation-reminder":
            return RemindOfSelfEvaluation(self_evaluation_id=due.subject, by=SPEAKER, now=due.now)
        case "self-evaluation-overdue":
            return NoteSelfEvaluationOverdue(
                self_evaluation_id=due.subject, by=SPEAKER, now=due.now
            )
        case _:
            return None


def _deadline(kind: str, subject: str, day: date) -> Deadline:
    return Deadline(key=f"{kind}:{subject}", kind=kind, subject=subject, due_at=day_over(day))
