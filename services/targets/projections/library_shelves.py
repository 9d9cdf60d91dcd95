"""Looking at the shelves: what stands in a library now, or stood in one of its versions.

`at` is the version of the stream to look at; without it, the library as it is kept.
"""

from typing import Any, cast

from sqlmodel import col, func, select, tuple_
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.projections.bigrams import wanted
from services.targets.projections.library_register import (
    LibraryClassRow,
    LibraryEntryRow,
    LibraryRetirementRow,
    LibraryRow,
    LibraryVersionRow,
)
from services.targets.projections.library_search import holding


def library(code: str) -> SelectOfScalar[LibraryRow]:
    """One library."""
    return select(LibraryRow).where(col(LibraryRow.library) == code)


def versions(code: str) -> SelectOfScalar[LibraryVersionRow]:
    """Every published version, in order."""
    of_library = select(LibraryVersionRow).where(col(LibraryVersionRow.library) == code)
    return of_library.order_by(col(LibraryVersionRow.library_version))


def version(code: str, number: int) -> SelectOfScalar[LibraryVersionRow]:
    """One published version."""
    return versions(code).where(col(LibraryVersionRow.library_version) == number)


def latest(code: str) -> SelectOfScalar[LibraryVersionRow]:
    """The version in use."""
    return versions(code).order_by(None).order_by(col(LibraryVersionRow.library_version).desc())


def in_force(code: str, at: int | None) -> Any:  # noqa: ANN401 - a select of class and revision
    """The newest revision of every class."""
    row = LibraryClassRow
    newest = select(row.class_code, func.max(row.revision)).where(col(row.library) == code)
    return _until(newest, row.revision, at).group_by(col(row.class_code))


def classes(code: str, at: int | None = None) -> SelectOfScalar[LibraryClassRow]:
    """The classes of a library."""
    row = LibraryClassRow
    shown = tuple_(col(row.class_code), col(row.revision)).in_(in_force(code, at))
    return select(row).where(col(row.library) == code, shown)


def entries(
    code: str, at: int | None = None, *, class_code: str | None = None, words: str | None = None
) -> SelectOfScalar[LibraryEntryRow]:
    """The entries of a library, of one class, or with these words in their name."""
    row = LibraryEntryRow
    shown = tuple_(col(row.class_code), col(row.revision)).in_(in_force(code, at))
    rows = select(row).where(col(row.library) == code, shown)
    if class_code is not None:
        rows = rows.where(col(row.class_code) == class_code)
    if words is not None:
        found = col(row.name).contains(words, autoescape=True)
        rows = rows.where(found, holding(wanted(words)))
    return rows


def in_order(code: str, at: int | None = None) -> SelectOfScalar[LibraryEntryRow]:
    """The entries as the file had them."""
    row = LibraryEntryRow
    return entries(code, at).order_by(col(row.class_code), col(row.place))


def retired(code: str, at: int | None = None) -> SelectOfScalar[LibraryRetirementRow]:
    """What nobody may take, and why."""
    row = LibraryRetirementRow
    newest = select(row.code, func.max(row.revision)).where(col(row.library) == code)
    newest = _until(newest, row.revision, at).group_by(col(row.code))
    marked = tuple_(col(row.code), col(row.revision)).in_(newest)
    return select(row).where(col(row.library) == code, col(row.retired), marked)


def retired_codes(code: str, at: int | None = None) -> Any:  # noqa: ANN401 - a select of codes
    """The codes of what nobody may take."""
    return retired(code, at).with_only_columns(col(LibraryRetirementRow.code))


def retired_places(code: str, at: int | None = None) -> Any:  # noqa: ANN401 - a select of places
    """Class and code of what nobody may take."""
    row = LibraryRetirementRow
    return retired(code, at).with_only_columns(col(row.class_code), col(row.code))


def counts(code: str) -> Any:  # noqa: ANN401 - a select of two numbers
    """How many classes and entries in use there are, counted from the entries."""
    row = LibraryEntryRow
    counted = entries(code).with_only_columns(
        func.count(func.distinct(col(row.class_code))), func.count()
    )
    return counted.where(col(row.code).not_in(retired_codes(code)))


def _until(rows: Any, revision: object, at: int | None) -> Any:  # noqa: ANN401 - any select
    return rows if at is None else rows.where(col(cast("int", revision)) <= at)
