"""A page as a table: CSV (RFC 4180), XLSX and NDJSON, exact, and harmless in a spreadsheet.

A text that a spreadsheet program would read as a formula is neutralised (OWASP "CSV injection",
ASVS 1.2.10): with an apostrophe in front in CSV, with the cell's own mark for texts in XLSX, where
the value stays as it is. A plain number is no formula, also a negative one, and stays exact: CSV
has its digits, XLSX has it as a text as soon as a spreadsheet could not hold it.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final

import msgspec

MADE_AT: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zone
"""A workbook says when it was made; ours does not, or the same rows had other bytes each time."""
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "\uff20")
BOM: Final = "\ufeff"
EXACT_MAX: Final = 10**15  # a spreadsheet keeps fifteen digits
CELL_CHARACTERS_MAX: Final = 32_767
SHEET_NAME_MAX: Final = 31
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_WHOLE: Final = re.compile(rb"-?\d+")
_fields: Final = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_text: Final = msgspec.json.Decoder(str).decode


def as_csv(columns: Sequence[str], rows: Iterable[bytes], *, bom: bool) -> bytes:
    """Headings and rows; with the mark by which old programs know UTF-8 where it is asked for."""
    into = StringIO(newline="")
    writer = csv.writer(into, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_harmless(value) for value in cells(columns, row)])
    return ((BOM if bom else "") + into.getvalue()).encode()


def as_ndjson(rows: Iterable[bytes]) -> bytes:
    """Each row as it was written, on a line of its own."""
    return b"".join(row + b"\n" for row in rows)


def as_xlsx(name: str, columns: Sequence[str], rows: Iterable[bytes]) -> bytes:
    """A workbook of one sheet; the same rows give the same bytes."""
    into = BytesIO()
    _write_sheet(into, {"in_memory": True}, name, columns, rows)
    return into.getvalue()


def write_xlsx(into: Path, name: str, columns: Sequence[str], rows: Iterable[bytes]) -> None:
    """The same of any length: a row is forgotten as soon as it is written beside the file."""
    options = {"constant_memory": True, "tmpdir": str(into.parent)}
    _write_sheet(str(into), options, name, columns, rows)


def _write_sheet(
    into: str | BytesIO,
    options: Mapping[str, object],
    name: str,
    columns: Sequence[str],
    rows: Iterable[bytes],
) -> None:
    import xlsxwriter  # noqa: PLC0415 - heavy, and seldom asked for

    texts = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = xlsxwriter.Workbook(into, {**options, **texts})
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


def cells(columns: Sequence[str], row: bytes) -> list[str | int]:
    """The values of a row in the order of the headings: whole numbers, and texts."""
    found = fields_of(row)
    return [value_of(found[column]) if column in found else "" for column in columns]


def value_of(raw: bytes) -> str | int:
    """A value as a cell has it: a number keeps its digits, what is nested stays JSON."""
    if raw == b"null":
        return ""
    if raw.startswith(b'"'):
        return _text(raw)
    return int(raw) if _WHOLE.fullmatch(raw) else raw.decode()


def fields_of(row: bytes) -> dict[str, bytes]:
    """The fields of a row, each as it was written."""
    return {name: bytes(raw) for name, raw in _fields(row).items()}


def dangerous(text: str) -> bool:
    """Whether a spreadsheet program might calculate with it."""
    return text.startswith(DANGEROUS) and _NUMBER.fullmatch(text) is None


def _harmless(value: str | int) -> str:
    text = str(value)
    return f"'{text}" if dangerous(text) else text
