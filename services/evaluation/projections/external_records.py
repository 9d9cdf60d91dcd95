"""Ranks and scores that a superior gave, with their document. Never computed here."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.external import ExternalRankingRecorded, ExternalScoreRecorded
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put


class ExternalRankRow(Table, table=True):
    """One rank of one subject."""

    __tablename__ = "external_ranks"

    external_id: str = Field(primary_key=True)
    scheme: str = Field(index=True)
    period: str
    subject: str
    subject_name: str
    level: str
    parent: str | None = None
    rank: int | None = None
    rank_at_most: int | None = None
    document_no: str
    told_on: date
    region_code: str = Field(index=True)
    version: int = 0
    issuing_body: str = ""
    scope: str = ""
    replaces: str = ""


class ExternalScoreRow(Table, table=True):
    """One review score of one subject."""

    __tablename__ = "external_scores"

    external_id: str = Field(primary_key=True)
    fund: str = Field(index=True)
    kind: str
    fund_year: int
    subject: str
    score: Decimal
    rank: int | None = None
    band: str
    document_no: str
    told_on: date
    region_code: str = Field(index=True)
    version: int = 0
    issuing_body: str = ""
    scope: str = ""
    replaces: str = ""


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    known = {"external_id": recorded.id, "version": recorded.version}
    match recorded.event:
        case ExternalRankingRecorded(told=rank, replaces=replaces):
            yield Put(
                ExternalRankRow,
                {
                    **known,
                    "scheme": rank.scheme,
                    "period": rank.period,
                    "subject": rank.subject,
                    "subject_name": rank.subject_name,
                    "level": rank.level,
                    "parent": rank.parent,
                    "rank": rank.rank,
                    "rank_at_most": rank.rank_at_most,
                    "document_no": rank.document_no,
                    "told_on": rank.told_on,
                    "region_code": rank.region_code,
                    "issuing_body": rank.issuing_body,
                    "scope": rank.scope,
                    "replaces": replaces,
                },
            )
        case ExternalScoreRecorded(told=score, replaces=replaces):
            yield Put(
                ExternalScoreRow,
                {
                    **known,
                    "fund": score.fund,
                    "kind": score.kind,
                    "fund_year": score.fund_year,
                    "subject": score.subject,
                    "score": score.score,
                    "rank": score.rank,
                    "band": score.band,
                    "document_no": score.document_no,
                    "told_on": score.told_on,
                    "region_code": score.region_code,
                    "issuing_body": score.issuing_body,
                    "scope": score.scope,
                    "replaces": replaces,
                },
            )
        case _:
            return


external_records: Final = Projection(
    name="external_records",
    streams=frozenset({"external"}),
    tables=(ExternalRankRow, ExternalScoreRow),
    project=_fold,
)


def ranks(*, scheme: str | None, period: str | None) -> SelectOfScalar[ExternalRankRow]:
    """Ranks that match."""
    query = select(ExternalRankRow)
    if scheme is not None:
        query = query.where(col(ExternalRankRow.scheme) == scheme)
    return query if period is None else query.where(col(ExternalRankRow.period) == period)


def scores(*, fund: str | None, fund_year: int | None) -> SelectOfScalar[ExternalScoreRow]:
    """Scores that match."""
    query = select(ExternalScoreRow)
    if fund is not None:
        query = query.where(col(ExternalScoreRow.fund) == fund)
    if fund_year is None:
        return query
    return query.where(col(ExternalScoreRow.fund_year) == fund_year)
