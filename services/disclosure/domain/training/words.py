"""What may be asked of a training session, and what may have happened to it."""

from dataclasses import dataclass
from datetime import date, datetime

from services.disclosure.domain.values import TrainingChannel


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
class Attendance:
    """Who came: units and person-times; a person who comes twice counts twice.

    `sheet_sha256` is the hash of the sign-in sheet; the sheet itself, with its names, stays with
    the office. `unit_codes` may say which units came.
    """

    units: int
    person_times: int
    sheet_sha256: str = ""
    unit_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTraining:
    """A session is planned."""

    session: Session
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldTraining:
    """A session was held; what counts is held."""

    session_id: str
    held_on: date
    units: int
    person_times: int
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTraining:
    """The sign-in sheet is complete: the attendance is closed."""

    session_id: str
    attendance: Attendance
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectTraining:
    """The attendance was another one; the reason is kept."""

    session_id: str
    attendance: Attendance
    reason: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOffTraining:
    """A session does not take place."""

    session_id: str
    reason: str
    by: str
    now: datetime


type TrainingCommand = (
    PlanTraining | HoldTraining | CloseTraining | CorrectTraining | CallOffTraining
)


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
class TrainingClosed:
    """The attendance is closed, with the hash of its sign-in sheet."""

    attendance: Attendance


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingCorrected:
    """The attendance was another one, and why."""

    attendance: Attendance
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingDropped:
    """The session was called off."""

    reason: str


type TrainingEvent = (
    TrainingPlanned | TrainingHeld | TrainingClosed | TrainingCorrected | TrainingDropped
)
