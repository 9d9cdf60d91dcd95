"""Rankings as they were published: snapshots that never change."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.ranking_messages import RankingPublished, RankingSuperseded
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class RankingRow(Table, table=True):
    """One ranking."""

    __tablename__ = "ranking_board"

    ranking_id: str = Field(primary_key=True)
    subject: str
    region_code: str = Field(index=True)
    fiscal_year: int
    period: str
    rows: list[dict[str, Any]] = Field(sa_type=JSON)
    published_on: date
    version: int = 0
    plan_id: str = ""
    corrects: str = ""
    superseded_by: str = ""
    reason: str = ""
    document_no: str = ""


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    event = recorded.event
    if isinstance(event, RankingSuperseded):
        key = {"ranking_id": recorded.id}
        newer = {"superseded_by": event.superseded_by, "version": recorded.version}
        yield Set(RankingRow, key, newer)
    if not isinstance(event, RankingPublished):
        return
    rows = [
        {
            "subject": row.subject,
            "score": str(row.score),
            "rank": row.rank,
            "tie_break": None if row.tie_break is None else str(row.tie_break),
            "previous_rank": row.previous_rank,
        }
        for row in event.rows
    ]
    yield Put(
        RankingRow,
        {
            "ranking_id": recorded.id,
            "subject": event.subject.value,
            "region_code": event.region_code,
            "fiscal_year": event.fiscal_year,
            "period": event.period,
            "rows": rows,
            "published_on": event.published_on,
            "version": recorded.version,
            "plan_id": event.plan_id,
            "corrects": event.corrects,
            "reason": event.reason,
            "document_no": event.document_no,
        },
    )


ranking_board: Final = Projection(
    name="ranking_board", streams=frozenset({"ranking"}), tables=(RankingRow,), project=_fold
)


def ranking(ranking_id: str) -> SelectOfScalar[RankingRow]:
    """One snapshot."""
    return select(RankingRow).where(RankingRow.ranking_id == ranking_id)


def rankings(*, fiscal_year: int | None) -> SelectOfScalar[RankingRow]:
    """All of a year."""
    query = select(RankingRow)
    return query if fiscal_year is None else query.where(col(RankingRow.fiscal_year) == fiscal_year)
