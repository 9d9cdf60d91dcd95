"""What is true after each fact of a self-evaluation."""

from dataclasses import replace
from datetime import date
from typing import assert_never

from services.evaluation.domain.self_evaluation.desks import Desk
from services.evaluation.domain.self_evaluation.events import (
    DuplicateFound,
    DutyNamed,
    EvidenceJudged,
    ExecutionConfirmed,
    ExplanationGiven,
    ExplanationRequested,
    FillingEvent,
    FindingsKept,
    ReportFilled,
    ScoreRecomputed,
    SelfEvaluationOverdue,
    SelfEvaluationReminded,
    SelfEvaluationSent,
    Settlement,
)
from services.evaluation.domain.self_evaluation.messages import (
    ObjectionDecided,
    ObjectionFiled,
    Project,
    RecheckConcluded,
    SelfEvaluationAccepted,
    SelfEvaluationAudited,
    SelfEvaluationEvent,
    SelfEvaluationOpened,
    SelfEvaluationReturned,
    SelfEvaluationSubmitted,
    TargetRevised,
)
from services.evaluation.domain.self_evaluation.states import (
    Accepted,
    Audited,
    Form,
    InHand,
    Open,
    Rechecked,
    SelfEvaluation,
    Sent,
    Submitted,
    Unopened,
)


def evolve(state: SelfEvaluation, event: SelfEvaluationEvent) -> SelfEvaluation:  # noqa: PLR0911 - one answer per fact
    """What is true after this fact."""
    if isinstance(state, Unopened):
        return _begun(state, event)
    match event:
        case SelfEvaluationOpened():
            return Open(project=event.project)
        case TargetRevised():
            return _with_target(state, event)
        case SelfEvaluationSubmitted() | SelfEvaluationAudited() | SelfEvaluationReturned():
            return _handed_on(state, event)
        case SelfEvaluationAccepted():
            assert isinstance(state, Audited | Sent)
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
            if isinstance(state, Accepted | Rechecked):
                return _standing(state, event)
            return _in_hand(state, event)


def _begun(state: Unopened, event: SelfEvaluationEvent) -> SelfEvaluation:
    """Who answers may be told before the target is."""
    if isinstance(event, DutyNamed):
        return Unopened(duty=event)
    assert isinstance(event, SelfEvaluationOpened)
    since = _on_both_desks(event.project)
    form = Form(duty=state.duty, since=since, due_on=event.due_on)
    return Open(project=event.project, form=form)


def _on_both_desks(project: Project) -> dict[Desk, date]:
    """The clock of the two offices starts when the year is over (D)."""
    begun = date(project.fiscal_year + 1, 1, 1)
    return {Desk.BUSINESS: begun, Desk.FINANCE: begun}


def _in_hand(state: InHand, event: FillingEvent) -> SelfEvaluation:  # noqa: PLR0911 - one answer per fact
    form = state.form
    match event:
        case DutyNamed():
            return replace(state, form=replace(form, duty=event))
        case DuplicateFound(sha256=digest):
            return replace(state, form=replace(form, duplicates=form.duplicates | {digest}))
        case EvidenceJudged(verdicts=verdicts):
            known = {**form.verdicts, **{one.sha256: one.acceptance for one in verdicts}}
            return replace(state, form=replace(form, verdicts=known))
        case ReportFilled():
            filled = replace(form, filled=event, hands=form.hands.also(event.filled_by))
            return replace(state, form=_done(filled, Desk.BUSINESS, event.filled_on))
        case ExecutionConfirmed():
            confirmed = replace(form, confirmed=event, hands=form.hands.also(event.confirmed_by))
            return replace(state, form=_done(confirmed, Desk.FINANCE, event.confirmed_on))
        case SelfEvaluationReminded():
            return replace(state, form=replace(form, reminded=True))
        case SelfEvaluationOverdue():
            return replace(state, form=replace(form, overdue=True))
        case SelfEvaluationSent():
            assert isinstance(state, Audited)
            return Sent(
                project=state.project,
                report=state.report,
                audited_by=state.audited_by,
                sent_by=event.sent_by,
                form=form.laid(Desk.BUREAU, event.sent_on),
            )
        case _:
            assert isinstance(state, Sent)
            return _settled(state, event)


