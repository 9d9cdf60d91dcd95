"""Reading the registers: regions, units, projects."""

from fastapi import APIRouter
from sqlmodel import select

from services.targets.api.filters import Filters, Status
from services.targets.api.register_views import (
    ProjectView,
    RegionView,
    UnitView,
)
from services.targets.projections.narrowing import narrowed
from services.targets.projections.project_register import ProjectRow, project_row
from services.targets.projections.region_register import RegionRow, region
from services.targets.projections.unit_register import UnitRow, unit
from shared.http.pages import Page, PageRequest
from shared.http.reading import Reading

router = APIRouter()


@router.get("/v1/regions", operation_id="list_regions", tags=["Registers"])
async def list_regions(read: Reading, page: PageRequest, filters: Filters) -> Page[RegionView]:
    """The regions one may see."""
    rows = select(RegionRow).where(read.scope.where(region=RegionRow.region_code))
    rows = narrowed(rows, RegionRow, region=filters.region, tree=filters.tree)
    return await read.page(rows, page, into=RegionView.model_validate)


@router.get("/v1/regions/{region_code}", operation_id="get_region", tags=["Registers"])
async def get_region(read: Reading, region_code: str) -> RegionView:
    """One region."""
    row = await read.one(region(region_code))
    read.check(row.region_code)
    read.tag(row.version)
    return RegionView.model_validate(row)


@router.get("/v1/units", operation_id="list_units", tags=["Registers"])
async def list_units(read: Reading, page: PageRequest, filters: Filters) -> Page[UnitView]:
    """The units one may see."""
    mine = read.scope.where(
        region=UnitRow.region_code, department=UnitRow.department_code, unit=UnitRow.unit_code
    )
    rows = narrowed(
        select(UnitRow).where(mine),
        UnitRow,
        region=filters.region,
        tree=filters.tree,
        unit=filters.unit,
    )
    return await read.page(rows, page, into=UnitView.model_validate)


@router.get("/v1/units/{unit_code}", operation_id="get_unit", tags=["Registers"])
async def get_unit(read: Reading, unit_code: str) -> UnitView:
    """One unit."""
    row = await read.one(unit(unit_code))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return UnitView.model_validate(row)


@router.get("/v1/projects", operation_id="list_projects", tags=["Projects"])
async def list_projects(
    read: Reading, page: PageRequest, filters: Filters, status: Status = None
) -> Page[ProjectView]:
    """The projects one may see."""
    row = ProjectRow
    mine = read.scope.where(
        region=row.region_code, department=row.department_code, unit=row.unit_code
    )
    rows = narrowed(select(row).where(mine), row, status=status, **vars(filters))
    return await read.page(rows, page, into=ProjectView.model_validate)


@router.get("/v1/projects/{project_code}", operation_id="get_project", tags=["Projects"])
async def get_project(read: Reading, project_code: str) -> ProjectView:
    """One project."""
    row = await read.one(project_row(project_code))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return ProjectView.model_validate(row)
