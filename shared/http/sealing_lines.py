"""The lines of an import with personal fields: sealed before the file is kept for acceptance.

A line that cannot be read keeps nothing of what was sent, only what is wrong with it and where.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from shared.domain.refusals import Refusal
from shared.http.import_lines import Line, Wrong, numbered, read_line
from shared.http.operations import Operation
from shared.http.runtime import Runtime
from shared.http.sealing import parted, vault_of
from shared.sealing import Personal

YIELD_EVERY: Final = 200
_encode: Final = msgspec.json.Encoder().encode


async def sealed_rows(runtime: Runtime, operation: Operation, rows: bytes) -> bytes:
    """The lines of an upload, each without its personal fields. The same lines give the same."""
    lines: list[Line] = []
    persons: dict[int, Personal] = {}
    for number, text in numbered(rows):
        line, personal = _line(operation, text)
        if personal is not None:
            persons[len(lines)] = personal
        lines.append(line)
        if number % YIELD_EVERY == 0:
            await asyncio.sleep(0)
    boxes = await vault_of(runtime).seal(list(persons.values()))
    for place, sealed in zip(persons, boxes, strict=True):
        lines[place] = msgspec.structs.replace(lines[place], sealed=sealed)
    return b"".join(_encode(line) + b"\n" for line in lines)


def _line(operation: Operation, text: bytes) -> tuple[Line, Personal | None]:
    try:
        line = read_line(text)
    except Refusal as refusal:
        return Line(wrong=_told(refusal)), None
    if line.sealed is not None:
        return _unread(line, [Wrong("/sealed", "", "Nobody seals but this service.")]), None
    if line.wrong:
        return _unread(line, line.wrong), None
    try:
        kept, personal = parted(operation, bytes(line.body), "/body")
    except Refusal as refusal:
        return _unread(line, _told(refusal)), None
    return msgspec.structs.replace(line, body=msgspec.Raw(kept)), personal


def _unread(line: Line, wrong: Sequence[Wrong]) -> Line:
    """Where the line stands and what is wrong with it: its body is gone."""
    return Line(row=line.row, lines=line.lines, columns=line.columns, wrong=list(wrong))


def _told(refusal: Refusal) -> list[Wrong]:
    errors: Sequence[Any] = refusal.details.get("errors", ())  # type: ignore[assignment]
    told = [Wrong(one.pointer or "", "", one.detail, one.remedy or "") for one in errors]
    return told or [Wrong(refusal.pointer or "", "", refusal.detail, refusal.remedy or "")]
