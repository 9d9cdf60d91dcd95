"""The statement of a ledger as a workbook (资金明细账): opening, every booking, closing."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from fastapi import APIRouter, Response

from services.monitoring.api.ledger_queries import FromOn, On, asked, balances_around, between
from services.monitoring.api.ledger_views import BookingView
from services.monitoring.api.money_queries import Year, owned
from services.monitoring.projections import statement as statements
from services.monitoring.projections.statement import Booking
from shared.documents.sheet import Column, Kind, Sheet
from shared.domain.money import Money
from shared.domain.refusals import Invalid
from shared.http.reading import Reading
from shared.http.workbooks import XLSX, Form, exported

BOOKINGS_MAX: Final = 20_000
router: Final = APIRouter(tags=["Money"])
STATEMENT_SHEET: Final = Sheet(
    operation="get_statement",
    title="资金明细账",
    columns=(
        Column(title="记账日期", pointer="/booked_on", kind=Kind.DAY),
        Column(title="业务", pointer="/kind"),
        Column(title="文号或凭证号", pointer="/document", width=28),
        Column(title="国库", pointer="/treasury", kind=Kind.YUAN),
        Column(title="可用指标", pointer="/appropriated", kind=Kind.YUAN),
        Column(title="冻结", pointer="/frozen", kind=Kind.YUAN),
        Column(title="支付", pointer="/paid", kind=Kind.YUAN),
        Column(title="退回", pointer="/returned", kind=Kind.YUAN),
        Column(title="收回", pointer="/withdrawn", kind=Kind.YUAN),
        Column(title="可用余额", pointer="/available", kind=Kind.YUAN),
    ),
)
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file.",
        "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}},
    }
}
type Line = dict[str, Any]


class StatementTooLong(Invalid):
    """A workbook holds 20,000 bookings; ask for fewer days."""

    title_zh = "明细超过两万条，请缩小日期范围"


@router.get(
    "/ledgers/{project_code}/{fiscal_year}/statement/form",
    operation_id="export_statement",
    response_class=Response,
    responses=_FILE,
)
async def export_statement(
    read: Reading, project_code: str, fiscal_year: Year, on: On = None, from_on: FromOn = None
) -> Response:
    """Every booking between two days as a workbook, with opening and closing balance."""
    row = await owned(read, project_code, fiscal_year)
    first, last = between(read, on, from_on)
    opening, closing = await balances_around(read, row.ledger_id, first, last)
    question = statements.bookings(row.ledger_id, (first, last), None, BOOKINGS_MAX + 1)
    found = [Booking(*booking) for booking in await asked(read, question)]
    if len(found) > BOOKINGS_MAX:
        raise StatementTooLong(pointer="/from_on", remedy="Ask for fewer days at once.")
    lines = [
        _balance(from_on, "期初", opening),
        *_bookings(found, opening["appropriated_fen"]),
        _balance(last, "期末", closing),
    ]
    name = f"{STATEMENT_SHEET.title}-{project_code}-{fiscal_year}-{last}"
    return await asyncio.to_thread(exported, STATEMENT_SHEET, lines, Form.XLSX, name)


def _balance(day: date | None, name: str, fen: dict[str, int]) -> Line:
    accounts = ("treasury", "appropriated", "frozen", "paid", "returned", "withdrawn")
    held = {account: str(Money(fen[f"{account}_fen"])) for account in accounts}
    available = str(Money(fen["appropriated_fen"]))
    return {"booked_on": day and day.isoformat(), "kind": name, **held, "available": available}


def _bookings(found: Sequence[Booking], available: int) -> Iterator[Line]:
    for booking in found:
        available += booking.appropriated_fen
        yield BookingView.of(booking, available).model_dump(mode="json")
