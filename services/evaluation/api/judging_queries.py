"""Questions about judging: self-evaluations, appraisals, results on record."""

from collections import defaultdict
from decimal import Decimal
from typing import Annotated, Final

from fastapi import APIRouter, Query

from services.evaluation.api.views import (
    AppraisalView,
    DeviationView,
    PriorResultView,
    ScoreExplanationView,
    SelfEvaluationView,
)
from services.evaluation.projections import (
    appraisal_board,
    prior_results,
    self_evaluation_register,
)
from services.evaluation.projections.appraisal_board import AppraisalRow
from services.evaluation.projections.prior_results import PriorResultRow
from services.evaluation.projections.self_evaluation_register import SelfEvaluationRow
from shared.domain.grades import rounded
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Self-evaluations"])
Year = Annotated[int | None, Query(ge=2000, le=2100)]
INFLATED: Final = frozenset({"INFLATED", "SERIOUS"})


@router.get("/self-evaluations", operation_id="list_self_evaluations")
async def list_self_evaluations(
    read: Reading,
    page: PageRequest,
    *,
    fiscal_year: Year = None,
    unit: str | None = None,
    status: str | None = None,
) -> Page[SelfEvaluationView]:
    """The register of self-evaluations."""
    query = self_evaluation_register.self_evaluations(
        fiscal_year=fiscal_year, unit=unit, status=status
    )
    mine = read.scope.where(
        region=SelfEvaluationRow.region_code,
        department=SelfEvaluationRow.department_code,
        unit=SelfEvaluationRow.unit_code,
    )
    return await read.page(query.where(mine), page, into=SelfEvaluationView.of)


async def _self_evaluation(read: Read, self_evaluation_id: str) -> SelfEvaluationRow:
    row = await read.one(self_evaluation_register.self_evaluation(self_evaluation_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return row


@router.get("/self-evaluations/{self_evaluation_id}", operation_id="get_self_evaluation")
async def get_self_evaluation(read: Reading, self_evaluation_id: str) -> SelfEvaluationView:
    """One project and year: `<project>-<year>`."""
    return SelfEvaluationView.of(await _self_evaluation(read, self_evaluation_id))


@router.get(
    "/self-evaluations/{self_evaluation_id}/explanation", operation_id="explain_self_evaluation"
)
async def explain_self_evaluation(read: Reading, self_evaluation_id: str) -> ScoreExplanationView:
    """Every line of the recomputation, with the version of the rules."""
    return ScoreExplanationView.of(await _self_evaluation(read, self_evaluation_id))


@router.get("/self-evaluation-deviation", operation_id="get_deviation")
async def get_deviation(
    read: Reading, fiscal_year: Annotated[int, Query(ge=2000, le=2100)]
) -> list[DeviationView]:
    """The inflation index: how far self-scores lie above the final ones, unit by unit."""
    mine = read.scope.where(
        region=SelfEvaluationRow.region_code,
        department=SelfEvaluationRow.department_code,
        unit=SelfEvaluationRow.unit_code,
    )
    query = self_evaluation_register.self_evaluations(
        fiscal_year=fiscal_year, unit=None, status=None
    )
    found: dict[str, list[SelfEvaluationRow]] = defaultdict(list)
    for row in await read.all(query.where(mine)):
        if row.self_score is not None and row.final_score is not None:
            found[row.unit_code].append(row)
    return [_deviation(unit, rows) for unit, rows in sorted(found.items())]


def _deviation(unit: str, rows: list[SelfEvaluationRow]) -> DeviationView:
    gaps = [(row.self_score or Decimal(0)) - (row.final_score or Decimal(0)) for row in rows]
    return DeviationView(
        unit_code=unit,
        evaluations=len(rows),
        mean_deviation=rounded(sum(gaps, Decimal(0)) / len(gaps)),
        inflated=sum(row.inflation in INFLATED for row in rows),
    )


@router.get("/prior-results", operation_id="list_prior_results", tags=["Results on record"])
async def list_prior_results(
    read: Reading, page: PageRequest, fiscal_year: Year = None
) -> Page[PriorResultView]:
    """Results of years before the system."""
    mine = read.scope.where(
        region=PriorResultRow.region_code,
        department=PriorResultRow.department_code,
        unit=PriorResultRow.unit_code,
    )
    query = prior_results.of_year(fiscal_year).where(mine)
    return await read.page(query, page, into=PriorResultView.of)


@router.get("/appraisals", operation_id="list_appraisals", tags=["Appraisals"])
async def list_appraisals(
    read: Reading, page: PageRequest, fiscal_year: Year = None
) -> Page[AppraisalView]:
    """How well units and counties work."""
    mine = read.scope.where(
        region=AppraisalRow.region_code,
        department=AppraisalRow.department_code,
        unit=AppraisalRow.subject_code,
    )
    query = appraisal_board.appraisals(fiscal_year=fiscal_year).where(mine)
    return await read.page(query, page, into=AppraisalView.of)


@router.get("/appraisals/{appraisal_id}", operation_id="get_appraisal", tags=["Appraisals"])
async def get_appraisal(read: Reading, appraisal_id: str) -> AppraisalView:
    """One subject and year: `<subject>-<year>`."""
    row = await read.one(appraisal_board.appraisal(appraisal_id))
    read.check(row.region_code, department=row.department_code, unit=row.subject_code)
    read.tag(row.version)
    return AppraisalView.of(row)
