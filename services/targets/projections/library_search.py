"""Searching the published libraries: entries that share most with the words come first.

The index answers which entries share a bigram with the query, and counting the shared ones
orders them. An entry whose name contains the query shares all, so none is missed and nothing
comes before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlmodel import and_, case, col, func, literal_column, or_, select, tuple_

from services.targets.projections.bigrams import wanted
from services.targets.projections.library_register import (
    GRAMS,
    LibraryClassRow,
    LibraryEntryRow,
    LibraryRetirementRow,
    LibraryVersionRow,
)

type Place = tuple[int, str, str, str]
"""Where a search goes on: shared bigrams, library, class and code of the last hit."""
PLACE_KINDS: Final = (int, str, str, str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is searched for, and where; without a version in the versions in use."""

    words: str
    library: str | None = None
    library_version: int | None = None
    class_code: str | None = None
    level1: str | None = None
    retired: bool = False


def search(sought: Sought, after: Place | None) -> Any:  # noqa: ANN401 - entries with their rank
    """The entries found, each with the number of bigrams it shares with the words."""
    row = LibraryEntryRow
    looked_for = wanted(sought.words)
    rank = _shared(looked_for)
    place = tuple_(col(row.library), col(row.class_code), col(row.code))
    rows = select(row, rank.label("rank")).where(holding(looked_for, every=False))
    rows = rows.where(
        tuple_(col(row.library), col(row.class_code), col(row.revision)).in_(_published(sought))
    )
    if sought.class_code is not None:
        rows = rows.where(col(row.class_code) == sought.class_code)
    if sought.level1 is not None:
        rows = rows.where(col(row.level1) == sought.level1)
    if not sought.retired:
        rows = rows.where(tuple_(col(row.library), col(row.code)).not_in(_retired()))
    if after is not None:
        shared, *last = after
        rows = rows.where(or_(rank < shared, and_(rank == shared, place > tuple_(*last))))
    return rows.order_by(rank.desc(), col(row.library), col(row.class_code), col(row.code))


def holding(looked_for: Sequence[str], *, every: bool = True) -> Any:  # noqa: ANN401 - a condition
    """Entries with every bigram, or with any; what looks for nothing finds all."""
    if not looked_for:
        return literal_column("true")
    array: Any = literal_column(GRAMS)
    return array.op("@>" if every else "&&")(
        func.string_to_array(" ".join(looked_for), literal_column("' '"))
    )


def _shared(looked_for: Sequence[str]) -> Any:  # noqa: ANN401 - a number
    """How many of the bigrams an entry has."""
    held = (
        case((func.strpos(col(LibraryEntryRow.grams), one) > 0, 1), else_=0) for one in looked_for
    )
    return sum(held, start=literal_column("0"))


def _published(sought: Sought) -> Any:  # noqa: ANN401 - a select of library, class, revision
    """The revision of every class in the version that is looked at."""
    told, row = LibraryVersionRow, LibraryClassRow
    newest: Any = select(told.library, func.max(told.revision).label("at"))
    if sought.library is not None:
        newest = newest.where(col(told.library) == sought.library)
    if sought.library_version is not None:
        newest = newest.where(col(told.library_version) == sought.library_version)
    looked_at = newest.group_by(col(told.library)).subquery()
    return (
        select(row.library, row.class_code, func.max(row.revision))
        .join(looked_at, looked_at.c.library == col(row.library))
        .where(col(row.revision) <= looked_at.c.at)
        .group_by(col(row.library), col(row.class_code))
    )


def _retired() -> Any:  # noqa: ANN401 - a select of library and code
    row = LibraryRetirementRow
    newest = select(row.library, row.code, func.max(row.revision))
    newest = newest.group_by(col(row.library), col(row.code))
    marked = tuple_(col(row.library), col(row.code), col(row.revision)).in_(newest)
    return select(row.library, row.code).where(col(row.retired), marked)
