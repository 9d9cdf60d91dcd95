"""The reviews of a target by department and finance, and how it goes back to its unit."""

from collections.abc import Sequence

from services.targets.domain.commands.target import CheckTarget, ReturnTarget, ReviewTarget
from services.targets.domain.events.target import (
    TargetChecked,
    TargetEvent,
    TargetReturned,
    TargetReviewed,
)
from services.targets.domain.four_eyes import four_eyes
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


def review(command: ReviewTarget, state: TargetState) -> Sequence[TargetEvent]:
    """The department passes it on."""
    match state:
        case InReview(stage=Stage.SUBMITTED, promise=promise):
            four_eyes(command.by, promise)
            return [TargetReviewed(opinion=command.opinion)]
        case Draft() | Rejected():
            raise TargetNotSubmitted
        case _:
            return []


def check(command: CheckTarget, state: TargetState) -> Sequence[TargetEvent]:
    """The four tests; one that fails gives it back."""
    match state:
        case InReview(stage=Stage.REVIEWED, promise=promise):
            four_eyes(command.by, promise)
            if command.failed:
                opinion = (command.opinion,) if command.opinion.strip() else ()
                return [TargetReturned(reasons=opinion, failed=command.failed)]
            return [TargetChecked(opinion=command.opinion)]
        case InReview(stage=Stage.SUBMITTED) | Draft() | Rejected():
            raise TargetNotReviewed
        case _:
            return []


def give_back(command: ReturnTarget, state: TargetState) -> Sequence[TargetEvent]:
    """A reviewer gives it back."""
    match state:
        case InReview(promise=promise) | ToComplete(promise=promise) | Ready(promise=promise):
            four_eyes(command.by, promise)
            if not command.reasons:
                raise ReasonMissing(pointer="/reasons")
            return [TargetReturned(reasons=command.reasons, office=command.office)]
        case Draft():
            return []
        case _:
            raise TargetNotUnderReview