def _settled(
    state: Sent, event: ScoreRecomputed | ExplanationRequested | ExplanationGiven | FindingsKept
) -> SelfEvaluation:
    match event:
        case ScoreRecomputed():
            return replace(state, computed=event)
        case ExplanationRequested():
            return replace(state, asked=event)
        case ExplanationGiven():
            settlement = Settlement.CORRECTED if event.corrects else state.form.settlement
            return replace(state, answered=event, form=replace(state.form, settlement=settlement))
        case FindingsKept():
            form = replace(state.form, settlement=Settlement.KEPT_WITH_FINDING)
            return replace(state, kept=event, form=form)
        case _:
            assert_never(event)


def _done(form: Form, desk: Desk, day: date) -> Form:
    """An office has done its part; when both have, the head has it."""
    since = {one: begun for one, begun in form.since.items() if one is not desk}
    if form.filled is not None and form.confirmed is not None:
        since = {Desk.HEAD: day}
    return replace(form, since=since)


def _handed_on(
    state: SelfEvaluation,
    event: SelfEvaluationSubmitted | SelfEvaluationAudited | SelfEvaluationReturned,
) -> SelfEvaluation:
    assert isinstance(state, Open | Submitted | Audited | Sent)
    form = state.form
    match event:
        case SelfEvaluationSubmitted():
            laid = form.laid(Desk.DEPARTMENT, event.submitted_on)
            signed = replace(laid, hands=form.hands.joined(event.hands))
            return Submitted(project=state.project, report=event, form=signed)
        case SelfEvaluationAudited():
            assert isinstance(state, Submitted)
            return Audited(
                project=state.project,
                report=state.report,
                audited_by=event.audited_by,
                form=form.laid(Desk.DEPARTMENT, event.audited_on),
            )
        case SelfEvaluationReturned():
            return Open(project=state.project, form=_reopened(form, event))
        case _:
            assert_never(event)


def _reopened(form: Form, event: SelfEvaluationReturned) -> Form:
    """The parts of the offices responsible are open again; proofs are judged anew."""
    offices = event.offices or (Desk.BUSINESS,)
    day = event.returned_on
    return replace(
        form,
        filled=None if Desk.BUSINESS in offices else form.filled,
        confirmed=None if Desk.FINANCE in offices else form.confirmed,
        verdicts={},
        since=dict.fromkeys(offices, day) if day else {},
    )


def _standing(state: Accepted | Rechecked, event: FillingEvent) -> SelfEvaluation:
    """What still happens to a report that stands: its proof turns up elsewhere."""
    if not isinstance(event, DuplicateFound):
        return state
    result = state.result if isinstance(state, Rechecked) else state
    known = replace(result, duplicates=result.duplicates | {event.sha256})
    return replace(state, result=known) if isinstance(state, Rechecked) else known


def _accepted(state: Audited | Sent, event: SelfEvaluationAccepted) -> Accepted:
    return Accepted(
        project=state.project,
        self_score=event.self_score,
        score=event.machine_score,
        grade=event.grade,
        rate=event.execution_rate,
        findings=event.findings,
        submitted_by=state.report.submitted_by,
        accepted_by=event.accepted_by,
        duplicates=state.form.duplicates,
        hands=state.form.hands,
    )


def _with_target(state: InHand | Accepted | Rechecked, event: TargetRevised) -> SelfEvaluation:
    """The same state over the revised target."""
    if isinstance(state, Rechecked):
        return replace(state, result=_with_project(state.result, event))
    return _with_project(state, event)


def _with_project[S: Open | Submitted | Audited | Sent | Accepted](
    state: S, event: TargetRevised
) -> S:
    project = replace(
        state.project,
        target_version=event.target_version,
        budget=event.budget,
        indicators=event.indicators,
    )
    return replace(state, project=project)
