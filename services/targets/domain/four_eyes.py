"""Whoever wrote or handed in a target judges it at no step (`domain` §2.3)."""

from services.targets.domain.promise import Promise
from services.targets.domain.refusals import ReviewerDraftedTarget
from services.targets.domain.target_states import (
    Adjusting,
    Approved,
    Closed,
    NoTarget,
    TargetState,
)
from shared.domain.hands import NOBODY, Hands


def four_eyes(actor: str, promise: Promise) -> None:
    """Let pass whoever is not an author."""
    promise.authors.expect_another(actor, ReviewerDraftedTarget)


def authors_of(state: TargetState) -> Hands:
    """Everybody who wrote or signed what the target says."""
    match state:
        case NoTarget():
            return NOBODY
        case Approved(authors=authors):
            return authors
        case Adjusting(approved=approved) | Closed(approved=approved):
            return approved.authors
        case _:
            return state.promise.authors
