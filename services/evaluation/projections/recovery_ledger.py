"""资金收回台账: every claim, from the finding to the booked money."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain import recovery_messages as fact
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class RecoveryRow(Table, table=True):
    """One claim. Only what is booked counts."""

    __tablename__ = "recovery_ledger"

    recovery_id: str = Field(primary_key=True)
    project_code: str = Field(index=True)
    project_name: str
    fiscal_year: int
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str = Field(index=True)
    status: str = Field(index=True)
    reason: str
    route: str
    basis: str
    amount_fen: int = Field(sa_type=BigInteger)
    quota_fen: int = Field(sa_type=BigInteger)
    paid_fen: int = Field(sa_type=BigInteger)
    commitments_fen: int = Field(sa_type=BigInteger)
    frozen_fen: int = Field(sa_type=BigInteger)
    recoverable_fen: int = Field(sa_type=BigInteger)
    document_no: str = ""
    answer_by: date | None = None
    booked_on: date | None = None
    origin: str = "OFFICIAL"
    version: int = 0


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case fact.RecoveryIdentified() as event:
            yield Put(RecoveryRow, _identified(recorded, event))
        case fact.RecoveryNotified(answer_by=day):
            yield _set(recorded, status="NOTIFIED", answer_by=day)
        case fact.RecoveryAnswered():
            yield _set(recorded, status="ANSWERED")
        case fact.RecoveryUnanswered():
            yield _set(recorded, status="UNANSWERED")
        case fact.RecoveryApproved(amount=amount, document_no=number):
            yield _set(recorded, status="APPROVED", amount_fen=amount.fen, document_no=number)
        case fact.PartReceived():
            yield _set(recorded)
        case fact.RecoveryBooked(amount=amount, document_no=number, booked_on=day):
            booked = {"amount_fen": amount.fen, "document_no": number, "booked_on": day}
            yield _set(recorded, status="BOOKED", **booked)
        case fact.RecoveryFailed():
            yield _set(recorded, status="REOPENED")
        case fact.RecoveryWithdrawn():
            yield _set(recorded, status="WITHDRAWN")
        case _:
            return


def _set(recorded: AnyRecorded, **values: object) -> Change:
    key = {"recovery_id": recorded.id}
    return Set(RecoveryRow, key, {**values, "version": recorded.version})


def _identified(recorded: AnyRecorded, event: fact.RecoveryIdentified) -> dict[str, object]:
    return {
        "recovery_id": recorded.id,
        "project_code": event.whose.project_code,
        "project_name": event.project_name,
        "fiscal_year": event.whose.fiscal_year,
        "region_code": event.whose.region_code,
        "department_code": event.whose.department_code,
        "unit_code": event.whose.unit_code,
        "status": "IDENTIFIED",
        "reason": event.reason.value,
        "route": event.route.value,
        "basis": event.basis,
        "amount_fen": event.amount.fen,
        "quota_fen": event.quota.fen,
        "paid_fen": event.paid.fen,
        "commitments_fen": event.commitments.fen,
        "frozen_fen": event.frozen.fen,
        "recoverable_fen": event.recoverable.fen,
        "origin": event.origin,
        "version": recorded.version,
    }


recovery_ledger: Final = Projection(name="recovery_ledger", tables=(RecoveryRow,), project=_fold)


def recovery(recovery_id: str) -> SelectOfScalar[RecoveryRow]:
    """One claim."""
    return select(RecoveryRow).where(RecoveryRow.recovery_id == recovery_id)


def recoveries(
    *, fiscal_year: int | None = None, status: str | None = None, unit: str | None = None
) -> SelectOfScalar[RecoveryRow]:
    """Those that match everything asked for."""
    query = select(RecoveryRow)
    if fiscal_year is not None:
        query = query.where(col(RecoveryRow.fiscal_year) == fiscal_year)
    if status is not None:
        query = query.where(col(RecoveryRow.status) == status)
    if unit is not None:
        query = query.where(col(RecoveryRow.unit_code) == unit)
    return query


def booked_between(first: date, last: date) -> SelectOfScalar[RecoveryRow]:
    """What was booked from one day to another, both included."""
    booked = col(RecoveryRow.booked_on)
    return select(RecoveryRow).where(
        RecoveryRow.status == "BOOKED", booked >= first, booked <= last
    )
