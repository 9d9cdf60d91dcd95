"""A training session: planned, held, its attendance closed; or called off.

PLANNED → HELD → ATTENDANCE_CLOSED (`domain` §3.12). What counts is HELD or later: sessions and
person-times (人次), which are not persons: who comes twice counts twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, assert_never

from services.disclosure.domain.refusals import (
    NumberTaken,
    TrainingAlreadyHeld,
    TrainingCalledOff,
    TrainingUnknown,
    TrainingWithoutPeople,
)
from services.disclosure.domain.training.refusals import (
    AttendanceClosed,
    TrainingHeldInFuture,
    TrainingNotHeld,
    UnitsMiscounted,
)
from services.disclosure.domain.training.words import (
    Attendance,
    CallOffTraining,
    CloseTraining,
    CorrectTraining,
    HoldTraining,
    PlanTraining,
    Session,
    TrainingClosed,
    TrainingCommand,
    TrainingCorrected,
    TrainingDropped,
    TrainingEvent,
    TrainingHeld,
    TrainingPlanned,
)
from shared.domain.decider import Decider, Owner
from shared.domain.workdays import business_date

__all__ = [
    "Attendance",
    "CallOffTraining",
    "CloseTraining",
    "CorrectTraining",
    "HoldTraining",
    "PlanTraining",
    "Session",
    "Training",
    "TrainingClosed",
    "TrainingCorrected",
    "TrainingDropped",
    "TrainingEvent",
    "TrainingHeld",
    "TrainingPlanned",
    "decide",
    "decider",
    "evolve",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """What is known of a session; `attendance` are the numbers that count now."""

    session: Session | None = None
    held: TrainingHeld | None = None
    attendance: Attendance | None = None
    closed: bool = False
    dropped: bool = False


def decide(command: TrainingCommand, training: Training) -> Sequence[TrainingEvent]:
    """A session that was held stays held; its numbers change with a reason only."""
    match command:
        case PlanTraining(session=session):
            if training.session is None:
                return [TrainingPlanned(session=session)]
            if training.session != session:
                raise NumberTaken(session_id=session.session_id)
            return []
        case HoldTraining():
            return _hold(command, training)
        case CloseTraining(attendance=attendance):
            return _close(attendance, training)
        case CorrectTraining():
            return _correct(command, training)
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
    if command.held_on > business_date(command.now):
        raise TrainingHeldInFuture(pointer="/held_on", remedy="Record it once it was held.")
    held = TrainingHeld(
        held_on=command.held_on, units=command.units, person_times=command.person_times
    )
    if training.held is None or training.attendance is None:
        return [held]
    now = replace(
        training.held,
        units=training.attendance.units,
        person_times=training.attendance.person_times,
    )
    if held not in (training.held, now):
        raise TrainingAlreadyHeld(
            pointer="/person_times",
            remedy="Correct the attendance with a reason.",
            remedy_zh="请更正签到人数并说明理由",
        )
    return []


def _close(attendance: Attendance, training: Training) -> Sequence[TrainingEvent]:
    _expect_held(attendance, training)
    if not training.closed:
        return [TrainingClosed(attendance=attendance)]
    known = training.attendance
    if known is not None and not attendance.unit_codes:
        known = replace(known, unit_codes=())  # a list of trainings counts units, it names none
    if attendance != known:
        raise AttendanceClosed(
            pointer="/person_times",
            remedy="Correct the attendance with a reason.",
            remedy_zh="请更正签到人数并说明理由",
        )
    return []


def _correct(command: CorrectTraining, training: Training) -> Sequence[TrainingEvent]:
    _expect_held(command.attendance, training)
    if command.attendance == training.attendance:
        return []
    return [TrainingCorrected(attendance=command.attendance, reason=command.reason)]


def _expect_held(attendance: Attendance, training: Training) -> None:
    if training.session is None:
        raise TrainingUnknown
    if training.dropped:
        raise TrainingCalledOff
    if training.held is None:
        raise TrainingNotHeld
    if attendance.person_times <= 0:
        raise TrainingWithoutPeople(pointer="/person_times")
    named = len(set(attendance.unit_codes))
    if attendance.unit_codes and named != attendance.units:
        raise UnitsMiscounted(
            f"{named} units are named.",
            pointer="/units",
            remedy="Name each unit once, or none.",
            detail_zh=f"所列单位为 {named} 个",
            remedy_zh="请逐一列出单位且不重复，或不列",
        )


def evolve(training: Training, event: TrainingEvent) -> Training:
    """Remember what happened to it."""
    match event:
        case TrainingPlanned(session=session):
            return Training(session=session)
        case TrainingHeld(units=units, person_times=people):
            attendance = Attendance(units=units, person_times=people)
            return replace(training, held=event, attendance=attendance)
        case TrainingClosed(attendance=attendance):
            return replace(training, attendance=attendance, closed=True)
        case TrainingCorrected(attendance=attendance):
            return replace(training, attendance=attendance)
        case TrainingDropped():
            return replace(training, dropped=True)
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
    commands=(PlanTraining, HoldTraining, CloseTraining, CorrectTraining, CallOffTraining),
    events={
        "TrainingPlanned": TrainingPlanned,
        "TrainingHeld": TrainingHeld,
        "TrainingClosed": TrainingClosed,
        "TrainingCorrected": TrainingCorrected,
        "TrainingDropped": TrainingDropped,
    },
    decide=decide,
    evolve=evolve,
    identify=_identify,
    owner=_owner,
)
