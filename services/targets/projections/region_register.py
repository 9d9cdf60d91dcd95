"""The regions as a tree: as last entered, and what they were on every day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import Field, and_, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.entries import SINCE_EVER, RegionEntry
from services.targets.domain.events.region import (
    RegionClassified,
    RegionLeaderAppointed,
    RegionMerged,
    RegionRegistered,
    RegionRenamed,
)
from services.targets.projections import Table
from services.targets.projections.days import not_ended
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class RegionRow(Table, table=True):
    """A region as last entered."""

    __tablename__ = "region_register"

    region_code: str = Field(primary_key=True)
    name: str
    parent_code: str | None = Field(default=None, index=True)
    approval_authority: str = ""
    leader: str = ""
    level: str | None = None
    valid_from_on: date = SINCE_EVER
    valid_to_on: date | None = None
    successor_code: str = ""
    version: int = 0


class RegionEntryRow(Table, table=True):
    """A region as the register has it from a day to a day, both inclusive."""

    __tablename__ = "region_entries"

    region_code: str = Field(primary_key=True)
    valid_from_on: date = Field(primary_key=True)
    valid_to_on: date | None = None
    name: str
    level: str | None = None
    successor_code: str = ""
    document: str = ""
    end_document: str = ""


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case RegionRegistered() as event:
            yield from _registered(event, recorded.version)
        case (
            RegionRenamed(entry=entry, follows_on=before)
            | RegionClassified(entry=entry, follows_on=before)
        ):
            yield from _entered(recorded, entry, before)
        case RegionMerged(end=end, follows_on=before):
            ended: Mapping[str, object] = {
                "valid_to_on": end.last_on,
                "successor_code": end.successor_code,
            }
            yield _now(recorded, **ended)
            documented = {**ended, "end_document": end.document}
            yield Set(RegionEntryRow, _key(recorded.id, before), documented)
        case RegionLeaderAppointed(leader=leader):
            yield _now(recorded, leader=leader)
        case _:
            return


def _registered(event: RegionRegistered, version: int) -> Iterable[Change]:
    said = {
        "region_code": event.region_code,
        "name": event.name,
        "level": event.level,
        "valid_from_on": event.valid_from_on or SINCE_EVER,
    }
    standing = {
        "parent_code": event.parent_code,
        "approval_authority": event.approval_authority,
        "version": version,
    }
    yield Put(RegionRow, {**said, **standing})
    yield Put(RegionEntryRow, said)


def _entered(recorded: AnyRecorded, entry: RegionEntry, before: date) -> Iterable[Change]:
    said = {"name": entry.name, "level": entry.level, "valid_from_on": entry.from_on}
    yield _now(recorded, **said)
    assert entry.from_on is not None
    until = {"valid_to_on": entry.from_on - timedelta(days=1)}
    yield Set(RegionEntryRow, _key(recorded.id, before), until)
    document = {"region_code": recorded.id, "document": entry.document}
    yield Put(RegionEntryRow, {**said, **document})


def _key(region_code: str, from_on: date) -> Mapping[str, object]:
    return {"region_code": region_code, "valid_from_on": from_on}


def _now(recorded: AnyRecorded, **values: object) -> Set:
    return Set(RegionRow, {"region_code": recorded.id}, {**values, "version": recorded.version})


region_register = Projection(
    name="region_register",
    streams=frozenset({"region"}),
    tables=(RegionRow, RegionEntryRow),
    project=project,
)


def region(region_code: str) -> SelectOfScalar[RegionRow]:
    """One region."""
    return select(RegionRow).where(col(RegionRow.region_code) == region_code)


def on(day: date) -> Any:  # noqa: ANN401 - a select of two rows, which a page can show
    """The entries that hold on a day, with what never changes about their regions."""
    entry = RegionEntryRow
    return (
        select(entry, RegionRow)
        .join(RegionRow, col(RegionRow.region_code) == col(entry.region_code))
        .where(col(entry.valid_from_on) <= day, not_ended(entry.valid_to_on, day))
    )


def kept_by(region_code: str) -> SelectOfScalar[RegionRow]:
    """What a bureau keeps: the regions right below it, and its own where it has no superior.

    The living ones come first, then whoever ended last, so that a successor is always told
    before those whose place it took.
    """
    row = RegionRow
    own = and_(col(row.region_code) == region_code, col(row.parent_code).is_(None))
    below = col(row.parent_code) == region_code
    lowest = col(row.parent_code).is_not(None)
    last = col(row.valid_to_on).desc().nulls_first()
    return select(row).where(or_(own, below)).order_by(lowest, last, col(row.region_code))


def entries(region_codes: Sequence[str]) -> SelectOfScalar[RegionEntryRow]:
    """Every entry of these regions, in the order of their days."""
    row = RegionEntryRow
    mine = col(row.region_code).in_(region_codes)
    return select(row).where(mine).order_by(col(row.valid_from_on))
