"""The pages of places: the first page, the regions, one region, one unit."""

from dataclasses import replace
from typing import Final

from sqlmodel import select

from services.disclosure.api.report.year import year_of
from services.disclosure.portal.dashboard import dashboard_of
from services.disclosure.portal.listing import names_of
from services.disclosure.portal.unit_sums import sums_of_unit
from services.disclosure.portal.visit import Facts, Visit
from services.disclosure.projections.bulletin_register import bulletins
from services.disclosure.projections.portal_sums import late_items, promised_by_unit
from services.disclosure.projections.project_register import ProjectRow, projects
from services.disclosure.projections.unit_register import UnitRow
from shared.domain.refusals import NotFound

SHOWN_MAX: Final = 20
UNITS_MAX: Final = 60


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
    }


async def regions(visit: Visit) -> Facts:
    """Every region with its figures, to be compared."""
    return {"board": await dashboard_of(visit.read, visit.span)}


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
        "names": await names_of(visit.read, rows),
        "shown_max": UNITS_MAX,
    }


async def _place(visit: Visit) -> Facts:
    """What the first page and the page of a region have in common."""
    issued = await visit.read.all(bulletins(visit.span))
    months = {row.month for row in issued if row.issued_on and row.issued_on <= visit.span.as_of}
    return {
        "board": await dashboard_of(visit.read, visit.span),
        "year": await year_of(visit.read, visit.span),
        "months": sorted(months),
    }
