"""Department and finance evaluations with the step each has reached."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain import evaluation_messages as fact
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class EvaluationRow(Table, table=True):
    """One evaluation."""

    __tablename__ = "evaluation_register"

    evaluation_id: str = Field(primary_key=True)
    kind: str
    project_code: str = Field(index=True)
    project_name: str
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str
    status: str
    budget_fen: int = Field(sa_type=BigInteger)
    evaluator: str = ""
    score: Decimal | None = None
    grade: str | None = None
    report_no: str = ""
    version: int = 0


STATUS: Final = {
    fact.PlanProposed: "PLAN_PROPOSED",
    fact.PlanApproved: "PLAN_APPROVED",
    fact.EvaluationScored: "SCORED",
    fact.DraftAnswered: "ANSWERED",
    fact.DraftUnanswered: "ANSWERED",
}


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case fact.EvaluationSelected() as event:
            yield Put(
                EvaluationRow,
                {
                    "evaluation_id": recorded.id,
                    "kind": event.kind.value,
                    "project_code": event.whose.project_code,
                    "project_name": event.project_name,
                    "fiscal_year": event.whose.fiscal_year,
                    "region_code": event.whose.region_code,
                    "department_code": event.whose.department_code,
                    "unit_code": event.whose.unit_code,
                    "status": "SELECTED",
                    "budget_fen": event.budget.fen,
                    "evaluator": event.evaluator,
                    "version": recorded.version,
                },
            )
        case fact.EvaluationConcluded() as event:
            yield _set(recorded, status="CONCLUDED", score=event.score, grade=event.grade.value)
        case fact.ReportFiled(report_no=number):
            yield _set(recorded, status="FILED", report_no=number)
        case event if type(event) in STATUS:
            yield _set(recorded, status=STATUS[type(event)])
        case _:
            return


def _set(recorded: AnyRecorded, **values: object) -> Change:
    key = {"evaluation_id": recorded.id}
    return Set(EvaluationRow, key, {**values, "version": recorded.version})


evaluation_register: Final = Projection(
    name="evaluation_register", tables=(EvaluationRow,), project=_fold
)


def evaluation(evaluation_id: str) -> SelectOfScalar[EvaluationRow]:
    """One evaluation."""
    return select(EvaluationRow).where(EvaluationRow.evaluation_id == evaluation_id)


def evaluations(
    *, fiscal_year: int | None, kind: str | None, status: str | None
) -> SelectOfScalar[EvaluationRow]:
    """Those that match everything asked for."""
    query = select(EvaluationRow)
    if fiscal_year is not None:
        query = query.where(col(EvaluationRow.fiscal_year) == fiscal_year)
    if kind is not None:
        query = query.where(col(EvaluationRow.kind) == kind)
    if status is not None:
        query = query.where(col(EvaluationRow.status) == status)
    return query
