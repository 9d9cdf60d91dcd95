"""Questions about judging: self-evaluations, evaluations, appraisals, results on record."""

from typing import Annotated, Final

from fastapi import APIRouter, Query

from services.evaluation.api.views import (
    AppraisalView,
    EvaluationView,
    PriorResultView,
)
from services.evaluation.projections import (
    appraisal_board,
    evaluation_register,
    prior_results,
)
from services.evaluation.projections.appraisal_board import AppraisalRow
from services.evaluation.projections.evaluation_register import EvaluationRow
from services.evaluation.projections.prior_results import PriorResultRow
from shared.http.pages import Page, PageRequest
from shared.http.reading import Reading

router: Final = APIRouter(tags=["Self-evaluations"])
Year = Annotated[int | None, Query(ge=2000, le=2100)]


@router.get("/evaluations", operation_id="list_evaluations", tags=["Evaluations"])
async def list_evaluations(
    read: Reading,
    page: PageRequest,
    *,
    fiscal_year: Year = None,
    kind: str | None = None,
    status: str | None = None,
) -> Page[EvaluationView]:
    """The register of department and finance evaluations."""
    query = evaluation_register.evaluations(fiscal_year=fiscal_year, kind=kind, status=status)
    mine = read.scope.where(
        region=EvaluationRow.region_code,
        department=EvaluationRow.department_code,
        unit=EvaluationRow.unit_code,
    )
    return await read.page(query.where(mine), page, into=EvaluationView.of)


@router.get("/evaluations/{evaluation_id}", operation_id="get_evaluation", tags=["Evaluations"])
async def get_evaluation(read: Reading, evaluation_id: str) -> EvaluationView:
    """One evaluation."""
    row = await read.one(evaluation_register.evaluation(evaluation_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return EvaluationView.of(row)


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
