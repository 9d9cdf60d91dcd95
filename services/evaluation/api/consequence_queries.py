"""Questions about what follows: linkage, recovery, cut."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query

from services.evaluation.api.views import (
    CutView,
    LinkageView,
    RecoveryExplanationView,
    RecoveryView,
    TotalsView,
)
from services.evaluation.projections import (
    cut_register,
    linkage_board,
    recovery_ledger,
)
from services.evaluation.projections.cut_register import CutRow
from services.evaluation.projections.linkage_board import LinkageRow
from services.evaluation.projections.recovery_ledger import RecoveryRow
from shared.domain.money import Money
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading
from shared.http.scope import covers

router: Final = APIRouter(tags=["Recoveries"])
Year = Annotated[int | None, Query(ge=2000, le=2100)]
YearAsked = Annotated[int, Query(ge=2000, le=2100)]
Reach = Literal["self", "tree"]


@router.get("/linkages", operation_id="list_linkages", tags=["Linkage"])
async def list_linkages(
    read: Reading, page: PageRequest, budget_year: Year = None
) -> Page[LinkageView]:
    """What binds a coming budget, unit by unit."""
    mine = read.scope.where(
        region=LinkageRow.region_code,
        department=LinkageRow.department_code,
        unit=LinkageRow.unit_code,
    )
    query = linkage_board.linkages(budget_year=budget_year).where(mine)
    return await read.page(query, page, into=LinkageView.of)


async def _linkage(read: Read, linkage_id: str) -> LinkageRow:
    row = await read.one(linkage_board.linkage(linkage_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return row


@router.get("/linkages/{linkage_id}", operation_id="get_linkage", tags=["Linkage"])
async def get_linkage(read: Reading, linkage_id: str) -> LinkageView:
    """One unit and evaluated year: `<unit>-<year>`."""
    return LinkageView.of(await _linkage(read, linkage_id))


@router.get("/linkages/{linkage_id}/explanation", operation_id="explain_linkage", tags=["Linkage"])
async def explain_linkage(read: Reading, linkage_id: str) -> LinkageView:
    """Grade, previous budget, factor and cap: cap = previous budget by the factor of the grade."""
    return LinkageView.of(await _linkage(read, linkage_id))


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
