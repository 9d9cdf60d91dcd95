"""Reading the registers of places: as last entered, or as it was on a day.

`effective_on` asks what was true in the world on a day, `as_of` what was known on a day; both
together ask what was then known to be true of the other day.
"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlmodel import col, select

from services.targets.api.filters import Filters, Narrowing
from services.targets.api.place_views import (
    RegionView,
    SectionView,
    TermView,
    UnitView,
    people_of,
)
from services.targets.api.reach import check_region, own_rows
from services.targets.projections import region_register as regions
from services.targets.projections import section_register as sections
from services.targets.projections import unit_register as units
from services.targets.projections.days import not_ended
from services.targets.projections.narrowing import narrowed
from services.targets.projections.office_terms import terms
from services.targets.projections.region_register import RegionRow
from services.targets.projections.section_register import SectionRow
from services.targets.projections.unit_register import UnitEntryRow, UnitRow
from shared.contracts.fields import Day
from shared.domain.refusals import NotFound
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router = APIRouter(tags=["Registers"])

EffectiveOn = Annotated[
    Day | None,
    Query(description="As it was in the world on this day; without it, as last entered."),
]


@router.get("/v1/regions", operation_id="list_regions")
async def list_regions(
    read: Reading, page: PageRequest, filters: Filters, effective_on: EffectiveOn = None
) -> Page[RegionView]:
    """The regions one may see."""
    mine = read.scope.where(region=RegionRow.region_code)
    if effective_on is None:
        rows = narrowed(
            select(RegionRow).where(mine), RegionRow, region=filters.region, tree=filters.tree
        )
        return await read.page(rows, page, into=RegionView.model_validate)
    dated = narrowed(
        regions.on(effective_on).where(mine), RegionRow, region=filters.region, tree=filters.tree
    )
    found: Page[Any] = await read.page(dated, page)
    people = await _people(read, [entry.region_code for entry, _ in found.items], effective_on)
    items = [RegionView.on_day(entry, row, people) for entry, row in found.items]
    return Page(items=items, next=found.next)


@router.get("/v1/regions/{region_code}", operation_id="get_region")
async def get_region(
    read: Reading, region_code: str, effective_on: EffectiveOn = None
) -> RegionView:
    """One region."""
    row = await read.one(regions.region(region_code))
    check_region(read, row.region_code)
    if effective_on is None:
        read.tag(row.version)
        return RegionView.model_validate(row)
    dated = regions.on(effective_on).where(col(RegionRow.region_code) == region_code)
    entry, row = await read.one(dated)
    return RegionView.on_day(entry, row, await _people(read, [region_code], effective_on))


@router.get("/v1/units", operation_id="list_units")
async def list_units(
    read: Reading, page: PageRequest, filters: Filters, effective_on: EffectiveOn = None
) -> Page[UnitView]:
    """The units one may see."""
    mine = own_rows(read, UnitRow)
    if effective_on is None:
        rows = _narrowed(select(UnitRow).where(mine), filters)
        return await read.page(rows, page, into=UnitView.model_validate)
    # Whose unit it is, its department of today decides: yesterday's has no say any more.
    dated = _narrowed(units.on(effective_on).where(mine), filters)
    found: Page[Any] = await read.page(dated, page)
    people = await _people(read, [entry.unit_code for entry, _ in found.items], effective_on)
    items = [UnitView.on_day(entry, row, people) for entry, row in found.items]
    return Page(items=items, next=found.next)


@router.get("/v1/units/{unit_code}", operation_id="get_unit")
async def get_unit(read: Reading, unit_code: str, effective_on: EffectiveOn = None) -> UnitView:
    """One unit."""
    row = await read.one(units.unit(unit_code))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    if effective_on is None:
        read.tag(row.version)
        return UnitView.model_validate(row)
    dated = units.on(effective_on).where(col(UnitEntryRow.unit_code) == unit_code)
    entry, row = await read.one(dated)
    return UnitView.on_day(entry, row, await _people(read, [unit_code], effective_on))


@router.get("/v1/sections", operation_id="list_sections")
async def list_sections(
    read: Reading, page: PageRequest, filters: Filters, effective_on: EffectiveOn = None
) -> Page[SectionView]:
    """The sections of the bureaus one may see, with their departments."""
    rows = select(SectionRow).where(read.scope.where(region=SectionRow.region_code))
    rows = narrowed(rows, SectionRow, region=filters.region, tree=filters.tree)
    if effective_on is not None:
        begun = col(SectionRow.valid_from_on) <= effective_on
        rows = rows.where(begun, not_ended(SectionRow.valid_to_on, effective_on))
    found: Page[SectionRow] = await read.page(rows, page)
    items = await _with_departments(read, found.items, effective_on)
    return Page(items=items, next=found.next)


@router.get("/v1/sections/{section_id}", operation_id="get_section")
async def get_section(
    read: Reading, section_id: str, effective_on: EffectiveOn = None
) -> SectionView:
    """One section; its `ETag` is that of the whole bureau."""
    row = await read.one(sections.section(section_id))
    check_region(read, row.region_code)
    if effective_on is None:
        read.tag((await read.one(sections.bureau(row.region_code))).version)
    elif effective_on < row.valid_from_on or (row.valid_to_on or effective_on) < effective_on:
        raise NotFound
    [view] = await _with_departments(read, [row], effective_on)
    return view


@router.get("/v1/offices", operation_id="list_offices")
async def list_offices(
    read: Reading,
    place: Annotated[str, Query(max_length=100, examples=["653101001"])],
    effective_on: EffectiveOn = None,
) -> list[TermView]:
    """Who held the offices of a region, a section or a unit: ever, or on a day."""
    await _check_place(read, place)
    rows = await read.all(terms([place], effective_on))
    return [TermView.model_validate(row) for row in rows]


async def _check_place(read: Read, place: str) -> None:
    """A place that one may not see answers as one that is not there."""
    unit = await read.first(units.unit(place))
    if unit is not None:
        read.check(unit.region_code, department=unit.department_code, unit=unit.unit_code)
        return
    region_code = place.partition("-")[0]
    check_region(read, (await read.one(regions.region(region_code))).region_code)


def _narrowed[Q](rows: Q, filters: Narrowing) -> Q:
    return narrowed(rows, UnitRow, region=filters.region, tree=filters.tree, unit=filters.unit)


async def _with_departments(
    read: Read, rows: Sequence[SectionRow], day: date | None
) -> list[SectionView]:
    ids = [row.section_id for row in rows]
    managed = await read.all(sections.managed(ids, day))
    people = await _people(read, ids, day)
    return [SectionView.on_day(row, managed, people) for row in rows]


async def _people(
    read: Read, places: Sequence[str], day: date | None
) -> dict[tuple[str, str], str]:
    return people_of(await read.all(terms(places, day)))
