"""A file of command lines: read, validated and turned into requests, line by line.

A line is `{"path": {…}, "body": {…}}`, with an optional `key` (its own idempotency key, so
that the same payment in two files counts once) and `effective_at`. Ids that a line draws are
the same on every run of its job, so accepting twice records nothing twice. A line that was read
from a workbook says where it stands there, and which of its cells could not be read.
"""

import asyncio
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec import structs

from shared.asking import Ask
from shared.contracts.fields import instant_of
from shared.documents.sheet import Whereabouts
from shared.domain.decider import Owner
from shared.domain.refusals import Refusal
from shared.domain.sealed import Sealed
from shared.http.failures import REMEDIES
from shared.http.identity import Person, scope_in
from shared.http.import_jobs import ImportJob
from shared.http.limits import BODY_BYTES_MAX, expect_sane_json, too_large
from shared.http.operations import Operation
from shared.http.problems import ContentTooLarge, FieldError, FieldsInvalid, MalformedRequest
from shared.http.slim import asked_by
from shared.telemetry import current_correlation

LINES_MAX: Final = 20_000
SAYING: Final = re.compile(rb"\S[^\n]*")
"""A line that says something."""
_YIELD_EVERY: Final = 200
_UUID7: Final = 0x7 << 76
_VARIANT: Final = 0x2 << 62
_RANDOM: Final = (0xFFF << 64) | ((1 << 62) - 1)


class Wrong(msgspec.Struct, frozen=True):
    """A cell of a workbook that is not what its column is for."""

    pointer: str
    expected: str
    said: str = ""
    remedy: str = ""


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line as it comes."""

    path: dict[str, str] = {}
    body: msgspec.Raw = msgspec.Raw(b"")
    key: str | None = None
    effective_at: str | None = None
    row: int = 0
    lines: list[int] = []
    columns: list[int] = []
    wrong: list[Wrong] = []
    sealed: Sealed | None = None


_decode: Final = msgspec.json.Decoder(Line).decode


@dataclass(slots=True)
class ReadLines:
    """The requests that the good lines mean, and why the others mean none; by line number.

    `rows` has where a line stands that came from a workbook.
    """

    asks: dict[int, Ask] = field(default_factory=dict)
    refused: dict[int, Refusal] = field(default_factory=dict)
    rows: dict[int, Whereabouts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the lines of one job for one person."""

    job: ImportJob
    operation: Operation
    person: Person
    now: datetime

    async def read(self, only: Callable[[int], bool] = lambda _number: True) -> ReadLines:
        """Every line, or those whose number is wanted."""
        found = ReadLines()
        asked = asked_by(self.person, self.now)
        may = scope_in(self.person, self.operation.admitted).may_write
        for number, text in numbered(self.job.rows):
            if not only(number):
                continue
            try:
                line = self._line(number, text, found.rows)
                named = structs.replace(asked, new_id=_ids(self.job, number))
                commands = self.operation.commands(
                    named, line.path, bytes(line.body), inside="/body", sealed=line.sealed
                )
                found.asks[number] = self._ask(number, text, line, commands, may)
            except Refusal as refusal:
                found.refused[number] = refusal
            if number % _YIELD_EVERY == 0:
                await asyncio.sleep(0)
        return found

    def _line(self, number: int, text: bytes, rows: dict[int, Whereabouts]) -> Line:
        line = read_line(text)
        if line.row:
            rows[number] = Whereabouts(line.row, line.lines, line.columns)
        _expect_cells(line)
        _expect_path(line, self.operation)
        return line

    def _ask(
        self,
        number: int,
        text: bytes,
        line: Line,
        commands: tuple[object, ...],
        may: Callable[[Owner], bool],
    ) -> Ask:
        own = f"{self.person.actor}|{line.key}" if line.key else f"import|{self.job.id}|{number}"
        return Ask(
            commands=commands,
            actor=self.person.actor,
            unit=self.person.unit_code or self.person.region_code or "",
            now=self.now,
            correlation_id=current_correlation(),
            causation_id=f"import-{self.job.id}",
            effective_at=_instant(line.effective_at) if line.effective_at is not None else None,
            may=may,
            key=own,
            fingerprint=hashlib.sha256(self.operation.name.encode() + b"\x00" + text).digest(),
        )


def numbered(rows: bytes) -> Sequence[tuple[int, bytes]]:
    """The lines that hold something, with their numbers in the file, from 1."""
    found: list[tuple[int, bytes]] = []
    number, counted = 1, 0
    # A file of nothing but line ends would otherwise become sixty million lines first.
    for line in SAYING.finditer(rows):
        number += rows.count(b"\n", counted, line.start())
        counted = line.start()
        found.append((number, line[0].rstrip()))
        if len(found) > LINES_MAX:
            raise ContentTooLarge(
                f"At most {LINES_MAX} lines are read.", detail_zh=f"最多 {LINES_MAX} 行。"
            )
    return found


def read_line(text: bytes) -> Line:
    """A line as it comes; raises a refusal where it is none."""
    if len(text) > BODY_BYTES_MAX:
        raise too_large(BODY_BYTES_MAX)
    expect_sane_json(text)
    try:
        return _decode(text)
    except msgspec.ValidationError as wrong:
        raise FieldsInvalid(str(wrong), errors=[FieldError(str(wrong))]) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise MalformedRequest(
            "The line is not valid JSON.", detail_zh="该行不是有效的 JSON。"
        ) from None


def _instant(text: str) -> datetime:
    try:
        return instant_of(text)
    except ValueError as wrong:
        raise FieldsInvalid(
            f"effective_at is no instant: {wrong}.",
            pointer="/effective_at",
            remedy=REMEDIES["datetime_parsing"],
            detail_zh="effective_at 不是有效的时间。",
        ) from None


def _expect_cells(line: Line) -> None:
    wrong = [
        FieldError(
            one.said or f"This cell should hold {one.expected}. 单元格内容不符",
            pointer=one.pointer,
            remedy=one.remedy or None,
        )
        for one in line.wrong
    ]
    if wrong:
        raise FieldsInvalid(f"{len(wrong)} cells cannot be read", errors=wrong)


def _expect_path(line: Line, operation: Operation) -> None:
    wrong = [
        FieldError(
            "This parameter is missing or unknown. 缺少或未知的路径参数", pointer=f"/path/{name}"
        )
        for name in sorted(set(line.path) ^ set(operation.parameters))
    ]
    if wrong:
        raise FieldsInvalid(f"{len(wrong)} wrong in path", errors=wrong)


def _ids(job: ImportJob, number: int) -> Callable[[], str]:
    """UUIDv7s that depend on nothing but the job, the line and how many were drawn before."""
    drawn = 0
    milliseconds = int(job.created_at.timestamp() * 1_000) << 80

    def draw() -> str:
        nonlocal drawn
        drawn += 1
        digest = hashlib.sha256(f"{job.id}|{number}|{drawn}".encode()).digest()
        chance = int.from_bytes(digest[:16]) & _RANDOM
        return str(UUID(int=milliseconds | _UUID7 | _VARIANT | chance))

    return draw
