"""The disclosure tables as files: those told, for everybody; those coming, for who prepares."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from sqlmodel import col

from services.disclosure.api.forms.gathering import (
    coming_contents,
    every_item,
    known_of,
    told_contents,
)
from services.disclosure.api.forms.public_lines import Line, line
from services.disclosure.api.forms.public_sheets import KIND_OF, SHEET_OF, ItemTable, Table
from services.disclosure.api.report.figures import share
from services.disclosure.api.report.year import coverage_of
from services.disclosure.api.spans import Asked
from services.disclosure.projections.bulletin_register import bulletins
from services.disclosure.projections.disclosure_register import (
    UNTOLD,
    DisclosureRow,
    items,
    overdue_by_kind,
)
from services.disclosure.projections.owed_sums import TOLD
from services.disclosure.projections.span import Span
from shared.documents.sheet import Sheet
from shared.http.reading import Read, Reading
from shared.http.workbooks import NDJSON, XLSX, Form, exported

router: Final = APIRouter(tags=["Disclosure tables"])

As = Annotated[Form, Query(description="A workbook, or a command line in each line.")]
_FILES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file.",
        "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}, NDJSON: {}},
    }
}


@router.get(
    "/disclosures/tables/{table}",
    operation_id="export_public_table",
    response_class=Response,
    responses=_FILES,
)
async def export_public_table(
    read: Reading, span: Asked, table: Table, form: As = Form.XLSX
) -> Response:
    """One of the six official tables (公开表) with what was told; it imports again unchanged."""
    if table.value in KIND_OF:
        lines = await _told(read, span, table.value)
    elif table is Table.MONTHLY_WORK:
        lines = await _months(read, span)
    else:
        lines = await _coverage(read, span)
    return await _file(SHEET_OF[table.value], lines, form)


@router.get(
    "/disclosures/tables/{table}/preparation",
    operation_id="export_preparation_table",
    response_class=Response,
    responses=_FILES,
)
async def export_preparation_table(
    read: Reading, span: Asked, table: ItemTable, form: As = Form.XLSX
) -> Response:
    """What one has to prepare, as the table it will be told in: fill in the causes and links."""
    kind = KIND_OF[table.value]
    mine = read.scope.where(
        region=DisclosureRow.region_code,
        department=DisclosureRow.department_code,
        unit=DisclosureRow.unit_code,
    )
    rows = items(span, kind).where(col(DisclosureRow.status).in_(UNTOLD), mine)
    found = await every_item(read, rows)
    contents = await coming_contents(read, found, kind)
    lines = await _lines(read, span, found, contents)
    return await _file(SHEET_OF[table.value], lines, form)


async def _told(read: Read, span: Span, table: str) -> list[Line]:
    told = items(span, KIND_OF[table]).where(
        col(DisclosureRow.status).in_(TOLD), span.told(DisclosureRow.published_on)
    )
    rows = await every_item(read, told)
    return await _lines(read, span, rows, await told_contents(read, rows))


async def _lines(
    read: Read,
    span: Span,
    rows: Sequence[DisclosureRow],
    contents: Mapping[str, Mapping[str, Any]],
) -> list[Line]:
    known = await known_of(read, rows, span.fiscal_year)
    return [
        line(number, row, contents.get(row.item_id, {}), known)
        for number, row in enumerate(rows, start=1)
    ]


async def _months(read: Read, span: Span) -> list[Line]:
    """月度绩效工作公开表: the lines of the bulletins that were issued."""
    found = [row for row in await read.all(bulletins(span)) if row.issued_on]
    told = [row for row in found if row.issued_on and row.issued_on <= span.as_of]
    return [
        {
            "shown": {
                "month": f"{row.year}年{row.month}月",
                "work": said.get("work"),
                "units": said.get("units"),
                "projects": said.get("projects"),
                "result": said.get("result"),
                "attachment": f"/v1/bulletins/{row.bulletin_id}",
            }
        }
        for row in sorted(told, key=lambda row: (row.region_code, row.month))
        for said in row.lines
    ]


async def _coverage(read: Read, span: Span) -> list[Line]:
    """公开覆盖率统计表."""
    late = dict(await read.rows(overdue_by_kind(span)))
    return [
        {
            "shown": {
                "kind": kind,
                "owed": told.owed,
                "withheld": told.withheld,
                "published": told.published,
                "coverage": share(told.ratio),
                "overdue": late.get(kind, 0),
            }
        }
        for kind, told in (await coverage_of(read, span)).items()
    ]


async def _file(sheet: Sheet, lines: list[Line], form: Form) -> Response:
    """The file, made beside the loop: a whole region takes seconds."""
    if form is Form.NDJSON:
        # Machines get commands where there are any, and what is shown where there are none.
        lines = [
            {name: part for name, part in one.items() if name != "shown"} or one["shown"]
            for one in lines
        ]
    return await asyncio.to_thread(exported, sheet, lines, form, sheet.title)
