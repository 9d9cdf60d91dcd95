"""Questions about standing: appraisals, rankings, what superiors said, results of earlier years."""

from typing import Annotated, Final

from fastapi import APIRouter, Query

from services.evaluation.api.standing_views import (
    AppraisalExplanationView,
    AppraisalView,
    ExternalRankView,
    ExternalScoreView,
    PriorResultView,
    RankingView,
)
from services.evaluation.projections import (
    appraisal_board,
    external_records,
    prior_results,
    ranking_board,
)
from services.evaluation.projections.appraisal_board import AppraisalRow
from services.evaluation.projections.prior_results import PriorResultRow
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Results on record"])
Year = Annotated[int | None, Query(ge=2000, le=2100)]


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


async def _appraisal(read: Read, appraisal_id: str) -> AppraisalRow:
    row = await read.one(appraisal_board.appraisal(appraisal_id))
    read.check(row.region_code, department=row.department_code, unit=row.subject_code)
    read.tag(row.version)
    return row


@router.get("/appraisals/{appraisal_id}", operation_id="get_appraisal", tags=["Appraisals"])
async def get_appraisal(read: Reading, appraisal_id: str) -> AppraisalView:
    """One subject and year: `<subject>-<year>`."""
    return AppraisalView.of(await _appraisal(read, appraisal_id))


@router.get(
    "/appraisals/{appraisal_id}/explanation", operation_id="explain_appraisal", tags=["Appraisals"]
)
async def explain_appraisal(read: Reading, appraisal_id: str) -> AppraisalExplanationView:
    """Links, bonus, penalty and inflated projects; the grade follows from the rounded score."""
    return AppraisalExplanationView.of(await _appraisal(read, appraisal_id))


@router.get("/rankings", operation_id="list_rankings", tags=["Rankings"])
async def list_rankings(
    read: Reading, page: PageRequest, fiscal_year: Year = None
) -> Page[RankingView]:
    """Rankings as they were published."""
    return await read.page(
        ranking_board.rankings(fiscal_year=fiscal_year), page, into=RankingView.of
    )


@router.get("/rankings/{ranking_id}", operation_id="get_ranking", tags=["Rankings"])
async def get_ranking(read: Reading, ranking_id: str) -> RankingView:
    """One snapshot; `superseded_by` names the ranking that corrected it."""
    row = await read.one(ranking_board.ranking(ranking_id))
    read.tag(row.version)
    return RankingView.of(row)


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
