"""预算调减台账: new applications that are cut for a similar project of an earlier year."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from sqlmodel import JSON, BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.cut import events as fact
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
    basis_name: str = ""
    basis_score: Decimal | None = None
    execution_rate: Decimal | None = None
    likeness: Decimal | None = None
    same_function: bool | None = None
    same_track: bool = False
    disposition: str = ""
    ratio: Decimal | None = None
    document_no: str = ""
    answer_by: date | None = None
    agrees: bool | None = None
    answer: str = ""
    granted_fen: int | None = Field(default=None, sa_type=BigInteger)
    found_by_machine: bool = False
    legal_basis: str = ""
    streams: list[str] = Field(default_factory=list, sa_type=JSON)
    origin: str = "OFFICIAL"
    version: int = 0


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case fact.CutProposed() as event:
            yield Put(CutRow, _proposed(recorded, event))
        case fact.CutNotified(document_no=number, answer_by=day):
            yield _set(recorded, status="NOTIFIED", document_no=number, answer_by=day)
        case fact.CutAnswered(agrees=agrees, text=text):
            yield _set(recorded, status="ANSWERED", agrees=agrees, answer=text)
        case fact.CutUnanswered():
            yield _set(recorded, status="UNANSWERED")
        case fact.CutConfirmed(confirmed_on=day):
            yield _set(recorded, status="CONFIRMED", confirmed_on=day)
        case fact.CutWritten(granted=granted):
            yield _set(recorded, status="WRITTEN_INTO_BUDGET", granted_fen=granted.fen)
        case fact.CutClosed():
            yield _set(recorded, status="CLOSED")
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
        "basis_name": event.basis_name,
        "basis_score": event.basis_score,
        "execution_rate": event.execution_rate,
        "likeness": event.measure.names if event.measure else None,
        "same_function": event.measure.same_function if event.measure else None,
        "same_track": event.measure.same_track if event.measure else False,
        "disposition": event.disposition.value if event.disposition else "",
        "ratio": event.ratio,
        "legal_basis": event.grounds.legal_basis,
        "streams": list(event.grounds.streams),
        "found_by_machine": event.found_by_machine,
        "origin": event.origin,
        "version": recorded.version,
    }


cut_register: Final = Projection(
    name="cut_register", streams=frozenset({"cut"}), tables=(CutRow,), project=_fold
)


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


def counted(query: SelectOfScalar[CutRow]) -> SelectOfScalar[CutRow]:
    """What counts: cuts that were confirmed, wherever they stand by now."""
    return query.where(col(CutRow.confirmed_on).is_not(None))


def confirmed(*, budget_year: int, basis_fiscal_year: int) -> SelectOfScalar[CutRow]:
    """What counts in a coming budget on the results of a year."""
    return counted(cuts(budget_year=budget_year, basis_fiscal_year=basis_fiscal_year))
