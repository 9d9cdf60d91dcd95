"""The budget units, as last entered, what they were on every day, and who answers for them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.entries import SINCE_EVER, UnitEntry
from services.targets.domain.events.unit import (
    ResponsiblePersonsNamed,
    UnitClosed,
    UnitRegistered,
    UnitRenamed,
    UnitTransferred,
)
from services.targets.domain.unit_states import first_entry
from services.targets.projections import Table
from services.targets.projections.days import not_ended
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class UnitRow(Table, table=True):
    """A budget unit as last entered."""

    __tablename__ = "unit_register"

    unit_code: str = Field(primary_key=True)
    name: str
    region_code: str = Field(index=True)
    department_code: str = Field(index=True)
    department_name: str
    credit_code: str = ""
    manage_mof_dep_code: str = ""
    business: str = ""
    finance: str = ""
    head: str = ""
    origin: str = "OFFICIAL"
    valid_from_on: date = SINCE_EVER
    valid_to_on: date | None = None
    successor_code: str = ""
    version: int = 0


class UnitEntryRow(Table, table=True):
    """A unit as the register has it from a day to a day, both inclusive."""

    __tablename__ = "unit_entries"

    unit_code: str = Field(primary_key=True)
    valid_from_on: date = Field(primary_key=True)
    valid_to_on: date | None = None
    name: str
    department_code: str
    department_name: str
    credit_code: str = ""
    manage_mof_dep_code: str = ""
    successor_code: str = ""
    document: str = ""
    end_document: str = ""


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case UnitRegistered() as event:
            yield from _registered(event, recorded.version)
        case (
            UnitRenamed(entry=entry, follows_on=before)
            | UnitTransferred(entry=entry, follows_on=before)
        ):
            yield _now(recorded, **_said(entry))
            assert entry.from_on is not None
            until = {"valid_to_on": entry.from_on - timedelta(days=1)}
            yield Set(UnitEntryRow, _key(recorded.id, before), until)
            yield _entered(recorded.id, entry)
        case UnitClosed(end=end, follows_on=before):
            ended: Mapping[str, object] = {
                "valid_to_on": end.last_on,
                "successor_code": end.successor_code,
            }
            yield _now(recorded, **ended)
            documented = {**ended, "end_document": end.document}
            yield Set(UnitEntryRow, _key(recorded.id, before), documented)
        case ResponsiblePersonsNamed(responsible=three):
            named = {"business": three.business, "finance": three.finance, "head": three.head}
            yield _now(recorded, **named)
        case _:
            return


def _registered(event: UnitRegistered, version: int) -> Iterable[Change]:
    entry = first_entry(event)
    standing = {
        "unit_code": event.unit_code,
        "region_code": event.region_code,
        "origin": event.origin.value,
        "version": version,
    }
    yield Put(UnitRow, {**standing, **_said(entry)})
    yield _entered(event.unit_code, entry)


def _said(entry: UnitEntry) -> dict[str, object]:
    return {
        "name": entry.name,
        "department_code": entry.department_code,
        "department_name": entry.department_name,
        "credit_code": entry.credit_code,
        "manage_mof_dep_code": entry.manage_mof_dep_code,
        "valid_from_on": entry.from_on or SINCE_EVER,
    }


def _entered(unit_code: str, entry: UnitEntry) -> Put:
    row = {"unit_code": unit_code, "document": entry.document}
    return Put(UnitEntryRow, {**row, **_said(entry)})


def _key(unit_code: str, from_on: date) -> Mapping[str, object]:
    return {"unit_code": unit_code, "valid_from_on": from_on}


def _now(recorded: AnyRecorded, **values: object) -> Set:
    return Set(UnitRow, {"unit_code": recorded.id}, {**values, "version": recorded.version})


unit_register = Projection(
    name="unit_register",
    streams=frozenset({"unit"}),
    tables=(UnitRow, UnitEntryRow),
    project=project,
)


def unit(unit_code: str) -> SelectOfScalar[UnitRow]:
    """One unit."""
    return select(UnitRow).where(col(UnitRow.unit_code) == unit_code)


def on(day: date) -> Any:  # noqa: ANN401 - a select of two rows, which a page can show
    """The entries that hold on a day, with what never changes about their units."""
    entry = UnitEntryRow
    return (
        select(entry, UnitRow)
        .join(UnitRow, col(UnitRow.unit_code) == col(entry.unit_code))
        .where(col(entry.valid_from_on) <= day, not_ended(entry.valid_to_on, day))
    )


def kept_by(region_code: str) -> SelectOfScalar[UnitRow]:
    """The units of a region: the living ones first, then whoever ended last."""
    row = UnitRow
    last = col(row.valid_to_on).desc().nulls_first()
    mine = col(row.region_code) == region_code
    return select(row).where(mine).order_by(last, col(row.unit_code))


def entries(unit_codes: Sequence[str]) -> SelectOfScalar[UnitEntryRow]:
    """Every entry of these units, in the order of their days."""
    row = UnitEntryRow
    these = col(row.unit_code).in_(unit_codes)
    return select(row).where(these).order_by(col(row.valid_from_on))


def units(codes: Sequence[str]) -> SelectOfScalar[UnitRow]:
    """These units."""
    return select(UnitRow).where(col(UnitRow.unit_code).in_(codes))
