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

_chosen: Final[Any] = select  # its overloads end at four columns
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


def search(sought: Sought, after: Place | None) -> Any:  # noqa: ANN401 - hits with their rank
    """Library, class, code, entry and rank of what is found: the bigrams shared with the words."""
    held: Any = _holders(wanted(sought.words)).c
    place = tuple_(held.library, held.class_code, held.code)
    rows = _chosen(held.library, held.class_code, held.code, held.entry_json, held.rank)
    rows = rows.where(tuple_(held.library, held.class_code, held.revision).in_(_published(sought)))
    if sought.class_code is not None:
        rows = rows.where(held.class_code == sought.class_code)
    if sought.level1 is not None:
        rows = rows.where(held.level1 == sought.level1)
    if not sought.retired:
        rows = rows.where(tuple_(held.library, held.code).not_in(_retired()))
    if after is not None:
        shared, *last = after
        later = and_(held.rank == shared, place > tuple_(*last))
        rows = rows.where(or_(held.rank < shared, later))
    return rows.order_by(held.rank.desc(), held.library, held.class_code, held.code)


def holding(looked_for: Sequence[str], *, every: bool = True) -> Any:  # noqa: ANN401 - a condition
    """Entries with every bigram, or with any; what looks for nothing finds all.

    The planner thinks that reading everything is cheap, because it believes that splitting a
    text costs nothing. What it does not know beforehand, hence the subquery, it takes for rare.
    """
    if not looked_for:
        return literal_column("true")
    array: Any = literal_column(GRAMS)
    sought = select(func.string_to_array(" ".join(looked_for), literal_column("' '")))
    return array.op("@>" if every else "&&")(sought.scalar_subquery())


def _holders(looked_for: Sequence[str]) -> Any:  # noqa: ANN401 - a common table expression
    """Entries of every version with any of the bigrams, and how many of them they have."""
    row: Any = LibraryEntryRow
    held = (case((func.strpos(row.folded, one) > 0, 1), else_=0) for one in looked_for)
    rank: Any = sum(held, start=literal_column("0"))
    columns = (row.library, row.class_code, row.code, row.revision, row.level1, row.entry_json)
    found = _chosen(*columns, rank.label("rank")).where(holding(looked_for, every=False))
    # By itself, so that nothing but the index over bigrams can answer it.
    return found.cte("held").prefix_with("MATERIALIZED")


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
