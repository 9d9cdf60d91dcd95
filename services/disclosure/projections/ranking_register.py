"""Rankings as they were published: snapshots that never change, each with its day.

A ranking that was wrong is followed by another one; the old one stays as it was and names it.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.contracts import evaluation
from shared.domain.workdays import business_date
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put, Set


class RankingRow(Table, table=True):
    """A snapshot: of whom, of which period, published when."""

    __tablename__ = "ranking_register"

    ranking_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    fiscal_year: int = Field(index=True)
    kind: str
    period: str
    subjects: int
    document_no: str
    published_on: date
    corrects: str
    corrected_by: str = ""


class RankedRow(Table, table=True):
    """A line of a snapshot; `subject` is a unit, or a region where counties are ranked."""

    __tablename__ = "ranked_subjects"

    ranking_id: str = Field(primary_key=True)
    subject: str = Field(primary_key=True, index=True)
    rank: int
    score: Decimal
    previous_rank: int | None = None


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case evaluation.RankingPublished() as said:
            published_on = business_date(heard.said_at)
            yield Put(
                RankingRow,
                {
                    "ranking_id": said.ranking_id,
                    "region_code": said.region_code,
                    "fiscal_year": said.fiscal_year or published_on.year,
                    "kind": said.kind,
                    "period": said.period,
                    "subjects": len(said.rows),
                    "document_no": said.document_no,
                    "published_on": published_on,
                    "corrects": said.corrects,
                },
            )
            yield from _lines(said)
            if said.corrects:
                newer = {"corrected_by": said.ranking_id}
                yield Set(RankingRow, {"ranking_id": said.corrects}, newer)
        case _:
            return


def _lines(said: evaluation.RankingPublished) -> Iterable[Change]:
    for row in said.rows:
        yield Put(
            RankedRow,
            {
                "ranking_id": said.ranking_id,
                "subject": row.subject,
                "rank": row.rank,
                "score": row.score,
                "previous_rank": row.previous_rank,
            },
        )


ranking_register = Projection(name="ranking_register", tables=(RankingRow, RankedRow), hear=_hear)


def rankings(span: Span, kind: str | None = None) -> SelectOfScalar[RankingRow]:
    """The snapshots about the year, published by then."""
    rows = select(RankingRow).where(
        span.regions(RankingRow.region_code),
        RankingRow.fiscal_year == span.fiscal_year,
        span.told(RankingRow.published_on),
    )
    return rows if kind is None else rows.where(RankingRow.kind == kind)


def ranking(ranking_id: str) -> SelectOfScalar[RankingRow]:
    """One snapshot."""
    return select(RankingRow).where(RankingRow.ranking_id == ranking_id)


def lines(ranking_id: str) -> SelectOfScalar[RankedRow]:
    """Its lines."""
    return select(RankedRow).where(RankedRow.ranking_id == ranking_id)


def places_of(subject: str, day: date) -> Select[RankingRow, RankedRow]:
    """Where a unit or a county stands in the snapshots until a day, the newest first."""
    return (
        select(RankingRow, RankedRow)
        .where(
            RankingRow.ranking_id == RankedRow.ranking_id,
            RankedRow.subject == subject,
            col(RankingRow.published_on) <= day,
        )
        .order_by(col(RankingRow.published_on).desc(), col(RankingRow.ranking_id).desc())
    )
