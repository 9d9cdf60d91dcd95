"""Rankings as they were published: snapshots that never change."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.ranking import RankingPublished
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put


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


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    event = recorded.event
    if not isinstance(event, RankingPublished):
        return
    rows = [
        {"subject": row.subject, "score": str(row.score), "rank": row.rank} for row in event.rows
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
        },
    )


ranking_board: Final = Projection(name="ranking_board", tables=(RankingRow,), project=_fold)


def rankings(*, fiscal_year: int | None) -> SelectOfScalar[RankingRow]:
    """All of a year."""
    query = select(RankingRow)
    return query if fiscal_year is None else query.where(col(RankingRow.fiscal_year) == fiscal_year)
