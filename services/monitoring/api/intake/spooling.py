"""A payment list of any length, as it comes: dealt out to parts on disk, by project.

All lines of a project are in one part, and the same list is dealt the same way every time. So a
part has few ledgers with many lines each, is one transaction, and is known again when the
list is sent a second time.
"""

import csv
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final

from services.monitoring.api.bank.columns import Record, line_of, unreadable
from services.monitoring.api.bank.files import CSV
from services.monitoring.api.bank.refusals import ColumnsMissing, FileUnreadable
from services.monitoring.api.bank.tables import (
    Header,
    Vouchers,
    csv_row,
    decoded,
    json_record,
)
from services.monitoring.domain.statement.lines import BankLine
from shared.documents.records import project_of

PARTS: Final = 128
LINE_BYTES_MAX: Final = 65_536


type Fields = Sequence[str] | Record | str
"""A row of a table, a record, or why neither can be read."""


@dataclass(slots=True)
class Spool:
    """Takes the bytes of a list as they come; afterwards gives its parts, one at a time."""

    folder: Path
    kind: str
    vouchers: Vouchers
    header: Header | None = None
    lines: int = 0
    _at: int = -1
    _place: int = 0
    _rest: bytes = b""
    _digest: Any = field(default_factory=sha256)
    _files: dict[int, IO[bytes]] = field(default_factory=dict)

    def feed(self, chunk: bytes) -> None:
        """Deal out the lines that are complete."""
        self._digest.update(chunk)
        *whole, self._rest = (self._rest + chunk).split(b"\n")
        for line in whole:
            self._deal(line)
        if len(self._rest) > LINE_BYTES_MAX:
            raise _too_long(self._place + 1)

    def close(self) -> None:
        """Nothing more comes."""
        if self._rest.strip():
            self._deal(self._rest)
        self._rest = b""
        for file in self._files.values():
            file.close()
        if self.header is None and self.kind == CSV:
            raise ColumnsMissing("The file is empty.", detail_zh="文件为空。")

    @property
    def digest(self) -> str:
        """Of everything that came."""
        return str(self._digest.hexdigest())

    @property
    def parts(self) -> list[int]:
        """The parts that have lines."""
        return sorted(self._files)

    @property
    def names(self) -> Sequence[str]:
        """The columns of the list; none where its lines are records."""
        return () if self.header is None else self.header.names

    def read(self, part: int) -> Iterator[tuple[int, Fields]]:
        """The rows of a part, in their order: where they stand in the list, and their fields."""
        table = self.header is not None
        with (self.folder / str(part)).open("rb") as file:
            for dealt in file:
                place, _, text = dealt.rstrip(b"\n").partition(b"\t")
                yield int(place), csv_row(_text(text)) if table else json_record(text)

    def record(self, fields: Fields) -> Record | str:
        """The fields of a row by their names."""
        if self.header is None or isinstance(fields, str):
            return fields  # type: ignore[return-value]  # what is no table has records
        return self.header.record(fields)  # type: ignore[arg-type]  # and a table has rows

    def line(self, place: int, fields: Fields) -> BankLine:
        """A row as a line of the long road."""
        record = self.record(fields)
        if isinstance(record, str):
            return unreadable(place, record)
        return line_of(record, place, self.vouchers)

    def _deal(self, line: bytes) -> None:
        self._place += 1
        if len(line) > LINE_BYTES_MAX:
            raise _too_long(self._place)
        line = line.strip()
        if not line:
            return
        if self.header is None and self.kind == CSV:
            self.header = Header.of(next(csv.reader([decoded(line)])), self.vouchers)
            self._at = self.header.places.get("pro_code", -1)
            return
        self.lines += 1
        part = zlib.crc32(self._key(line)) % PARTS
        file = self._files.get(part)
        if file is None:
            file = self._files[part] = (self.folder / str(part)).open("wb")
        file.write(b"%d\t%b\n" % (self._place, line))

    def _key(self, line: bytes) -> bytes:
        """The project of a line; a line that names none is dealt by what it is."""
        if self.header is None:
            return project_of(line).encode() or line
        at = self._at
        if at < 0:
            return line
        if b'"' not in line:
            fields = line.split(b",", at + 1)
            return (fields[at].strip() if at < len(fields) else b"") or line
        try:
            row = next(csv.reader([decoded(line)]))
        except csv.Error:
            return line
        return (row[at].strip().encode() if at < len(row) else b"") or line


def _text(line: bytes) -> str:
    try:
        return line.decode() if line[:3] != BOM_UTF8 else decoded(line)
    except UnicodeDecodeError:
        return decoded(line)  # it says what is wrong


def _too_long(place: int) -> FileUnreadable:
    return FileUnreadable(
        f"Line {place} is longer than {LINE_BYTES_MAX} bytes.",
        remedy="Send one record a line.",
        detail_zh=f"第 {place} 行超过 {LINE_BYTES_MAX} 字节。",
        remedy_zh="请每行一条记录。",
    )
