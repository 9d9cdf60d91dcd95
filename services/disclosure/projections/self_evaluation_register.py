"""Self-evaluations that were recomputed and accepted."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sqlmodel import Field, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.contracts import evaluation
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put, Set


class SelfEvaluationRow(Table, table=True):
    """What a unit said of its project, and what the recomputation said."""

    __tablename__ = "self_evaluation_register"

    project_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True, index=True)
    region_code: str = Field(index=True)
    unit_code: str
    self_score: Decimal
    machine_score: Decimal
    final_score: Decimal
    grade: str
    execution_rate: Decimal
    findings: int
    accepted_on: date
    corrected_on: date | None = None


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case evaluation.SelfEvaluationAccepted() as said:
            yield Put(
                SelfEvaluationRow,
                {
                    "project_code": said.project_code,
                    "fiscal_year": said.fiscal_year,
                    "region_code": said.region_code,
                    "unit_code": said.unit_code,
                    "self_score": said.self_score,
                    "machine_score": said.machine_score,
                    "final_score": said.final_score,
                    "grade": said.grade,
                    "execution_rate": said.execution_rate,
                    "findings": len(said.findings),
                    "accepted_on": said.accepted_on,
                },
            )
        case evaluation.ScoreCorrected() as said:
            yield Set(
                SelfEvaluationRow,
                {"project_code": said.project_code, "fiscal_year": said.fiscal_year},
                {
                    "final_score": said.after,
                    "grade": said.grade,
                    "corrected_on": said.corrected_on,
                },
            )
        case _:
            return


self_evaluation_register = Projection(
    name="self_evaluation_register", tables=(SelfEvaluationRow,), hear=_hear
)


def self_evaluations(span: Span) -> SelectOfScalar[SelfEvaluationRow]:
    """The self-evaluations of the year's projects that were accepted by then."""
    return select(SelfEvaluationRow).where(
        span.regions(SelfEvaluationRow.region_code),
        SelfEvaluationRow.fiscal_year == span.fiscal_year,
        span.told(SelfEvaluationRow.accepted_on),
    )
