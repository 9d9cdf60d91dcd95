"""Questions about breaks: whose turn it is, how old they are, why they are breaks."""

from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Query
from sqlmodel import col

from services.monitoring.api.break_views import BreakExplanationView, BreakView, LateReturnView
from services.monitoring.api.money_queries import Year, YearAsked, owned
from services.monitoring.domain.ledger.kinds import BreakKind
from services.monitoring.projections import break_register as register
from services.monitoring.projections.break_register import BreakRow
from shared.domain.workdays import business_date
from shared.http.language import Language
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

DAYS_MAX: Final = 36_500
router: Final = APIRouter(tags=["Money"])
Older = Annotated[
    int | None, Query(ge=0, le=DAYS_MAX, description="Open for more than so many days.")
]
FiscalYear = Annotated[int | None, Query(ge=2000, le=2100)]


def _today(read: Read) -> date:
    return read.as_of or business_date(read.runtime.clock.now())


@router.get("/breaks", operation_id="list_breaks")
async def list_breaks(  # noqa: PLR0913, PLR0917 - one per filter
    read: Reading,
    page: PageRequest,
    kind: BreakKind | None = None,
    owner: str | None = None,
    older_than: Older = None,
    fiscal_year: FiscalYear = None,
    *,
    resolved: bool = False,
) -> Page[BreakView]:
    """Lines that do not agree with their ledger: those that wait, or those that were resolved."""
    mine = read.scope.where(
        region=BreakRow.region_code, department=BreakRow.department_code, unit=BreakRow.unit_code
    )
    query = register.breaks(resolved=resolved).where(mine)
    today = _today(read)
    if kind is not None:
        query = query.where(BreakRow.kind == kind.value)
    if owner is not None:
        query = query.where(BreakRow.owner == owner)
    if fiscal_year is not None:
        query = query.where(BreakRow.fiscal_year == fiscal_year)
    if older_than is not None:
        query = query.where(col(BreakRow.opened_on) < today - timedelta(days=older_than))
    return await read.page(query, page, into=lambda row: BreakView.of(row, today))


@router.get(
    "/ledgers/{project_code}/{fiscal_year}/breaks/{break_id:path}/explanation",
    operation_id="explain_break",
)
async def explain_break(
    read: Reading, project_code: str, fiscal_year: Year, break_id: str
) -> BreakExplanationView:
    """Why a line is a break, what was known when it came, and how it may end."""
    ledger = await owned(read, project_code, fiscal_year)
    row = await read.one(register.break_of(ledger.ledger_id, break_id))
    chinese = read.language is Language.ZH
    return BreakExplanationView.explained(row, _today(read), chinese=chinese)


@router.get("/late-returns", operation_id="list_late_returns")
async def list_late_returns(
    read: Reading, page: PageRequest, fiscal_year: YearAsked
) -> Page[LateReturnView]:
    """What came back after its year was closed, and the slip by which it became income."""
    mine = read.scope.where(
        region=BreakRow.region_code, department=BreakRow.department_code, unit=BreakRow.unit_code
    )
    query = register.late_returns(fiscal_year).where(mine)
    return await read.page(query, page, into=LateReturnView.of)
