"""Department and finance evaluations with the step each has reached, and why they came out so."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlmodel import JSON, BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.judging import events as fact
from services.evaluation.domain.judging.framework import weights_of
from services.evaluation.projections import Table
from services.evaluation.projections.judging_facts import plain_json
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class EvaluationRow(Table, table=True):
    """One evaluation. `plan` and `explanation` hold the items and what each came to."""

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
    notice_no: str = ""
    stage: str = ""
    answer_by: date | None = None
    rule_set_version: int = 0
    legal_basis: str = ""
    assignment_id: str = ""
    decide_by: date | None = None
    objection: str = ""
    plan: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    explanation: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    version: int = 0


STATUS: Final = {
    fact.PlanApproved: "PLAN_APPROVED",
    fact.EvaluationDataCollected: "DATA_COLLECTED",
    fact.DraftAnswered: "OPINIONS_EXCHANGED",
    fact.DraftUnanswered: "OPINIONS_EXCHANGED",
}


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case fact.EvaluationSelected() as event:
            yield Put(EvaluationRow, _selected(recorded, event))
        case fact.EvaluationNoticeIssued(notice_no=number):
            yield _set(recorded, status="NOTICE_ISSUED", notice_no=number)
        case fact.PlanProposed() as event:
            yield _set(recorded, stage=event.stage.value, plan=_plan(event))
        case fact.EvaluationCommissioned() as event:
            yield _set(recorded, assignment_id=event.assignment_id, evaluator=event.evaluator)
        case fact.EvaluationScored() as event:
            explanation = {**_money(event), "scores": plain_json(event.scores)}
            yield _set(
                recorded,
                status="FACTS_VERIFIED",
                answer_by=event.answer_by,
                rule_set_version=event.rule_set_version,
                explanation=explanation,
            )
        case fact.EvaluationSiteVisited() | fact.EvaluationObjectionOverdue():
            yield _set(recorded)
        case event if type(event) in STATUS:
            yield _set(recorded, status=STATUS[type(event)])
        case event:
            yield from _ended(recorded, event)


def _ended(recorded: AnyRecorded, event: object) -> Iterable[Change]:
    match event:
        case fact.EvaluationConcluded() as event:
            explained = {"explanation": _scores(event)} if event.scores else {}
            yield _set(
                recorded,
                status="CONCLUDED",
                score=event.score,
                grade=event.grade.value,
                rule_set_version=event.rule_set_version,
                legal_basis=event.legal_basis,
                **explained,
            )
        case fact.ReportSubmitted(report=report):
            yield _set(recorded, status="REPORT_SUBMITTED", report_no=report.report_no)
        case fact.ReportFiled(report_no=number):
            yield _set(recorded, status="FILED", report_no=number)
        case fact.EvaluationObjected() as event:
            yield _set(recorded, objection="FILED", decide_by=event.decide_by)
        case fact.EvaluationRechecked() as event:
            yield _set(recorded, score=event.score, grade=event.grade.value)
        case fact.EvaluationObjectionDecided() as event:
            values = {"score": event.score, "grade": event.grade.value}
            yield _set(recorded, objection=event.outcome, **values)
        case _:
            return


def _selected(recorded: AnyRecorded, event: fact.EvaluationSelected) -> dict[str, object]:
    return {
        "evaluation_id": recorded.id,
        "kind": event.kind.value,
        "project_code": event.whose.project_code,
        "project_name": event.project_name,
        "fiscal_year": event.whose.fiscal_year,
        "region_code": event.whose.region_code,
        "department_code": event.whose.department_code,
        "unit_code": event.whose.unit_code,
        "status": "NOTICE_ISSUED" if event.notice_no else "SELECTED",
        "notice_no": event.notice_no,
        "budget_fen": event.budget.fen,
        "evaluator": event.evaluator,
        "version": recorded.version,
    }


def _plan(event: fact.PlanProposed) -> dict[str, Any]:
    return {
        "items": plain_json(event.items),
        "weights": {part.value: str(points) for part, points in weights_of(event.items).items()},
        "methods": [one.value for one in event.methods],
        "standards": [one.value for one in event.standards],
        "rule_set_version": event.rule_set_version,
        "legal_basis": event.legal_basis,
    }


def _money(event: fact.EvaluationScored) -> dict[str, Any]:
    return {
        "received": str(event.received),
        "paid": str(event.paid),
        "figures": plain_json(event.figures),
    }


def _scores(event: fact.EvaluationConcluded) -> dict[str, Any]:
    return {
        "scores": plain_json(event.scores),
        "corrections": plain_json(event.corrections),
        "reply": event.reply,
    }


def _set(recorded: AnyRecorded, **values: object) -> Change:
    key = {"evaluation_id": recorded.id}
    return Set(EvaluationRow, key, {**values, "version": recorded.version})


def _fold_own(recorded: AnyRecorded) -> Iterable[Change]:
    return _fold(recorded) if recorded.stream.startswith("evaluation-") else ()


evaluation_register: Final = Projection(
    name="evaluation_register",
    streams=frozenset({"evaluation"}),
    tables=(EvaluationRow,),
    project=_fold_own,
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


def department_evaluations(since: int) -> SelectOfScalar[EvaluationRow]:
    """Concluded department evaluations of the years from one on."""
    query = select(EvaluationRow).where(EvaluationRow.kind == "DEPARTMENT")
    return query.where(
        col(EvaluationRow.fiscal_year) >= since, col(EvaluationRow.score).is_not(None)
    )
