"""Command lines → a workbook, through a `Sheet`: what is written here, `reading` reads back.

Codes and amounts are written as texts, so that no spreadsheet program rounds or reformats them,
and no text is ever written as a formula. The same lines give the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from shared.documents.cells import cell_of
from shared.documents.sheet import Column, Sheet

# A workbook says when it was made; ours does not, or the same content had another hash each time.
MADE_AT: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zone
OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
FROZEN_ROWS: Final = 1


def write_workbook(sheet: Sheet, lines: Iterable[Mapping[str, Any]]) -> bytes:
    """The lines as a workbook of one sheet, headings first."""
    into = BytesIO()
    book = xlsxwriter.Workbook(into, OPTIONS)
    book.set_properties({"created": MADE_AT, "comments": sheet.note})
    page = book.add_worksheet(sheet.title)
    bold = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#EEEEEE"})
    for place, column in enumerate(sheet.every_column):
        page.write_string(0, place, column.title, bold)
        page.set_column(place, place, column.width)
    page.freeze_panes(FROZEN_ROWS, 0)
    row, before = FROZEN_ROWS, None
    for line in lines:
        head = [
            str(cell_of(_get(line, column.pointer), column)).strip() for column in sheet.columns
        ]
        if before is not None and sheet.lines and _same(head, before):
            row += 1  # else it would read as one more row of the command above
        before = head
        _write(page, row, 0, sheet.columns, line)
        items = _get(line, sheet.lines_pointer) or [] if sheet.lines else []
        for number, item in enumerate(items):
            _write(page, row + number, len(sheet.columns), sheet.lines, item)
        row += max(1, len(items))
    book.close()
    return into.getvalue()


def _same(head: Sequence[str], before: Sequence[str]) -> bool:
    return all(text in {"", above} for text, above in zip(head, before, strict=True))


def _write(
    page: xlsxwriter.worksheet.Worksheet,
    row: int,
    first: int,
    columns: Iterable[Column],
    fields: Mapping[str, Any],
) -> None:
    for place, column in enumerate(columns, first):
        value = cell_of(_get(fields, column.pointer), column)
        if isinstance(value, str):
            if value:
                page.write_string(row, place, value)
        else:
            page.write(row, place, value)


def _get(fields: Mapping[str, Any], pointer: str) -> Any:  # noqa: ANN401 - JSON is what it is
    found: Any = fields
    for part in pointer.strip("/").split("/"):
        if not isinstance(found, Mapping) or part not in found:
            return None
        found = found[part]
    return found
