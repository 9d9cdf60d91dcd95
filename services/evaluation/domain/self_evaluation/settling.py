"""What was noticed is explained: the unit corrects its report, or the finding stays on record."""

from collections.abc import Sequence
from typing import Final

from services.evaluation.domain.refusals import AuthorJudgesOwnReport
from services.evaluation.domain.self_evaluation import refusals as no
from services.evaluation.domain.self_evaluation.commands import (
    AnswerSelfEvaluationFindings,
    RequestSelfEvaluationExplanation,
    SettleSelfEvaluationFindings,
)
from services.evaluation.domain.self_evaluation.core_problems import CHARACTERS_MIN
from services.evaluation.domain.self_evaluation.desks import Desk, ReturnCode
from services.evaluation.domain.self_evaluation.events import (
    ExplanationGiven,
    ExplanationRequested,
    FindingsKept,
)
from services.evaluation.domain.self_evaluation.evidence import fingerprints
from services.evaluation.domain.self_evaluation.messages import (
    SelfEvaluationEvent,
    SelfEvaluationReturned,
)
from services.evaluation.domain.self_evaluation.states import SelfEvaluation, Sent
from services.evaluation.domain.self_evaluation.terms import terms_of
from shared.domain.workdays import add_workdays, business_date

type Facts = Sequence[SelfEvaluationEvent]

CORRECTING: Final = (ReturnCode.CORRECTION,)


def request(command: RequestSelfEvaluationExplanation, state: SelfEvaluation) -> Facts:
    """Ask the unit about what the machine noticed; a clean report has nothing to explain."""
    sent = _flagged(state)
    if sent.asked is not None:
        return []
    sent.form.hands.expect_another(command.by, AuthorJudgesOwnReport)
    days = terms_of(command.rules).explain_workdays
    today = business_date(command.now)
    return [
        ExplanationRequested(
            text=command.text,
            explain_by=add_workdays(today, days, sent.project.region_code),
            requested_by=command.by,
        )
    ]


def explain(command: AnswerSelfEvaluationFindings, state: SelfEvaluation) -> Facts:
    """The head explains it, or takes the report back to correct it."""
    sent = _flagged(state)
    if sent.asked is None:
        raise no.ExplanationNotRequested
    given = ExplanationGiven(text=command.text, corrects=command.corrects, explained_by=command.by)
    if sent.answered is not None:
        if sent.answered == given:
            return []
        raise no.ExplanationAlreadyGiven
    if len(command.text.strip()) < CHARACTERS_MIN:
        raise no.CauseTooShort(
            pointer="/text", remedy=f"Explain it in {CHARACTERS_MIN} characters or more."
        )
    if not command.corrects:
        return [given]
    return [
        given,
        SelfEvaluationReturned(
            reason=command.text,
            findings=sent.computed.findings if sent.computed else (),
            returned_by=command.by,
            codes=CORRECTING,
            offices=(Desk.BUSINESS,),
            returned_on=business_date(command.now),
            evidence=fingerprints(sent.report.reports),
        ),
    ]


def keep(command: SettleSelfEvaluationFindings, state: SelfEvaluation) -> Facts:
    """The bureau read the explanation, or waited for it in vain: the findings stay on record."""
    sent = _flagged(state)
    if sent.asked is None:
        raise no.ExplanationNotRequested
    if sent.kept is not None:
        if (sent.kept.reason, sent.kept.kept_by) == (command.reason, command.by):
            return []
        raise no.FindingsAlreadyKept
    sent.form.hands.expect_another(command.by, AuthorJudgesOwnReport)
    if sent.answered is None and business_date(command.now) <= sent.asked.explain_by:
        raise no.StillTimeToExplain(
            remedy="Wait for the explanation, or for its day to pass.",
            explain_by=sent.asked.explain_by.isoformat(),
        )
    computed = sent.computed
    noticed = (*computed.findings, *computed.flags) if computed else ()
    return [
        FindingsKept(
            reason=command.reason,
            findings=tuple(one.value for one in noticed),
            kept_by=command.by,
        )
    ]


def _flagged(state: SelfEvaluation) -> Sent:
    if not isinstance(state, Sent):
        raise no.SelfEvaluationNotSent
    noticed = state.computed is not None and state.computed.is_flagged
    if not noticed and not state.form.duplicates:
        raise no.NothingToExplain
    return state
