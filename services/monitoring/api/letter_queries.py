"""Questions about letters: one, many, those overdue, the book, and the file that was sent."""

import asyncio
from base64 import b64decode
from collections.abc import Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from sqlmodel import col

from services.monitoring.api.forms.letter_sheets import LETTER_BOOK, book_line
from services.monitoring.api.warning_views import LetterView, OverdueLetterView
from services.monitoring.domain.letterfile import (
    LetterFiled,
    LetterPrepared,
    letterfile_decider,
)
from services.monitoring.projections import letters
from services.monitoring.projections import warning_board as warnings
from services.monitoring.projections.letters import LetterRow
from services.monitoring.projections.warning_board import WarningRow
from services.monitoring.reactions.letter_paper import letter_paper
from shared.documents.paper import write_docx
from shared.documents.writing import write_workbook
from shared.domain.refusals import NotFound
from shared.http.facts import said_in
from shared.http.pages import Page, PageRequest
from shared.http.parked import parked_of
from shared.http.problems import NotYet
from shared.http.reading import Read, Reading
from shared.http.workbooks import DOCX, XLSX, download

router: Final = APIRouter(tags=["Letters"])
YearAsked = Annotated[int, Query(ge=2000, le=2100)]
PDF: Final = "application/pdf"
BOOK_MAX: Final = 20_000
PRINTED_SECONDS: Final = 2  # what a letter that waits its turn needs, mostly
_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}


class FileForm(StrEnum):
    """The file that was sent, or the same letter as a document to work with."""

    PDF = "pdf"
    DOCX = "docx"


class LetterFileMissing(NotFound):
    """No file is kept of this letter: it was issued before files were."""

    title_zh = "该告知函印发时未留存文件"


class LetterNotPrinted(NotYet):
    """The letter was issued and its file could not be printed; an operator has to help."""

    title_zh = "告知函印制失败，等待运维人员处理"


class LetterBeingPrinted(NotYet):
    """The letter was issued and its file is being printed."""

    title_zh = "告知函正在印制"


def _files(*kinds: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "The file.", "content": dict.fromkeys(kinds, _BINARY)}}


def _mine(read: Read, row: Any) -> Any:  # noqa: ANN401 - any row with an owner
    return read.scope.where(
        region=row.region_code, department=row.department_code, unit=row.unit_code
    )


async def _letter(read: Read, letter_no: str) -> LetterRow:
    row = await read.one(letters.letter(letter_no))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    return row


@router.get("/letters", operation_id="list_letters")
async def list_letters(
    read: Reading, page: PageRequest, fiscal_year: YearAsked, warning_id: str | None = None
) -> Page[LetterView]:
    """The letters of a year, by number."""
    query = letters.letters_of(fiscal_year, warning_id).where(_mine(read, LetterRow))
    return await read.page(query, page, into=LetterView.of)


@router.get("/letters/overdue", operation_id="list_overdue_letters")
async def list_overdue_letters(
    read: Reading, page: PageRequest, fiscal_year: YearAsked
) -> Page[OverdueLetterView]:
    """The letters of a year of which a day has passed, until their warning has its end."""
    query = warnings.overdue_letters(fiscal_year).where(_mine(read, WarningRow))
    return await read.page(query, page, into=OverdueLetterView.of)


@router.get(
    "/letters/export",
    operation_id="export_letters",
    response_class=Response,
    responses=_files(XLSX),
)
async def export_letters(read: Reading, fiscal_year: YearAsked) -> Response:
    """预警纠偏告知函台账: the book of letters as a workbook."""
    query = letters.letters_of(fiscal_year).where(_mine(read, LetterRow))
    rows = await read.all(
        query.order_by(col(LetterRow.issued_on), col(LetterRow.letter_no)).limit(BOOK_MAX)
    )
    lines = [book_line(row.model_dump()) for row in rows]
    content = await asyncio.to_thread(write_workbook, LETTER_BOOK, lines)
    return download(content, XLSX, f"{LETTER_BOOK.title}-{fiscal_year}.xlsx")


@router.get("/letters/{letter_no}", operation_id="get_letter")
async def get_letter(read: Reading, letter_no: str) -> LetterView:
    """One letter, word for word as it was sent, with its fingerprints and its receipt."""
    return LetterView.of(await _letter(read, letter_no))


@router.get(
    "/letters/{letter_no}/file",
    operation_id="get_letter_file",
    response_class=Response,
    responses=_files(PDF, DOCX),
)
async def get_letter_file(
    read: Reading,
    letter_no: str,
    file_format: Annotated[
        FileForm, Query(alias="format", description="As it was sent, or to work with.")
    ] = FileForm.PDF,
) -> Response:
    """The file of a letter. The PDF is byte for byte the one that was sent; its tag is its hash.

    It is printed after the signature: until then `503` says when to ask again, and
    `Abacus-At-Least` with the position of the signature waits for it. The DOCX is there at once.
    """
    row = await _letter(read, letter_no)
    kept = [] if file_format is FileForm.DOCX else await _kept(read, row)
    content = await asyncio.to_thread(_content, row.content, kept, file_format)
    kind = PDF if file_format is FileForm.PDF else DOCX
    read.immutable()
    answer = download(content, kind, f"{letter_no}.{file_format}")
    answer.headers["etag"] = f'"{sha256(content).hexdigest()}"'
    answer.headers["cache-control"] = read.response.headers["cache-control"]
    return answer


async def _kept(read: Read, row: LetterRow) -> Sequence[LetterFiled]:
    """The file as it was filed, in its parts; of a letter without one it says why."""
    facts = await said_in(read, f"{letterfile_decider.category}-{row.warning_id}")
    number = row.letter_no
    kept = [one for one in facts if isinstance(one, LetterFiled) and one.letter_no == number]
    if kept:
        return kept
    if any(isinstance(one, LetterPrepared) and one.letter.letter_no == number for one in facts):
        await _expect_printing(read, row)
        raise LetterBeingPrinted(
            remedy="Ask again in a moment, or for format=docx.",
            remedy_zh="请稍后再试，或下载 DOCX 格式。",
            headers={"retry-after": str(PRINTED_SECONDS)},
        )
    raise LetterFileMissing(remedy="Ask for format=docx.", remedy_zh="请下载 DOCX 格式。")


async def _expect_printing(read: Read, row: LetterRow) -> None:
    """Whether the press is at it, or has given up on this letter."""
    stuck = await read.first(parked_of(read.runtime.service, f"warning-{row.warning_id}"))
    if stuck is not None:
        raise LetterNotPrinted(
            f"It could not be printed: {stuck.reason}",
            remedy=f"Ask for format=docx; the operator: python -m services.{read.runtime.service} "
            "redrive, once the cause is mended.",
            detail_zh=f"印制失败：{stuck.reason}",
            remedy_zh="可先下载 DOCX 格式；请运维人员排除原因后重新投递。",
            word=stuck.number,
        )


def _content(said: Mapping[str, Any], kept: Sequence[LetterFiled], form: FileForm) -> bytes:
    if form is FileForm.DOCX:
        return write_docx(letter_paper(said))
    return b"".join(b64decode(part.pdf_base64) for part in kept)
