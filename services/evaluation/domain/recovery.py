"""Recovery of idle or ineffective money in the year: claimed, heard, approved, booked.

identified → notified → answered or unanswered → approved → booked by the ledger. A claim the
ledger cannot meet is open again. Nothing is recovered before it is booked.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import assert_never

from services.evaluation.domain.recoverable import limit_of
from services.evaluation.domain.recovery_messages import (
    AnswerRecovery,
    ApproveRecovery,
    BookRecovery,
    CloseAnswerTerm,
    FailRecovery,
    IdentifyRecovery,
    NotifyRecovery,
    PartReceived,
    RecoveryAnswered,
    RecoveryApproved,
    RecoveryBooked,
    RecoveryEvent,
    RecoveryFailed,
    RecoveryIdentified,
    RecoveryNotified,
    RecoveryRequest,
    RecoveryUnanswered,
    RecoveryWithdrawn,
    WithdrawRecovery,
)
from services.evaluation.domain.recovery_states import (
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
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    BookedByTheLedger,
    MoreThanRecoverable,
    NothingToRecover,
    RecoveryStepOutOfOrder,
    RecoveryUnknown,
    SamePersonDecidesAgain,
    SelfEvaluationUnknown,
    StillTimeToAnswer,
)
from services.evaluation.domain.self_evaluation.states import project_of
from services.evaluation.domain.values import Route, project_year
from services.evaluation.domain.watched import watched, watched_reference
from shared.domain.decider import Reference
from shared.domain.money import ZERO, Money
from shared.domain.workdays import business_date


def decide(  # noqa: PLR0911 - one answer per command
    command: RecoveryRequest, state: Recovery
) -> Sequence[RecoveryEvent]:
    """Facts, silence or a refusal."""
    match command:
        case IdentifyRecovery():
            return _identify(command, state)
        case NotifyRecovery():
            return _notify(command, state)
        case AnswerRecovery():
            return _answer(command, state)
        case CloseAnswerTerm():
            return _close_term(state)
        case ApproveRecovery():
            return _approve(command, state)
        case BookRecovery():
            return _book(command, state)
        case FailRecovery():
            return _reopen(command, state)
        case WithdrawRecovery():
            return _withdraw(command, state)
        case _:
            assert_never(command)


def _identify(command: IdentifyRecovery, state: Recovery) -> Sequence[RecoveryEvent]:
    project = command.project
    if project is None:
        raise SelfEvaluationUnknown(f"no target of {command.project_code} was approved")
    if not isinstance(state, Unclaimed):
        told = (state.claim.amount, state.claim.route, state.claim.reason)
        if told == (command.amount, command.route, command.reason):
            return []
        raise AlreadyRecorded
    if command.amount <= ZERO:
        raise NothingToRecover(pointer="/amount")
    quota = command.quota or project.budget
    limit = limit_of(command, quota)
    if limit is not None and command.amount > limit:
        raise MoreThanRecoverable(pointer="/amount", recoverable=str(limit))
    return [
        RecoveryIdentified(
            project_name=project.name,
            whose=project.whose,
            reason=command.reason,
            route=command.route,
            amount=command.amount,
            basis=command.basis,
            quota=quota,
            paid=command.paid,
            commitments=command.commitments,
            frozen=command.frozen,
            recoverable=limit or command.amount,
            origin=project.origin,
            identified_by=command.by,
        )
    ]


def _claimed(state: Recovery) -> Claim:
    if isinstance(state, Unclaimed):
        raise RecoveryUnknown
    return state


def _claimed_entries(state: Recovery) -> Collection[str]:
    return () if isinstance(state, Unclaimed) else state.received


def _notify(command: NotifyRecovery, state: Recovery) -> Sequence[RecoveryEvent]:
    _claimed(state)
    if isinstance(state, Notified) and state.notice.document_no == command.document_no:
        return []
    if not isinstance(state, Identified):
        raise RecoveryStepOutOfOrder("The unit was notified before.")
    return [
        RecoveryNotified(
            document_no=command.document_no,
            answer_by=command.answer_by,
            notified_on=business_date(command.now),
        )
    ]


def _answer(command: AnswerRecovery, state: Recovery) -> Sequence[RecoveryEvent]:
    _claimed(state)
    fact = RecoveryAnswered(agrees=command.agrees, text=command.text, answered_by=command.by)
    if isinstance(state, Heard) and state.answer == fact:
        return []
    if not isinstance(state, Notified):
        raise RecoveryStepOutOfOrder("Only a notified recovery is answered, once.")
    return [fact]


def _approve(command: ApproveRecovery, state: Recovery) -> Sequence[RecoveryEvent]:
    claim = _claimed(state).claim
    today = business_date(command.now)
    before: list[RecoveryEvent] = []
    match state:
        case Approved(approval=approval) if approval.document_no == command.document_no:
            return []
        case Notified(notice=notice) if today <= notice.answer_by:
            raise StillTimeToAnswer(answer_by=notice.answer_by.isoformat())
        case Notified(notice=notice):
            before.append(RecoveryUnanswered(due_on=notice.answer_by))
            limit = claim.amount
        case Heard():
            limit = claim.amount
        case Reopened(failure=failure):
            limit = failure.available
        case _:
            raise RecoveryStepOutOfOrder("It is approved after the unit was heard.")
    if claim.identified_by == command.by:
        raise SamePersonDecidesAgain
    amount = command.amount or claim.amount
    if not ZERO < amount <= limit:
        raise MoreThanRecoverable(pointer="/amount", recoverable=str(limit))
    approved = RecoveryApproved(
        whose=claim.whose,
        route=claim.route,
        reason=claim.reason,
        amount=amount,
        document_no=command.document_no,
        approved_by=command.by,
        approved_on=today,
    )
    return [*before, approved]


def _book(command: BookRecovery, state: Recovery) -> Sequence[RecoveryEvent]:
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
    )
    return [part, booked]


def _close_term(state: Recovery) -> Sequence[RecoveryEvent]:
    if not isinstance(state, Notified):
        return []
    return [RecoveryUnanswered(due_on=state.notice.answer_by)]


def _reopen(command: FailRecovery, state: Recovery) -> Sequence[RecoveryEvent]:
    if not isinstance(state, Approved):
        return []
    return [
        RecoveryFailed(whose=state.claim.whose, asked=command.asked, available=command.available)
    ]


def _withdraw(command: WithdrawRecovery, state: Recovery) -> Sequence[RecoveryEvent]:
    match state:
        case Withdrawn():
            return []
        case Unclaimed():
            raise RecoveryUnknown
        case Approved() | Booked():
            raise RecoveryStepOutOfOrder("An approved recovery is not dropped.")
        case _:
            return [RecoveryWithdrawn(reason=command.reason)]


def evolve(  # noqa: PLR0911 - one answer per fact
    state: Recovery, event: RecoveryEvent
) -> Recovery:
    """What is true after this fact."""
    if isinstance(event, RecoveryIdentified):
        return Identified(claim=event)
    assert not isinstance(state, Unclaimed)
    claim, received = state.claim, state.received
    match event:
        case RecoveryNotified():
            return Notified(claim=claim, notice=event)
        case RecoveryAnswered() | RecoveryUnanswered():
            return Heard(claim=claim, answer=event)
        case RecoveryApproved():
            return Approved(claim=claim, received=received, approval=event)
        case PartReceived():
            return replace(state, received={**received, event.entry: event.amount})
        case RecoveryBooked():
            return Booked(claim=claim, received=received)
        case RecoveryFailed():
            return Reopened(claim=claim, received=received, failure=event)
        case RecoveryWithdrawn():
            return Withdrawn(claim=claim, received=received)
        case _:
            assert_never(event)


def identify(command: RecoveryRequest) -> str:
    """One stream per claim."""
    return command.recovery_id


def consults(command: RecoveryRequest) -> Sequence[Reference]:
    """A claim rests on the approved target and on the money that left."""
    if not isinstance(command, IdentifyRecovery):
        return ()
    project = project_year(command.project_code, command.fiscal_year)
    return (Reference("self_evaluation", project), watched_reference(project))


def inform(command: RecoveryRequest, states: Sequence[object]) -> RecoveryRequest:
    """Write both into the command."""
    if not isinstance(command, IdentifyRecovery):
        return command
    project = next((p for p in map(project_of, states) if p), None)
    return replace(command, project=project, paid=watched(states).paid)
