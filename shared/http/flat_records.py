"""Records by the field names of a form, as command lines: NDJSON out of another system's tables.

A line that names columns of the form, by heading or by another name it is known by, is read as
its row would be; fields that the form does not know are left alone. Whatever else stands in a line
stays as it is, for the reader of lines to judge.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from shared.documents.cells import CellUnreadable, value_of
from shared.documents.sheet import Column, Sheet
from shared.http.import_lines import SAYING, Line, Wrong

_OF_LINES: Final = frozenset({"path", "body", "key", "effective_at"})
# An amount keeps the digits that were written.
_decode: Final = msgspec.json.Decoder(float_hook=str).decode
_encode: Final = msgspec.json.Encoder().encode

type Names = Mapping[str, Column]


async def commands_of(rows: bytes, sheet: Sheet) -> bytes:
    """The file with every record of the form turned into its command line, line for line."""
    if sheet.lines:
        return rows  # a command of several rows has no flat record
    return await asyncio.to_thread(_lines, rows, sheet)


def _lines(rows: bytes, sheet: Sheet) -> bytes:
    names = {name: column for column in sheet.columns for name in (column.title, *column.also)}
    return SAYING.sub(lambda line: _line(line[0], names), rows)


def _line(text: bytes, names: Names) -> bytes:
    if b'"body"' in text or not text.strip():
        return text
    try:
        record = _decode(text)
    except msgspec.DecodeError:
        return text
    if not isinstance(record, dict) or record.keys() & _OF_LINES:
        return text
    return _encode(_command(record, names)) if record.keys() & names.keys() else text


def _command(record: Mapping[str, Any], names: Names) -> Line:
    fields: dict[str, dict[str, Any]] = {"path": {}, "body": {}}
    wrong: list[Wrong] = []
    for name in record.keys() & names.keys():
        column, raw = names[name], record[name]
        part, _, field = column.pointer.lstrip("/").partition("/")
        if part not in fields:
            continue  # for people to read: no field of the command
        try:
            value = value_of(_plain(raw), column)
        except CellUnreadable as unreadable:
            wrong.append(Wrong(column.pointer, str(unreadable)))
            continue
        if value is not None:
            fields[part][field] = value
    path = {name: str(value) for name, value in sorted(fields["path"].items())}
    body = msgspec.Raw(_encode(dict(sorted(fields["body"].items()))))
    return Line(path=path, body=body, wrong=sorted(wrong, key=lambda one: one.pointer))


def _plain(raw: object) -> str | int | bool | None:
    if raw is None or isinstance(raw, str | int | bool):
        return raw
    raise CellUnreadable("a text or a number")
