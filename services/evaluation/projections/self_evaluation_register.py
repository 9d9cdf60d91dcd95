"""Every self-evaluation: where it stands, what it came to, and why."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from sqlmodel import JSON, BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.self_evaluation import messages as fact
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class SelfEvaluationRow(Table, table=True):
    """One project and year. `explanation` holds the intermediate values of the last result."""

    __tablename__ = "self_evaluation_register"

    self_evaluation_id: str = Field(primary_key=True)
    project_code: str = Field(index=True)
    project_name: str
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str = Field(index=True)
    status: str
    budget_fen: int = Field(sa_type=BigInteger)
    paid_fen: int | None = Field(default=None, sa_type=BigInteger)
    self_score: Decimal | None = None
    machine_score: Decimal | None = None
    final_score: Decimal | None = None
    grade: str | None = None
    execution_rate: Decimal | None = None
    inflation: str = "NONE"
    findings: str = ""
    rule_set_version: int = 0
    explanation: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    origin: str = "OFFICIAL"
    version: int = 0


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case fact.SelfEvaluationOpened(project=project):
            yield Put(SelfEvaluationRow, _opened(recorded, project))
        case fact.TargetRevised(budget=budget):
            yield _set(recorded, budget_fen=budget.fen)
        case fact.SelfEvaluationSubmitted(self_score=score):
            yield _set(recorded, status="SUBMITTED", self_score=score)
        case fact.SelfEvaluationAudited():
            yield _set(recorded, status="AUDITED")
        case fact.SelfEvaluationReturned() as event:
            yield _set(recorded, status="RETURNED", findings=" ".join(event.findings))
        case fact.SelfEvaluationAccepted() as event:
            yield _set(recorded, **_accepted(event))
        case fact.RecheckConcluded() as event:
            yield _set(recorded, status="RECHECKED", **_rejudged(event))
        case fact.ObjectionFiled():
            yield _set(recorded, status="OBJECTED")
        case fact.ObjectionDecided() as event:
            yield _set(recorded, status="FINAL", **_rejudged(event))
        case _:
            return


def _set(recorded: AnyRecorded, **values: object) -> Change:
    key = {"self_evaluation_id": recorded.id}
    return Set(SelfEvaluationRow, key, {**values, "version": recorded.version})


def _opened(recorded: AnyRecorded, project: fact.Project) -> dict[str, object]:
    return {
        "self_evaluation_id": recorded.id,
        "project_code": project.project_code,
        "project_name": project.name,
        "fiscal_year": project.fiscal_year,
        "region_code": project.region_code,
        "department_code": project.department_code,
        "unit_code": project.unit_code,
        "status": "OPENED",
        "budget_fen": project.budget.fen,
        "origin": project.origin,
        "version": recorded.version,
    }


def _accepted(event: fact.SelfEvaluationAccepted) -> dict[str, object]:
    lines = [
        {
            "indicator_id": line.indicator_id,
            "reach": None if line.reach is None else str(line.reach),
            "score": str(line.score),
        }
        for line in event.lines
    ]
    return {
        "status": "ACCEPTED",
        "budget_fen": event.budget.fen,
        "paid_fen": event.paid.fen,
        "self_score": event.self_score,
        "machine_score": event.machine_score,
        "final_score": event.machine_score,
        "grade": event.grade.value,
        "execution_rate": event.execution_rate,
        "findings": " ".join(event.findings),
        "rule_set_version": event.rule_set_version,
        "explanation": {
            "lines": lines,
            "execution_rate": str(event.execution_rate),
            "execution_score": str(event.execution_score),
            "judged_low": list(event.judged_low),
        },
    }


def _rejudged(event: fact.RecheckConcluded | fact.ObjectionDecided) -> dict[str, object]:
    return {
        "final_score": event.score,
        "grade": event.grade.value,
        "inflation": event.inflation.value,
    }


self_evaluation_register: Final = Projection(
    name="self_evaluation_register", tables=(SelfEvaluationRow,), project=_fold
)


def self_evaluation(self_evaluation_id: str) -> SelectOfScalar[SelfEvaluationRow]:
    """One self-evaluation."""
    return select(SelfEvaluationRow).where(
        SelfEvaluationRow.self_evaluation_id == self_evaluation_id
    )


def self_evaluations(
    *, fiscal_year: int | None, unit: str | None, status: str | None
) -> SelectOfScalar[SelfEvaluationRow]:
    """Those that match everything asked for."""
    query = select(SelfEvaluationRow)
    if fiscal_year is not None:
        query = query.where(col(SelfEvaluationRow.fiscal_year) == fiscal_year)
    if unit is not None:
        query = query.where(col(SelfEvaluationRow.unit_code) == unit)
    if status is not None:
        query = query.where(col(SelfEvaluationRow.status) == status)
    return query
