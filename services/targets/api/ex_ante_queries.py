"""Reading ex-ante assessments."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import select

from services.targets.api.applied_rules import EX_ANTE_PLACES
from services.targets.api.ex_ante_views import (
    ExAnteExplanation,
    ExAnteStatistics,
    ExAnteView,
    Figures,
    ScoreView,
)
from services.targets.api.explanations import Step, inputs_of, steps, streams, version_of
from services.targets.api.filters import (
    Extent,
    Filters,
    FiscalYear,
    Region,
    StatisticsOf,
    Status,
)
from services.targets.domain.outcome import mean
from services.targets.domain.values import ReductionKind
from services.targets.projections import ex_ante_register as register
from services.targets.projections import ex_ante_statistics as statistics
from services.targets.projections.narrowing import narrowed
from shared.domain.grades import Grade
from shared.domain.money import Money
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

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
    by_grade = await _figures(read, "grade", region, assessed_year, tree=tree)
    by_kind = await _figures(read, "reduction_kind", region, assessed_year, tree=tree)
    units = await read.scalar(statistics.units_assessed(region, assessed_year, tree=tree))
    return _statistics(region, assessed_year, scope, units or 0, (by_grade, by_kind))


@router.get("/v1/ex-ante/statistics/items", operation_id="list_ex_ante_statistics_items")
async def list_ex_ante_statistics_items(
    read: Reading,
    page: PageRequest,
    year: Annotated[StatisticsOf, Depends(StatisticsOf)],
    grade: Grade | None = None,
    reduction_kind: ReductionKind | None = None,
) -> Page[ExAnteView]:
    """The single assessments behind the figures of a year; their amounts add up to the fen."""
    read.check(year.region)
    rows = statistics.items(
        year.region,
        year.assessed_year,
        tree=year.tree,
        grade=grade,
        reduction_kind=reduction_kind,
    )
    return await read.page(rows, page, into=ExAnteView.model_validate)


async def _figures(
    read: Read, column: str, region: str, assessed_year: int, *, tree: bool
) -> Mapping[str, Figures]:
    found = await read.all(statistics.sums_by(column, region, assessed_year, tree=tree))
    return {
        str(value): Figures(
            count=count,
            requested=Money(int(requested)),
            reduced=Money(int(reduced)),
            accepted=Money(int(requested) - int(reduced)),
        )
        for value, count, requested, reduced in found
    }


def _statistics(
    region: str,
    assessed_year: int,
    scope: Extent,
    units: int,
    figures: tuple[Mapping[str, Figures], Mapping[str, Figures]],
) -> ExAnteStatistics:
    by_grade, by_kind = figures
    assessed = Money.total(one.requested for one in by_grade.values())
    reduced = Money.total(one.reduced for one in by_grade.values())
    return ExAnteStatistics(
        region_code=region,
        assessed_year=assessed_year,
        scope=scope,
        unit_count=units,
        project_count=sum(one.count for one in by_grade.values()),
        assessed_amount=assessed,
        reduced_amount=reduced,
        accepted_amount=assessed - reduced,
        by_grade=by_grade,
        by_reduction_kind=by_kind,
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
    return await _explained(read, row)


async def _explained(read: Read, row: register.ExAnteRow) -> ExAnteExplanation:
    given = await read.all(register.scores(row.assessment_id, row.round))
    of = row.rules_region or row.region_code
    version = await version_of(read, of, row.fiscal_year, row.rule_set_version)
    included = version.rules.get("ex_ante", {}).get("included_grades", [])
    return ExAnteExplanation(
        applied=version.applied("domain 3.1, 4.8; 中发〔2018〕34号 §(七)"),
        inputs=await inputs_of(
            read,
            *streams(
                ("project", row.project_code),
                ("ex_ante", row.assessment_id),
                version.stream,
            ),
        ),
        steps=list(_reasoned(row, given, included)),
        assessment=ExAnteView.model_validate(row),
        scores=[ScoreView.model_validate(score) for score in given],
        method="TRIMMED_MEAN" if row.trimmed else "MEAN",
        totals=json.loads(row.totals_json),
        vetoes=[veto for veto in row.vetoes.split(",") if veto],
        reductions=json.loads(row.lines_json),
        grades=version.rules.get("grades", {}),
        included_grades=included,
        graded_by=version.told(EX_ANTE_PLACES),
    )


def _reasoned(
    row: register.ExAnteRow, given: Sequence[register.ExAnteScoreRow], included: Sequence[str]
) -> Iterator[Step]:
    yield from steps(
        *((f"total of {score.scored_by}", "sum of the points", score.total) for score in given)
    )
    if row.grade is None:
        return
    totals = [Decimal(total) for total in json.loads(row.totals_json)]
    kept = "without the highest and the lowest" if row.trimmed else "of all scorers"
    yield from steps(
        ("spread", "highest - lowest total", max(totals) - min(totals)),
        ("mean", f"mean {kept}, before rounding", mean(totals)),
        ("score", "mean, two decimals half up", row.score),
        ("vetoes", "one is enough for POOR", row.vetoes or "none"),
        ("grade", "the band of the score", row.grade),
    )
    if row.conclusion is None:
        return
    yield from steps(
        ("conclusion", f"{row.grade} in {', '.join(included)}", row.conclusion),
        ("accepted", "requested - reduced", Money(row.requested_fen - row.reduced_fen)),
    )
