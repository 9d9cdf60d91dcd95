"""What a linkage answers: facts, silence or a refusal."""

from collections.abc import Sequence
from typing import assert_never

from services.evaluation.domain.answering import expect_in_time, expect_over
from services.evaluation.domain.linkage.capping import computed
from services.evaluation.domain.linkage.commands import (
    AnswerLinkage,
    CloseLinkage,
    CloseLinkageTerm,
    ConfirmLinkage,
    DecideLinkage,
    ExemptSpending,
    LinkageRequest,
    NoteApplied,
    NoteBreach,
    NotifyLinkage,
    VerifyLinkage,
)
from services.evaluation.domain.linkage.events import (
    LinkageAnswered,
    LinkageApplied,
    LinkageClosed,
    LinkageConfirmed,
    LinkageEvent,
    LinkageNotified,
    LinkageUnanswered,
    SpendingExempted,
)
from services.evaluation.domain.linkage.refusals import (
    AnswerTermOutsideRange,
    CapBreached,
    DisagreementUnanswered,
    ExemptionUnfounded,
    LinkageAlreadyBinds,
    LinkageStepOutOfOrder,
    LinkageUnknown,
)
from services.evaluation.domain.linkage.states import Linkage, LinkageState
from services.evaluation.domain.linkage.verifying import breach_told, verified
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    AnswerTermOver,
    SamePersonDecidesAgain,
)
from shared.domain.money import ZERO
from shared.domain.workdays import add_workdays, business_date

type Facts = Sequence[LinkageEvent]


def decide(command: LinkageRequest, state: LinkageState) -> Facts:
    """Computed once per unit and year; then step by step."""
    if isinstance(command, DecideLinkage):
        return [computed(command)] if state is None else []
    if state is None:
        if isinstance(command, NoteApplied | NoteBreach):
            return []
        raise LinkageUnknown
    match command:
        case NoteApplied() | NoteBreach() | CloseLinkageTerm():
            return _heard(command, state)
        case NotifyLinkage():
            return _notify(command, state)
        case AnswerLinkage():
            return _answer(command, state)
        case _:
            return _settle(command, state)


def _heard(command: NoteApplied | NoteBreach | CloseLinkageTerm, state: Linkage) -> Facts:
    """What the budget system said, or the clock, is never refused."""
    match command:
        case CloseLinkageTerm():
            if state.notice is None or state.answer or state.binds_from:
                return []
            return [LinkageUnanswered(due_on=state.notice.answer_by)]
        case NoteApplied():
            if state.binds_from is None or state.applied:
                return []
            return [_applied(command)]
        case NoteBreach():
            return breach_told(command, state)


def _applied(command: NoteApplied) -> LinkageApplied:
    return LinkageApplied(project_code=command.project_code, applied_on=business_date(command.now))


def _notify(command: NotifyLinkage, state: Linkage) -> Facts:
    if state.notice is not None:
        known = state.notice
        told_day = command.answer_by in {None, known.answer_by}
        if known.document_no == command.document_no and told_day:
            return []
        raise LinkageStepOutOfOrder("The unit was notified before.")
    if state.binds_from:
        raise LinkageStepOutOfOrder("What binds already is not notified.")
    today, decided = business_date(command.now), state.decided
    latest = add_workdays(today, decided.answer_days, decided.region_code)
    day = command.answer_by or latest
    if not today < day <= latest:
        raise AnswerTermOutsideRange(
            pointer="/answer_by", answer_by_max=latest.isoformat(), workdays=decided.answer_days
        )
    return [
        LinkageNotified(
            document_no=command.document_no,
            answer_by=day,
            notified_by=command.by,
            notified_on=today,
        )
    ]


def _answer(command: AnswerLinkage, state: Linkage) -> Facts:
    fact = LinkageAnswered(agrees=command.agrees, text=command.text, answered_by=command.by)
    if state.answer == fact:
        return []
    if state.notice is None or state.binds_from or isinstance(state.answer, LinkageAnswered):
        raise LinkageStepOutOfOrder("A notified linkage is answered once.")
    if state.answer:
        raise AnswerTermOver(answer_by=state.notice.answer_by.isoformat())
    expect_in_time(state.notice.answer_by, business_date(command.now))
    return [fact]


def _settle(
    command: ExemptSpending | ConfirmLinkage | VerifyLinkage | CloseLinkage, state: Linkage
) -> Facts:
    match command:
        case ExemptSpending():
            return _exempt(command, state)
        case ConfirmLinkage():
            return _confirm(command, state)
        case VerifyLinkage():
            return verified(command, state)
        case CloseLinkage():
            return _close(command, state)
        case _:
            assert_never(command)


def _exempt(command: ExemptSpending, state: Linkage) -> Facts:
    if command.amount <= ZERO:
        raise ExemptionUnfounded(pointer="/amount")
    if not command.reason.strip():
        raise ExemptionUnfounded(pointer="/reason")
    fact = SpendingExempted(
        project_code=command.project_code,
        kind=command.kind,
        amount=command.amount,
        reason=command.reason,
        document_no=command.document_no,
        exempted_by=command.by,
    )
    known = state.exemptions.get(command.project_code)
    if known is not None:
        told = (known.kind, known.amount, known.reason, known.document_no)
        if told == (fact.kind, fact.amount, fact.reason, fact.document_no):
            return []
        raise AlreadyRecorded
    if state.binds_from:
        raise LinkageAlreadyBinds
    return [fact]


def _confirm(command: ConfirmLinkage, state: Linkage) -> Facts:
    """Whoever computed it or exempted money does not, and the unit was heard or let it pass."""
    if state.binds_from:
        return []
    if state.notice is None:
        raise LinkageStepOutOfOrder("A linkage is confirmed after the unit was notified.")
    today = business_date(command.now)
    if state.answer is None:
        expect_over(state.notice.answer_by, today)
    state.hands.expect_another(command.by, SamePersonDecidesAgain)
    if state.disagrees and not command.remark.strip():
        raise DisagreementUnanswered(pointer="/remark")
    silent = [] if state.answer else [LinkageUnanswered(due_on=state.notice.answer_by)]
    confirmed = LinkageConfirmed(
        linkage=state.decided,
        exemptions=tuple(state.exemptions.values()),
        remark=command.remark,
        confirmed_by=command.by,
        confirmed_on=today,
    )
    return [*silent, confirmed]


def _close(command: CloseLinkage, state: Linkage) -> Facts:
    if state.closed:
        return []
    if state.verified is None:
        raise LinkageStepOutOfOrder("A linkage is closed after it was verified.")
    if not state.verified.obeys and not command.remark.strip():
        raise CapBreached(pointer="/remark", excess=str(state.verified.excess))
    today = business_date(command.now)
    return [LinkageClosed(remark=command.remark, closed_by=command.by, closed_on=today)]
