"""The ledgers of key funds as files. The first two import again unchanged; names are masked."""

import asyncio
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import batched
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from sqlmodel import col

from services.monitoring.api.forms.key_fund_sheets import (
    BENEFICIARY_SHEET,
    DIRECT_FUND_SHEET,
    LINKAGE_SHEET,
    Line,
    as_written,
    label,
)
from services.monitoring.api.key_fund_people_views import erased, masked, opened
from services.monitoring.api.key_fund_queries import YearAsked, of_units
from services.monitoring.api.key_fund_tracing import PART_MAX, Trace, key_of, trace
from services.monitoring.domain.linkage.linkage import notices_of
from services.monitoring.domain.values import project_id
from services.monitoring.projections import key_fund_batches as funds
from services.monitoring.projections import key_fund_beneficiaries as people
from services.monitoring.projections import key_fund_findings as findings
from services.monitoring.projections import key_fund_linkage as linkage
from services.monitoring.projections.key_fund_batches import AllocationRow, BatchRow
from services.monitoring.projections.key_fund_beneficiaries import BeneficiaryRow
from services.monitoring.projections.key_fund_findings import FindingRow
from services.monitoring.projections.key_fund_linkage import LinkageRow
from shared.documents.sheet import Sheet
from shared.domain.money import Money
from shared.http.reading import Reading, ReadingNow
from shared.http.workbooks import NDJSON, XLSX, Form, exported

router: Final = APIRouter(tags=["Forms"])
LINES_MAX: Final = 20_000
As = Annotated[Form, Query(description="A workbook, or a command line in each line.")]
_FILES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file.",
        "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}, NDJSON: {}},
    }
}


@router.get(
    "/direct-fund-ledger",
    operation_id="export_direct_fund_ledger",
    response_class=Response,
    responses=_FILES,
)
async def export_direct_fund_ledger(
    read: Reading,
    fiscal_year: YearAsked,
    region: Annotated[str | None, Query(max_length=40)] = None,
    form: As = Form.XLSX,
) -> Response:
    """The ledger 直达资金台账 of one region: one's own, or one below it."""
    whose = region or read.person.region_code or ""
    read.check(whose)
    rows = funds.batches(fiscal_year).where(BatchRow.region_code == whose)
    batches = await read.all(rows.order_by(col(BatchRow.received_on), BatchRow.batch_id))
    traced = await trace(read, batches)
    found: dict[str, list[FindingRow]] = {}
    for part in batched([row.batch_id for row in batches], PART_MAX):
        for one in await read.all(findings.of_batches(part)):
            found.setdefault(one.batch_id, []).append(one)
    lines = [_batch(traced, row, found.get(row.batch_id, ())) for row in batches]
    return await _file(DIRECT_FUND_SHEET, lines, form)


def _batch(traced: Trace, row: BatchRow, found: Sequence[FindingRow]) -> Line:
    given = traced.allocations.get(row.batch_id, ())
    lines = [_allocation(traced, row, one) for one in given]
    left = Money(row.amount_fen - row.allocated_fen)
    if left or not lines:
        lines.append({"amount": str(left), "direct_fund_flag": row.direct_fund_flag})
    if found:
        # What was found concerns the batch: it stands in its first row.
        lines[0]["findings"] = "；".join(
            f"{label('FindingKind', one.kind)} {one.opened_on}" for one in found
        )
        lines[0]["rectification"] = "；".join(
            one.result or label("FindingStatus", one.status) for one in found
        )
    body = {
        "fund_name": row.fund_name,
        "superior_document_no": row.superior_document_no,
        "received_on": row.received_on.isoformat() if row.received_on else "",
        "kind": row.kind,
        "lines": lines,
    }
    return {"body": body}


