"""Looks into an uploaded workbook before anything else reads it: size, macros, formulas.

An XLSX is an archive of XML. Nothing is unpacked as a whole: every part is read as a stream,
counted, and left. What is no plain table of values is refused: nobody can check what it does.
"""

import re
import zipfile
import zlib
from io import BytesIO
from typing import IO, Final

from shared.documents.refusals import (
    WorkbookHasFormulas,
    WorkbookHasMacros,
    WorkbookTooLarge,
    WorkbookUnreadable,
)

PARTS_MAX: Final = 500
UNPACKED_BYTES_MAX: Final = 400 * 1024 * 1024
ROWS_MAX: Final = 200_000
CHUNK_BYTES: Final = 1 << 20
# Longer than any tag of a cell: what is cut at the end of a chunk is looked at with the next.
OVERLAP_BYTES: Final = 256

_PROGRAMS: Final = re.compile(
    r"vbaProject|/activeX/|/embeddings/|externalLinks/|/ctrlProps/|\.bin$|macrosheets",
    re.IGNORECASE,
)
_PRINTER: Final = re.compile(r"printerSettings\d*\.bin$", re.IGNORECASE)
_SHEET: Final = re.compile(r"^xl/worksheets/[^/]+\.xml$", re.IGNORECASE)
_ROW: Final = re.compile(rb"<(?:\w+:)?row[\s>/]")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ENTITY: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_NAME: Final = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3}\d+)"')


def expect_plain(content: bytes) -> None:
    """Refuse what is no XLSX, unpacks too large, or holds more than values."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _expect_parts(archive)
            for part in archive.infolist():
                with archive.open(part) as stream:
                    _expect_values(stream, is_sheet=bool(_SHEET.match(part.filename)))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as broken:
        raise WorkbookUnreadable(
            "The file is no XLSX workbook, or it is damaged or encrypted.",
            remedy="Save it as XLSX without a password and send it again.",
            detail_zh="文件不是有效的 XLSX 工作簿，或已损坏、加密。",
        ) from broken


def _expect_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if "[Content_Types].xml" not in archive.namelist():
        raise WorkbookUnreadable("The archive is no XLSX workbook.")
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > PARTS_MAX or unpacked > UNPACKED_BYTES_MAX:
        raise _too_large(f"It unpacks to {unpacked:,} bytes in {len(parts)} parts.")
    for part in parts:
        if _PROGRAMS.search(part.filename) and not _PRINTER.search(part.filename):
            raise WorkbookHasMacros(
                f"It carries {part.filename}.",
                remedy="Copy the values into a new workbook and send that.",
                detail_zh=f"含有 {part.filename}，请将数值复制到新工作簿后上传。",
            )


def _expect_values(stream: IO[bytes], *, is_sheet: bool) -> None:
    """The declared size may lie: what really comes out is counted, too."""
    unpacked, rows, rest = 0, 0, b""
    while chunk := stream.read(CHUNK_BYTES):
        unpacked += len(chunk)
        if unpacked > UNPACKED_BYTES_MAX:
            raise _too_large("A part of it unpacks to more than is read.")
        text = rest + chunk
        if _ENTITY.search(text):
            raise WorkbookUnreadable("It declares XML entities, which no workbook needs.")
        if is_sheet:
            rows += len(_ROW.findall(text)) - len(_ROW.findall(rest))
            if rows > ROWS_MAX:
                raise _too_large(f"A sheet has more than {ROWS_MAX:,} rows.")
            _expect_no_formula(text)
        rest = text[-OVERLAP_BYTES:]


def _expect_no_formula(text: bytes) -> None:
    found = _FORMULA.search(text)
    if found is None:
        return
    cells = _NAME.findall(text, 0, found.start())
    where = cells[-1].decode() if cells else "a cell"
    raise WorkbookHasFormulas(
        f"{where} holds a formula.",
        remedy="Paste the cells as values and send the workbook again.",
        detail_zh=f"单元格 {where} 含有公式，请粘贴为数值后重新上传。",
        cell=where,
    )


def _too_large(why: str) -> WorkbookTooLarge:
    return WorkbookTooLarge(
        why,
        remedy=f"Send at most {ROWS_MAX:,} rows a sheet; split the file.",
        detail_zh=f"每个工作表最多 {ROWS_MAX:,} 行，请拆分文件。",
    )
