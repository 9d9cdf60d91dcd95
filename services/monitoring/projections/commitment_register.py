"""The commitment register: contracts, who vouches for them, and what is still owed."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, BigInteger, Field, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.ledger import commitment_events as contract
from services.monitoring.domain.ledger import events as fact
from services.monitoring.projections import Table
from shared.domain.workdays import business_date
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set


class CommitmentRow(Table, table=True):
    """One contract of one ledger."""

    __tablename__ = "commitment_register"

    ledger_id: str = Field(primary_key=True)
    contract_no: str = Field(primary_key=True)
    amount_fen: int = Field(sa_type=BigInteger)
    paid_fen: int = Field(default=0, sa_type=BigInteger)
    supplier: str
    evidence: list[str] = Field(sa_type=JSON)
    signed_on: date
    registered_by: str
    registered_on: date
    verified_by: str | None = None
    verified_on: date | None = None
    released_by: str | None = None
    released_on: date | None = None
    release_reason: str = ""


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    day = business_date(recorded.occurred_at)
    match recorded.event:
        case contract.CommitmentRegistered() as event:
            row = CommitmentRow(
                ledger_id=recorded.id,
                contract_no=event.contract_no,
                amount_fen=event.amount.fen,
                paid_fen=event.paid.fen,
                supplier=event.supplier,
                evidence=list(event.evidence),
                signed_on=event.signed_on,
                registered_by=event.registered_by,
                registered_on=day,
            )
            yield Put(CommitmentRow, row.model_dump())
        case contract.CommitmentVerified(contract_no=key, verified_by=by):
            yield _set(recorded, key, verified_by=by, verified_on=day)
        case contract.CommitmentReleased(contract_no=key, released_by=by, reason=reason):
            yield _set(recorded, key, released_by=by, released_on=day, release_reason=reason)
        case fact.PaymentSettled() | fact.PaymentReturned() | fact.LinesBooked() as event:
            for one in event.drawn:
                yield _set(recorded, one.contract_no, paid_fen=one.paid.fen)
        case _:
            return


def _set(recorded: Recorded[Any], contract_no: str, **values: object) -> Change:
    return Set(CommitmentRow, {"ledger_id": recorded.id, "contract_no": contract_no}, values)


commitment_register: Final = Projection(
    name="commitment_register",
    streams=frozenset({"ledger"}),
    tables=(CommitmentRow,),
    project=_fold,
    money=True,
)


def commitments(ledger_id: str) -> SelectOfScalar[CommitmentRow]:
    """The contracts of one ledger."""
    return select(CommitmentRow).where(CommitmentRow.ledger_id == ledger_id)
