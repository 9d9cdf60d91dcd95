"""Personal fields at the edge: sealed before anything is decided, hashed, kept or logged.

An endpoint that takes personal fields says so with `Confidential`. Its body is validated as it
was sent, the personal fields are taken out and sealed, and only what is left, with the sealed
box, goes on: to the translator, into the fingerprint of a repeated request, into the lines of an
import that wait for acceptance. A line that cannot be read keeps nothing of what was sent.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from shared.domain.refusals import Refusal
from shared.domain.sealed import Sealed
from shared.http.commands import Confidential
from shared.http.import_lines import Line, Wrong, numbered, read_line
from shared.http.operations import Operation
from shared.http.problems import Unavailable
from shared.http.runtime import Runtime
from shared.sealing import Personal, Vault

YIELD_EVERY: Final = 200
_encode: Final = msgspec.json.Encoder().encode


async def sealed_body(runtime: Runtime, operation: Operation, body: bytes) -> tuple[bytes, Sealed]:
    """The body without its personal fields, and these sealed."""
    kept, personal = _parted(operation, body, "")
    (sealed,) = await _vault(runtime).seal([personal])
    return kept, sealed


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
    boxes = await _vault(runtime).seal(list(persons.values()))
    for place, sealed in zip(persons, boxes, strict=True):
        lines[place] = msgspec.structs.replace(lines[place], sealed=sealed)
    return b"".join(_encode(line) + b"\n" for line in lines)


def _line(operation: Operation, text: bytes) -> tuple[Line, Personal | None]:
    try:
        line = read_line(text)
    except Refusal as refusal:
        return Line(wrong=_told(refusal)), None
    where = msgspec.structs.replace(line, body=msgspec.Raw(b""))
    if line.sealed is not None:
        return _unread(where, [Wrong("/sealed", "", "Nobody seals but this service.")]), None
    if line.wrong:
        return where, None
    try:
        kept, personal = _parted(operation, bytes(line.body), "/body")
    except Refusal as refusal:
        return _unread(where, _told(refusal)), None
    return msgspec.structs.replace(where, body=msgspec.Raw(kept)), personal


def _unread(where: Line, wrong: Sequence[Wrong]) -> Line:
    return msgspec.structs.replace(where, wrong=list(wrong), sealed=None)


def _told(refusal: Refusal) -> list[Wrong]:
    errors: Sequence[Any] = refusal.details.get("errors", ())  # type: ignore[assignment]
    told = [Wrong(one.pointer or "", "", one.detail, one.remedy or "") for one in errors]
    return told or [Wrong(refusal.pointer or "", "", refusal.detail, refusal.remedy or "")]


def _parted(operation: Operation, body: bytes, inside: str) -> tuple[bytes, Personal]:
    confidential = _confidential(operation)
    clear = operation.clear(body, inside=inside)
    personal = confidential.personal(operation.kept_type)
    fields = {name: str(getattr(clear, name)) for name in personal}
    kept = clear.model_dump_json(exclude=set(personal), exclude_unset=True)
    return kept.encode(), Personal(confidential.identity(clear), fields)


def _confidential(operation: Operation) -> Confidential:
    if operation.endpoint.confidential is None:
        raise TypeError(f"{operation.name} takes no personal fields")
    return operation.endpoint.confidential


def _vault(runtime: Runtime) -> Vault:
    if runtime.vault is None:
        raise Unavailable
    return runtime.vault
