"""Questions about effectiveness evaluations."""

from typing import Annotated, Final

from fastapi import APIRouter, Query

from services.evaluation.api.effectiveness_views import (
    EffectivenessExplanationView,
    EffectivenessPlanView,
    EffectivenessView,
)
from services.evaluation.projections import effectiveness_board as board
from services.evaluation.projections.effectiveness_board import (
    EffectivenessPlanRow,
    EffectivenessRow,
)
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Effectiveness"])
Year = Annotated[int | None, Query(ge=2000, le=2100)]


@router.get("/effectiveness-plans", operation_id="list_effectiveness_plans")
async def list_effectiveness_plans(
    read: Reading, page: PageRequest, fiscal_year: Year = None
) -> Page[EffectivenessPlanView]:
    """Plans of effectiveness evaluations 实效评价方案."""
    mine = read.scope.where(region=EffectivenessPlanRow.region_code)
    query = board.plans(fiscal_year=fiscal_year).where(mine)
    return await read.page(query, page, into=EffectivenessPlanView.of)


@router.get("/effectiveness-plans/{plan_id}", operation_id="get_effectiveness_plan")
async def get_effectiveness_plan(read: Reading, plan_id: str) -> EffectivenessPlanView:
    """One plan with its framework: `<region>-<year><period>-<kind>`."""
    row = await read.one(board.plan_row(plan_id))
    read.check(row.region_code)
    read.tag(row.version)
    return EffectivenessPlanView.of(row)


@router.get("/effectiveness", operation_id="list_effectiveness")
async def list_effectiveness(
    read: Reading, page: PageRequest, *, plan_id: str | None = None, status: str | None = None
) -> Page[EffectivenessView]:
    """Units and counties under evaluation, where one may see them."""
    mine = read.scope.where(
        region=EffectivenessRow.region_code,
        department=EffectivenessRow.department_code,
        unit=EffectivenessRow.unit_code,
    )
    query = board.standings(plan_id=plan_id, status=status).where(mine)
    return await read.page(query, page, into=EffectivenessView.of)


async def _standing(read: Read, effectiveness_id: str) -> EffectivenessRow:
    row = await read.one(board.standing(effectiveness_id))
    unit, department = row.unit_code or None, row.department_code or None
    read.check(row.region_code, department=department, unit=unit)
    read.tag(row.version)
    return row


@router.get("/effectiveness/{effectiveness_id}", operation_id="get_effectiveness")
async def get_effectiveness(read: Reading, effectiveness_id: str) -> EffectivenessView:
    """One subject of one plan."""
    return EffectivenessView.of(await _standing(read, effectiveness_id))


@router.get("/effectiveness/{effectiveness_id}/explanation", operation_id="explain_effectiveness")
async def explain_effectiveness(
    read: Reading, effectiveness_id: str
) -> EffectivenessExplanationView:
    """What every point rests on: figures, persons' reasons, documents, and how it adds up."""
    return EffectivenessExplanationView.of(await _standing(read, effectiveness_id))
