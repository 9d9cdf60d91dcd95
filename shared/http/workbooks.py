"""Workbooks at the edge: an upload as command lines, a list of command lines as a download."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final
from urllib.parse import quote

import msgspec
from fastapi import Response

from shared.documents.paper import Paper, write_docx
from shared.documents.reading import read_workbook
from shared.documents.sheet import Sheet
from shared.documents.writing import write_workbook
from shared.http.import_lines import Line, Wrong

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NDJSON: Final = "application/x-ndjson"
_encode: Final = msgspec.json.Encoder().encode


class Form(StrEnum):
    """The forms in which command lines are exported; both import again unchanged."""

    XLSX = "xlsx"
    NDJSON = "ndjson"


async def lines_of(content: bytes, sheet: Sheet) -> bytes:
    """A workbook as NDJSON. Raises a refusal where the file itself cannot be read."""
    return await asyncio.to_thread(_lines, content, sheet)


def _lines(content: bytes, sheet: Sheet) -> bytes:
    written = bytearray()
    for found in read_workbook(content, sheet):
        where = found.where
        line = Line(
            path={name: str(value) for name, value in found.fields.get("path", {}).items()},
            body=msgspec.Raw(_encode(found.fields.get("body", {}))),
            row=where.row,
            lines=list(where.lines),
            columns=list(where.columns),
            wrong=[Wrong(wrong.pointer, wrong.expected) for wrong in found.wrong],
        )
        written += _encode(line)
        written += b"\n"
    return bytes(written)


def exported(sheet: Sheet, lines: Sequence[Mapping[str, Any]], form: Form, name: str) -> Response:
    """Command lines (`{"path": …, "body": …}`) as a file called `name`."""
    if form is Form.NDJSON:
        return download(_ndjson(lines), NDJSON, f"{name}.ndjson")
    return download(write_workbook(sheet, lines), XLSX, f"{name}.xlsx")


def printed(paper: Paper, name: str) -> Response:
    """An official form as a DOCX file called `name`."""
    return download(write_docx(paper), DOCX, f"{name}.docx")


def download(content: bytes, media_type: str, name: str) -> Response:
    """A file to keep; its name may be Chinese (RFC 6266)."""
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=media_type, headers={"content-disposition": disposition})


def _ndjson(lines: Iterable[Mapping[str, Any]]) -> bytes:
    return b"".join(_encode(line) + b"\n" for line in lines)
