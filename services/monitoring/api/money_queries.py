"""Questions about money: ledgers, payments."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query

from services.monitoring.api.ledger_views import LedgerView, PaymentView
from services.monitoring.domain.values import project_id
from services.monitoring.projections import ledger_statement as ledgers
from services.monitoring.projections import payment_list
from services.monitoring.projections.ledger_statement import LedgerRow
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Money"])
Year = Annotated[int, Path(ge=2000, le=2100)]
YearAsked = Annotated[int, Query(ge=2000, le=2100)]


async def _own(read: Read, ledger_id: str) -> LedgerRow:
    row = await read.one(ledgers.ledger(ledger_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return row


async def owned(read: Read, project_code: str, fiscal_year: int) -> LedgerRow:
    """The ledger of a project and year, where the caller may see it; its version as the tag."""
    return await _own(read, project_id(project_code, fiscal_year))


@router.get("/ledgers/{project_code}/{fiscal_year}", operation_id="get_ledger")
async def get_ledger(read: Reading, project_code: str, fiscal_year: Year) -> LedgerView:
    """The accounts of a project in one year."""
    return LedgerView.of_row(await owned(read, project_code, fiscal_year))


@router.get("/ledgers/{ledger_id}", operation_id="get_ledger_by_id")
async def get_ledger_by_id(read: Reading, ledger_id: str) -> LedgerView:
    """The accounts under the id that booking a line answers."""
    return LedgerView.of_row(await _own(read, ledger_id))


@router.get("/ledgers", operation_id="list_ledgers")
async def list_ledgers(
    read: Reading, page: PageRequest, fiscal_year: YearAsked, unit_code: str | None = None
) -> Page[LedgerView]:
    """The ledgers of a year."""
    mine = read.scope.where(
        region=LedgerRow.region_code,
        department=LedgerRow.department_code,
        unit=LedgerRow.unit_code,
    )
    query = ledgers.ledgers(fiscal_year, unit_code).where(mine)
    return await read.page(query, page, into=LedgerView.of_row)


@router.get("/ledgers/{project_code}/{fiscal_year}/payments", operation_id="list_payments")
async def list_payments(
    read: Reading, page: PageRequest, project_code: str, fiscal_year: Year
) -> Page[PaymentView]:
    """The payments of a project in one year, by their treasury number."""
    row = await owned(read, project_code, fiscal_year)
    return await read.page(payment_list.payments(row.ledger_id), page, into=PaymentView.of)
