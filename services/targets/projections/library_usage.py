"""Which targets were taken from which entries of which library version."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Field, Index, case, col, func, select

from services.targets.domain.events.target import TargetCompleted, TargetDrafted, TargetRevised
from services.targets.projections import Table
from services.targets.projections.library_register import LibraryEntryRow
from services.targets.projections.library_shelves import entries, retired_codes
from services.targets.projections.target_register import TargetRow
from shared.messages import AnyRecorded
from shared.projections import Change, Drop, Projection, Put


class LibraryPinRow(Table, table=True):
    """An indicator of a target was taken from an entry."""

    __tablename__ = "library_pins"
    __table_args__ = (Index("ix_library_pins_entry", "library", "code"),)

    target_id: str = Field(primary_key=True)
    indicator_id: str = Field(primary_key=True)
    library: str
    class_code: str
    code: str
    library_version: int


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case TargetDrafted(pins=pins):
            yield from _taken(recorded.id, pins)
        case TargetRevised(pins=pins, released=gone) | TargetCompleted(pins=pins, released=gone):
            for indicator_id in gone:
                place = {"target_id": recorded.id, "indicator_id": indicator_id}
                yield Drop(LibraryPinRow, place)
            yield from _taken(recorded.id, pins)
        case _:
            return


def _taken(target_id: str, pins: Any) -> Iterable[Change]:  # noqa: ANN401 - pins by indicator
    for indicator_id, pin in pins.items():
        yield Put(
            LibraryPinRow,
            {
                "target_id": target_id,
                "indicator_id": indicator_id,
                "library": pin.library.value,
                "class_code": pin.class_code,
                "code": pin.code,
                "library_version": pin.library_version,
            },
        )


library_usage = Projection(
    name="library_usage", streams=frozenset({"target"}), tables=(LibraryPinRow,), project=project
)

_TARGETS: Any = func.count(func.distinct(col(LibraryPinRow.target_id)))
_APPROVED: Any = func.count(
    func.distinct(case((col(TargetRow.target_version) > 0, col(LibraryPinRow.target_id))))
)
_ENTRIES: Any = func.count(func.distinct(col(LibraryPinRow.code)))


def totals(pinned: Any) -> Any:  # noqa: ANN401 - see `pins`
    """Targets, approved targets, and entries they were taken from."""
    return pinned.with_only_columns(_TARGETS, _APPROVED, _ENTRIES)


def by_version_and_class(pinned: Any) -> Any:  # noqa: ANN401 - see `pins`
    """The same by library version and class."""
    row = LibraryPinRow
    keys = (col(row.library_version), col(row.class_code))
    return (
        pinned.with_only_columns(*keys, _TARGETS, _APPROVED, _ENTRIES)
        .group_by(*keys)
        .order_by(*keys)
    )


def by_entry(pinned: Any) -> Any:  # noqa: ANN401 - see `pins`
    """The same by entry, the most used first."""
    row = LibraryPinRow
    keys = (col(row.class_code), col(row.code))
    return (
        pinned.with_only_columns(*keys, _TARGETS, _APPROVED)
        .group_by(*keys)
        .order_by(_TARGETS.desc(), *keys)
    )


def pins(library: str, visible: Any) -> Any:  # noqa: ANN401 - a join of pins and targets
    """What was taken from a library by the targets that a condition lets one see."""
    row = LibraryPinRow
    return (
        select(row)
        .join(TargetRow, col(TargetRow.target_id) == col(row.target_id))
        .where(col(row.library) == library, visible)
    )


def unused(library: str, at: int, pinned: Any) -> Any:  # noqa: ANN401 - a select of entries
    """Entries of a version that could be taken and were not."""
    taken = pinned.with_only_columns(col(LibraryPinRow.code))
    return entries(library, at).where(
        col(LibraryEntryRow.code).not_in(taken),
        col(LibraryEntryRow.code).not_in(retired_codes(library)),
    )
