"""Self-evaluation of one project and year: whoever spends, evaluates.

opened → filled and confirmed (two locks) → signed by the head → audited and sent to finance by the
department → recomputed by the machine (clean, flagged and explained, or back) → accepted →
re-checked → objection → final. Source: 财预〔2020〕10号 art. 5, 8, 19, 21, 26; `domain` §3.7.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from services.evaluation.domain.adopted_rules import bind, first_adopted
from services.evaluation.domain.rechecking import decide_objection, file_objection, recheck
from services.evaluation.domain.refusals import SelfEvaluationUnknown
from services.evaluation.domain.self_evaluation import commands as asked
from services.evaluation.domain.self_evaluation import events as fact
from services.evaluation.domain.self_evaluation import messages as own
from services.evaluation.domain.self_evaluation.acceptance import accept
from services.evaluation.domain.self_evaluation.auditing import audit, judge, send, send_back
from services.evaluation.domain.self_evaluation.entailed import entailed
from services.evaluation.domain.self_evaluation.evolving import evolve
from services.evaluation.domain.self_evaluation.overdue import note_overdue, opened, remind
from services.evaluation.domain.self_evaluation.reporting import confirm, fill, submit
from services.evaluation.domain.self_evaluation.settling import explain, keep, request
from services.evaluation.domain.self_evaluation.states import (
    Accepted,
    Rechecked,
    SelfEvaluation,
    Unopened,
    project_of,
)
from services.evaluation.domain.values import owned, project_year
from services.evaluation.domain.watched import watched, watched_reference
from shared.domain.decider import Decider, Owner, Reference

type Request = own.SelfEvaluationRequest | asked.FillingRequest
type Facts = Sequence[own.SelfEvaluationEvent]


def _revise(command: own.ReviseTarget, state: SelfEvaluation) -> Facts:
    if isinstance(state, Unopened):
        return []
    project = state.result.project if isinstance(state, Rechecked) else state.project
    if command.target_version <= project.target_version:
        return []
    return [
        own.TargetRevised(
            target_version=command.target_version,
            budget=command.budget,
            indicators=command.indicators,
        )
    ]


def _name_duty(command: asked.NameDuty, state: SelfEvaluation) -> Facts:
    """Quietly: what was accepted is not signed again."""
    if isinstance(state, Accepted | Rechecked):
        return []
    known = state.duty if isinstance(state, Unopened) else state.form.duty
    duty = fact.DutyNamed(business=command.business, finance=command.finance, head=command.head)
    return [] if known == duty else [duty]


def _note_duplicate(command: asked.NoteDuplicate, state: SelfEvaluation) -> Facts:
    """Each file once, whatever has become of the report since."""
    match state:
        case Unopened():
            return []
        case Accepted(duplicates=known) | Rechecked(result=Accepted(duplicates=known)):
            pass
        case _:
            known = state.form.duplicates
    if command.sha256 in known:
        return []
    return [fact.DuplicateFound(sha256=command.sha256, also_in=command.also_in)]


_OF_KNOWN: Final[Mapping[type, Callable[[Any, SelfEvaluation], Facts]]] = {
    asked.EnterSelfEvaluation: fill,
    asked.ConfirmSelfEvaluation: confirm,
    asked.SubmitSelfEvaluation: submit,
    asked.JudgeSelfEvaluationEvidence: judge,
    asked.AuditSelfEvaluation: audit,
    asked.SendSelfEvaluation: send,
    asked.ReturnSelfEvaluation: send_back,
    asked.RequestSelfEvaluationExplanation: request,
    asked.AnswerSelfEvaluationFindings: explain,
    asked.SettleSelfEvaluationFindings: keep,
    asked.AcceptSelfEvaluation: accept,
    own.RecheckSelfEvaluation: recheck,
    own.FileObjection: file_objection,
    own.DecideObjection: decide_objection,
}
_ALWAYS: Final[Mapping[type, Callable[[Any, SelfEvaluation], Facts]]] = {
    own.OpenSelfEvaluation: opened,
    own.ReviseTarget: _revise,
    asked.NameDuty: _name_duty,
    asked.NoteDuplicate: _note_duplicate,
    asked.RemindOfSelfEvaluation: remind,
    asked.NoteSelfEvaluationOverdue: note_overdue,
}


def decide(command: Request, state: SelfEvaluation) -> Facts:
    """Facts, silence or a refusal."""
    told = _ALWAYS.get(type(command))
    if told is not None:
        return told(command, state)
    if isinstance(state, Unopened):
        raise SelfEvaluationUnknown
    return _OF_KNOWN[type(command)](command, state)


def identify(command: Request) -> str:
    """One stream per project and year."""
    match command:
        case own.OpenSelfEvaluation(project=project):
            return project_year(project.project_code, project.fiscal_year)
        case own.ReviseTarget():
            return project_year(command.project_code, command.fiscal_year)
        case _:
            return command.self_evaluation_id


def consults(command: Request) -> Sequence[Reference]:
    """Judging needs the rules of the year and the money that monitoring saw."""
    if isinstance(command, own.OpenSelfEvaluation):
        return bind(command.project.region_code, command.project.fiscal_year)
    if not isinstance(command, own.JudgingCommand):
        return ()
    fiscal_year = command.self_evaluation_id.rpartition("-")[2]
    return (
        watched_reference(command.self_evaluation_id),
        *bind(command.region_code, fiscal_year),
    )


def inform(command: Request, states: Sequence[object]) -> Request:
    """Write what the consulted streams say into the command."""
    if isinstance(command, own.OpenSelfEvaluation):
        return replace(command, rules=first_adopted(states))
    if not isinstance(command, own.JudgingCommand):
        return command
    return replace(command, rules=first_adopted(states), watched=watched(states))


def owner(state: SelfEvaluation) -> Owner | None:
    """A report belongs to the unit that spends."""
    project = project_of(state)
    return None if project is None else owned(project.whose)


self_evaluation_decider: Final[Decider[Request, own.SelfEvaluationEvent, SelfEvaluation]] = Decider(
    category="self_evaluation",
    initial=Unopened(),
    commands=(*_ALWAYS, *_OF_KNOWN),
    events={
        "SelfEvaluationOpened": own.SelfEvaluationOpened,
        "TargetRevised": own.TargetRevised,
        "SelfEvaluationSubmitted": own.SelfEvaluationSubmitted,
        "SelfEvaluationAudited": own.SelfEvaluationAudited,
        "SelfEvaluationReturned": own.SelfEvaluationReturned,
        "SelfEvaluationAccepted": own.SelfEvaluationAccepted,
        "RecheckConcluded": own.RecheckConcluded,
        "ObjectionFiled": own.ObjectionFiled,
        "ObjectionDecided": own.ObjectionDecided,
        "SelfEvaluationDutyNamed": fact.DutyNamed,
        "SelfEvaluationFilled": fact.ReportFilled,
        "SelfEvaluationExecutionConfirmed": fact.ExecutionConfirmed,
        "SelfEvaluationEvidenceJudged": fact.EvidenceJudged,
        "SelfEvaluationDuplicateFound": fact.DuplicateFound,
        "SelfEvaluationSent": fact.SelfEvaluationSent,
        "SelfEvaluationRecomputed": fact.ScoreRecomputed,
        "SelfEvaluationExplanationRequested": fact.ExplanationRequested,
        "SelfEvaluationExplanationGiven": fact.ExplanationGiven,
        "SelfEvaluationFindingsKept": fact.FindingsKept,
        "SelfEvaluationReminded": fact.SelfEvaluationReminded,
        "SelfEvaluationOverdue": fact.SelfEvaluationOverdue,
    },
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
    consults=consults,
    inform=inform,
    entails=entailed,
)
