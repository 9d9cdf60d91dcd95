"""Questions about judging: self-evaluations and evaluations."""

from typing import Annotated, Final

from fastapi import APIRouter, Query

from services.evaluation.api.views import EvaluationView
from services.evaluation.projections import (
    evaluation_register,
)
from services.evaluation.projections.evaluation_register import EvaluationRow
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
