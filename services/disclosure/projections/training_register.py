"""Training sessions: planned, held, closed with their attendance, corrected."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from sqlmodel import JSON, Field, col, func, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.disclosure.domain.training import (
    Attendance,
    TrainingClosed,
    TrainingCorrected,
    TrainingDropped,
    TrainingHeld,
    TrainingPlanned,
)
from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.domain.workdays import business_date
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set

PLANNED: Final = "PLANNED"
HELD: Final = "HELD"
ATTENDANCE_CLOSED: Final = "ATTENDANCE_CLOSED"
CALLED_OFF: Final = "CALLED_OFF"


class TrainingRow(Table, table=True):
    """A session; who comes twice counts twice in `person_times`."""

    __tablename__ = "training_register"

    session_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    topic: str
    channel: str
    trainer: str
    planned_on: date
    status: str = PLANNED
    held_on: date | None = None
    units: int = 0
    person_times: int = 0
    sheet_sha256: str = ""
    unit_codes: list[str] = Field(sa_type=JSON, default_factory=list)
    version: int


class TrainingCorrectionRow(Table, table=True):
    """What the attendance was changed to, and why; by the version of the session."""

    __tablename__ = "training_corrections"

    session_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    units: int
    person_times: int
    sheet_sha256: str
    reason: str
    corrected_on: date


def _project(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case TrainingPlanned(session=session):
            yield Put(
                TrainingRow,
                {
                    "session_id": session.session_id,
                    "region_code": session.region_code,
                    "topic": session.topic,
                    "channel": session.channel.value,
                    "trainer": session.trainer,
                    "planned_on": session.planned_on,
                    "unit_codes": [],
                    "version": recorded.version,
                },
            )
        case TrainingHeld() as held:
            yield _set(
                recorded,
                status=HELD,
                held_on=held.held_on,
                units=held.units,
                person_times=held.person_times,
            )
        case TrainingClosed(attendance=attendance):
            yield _set(recorded, status=ATTENDANCE_CLOSED, **_counted(attendance))
        case TrainingCorrected(attendance=attendance, reason=reason):
            yield _set(recorded, **_counted(attendance))
            yield _corrected(recorded, attendance, reason)
        case TrainingDropped():
            yield _set(recorded, status=CALLED_OFF)
        case _:
            return


def _counted(attendance: Attendance) -> dict[str, object]:
    return {
        "units": attendance.units,
        "person_times": attendance.person_times,
        "sheet_sha256": attendance.sheet_sha256,
        "unit_codes": list(attendance.unit_codes),
    }


def _corrected(recorded: AnyRecorded, attendance: Attendance, reason: str) -> Change:
    return Put(
        TrainingCorrectionRow,
        {
            "session_id": recorded.id,
            "version": recorded.version,
            "units": attendance.units,
            "person_times": attendance.person_times,
            "sheet_sha256": attendance.sheet_sha256,
            "reason": reason,
            "corrected_on": business_date(recorded.occurred_at),
        },
    )


def _set(recorded: AnyRecorded, **values: object) -> Change:
    return Set(TrainingRow, {"session_id": recorded.id}, {**values, "version": recorded.version})


training_register = Projection(
    name="training_register", tables=(TrainingRow, TrainingCorrectionRow), project=_project
)


def trainings(span: Span, channel: str | None = None) -> SelectOfScalar[TrainingRow]:
    """The sessions that were held in the year: what counts is HELD or later."""
    rows = select(TrainingRow).where(
        span.regions(TrainingRow.region_code), span.in_year(TrainingRow.held_on)
    )
    return rows if channel is None else rows.where(TrainingRow.channel == channel)


def trained_by_channel(span: Span) -> Select[str, int, int]:
    """Sessions and person-times, channel by channel."""
    return (
        select(TrainingRow.channel, func.count(), func.sum(TrainingRow.person_times))
        .where(span.regions(TrainingRow.region_code), span.in_year(TrainingRow.held_on))
        .group_by(col(TrainingRow.channel))
    )


def trained_by_status(span: Span) -> Select[str, int, int]:
    """Sessions and units, held and closed apart; a unit counts every time it comes."""
    return (
        select(TrainingRow.status, func.count(), func.sum(TrainingRow.units))
        .where(span.regions(TrainingRow.region_code), span.in_year(TrainingRow.held_on))
        .group_by(col(TrainingRow.status))
    )


def training(session_id: str) -> SelectOfScalar[TrainingRow]:
    """One session."""
    return select(TrainingRow).where(TrainingRow.session_id == session_id)


def corrections_of(session_ids: Sequence[str]) -> SelectOfScalar[TrainingCorrectionRow]:
    """What was corrected in these sessions, the first correction first."""
    rows = select(TrainingCorrectionRow).where(
        col(TrainingCorrectionRow.session_id).in_(session_ids)
    )
    return rows.order_by(col(TrainingCorrectionRow.version))
