"""The pages of places: the first page, the regions, one region, one unit."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

from sqlmodel import select

from services.disclosure.api.report.year import Tally, Told
from services.disclosure.domain.values import CHANNEL_OF, COVERED, Channel, ItemKind
from services.disclosure.portal.dashboard import Telling, dashboard_of
from services.disclosure.portal.listing import names_of
from services.disclosure.portal.rankings import standing
from services.disclosure.portal.unit_sums import sums_of_unit
from services.disclosure.portal.visit import Facts, Visit
from services.disclosure.projections.portal_sums import late_items, promised_by_unit
from services.disclosure.projections.project_register import ProjectRow, projects
from services.disclosure.projections.unit_register import UnitRow
from shared.domain.refusals import NotFound

SHOWN_MAX: Final = 20
UNITS_MAX: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What a page of a place shows beside its dashboard; the figures of the report, not all."""

    assessed: Tally
    reduced_fen: int
    cut: Tally
    coverage: Mapping[str, Told]
    channels: AbstractSet[str]


async def overview(visit: Visit) -> Facts:
    """The whole site's first page: the root region, its year, all below it."""
    if not visit.site.root:
        return {"empty": True}
    return {**await _place(visit), "empty": False}


async def region(visit: Visit, region_code: str) -> Facts:
    """One region: its figures, the regions below it, its units."""
    if region_code not in visit.site.names:
        raise NotFound
    here = replace(visit, span=replace(visit.span, region_code=region_code))
    units = await visit.read.rows(promised_by_unit(here.span).limit(UNITS_MAX))
    late = await visit.read.all(late_items(here.span).limit(SHOWN_MAX))
    return {
        **await _place(here),
        "here": here,
        "way": visit.site.way_to(region_code),
        "below": visit.site.below(region_code),
        "units": units,
        "late": late,
        "late_names": await names_of(visit.read, late),
        "standing": await standing(here, region_code),
    }


async def regions(visit: Visit) -> Facts:
    """Every region with its figures, to be compared."""
    return {"board": await dashboard_of(visit)}


async def unit(visit: Visit, unit_code: str) -> Facts:
    """One unit: its projects and what became of them."""
    row = await visit.read.one(select(UnitRow).where(UnitRow.unit_code == unit_code))
    here = replace(visit.span, region_code=row.region_code, tree=False)
    own = projects(here).where(ProjectRow.unit_code == unit_code)
    rows = await visit.read.all(own.order_by(ProjectRow.project_code).limit(UNITS_MAX))
    return {
        "unit": row,
        "way": [*visit.site.way_to(row.region_code), row.region_code],
        "sums": await sums_of_unit(visit.read, here, unit_code),
        "projects": rows,
        "standing": await standing(visit, unit_code),
        "names": await names_of(visit.read, rows),
        "shown_max": UNITS_MAX,
    }


async def _place(visit: Visit) -> Facts:
    """What the first page and the page of a region have in common."""
    months = [month for (month,) in await visit.sums("bulletins")]
    board = await dashboard_of(visit)
    return {
        "board": board,
        "year": await _year(visit, board.telling, len(months)),
        "months": months,
    }


async def _year(visit: Visit, telling: Telling, months: int) -> Year:
    [(units, projects, requested, reduced)] = await visit.sums("assessed")
    [(cut_units, cut_projects, cut_fen)] = await visit.sums("cut")
    return Year(
        assessed=Tally(units=units, projects=projects, fen=int(requested)),
        reduced_fen=int(reduced),
        cut=Tally(units=cut_units, projects=cut_projects, fen=int(cut_fen)),
        coverage={
            kind.value: Told(
                owed=telling.owed.get(kind, 0),
                published=telling.published.get(kind, 0),
                withheld=telling.withheld.get(kind, 0),
            )
            for kind in COVERED
        },
        channels={
            *(CHANNEL_OF[ItemKind(kind)].value for kind in telling.published),
            *((Channel.MONTHLY.value,) if months else ()),
        },
    )
