"""What linkage hears: the budgets that targets says of, its breaches, and a term that passed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.evaluation.domain.linkage import commands as linkage
from services.evaluation.domain.linkage import events as fact
from services.evaluation.domain.unit import NoteAdjustedBudget, NoteGrant
from shared.contracts import targets
from shared.domain.workdays import day_over
from shared.messages import AnyHeard, AnyRecorded, CalledOff, Deadline, Due

LINKAGE_HEARS: Final = (targets.BudgetRequestDecided, targets.ConstraintBreached)
LINKAGE_TERM: Final = "linkage-answer"
SPEAKER: Final = "abacus|evaluation"
EXEMPT: Final = "EXEMPT_FROM_CAP"


def hear_of_budgets(heard: AnyHeard) -> Sequence[object]:
    """What was granted, what passes the cap, and what a project has after an adjustment."""
    now = heard.said_at
    match heard.word:
        case targets.BudgetRequestDecided() as word:
            return _granted(word, now, heard.version)
        case targets.ConstraintBreached() as word:
            return [
                linkage.NoteBreach(
                    linkage_id=f"{word.unit_code}-{word.basis_fiscal_year}",
                    approved=word.granted,
                    exempted=word.exempted,
                    excess=word.unexempted_excess,
                    by=SPEAKER,
                    now=now,
                )
            ]
        case targets.TargetAdjusted() as word:
            return [
                NoteAdjustedBudget(
                    unit_code=word.unit_code,
                    project_code=word.project_code,
                    fiscal_year=word.fiscal_year,
                    budget=word.budget,
                    version=heard.version,
                    by=SPEAKER,
                    now=now,
                )
            ]
        case _:
            return ()


def _granted(word: targets.BudgetRequestDecided, now: datetime, version: int) -> Sequence[object]:
    grant = NoteGrant(
        unit_code=word.unit_code,
        project_code=word.project_code,
        fiscal_year=word.budget_year,
        granted=word.granted,
        exempt=EXEMPT in word.reasons,
        version=version,
        by=SPEAKER,
        now=now,
    )
    if word.basis_fiscal_year is None:
        return [grant]
    used = linkage.NoteApplied(
        linkage_id=f"{word.unit_code}-{word.basis_fiscal_year}",
        project_code=word.project_code,
        by=SPEAKER,
        now=now,
    )
    return [grant, used]


def schedule_linkage(recorded: AnyRecorded) -> Sequence[Deadline | CalledOff]:
    """A notified unit has until a day to answer."""
    key = f"{LINKAGE_TERM}:{recorded.id}"
    match recorded.event:
        case fact.LinkageNotified(answer_by=day):
            due_at = day_over(day)
            return [Deadline(key=key, kind=LINKAGE_TERM, subject=recorded.id, due_at=due_at)]
        case fact.LinkageAnswered() | fact.LinkageConfirmed():
            return [CalledOff(key=key)]
        case _:
            return ()


def linkage_due(due: Due) -> object | None:
    """Silence is agreement."""
    if due.kind != LINKAGE_TERM:
        return None
    return linkage.CloseLinkageTerm(linkage_id=due.subject, by=SPEAKER, now=due.now)
