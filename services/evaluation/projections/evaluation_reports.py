"""Evaluation reports word for word as they were submitted, with their fingerprints."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, Field, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.judging import events as fact
from services.evaluation.projections import Table
from services.evaluation.projections.judging_facts import plain_json
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class EvaluationReportRow(Table, table=True):
    """One report; its content never changes."""

    __tablename__ = "evaluation_reports"

    evaluation_id: str = Field(primary_key=True)
    report_no: str = Field(index=True)
    fiscal_year: int
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str
    content: dict[str, Any] = Field(sa_type=JSON)
    content_sha256: str
    pdf_sha256: str
    submitted_on: date
    filed_on: date | None = None
    archive_no: str = ""


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case fact.ReportSubmitted() as event:
            row = EvaluationReportRow(
                evaluation_id=recorded.id,
                report_no=event.report.report_no,
                fiscal_year=event.whose.fiscal_year,
                region_code=event.whose.region_code,
                department_code=event.whose.department_code,
                unit_code=event.whose.unit_code,
                content=plain_json(event.report),
                content_sha256=event.content_sha256,
                pdf_sha256=event.pdf_sha256,
                submitted_on=event.report.submitted_on,
            )
            yield Put(EvaluationReportRow, row.model_dump())
        case fact.ReportFiled() as event:
            values = {"filed_on": event.filed_on, "archive_no": event.archive_no}
            yield Set(EvaluationReportRow, {"evaluation_id": recorded.id}, values)
        case _:
            return


evaluation_reports: Final = Projection(
    name="evaluation_reports",
    streams=frozenset({"evaluation"}),
    tables=(EvaluationReportRow,),
    project=_fold,
)


def report(evaluation_id: str) -> SelectOfScalar[EvaluationReportRow]:
    """The report of one evaluation."""
    return select(EvaluationReportRow).where(EvaluationReportRow.evaluation_id == evaluation_id)
