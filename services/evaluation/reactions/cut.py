"""What cuts hear: new applications, what the budget holds of them, and a term that passed."""

from collections.abc import Sequence
from typing import Final

from services.evaluation.domain.application import NoteApplication
from services.evaluation.domain.cut import commands as cut
from services.evaluation.domain.cut import events as fact
from services.evaluation.domain.values import project_year
from services.evaluation.reactions.funds import SPEAKER
from shared.contracts import targets
from shared.domain.workdays import business_date, day_over
from shared.messages import AnyHeard, AnyRecorded, CalledOff, Deadline, Due

CUTS_HEAR: Final = (targets.ProjectRegistered,)
CUT_TERM: Final = "cut-answer"


def hear_of_applications(heard: AnyHeard) -> Sequence[object]:
    """What asks for a coming year is kept; what was granted of it may carry a cut."""
    now = heard.said_at
    match heard.word:
        case targets.ProjectRegistered() as word if word.fiscal_year > business_date(now).year:
            return [
                NoteApplication(
                    project_code=word.project_code,
                    name=word.name,
                    fiscal_year=word.fiscal_year,
                    region_code=word.region_code,
                    department_code=word.department_code,
                    unit_code=word.unit_code,
                    function_code=word.function_code,
                    fund_type_code=word.fund_type_code,
                    requested=word.requested,
                    origin=word.origin,
                    by=SPEAKER,
                    now=now,
                )
            ]
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
