"""实效评价得分表 and 实效评价排名表 as files that import again unchanged."""

import asyncio
from collections import defaultdict
from decimal import Decimal
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Response
from sqlmodel import col

from services.evaluation.api.forms.effectiveness_sheets import (
    BONUS,
    EFFECTIVENESS_SHEET,
    PENALTY,
    RANKING_SHEET,
    Line,
)
from services.evaluation.api.vocabulary import VOCABULARY
from services.evaluation.projections import effectiveness_board as board
from services.evaluation.projections import ranking_board
from services.evaluation.projections.effectiveness_board import EffectivenessRow
from services.evaluation.projections.ranking_board import RankingRow
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
BY_HAND: Final = frozenset({"NOT_SAID", "NOT_DUE", "JUDGED"})


@router.get(
    "/effectiveness-plans/{plan_id}/score-sheet",
    operation_id="export_effectiveness_scores",
    response_class=Response,
    responses=_FILES,
)
async def export_effectiveness_scores(
    read: Reading, plan_id: str, form: As = Form.XLSX
) -> Response:
    """The score sheet 实效评价得分表 of those one may see: filled in, it is uploaded again."""
    mine = read.scope.where(
        region=EffectivenessRow.region_code,
        department=EffectivenessRow.department_code,
        unit=EffectivenessRow.unit_code,
    )
    query = board.standings(plan_id=plan_id).where(mine)
    rows = await read.all(query.order_by(col(EffectivenessRow.rank), EffectivenessRow.subject_code))
    lines = [_scores(row, shown=form is Form.XLSX) for row in rows]
    title = EFFECTIVENESS_SHEET.title
    return await asyncio.to_thread(exported, EFFECTIVENESS_SHEET, lines, form, title)


def _scores(row: EffectivenessRow, *, shown: bool) -> Line:
    by_hand = [line for line in row.lines if line["source"] in BY_HAND]
    judged = [_judged(line, shown=shown) for line in by_hand]
    for aspect, name in ((BONUS, "bonuses"), (PENALTY, "penalties")):
        for one in row.extra.get(name, ()):
            extra = {"basis": one["basis"], "document_no": one["document_no"]}
            judged.append({"aspect": aspect, "score": one["points"], **extra})
    line: Line = {
        "path": {"effectiveness_id": row.effectiveness_id},
        "body": {"judged": judged},
    }
    return {**line, "shown": _shown(row)} if shown else line


def _judged(line: dict[str, Any], *, shown: bool) -> Line:
    given = {"aspect": line["aspect"]}
    if line["score"] is not None:
        given |= {name: line[name] for name in ("score", "basis", "document_no")}
    if not shown:
        return given
    return {**given, "shown": {"points": line["points"], "source": line["source"]}}


def _shown(row: EffectivenessRow) -> Line:
    links: dict[str, Decimal] = defaultdict(Decimal)
    for line in row.lines:
        links[line["link"]] += Decimal(line["score"] or 0)
    total = row.total or {}
    extra = Decimal(total.get("bonus", 0)) - Decimal(total.get("penalty", 0))
    grade = VOCABULARY["Grade"][row.grade][0] if row.grade else ""
    told = {
        "rank": row.rank,
        "subject": row.subject_code,
        **{link: str(points) for link, points in links.items()},
        "extra": str(extra) if total else "",
        "score": None if row.score is None else str(row.score),
        "grade": grade,
        "previous_rank": row.previous_rank,
    }
    return {name: value for name, value in told.items() if value not in {None, ""}}


@router.get(
    "/rankings/{ranking_id}/form",
    operation_id="export_ranking",
    response_class=Response,
    responses=_FILES,
)
async def export_ranking(read: Reading, ranking_id: str, form: As = Form.XLSX) -> Response:
    """The ranking sheet 实效评价排名表: a snapshot, with former ranks where they are known."""
    row = await read.one(ranking_board.ranking(ranking_id))
    line = _ranking(row, shown=form is Form.XLSX)
    return await asyncio.to_thread(exported, RANKING_SHEET, [line], form, RANKING_SHEET.title)


def _ranking(row: RankingRow, *, shown: bool) -> Line:
    body = {
        "ranking_id": row.ranking_id,
        "subject": row.subject,
        "fiscal_year": row.fiscal_year,
        "period": row.period,
        "corrects": row.corrects,
        "reason": row.reason,
        "document_no": row.document_no,
    }
    lines = [
        {"subject": one["subject"], **({"shown": _place(one)} if shown else {})} for one in row.rows
    ]
    told = {name: value for name, value in body.items() if value != ""}
    return {"body": {**told, "lines": lines}}


def _place(one: dict[str, Any]) -> Line:
    places = ("rank", "score", "tie_break", "previous_rank")
    return {name: one[name] for name in places if one.get(name) is not None}
