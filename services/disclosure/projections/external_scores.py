"""Review scores that superiors gave for key funds, recorded with their document."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.contracts import evaluation
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put

LINKAGE_FUND: Final = "RURAL_LINKAGE"
"""巩固拓展脱贫攻坚成果同乡村振兴有效衔接资金."""
SELF_EVALUATION_REVIEW: Final = "SELF_EVAL_REVIEW"
TARGET_REVIEW: Final = "TARGET_REVIEW"


class ExternalScoreRow(Table, table=True):
    """A review score of a fund of a year."""

    __tablename__ = "external_scores"

    fund: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    fund_year: int = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    score: Decimal
    rank: int | None = None
    document_no: str


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case evaluation.ExternalScoreRecorded() as said:
            yield Put(
                ExternalScoreRow,
                {
                    "fund": said.fund,
                    "kind": said.kind,
                    "fund_year": said.fund_year,
                    "subject": said.subject,
                    "region_code": said.region_code,
                    "score": said.score,
                    "rank": said.rank,
                    "document_no": said.document_no,
                },
            )
        case _:
            return


external_scores = Projection(name="external_scores", tables=(ExternalScoreRow,), hear=_hear)


def scores(span: Span) -> SelectOfScalar[ExternalScoreRow]:
    """The scores of the year's funds and of the funds of the year before."""
    return select(ExternalScoreRow).where(
        ExternalScoreRow.subject == span.region_code,
        col(ExternalScoreRow.fund_year).in_((span.fiscal_year - 1, span.fiscal_year)),
    )


def self_evaluation_review(span: Span) -> SelectOfScalar[ExternalScoreRow]:
    """How the self-evaluation of the linkage funds of the year before was reviewed."""
    return _review(span, SELF_EVALUATION_REVIEW, span.fiscal_year - 1)


def target_review(span: Span) -> SelectOfScalar[ExternalScoreRow]:
    """How the targets of the linkage funds of the year were reviewed."""
    return _review(span, TARGET_REVIEW, span.fiscal_year)


def _review(span: Span, kind: str, fund_year: int) -> SelectOfScalar[ExternalScoreRow]:
    return select(ExternalScoreRow).where(
        ExternalScoreRow.fund == LINKAGE_FUND,
        ExternalScoreRow.kind == kind,
        ExternalScoreRow.fund_year == fund_year,
        ExternalScoreRow.subject == span.region_code,
    )
