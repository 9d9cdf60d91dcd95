"""Training sessions, planned and held."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlmodel import Field, col, func, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.disclosure.domain.training import TrainingDropped, TrainingHeld, TrainingPlanned
from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set

PLANNED: Final = "PLANNED"
HELD: Final = "HELD"
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
    version: int


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
        case TrainingDropped():
            yield _set(recorded, status=CALLED_OFF)
        case _:
            return


def _set(recorded: AnyRecorded, **values: object) -> Change:
    return Set(TrainingRow, {"session_id": recorded.id}, {**values, "version": recorded.version})


training_register = Projection(name="training_register", tables=(TrainingRow,), project=_project)


def trainings(span: Span) -> SelectOfScalar[TrainingRow]:
    """The sessions that were held in the year."""
    return select(TrainingRow).where(
        span.regions(TrainingRow.region_code), span.in_year(TrainingRow.held_on)
    )


def trained_by_channel(span: Span) -> Select[str, int, int]:
    """Sessions and person-times, channel by channel."""
    return (
        select(
            TrainingRow.channel,
            func.count(),
            func.coalesce(func.sum(TrainingRow.person_times), 0),
        )
        .where(span.regions(TrainingRow.region_code), span.in_year(TrainingRow.held_on))
        .group_by(col(TrainingRow.channel))
    )
