"""A list of a register as pages: the rows, what they add up to, and the filters that led there.

A list has the address and the filters of the API's list of the same name, and is made by the
same query; so the items a figure drills down to are the same here and there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.portal.labels import ALL
from services.disclosure.portal.visit import Facts, Visit
from services.disclosure.projections.article_register import ArticleRow
from services.disclosure.projections.project_register import ProjectRow
from services.disclosure.projections.span import Span
from services.disclosure.projections.unit_register import UnitRow
from shared.http.pages import Paging
from shared.http.problems import FieldError, FieldsInvalid
from shared.http.reading import Read

CODE_CHARACTERS_MAX: Final = 100

type Asked = Mapping[str, str]
type Rows = SelectOfScalar[Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its Chinese name, the attribute, how it is shown, and what that needs."""

    title: str
    attribute: str
    kind: str = "text"
    of: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of codes, with the vocabulary that names them."""

    name: str
    title: str
    vocabulary: str
    codes: tuple[str, ...] = ()

    @property
    def choices(self) -> Sequence[str]:
        """The codes that may be asked for."""
        return self.codes or tuple(ALL[self.vocabulary])


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One list."""

    name: str
    title: str
    lead: str
    row: Any
    rows: Callable[[Span, Asked], Rows]
    columns: Sequence[Column]
    order: Sequence[object] = ()
    filters: Sequence[Filter] = ()
    amount: str = ""
    api: bool = True

    @property
    def path(self) -> str:
        """Its address in the portal."""
        return f"/portal/{self.name}"


def asked_of(listing: Listing, visit: Visit) -> dict[str, str]:
    """The filters of a request; what is not one of the choices is refused."""
    given = visit.request.query_params
    asked: dict[str, str] = {}
    for one in listing.filters:
        code = given.get(one.name, "")
        if not code:
            continue
        if code not in one.choices:
            wrong = FieldError(f"One of {', '.join(one.choices)}.", parameter=one.name)
            raise FieldsInvalid(f"1 wrong: {one.name}", errors=[wrong])
        asked[one.name] = code
    unit = given.get("unit", "")[:CODE_CHARACTERS_MAX]
    return {**asked, "unit": unit} if unit and hasattr(listing.row, "unit_code") else asked


async def listed(listing: Listing, visit: Visit, page: Paging) -> Facts:
    """One page of a list with everything its template shows."""
    asked = asked_of(listing, visit)
    rows = listing.rows(visit.span, asked)
    if "unit" in asked:
        rows = rows.where(listing.row.unit_code == asked["unit"])
    found = await visit.read.page(rows, page, order=listing.order)
    return {
        "listing": listing,
        "chosen": asked,
        "chosen_unit": asked.get("unit"),
        "rows": found.items,
        "next": found.next,
        "first": page.cursor is None,
        "totals": await _totals(listing, visit.read, rows),
        "names": await names_of(visit.read, found.items),
    }


async def _totals(listing: Listing, read: Read, rows: Rows) -> Mapping[str, int | None]:
    """How many rows, and the different units and projects and the amount where they have one."""
    every: Any = rows.order_by(None).subquery()
    columns = every.c

    def different(name: str) -> Any:  # noqa: ANN401 - an expression of the database
        has = name in columns
        return func.count(func.distinct(columns[name])) if has else func.nullif(0, 0)

    amount = func.sum(columns[listing.amount]) if listing.amount else func.nullif(0, 0)
    asked = select(func.count(), different("unit_code"), different("project_code"), amount)
    [(n, units, projects, fen)] = await read.rows(asked.select_from(every))
    return {"rows": n, "units": units, "projects": projects, "fen": int(fen or 0)}


async def names_of(read: Read, rows: Sequence[Any]) -> Mapping[str, Mapping[Any, str]]:
    """What the units, projects and articles of some rows are called."""
    units = {code for row in rows if (code := getattr(row, "unit_code", None))}
    projects = {
        code
        for row in rows
        for name in ("project_code", "basis_project_code")
        if (code := getattr(row, name, None))
    }
    articles = {code for row in rows if (code := getattr(row, "article_id", None))}
    return {
        "unit": await unit_names(read, units),
        "project": await project_names(read, projects),
        "article": await article_titles(read, articles),
    }


async def article_titles(read: Read, numbers: set[str]) -> Mapping[str, str]:
    """The titles of some articles."""
    if not numbers:
        return {}
    row = ArticleRow
    asked = select(row.article_id, row.title).where(col(row.article_id).in_(numbers))
    return dict(await read.rows(asked))


async def unit_names(read: Read, codes: set[str]) -> Mapping[str, str]:
    """The names of some units."""
    if not codes:
        return {}
    asked = select(UnitRow.unit_code, UnitRow.name).where(col(UnitRow.unit_code).in_(codes))
    return dict(await read.rows(asked))


async def project_names(read: Read, codes: set[str]) -> Mapping[tuple[str, int], str]:
    """The names of some projects, year by year; a year that is not here has no page."""
    if not codes:
        return {}
    asked = select(ProjectRow.project_code, ProjectRow.fiscal_year, ProjectRow.name).where(
        col(ProjectRow.project_code).in_(codes)
    )
    return {(code, year): name for code, year, name in await read.rows(asked)}
