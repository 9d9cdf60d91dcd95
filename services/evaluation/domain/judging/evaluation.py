"""Department or finance evaluation of one project and year, in the nine steps of 10号 art. 22.

SELECTED → NOTICE_ISSUED → PLAN_APPROVED → DATA_COLLECTED (with site visits) → FACTS_VERIFIED
(the preliminary conclusion) → OPINIONS_EXCHANGED → CONCLUDED → REPORT_SUBMITTED → FILED. Every
jump is refused. Hearing the evaluated party is mandatory; the scorer neither approves the plan
nor concludes. Beside the steps: a re-check, and one objection to the result.
Source: 财预〔2020〕10号 art. 9, 14, 19, 22; `domain` §3.7.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from services.evaluation.domain.adopted_rules import bind, first_adopted
from services.evaluation.domain.feedback.notified import notified_on
from services.evaluation.domain.judging import commands as ask
from services.evaluation.domain.judging import events as fact
from services.evaluation.domain.judging.concluding import conclude, file, submit
from services.evaluation.domain.judging.hearing import answer, close, score
from services.evaluation.domain.judging.preparing import (
    approve,
    collect,
    commission,
    notify,
    propose,
    select,
    visit,
)
from services.evaluation.domain.judging.reconsidering import (
    decide as decide_objection,
)
from services.evaluation.domain.judging.reconsidering import objected, overdue, recheck
from services.evaluation.domain.judging.state import Evaluation, EvaluationState
from services.evaluation.domain.refusals import EvaluationUnknown
from services.evaluation.domain.self_evaluation.states import project_of
from services.evaluation.domain.third_party.commissioned import commissioned
from services.evaluation.domain.unit import known_unit, unit_reference
from services.evaluation.domain.values import owned, project_year
from shared.domain.decider import Decider, Owner, Reference

type Facts = Sequence[fact.EvaluationEvent]
type Reconsidering = (
    ask.RecheckEvaluation
    | ask.ObjectToEvaluation
    | ask.DecideEvaluationObjection
    | ask.NoteObjectionOverdue
)
type Judging = (
    ask.ScoreEvaluation
    | ask.AnswerDraft
    | ask.CloseDraftTerm
    | ask.ConcludeEvaluation
    | ask.SubmitReport
    | ask.FileReport
    | Reconsidering
)
type Preparing = (
    ask.IssueNotice
    | ask.ProposePlan
    | ask.ApprovePlan
    | ask.CollectData
    | ask.RecordSiteVisit
    | ask.NoteCommission
    | Judging
)


def decide(command: ask.EvaluationRequest, state: EvaluationState) -> Facts:
    """Facts, silence or a refusal."""
    if isinstance(command, ask.SelectForEvaluation):
        return select(command, state)
    if state is None:
        raise EvaluationUnknown
    return _prepared(command, state)


def _prepared(  # noqa: PLR0911 - one answer per command
    command: Preparing, state: Evaluation
) -> Facts:
    match command:
        case ask.IssueNotice():
            return notify(command, state)
        case ask.ProposePlan():
            return propose(command, state)
        case ask.ApprovePlan():
            return approve(command, state)
        case ask.CollectData():
            return collect(command, state)
        case ask.RecordSiteVisit():
            return visit(command, state)
        case ask.NoteCommission():
            return commission(command, state)
        case _:
            return _judged(command, state)


def _judged(  # noqa: PLR0911 - one answer per command
    command: Judging, state: Evaluation
) -> Facts:
    match command:
        case ask.ScoreEvaluation():
            return score(command, state)
        case ask.AnswerDraft():
            return answer(command, state)
        case ask.CloseDraftTerm():
            return close(command, state)
        case ask.ConcludeEvaluation():
            return conclude(command, state)
        case ask.SubmitReport():
            return submit(command, state)
        case ask.FileReport():
            return file(command, state)
        case _:
            return _reconsidered(command, state)


def _reconsidered(command: Reconsidering, state: Evaluation) -> Facts:
    match command:
        case ask.RecheckEvaluation():
            return recheck(command, state)
        case ask.ObjectToEvaluation():
            return objected(command, state)
        case ask.DecideEvaluationObjection():
            return decide_objection(command, state)
        case ask.NoteObjectionOverdue():
            return overdue(command, state)
        case _:
            assert_never(command)


def evolve(  # noqa: C901, PLR0911, PLR0912 - one answer per fact
    state: EvaluationState, event: fact.EvaluationEvent
) -> EvaluationState:
    """What is true after this fact."""
    if isinstance(event, fact.EvaluationSelected):
        return Evaluation(selected=event)
    assert state is not None
    match event:
        case fact.EvaluationNoticeIssued():
            return replace(state, notice=event)
        case fact.PlanProposed():
            return replace(state, plan=event, planners=state.planners.also(event.proposed_by))
        case fact.PlanApproved():
            return replace(state, approval=event)
        case fact.EvaluationDataCollected():
            return replace(state, collected=(*state.collected, event))
        case fact.EvaluationSiteVisited():
            return replace(state, visits=(*state.visits, event))
        case fact.EvaluationScored():
            return replace(state, scored=event)
        case fact.DraftAnswered() | fact.DraftUnanswered():
            return replace(state, opinion=event)
        case fact.EvaluationConcluded():
            return replace(state, concluded=event)
        case fact.ReportSubmitted():
            return replace(state, submitted=event)
        case fact.ReportFiled():
            return replace(state, filed=event)
        case fact.EvaluationCommissioned():
            return replace(state, commissioned=event)
        case fact.EvaluationRechecked():
            return replace(state, recheck=event)
        case fact.EvaluationObjected():
            return replace(state, objection=event)
        case fact.EvaluationObjectionDecided():
            return replace(state, decision=event)
        case fact.EvaluationObjectionOverdue():
            return replace(state, overdue=event)
        case _:
            assert_never(event)


def identify(command: ask.EvaluationRequest) -> str:
    """One stream per kind, project and year."""
    return command.evaluation_id


def consults(command: ask.EvaluationRequest) -> Sequence[Reference]:
    """Selecting needs the project; judging the rules of the year; objecting the notification."""
    match command:
        case ask.SelectForEvaluation():
            project = project_year(command.project_code, command.fiscal_year)
            return (Reference("self_evaluation", project),)
        case ask.ObjectToEvaluation():
            told = Reference("feedback", command.evaluation_id)
            return (told, *bind(command.region_code, command.fiscal_year))
        case ask.RuledCommand():
            return bind(command.region_code, command.fiscal_year)
        case _:
            return ()


def refers(
    command: ask.EvaluationRequest, state: EvaluationState, _known: Sequence[object]
) -> Sequence[Reference]:
    """A report names the unit, and the third party that did the work."""
    if not isinstance(command, ask.SubmitReport) or state is None:
        return ()
    unit = unit_reference(state.selected.whose.unit_code)
    if state.commissioned is None:
        return (unit,)
    return unit, Reference("assignment", state.commissioned.assignment_id)


def inform(command: ask.EvaluationRequest, states: Sequence[object]) -> ask.EvaluationRequest:
    """Write them into the command."""
    match command:
        case ask.SelectForEvaluation():
            project = next((p for p in map(project_of, states) if p), None)
            return replace(command, project=project)
        case ask.ObjectToEvaluation():
            day = notified_on(states)
            return replace(command, notified_on=day, rules=first_adopted(states))
        case ask.RuledCommand():
            return replace(command, rules=first_adopted(states))
        case ask.SubmitReport():
            return replace(command, unit=known_unit(states), commissioned=commissioned(states))
        case _:
            return command


def owner(state: EvaluationState) -> Owner | None:
    """It belongs to the bureau; the unit and its department see and answer it."""
    if state is None:
        return None
    return owned(state.selected.whose)


evaluation_decider: Decider[ask.EvaluationRequest, fact.EvaluationEvent, EvaluationState] = Decider(
    category="evaluation",
    initial=None,
    commands=(
        ask.SelectForEvaluation,
        ask.IssueNotice,
        ask.ProposePlan,
        ask.ApprovePlan,
        ask.CollectData,
        ask.RecordSiteVisit,
        ask.ScoreEvaluation,
        ask.AnswerDraft,
        ask.CloseDraftTerm,
        ask.ConcludeEvaluation,
        ask.SubmitReport,
        ask.FileReport,
        ask.NoteCommission,
        ask.RecheckEvaluation,
        ask.ObjectToEvaluation,
        ask.DecideEvaluationObjection,
        ask.NoteObjectionOverdue,
    ),
    events={
        event.__name__: event
        for event in (
            fact.EvaluationSelected,
            fact.EvaluationNoticeIssued,
            fact.PlanProposed,
            fact.PlanApproved,
            fact.EvaluationDataCollected,
            fact.EvaluationSiteVisited,
            fact.EvaluationScored,
            fact.DraftAnswered,
            fact.DraftUnanswered,
            fact.EvaluationConcluded,
            fact.ReportSubmitted,
            fact.ReportFiled,
            fact.EvaluationCommissioned,
            fact.EvaluationRechecked,
            fact.EvaluationObjected,
            fact.EvaluationObjectionDecided,
            fact.EvaluationObjectionOverdue,
        )
    },
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
    consults=consults,
    refers=refers,
    inform=inform,
)
