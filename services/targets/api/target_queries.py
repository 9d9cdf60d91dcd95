"""Reading performance targets."""

import json
from typing import Final

from fastapi import APIRouter
from sqlmodel import col, select

from services.targets.api.applied_rules import GRADE_PLACES, LINT_PLACES
from services.targets.api.explanations import inputs_of, steps, streams, version_of
from services.targets.api.filters import (
    Extent,
    Filters,
    FiscalYear,
    Quality,
    Region,
    Status,
    TargetOrder,
)
from services.targets.api.joint_review_queries import session_on
from services.targets.api.reach import readable_target
from services.targets.api.target_views import ChangedValue, TargetComparison, TargetExplanation
from services.targets.api.views import (
    TargetStatistics,
    TargetVersionView,
    TargetView,
    coverage,
)
from services.targets.domain.refusals import TargetNotApproved
from services.targets.domain.target import FIRST_VERSION
from services.targets.projections import target_statistics as statistics
from services.targets.projections.narrowing import narrowed
from services.targets.projections.target_register import TargetRow, with_quality
from services.targets.projections.target_versions import versions
from shared.domain.money import Money
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

CONSEQUENCES: Final = {
    "EXCELLENT": "excellent passes",
    "GOOD": "good is completed with the unit",
    "FAIR": "fair goes back to the unit",
    "POOR": "poor may not enter the budget",
}

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
    row = await readable_target(read, target_id)
    read.tag(row.version)
    return TargetView.model_validate(row)


@router.get("/v1/targets/{target_id}/versions", operation_id="list_target_versions")
async def list_target_versions(read: Reading, target_id: str) -> list[TargetVersionView]:
    """What the target said, version by version; 0 is the draft."""
    await readable_target(read, target_id)
    rows = await read.all(versions(target_id))
    return [TargetVersionView.model_validate(row) for row in rows]


@router.get("/v1/targets/{target_id}/comparison", operation_id="compare_target_versions")
async def compare_target_versions(read: Reading, target_id: str) -> TargetComparison:
    """The target as it was approved beside the target as it binds now."""
    row = await readable_target(read, target_id)
    kept = {one.target_version: one for one in await read.all(versions(target_id))}
    if row.target_version not in kept or FIRST_VERSION not in kept:
        raise TargetNotApproved
    initial = TargetVersionView.model_validate(kept[FIRST_VERSION])
    current = TargetVersionView.model_validate(kept[row.target_version])
    return TargetComparison(initial=initial, current=current, changed=_changed(initial, current))


def _changed(initial: TargetVersionView, current: TargetVersionView) -> list[ChangedValue]:
    before = {one["indicator_id"]: one["target_value"] for one in initial.indicators}
    return [
        ChangedValue(
            indicator_id=one["indicator_id"],
            name=one["name"],
            initial=before[one["indicator_id"]],
            current=one["target_value"],
        )
        for one in current.indicators
        if before[one["indicator_id"]] != one["target_value"]
    ]


@router.get("/v1/targets/{target_id}/explanation", operation_id="explain_target")
async def explain_target(read: Reading, target_id: str) -> TargetExplanation:
    """Why the target stands where it stands: findings, points, opinions and rules that applied."""
    return await _explained(read, await readable_target(read, target_id))


async def _explained(read: Read, row: TargetRow) -> TargetExplanation:
    of, graded_of = (
        region or row.region_code for region in (row.rules_region, row.grade_rules_region)
    )
    written = await version_of(read, of, row.fiscal_year, row.rule_set_version)
    graded = await version_of(read, graded_of, row.fiscal_year, row.grade_rule_set_version)
    session = row.joint_review_id
    points = json.loads(row.points_json)
    return TargetExplanation(
        applied=written.applied("domain 4.5; 财预〔2015〕88号"),
        inputs=await inputs_of(
            read,
            *streams(
                ("target", row.target_id),
                ("joint_review", session),
                *{written.stream, graded.stream},
            ),
        ),
        steps=[
            *steps(*((item, "points given", given) for item, given in points.items())),
            *steps(("score", "sum of the points, two decimals", row.score)),
            *steps(("grade", "the band of the score", row.grade)),
            *steps(("status", CONSEQUENCES.get(row.grade or "", "not graded"), row.status)),
        ],
        target=TargetView.model_validate(row),
        points=points,
        joint_review=await session_on(read, session, row.target_id) if session else None,
        grades=(graded if graded.row else written).rules.get("grades", {}),
        weights=written.rules.get("weights", {}),
        written_by=written.told(LINT_PLACES),
        graded_by=graded.told(GRADE_PLACES),
    )
