"""The libraries as they are kept: versions, classes, entries, and what is retired.

A class that is entered anew gets rows of its own, marked with the version of the stream that
made them (`revision`), and nothing that was published is overwritten. A published version is
the newest revision of every class by the time of its publication.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlmodel import Field, Index, Text, literal_column

from services.targets.domain.events.library import (
    LibraryClassImported,
    LibraryEntryReinstated,
    LibraryEntryRetired,
    LibraryPublished,
)
from services.targets.domain.library_entry import Entry, sheet
from services.targets.projections import Table
from services.targets.projections.bigrams import folded, grams
from services.targets.projections.stored_json import stored
from shared.domain.workdays import business_date
from shared.messages import AnyRecorded
from shared.projections import Add, Change, Projection, Put, Set

GRAMS: Final = "string_to_array(grams, ' '::text)"
"""The index looks into this array; a query must say it in the same words."""
_BY_HAND: Final = {"autoincrement": False}


class LibraryRow(Table, table=True):
    """A library and its published version."""

    __tablename__ = "library_register"

    library: str = Field(primary_key=True)
    region_code: str = ""
    library_version: int = 0
    classes: int = 0
    entries: int = 0
    published_on: date | None = None
    version: int = 0


class LibraryVersionRow(Table, table=True):
    """A published version; `revision` is the version of the stream that published it."""

    __tablename__ = "library_versions"

    library: str = Field(primary_key=True)
    library_version: int = Field(primary_key=True, sa_column_kwargs=_BY_HAND)
    revision: int
    classes: int
    entries: int
    published_on: date


class LibraryClassRow(Table, table=True):
    """An industry, a case class or a core class, as it was entered."""

    __tablename__ = "library_classes"

    library: str = Field(primary_key=True)
    class_code: str = Field(primary_key=True)
    revision: int = Field(primary_key=True, sa_column_kwargs=_BY_HAND)
    class_name: str
    region_code: str
    entries: int


class LibraryEntryRow(Table, table=True):
    """A level-3 indicator, a model case or a core indicator, as it was entered."""

    __tablename__ = "library_entries"
    __table_args__ = (
        Index("ix_library_entries_grams", literal_column(GRAMS), postgresql_using="gin"),
    )

    library: str = Field(primary_key=True)
    class_code: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    revision: int = Field(primary_key=True, sa_column_kwargs=_BY_HAND)
    place: int
    name: str
    level1: str | None = None
    entry_json: str
    folded: str
    grams: str = Field(sa_type=Text)


class LibraryRetirementRow(Table, table=True):
    """An entry was retired, or reinstated; the newest row of an entry counts."""

    __tablename__ = "library_retirements"

    library: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    revision: int = Field(primary_key=True, sa_column_kwargs=_BY_HAND)
    class_code: str
    retired: bool
    reason: str
    decided_on: date


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case LibraryClassImported() as event:
            yield from _imported(event, recorded.version)
        case LibraryPublished() as event:
            yield from _published(event, recorded.version)
        case LibraryEntryRetired() | LibraryEntryReinstated() as event:
            yield from _marked(event, recorded)
        case _:
            return


def _imported(event: LibraryClassImported, revision: int) -> Iterable[Change]:
    library = {"library": event.library.value}
    yield Add(LibraryRow, library, {"library_version": 0})
    yield Set(LibraryRow, library, {"region_code": event.region_code, "version": revision})
    place = {**library, "class_code": event.class_code, "revision": revision}
    named = {"class_name": event.class_name, "region_code": event.region_code}
    yield Put(LibraryClassRow, {**place, **named, "entries": len(event.entries)})
    for number, entry in enumerate(event.entries):
        yield Put(LibraryEntryRow, {**place, "place": number, **_entry(entry)})


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "code": entry.code,
        "name": entry.name,
        "level1": entry.level1.value if entry.level1 else None,
        "entry_json": stored(sheet(entry)),
        "folded": folded(entry.name),
        "grams": grams(entry.name),
    }


def _published(event: LibraryPublished, revision: int) -> Iterable[Change]:
    library = {"library": event.library.value}
    version = {
        "library_version": event.library_version,
        "classes": event.classes,
        "entries": event.entries,
        "published_on": event.published_on,
    }
    yield Set(LibraryRow, library, {**version, "version": revision})
    yield Put(LibraryVersionRow, {**library, **version, "revision": revision})


def _marked(
    event: LibraryEntryRetired | LibraryEntryReinstated, recorded: AnyRecorded
) -> Iterable[Change]:
    library = {"library": event.library.value}
    yield Set(LibraryRow, library, {"version": recorded.version})
    yield Put(
        LibraryRetirementRow,
        {
            **library,
            "code": event.code,
            "revision": recorded.version,
            "class_code": event.class_code,
            "retired": isinstance(event, LibraryEntryRetired),
            "reason": event.reason,
            "decided_on": business_date(recorded.occurred_at),
        },
    )


library_register = Projection(
    name="library_register",
    streams=frozenset({"library"}),
    tables=(
        LibraryRow,
        LibraryVersionRow,
        LibraryClassRow,
        LibraryEntryRow,
        LibraryRetirementRow,
    ),
    project=project,
)
