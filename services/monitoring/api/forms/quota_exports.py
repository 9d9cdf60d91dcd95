"""The quota documents of a year as a file that imports again unchanged (`features` I8)."""

import asyncio
from collections.abc import Mapping
from enum import StrEnum
from itertools import batched
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from sqlmodel import col, select

from services.monitoring.api.forms.quota_sheets import (
    AMENDED_SHEET,
    ISSUED_SHEET,
    RECALLED_SHEET,
)
from services.monitoring.api.key_fund_queries import YearAsked, of_units
from services.monitoring.projections.ledger_statement import LedgerRow
from services.monitoring.projections.quota_book import QuotaDocumentRow
from shared.documents.sheet import Sheet
from shared.domain.money import Money
from shared.domain.refusals import Invalid
from shared.http.reading import Reading
from shared.http.workbooks import NDJSON, XLSX, Form, exported

router: Final = APIRouter(tags=["Forms"])
LINES_MAX: Final = 20_000
LEDGERS_AT_ONCE: Final = 1_000

type Line = dict[str, Any]


class Documented(StrEnum):
    """The kinds of quota documents, each with a form of its own."""

    ISSUED = "ISSUED"
    AMENDED = "AMENDED"
    RECALLED = "RECALLED"


class DocumentsTooMany(Invalid):
    """A file holds 20,000 documents."""

    title_zh = "指标文件超过两万条"


_SHEETS: Final[Mapping[Documented, tuple[Sheet, str, str]]] = {
    Documented.ISSUED: (ISSUED_SHEET, "amount", "issued_on"),
    Documented.AMENDED: (AMENDED_SHEET, "change", "amended_on"),
    Documented.RECALLED: (RECALLED_SHEET, "amount", "recalled_on"),
}
_FILES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file.",
        "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}, NDJSON: {}},
    }
}


@router.get(
    "/quota-documents/form",
    operation_id="export_quota_documents",
    response_class=Response,
    responses=_FILES,
)
async def export_quota_documents(
    read: Reading,
    fiscal_year: YearAsked,
    kind: Documented = Documented.ISSUED,
    form: Annotated[
        Form, Query(description="A workbook, or a command line in each line.")
    ] = Form.XLSX,
) -> Response:
    """The documents of one kind by national field names, of the projects that one may see."""
    query = select(LedgerRow).where(LedgerRow.fiscal_year == fiscal_year, of_units(read, LedgerRow))
    ledgers = {row.ledger_id: row for row in await read.all(query)}
    rows: list[QuotaDocumentRow] = []
    for part in batched(sorted(ledgers), LEDGERS_AT_ONCE):
        found = select(QuotaDocumentRow).where(
            col(QuotaDocumentRow.ledger_id).in_(part), QuotaDocumentRow.kind == kind.value
        )
        ordered = found.order_by(
            QuotaDocumentRow.ledger_id, col(QuotaDocumentRow.dated_on), QuotaDocumentRow.document_no
        )
        rows += await read.all(ordered.limit(LINES_MAX + 1))
        if len(rows) > LINES_MAX:
            raise DocumentsTooMany(remedy="Ask as somebody who sees fewer projects.")
    sheet, amount, day = _SHEETS[kind]
    lines = [_line(row, ledgers[row.ledger_id], amount, day) for row in rows]
    if form is Form.XLSX:
        lines = [
            {**line, "shown": _shown(row, ledgers[row.ledger_id])}
            for line, row in zip(lines, rows, strict=True)
        ]
    return await asyncio.to_thread(exported, sheet, lines, form, sheet.title)


def _line(row: QuotaDocumentRow, ledger: LedgerRow, amount: str, day: str) -> Line:
    moved = Money(abs(row.change_fen) if row.kind == Documented.RECALLED else row.change_fen)
    body = {
        "document_no": row.document_no,
        "bgt_id": row.bgt_id,
        "sup_bgt_doc_no": row.sup_bgt_doc_no,
        "fund_type_code": row.fund_type_code,
        "direct_fund_flag": row.direct_fund_flag,
        "found_type_code": row.found_type_code,
        "source_type_code": row.source_type_code,
        "reason": row.reason,
        amount: str(moved),
        day: row.dated_on.isoformat(),
    }
    return {
        "path": {"project_code": ledger.project_code, "fiscal_year": str(ledger.fiscal_year)},
        "body": {name: value for name, value in body.items() if value},
    }


def _shown(row: QuotaDocumentRow, ledger: LedgerRow) -> Line:
    """For people: what was cut as a positive amount, and what the ledger has available."""
    cut = Money(max(0, -row.change_fen)) if row.kind == Documented.AMENDED else None
    return {
        "cur_amt": str(Money(ledger.appropriated_fen)),
        **({} if cut is None else {"dis_amt": str(cut)}),
    }
