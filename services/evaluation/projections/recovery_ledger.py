"""资金收回台账: every claim, from the finding to the booked money."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from sqlmodel import JSON, BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.evaluation.domain.recovery import events as fact
from services.evaluation.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set

COUNTED: Final = ("BOOKED", "REALLOCATED", "CLOSED")
"""Money counts once it is booked, wherever it went after."""


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
    claim_fen: int = Field(default=0, sa_type=BigInteger)
    claimed_before_fen: int = Field(default=0, sa_type=BigInteger)
    left_fen: int | None = Field(default=None, sa_type=BigInteger)
    from_ledger: bool = False
    found_by_machine: bool = False
    checked_on: date | None = None
    execution_rate: Decimal | None = None
    notice_no: str = ""
    agrees: bool | None = None
    answer: str = ""
    confirmation_no: str = ""
    remark: str = ""
    rule_set_version: int = 0
    legal_basis: str = ""
    streams: list[str] = Field(default_factory=list, sa_type=JSON)
    origin: str = "OFFICIAL"
    version: int = 0


class ReallocationRow(Table, table=True):
    """Where booked money went."""

    __tablename__ = "reallocations"

    recovery_id: str = Field(primary_key=True)
    entry: str = Field(primary_key=True)
    project_code: str = Field(index=True)
    fiscal_year: int
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str
    to_project_code: str = Field(index=True)
    to_unit_code: str = Field(index=True)
    purpose: str
    amount_fen: int = Field(sa_type=BigInteger)
    document_no: str
    reallocated_on: date


def _fold(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case fact.RecoveryIdentified() as event:
            yield Put(RecoveryRow, _identified(recorded, event))
        case fact.RecoveryReallocated() as event:
            yield from _used(recorded, event)
        case event if (values := _moved(event)) is not None:
            yield _set(recorded, **values)
        case _:
            return


def _moved(event: object) -> dict[str, object] | None:
    return _answered(event) or _booked(event)


def _answered(event: object) -> dict[str, object] | None:
    match event:
        case fact.RecoveryNotified(answer_by=day, document_no=number):
            return {"status": "NOTIFIED", "answer_by": day, "notice_no": number}
        case fact.RecoveryAnswered(agrees=agrees, text=text):
            return {"status": "ANSWERED", "agrees": agrees, "answer": text}
        case fact.RecoveryUnanswered():
            return {"status": "UNANSWERED"}
        case fact.RecoveryWithdrawn(reason=reason):
            return {"status": "WITHDRAWN", "remark": reason}
        case _:
            return None


def _booked(event: object) -> dict[str, object] | None:
    match event:
        case fact.RecoveryApproved(amount=amount, document_no=number):
            return {"status": "APPROVED", "amount_fen": amount.fen, "document_no": number}
        case fact.PartReceived():
            return {}
        case fact.RecoveryBooked() as event:
            return {
                "status": "BOOKED",
                "amount_fen": event.amount.fen,
                "left_fen": event.amount.fen,
                "document_no": event.document_no,
                "confirmation_no": event.confirmation_no,
                "booked_on": event.booked_on,
            }
        case fact.RecoveryFailed():
            return {"status": "REOPENED"}
        case fact.RecoveryClosed(remark=remark):
            return {"status": "CLOSED", "remark": remark}
        case _:
            return None


def _used(recorded: AnyRecorded, event: fact.RecoveryReallocated) -> Iterable[Change]:
    """Only when nothing is left is the whole of it reallocated."""
    moved = {} if event.left else {"status": "REALLOCATED"}
    yield _set(recorded, left_fen=event.left.fen, **moved)
    yield Put(
        ReallocationRow,
        {
            "recovery_id": recorded.id,
            "entry": event.entry,
            "project_code": event.whose.project_code,
            "fiscal_year": event.whose.fiscal_year,
            "region_code": event.whose.region_code,
            "department_code": event.whose.department_code,
            "unit_code": event.whose.unit_code,
            "to_project_code": event.to_project_code,
            "to_unit_code": event.to_unit_code,
            "purpose": event.purpose,
            "amount_fen": event.amount.fen,
            "document_no": event.document_no,
            "reallocated_on": event.reallocated_on,
        },
    )


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
        "claim_fen": event.amount.fen,
        "claimed_before_fen": event.claimed_before.fen,
        "from_ledger": event.from_ledger,
        "found_by_machine": event.found_by_machine,
        "checked_on": event.checked_on,
        "execution_rate": event.execution_rate,
        "rule_set_version": event.grounds.rule_set_version,
        "legal_basis": event.grounds.legal_basis,
        "streams": list(event.grounds.streams),
        "origin": event.origin,
        "version": recorded.version,
    }


recovery_ledger: Final = Projection(
    name="recovery_ledger",
    streams=frozenset({"recovery"}),
    tables=(RecoveryRow, ReallocationRow),
    project=_fold,
)


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


def booked_between(
    first: date, last: date, *, among: SelectOfScalar[RecoveryRow] | None = None
) -> SelectOfScalar[RecoveryRow]:
    """What was booked from one day to another, both included."""
    booked = col(RecoveryRow.booked_on)
    query = select(RecoveryRow) if among is None else among
    return query.where(col(RecoveryRow.status).in_(COUNTED), booked >= first, booked <= last)


def reallocations(
    *, recovery_id: str | None, to_project_code: str | None
) -> SelectOfScalar[ReallocationRow]:
    """Where money went, from one recovery or to one project."""
    query = select(ReallocationRow)
    if recovery_id is not None:
        query = query.where(col(ReallocationRow.recovery_id) == recovery_id)
    if to_project_code is not None:
        query = query.where(col(ReallocationRow.to_project_code) == to_project_code)
    return query
