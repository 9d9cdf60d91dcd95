"""Reading performance targets."""

import json
from typing import Final

from fastapi import APIRouter
from sqlmodel import col, select

from services.targets.api.applied_rules import (
    GRADE_PLACES,
    LINT_PLACES,
    applied_version,
    told,
)
from services.targets.api.filters import (
    Extent,
    Filters,
    FiscalYear,
    Quality,
    Region,
    Status,
    TargetOrder,
)
from services.targets.api.views import (
    AdjustmentView,
    TargetExplanation,
    TargetStatistics,
    TargetVersionView,
    TargetView,
    coverage,
)
from services.targets.projections import target_statistics as statistics
from services.targets.projections.adjustment_register import adjustments
from services.targets.projections.narrowing import narrowed
from services.targets.projections.rule_sets import RuleSetVersionRow
from services.targets.projections.target_register import TargetRow, target, with_quality
from services.targets.projections.target_versions import versions
from shared.domain.money import Money
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router = APIRouter(tags=["Targets"])

_ORDERS: Final = {
    TargetOrder.QUALITY: (col(TargetRow.quality_score),),
    TargetOrder.QUALITY_FIRST: (col(TargetRow.quality_score).desc(),),
}


@router.get("/v1/targets", operation_id="list_targets")
async def list_targets(
    read: Reading, page: PageRequest, filters: Filters, quality: Quality, status: Status = None
) -> Page[TargetView]:
    """The targets one may see, by id or by the quality that the lint gives them."""
    row = TargetRow
    mine = read.scope.where(
        region=row.region_code, department=row.department_code, unit=row.unit_code
    )
    rows = narrowed(select(row).where(mine), row, status=status, **vars(filters))
    rows = with_quality(rows, quality.least, quality.most)
    order = _ORDERS[quality.sort] if quality.sort else ()
    return await read.page(rows, page, order=order, into=TargetView.model_validate)


@router.get("/v1/targets/statistics", operation_id="get_target_statistics")
async def get_target_statistics(
    read: Reading, region: Region, fiscal_year: FiscalYear, scope: Extent = Extent.TREE
) -> TargetStatistics:
    """How many projects have a target and how much money they bind."""
    read.check(region)
    rows = await read.all(statistics.of_regions(region, fiscal_year, tree=scope is Extent.TREE))
    projects = sum(row.projects for row in rows)
    approved = sum(row.approved for row in rows)
    return TargetStatistics(
        region_code=region,
        fiscal_year=fiscal_year,
        scope=scope,
        project_count=projects,
        drafted=sum(row.drafted for row in rows),
        submitted=sum(row.submitted for row in rows),
        projects_with_target=approved,
        adjusted=sum(row.adjusted for row in rows),
        requested_amount=Money(sum(row.requested_fen for row in rows)),
        budget_amount=Money(sum(row.initial_budget_fen for row in rows)),
        current_budget_amount=Money(sum(row.current_budget_fen for row in rows)),
        coverage=coverage(approved, projects),
    )


@router.get("/v1/targets/{target_id}", operation_id="get_target")
async def get_target(read: Reading, target_id: str) -> TargetView:
    """One target."""
    row = await _mine(read, target_id)
    read.tag(row.version)
    return TargetView.model_validate(row)


@router.get("/v1/targets/{target_id}/versions", operation_id="list_target_versions")
async def list_target_versions(read: Reading, target_id: str) -> list[TargetVersionView]:
    """What the target said, version by version; 0 is the draft."""
    await _mine(read, target_id)
    rows = await read.all(versions(target_id))
    return [TargetVersionView.model_validate(row) for row in rows]


@router.get("/v1/targets/{target_id}/adjustments", operation_id="list_adjustments")
async def list_adjustments(read: Reading, target_id: str) -> list[AdjustmentView]:
    """The paired changes of money and target."""
    await _mine(read, target_id)
    rows = await read.all(adjustments(target_id))
    return [AdjustmentView.model_validate(row) for row in rows]


@router.get("/v1/targets/{target_id}/explanation", operation_id="explain_target")
async def explain_target(read: Reading, target_id: str) -> TargetExplanation:
    """Why the target stands where it stands: findings, points, and the rules that applied."""
    row = await _mine(read, target_id)
    of, graded_by = (
        region or row.region_code for region in (row.rules_region, row.grade_rules_region)
    )
    applied = await applied_version(read, of, row.fiscal_year, row.rule_set_version)
    graded = await applied_version(read, graded_by, row.fiscal_year, row.grade_rule_set_version)
    return TargetExplanation(
        target=TargetView.model_validate(row),
        rule_set_version=row.rule_set_version,
        legal_basis=applied.legal_basis if applied else None,
        grades=_group(graded or applied, "grades"),
        weights=_group(applied, "weights"),
        written_by=told(applied, LINT_PLACES),
        graded_by=told(graded, GRADE_PLACES),
    )


def _group(applied: RuleSetVersionRow | None, name: str) -> dict[str, object]:
    return dict(json.loads(applied.rules_json)[name]) if applied else {}


async def _mine(read: Read, target_id: str) -> TargetRow:
    row = await read.one(target(target_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    return row
