"""Reading ex-ante assessments."""

import json

from fastapi import APIRouter
from sqlmodel import select

from services.targets.api.applied_rules import EX_ANTE_PLACES, applied_version, told
from services.targets.api.filters import Extent, Filters, FiscalYear, Region, Status
from services.targets.api.views import (
    ExAnteExplanation,
    ExAnteStatistics,
    ExAnteView,
    GradeFigures,
    ScoreView,
)
from services.targets.projections import ex_ante_register as register
from services.targets.projections.narrowing import narrowed
from shared.domain.money import Money
from shared.http.pages import Page, PageRequest
from shared.http.reading import Reading

router = APIRouter(tags=["Ex-ante"])


@router.get("/v1/ex-ante-assessments", operation_id="list_ex_ante_assessments")
async def list_ex_ante_assessments(
    read: Reading, page: PageRequest, filters: Filters, status: Status = None
) -> Page[ExAnteView]:
    """The assessments one may see."""
    row = register.ExAnteRow
    mine = read.scope.where(
        region=row.region_code, department=row.department_code, unit=row.unit_code
    )
    rows = narrowed(select(row).where(mine), row, status=status, **vars(filters))
    return await read.page(rows, page, into=ExAnteView.model_validate)


@router.get("/v1/ex-ante/statistics", operation_id="get_ex_ante_statistics")
async def get_ex_ante_statistics(
    read: Reading, region: Region, assessed_year: FiscalYear, scope: Extent = Extent.TREE
) -> ExAnteStatistics:
    """What was assessed in a calendar year, counted from the single assessments."""
    read.check(region)
    tree = scope is Extent.TREE
    found = await read.all(register.by_grade(region, assessed_year, tree=tree))
    units = await read.scalar(register.units_assessed(region, assessed_year, tree=tree))
    return ExAnteStatistics(
        region_code=region,
        assessed_year=assessed_year,
        scope=scope,
        unit_count=units or 0,
        project_count=sum(count for _, count, _, _ in found),
        assessed_amount=Money(sum(int(requested) for _, _, requested, _ in found)),
        reduced_amount=Money(sum(int(reduced) for _, _, _, reduced in found)),
        by_grade={
            str(grade): GradeFigures(
                count=count, requested=Money(int(requested)), reduced=Money(int(reduced))
            )
            for grade, count, requested, reduced in found
        },
    )


@router.get("/v1/ex-ante-assessments/{assessment_id}", operation_id="get_ex_ante_assessment")
async def get_ex_ante_assessment(read: Reading, assessment_id: str) -> ExAnteView:
    """One assessment."""
    row = await read.one(register.assessment(assessment_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return ExAnteView.model_validate(row)


@router.get(
    "/v1/ex-ante-assessments/{assessment_id}/explanation",
    operation_id="explain_ex_ante_assessment",
)
async def explain_ex_ante_assessment(read: Reading, assessment_id: str) -> ExAnteExplanation:
    """How a conclusion came about: points, method, vetoes, cuts and the rules that applied."""
    row = await read.one(register.assessment(assessment_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    given = await read.all(register.scores(assessment_id, row.round))
    of = row.rules_region or row.region_code
    applied = await applied_version(read, of, row.fiscal_year, row.rule_set_version)
    rules = json.loads(applied.rules_json) if applied else {}
    return ExAnteExplanation(
        assessment=ExAnteView.model_validate(row),
        scores=[ScoreView.model_validate(score) for score in given],
        method="TRIMMED_MEAN" if row.trimmed else "MEAN",
        totals=json.loads(row.totals_json),
        vetoes=[veto for veto in row.vetoes.split(",") if veto],
        reductions=json.loads(row.lines_json),
        rule_set_version=row.rule_set_version,
        legal_basis=applied.legal_basis if applied else None,
        grades=rules.get("grades", {}),
        applied=told(applied, EX_ANTE_PLACES),
        included_grades=rules.get("ex_ante", {}).get("included_grades", []),
    )
