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


def four_eyes(actor: str, promise: Promise) -> None:
    """Let pass whoever is not an author."""
    if actor in promise.authors:
        raise ReviewerDraftedTarget


def authors_of(state: TargetState) -> frozenset[str]:
    """Everybody who wrote or signed what the target says."""
    match state:
        case NoTarget():
            return frozenset()
        case Approved(authors=authors):
            return authors
        case Adjusting(approved=approved) | Closed(approved=approved):
            return approved.authors
        case _:
            return state.promise.authors
