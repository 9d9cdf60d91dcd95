"""What a reader may look for by name or code: regions, units, projects, policy documents.

An entry keeps the characters and pairs of its text (`domain.search_words`) for an index, which
therefore works for words of two characters, and of one.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from sqlmodel import Field, Index, and_, col, func, literal_column, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.disclosure.domain.policy import PolicyDrafted, PolicyRevised
from services.disclosure.domain.search_words import folded, grams_asked, grams_of
from services.disclosure.projections import Table
from services.disclosure.projections.disclosure_register import DisclosureRow
from shared.contracts import targets
from shared.messages import AnyHeard, AnyRecorded
from shared.projections import Change, Projection, Put

_GRAMS = func.string_to_array(literal_column("grams"), literal_column("' '::text"))


class Sought(StrEnum):
    """What can be found, in the order in which it is shown."""

    REGION = "REGION"
    UNIT = "UNIT"
    PROJECT = "PROJECT"
    POLICY = "POLICY"


class SearchRow(Table, table=True):
    """An entry. `fiscal_year` is 0 where a thing has none."""

    __tablename__ = "search_register"
    __table_args__ = (Index("ix_search_register_grams", _GRAMS, postgresql_using="gin"),)

    kind: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True)
    region_code: str
    title: str
    words: str
    grams: str


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case targets.RegionRegistered() as said:
            place = said.region_code
            yield _entry((Sought.REGION, place, 0), place, said.name)
        case targets.UnitRegistered() as said:
            more = said.department_name
            key = (Sought.UNIT, said.unit_code, 0)
            yield _entry(key, said.region_code, said.name, more)
        case targets.ProjectRegistered() as said:
            key = (Sought.PROJECT, said.project_code, said.fiscal_year)
            yield _entry(key, said.region_code, said.name)
        case _:
            return


def _project(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case PolicyDrafted(document=one) | PolicyRevised(document=one):
            more = f"{one.document_no} {one.issuer}"
            yield _entry((Sought.POLICY, one.policy_id, 0), one.region_code, one.title, more)
        case _:
            return


def _entry(key: tuple[Sought, str, int], region_code: str, title: str, more: str = "") -> Change:
    kind, code, year = key
    words = folded(f"{title} {code} {more}")
    row = {
        "kind": kind.value,
        "code": code,
        "fiscal_year": year,
        "region_code": region_code,
        "title": title,
        "words": words,
        "grams": " ".join(grams_of(words)),
    }
    return Put(SearchRow, row)


search_register = Projection(
    name="search_register", tables=(SearchRow,), project=_project, hear=_hear
)


def _holds(terms: Sequence[str]) -> object:
    """Every term, by the index first, then letter by letter."""
    wanted = [gram for term in terms for gram in grams_asked(term)]
    by_index = _GRAMS.op("@>")(func.string_to_array(" ".join(dict.fromkeys(wanted)), " "))
    return and_(by_index, *(func.strpos(SearchRow.words, term) > 0 for term in terms))


def _worth(terms: Sequence[str]) -> Sequence[object]:
    """The beginning of the name, then within the name, then elsewhere; short first.

    So the whole name comes first of all: nothing that begins with it is shorter.
    """
    name: Any = col(SearchRow.title)
    place = func.strpos(func.lower(name), terms[0])
    return place == 0, place > 1, func.char_length(name), name, col(SearchRow.code)


def found(terms: Sequence[str], kind: Sought) -> SelectOfScalar[SearchRow]:
    """The entries of a kind that hold every term, the likeliest first."""
    return (
        select(SearchRow)
        .where(SearchRow.kind == kind.value, _holds(terms))  # type: ignore[arg-type]
        .order_by(*_worth(terms), col(SearchRow.fiscal_year).desc())  # type: ignore[arg-type]
    )


def found_by_kind(terms: Sequence[str]) -> Select[str, int]:
    """How many entries of each kind hold every term."""
    return (
        select(SearchRow.kind, func.count())
        .where(_holds(terms))  # type: ignore[arg-type]
        .group_by(col(SearchRow.kind))
    )


def _about(terms: Sequence[str]) -> object:
    return and_(
        SearchRow.kind == Sought.PROJECT.value,
        SearchRow.code == DisclosureRow.project_code,
        SearchRow.fiscal_year == DisclosureRow.fiscal_year,
        _holds(terms),  # type: ignore[arg-type]
    )


def found_items(terms: Sequence[str]) -> SelectOfScalar[DisclosureRow]:
    """What the public is owed about the projects that hold every term."""
    return (
        select(DisclosureRow)
        .join(SearchRow, _about(terms))  # type: ignore[arg-type]
        .order_by(*_worth(terms), col(DisclosureRow.item_id))  # type: ignore[arg-type]
    )


def found_items_count(terms: Sequence[str]) -> SelectOfScalar[int]:
    """How many of them there are."""
    return (
        select(func.count()).select_from(DisclosureRow).join(SearchRow, _about(terms))  # type: ignore[arg-type]
    )
