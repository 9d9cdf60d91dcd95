"""Questions about what follows: linkage, recovery, cut, ranking, external record, cases."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query

from services.evaluation.api.views import (
    CaseView,
    CutView,
    ExternalRankView,
    ExternalScoreView,
    RankingView,
    RecoveryExplanationView,
    RecoveryView,
    TotalsView,
)
from services.evaluation.projections import (
    case_register,
    cut_register,
    external_records,
    ranking_board,
    recovery_ledger,
)
from services.evaluation.projections.case_register import CaseRow
from services.evaluation.projections.cut_register import CutRow
from services.evaluation.projections.recovery_ledger import RecoveryRow
from shared.domain.money import Money
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading
from shared.http.scope import covers

router: Final = APIRouter(tags=["Recoveries"])
Year = Annotated[int | None, Query(ge=2000, le=2100)]
YearAsked = Annotated[int, Query(ge=2000, le=2100)]
Reach = Literal["self", "tree"]


@router.get("/recoveries", operation_id="list_recoveries")
async def list_recoveries(
    read: Reading,
    page: PageRequest,
    *,
    fiscal_year: Year = None,
    status: str | None = None,
    unit: str | None = None,
) -> Page[RecoveryView]:
    """资金收回台账."""
    query = recovery_ledger.recoveries(fiscal_year=fiscal_year, status=status, unit=unit)
    mine = read.scope.where(
        region=RecoveryRow.region_code,
        department=RecoveryRow.department_code,
        unit=RecoveryRow.unit_code,
    )
    return await read.page(query.where(mine), page, into=RecoveryView.of)


@router.get("/recoveries/statistics", operation_id="get_recovery_statistics")
async def get_recovery_statistics(
    read: Reading, year: YearAsked, region: str, scope: Reach = "tree"
) -> TotalsView:
    """Booked in a calendar year: only booked money counts."""
    query = recovery_ledger.booked_between(date(year, 1, 1), date(year, 12, 31))
    mine = read.scope.where(
        region=RecoveryRow.region_code,
        department=RecoveryRow.department_code,
        unit=RecoveryRow.unit_code,
    )
    rows = [
        row for row in await read.all(query.where(mine)) if _within(region, row.region_code, scope)
    ]
    return _totals(rows, "/v1/recoveries?status=BOOKED")


def _within(region: str, code: str, reach: Reach) -> bool:
    return covers(region, code) if reach == "tree" else code == region


def _totals(rows: Sequence[RecoveryRow] | Sequence[CutRow], drill_down: str) -> TotalsView:
    return TotalsView(
        unit_count=len({row.unit_code for row in rows}),
        project_count=len({row.project_code for row in rows}),
        amount=Money(sum(row.amount_fen for row in rows)),
        drill_down=drill_down,
    )


async def _recovery(read: Read, recovery_id: str) -> RecoveryRow:
    row = await read.one(recovery_ledger.recovery(recovery_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return row


@router.get("/recoveries/{recovery_id}", operation_id="get_recovery")
async def get_recovery(read: Reading, recovery_id: str) -> RecoveryView:
    """One recovery."""
    return RecoveryView.of(await _recovery(read, recovery_id))


@router.get("/recoveries/{recovery_id}/explanation", operation_id="explain_recovery")
async def explain_recovery(read: Reading, recovery_id: str) -> RecoveryExplanationView:
    """How much could be taken back, and from what it was computed."""
    return RecoveryExplanationView.of(await _recovery(read, recovery_id))


@router.get("/budget-cuts", operation_id="list_budget_cuts", tags=["Budget cuts"])
async def list_budget_cuts(
    read: Reading, page: PageRequest, *, budget_year: Year = None, status: str | None = None
) -> Page[CutView]:
    """预算调减台账."""
    query = cut_register.cuts(budget_year=budget_year, status=status)
    mine = read.scope.where(
        region=CutRow.region_code, department=CutRow.department_code, unit=CutRow.unit_code
    )
    return await read.page(query.where(mine), page, into=CutView.of)


@router.get(
    "/budget-cuts/statistics", operation_id="get_budget_cut_statistics", tags=["Budget cuts"]
)
async def get_budget_cut_statistics(
    read: Reading,
    budget_year: YearAsked,
    basis_fiscal_year: YearAsked,
    region: str,
    scope: Reach = "tree",
) -> TotalsView:
    """Confirmed cuts of a coming budget on the results of a year."""
    query = cut_register.cuts(
        budget_year=budget_year, basis_fiscal_year=basis_fiscal_year, status="CONFIRMED"
    )
    mine = read.scope.where(
        region=CutRow.region_code, department=CutRow.department_code, unit=CutRow.unit_code
    )
    rows = [
        row for row in await read.all(query.where(mine)) if _within(region, row.region_code, scope)
    ]
    return _totals(rows, f"/v1/budget-cuts?budget_year={budget_year}&status=CONFIRMED")


@router.get("/budget-cuts/{cut_id}", operation_id="get_budget_cut", tags=["Budget cuts"])
async def get_budget_cut(read: Reading, cut_id: str) -> CutView:
    """One cut."""
    row = await read.one(cut_register.cut(cut_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return CutView.of(row)


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
