"""What cuts hear: new applications, what the budget holds of them, and a term that passed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from services.evaluation.domain.application import ApplicationNoted, NoteApplication
from services.evaluation.domain.cut import commands as cut
from services.evaluation.domain.cut import events as fact
from services.evaluation.domain.cut.finding_messages import NoteAsked, NoteJudged
from services.evaluation.domain.values import project_year
from services.evaluation.reactions.funds import SPEAKER
from shared.contracts import evaluation, targets
from shared.domain.workdays import business_date, day_over
from shared.messages import AnyHeard, AnyRecorded, CalledOff, Deadline, Due

CUTS_HEAR: Final = (targets.ProjectRegistered,)
COSTLY: Final = frozenset({"POOR", "FAIR"})
"""Grades for which the machine proposes a cut; a correction may move a result either way."""
CUT_TERM: Final = "cut-answer"


def hear_of_applications(heard: AnyHeard) -> Sequence[object]:
    """What asks for a coming year is kept; what was granted of it may carry a cut."""
    now = heard.said_at
    match heard.word:
        case targets.ProjectRegistered() as word if word.fiscal_year > business_date(now).year:
            return [_asked(word, now)]
        case evaluation.SelfEvaluationAccepted(grade=grade) as word if grade in COSTLY:
            return [_judged(word)]
        case evaluation.ScoreCorrected() as word:
            return [_judged(word)]
        case targets.BudgetRequestDecided(similar_cut=amount) as word if amount:
            return [
                cut.NoteWritten(
                    cut_id=project_year(word.project_code, word.budget_year),
                    requested=word.requested,
                    granted=word.granted,
                    cut=amount,
                    by=SPEAKER,
                    now=now,
                )
            ]
        case _:
            return ()


def _asked(word: targets.ProjectRegistered, now: datetime) -> tuple[object, ...]:
    """An application is kept, and held against what was judged of its unit, in one transaction."""
    told = {
        "project_code": word.project_code,
        "name": word.name,
        "fiscal_year": word.fiscal_year,
        "region_code": word.region_code,
        "department_code": word.department_code,
        "unit_code": word.unit_code,
        "function_code": word.function_code,
        "fund_type_code": word.fund_type_code,
        "requested": word.requested,
        "origin": word.origin,
    }
    noted: dict[str, Any] = told
    return (
        NoteApplication(**noted, by=SPEAKER, now=now),
        NoteAsked(application=ApplicationNoted(**noted)),
    )


def _judged(
    word: evaluation.SelfEvaluationAccepted | evaluation.ScoreCorrected,
) -> NoteJudged:
    """The result itself stands in the stream of the report."""
    return NoteJudged(
        unit_code=word.unit_code,
        region_code=word.region_code,
        project_code=word.project_code,
        fiscal_year=word.fiscal_year,
    )


def schedule_cut(recorded: AnyRecorded) -> Sequence[Deadline | CalledOff]:
    """A notified unit has until a day to answer."""
    key = f"{CUT_TERM}:{recorded.id}"
    match recorded.event:
        case fact.CutNotified(answer_by=day):
            due_at = day_over(day)
            return [Deadline(key=key, kind=CUT_TERM, subject=recorded.id, due_at=due_at)]
        case fact.CutAnswered() | fact.CutConfirmed() | fact.CutWithdrawn():
            return [CalledOff(key=key)]
        case _:
            return ()


def cut_due(due: Due) -> object | None:
    """Silence is an answer, too."""
    if due.kind != CUT_TERM:
        return None
    return cut.CloseCutTerm(cut_id=due.subject, by=SPEAKER, now=due.now)
