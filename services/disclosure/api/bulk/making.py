"""Making the files of a day: the registers are read once, everything else is made of that.

One reading of the day gives the NDJSON of every dataset; one of the day before gives what
changed; CSV, workbooks and hashes come from those files. Memory holds a batch of rows.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import batched
from pathlib import Path
from typing import Final

from services.disclosure.api.bulk.apart import apart
from services.disclosure.api.bulk.datasets import Dataset, State
from services.disclosure.api.bulk.difference import CHANGE, Run, differences
from services.disclosure.api.bulk.every_dataset import DATASETS
from services.disclosure.api.bulk.manifest import (
    ENDINGS,
    MEDIA_TYPES,
    Delta,
    ExportDataset,
    ExportFile,
    ExportManifest,
    FileFormat,
    FileKind,
    PlaceRange,
)
from services.disclosure.api.bulk.places import Days, Place, place_of, store_of
from services.disclosure.api.bulk.row_files import (
    PIECE,
    WORKBOOK_ROWS_MAX,
    RowFile,
    RowTally,
    hash_of,
    read_rows,
    write_csv,
    write_workbook,
)
from shared.http.runtime import Runtime
from shared.http.snapshots import snapshot

MANIFEST: Final = "manifest.json"


@dataclass(slots=True)
class Progress:
    """How far the files of a day have come: three steps for each dataset."""

    done: int = 0
    total: int = field(default=3 * len(DATASETS))


async def make(runtime: Runtime, days: Days, day: date, folder: Path, progress: Progress) -> None:
    """Write all files of the day into the folder, the manifest last."""
    store = store_of(runtime)
    before = day - timedelta(days=1)
    upto, after = await place_of(store, day), Place()
    if before >= days.first:
        after = await place_of(store, before)
    full = await _full(runtime, day, upto, folder, progress)
    deltas = await _deltas(runtime, before, after, folder, progress, first=before < days.first)
    datasets = []
    for one in DATASETS:
        rows, delta = full[one.name], deltas[one.name]
        files = await apart(_files, one, rows.rows, delta, folder / one.name)
        datasets.append(_entry(one, rows, delta, files))
        progress.done += 1
    manifest = ExportManifest(
        day=day,
        as_of=day,
        previous=before.isoformat() if before >= days.first else None,
        positions=PlaceRange(after=after.position, upto=upto.position),
        words=PlaceRange(after=after.number, upto=upto.number),
        publisher=runtime.settings.region,
        datasets=datasets,
    )
    (folder / MANIFEST).write_bytes(manifest.model_dump_json().encode())


async def _full(
    runtime: Runtime, day: date, upto: Place, folder: Path, progress: Progress
) -> dict[str, RowTally]:
    """Every register as of the day."""
    found = {}
    async with snapshot(runtime, day) as registers:
        state = State(registers=registers, store=store_of(runtime), upto=upto)
        for one in DATASETS:
            (folder / one.name).mkdir()
            with RowFile(path_of(folder / one.name, FileKind.FULL, FileFormat.NDJSON)) as file:
                async for batch in one.rows(state):
                    await apart(file.write, batch)
            found[one.name] = file.tally
            progress.done += 1
    return found


async def _deltas(  # noqa: PLR0913 - the two days and where they go
    runtime: Runtime, before: date, upto: Place, folder: Path, progress: Progress, *, first: bool
) -> dict[str, Delta]:
    """What the day changed in every register, against the day before; on the first, all of it."""
    found = {}
    async with nullcontext() if first else snapshot(runtime, before) as registers:
        for one in DATASETS:
            batches = _nothing()
            if registers is not None:
                batches = one.rows(State(registers=registers, store=store_of(runtime), upto=upto))
            found[one.name] = await _delta(one, batches, folder / one.name)
            progress.done += 1
    return found


async def _delta(one: Dataset, batches: AsyncIterator[Sequence[bytes]], folder: Path) -> Delta:
    base = RowTally()
    full = path_of(folder, FileKind.FULL, FileFormat.NDJSON)
    before = Run(_noted(batches, base), one.key_of)
    after = Run(_from_file(full), one.key_of)
    puts = drops = 0
    with RowFile(path_of(folder, FileKind.DELTA, FileFormat.NDJSON)) as file:
        lines: list[bytes] = []
        async for line in differences(before, after, one.key):
            lines.append(line)
            put = line.startswith(b'{"change":"PUT"')
            puts, drops = puts + put, drops + (not put)
            if len(lines) == PIECE:
                await apart(file.write, lines)
                lines = []
        file.write(lines)
    return Delta(puts=puts, drops=drops, base_rows=base.rows, base_sha256=base.sha256)


async def _noted(
    batches: AsyncIterator[Sequence[bytes]], into: RowTally
) -> AsyncIterator[Sequence[bytes]]:
    """The same rows, counted and hashed on their way."""
    async for batch in batches:
        into.add(batch)
        yield batch


async def _from_file(path: Path) -> AsyncIterator[Sequence[bytes]]:
    """The rows of a file, without holding up whoever else is served."""
    rows = read_rows(path)
    pieces = batched(rows, PIECE)
    with closing(rows):
        while (batch := await apart(next, pieces, None)) is not None:
            yield batch


async def _nothing() -> AsyncIterator[Sequence[bytes]]:
    """The day before the first one."""
    nothing: tuple[Sequence[bytes], ...] = ()
    for batch in nothing:
        yield batch


def path_of(folder: Path, kind: FileKind, form: FileFormat) -> Path:
    """Where a file of a dataset lies: `full.ndjson.gz`."""
    return folder / f"{kind.lower()}{ENDINGS[form]}"


def _files(one: Dataset, full: int, delta: Delta, folder: Path) -> list[ExportFile]:
    """CSV and workbook of what is there as NDJSON, and all of them as the manifest names them."""
    found = []
    for kind, rows in ((FileKind.FULL, full), (FileKind.DELTA, delta.puts + delta.drops)):
        lines = path_of(folder, kind, FileFormat.NDJSON)
        columns = one.columns if kind is FileKind.FULL else [CHANGE, *one.columns]
        write_csv(lines, columns, path_of(folder, kind, FileFormat.CSV))
        forms = [FileFormat.NDJSON, FileFormat.CSV]
        if rows <= WORKBOOK_ROWS_MAX:
            write_workbook(lines, one.name, columns, path_of(folder, kind, FileFormat.XLSX))
            forms.append(FileFormat.XLSX)
        found += [_file(path_of(folder, kind, form), kind, form, rows) for form in forms]
    return found


def _file(path: Path, kind: FileKind, form: FileFormat, rows: int) -> ExportFile:
    day, dataset = path.parent.parent.name, path.parent.name
    return ExportFile(
        path=f"{day}/{dataset}/{path.name}",
        kind=kind,
        format=form,
        media_type=MEDIA_TYPES[form],
        rows=rows,
        bytes=path.stat().st_size,
        sha256=hash_of(path),
    )


def _entry(
    one: Dataset, full: RowTally, delta: Delta, files: Sequence[ExportFile]
) -> ExportDataset:
    return ExportDataset(
        name=one.name,
        title=one.title,
        key=list(one.key),
        listed=f"..{one.listed.removeprefix('/v1')}",
        described=f"../catalogue/schemas/{one.name}",
        rows=full.rows,
        rows_sha256=full.sha256,
        delta=delta,
        files=list(files),
    )
