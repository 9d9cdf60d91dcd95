"""An edition as a file of the form that is asked for. Writing one takes a thread, not the loop."""

import asyncio
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Any, Final

from fastapi import Query, Response
from fastapi.responses import HTMLResponse

from services.disclosure.api.report.edition import Edition
from services.disclosure.api.report.items import BINARY
from services.disclosure.api.report.page import page
from shared.http.reading import Read
from shared.http.workbooks import DOCX, download

PDF: Final = "application/pdf"


class FileForm(StrEnum):
    """A page to read, a document to work with, a print to keep."""

    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


Wanted = Annotated[FileForm, Query(alias="format", description="Page, document or print.")]
FILES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file.",
        "content": {"text/html": {"schema": {"type": "string"}}, DOCX: BINARY, PDF: BINARY},
    }
}


async def file_of(read: Read, edition: Edition, form: FileForm) -> Response:
    """The file; the same edition gives the same bytes, and says which they are."""
    content = await asyncio.to_thread(_written, edition, form)
    if form is FileForm.HTML:
        answer: Response = HTMLResponse(content)
    else:
        kind = DOCX if form is FileForm.DOCX else PDF
        answer = download(content, kind, f"{edition.title}.{form}")
    answer.headers["etag"] = f'"{sha256(content).hexdigest()}"'
    kept = read.response.headers.get("cache-control")
    if kept:
        answer.headers["cache-control"] = kept
    return answer


def _written(edition: Edition, form: FileForm) -> bytes:
    if form is FileForm.HTML:
        return page(edition).encode()
    # Only who asks for a file pays for the writer of its form.
    from services.disclosure.api.report.paper import paper_of  # noqa: PLC0415

    if form is FileForm.DOCX:
        from shared.documents.paper import write_docx  # noqa: PLC0415

        return write_docx(paper_of(edition))
    from shared.documents.pdf import write_pdf  # noqa: PLC0415

    return write_pdf(paper_of(edition))
