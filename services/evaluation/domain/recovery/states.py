"""Where a recovery can stand; each state holds only what is true in it."""

from dataclasses import dataclass, field, replace
from typing import assert_never

from services.evaluation.domain.recovery.events import (
    PartReceived,
    RecoveryAnswered,
    RecoveryApproved,
    RecoveryBooked,
    RecoveryClosed,
    RecoveryEvent,
    RecoveryFailed,
    RecoveryIdentified,
    RecoveryNotified,
    RecoveryReallocated,
    RecoveryUnanswered,
    RecoveryWithdrawn,
)
from services.evaluation.domain.values import owned
from shared.domain.decider import Owner
from shared.domain.hands import NOBODY, Hands, hands
from shared.domain.money import Money


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """Nobody claimed anything yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What every later state keeps: the claim itself, what came of it, what the ledger refused.

    `hands` are who claimed it and who told the unit: they approve it neither at first nor anew.
    """

    claim: RecoveryIdentified
    hands: Hands = NOBODY
    received: dict[str, Money] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified(Claim):
    """Claimed; the unit does not know yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notified(Claim):
    """The unit knows and may answer."""

    notice: RecoveryNotified


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Claim):
    """The unit answered or let its term pass: it can be decided."""

    notice: RecoveryNotified
    answer: RecoveryAnswered | RecoveryUnanswered


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved(Claim):
    """The money is being taken back."""

    approval: RecoveryApproved


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Claim):
    """The ledger had less: decide again, for no more than it has."""

    failure: RecoveryFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked(Claim):
    """The money is in the books; `used` says what of it went where."""

    booking: RecoveryBooked
    used: dict[str, RecoveryReallocated] = field(default_factory=dict)
    closed: RecoveryClosed | None = None

    @property
    def left(self) -> Money:
        """What was not reallocated yet."""
        return self.booking.amount - Money.total(one.amount for one in self.used.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Claim):
    """Not pursued."""


type Recovery = Unclaimed | Identified | Notified | Heard | Approved | Reopened | Booked | Withdrawn


def owner(state: Recovery) -> Owner | None:
    """A claim is the bureau's; the unit and its department see and answer it."""
    if isinstance(state, Unclaimed):
        return None
    return owned(state.claim.whose)


def evolve(  # noqa: PLR0911 - one answer per fact
    state: Recovery, event: RecoveryEvent
) -> Recovery:
    """What is true after this fact."""
    if isinstance(event, RecoveryIdentified):
        return Identified(claim=event, hands=hands(event.identified_by))
    assert not isinstance(state, Unclaimed)
    claim, received, who = state.claim, state.received, state.hands
    match event:
        case RecoveryNotified():
            return Notified(claim=claim, hands=who.also(event.notified_by), notice=event)
        case RecoveryAnswered() | RecoveryUnanswered():
            assert isinstance(state, Notified)
            return Heard(claim=claim, hands=who, notice=state.notice, answer=event)
        case RecoveryApproved():
            refused = state.refused
            return Approved(
                claim=claim, hands=who, received=received, refused=refused, approval=event
            )
        case PartReceived():
            return replace(state, received={**received, event.entry: event.amount})
        case RecoveryBooked():
            return Booked(claim=claim, hands=who, received=received, booking=event)
        case RecoveryReallocated() | RecoveryClosed():
            return _used(state, event)
        case RecoveryFailed():
            refused = state.refused | {event.entry} if event.entry else state.refused
            return Reopened(
                claim=claim, hands=who, received=received, refused=refused, failure=event
            )
        case RecoveryWithdrawn():
            return Withdrawn(claim=claim, hands=who, received=received)
        case _:
            assert_never(event)


def _used(state: Recovery, event: RecoveryReallocated | RecoveryClosed) -> Booked:
    assert isinstance(state, Booked)
    if isinstance(event, RecoveryClosed):
        return replace(state, closed=event)
    return replace(state, used={**state.used, event.entry: event})
