"""Results that were told, and how far what they ask for has come."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlmodel import JSON, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.feedback import messages as fact
from services.evaluation.projections import Table
from services.evaluation.projections.judging_facts import plain_json
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class FeedbackRow(Table, table=True):
    """One result that was told."""

    __tablename__ = "feedback_board"

    feedback_id: str = Field(primary_key=True)
    source: str
    project_code: str
    fiscal_year: int
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str
    status: str
    score: Decimal
    grade: str
    document_no: str
    problems: list[Any] = Field(sa_type=JSON)
    issued_on: date
    rectify_by: date
    object_by: date
    verify_by: date | None = None
    overdue_on: date | None = None
    version: int = 0


STATUS: Final = {
    fact.FeedbackAcknowledged: "ACKNOWLEDGED",
    fact.RectificationPlanned: "RECTIFYING",
    fact.RectificationFailed: "RECTIFYING",
    fact.RectificationVerified: "VERIFIED",
    fact.FeedbackClosed: "CLOSED",
}


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case fact.FeedbackIssued() as event:
            row = FeedbackRow(
                feedback_id=recorded.id,
                source=event.source.value,
                project_code=event.whose.project_code,
                fiscal_year=event.whose.fiscal_year,
                region_code=event.whose.region_code,
                department_code=event.whose.department_code,
                unit_code=event.whose.unit_code,
                status="ISSUED",
                score=event.score,
                grade=event.grade.value,
                document_no=event.document_no,
                problems=plain_json(event.problems),
                issued_on=event.issued_on,
                rectify_by=event.rectify_by,
                object_by=event.object_by,
                version=recorded.version,
            )
            yield Put(FeedbackRow, row.model_dump())
        case fact.RectificationReported(verify_by=day):
            yield _set(recorded, status="VERIFYING", verify_by=day)
        case fact.RectificationOverdue(due_on=day):
            yield _set(recorded, status="ESCALATED", overdue_on=day)
        case event if type(event) in STATUS:
            yield _set(recorded, status=STATUS[type(event)])
        case _:
            return


def _set(recorded: AnyRecorded, **values: object) -> Change:
    key = {"feedback_id": recorded.id}
    return Set(FeedbackRow, key, {**values, "version": recorded.version})


feedback_board: Final = Projection(
    name="feedback_board", streams=frozenset({"feedback"}), tables=(FeedbackRow,), project=_fold
)


def feedback(feedback_id: str) -> SelectOfScalar[FeedbackRow]:
    """One result that was told."""
    return select(FeedbackRow).where(FeedbackRow.feedback_id == feedback_id)


def feedbacks(*, fiscal_year: int | None, status: str | None) -> SelectOfScalar[FeedbackRow]:
    """Those that match everything asked for."""
    query = select(FeedbackRow)
    if fiscal_year is not None:
        query = query.where(col(FeedbackRow.fiscal_year) == fiscal_year)
    if status is not None:
        query = query.where(col(FeedbackRow.status) == status)
    return query
