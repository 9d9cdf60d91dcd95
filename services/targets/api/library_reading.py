"""What several questions about a library have to look up first."""

import json
from collections.abc import Collection

from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.library_diff import Difference, Sheet, Version, difference
from services.targets.domain.values import Library
from services.targets.projections import library_shelves as shelves
from services.targets.projections.library_register import LibraryEntryRow
from shared.http.reading import Read


async def kept_at(read: Read, library: str, version: int | None) -> int | None:
    """Where in its history a version of a library is to be looked at; none: as it is kept."""
    if version is None:
        return None
    return (await read.one(shelves.version(library, version))).revision


async def reasons(read: Read, library: str, at: int | None) -> dict[str, str]:
    """Why entries are retired, by code."""
    return {row.code: row.reason for row in await read.all(shelves.retired(library, at))}


def entry_of(library: Library, code: str, at: int | None) -> SelectOfScalar[LibraryEntryRow]:
    """One entry."""
    return shelves.entries(library, at).where(col(LibraryEntryRow.code) == code)


async def compared(
    read: Read, library: Library, before: int, after: int
) -> tuple[Difference, dict[str, Sheet]]:
    """How two moments of a library differ, and the entries of the classes that do.

    A class that nobody touched between the two has the same entries in both: it is not read.
    """
    touched: set[str] = set()
    for looked_at in (shelves.in_force, shelves.retired_places):
        then, now = [set(await read.rows(looked_at(library, at))) for at in (before, after)]
        touched |= {class_code for class_code, _ in then ^ now}
    old, new = [await _version(read, library, at, touched) for at in (before, after)]
    return difference(old, new), {**old.sheets, **new.sheets}


async def _version(read: Read, library: Library, at: int, classes: Collection[str]) -> Version:
    rows = shelves.entries(library, at).where(col(LibraryEntryRow.class_code).in_(classes))
    sheets = {
        row.code: {"class_code": row.class_code, **json.loads(row.entry_json)}
        for row in await read.all(rows)
    }
    retired = await reasons(read, library, at)
    return Version(sheets=sheets, retired={c: why for c, why in retired.items() if c in sheets})
