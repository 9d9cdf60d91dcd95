"""How well units and counties do performance management, year by year."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from sqlmodel import JSON, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain import appraisal_messages as fact
from services.evaluation.domain.values import Subject
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class AppraisalRow(Table, table=True):
    """One subject and year."""

    __tablename__ = "appraisal_board"

    appraisal_id: str = Field(primary_key=True)
    subject_code: str = Field(index=True)
    subject: str
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    department_code: str
    status: str
    score: Decimal | None = None
    grade: str | None = None
    document_no: str = ""
    version: int = 0
    rule_set_version: int = 0
    explanation: dict[str, Any] | None = Field(default=None, sa_type=JSON)


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case fact.AppraisalScored() as event:
            yield Put(
                AppraisalRow,
                {
                    "appraisal_id": recorded.id,
                    "subject_code": event.subject_code,
                    "subject": event.subject.value,
                    "fiscal_year": event.fiscal_year,
                    "region_code": event.region_code,
                    "department_code": event.department_code,
                    "status": "SCORED",
                    "version": recorded.version,
                },
            )
        case fact.AppraisalConcluded() as event:
            told = {
                "status": "CONCLUDED",
                "score": event.score,
                "grade": event.grade.value,
                "rule_set_version": event.rule_set_version,
                "explanation": _explained(event),
            }
            key = {"appraisal_id": recorded.id}
            yield Set(AppraisalRow, key, {**told, "version": recorded.version})
        case fact.PriorAppraisalRecorded() as event:
            yield Put(
                AppraisalRow,
                {
                    "appraisal_id": recorded.id,
                    "subject_code": event.subject_code,
                    "subject": Subject.BUDGET_UNIT.value,
                    "fiscal_year": event.fiscal_year,
                    "region_code": event.region_code,
                    "department_code": event.department_code,
                    "status": "RECORDED",
                    "score": event.score,
                    "grade": event.grade.value,
                    "document_no": event.document_no,
                    "version": recorded.version,
                },
            )
        case _:
            return


def _explained(event: fact.AppraisalConcluded) -> dict[str, Any]:
    return {
        "links": [
            {"link": one.link, "score": str(one.score), "basis": one.basis} for one in event.links
        ],
        "bonus": str(event.bonus),
        "penalty": str(event.penalty),
        "inflation_penalty": str(event.inflation_penalty),
        "inflated": [
            {"project_code": one.project_code, "inflation": one.inflation.value}
            for one in event.inflated
        ],
        "points": None if event.points is None else str(event.points),
        "concluded_on": event.concluded_on.isoformat(),
    }


appraisal_board: Final = Projection(
    name="appraisal_board", streams=frozenset({"appraisal"}), tables=(AppraisalRow,), project=_fold
)


def appraisals(*, fiscal_year: int | None) -> SelectOfScalar[AppraisalRow]:
    """All of a year."""
    query = select(AppraisalRow)
    if fiscal_year is None:
        return query
    return query.where(col(AppraisalRow.fiscal_year) == fiscal_year)


def appraisal(appraisal_id: str) -> SelectOfScalar[AppraisalRow]:
    """One subject and year: `<subject>-<year>`."""
    return select(AppraisalRow).where(AppraisalRow.appraisal_id == appraisal_id)
