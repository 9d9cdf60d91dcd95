"""The rows of a table, part by part: no query is long, and the whole has a limit."""

from collections.abc import Mapping, Sequence
from itertools import batched, groupby
from typing import Any, Final

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.api.forms.public_lines import Known
from services.disclosure.domain.refusals import TableTooLong
from services.disclosure.domain.values import ItemKind
from services.disclosure.projections.disclosure_register import DisclosureRow
from services.disclosure.projections.item_parts import composed, parts_of
from services.disclosure.projections.project_register import ProjectRow
from services.disclosure.projections.project_watch import ProjectWatchRow
from services.disclosure.projections.published_content import ContentRow
from services.disclosure.projections.unit_register import UnitRow
from shared.http.reading import Read

LINES_MAX: Final = 20_000
"""As many as one import reads; what is exported must be importable."""
PART_MAX: Final = 1_000


async def every_item(read: Read, rows: SelectOfScalar[DisclosureRow]) -> list[DisclosureRow]:
    """Every item, by its number; too many are refused."""
    found: list[DisclosureRow] = []
    last = ""
    while True:
        key = col(DisclosureRow.item_id)
        part = await read.all(rows.where(key > last).order_by(key).limit(PART_MAX))
        found += part
        if len(found) > LINES_MAX:
            raise TableTooLong(
                f"More than {LINES_MAX:,} lines.",
                remedy="Narrow the table with scope=self, region by region.",
            )
        if len(part) < PART_MAX:
            return found
        last = part[-1].item_id


async def told_contents(
    read: Read, rows: Sequence[DisclosureRow]
) -> Mapping[str, Mapping[str, Any]]:
    """What these items tell today."""
    found: dict[str, Mapping[str, Any]] = {}
    for some in _ids(rows):
        contents = select(ContentRow).where(col(ContentRow.item_id).in_(some))
        found |= {row.item_id: row.content for row in await read.all(contents)}
    return found


async def coming_contents(
    read: Read, rows: Sequence[DisclosureRow], kind: ItemKind
) -> Mapping[str, Mapping[str, Any]]:
    """What these items would tell if they were told now."""
    found: dict[str, Mapping[str, Any]] = {}
    for some in _ids(rows):
        parts = await read.all(parts_of(some))
        for number, own in groupby(parts, key=lambda part: part.item_id):
            found[number] = composed(kind, own)
    return found


async def known_of(read: Read, rows: Sequence[DisclosureRow], fiscal_year: int) -> Known:
    """The registers' rows about units and projects of these items."""
    units = {row.unit_code for row in rows}
    codes = {row.project_code for row in rows}
    found = Known(units={}, projects={}, watches={})
    names, projects, watches = dict(found.units), dict(found.projects), dict(found.watches)
    for some in batched(sorted(units), PART_MAX):
        asked = select(UnitRow).where(col(UnitRow.unit_code).in_(some))
        names |= {row.unit_code: row for row in await read.all(asked)}
    for some in batched(sorted(codes), PART_MAX):
        of_year = select(ProjectRow).where(
            col(ProjectRow.project_code).in_(some), ProjectRow.fiscal_year == fiscal_year
        )
        projects |= {row.project_code: row for row in await read.all(of_year)}
        watched = select(ProjectWatchRow).where(
            col(ProjectWatchRow.project_code).in_(some),
            ProjectWatchRow.fiscal_year == fiscal_year,
        )
        watches |= {row.project_code: row for row in await read.all(watched)}
    return Known(units=names, projects=projects, watches=watches)


def _ids(rows: Sequence[DisclosureRow]) -> list[list[str]]:
    return [list(some) for some in batched((row.item_id for row in rows), PART_MAX)]
