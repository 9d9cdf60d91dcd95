"""Ranks that superiors gave, recorded with their document; never computed here."""

from collections.abc import Iterable
from typing import Final

from sqlmodel import Field, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.contracts import evaluation
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put

COMPREHENSIVE: Final = "XJ_COMPREHENSIVE"
"""全面实施预算绩效管理综合评价考核."""
TOP_RANK_MAX: Final = 20  # 前二十: the rank up to which the bulletin of the superior names counties
REGION: Final = "region"
COUNTY: Final = "county"


class ExternalRankRow(Table, table=True):
    """A rank; `rank_at_most` where only a bound was told."""

    __tablename__ = "external_ranks"

    scheme: str = Field(primary_key=True)
    period: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    level: str
    parent: str | None = None
    rank: int | None = None
    rank_at_most: int | None = None
    document_no: str


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case evaluation.ExternalRankingRecorded() as said:
            yield Put(
                ExternalRankRow,
                {
                    "scheme": said.scheme,
                    "period": said.period,
                    "subject": said.subject,
                    "region_code": said.region_code,
                    "level": said.level,
                    "parent": said.parent,
                    "rank": said.rank,
                    "rank_at_most": said.rank_at_most,
                    "document_no": said.document_no,
                },
            )
        case _:
            return


external_ranks = Projection(name="external_ranks", tables=(ExternalRankRow,), hear=_hear)


def ranks(span: Span, level: str | None = None) -> SelectOfScalar[ExternalRankRow]:
    """Every rank told of a period of the year, of the region and of those below it."""
    rows = select(ExternalRankRow).where(
        ExternalRankRow.scheme == COMPREHENSIVE,
        col(ExternalRankRow.period).startswith(str(span.fiscal_year)),
        or_(
            col(ExternalRankRow.subject) == span.region_code,
            col(ExternalRankRow.parent) == span.region_code,
            span.regions(ExternalRankRow.region_code),
        ),
    )
    return rows if level is None else rows.where(ExternalRankRow.level == level)


def own_rank(span: Span) -> SelectOfScalar[ExternalRankRow]:
    """The region's latest rank of the year."""
    return (
        select(ExternalRankRow)
        .where(
            ExternalRankRow.scheme == COMPREHENSIVE,
            ExternalRankRow.subject == span.region_code,
            ExternalRankRow.level == REGION,
            col(ExternalRankRow.rank).is_not(None),
            col(ExternalRankRow.period).startswith(str(span.fiscal_year)),
        )
        .order_by(col(ExternalRankRow.period).desc())
    )


def counties_listed(span: Span) -> SelectOfScalar[ExternalRankRow]:
    """The counties of the region among the first twenty, with the documents that say so."""
    rank = func.coalesce(ExternalRankRow.rank, ExternalRankRow.rank_at_most)
    return select(ExternalRankRow).where(
        ExternalRankRow.scheme == COMPREHENSIVE,
        ExternalRankRow.level == COUNTY,
        rank <= TOP_RANK_MAX,
        col(ExternalRankRow.period).startswith(str(span.fiscal_year)),
        or_(
            col(ExternalRankRow.parent) == span.region_code,
            span.regions(ExternalRankRow.region_code),
        ),
    )


def counties_on_top(span: Span) -> SelectOfScalar[int]:
    """How many counties of the region are among the first twenty."""
    rank = func.coalesce(ExternalRankRow.rank, ExternalRankRow.rank_at_most)
    return select(func.count(func.distinct(ExternalRankRow.subject))).where(
        ExternalRankRow.scheme == COMPREHENSIVE,
        ExternalRankRow.level == COUNTY,
        rank <= TOP_RANK_MAX,
        col(ExternalRankRow.period).startswith(str(span.fiscal_year)),
        or_(
            col(ExternalRankRow.parent) == span.region_code,
            span.regions(ExternalRankRow.region_code),
        ),
    )
