"""Department or finance evaluation of one project and year.

selected with a notice → plan proposed → plan approved → scored (facts verified, preliminary
conclusion sent) → opinions exchanged → concluded → report filed. Hearing the evaluated party
is mandatory; the scorer neither approves the plan nor concludes.
Source: 财预〔2020〕10号 art. 9, 14, 22.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from services.evaluation.domain.adopted_rules import adopted, bind, first_adopted
from services.evaluation.domain.evaluation_messages import (
    AnswerDraft,
    ApprovePlan,
    CloseDraftTerm,
    ConcludeEvaluation,
    DraftAnswered,
    DraftUnanswered,
    EvaluationConcluded,
    EvaluationEvent,
    EvaluationRequest,
    EvaluationScored,
    EvaluationSelected,
    FileReport,
    PlanApproved,
    PlanProposed,
    ProposePlan,
    ReportFiled,
    ScoreEvaluation,
    SelectForEvaluation,
)
from services.evaluation.domain.framework import check_plan, corrected, score_items, total
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    EvaluationStepOutOfOrder,
    EvaluationUnknown,
    NotItsName,
    OpinionsNotExchanged,
    SamePersonDecidesAgain,
    SelfEvaluationUnknown,
)
from services.evaluation.domain.self_evaluation.states import project_of
from services.evaluation.domain.values import owned, project_year
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.grades import grade_of
from shared.domain.workdays import business_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """An evaluation and the steps it has taken, each once and in this order."""

    selected: EvaluationSelected
    plan: PlanProposed | None = None
    approval: PlanApproved | None = None
    scored: EvaluationScored | None = None
    opinion: DraftAnswered | DraftUnanswered | None = None
    concluded: EvaluationConcluded | None = None
    filed: ReportFiled | None = None


type EvaluationState = Evaluation | None


def decide(  # noqa: PLR0911 - one answer per command
    command: EvaluationRequest, state: EvaluationState
) -> Sequence[EvaluationEvent]:
    """Facts, silence or a refusal."""
    if isinstance(command, SelectForEvaluation):
        return _select(command, state)
    if state is None:
        raise EvaluationUnknown
    match command:
        case ProposePlan():
            return _propose_plan(command, state)
        case ApprovePlan():
            return _approve_plan(command, state)
        case ScoreEvaluation():
            return _score(command, state)
        case AnswerDraft():
            return _answer_draft(command, state)
        case CloseDraftTerm():
            return _close_term(state)
        case ConcludeEvaluation():
            return _conclude(command, state)
        case FileReport():
            return _file(command, state)
        case _:
            assert_never(command)


def _select(command: SelectForEvaluation, state: EvaluationState) -> Sequence[EvaluationEvent]:
    project = command.project
    if project is None:
        raise SelfEvaluationUnknown(f"no target of {command.project_code} was approved")
    name = f"{command.kind}-{project_year(command.project_code, command.fiscal_year)}"
    if command.evaluation_id != name:
        raise NotItsName(pointer="/evaluation_id", name=name)
    if state is not None:
        if state.selected.notice_no == command.notice_no:
            return []
        raise AlreadyRecorded(notice_no=state.selected.notice_no)
    return [
        EvaluationSelected(
            kind=command.kind,
            project_name=project.name,
            whose=project.whose,
            budget=project.budget,
            notice_no=command.notice_no,
            evaluator=command.evaluator,
            origin=project.origin,
            selected_by=command.by,
        )
    ]


def _propose_plan(command: ProposePlan, state: Evaluation) -> Sequence[EvaluationEvent]:
    if state.plan and state.plan.items == command.items:
        return []
    if state.approval:
        raise EvaluationStepOutOfOrder("The plan has been approved.")
    check_plan(command.items)
    return [PlanProposed(items=command.items, proposed_by=command.by)]


def _approve_plan(command: ApprovePlan, state: Evaluation) -> Sequence[EvaluationEvent]:
    if state.approval:
        return []
    if state.plan is None:
        raise EvaluationStepOutOfOrder("There is no plan to approve.")
    if state.plan.proposed_by == command.by:
        raise SamePersonDecidesAgain
    return [PlanApproved(approved_by=command.by)]


def _score(command: ScoreEvaluation, state: Evaluation) -> Sequence[EvaluationEvent]:
    if state.plan is None or state.approval is None:
        raise EvaluationStepOutOfOrder("A plan is approved before anything is scored.")
    money = (command.received, command.paid)
    scores = score_items(state.plan.items, command.scores, state.selected.budget, money)
    fact = EvaluationScored(
        received=command.received,
        paid=command.paid,
        scores=scores,
        score=total(scores),
        answer_by=command.answer_by,
        scored_by=command.by,
    )
    if state.scored == fact:
        return []
    if state.scored:
        raise EvaluationStepOutOfOrder("It has been scored; the draft is with the unit.")
    return [fact]


def _answer_draft(command: AnswerDraft, state: Evaluation) -> Sequence[EvaluationEvent]:
    fact = DraftAnswered(agrees=command.agrees, text=command.text, answered_by=command.by)
    if state.opinion == fact:
        return []
    if state.scored is None or state.opinion:
        raise EvaluationStepOutOfOrder("A draft is answered once, while it waits for an answer.")
    return [fact]


def _close_term(state: Evaluation) -> Sequence[EvaluationEvent]:
    if state.scored is None or state.opinion:
        return []
    return [DraftUnanswered(due_on=state.scored.answer_by)]


def _conclude(command: ConcludeEvaluation, state: Evaluation) -> Sequence[EvaluationEvent]:
    if state.concluded:
        return []
    if state.plan is None or state.scored is None:
        raise EvaluationStepOutOfOrder("It is scored before it is concluded.")
    today = business_date(command.now)
    before: list[EvaluationEvent] = []
    if state.opinion is None:
        if today <= state.scored.answer_by:
            raise OpinionsNotExchanged(answer_by=state.scored.answer_by.isoformat())
        before.append(DraftUnanswered(due_on=state.scored.answer_by))
    if state.scored.scored_by == command.by:
        raise SamePersonDecidesAgain
    rules = adopted(command.rules).rule_set
    score = total(corrected(state.plan.items, state.scored.scores, command.corrections))
    concluded = EvaluationConcluded(
        kind=state.selected.kind,
        whose=state.selected.whose,
        corrections=command.corrections,
        score=score,
        grade=grade_of(score, rules.grades),
        rule_set_version=rules.version,
        concluded_by=command.by,
        concluded_on=today,
    )
    return [*before, concluded]


def _file(command: FileReport, state: Evaluation) -> Sequence[EvaluationEvent]:
    if state.filed and state.filed.report_sha256 == command.report_sha256:
        return []
    if state.concluded is None or state.filed:
        raise EvaluationStepOutOfOrder("A concluded evaluation is filed once.")
    return [
        ReportFiled(
            report_no=command.report_no,
            report_sha256=command.report_sha256,
            filed_on=business_date(command.now),
        )
    ]


def evolve(  # noqa: PLR0911 - one answer per fact
    state: EvaluationState, event: EvaluationEvent
) -> EvaluationState:
    """What is true after this fact."""
    if isinstance(event, EvaluationSelected):
        return Evaluation(selected=event)
    assert state is not None
    match event:
        case PlanProposed():
            return replace(state, plan=event)
        case PlanApproved():
            return replace(state, approval=event)
        case EvaluationScored():
            return replace(state, scored=event)
        case DraftAnswered() | DraftUnanswered():
            return replace(state, opinion=event)
        case EvaluationConcluded():
            return replace(state, concluded=event)
        case ReportFiled():
            return replace(state, filed=event)
        case _:
            assert_never(event)


def identify(command: EvaluationRequest) -> str:
    """One stream per kind, project and year."""
    return command.evaluation_id


def consults(command: EvaluationRequest) -> Sequence[Reference]:
    """Selecting needs the project; concluding needs the grades of the year."""
    if isinstance(command, SelectForEvaluation):
        project = project_year(command.project_code, command.fiscal_year)
        return (Reference("self_evaluation", project),)
    if isinstance(command, ConcludeEvaluation):
        return bind(command.region_code, command.fiscal_year)
    return ()


def inform(command: EvaluationRequest, states: Sequence[object]) -> EvaluationRequest:
    """Write them into the command."""
    if isinstance(command, SelectForEvaluation):
        project = next((p for p in map(project_of, states) if p), None)
        return replace(command, project=project)
    if isinstance(command, ConcludeEvaluation):
        return replace(command, rules=first_adopted(states))
    return command


def owner(state: EvaluationState) -> Owner | None:
    """It belongs to the bureau; the unit and its department see and answer it."""
    if state is None:
        return None
    return owned(state.selected.whose)


evaluation_decider: Decider[EvaluationRequest, EvaluationEvent, EvaluationState] = Decider(
    category="evaluation",
    initial=None,
    commands=(
        SelectForEvaluation,
        ProposePlan,
        ApprovePlan,
        ScoreEvaluation,
        AnswerDraft,
        CloseDraftTerm,
        ConcludeEvaluation,
        FileReport,
    ),
    events={
        "EvaluationSelected": EvaluationSelected,
        "PlanProposed": PlanProposed,
        "PlanApproved": PlanApproved,
        "EvaluationScored": EvaluationScored,
        "DraftAnswered": DraftAnswered,
        "DraftUnanswered": DraftUnanswered,
        "EvaluationConcluded": EvaluationConcluded,
        "ReportFiled": ReportFiled,
    },
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
    consults=consults,
    inform=inform,
)
