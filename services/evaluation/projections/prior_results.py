"""Results of years before the system, recorded with their document."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.prior_result import PriorResultRecorded
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put


class PriorResultRow(Table, table=True):
    """One project and year."""

    __tablename__ = "prior_results"

    prior_result_id: str = Field(primary_key=True)
    project_code: str
    project_name: str
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str = Field(index=True)
    score: Decimal
    grade: str
    document_no: str
    told_on: date
    origin: str
    version: int = 0


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    event = recorded.event
    if not isinstance(event, PriorResultRecorded):
        return
    yield Put(
        PriorResultRow,
        {
            "prior_result_id": recorded.id,
            "project_code": event.project_code,
            "project_name": event.name,
            "fiscal_year": event.fiscal_year,
            "region_code": event.region_code,
            "department_code": event.department_code,
            "unit_code": event.unit_code,
            "score": event.score,
            "grade": event.grade.value,
            "document_no": event.document_no,
            "told_on": event.told_on,
            "origin": event.origin,
            "version": recorded.version,
        },
    )


prior_results: Final = Projection(
    name="prior_results",
    streams=frozenset({"prior_result"}),
    tables=(PriorResultRow,),
    project=_fold,
)


def of_year(fiscal_year: int | None) -> SelectOfScalar[PriorResultRow]:
    """All of a year."""
    query = select(PriorResultRow)
    if fiscal_year is None:
        return query
    return query.where(col(PriorResultRow.fiscal_year) == fiscal_year)
