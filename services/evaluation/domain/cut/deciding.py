"""What a cut answers: facts, silence or a refusal."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from services.evaluation.domain.answering import expect_in_time, expect_over, expect_time
from services.evaluation.domain.cut.commands import (
    AnswerCut,
    CloseCut,
    CloseCutTerm,
    ConfirmCut,
    CutRequest,
    DropCut,
    FindCut,
    NoteWritten,
    NotifyCut,
    ProposeCut,
    WithdrawCut,
)
from services.evaluation.domain.cut.events import (
    CutAnswered,
    CutClosed,
    CutConfirmed,
    CutEvent,
    CutNotified,
    CutUnanswered,
    CutWithdrawn,
    CutWritten,
)
from services.evaluation.domain.cut.proposing import drop, find, propose
from services.evaluation.domain.cut.states import Cut, CutState
from services.evaluation.domain.refusals import (
    CutStepOutOfOrder,
    CutUnknown,
    SamePersonDecidesAgain,
)
from shared.domain.hands import hands
from shared.domain.workdays import business_date

type Facts = Sequence[CutEvent]


def decide(command: CutRequest, state: CutState) -> Facts:
    """Proposed once per application and budget year; then step by step."""
    if isinstance(command, ProposeCut | FindCut | DropCut):
        return _proposed(command, state)
    if state is None:
        if isinstance(command, NoteWritten):
            return []
        raise CutUnknown
    match command:
        case CloseCutTerm() | NoteWritten():
            return _heard(command, state)
        case NotifyCut():
            return _notify(command, state)
        case AnswerCut():
            return _answer(command, state)
        case _:
            return _settle(command, state)


def _proposed(command: ProposeCut | FindCut | DropCut, state: CutState) -> Facts:
    """By a person, or by the machine, which is never refused."""
    match command:
        case ProposeCut():
            return propose(command, state)
        case FindCut():
            return find(command, state)
        case DropCut():
            return drop(command, state)


def _notify(command: NotifyCut, state: Cut) -> Facts:
    fact = CutNotified(
        document_no=command.document_no, answer_by=command.answer_by, notified_by=command.by
    )
    known = state.notice and replace(state.notice, notified_by=command.by)
    facts = _once(known, fact, allowed=not state.end)
    if facts:
        expect_time(command.answer_by, business_date(command.now))
    return facts


def _answer(command: AnswerCut, state: Cut) -> Facts:
    fact = CutAnswered(agrees=command.agrees, text=command.text, answered_by=command.by)
    facts = _once(state.answer, fact, allowed=bool(state.notice) and not state.end)
    if facts and state.notice:
        expect_in_time(state.notice.answer_by, business_date(command.now))
    return facts


def _settle(command: ConfirmCut | CloseCut | WithdrawCut, state: Cut) -> Facts:
    match command:
        case ConfirmCut():
            return _confirm(command, state)
        case CloseCut():
            return _close(command, state)
        case WithdrawCut():
            if isinstance(state.end, CutConfirmed):
                raise CutStepOutOfOrder("A confirmed cut is not dropped.")
            return [] if state.end else [CutWithdrawn(reason=command.reason)]
        case _:
            assert_never(command)


def _heard(command: CloseCutTerm | NoteWritten, state: Cut) -> Facts:
    """What the clock or the budget system says is never refused."""
    if isinstance(command, CloseCutTerm):
        if state.notice is None or state.answer or state.end:
            return []
        return [CutUnanswered(due_on=state.notice.answer_by)]
    if not isinstance(state.end, CutConfirmed) or state.closed:
        return []
    # What was granted before the cut was known is corrected there, and told again.
    if command.granted > command.requested - state.proposal.amount:
        return []
    fact = CutWritten(
        requested=command.requested,
        granted=command.granted,
        cut=command.cut,
        written_on=business_date(command.now),
    )
    known = state.written
    if known and (known.granted, known.cut) == (fact.granted, fact.cut):
        return []
    return [fact]


def _close(command: CloseCut, state: Cut) -> Facts:
    if state.closed:
        return []
    if state.written is None:
        raise CutStepOutOfOrder("A cut is closed once it stands in the budget.")
    return [CutClosed(closed_by=command.by, closed_on=business_date(command.now))]


def _once[E: CutNotified | CutAnswered](
    known: CutEvent | None, fact: E, *, allowed: bool
) -> Sequence[E]:
    """A step taken once, at its turn; the same again is silent."""
    if known == fact:
        return []
    if known is not None or not allowed:
        raise CutStepOutOfOrder
    return [fact]


def _confirm(command: ConfirmCut, state: Cut) -> Facts:
    if isinstance(state.end, CutConfirmed):
        return []
    if state.end or state.notice is None:
        raise CutStepOutOfOrder("A cut is confirmed after the unit was notified.")
    today = business_date(command.now)
    if state.answer is None:
        expect_over(state.notice.answer_by, today)
    # What the machine found has its first person in whoever told the unit of it.
    first = hands(state.proposal.proposed_by)
    if state.proposal.found_by_machine:
        first = first.also(state.notice.notified_by)
    first.expect_another(command.by, SamePersonDecidesAgain)
    silent = [] if state.answer else [CutUnanswered(due_on=state.notice.answer_by)]
    confirmed = CutConfirmed(cut=state.proposal, confirmed_by=command.by, confirmed_on=today)
    return [*silent, confirmed]
