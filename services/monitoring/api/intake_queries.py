"""Questions about what came in: messages, lines without a ledger, tie-outs."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query

from services.monitoring.api.intake_views import StatementLineView, StatementView, TieOutView
from services.monitoring.projections import reconciliation
from services.monitoring.projections import treasury_lines as register
from services.monitoring.projections.reconciliation import TieOutRow
from services.monitoring.projections.treasury_lines import StatementLineRow, StatementRow
from shared.contracts.fields import Day
from shared.domain.workdays import business_date
from shared.http.pages import Page, PageRequest
from shared.http.reading import Reading

router: Final = APIRouter(tags=["Treasury files"])
Name = Annotated[str | None, Query(max_length=100)]


@router.get("/treasury-statements", operation_id="list_treasury_statements")
async def list_treasury_statements(
    read: Reading, page: PageRequest, system: Name = None, form: Name = None
) -> Page[StatementView]:
    """Every message that was taken, and how its lines ended."""
    mine = read.scope.where(region=StatementRow.region_code)
    query = register.statements(system, form).where(mine)
    return await read.page(query, page, into=StatementView.of)


@router.get("/treasury-statements/{statement_id}", operation_id="get_treasury_statement")
async def get_treasury_statement(read: Reading, statement_id: str) -> StatementView:
    """One message that was taken."""
    row = await read.one(register.statement(statement_id))
    read.check(row.region_code)
    read.tag(row.version)
    return StatementView.of(row)


@router.get("/statement-lines", operation_id="list_statement_lines")
async def list_statement_lines(  # noqa: PLR0913 - each is a parameter of the request
    read: Reading,
    page: PageRequest,
    *,
    statement_id: Name = None,
    outcome: Literal["BREAK", "REFUSED"] | None = None,
    state: Literal["OPEN", "ASSIGNED", "REJECTED"] | None = None,
    owner: Name = None,
) -> Page[StatementLineView]:
    """Lines that are in no ledger: breaks with owner and age, and what was refused."""
    today = business_date(read.runtime.clock.now())
    mine = read.scope.where(region=StatementLineRow.region_code)
    query = register.lines(statement_id, outcome, state, owner).where(mine)
    return await read.page(query, page, into=lambda row: StatementLineView.of(row, today))


@router.get("/tie-outs", operation_id="list_tie_outs")
async def list_tie_outs(
    read: Reading,
    page: PageRequest,
    from_on: Day | None = None,
    until_on: Day | None = None,
    *,
    equal: bool | None = None,
) -> Page[TieOutView]:
    """The tie-outs of some days; `equal=false` shows where something is to be found out."""
    mine = read.scope.where(region=TieOutRow.region_code)
    query = reconciliation.tie_outs(from_on, until_on, equal=equal).where(mine)
    order = (TieOutRow.until_on, TieOutRow.region_code)
    return await read.page(query, page, order=order, into=TieOutView.of)


@router.get("/tie-outs/{tie_out_id}", operation_id="get_tie_out")
async def get_tie_out(read: Reading, tie_out_id: str) -> TieOutView:
    """One tie-out."""
    row = await read.one(reconciliation.tie_out(tie_out_id))
    read.check(row.region_code)
    read.tag(row.version)
    return TieOutView.of(row)
