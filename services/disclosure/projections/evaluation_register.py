"""Department and finance evaluations that were concluded, as re-checks and objections left them."""

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


class EvaluationRow(Table, table=True):
    """An evaluation and its conclusion."""

    __tablename__ = "evaluation_register"

    evaluation_id: str = Field(primary_key=True)
    kind: str
    project_code: str
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    unit_code: str
    score: Decimal
    grade: str
    concluded_on: date


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case evaluation.EvaluationConcluded() as said:
            yield Put(
                EvaluationRow,
                {
                    "evaluation_id": said.evaluation_id,
                    "kind": said.kind,
                    "project_code": said.project_code,
                    "fiscal_year": said.fiscal_year,
                    "region_code": said.region_code,
                    "unit_code": said.unit_code,
                    "score": said.score,
                    "grade": said.grade,
                    "concluded_on": said.concluded_on,
                },
            )
        case evaluation.EvaluationCorrected() as said:
            result = {"score": said.after, "grade": said.grade}
            yield Set(EvaluationRow, {"evaluation_id": said.evaluation_id}, result)
        case _:
            return


evaluation_register = Projection(name="evaluation_register", tables=(EvaluationRow,), hear=_hear)


def evaluations(span: Span, kind: str | None = None) -> SelectOfScalar[EvaluationRow]:
    """The evaluations of the year's projects that were concluded by then."""
    rows = select(EvaluationRow).where(
        span.regions(EvaluationRow.region_code),
        EvaluationRow.fiscal_year == span.fiscal_year,
        span.told(EvaluationRow.concluded_on),
    )
    return rows if kind is None else rows.where(EvaluationRow.kind == kind)
