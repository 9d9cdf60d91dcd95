"""The department audits a report and submits it to finance, where the machine recomputes it."""

from collections.abc import Sequence

from services.evaluation.domain.refusals import (
    AuthorJudgesOwnReport,
    SelfEvaluationNotAudited,
    SelfEvaluationNotSubmitted,
)
from services.evaluation.domain.self_evaluation import refusals as no
from services.evaluation.domain.self_evaluation.acceptance import recomputed
from services.evaluation.domain.self_evaluation.commands import (
    AuditSelfEvaluation,
    JudgeSelfEvaluationEvidence,
    ReturnSelfEvaluation,
    SendSelfEvaluation,
)
from services.evaluation.domain.self_evaluation.desks import Desk, Stay, offices_of, stay
from services.evaluation.domain.self_evaluation.events import EvidenceJudged, SelfEvaluationSent
from services.evaluation.domain.self_evaluation.evidence import (
    Acceptance,
    Verdict,
    Verdicts,
    fingerprints,
)
from services.evaluation.domain.self_evaluation.messages import (
    SelfEvaluationAudited,
    SelfEvaluationCommand,
    SelfEvaluationEvent,
    SelfEvaluationReturned,
    SelfEvaluationSubmitted,
)
from services.evaluation.domain.self_evaluation.states import (
    Audited,
    Form,
    Open,
    SelfEvaluation,
    Sent,
    Submitted,
)
from shared.domain.workdays import business_date

type Facts = Sequence[SelfEvaluationEvent]


def audit(command: AuditSelfEvaluation, state: SelfEvaluation) -> Facts:
    """The department stands behind a report that is not its auditor's own."""
    match state:
        case Submitted(report=report):
            _expect_another(command, state.form)
            judged = _judged(command, report, state.form, command.verdicts)
            verdicts = {**state.form.verdicts, **_by_file(judged)}
            audited = SelfEvaluationAudited(
                opinion=command.opinion,
                audited_by=command.by,
                audited_on=business_date(command.now),
                stays=_left(command, state, Desk.DEPARTMENT),
            )
            facts: Facts = [*judged, audited]
            if command.hold:
                return facts
            return [*facts, *_sent(command, state, verdicts)]
        case Audited() | Sent() if state.audited_by == command.by:
            return []
        case _:
            raise SelfEvaluationNotSubmitted


def send(command: SendSelfEvaluation, state: SelfEvaluation) -> Facts:
    """What was audited and held goes to finance."""
    match state:
        case Audited():
            _expect_another(command, state.form)
            return _sent(command, state, state.form.verdicts)
        case Sent():
            return []
        case _:
            raise SelfEvaluationNotAudited


def _sent(
    command: AuditSelfEvaluation | SendSelfEvaluation,
    state: Submitted | Audited,
    verdicts: Verdicts,
) -> Facts:
    sent = SelfEvaluationSent(
        sent_by=command.by,
        sent_on=business_date(command.now),
        stays=_left(command, state, Desk.DEPARTMENT) if isinstance(state, Audited) else (),
    )
    return [sent, *recomputed(command, state, verdicts)]


def judge(command: JudgeSelfEvaluationEvidence, state: SelfEvaluation) -> Facts:
    """A reviewer says of files whether they prove what they are to prove."""
    if not isinstance(state, Submitted | Audited | Sent):
        raise SelfEvaluationNotSubmitted
    _expect_another(command, state.form)
    return _judged(command, state.report, state.form, command.verdicts)


def _judged(
    command: SelfEvaluationCommand,
    report: SelfEvaluationSubmitted,
    form: Form,
    verdicts: Sequence[Verdict],
) -> list[EvidenceJudged]:
    known = set(fingerprints(report.reports))
    for place, one in enumerate(verdicts):
        if one.sha256 not in known:
            raise no.EvidenceUnknown(
                pointer=f"/verdicts/{place}/sha256",
                remedy="Judge the files of this report.",
                sha256=one.sha256,
            )
        if one.acceptance is not Acceptance.ACCEPTED and not one.reason.strip():
            raise no.VerdictUnexplained(
                pointer=f"/verdicts/{place}/reason", remedy="Say why.", sha256=one.sha256
            )
    news = tuple(one for one in verdicts if form.verdicts.get(one.sha256) is not one.acceptance)
    return [EvidenceJudged(verdicts=news, judged_by=command.by)] if news else []


def _by_file(judged: Sequence[EvidenceJudged]) -> dict[str, Acceptance]:
    return {one.sha256: one.acceptance for fact in judged for one in fact.verdicts}


def send_back(command: ReturnSelfEvaluation, state: SelfEvaluation) -> Facts:
    """The report goes back to the unit with a reason, its codes, and the office responsible."""
    match state:
        case Submitted() | Audited() | Sent():
            desk = Desk.BUREAU if isinstance(state, Sent) else Desk.DEPARTMENT
            return [
                SelfEvaluationReturned(
                    reason=command.reason,
                    findings=(),
                    returned_by=command.by,
                    codes=command.codes,
                    offices=offices_of(command.codes),
                    returned_on=business_date(command.now),
                    evidence=fingerprints(state.report.reports),
                    stays=_left(command, state, desk),
                )
            ]
        case Open():
            return []
        case _:
            raise SelfEvaluationNotSubmitted


def _expect_another(command: SelfEvaluationCommand, form: Form) -> None:
    """Four eyes: who ever had a part in a report does not judge it."""
    form.hands.expect_another(command.by, AuthorJudgesOwnReport)


def _left(
    command: SelfEvaluationCommand, state: Submitted | Audited | Sent, desk: Desk
) -> tuple[Stay, ...]:
    since = state.form.since.get(desk)
    return stay(desk, since, business_date(command.now), state.project.region_code)
