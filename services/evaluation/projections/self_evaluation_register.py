"""Every self-evaluation: where it stands, what it came to, and why."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlmodel import JSON, BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.self_evaluation import events as filling
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
    flags: str = ""
    duplicate_evidence: bool = False
    settlement: str = ""
    due_on: date | None = None
    reminded_on: date | None = None
    overdue_on: date | None = None
    version: int = 0


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    event = recorded.event
    if isinstance(event, fact.SelfEvaluationOpened):
        row = _opened(recorded, event.project)
        yield Put(SelfEvaluationRow, {**row, "due_on": event.due_on})
        return
    values = _of_unit(event)
    if values is None:
        values = _of_readers(event)
    if values is not None:
        key = {"self_evaluation_id": recorded.id}
        yield Set(SelfEvaluationRow, key, {**values, "version": recorded.version})


def _of_unit(event: object) -> dict[str, object] | None:  # noqa: PLR0911 - one answer per fact
    match event:
        case fact.TargetRevised(budget=budget):
            return {"budget_fen": budget.fen}
        case filling.DutyNamed():
            return {}
        case filling.ReportFilled() | filling.ExecutionConfirmed():
            return _part(event)
        case fact.SelfEvaluationSubmitted(self_score=score):
            return {"status": "SUBMITTED", "self_score": score}
        case filling.ExplanationGiven(corrects=corrects):
            explained: dict[str, object] = {"status": "EXPLAINED"}
            return explained | ({"settlement": "CORRECTED"} if corrects else {})
        case fact.ObjectionFiled():
            return {"status": "OBJECTED"}
        case filling.SelfEvaluationReminded(reminded_on=day):
            return {"reminded_on": day}
        case filling.SelfEvaluationOverdue(found_on=day):
            return {"overdue_on": day}
        case _:
            return None


def _of_readers(event: object) -> dict[str, object] | None:  # noqa: C901, PLR0911 - one answer per fact
    match event:
        case fact.SelfEvaluationAudited():
            return {"status": "AUDITED"}
        case filling.EvidenceJudged() | filling.SelfEvaluationSent():
            return {}
        case filling.DuplicateFound():
            return {"duplicate_evidence": True}
        case filling.ScoreRecomputed():
            return _recomputed(event)
        case filling.ExplanationRequested():
            return {"status": "EXPLANATION_REQUESTED"}
        case filling.FindingsKept():
            return {"status": "KEPT_WITH_FINDING", "settlement": "KEPT_WITH_FINDING"}
        case fact.SelfEvaluationReturned():
            return {"status": "RETURNED", "findings": " ".join(event.findings)}
        case fact.SelfEvaluationAccepted():
            return _accepted(event)
        case fact.RecheckConcluded():
            return {"status": "RECHECKED", **_rejudged(event)}
        case fact.ObjectionDecided():
            return {"status": "FINAL", **_rejudged(event)}
        case _:
            return None


def _part(event: filling.ReportFilled | filling.ExecutionConfirmed) -> dict[str, object]:
    """The self-evaluation is scored when both offices have done their part."""
    status = "SELF_SCORED" if event.both_done else "FILLING"
    if isinstance(event, filling.ReportFilled):
        return {"status": status, "self_score": event.self_score}
    return {
        "status": status,
        "paid_fen": event.paid.fen,
        "budget_fen": event.budget.fen,
        "execution_rate": event.execution_rate,
    }


def _recomputed(event: filling.ScoreRecomputed) -> dict[str, object]:
    return {
        "status": "FLAGGED" if event.is_flagged else "CLEAN",
        "paid_fen": event.paid.fen,
        "machine_score": event.machine_score,
        "execution_rate": event.execution_rate,
        "findings": " ".join(event.findings),
        "flags": " ".join(event.flags),
        "rule_set_version": event.rule_set_version,
    }


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
        "flags": " ".join(event.flags),
        "settlement": event.settlement or "",
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
    name="self_evaluation_register",
    streams=frozenset({"self_evaluation"}),
    tables=(SelfEvaluationRow,),
    project=_fold,
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


def some(self_evaluation_ids: Iterable[str]) -> SelectOfScalar[SelfEvaluationRow]:
    """These."""
    return select(SelfEvaluationRow).where(
        col(SelfEvaluationRow.self_evaluation_id).in_(list(self_evaluation_ids))
    )


def ids_of_year(
    fiscal_year: int,
    condition: Any,  # noqa: ANN401 - a condition of SQL
) -> SelectOfScalar[str]:
    """The ids of a year's self-evaluations that meet a condition."""
    query = select(SelfEvaluationRow.self_evaluation_id)
    return query.where(SelfEvaluationRow.fiscal_year == fiscal_year, condition)
