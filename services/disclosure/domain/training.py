"""A training session: planned, held with its person-times, or called off.

Person-times (人次) are not persons: who comes twice counts twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, assert_never

from services.disclosure.domain.refusals import (
    NumberTaken,
    TrainingAlreadyHeld,
    TrainingCalledOff,
    TrainingUnknown,
    TrainingWithoutPeople,
)
from services.disclosure.domain.values import TrainingChannel
from shared.domain.decider import Decider, Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What is planned."""

    session_id: str
    region_code: str
    topic: str
    channel: TrainingChannel
    trainer: str
    planned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTraining:
    """A session is planned."""

    session: Session
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldTraining:
    """A session was held; its attendance is closed."""

    session_id: str
    held_on: date
    units: int
    person_times: int
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOffTraining:
    """A session does not take place."""

    session_id: str
    reason: str
    by: str
    now: datetime


type TrainingCommand = PlanTraining | HoldTraining | CallOffTraining


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingPlanned:
    """There will be a session."""

    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingHeld:
    """There was a session, with so many units and person-times."""

    held_on: date
    units: int
    person_times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingDropped:
    """The session was called off."""

    reason: str


type TrainingEvent = TrainingPlanned | TrainingHeld | TrainingDropped


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """What is known of a session."""

    session: Session | None = None
    held: TrainingHeld | None = None
    dropped: bool = False


def decide(command: TrainingCommand, training: Training) -> Sequence[TrainingEvent]:
    """A session that was held stays held."""
    match command:
        case PlanTraining(session=session):
            if training.session is None:
                return [TrainingPlanned(session=session)]
            if training.session != session:
                raise NumberTaken(session_id=session.session_id)
            return []
        case HoldTraining():
            return _hold(command, training)
        case CallOffTraining(reason=reason):
            if training.session is None:
                raise TrainingUnknown
            if training.held:
                raise TrainingAlreadyHeld
            return [] if training.dropped else [TrainingDropped(reason=reason)]
        case _:
            assert_never(command)


def _hold(command: HoldTraining, training: Training) -> Sequence[TrainingEvent]:
    if training.session is None:
        raise TrainingUnknown
    if training.dropped:
        raise TrainingCalledOff
    if command.person_times <= 0:
        raise TrainingWithoutPeople(pointer="/person_times")
    held = TrainingHeld(
        held_on=command.held_on, units=command.units, person_times=command.person_times
    )
    if training.held and training.held != held:
        raise TrainingAlreadyHeld
    return [] if training.held else [held]


def evolve(training: Training, event: TrainingEvent) -> Training:
    """Remember what happened to it."""
    match event:
        case TrainingPlanned(session=session):
            return Training(session=session)
        case TrainingHeld():
            return Training(session=training.session, held=event)
        case TrainingDropped():
            return Training(session=training.session, dropped=True)
        case _:
            assert_never(event)


def _identify(command: TrainingCommand) -> str:
    if isinstance(command, PlanTraining):
        return command.session.session_id
    return command.session_id


def _owner(training: Training) -> Owner | None:
    return Owner(region_code=training.session.region_code) if training.session else None


decider: Final[Decider[TrainingCommand, TrainingEvent, Training]] = Decider(
    category="training",
    initial=Training(),
    commands=(PlanTraining, HoldTraining, CallOffTraining),
    events={
        "TrainingPlanned": TrainingPlanned,
        "TrainingHeld": TrainingHeld,
        "TrainingDropped": TrainingDropped,
    },
    decide=decide,
    evolve=evolve,
    identify=_identify,
    owner=_owner,
)
