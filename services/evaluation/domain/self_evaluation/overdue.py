"""When a report is due: the unit is reminded, and what is not signed in time is a fact.

Source: `domain` §3.7(a): all project expenditure is evaluated by whoever spent it. The day is the
rule set's (`self_evaluation.submit_by`); what follows from missing it is the ladder's (§3.11).
"""

from collections.abc import Sequence

from services.evaluation.domain.self_evaluation.commands import (
    NoteSelfEvaluationOverdue,
    RemindOfSelfEvaluation,
)
from services.evaluation.domain.self_evaluation.events import (
    SelfEvaluationOverdue,
    SelfEvaluationReminded,
)
from services.evaluation.domain.self_evaluation.messages import (
    OpenSelfEvaluation,
    SelfEvaluationEvent,
    SelfEvaluationOpened,
)
from services.evaluation.domain.self_evaluation.states import Open, SelfEvaluation, Unopened
from services.evaluation.domain.self_evaluation.terms import terms_of
from shared.domain.workdays import business_date

type Facts = Sequence[SelfEvaluationEvent]


def opened(command: OpenSelfEvaluation, state: SelfEvaluation) -> Facts:
    """A report is due once; what is opened after its day has no day any more."""
    if not isinstance(state, Unopened):
        return []
    terms, year = terms_of(command.rules), command.project.fiscal_year
    due_on, remind_on = terms.due_on(year), terms.remind_on(year)
    if due_on < business_date(command.now):
        return [SelfEvaluationOpened(project=command.project)]
    return [SelfEvaluationOpened(project=command.project, due_on=due_on, remind_on=remind_on)]


def remind(command: RemindOfSelfEvaluation, state: SelfEvaluation) -> Facts:
    """Once, and only whoever still has it in hand."""
    if not isinstance(state, Open) or state.form.due_on is None or state.form.reminded:
        return []
    today = business_date(command.now)
    due_on = state.form.due_on
    return [SelfEvaluationReminded(whose=state.project.whose, due_on=due_on, reminded_on=today)]


def note_overdue(command: NoteSelfEvaluationOverdue, state: SelfEvaluation) -> Facts:
    """Once: it still lies with the unit when its last day is over."""
    if not isinstance(state, Open) or state.form.due_on is None or state.form.overdue:
        return []
    today = business_date(command.now)
    if today <= state.form.due_on:
        return []
    due_on = state.form.due_on
    return [SelfEvaluationOverdue(whose=state.project.whose, due_on=due_on, found_on=today)]
