"""The lists of policies, trainings and publicity as files that import again unchanged."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from sqlmodel import col

from services.disclosure.api.forms.library_sheets import (
    ARTICLE_SHEET,
    POLICY_SHEET,
    TRAINING_SHEET,
    Line,
    article_line,
    policy_line,
    training_line,
)
from services.disclosure.api.library_policies import steps_by_policy
from services.disclosure.api.spans import Asked
from services.disclosure.projections.article_register import (
    AdoptionRow,
    ArticleRow,
    adoptions_of,
    articles_told,
)
from services.disclosure.projections.policy_questions import day_of, policies
from services.disclosure.projections.policy_register import PolicyRow
from services.disclosure.projections.training_register import TrainingRow, trainings
from shared.documents.sheet import Sheet
from shared.http.reading import Reading
from shared.http.workbooks import NDJSON, XLSX, Form, exported

router: Final = APIRouter(tags=["Forms"])

As = Annotated[Form, Query(description="A workbook, or a command line in each line.")]
_FILES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file.",
        "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}, NDJSON: {}},
    }
}


@router.get(
    "/policies/form",
    operation_id="export_policy_form",
    response_class=Response,
    responses=_FILES,
)
async def export_policy_form(read: Reading, span: Asked, form: As = Form.XLSX) -> Response:
    """The list of documents (制度清单) on a day, as it would be entered again."""
    rows = await read.all(policies(span).order_by(col(PolicyRow.policy_id)))
    day = day_of(span)
    steps = await steps_by_policy(read, rows, day)

    def lines() -> Iterable[Line]:
        return (
            policy_line(number, row, steps.get(row.policy_id, []), day)
            for number, row in enumerate(rows, start=1)
        )

    return await _file(POLICY_SHEET, lines, form)


@router.get(
    "/trainings/form",
    operation_id="export_training_form",
    response_class=Response,
    responses=_FILES,
)
async def export_training_form(read: Reading, span: Asked, form: As = Form.XLSX) -> Response:
    """The list of trainings (培训台账) of a year, as it would be entered again."""
    order = (col(TrainingRow.held_on), col(TrainingRow.session_id))
    rows = await read.all(trainings(span).order_by(*order))
    return await _file(TRAINING_SHEET, lambda: map(training_line, rows), form)


@router.get(
    "/publicity/form",
    operation_id="export_publicity_form",
    response_class=Response,
    responses=_FILES,
)
async def export_publicity_form(read: Reading, span: Asked, form: As = Form.XLSX) -> Response:
    """The list of publicity (宣传台账) of a year: a row for each article-time."""
    rows = await read.all(articles_told(span).order_by(col(ArticleRow.article_id)))
    adopted: dict[str, list[AdoptionRow]] = defaultdict(list)
    for one in await read.all(adoptions_of([row.article_id for row in rows])):
        adopted[one.article_id].append(one)

    def lines() -> Iterable[Line]:
        for row in rows:
            if row.article_id not in adopted:
                yield article_line(row, None)
            yield from (article_line(row, one) for one in adopted.get(row.article_id, ()))

    return await _file(ARTICLE_SHEET, lines, form)


async def _file(sheet: Sheet, lines: Callable[[], Iterable[Line]], form: Form) -> Response:
    """The file, made beside the loop: a region may have thousands of rows."""
    return await asyncio.to_thread(lambda: exported(sheet, list(lines()), form, sheet.title))
