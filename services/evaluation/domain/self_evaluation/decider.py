"""Self-evaluation of one project and year: whoever spends, evaluates.

opened → submitted (signed by the head) → audited (department) → accepted (recomputed by the
machine) → re-checked → objection → final. What the machine cannot believe goes back.
Source: 财预〔2020〕10号 art. 5, 8, 19, 21, 26.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from services.evaluation.domain.self_evaluation.acceptance import accept
from services.evaluation.domain.adopted_rules import bind, first_adopted
from services.evaluation.domain.rechecking import decide_objection, file_objection, recheck
from services.evaluation.domain.refusals import SelfEvaluationUnknown
from services.evaluation.domain.self_evaluation.reporting import audit, send_back, submit
from services.evaluation.domain.self_evaluation.messages import (
    AcceptSelfEvaluation,
    AuditSelfEvaluation,
    DecideObjection,
    FileObjection,
    JudgingCommand,
    ObjectionDecided,
    ObjectionFiled,
    OpenSelfEvaluation,
    RecheckConcluded,
    RecheckSelfEvaluation,
    ReturnSelfEvaluation,
    ReviseTarget,
    SelfEvaluationAccepted,
    SelfEvaluationAudited,
    SelfEvaluationEvent,
    SelfEvaluationOpened,
    SelfEvaluationRequest,
    SelfEvaluationReturned,
    SelfEvaluationSubmitted,
    SubmitSelfEvaluation,
    TargetRevised,
)
from services.evaluation.domain.self_evaluation.states import (
    Accepted,
    Audited,
    Open,
    Rechecked,
    SelfEvaluation,
    Submitted,
    Unopened,
    project_of,
)
from services.evaluation.domain.values import owned, project_year
from services.evaluation.domain.watched import watched, watched_reference
from shared.domain.decider import Decider, Owner, Reference


def decide(  # noqa: PLR0911 - one answer per command
    command: SelfEvaluationRequest, state: SelfEvaluation
) -> Sequence[SelfEvaluationEvent]:
    """Facts, silence or a refusal."""
    match command:
        case OpenSelfEvaluation():
            return _open(command, state)
        case ReviseTarget():
            return _revise(command, state)
        case SubmitSelfEvaluation():
            return submit(command, _known(state))
        case AuditSelfEvaluation():
            return audit(command, _known(state))
        case ReturnSelfEvaluation():
            return send_back(command, _known(state))
        case AcceptSelfEvaluation():
            return accept(command, _known(state))
        case RecheckSelfEvaluation():
            return recheck(command, _known(state))
        case FileObjection():
            return file_objection(command, _known(state))
        case DecideObjection():
            return decide_objection(command, _known(state))
        case _:
            assert_never(command)


def _known(state: SelfEvaluation) -> SelfEvaluation:
    if isinstance(state, Unopened):
        raise SelfEvaluationUnknown
    return state


def _open(command: OpenSelfEvaluation, state: SelfEvaluation) -> Sequence[SelfEvaluationEvent]:
    if not isinstance(state, Unopened):
        return []
    return [SelfEvaluationOpened(project=command.project)]


def _revise(command: ReviseTarget, state: SelfEvaluation) -> Sequence[SelfEvaluationEvent]:
    if isinstance(state, Unopened) or command.target_version <= state.project.target_version:
        return []
    return [
        TargetRevised(
            target_version=command.target_version,
            budget=command.budget,
            indicators=command.indicators,
        )
    ]


def evolve(  # noqa: PLR0911 - one answer per fact
    state: SelfEvaluation, event: SelfEvaluationEvent
) -> SelfEvaluation:
    """What is true after this fact."""
    if isinstance(event, SelfEvaluationOpened):
        return Open(project=event.project)
    assert not isinstance(state, Unopened)
    match event:
        case TargetRevised():
            return _with_target(state, event)
        case SelfEvaluationSubmitted():
            return Submitted(project=state.project, report=event)
        case SelfEvaluationAudited():
            assert isinstance(state, Submitted)
            return Audited(project=state.project, report=state.report, audited_by=event.audited_by)
        case SelfEvaluationReturned():
            return Open(project=state.project)
        case SelfEvaluationAccepted():
            assert isinstance(state, Audited)
            return _accepted(state, event)
        case RecheckConcluded():
            assert isinstance(state, Accepted)
            result = replace(state, score=event.score, grade=event.grade)
            return Rechecked(result=result, recheck=event)
        case ObjectionFiled():
            assert isinstance(state, Rechecked)
            return replace(state, objection=event)
        case ObjectionDecided():
            assert isinstance(state, Rechecked)
            result = replace(state.result, score=event.score, grade=event.grade)
            return replace(state, result=result, decision=event)
        case _:
            assert_never(event)


def _accepted(state: Audited, event: SelfEvaluationAccepted) -> Accepted:
    return Accepted(
        project=state.project,
        self_score=event.self_score,
        score=event.machine_score,
        grade=event.grade,
        rate=event.execution_rate,
        findings=event.findings,
        submitted_by=state.report.submitted_by,
        accepted_by=event.accepted_by,
    )


def _with_target(state: SelfEvaluation, event: TargetRevised) -> SelfEvaluation:
    """The same state over the revised target."""
    if isinstance(state, Unopened):
        return state
    if isinstance(state, Rechecked):
        return replace(state, result=_with_project(state.result, event))
    return _with_project(state, event)


def _with_project[S: Open | Submitted | Audited | Accepted](state: S, event: TargetRevised) -> S:
    project = replace(
        state.project,
        target_version=event.target_version,
        budget=event.budget,
        indicators=event.indicators,
    )
    return replace(state, project=project)


def identify(command: SelfEvaluationRequest) -> str:
    """One stream per project and year."""
    match command:
        case OpenSelfEvaluation(project=project):
            return project_year(project.project_code, project.fiscal_year)
        case ReviseTarget():
            return project_year(command.project_code, command.fiscal_year)
        case _:
            return command.self_evaluation_id


def consults(command: SelfEvaluationRequest) -> Sequence[Reference]:
    """Judging needs the rules of the year and the money that monitoring saw."""
    if not isinstance(command, JudgingCommand):
        return ()
    fiscal_year = command.self_evaluation_id.rpartition("-")[2]
    return (
        watched_reference(command.self_evaluation_id),
        *bind(command.region_code, fiscal_year),
    )


def inform(command: SelfEvaluationRequest, states: Sequence[object]) -> SelfEvaluationRequest:
    """Write what the consulted streams say into the command."""
    if not isinstance(command, JudgingCommand):
        return command
    return replace(command, rules=first_adopted(states), watched=watched(states))


def owner(state: SelfEvaluation) -> Owner | None:
    """A report belongs to the unit that spends."""
    project = project_of(state)
    return None if project is None else owned(project.whose)


self_evaluation_decider: Decider[SelfEvaluationRequest, SelfEvaluationEvent, SelfEvaluation] = (
    Decider(
        category="self_evaluation",
        initial=Unopened(),
        commands=(
            OpenSelfEvaluation,
            ReviseTarget,
            SubmitSelfEvaluation,
            AuditSelfEvaluation,
            ReturnSelfEvaluation,
            AcceptSelfEvaluation,
            RecheckSelfEvaluation,
            FileObjection,
            DecideObjection,
        ),
        events={
            "SelfEvaluationOpened": SelfEvaluationOpened,
            "TargetRevised": TargetRevised,
            "SelfEvaluationSubmitted": SelfEvaluationSubmitted,
            "SelfEvaluationAudited": SelfEvaluationAudited,
            "SelfEvaluationReturned": SelfEvaluationReturned,
            "SelfEvaluationAccepted": SelfEvaluationAccepted,
            "RecheckConcluded": RecheckConcluded,
            "ObjectionFiled": ObjectionFiled,
            "ObjectionDecided": ObjectionDecided,
        },
        decide=decide,
        evolve=evolve,
        identify=identify,
        owner=owner,
        consults=consults,
        inform=inform,
    )
)
