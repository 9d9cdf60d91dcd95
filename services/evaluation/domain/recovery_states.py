"""Where a recovery can stand; each state holds only what is true in it."""

from dataclasses import dataclass, field

from services.evaluation.domain.recovery_messages import (
    RecoveryAnswered,
    RecoveryApproved,
    RecoveryFailed,
    RecoveryIdentified,
    RecoveryNotified,
    RecoveryUnanswered,
)
from services.evaluation.domain.values import owned
from shared.domain.decider import Owner
from shared.domain.money import Money


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """Nobody claimed anything yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What every later state keeps: the claim itself, and what was received so far."""

    claim: RecoveryIdentified
    received: dict[str, Money] = field(default_factory=dict)


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
    """Done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Claim):
    """Not pursued."""


type Recovery = Unclaimed | Identified | Notified | Heard | Approved | Reopened | Booked | Withdrawn


def owner(state: Recovery) -> Owner | None:
    """A claim is the bureau's; the unit and its department see and answer it."""
    if isinstance(state, Unclaimed):
        return None
    return owned(state.claim.whose)
