"""Payment lists as CSV, XLSX, JSON or NDJSON: rows by national field names → lines.

Headings may be the field names or their Chinese titles; a column nobody knows is left out.
One record is one line of the file, so that a list of any length can be read as it comes.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.monitoring.api.bank.columns import (
    AMOUNTS,
    COLUMNS,
    NEEDED,
    Record,
    line_of,
    unreadable,
)
from services.monitoring.api.bank.refusals import ColumnsMissing, FileUnreadable
from services.monitoring.domain.statement.lines import BankLine
from services.monitoring.domain.statement.vouchers import VOUCHERS, Voucher
from shared.documents.reading import table_rows
from shared.documents.records import RecordUnreadable, read_record, read_records

_BY_TITLE: Final = {**{title: name for name, title in COLUMNS.items()}, **{n: n for n in COLUMNS}}
_BOM: Final = "\ufeff"

type Vouchers = Mapping[str, Voucher]


@dataclass(frozen=True, slots=True)
class Header:
    """Where each field stands in a row; `names` has an empty text for what nobody knows."""

    names: tuple[str, ...]
    places: Mapping[str, int]
    vouchers: Vouchers = field(default_factory=lambda: VOUCHERS)

    @classmethod
    def of(cls, titles: Sequence[str], vouchers: Vouchers = VOUCHERS) -> "Header":
        """The fields of a heading; refused where no line could be read."""
        names = [_BY_TITLE.get(title.strip().lstrip(_BOM), "") for title in titles]
        places = {name: place for place, name in reversed(list(enumerate(names))) if name}
        missing = [name for name in NEEDED if name not in places]
        if not any(name in places for name in AMOUNTS):
            missing.append(AMOUNTS[0])
        if missing:
            titles_zh = "、".join(COLUMNS[name] for name in missing)
            raise ColumnsMissing(
                f"The first row lacks {', '.join(missing)}.",
                remedy=f"Name the columns {', '.join(COLUMNS)}; these are needed: "
                f"{', '.join((*NEEDED, AMOUNTS[0]))}.",
                detail_zh=f"首行缺少列：{titles_zh}。",
                remedy_zh=f"请使用列名：{'、'.join(COLUMNS.values())}。",
                missing=missing,
            )
        return cls(tuple(names), places, vouchers)

    def record(self, row: Sequence[str]) -> Record:
        """A row by the names of its fields; of two columns with one name the first counts."""
        found = dict(zip(self.names, map(str.strip, row), strict=False))
        if len(found) < len(self.names):
            found |= {name: row[at].strip() for name, at in self.places.items() if at < len(row)}
        return found

    def line(self, row: Sequence[str], place: int) -> BankLine:
        """A row as a line."""
        return line_of(self.record(row), place, self.vouchers)


def read_csv(content: bytes, vouchers: Vouchers = VOUCHERS) -> Iterator[BankLine]:
    """The lines of a CSV file (RFC 4180, UTF-8), the first row being the heading."""
    texts = decoded(content).splitlines()
    if not texts:
        raise ColumnsMissing("The file is empty.", detail_zh="文件为空。")
    header = Header.of(next(csv.reader([texts[0]])), vouchers)
    for place, text in enumerate(texts[1:], 2):
        if text.strip():
            yield csv_line(header, text, place)


def csv_line(header: Header, text: str, place: int) -> BankLine:
    """One line of a CSV file; its number is its place, so that it has the same one always."""
    row = csv_row(text)
    return unreadable(place, row) if isinstance(row, str) else header.line(row, place)


def csv_row(text: str) -> Sequence[str] | str:
    """The fields of a line, or why they cannot be told apart."""
    if "\0" in text:
        return "it holds the character NUL"
    if '"' not in text:
        return text.split(",")
    try:
        return next(csv.reader([text], strict=True))
    except csv.Error as wrong:
        return f"the quotes do not close: {wrong}"


def read_xlsx(content: bytes, vouchers: Vouchers = VOUCHERS) -> Iterator[BankLine]:
    """The lines of the first sheet, the first row that holds something being the heading."""
    rows = ((place, row) for place, row in enumerate(table_rows(content), 1) if any(row))
    _, titles = next(rows, (0, []))
    header = Header.of(titles, vouchers)
    for place, row in rows:
        yield header.line(row, place)


def read_ndjson(content: bytes, vouchers: Vouchers = VOUCHERS) -> Iterator[BankLine]:
    """A JSON object a line."""
    for place, text in enumerate(content.split(b"\n"), 1):
        if text.strip():
            yield json_line(text, place, vouchers)


def json_line(text: bytes, place: int, vouchers: Vouchers = VOUCHERS) -> BankLine:
    """One line of an NDJSON file."""
    record = json_record(text)
    if isinstance(record, str):
        return unreadable(place, record)
    return line_of(record, place, vouchers)


def json_record(text: bytes) -> Record | str:
    """The fields of a line, or why they cannot be read."""
    try:
        return read_record(text)
    except RecordUnreadable as wrong:
        return str(wrong)


def read_json(content: bytes, vouchers: Vouchers = VOUCHERS) -> tuple[str, Iterable[BankLine]]:
    """A document `{"message_id": …, "lines": […]}`: its number and its lines."""
    try:
        message_id, records = read_records(content)
    except RecordUnreadable as wrong:
        raise FileUnreadable(
            f"The file is no payment list: {wrong}.",
            remedy='Send {"message_id": "…", "lines": [{"pay_cert_no": "…", …}]}.',
            detail_zh=f"文件不是支付清单：{wrong}。",
        ) from None
    lines = (line_of(one, place, vouchers) for place, one in enumerate(records, 1))
    return message_id, lines


def decoded(content: bytes) -> str:
    """The text of a file, or a refusal where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise FileUnreadable(
            f"Line {line} is not UTF-8.",
            remedy="Save the list as UTF-8 and send it again.",
            detail_zh=f"第 {line} 行不是 UTF-8 编码。",
            remedy_zh="请以 UTF-8 编码保存后重新上传。",
        ) from None
