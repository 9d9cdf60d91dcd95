"""Accountability cases: what was recorded, rung by rung. The system decides none of it."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain import case as fact
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class CaseRow(Table, table=True):
    """One case; `last_rung` is the highest measure on record."""

    __tablename__ = "case_register"

    case_id: str = Field(primary_key=True)
    unit_code: str = Field(index=True)
    region_code: str = Field(index=True)
    department_code: str
    subject: str
    clue: str
    opened_on: date
    status: str
    last_rung: str = ""
    outcome: str = ""
    version: int = 0


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case fact.CaseOpened() as event:
            yield Put(
                CaseRow,
                {
                    "case_id": recorded.id,
                    "unit_code": event.unit_code,
                    "region_code": event.region_code,
                    "department_code": event.department_code,
                    "subject": event.subject,
                    "clue": event.clue,
                    "opened_on": event.opened_on,
                    "status": "OPEN",
                    "version": recorded.version,
                },
            )
        case fact.MeasureRecorded(rung=rung):
            yield _set(recorded, last_rung=rung.value)
        case fact.CaseEnded(outcome=outcome):
            yield _set(recorded, status="CLOSED", outcome=outcome)
        case fact.CaseReopened():
            yield _set(recorded, status="OPEN", outcome="")
        case _:
            return


def _set(recorded: AnyRecorded, **values: object) -> Change:
    return Set(CaseRow, {"case_id": recorded.id}, {**values, "version": recorded.version})


case_register: Final = Projection(name="case_register", tables=(CaseRow,), project=_fold)


def case(case_id: str) -> SelectOfScalar[CaseRow]:
    """One case."""
    return select(CaseRow).where(CaseRow.case_id == case_id)


def cases(*, status: str | None) -> SelectOfScalar[CaseRow]:
    """All cases, or those of one status."""
    query = select(CaseRow)
    return query if status is None else query.where(col(CaseRow.status) == status)
