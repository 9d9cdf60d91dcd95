"""What a recovery answers: facts, silence or a refusal."""

from collections.abc import Collection, Sequence
from typing import assert_never

from services.evaluation.domain.answering import expect_in_time, expect_over, expect_time
from services.evaluation.domain.recovery.commands import (
    AnswerRecovery,
    ApproveRecovery,
    BookRecovery,
    CheckMoney,
    CloseAnswerTerm,
    CloseRecovery,
    DropUnfounded,
    FailRecovery,
    IdentifyRecovery,
    NotifyRecovery,
    ReallocateRecovery,
    RecoveryRequest,
    WithdrawRecovery,
)
from services.evaluation.domain.recovery.events import (
    PartReceived,
    RecoveryAnswered,
    RecoveryApproved,
    RecoveryBooked,
    RecoveryEvent,
    RecoveryFailed,
    RecoveryNotified,
    RecoveryUnanswered,
    RecoveryWithdrawn,
)
from services.evaluation.domain.recovery.identifying import check, identify
from services.evaluation.domain.recovery.recoverable import still_recoverable
from services.evaluation.domain.recovery.states import (
    Approved,
    Booked,
    Claim,
    Heard,
    Identified,
    Notified,
    Recovery,
    Reopened,
    Unclaimed,
    Withdrawn,
)
from services.evaluation.domain.recovery.using import close, reallocate
from services.evaluation.domain.refusals import (
    BookedByTheLedger,
    MoreThanRecoverable,
    RecoveryStepOutOfOrder,
    RecoveryUnknown,
    SamePersonDecidesAgain,
)
from services.evaluation.domain.values import Route
from shared.domain.money import ZERO, Money
from shared.domain.workdays import business_date

type Facts = Sequence[RecoveryEvent]


def decide(command: RecoveryRequest, state: Recovery) -> Facts:
    """Claimed, heard, approved; what the ledger or the clock says is never refused."""
    match command:
        case IdentifyRecovery():
            return identify(command, state)
        case CheckMoney():
            return check(command, state)
        case CloseAnswerTerm() | FailRecovery() | DropUnfounded():
            return _heard(command, state)
        case ReallocateRecovery():
            return reallocate(command, state)
        case CloseRecovery():
            return close(command, state)
        case _:
            return _step(command, state)


def _step(
    command: NotifyRecovery | AnswerRecovery | ApproveRecovery | BookRecovery | WithdrawRecovery,
    state: Recovery,
) -> Facts:
    match command:
        case NotifyRecovery():
            return _notify(command, state)
        case AnswerRecovery():
            return _answer(command, state)
        case ApproveRecovery():
            return _approve(command, state)
        case BookRecovery():
            return _book(command, state)
        case WithdrawRecovery():
            return _withdraw(command, state)
        case _:
            assert_never(command)


def _heard(command: CloseAnswerTerm | FailRecovery | DropUnfounded, state: Recovery) -> Facts:
    match command, state:
        case CloseAnswerTerm(), Notified(notice=notice):
            return [RecoveryUnanswered(due_on=notice.answer_by)]
        case FailRecovery(entry=entry), Approved(refused=refused) if entry not in refused:
            return [
                RecoveryFailed(
                    whose=state.claim.whose,
                    asked=command.asked,
                    available=command.available,
                    entry=entry,
                )
            ]
        case DropUnfounded(reason=reason), Identified() | Notified() | Heard():
            return [RecoveryWithdrawn(reason=reason)] if state.claim.found_by_machine else []
        case _:
            return []


def _claimed(state: Recovery) -> Claim:
    if isinstance(state, Unclaimed):
        raise RecoveryUnknown
    return state


def _claimed_entries(state: Recovery) -> Collection[str]:
    return () if isinstance(state, Unclaimed) else state.received


def _notify(command: NotifyRecovery, state: Recovery) -> Facts:
    _claimed(state)
    if isinstance(state, Notified) and state.notice.document_no == command.document_no:
        return []
    if not isinstance(state, Identified):
        raise RecoveryStepOutOfOrder("The unit was notified before.")
    today = business_date(command.now)
    expect_time(command.answer_by, today)
    return [
        RecoveryNotified(
            document_no=command.document_no,
            answer_by=command.answer_by,
            notified_on=today,
            notified_by=command.by,
        )
    ]


def _answer(command: AnswerRecovery, state: Recovery) -> Facts:
    _claimed(state)
    fact = RecoveryAnswered(agrees=command.agrees, text=command.text, answered_by=command.by)
    if isinstance(state, Heard) and state.answer == fact:
        return []
    if not isinstance(state, Notified):
        raise RecoveryStepOutOfOrder("Only a notified recovery is answered, once.")
    expect_in_time(state.notice.answer_by, business_date(command.now))
    return [fact]


def _approve(command: ApproveRecovery, state: Recovery) -> Facts:
    claim = _claimed(state).claim
    today = business_date(command.now)
    before: list[RecoveryEvent] = []
    match state:
        case Approved(approval=approval) if approval.document_no == command.document_no:
            return []
        case Notified(notice=notice):
            expect_over(notice.answer_by, today)
            before.append(RecoveryUnanswered(due_on=notice.answer_by))
            limit = claim.amount
        case Heard():
            limit = claim.amount
        case Reopened(failure=failure):
            limit = failure.available
        case _:
            raise RecoveryStepOutOfOrder("It is approved after the unit was heard.")
    state.hands.expect_another(command.by, SamePersonDecidesAgain)
    amount = command.amount or claim.amount
    if not ZERO < amount <= limit:
        raise MoreThanRecoverable(pointer="/amount", recoverable=str(limit))
    left = still_recoverable(command, claim)
    approved = RecoveryApproved(
        whose=claim.whose,
        route=claim.route,
        reason=claim.reason,
        amount=amount,
        document_no=command.document_no,
        approved_by=command.by,
        approved_on=today,
        recoverable=left,
    )
    return [*before, approved]


def _book(command: BookRecovery, state: Recovery) -> Facts:
    """What the ledger says is never refused; a slip is, where the ledger has the word.

    Refunded money also leaves the quota, and the ledger says both: only the refund counts.
    """
    by_ledger = command.route is not Route.PRIOR_YEAR_PAYMENT
    if command.entry in _claimed_entries(state):
        return []
    if by_ledger and not (isinstance(state, Approved) and state.claim.route is command.route):
        return []
    if not isinstance(state, Approved):
        _claimed(state)
        raise RecoveryStepOutOfOrder("Only an approved recovery is booked.")
    if state.claim.route is not command.route:
        raise BookedByTheLedger
    part = PartReceived(entry=command.entry, amount=command.amount, document_no=command.document_no)
    total = Money.total((*state.received.values(), command.amount))
    if total < state.approval.amount:
        return [part]
    booked = RecoveryBooked(
        whose=state.claim.whose,
        route=state.claim.route,
        amount=total,
        document_no=command.document_no or state.approval.document_no,
        booked_on=command.booked_on,
        confirmation_no=command.confirmation_no or command.entry,
    )
    return [part, booked]


def _withdraw(command: WithdrawRecovery, state: Recovery) -> Facts:
    match state:
        case Withdrawn():
            return []
        case Unclaimed():
            raise RecoveryUnknown
        case Approved() | Booked():
            raise RecoveryStepOutOfOrder("An approved recovery is not dropped.")
        case _:
            return [RecoveryWithdrawn(reason=command.reason)]
