"""However many rows there are: files of them are written, compared and read in the same memory."""

import tracemalloc
from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import batched
from pathlib import Path
from typing import Final

from services.disclosure.api.bulk.difference import Run, differences
from services.disclosure.api.bulk.every_dataset import dataset_of
from services.disclosure.api.bulk.row_files import (
    RowFile,
    RowTally,
    hash_of,
    read_rows,
    write_csv,
    write_workbook,
)

ROWS: Final = 30_000
LONG: Final = "修" * 430  # a row is more than a kilobyte, all of them forty megabytes
BYTES_MAX: Final = 12_000_000
COLUMNS: Final = ["warning_id", "text"]


def rows(changed: int) -> Iterator[bytes]:
    """As many rows as there are; some of them are another one than before."""
    for number in range(ROWS):
        text = f"{LONG}建" if changed and number % changed == 0 else LONG
        yield f'{{"warning_id":"W{number:09d}","text":"{text}"}}'.encode()


async def pieces(changed: int) -> AsyncIterator[Sequence[bytes]]:
    """The same in batches, as the registers give them."""
    for piece in batched(rows(changed), 500):
        yield piece


async def test_forty_megabytes_of_rows_need_twelve(tmp_path: Path) -> None:
    path, delta = tmp_path / "full.ndjson.gz", tmp_path / "delta.ndjson.gz"
    key_of = dataset_of("warnings").key_of
    tracemalloc.start()
    try:
        with RowFile(path) as file:
            async for piece in pieces(7):
                file.write(piece)
        before, after = Run(pieces(0), key_of), Run(_read(path), key_of)
        with RowFile(delta) as changes:
            async for line in differences(before, after, ["warning_id"]):
                changes.write([line])
        write_csv(path, COLUMNS, tmp_path / "full.csv.gz")
        write_workbook(delta, "warnings", ["change", *COLUMNS], tmp_path / "delta.xlsx")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < BYTES_MAX, peak
    assert (file.tally.rows, changes.tally.rows) == (ROWS, -(-ROWS // 7))
    again = RowTally()
    again.add(list(read_rows(path)))
    assert (again.rows, again.sha256) == (ROWS, file.tally.sha256)
    assert len(hash_of(path)) == 64


async def _read(path: Path) -> AsyncIterator[Sequence[bytes]]:
    for piece in batched(read_rows(path), 500):
        yield piece
