"""Questions about what is on record: ranking, external record, cases."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query

from services.evaluation.api.views import (
    CaseView,
    ExternalRankView,
    ExternalScoreView,
    RankingView,
)
from services.evaluation.projections import (
    case_register,
    external_records,
    ranking_board,
)
from services.evaluation.projections.case_register import CaseRow
from shared.http.pages import Page, PageRequest
from shared.http.reading import Reading

router: Final = APIRouter(tags=["Rankings"])
Year = Annotated[int | None, Query(ge=2000, le=2100)]
YearAsked = Annotated[int, Query(ge=2000, le=2100)]
Reach = Literal["self", "tree"]


@router.get("/rankings", operation_id="list_rankings", tags=["Rankings"])
async def list_rankings(
    read: Reading, page: PageRequest, fiscal_year: Year = None
) -> Page[RankingView]:
    """Rankings as they were published."""
    return await read.page(
        ranking_board.rankings(fiscal_year=fiscal_year), page, into=RankingView.of
    )


@router.get("/external-rankings", operation_id="list_external_rankings", tags=["Results on record"])
async def list_external_rankings(
    read: Reading, page: PageRequest, *, scheme: str | None = None, period: str | None = None
) -> Page[ExternalRankView]:
    """Ranks a superior gave."""
    query = external_records.ranks(scheme=scheme, period=period)
    return await read.page(query, page, into=ExternalRankView.of)


@router.get("/external-scores", operation_id="list_external_scores", tags=["Results on record"])
async def list_external_scores(
    read: Reading, page: PageRequest, *, fund: str | None = None, fund_year: Year = None
) -> Page[ExternalScoreView]:
    """Review scores a superior gave."""
    query = external_records.scores(fund=fund, fund_year=fund_year)
    return await read.page(query, page, into=ExternalScoreView.of)


@router.get("/cases", operation_id="list_cases", tags=["Accountability"])
async def list_cases(read: Reading, page: PageRequest, status: str | None = None) -> Page[CaseView]:
    """Accountability cases."""
    mine = read.scope.where(
        region=CaseRow.region_code, department=CaseRow.department_code, unit=CaseRow.unit_code
    )
    return await read.page(case_register.cases(status=status).where(mine), page, into=CaseView.of)


@router.get("/cases/{case_id}", operation_id="get_case", tags=["Accountability"])
async def get_case(read: Reading, case_id: str) -> CaseView:
    """One case."""
    row = await read.one(case_register.case(case_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return CaseView.of(row)
