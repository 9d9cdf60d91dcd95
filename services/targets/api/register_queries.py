"""Reading the registers: projects."""

from fastapi import APIRouter
from sqlmodel import select

from services.targets.api.filters import Filters, Status
from services.targets.api.register_views import (
    ProjectView,
)
from services.targets.projections.narrowing import narrowed
from services.targets.projections.project_register import ProjectRow, project_row
from shared.http.pages import Page, PageRequest
from shared.http.reading import Reading

router = APIRouter()


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
