"""绩效目标调整申请表 as a file: of one request, and to be filled in (`domain` §8.8)."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response

from services.targets.api.forms.adjustment_form import (
    ADJUSTMENT_SHEET,
    TITLE,
    AdjustmentForm,
    paper,
    sheet_line,
)
from services.targets.api.reach import readable_target
from services.targets.projections.adjustment_register import (
    AdjustmentRow,
    adjustment,
    signatures,
)
from services.targets.projections.target_versions import versions
from shared.documents.writing import write_workbook
from shared.http.reading import Read, Reading
from shared.http.workbooks import DOCX, XLSX, download, printed

router = APIRouter(tags=["Forms"])
_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}


class RequestForm(StrEnum):
    """A workbook that imports again, or a paper to sign."""

    XLSX = "xlsx"
    DOCX = "docx"


def _files(*kinds: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "The file.", "content": dict.fromkeys(kinds, _BINARY)}}


@router.get(
    "/v1/targets/{target_id}/adjustment-form",
    operation_id="print_empty_adjustment_form",
    response_class=Response,
    responses=_files(XLSX),
)
async def print_empty_adjustment_form(read: Reading, target_id: str) -> Response:
    """The form with the values as they are, to be filled in and imported as a request."""
    target = await readable_target(read, target_id)
    form = AdjustmentForm(target=target, indicators=await _indicators(read, target_id, None))
    return await _workbook(form, f"{TITLE}-{target_id}")


@router.get(
    "/v1/targets/{target_id}/adjustments/{adjustment_id}/form",
    operation_id="print_adjustment_form",
    response_class=Response,
    responses=_files(XLSX, DOCX),
)
async def print_adjustment_form(
    read: Reading,
    target_id: str,
    adjustment_id: str,
    form: Annotated[RequestForm, Query(description="A workbook, or a paper.")] = RequestForm.XLSX,
) -> Response:
    """绩效目标调整申请表, with the opinions it has so far (`domain` §8.8)."""
    target = await readable_target(read, target_id)
    row = await read.one(adjustment(target_id, adjustment_id))
    filled = AdjustmentForm(
        target=target,
        indicators=await _indicators(read, target_id, row),
        row=row,
        signatures=await read.all(signatures(adjustment_id)),
    )
    name = f"{TITLE}-{target_id}-{adjustment_id}"
    if form is RequestForm.DOCX:
        return await asyncio.to_thread(printed, paper(filled), name)
    return await _workbook(filled, name)


async def _workbook(form: AdjustmentForm, name: str) -> Response:
    content = await asyncio.to_thread(write_workbook, ADJUSTMENT_SHEET, [sheet_line(form)])
    return download(content, XLSX, f"{name}.xlsx")


async def _indicators(
    read: Read, target_id: str, row: AdjustmentRow | None
) -> Sequence[Mapping[str, Any]]:
    """The indicators as they stood when it was asked for, or as they stand."""
    found: Sequence[Mapping[str, Any]] = []
    for version in await read.all(versions(target_id)):
        later = row and row.target_version and version.target_version >= row.target_version
        if not later:
            found = json.loads(version.indicators_json)
    return found
