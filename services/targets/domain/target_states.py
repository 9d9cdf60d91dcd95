"""Where a performance target stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from services.targets.domain.adjustment_words import SigningOffice
from services.targets.domain.events.target import (
    TargetAdjusted,
    TargetAdjustmentRequested,
    TargetAdjustmentSigned,
    TargetValuesProposed,
)
from services.targets.domain.promise import Promise
from services.targets.domain.values import Basis, Indicator
from shared.domain.hands import NOBODY, Hands
from shared.domain.money import Money


class Stage(StrEnum):
    """How far a review has come."""

    SUBMITTED = "SUBMITTED"
    REVIEWED = "REVIEWED"
    CHECKED = "CHECKED"


@dataclass(frozen=True, slots=True)
class NoTarget:
    """Nothing is promised. Adjustments refused for want of a target are remembered."""

    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The unit is at work on it; the head signs when both of its locks are closed."""

    promise: Promise
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class InReview:
    """Somebody else has it."""

    promise: Promise
    stage: Stage
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToComplete:
    """Graded good: finance and unit complete it."""

    promise: Promise
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """It passed; the budget is waited for."""

    promise: Promise
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Graded poor."""

    promise: Promise
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What an adjustment changed, and what stood there before: it may have to be undone."""

    change: TargetAdjusted
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """It binds. `refused`, `adjusted` and `withdrawn` are the adjustments that have ended.

    `before` holds what each adjustment of money changed, as long as it was not undone.
    """

    basis: Basis
    authors: Hands
    version: int
    budget: Money
    indicators: tuple[Indicator, ...]
    refused: frozenset[str] = frozenset()
    adjusted: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    annual_goal: str = ""
    before: Mapping[str, Before] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusting:
    """It binds, and a change waits for signatures. `proposal`: the unit's own values in a pair.

    `askers` are all who asked for it, or for other values before these.
    """

    approved: Approved
    asked: TargetAdjustmentRequested
    proposal: TargetValuesProposed | None = None
    askers: Hands = NOBODY
    signatures: Mapping[SigningOffice, TargetAdjustmentSigned] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """The year was evaluated."""

    approved: Approved


type Promised = Draft | InReview | ToComplete | Ready | Rejected
type TargetState = NoTarget | Promised | Approved | Adjusting | Closed


NO_TARGET: Final = NoTarget()


def target_of(state: object) -> TargetState:
    """The target, as a decision that consulted it was told."""
    known = Draft | InReview | ToComplete | Ready | Rejected | Approved | Adjusting | Closed
    return state if isinstance(state, known) else NO_TARGET


def basis_of(state: TargetState) -> Basis | None:
    """The project a target belongs to."""
    match state:
        case NoTarget():
            return None
        case Draft() | InReview() | ToComplete() | Ready() | Rejected():
            return state.promise.basis
        case Approved():
            return state.basis
        case Adjusting() | Closed():
            return state.approved.basis
