"""The words of an adjustment: its kinds, and how far it has come (`domain` §3.6)."""

from enum import StrEnum
from typing import Final

from shared.domain.money import ZERO, Money


class AdjustmentKind(StrEnum):
    """The five kinds of `domain` §3.6."""

    INTERNAL_TRANSFER = "INTERNAL_TRANSFER"
    REDUCTION = "REDUCTION"
    INCREASE = "INCREASE"
    SUSPENSION = "SUSPENSION"
    RECALL_IN_YEAR = "RECALL_IN_YEAR"


class AdjustmentStatus(StrEnum):
    """Where an adjustment stands. What it takes is frozen from the first of them (ADR 0018)."""

    PROPOSED = "PROPOSED"
    PAIRED = "PAIRED"
    UNDER_REVIEW = "UNDER_REVIEW"
    APPROVED = "APPROVED"
    EXECUTED = "EXECUTED"
    REPORTED = "REPORTED"
    CLOSED = "CLOSED"
    REFUSED = "REFUSED"
    FAILED_EXECUTION = "FAILED_EXECUTION"


WAITING: Final = frozenset(
    {AdjustmentStatus.PROPOSED, AdjustmentStatus.PAIRED, AdjustmentStatus.UNDER_REVIEW}
)
"""Nothing has changed yet, and it can still be refused."""

CARRIED_OUT: Final = frozenset({AdjustmentStatus.EXECUTED, AdjustmentStatus.REPORTED})
"""Money and target have changed, and something is left to do about it."""

_TAKES: Final = frozenset(
    {AdjustmentKind.INTERNAL_TRANSFER, AdjustmentKind.REDUCTION, AdjustmentKind.RECALL_IN_YEAR}
)


def signed_change(kind: AdjustmentKind, amount: Money, *, receives: bool = False) -> Money:
    """What an adjustment does to the budget of its project."""
    if kind is AdjustmentKind.SUSPENSION:
        return ZERO
    return -amount if kind in _TAKES and not receives else amount
