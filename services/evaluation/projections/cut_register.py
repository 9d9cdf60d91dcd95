"""预算调减台账: new applications that are cut for a similar project of an earlier year."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain import cut_messages as fact
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class CutRow(Table, table=True):
    """One cut. Only what is confirmed counts."""

    __tablename__ = "cut_register"

    cut_id: str = Field(primary_key=True)
    project_code: str = Field(index=True)
    project_name: str
    basis_project_code: str
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str = Field(index=True)
    basis_fiscal_year: int
    budget_year: int = Field(index=True)
    grade: str
    requested_fen: int = Field(sa_type=BigInteger)
    amount_fen: int = Field(sa_type=BigInteger)
    similarity: str
    status: str
    rule_set_version: int
    confirmed_on: date | None = None
    origin: str = "OFFICIAL"
    version: int = 0


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case fact.CutProposed() as event:
            yield Put(CutRow, _proposed(recorded, event))
        case fact.CutNotified():
            yield _set(recorded, status="NOTIFIED")
        case fact.CutAnswered():
            yield _set(recorded, status="ANSWERED")
        case fact.CutConfirmed(confirmed_on=day):
            yield _set(recorded, status="CONFIRMED", confirmed_on=day)
        case fact.CutWithdrawn():
            yield _set(recorded, status="WITHDRAWN")
        case _:
            return


def _set(recorded: AnyRecorded, **values: object) -> Change:
    key = {"cut_id": recorded.id}
    return Set(CutRow, key, {**values, "version": recorded.version})


def _proposed(recorded: AnyRecorded, event: fact.CutProposed) -> dict[str, object]:
    return {
        "cut_id": recorded.id,
        "project_code": event.project_code,
        "project_name": event.project_name,
        "basis_project_code": event.basis_project_code,
        "region_code": event.region_code,
        "department_code": event.department_code,
        "unit_code": event.unit_code,
        "basis_fiscal_year": event.basis_fiscal_year,
        "budget_year": event.budget_year,
        "grade": event.grade.value,
        "requested_fen": event.requested.fen,
        "amount_fen": event.amount.fen,
        "similarity": event.similarity,
        "status": "PROPOSED",
        "rule_set_version": event.rule_set_version,
        "origin": event.origin,
        "version": recorded.version,
    }


cut_register: Final = Projection(name="cut_register", tables=(CutRow,), project=_fold)


def cut(cut_id: str) -> SelectOfScalar[CutRow]:
    """One cut."""
    return select(CutRow).where(CutRow.cut_id == cut_id)


def cuts(
    *, budget_year: int | None, basis_fiscal_year: int | None = None, status: str | None = None
) -> SelectOfScalar[CutRow]:
    """Those that match everything asked for."""
    query = select(CutRow)
    if budget_year is not None:
        query = query.where(col(CutRow.budget_year) == budget_year)
    if basis_fiscal_year is not None:
        query = query.where(col(CutRow.basis_fiscal_year) == basis_fiscal_year)
    if status is not None:
        query = query.where(col(CutRow.status) == status)
    return query
