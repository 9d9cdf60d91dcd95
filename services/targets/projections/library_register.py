"""The three libraries: classes, entries, and the counts of what is in them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import cast

from sqlmodel import Field, col, func, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.targets.domain.events.library import LibraryClassImported, LibraryPublished
from services.targets.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Add, Change, Drop, Projection, Put, Set


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


class LibraryClassRow(Table, table=True):
    """An industry, a case class or a core class."""

    __tablename__ = "library_classes"

    library: str = Field(primary_key=True)
    class_code: str = Field(primary_key=True)
    class_name: str
    entries: int


class LibraryEntryRow(Table, table=True):
    """A level-3 indicator, a model case or a core indicator."""

    __tablename__ = "library_entries"

    library: str = Field(primary_key=True)
    class_code: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    name: str
    level1: str | None = None
    level2: str = ""
    unit: str = ""
    text: str = ""
    reference_value: Decimal | None = Field(default=None, max_digits=20, decimal_places=6)


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case LibraryClassImported() as event:
            yield from _imported(event, recorded.version)
        case LibraryPublished() as event:
            yield Set(
                LibraryRow,
                {"library": event.library.value},
                {
                    "library_version": event.library_version,
                    "classes": event.classes,
                    "entries": event.entries,
                    "published_on": event.published_on,
                    "version": recorded.version,
                },
            )
        case _:
            return


def _imported(event: LibraryClassImported, version: int) -> Iterable[Change]:
    library = {"library": event.library.value}
    yield Add(LibraryRow, library, {"library_version": 0})
    yield Set(LibraryRow, library, {"region_code": event.region_code, "version": version})
    place = {**library, "class_code": event.class_code}
    named = {"class_name": event.class_name, "entries": len(event.entries)}
    yield Put(LibraryClassRow, {**place, **named})
    for code in event.replaced:
        yield Drop(LibraryEntryRow, {**place, "code": code})
    for entry in event.entries:
        yield Put(
            LibraryEntryRow,
            {
                **place,
                "code": entry.code,
                "name": entry.name,
                "level1": entry.level1.value if entry.level1 else None,
                "level2": entry.level2,
                "unit": entry.unit,
                "text": entry.text,
                "reference_value": entry.reference_value,
            },
        )


library_register = Projection(
    name="library_register",
    tables=(LibraryRow, LibraryClassRow, LibraryEntryRow),
    project=project,
)


def library(code: str) -> SelectOfScalar[LibraryRow]:
    """One library."""
    return select(LibraryRow).where(col(LibraryRow.library) == code)


def counts(code: str) -> Select[tuple[int, int]]:
    """How many classes and entries there are, counted from the entries."""
    counted = select(func.count(func.distinct(col(LibraryEntryRow.class_code))), func.count())
    of_library = counted.where(col(LibraryEntryRow.library) == code)
    return cast("Select[tuple[int, int]]", of_library)  # one row of two numbers


def classes(code: str) -> SelectOfScalar[LibraryClassRow]:
    """The classes of a library."""
    return select(LibraryClassRow).where(col(LibraryClassRow.library) == code)


def entries(
    code: str, class_code: str | None, words: str | None
) -> SelectOfScalar[LibraryEntryRow]:
    """The entries of a library, of one class, or with these words in their name."""
    rows = select(LibraryEntryRow).where(col(LibraryEntryRow.library) == code)
    if class_code is not None:
        rows = rows.where(col(LibraryEntryRow.class_code) == class_code)
    if words is not None:
        rows = rows.where(col(LibraryEntryRow.name).contains(words, autoescape=True))
    return rows