def _allocation(traced: Trace, batch: BatchRow, row: AllocationRow) -> Line:
    issued = traced.issues.get((batch.batch_id, row.allocation_id), ())
    paid = Money.total(traced.paid[key_of(one)] for one in issued)
    rate = paid.ratio_to(Money(row.amount_fen)) * 100
    return {
        "amount": str(Money(row.amount_fen)),
        "document_no": row.document_no,
        "allocated_on": row.allocated_on.isoformat() if row.allocated_on else "",
        "recipient": row.recipient,
        "project_code": row.project_code,
        "direct_fund_flag": batch.direct_fund_flag,
        "paid": str(paid),
        "paid_rate": f"{rate.quantize(Decimal('0.01'))}%",
        "households": sum(
            traced.payees.get(ledger, 0) for ledger in {one.ledger_id for one in issued}
        ),
    }


@router.get(
    "/linkage-fund-ledger",
    operation_id="export_linkage_ledger",
    response_class=Response,
    responses=_FILES,
)
async def export_linkage_ledger(
    read: Reading, fiscal_year: YearAsked, form: As = Form.XLSX
) -> Response:
    """The ledger 衔接资金绩效台账 of the projects that one may see."""
    mine = of_units(read, LinkageRow)
    query = linkage.projects(fiscal_year).where(mine).limit(LINES_MAX)
    rows = await read.all(query.order_by(LinkageRow.region_code, LinkageRow.linkage_id))
    said: dict[str, list[Any]] = {}
    for part in batched([row.linkage_id for row in rows], PART_MAX):
        for one in await read.all(linkage.notices(part)):
            said.setdefault(one.linkage_id, []).append((one.place, one.announced_on))
    lines = [_project(row, notices_of(said.get(row.linkage_id, ()))) for row in rows]
    sheet = as_written(LINKAGE_SHEET) if form is Form.XLSX else LINKAGE_SHEET
    return await _file(sheet, lines, form)


def _project(row: LinkageRow, notices: str) -> Line:
    body: dict[str, Any] = {
        "region_code": row.region_code,
        "project_code": row.project_code,
        "fiscal_year": row.fiscal_year,
        "kind": row.kind,
        "amount": str(Money(row.amount_fen)),
        "target": row.target,
        "completion": row.completion,
        "beneficiaries": f"{row.households}/{row.persons}",
        "notice": row.notice or notices,
        "score": row.score,
    }
    return {"body": {name: value for name, value in body.items() if value not in (None, "")}}


@router.get(
    "/beneficiary-ledger",
    operation_id="export_beneficiaries",
    response_class=Response,
    responses=_FILES,
)
async def export_beneficiaries(
    read: ReadingNow, project_code: str, fiscal_year: YearAsked, form: As = Form.XLSX
) -> Response:
    """The real-name ledger of a project, masked. It is for reading; masked names do not import."""
    query = people.lines().where(of_units(read, BeneficiaryRow))
    query = query.where(BeneficiaryRow.ledger_id == project_id(project_code, fiscal_year))
    query = query.order_by(BeneficiaryRow.payment_id, BeneficiaryRow.line_id).limit(LINES_MAX)
    rows = await read.all(query.where(col(BeneficiaryRow.withdrawn).is_(False)))
    gone = erased(read.language)
    boxes = await opened(read, rows)
    lines = [
        _beneficiary(row, masked(fields, gone)) for row, fields in zip(rows, boxes, strict=True)
    ]
    answer = await _file(BENEFICIARY_SHEET, lines, form)
    answer.headers["cache-control"] = "no-store"
    return answer


def _beneficiary(row: BeneficiaryRow, shown: tuple[str, str]) -> Line:
    name, number = shown
    body: dict[str, Any] = {
        "project_code": row.project_code,
        "fiscal_year": row.fiscal_year,
        "payment_id": row.payment_id,
        "line_id": row.line_id,
        "month": row.month,
        "place_code": row.place_code,
        "payee_kind": row.payee_kind,
        "counting": row.counting,
        "persons": row.persons,
        "name": name,
        "number": number,
        "amount": str(Money(row.amount_fen)),
    }
    return {"body": body}


async def _file(sheet: Sheet, lines: Iterable[Line], form: Form) -> Response:
    """The file, made beside the loop."""
    return await asyncio.to_thread(lambda: exported(sheet, list(lines), form, sheet.title))
