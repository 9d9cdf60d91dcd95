"""Whoever wrote or handed in a target judges it at no step (`domain` §2.3)."""

from services.targets.domain.refusals import ReviewerDraftedTarget
from services.targets.domain.target_states import Promise


def four_eyes(actor: str, promise: Promise) -> None:
    """Let pass whoever is not an author."""
    if actor in promise.authors:
        raise ReviewerDraftedTarget
