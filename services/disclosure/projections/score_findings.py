"""What the machine noticed of self-evaluations that were accepted all the same, code by code."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Field, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.contracts import evaluation
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put


class ScoreFindingRow(Table, table=True):
    """One finding about a self-evaluation."""

    __tablename__ = "score_findings"

    project_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True)
    code: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    unit_code: str
    accepted_on: date


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case evaluation.SelfEvaluationAccepted() as said:
            for code in said.findings:
                yield Put(
                    ScoreFindingRow,
                    {
                        "project_code": said.project_code,
                        "fiscal_year": said.fiscal_year,
                        "code": code,
                        "region_code": said.region_code,
                        "unit_code": said.unit_code,
                        "accepted_on": said.accepted_on,
                    },
                )
        case _:
            return


score_findings = Projection(name="score_findings", tables=(ScoreFindingRow,), hear=_hear)


def findings(span: Span, code: str) -> SelectOfScalar[ScoreFindingRow]:
    """The findings of the year's self-evaluations with this code."""
    return select(ScoreFindingRow).where(
        span.regions(ScoreFindingRow.region_code),
        ScoreFindingRow.fiscal_year == span.fiscal_year,
        ScoreFindingRow.code == code,
        span.told(ScoreFindingRow.accepted_on),
    )
