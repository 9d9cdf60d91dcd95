"""A workbook of any length: like `as_xlsx`, but a row is forgotten as soon as it is written."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from shared.http.list_formats_tables import (
    CELL_CHARACTERS_MAX,
    EXACT_MAX,
    MADE_AT,
    SHEET_NAME_MAX,
    cells,
    dangerous,
)


def write_rows(into: Path, name: str, columns: Sequence[str], rows: Iterable[bytes]) -> None:
    """A workbook of one sheet; the same rows give the same bytes. It needs room beside the file."""
    import xlsxwriter  # noqa: PLC0415 - heavy, and seldom asked for

    options = {
        "constant_memory": True,
        "tmpdir": str(into.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(str(into), options)
    book.set_properties({"created": MADE_AT})
    page = book.add_worksheet(name[-SHEET_NAME_MAX:])
    bold, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    for place, column in enumerate(columns):
        page.write_string(0, place, column, bold)
    page.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(cells(columns, row)):
            if isinstance(value, int) and abs(value) < EXACT_MAX:
                page.write_number(number, place, value)
            elif text := str(value)[:CELL_CHARACTERS_MAX]:
                page.write_string(number, place, text, quoted if dangerous(text) else None)
    book.close()
