"""Files of rows: NDJSON that is written as rows come, CSV and a workbook made of it.

All of them are read and written piece by piece, and the same rows give the same bytes: no file
says when it was made.
"""

import gzip
import hashlib
from collections.abc import Generator, Sequence
from itertools import batched
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from shared.http.list_formats_tables import as_csv, as_ndjson, write_xlsx

PIECE: Final = 1_000
LEVEL: Final = 6
WORKBOOK_ROWS_MAX: Final = 200_000
"""What is longer is no workbook any more: people take the CSV, programs the NDJSON (D)."""


class RowTally:
    """How many rows there were, and the hash of their lines."""

    def __init__(self) -> None:
        """None yet."""
        self._digest = hashlib.sha256()
        self.rows = 0

    def add(self, rows: Sequence[bytes]) -> bytes:
        """Some more rows; answers them as lines."""
        lines = as_ndjson(rows)
        self._digest.update(lines)
        self.rows += len(rows)
        return lines

    @property
    def sha256(self) -> str:
        """Of the lines, unpacked: the same however they are packed."""
        return self._digest.hexdigest()


class RowFile:
    """NDJSON in gzip, written row by row, with the tally of what was written."""

    def __init__(self, path: Path) -> None:
        """Begin the file."""
        self._raw = path.open("wb")
        self._zip = gzip.GzipFile("", "wb", LEVEL, self._raw, mtime=0)
        self.tally = RowTally()

    def __enter__(self) -> Self:
        """Open until the block ends."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the file, whole or not."""
        with self._raw:
            self._zip.close()

    def write(self, rows: Sequence[bytes]) -> None:
        """Some more rows."""
        self._zip.write(self.tally.add(rows))


def read_rows(path: Path) -> Generator[bytes]:
    """The rows of a file, one at a time."""
    with gzip.open(path, "rb") as file:
        for line in file:
            yield line.rstrip(b"\n")


def write_csv(rows: Path, columns: Sequence[str], into: Path) -> None:
    """The same rows as a table, in gzip."""
    heading = as_csv(columns, (), bom=False)
    with into.open("wb") as raw, gzip.GzipFile("", "wb", LEVEL, raw, mtime=0) as file:
        file.write(heading)
        for piece in batched(read_rows(rows), PIECE):
            file.write(as_csv(columns, piece, bom=False)[len(heading) :])


def write_workbook(rows: Path, name: str, columns: Sequence[str], into: Path) -> None:
    """The same rows as a workbook."""
    write_xlsx(into, name, columns, read_rows(rows))


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
