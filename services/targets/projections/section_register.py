"""The sections of the finance bureaus, and which departments each manages on which days."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.events.bureau import (
    DepartmentAssigned,
    SectionChiefAppointed,
    SectionClosed,
    SectionRegistered,
)
from services.targets.projections import Table
from services.targets.projections.days import not_ended
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class BureauRow(Table, table=True):
    """A bureau: the version that a change of any of its sections has to name."""

    __tablename__ = "bureau_register"

    region_code: str = Field(primary_key=True)
    version: int = 0


class SectionRow(Table, table=True):
    """A section from its first to its last day."""

    __tablename__ = "section_register"

    section_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    section_code: str
    name: str
    valid_from_on: date
    valid_to_on: date | None = None


class ManagedRow(Table, table=True):
    """A department in the hands of a section, from a day to a day."""

    __tablename__ = "managed_departments"

    region_code: str = Field(primary_key=True)
    department_code: str = Field(primary_key=True)
    valid_from_on: date = Field(primary_key=True)
    valid_to_on: date | None = None
    section_id: str = Field(index=True)


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case SectionRegistered() as event:
            row = {
                "section_id": section_id(event.region_code, event.section_code),
                "region_code": event.region_code,
                "section_code": event.section_code,
                "name": event.name,
                "valid_from_on": event.from_on,
            }
            yield Put(SectionRow, row)
        case DepartmentAssigned() as event:
            yield from _assigned(event)
        case SectionClosed() as event:
            key = {"section_id": section_id(event.region_code, event.section_code)}
            yield Set(SectionRow, key, {"valid_to_on": event.last_on})
        case SectionChiefAppointed() as event:
            pass  # who leads it is told by `office_terms`
        case _:
            return
    yield Put(BureauRow, {"region_code": event.region_code, "version": recorded.version})


def _assigned(event: DepartmentAssigned) -> Iterable[Change]:
    key = {"region_code": event.region_code, "department_code": event.department_code}
    if event.follows_on is not None:
        before = {**key, "valid_from_on": event.follows_on}
        yield Set(ManagedRow, before, {"valid_to_on": event.from_on - timedelta(days=1)})
    section = section_id(event.region_code, event.section_code)
    yield Put(ManagedRow, {**key, "valid_from_on": event.from_on, "section_id": section})


def section_id(region_code: str, section_code: str) -> str:
    """How a section is named in paths."""
    return f"{region_code}-{section_code}"


section_register = Projection(
    name="section_register",
    streams=frozenset({"bureau"}),
    tables=(BureauRow, SectionRow, ManagedRow),
    project=project,
)


def section(one: str) -> SelectOfScalar[SectionRow]:
    """One section."""
    return select(SectionRow).where(col(SectionRow.section_id) == one)


def bureau(region_code: str) -> SelectOfScalar[BureauRow]:
    """One bureau."""
    return select(BureauRow).where(col(BureauRow.region_code) == region_code)


def managed(sections: Sequence[str], day: date | None) -> SelectOfScalar[ManagedRow]:
    """The departments of these sections: on a day, or ever."""
    row = ManagedRow
    rows = select(row).where(col(row.section_id).in_(sections))
    rows = rows.order_by(col(row.department_code), col(row.valid_from_on))
    if day is None:
        return rows
    return rows.where(col(row.valid_from_on) <= day, not_ended(row.valid_to_on, day))
