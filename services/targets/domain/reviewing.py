"""The reviews of a target by department and finance, and how it goes back to its unit."""

from collections.abc import Sequence
from datetime import datetime

from services.targets.domain.commands.target import CheckTarget, ReturnTarget, ReviewTarget
from services.targets.domain.duties import Desk, ReturnReason, Stay, office_of
from services.targets.domain.events.target import (
    TargetChecked,
    TargetEvent,
    TargetReturned,
    TargetReviewed,
)
from services.targets.domain.four_eyes import four_eyes
from services.targets.domain.locks import LOCKS, left
from services.targets.domain.promise import Promise
from services.targets.domain.refusals import (
    ReasonMissing,
    TargetNotReviewed,
    TargetNotSubmitted,
    TargetNotUnderReview,
)
from services.targets.domain.target_states import (
    Draft,
    InReview,
    Ready,
    Rejected,
    Stage,
    TargetState,
    ToComplete,
)
from services.targets.domain.values import Office


def review(command: ReviewTarget, state: TargetState) -> Sequence[TargetEvent]:
    """The department passes it on."""
    match state:
        case InReview(stage=Stage.SUBMITTED, promise=promise):
            four_eyes(command.by, promise)
            stay = _stay(promise, Desk.DEPARTMENT, command.now)
            return [TargetReviewed(opinion=command.opinion, stay=stay)]
        case Draft() | Rejected():
            raise TargetNotSubmitted
        case _:
            return []


def check(command: CheckTarget, state: TargetState) -> Sequence[TargetEvent]:
    """The four tests; one that fails gives it back."""
    match state:
        case InReview(stage=Stage.REVIEWED, promise=promise):
            four_eyes(command.by, promise)
            stay = _stay(promise, Desk.BUREAU, command.now)
            if command.failed:
                return [_failed(command, stay)]
            return [TargetChecked(opinion=command.opinion, stay=stay)]
        case InReview(stage=Stage.SUBMITTED) | Draft() | Rejected():
            raise TargetNotReviewed
        case _:
            return []


def give_back(command: ReturnTarget, state: TargetState) -> Sequence[TargetEvent]:
    """A reviewer gives it back."""
    match state:
        case InReview(promise=promise) | ToComplete(promise=promise) | Ready(promise=promise):
            four_eyes(command.by, promise)
            if not command.reasons and not command.codes:
                raise ReasonMissing(pointer="/reasons")
            return [_returned(command, promise)]
        case Draft():
            return []
        case _:
            raise TargetNotUnderReview


def _failed(command: CheckTarget, stay: Stay | None) -> TargetReturned:
    opinion = (command.opinion,) if command.opinion.strip() else ()
    codes = tuple(ReturnReason(test) for test in command.failed)
    return TargetReturned(
        reasons=opinion,
        failed=command.failed,
        codes=codes,
        reopened=_concerned(codes, Office.BUSINESS),
        stay=stay,
    )


def _returned(command: ReturnTarget, promise: Promise) -> TargetReturned:
    # Whoever has it gives it back: the department what was submitted, the bureau the rest.
    desk = next(iter(promise.desks), Desk.BUREAU)
    return TargetReturned(
        reasons=command.reasons,
        office=command.office,
        codes=command.codes,
        reopened=_concerned(command.codes, command.office),
        stay=_stay(promise, desk, command.now),
    )


def _concerned(codes: Sequence[ReturnReason], office: Office) -> tuple[Office, ...]:
    """The offices whose lock opens again: those of the codes, else the one that is named."""
    offices = {office_of(code) for code in codes} or {office}
    return tuple(one for one in LOCKS if one in offices)


def _stay(promise: Promise, desk: Desk, now: datetime) -> Stay | None:
    return left(promise.desks, desk, now, promise.basis.region_code)
