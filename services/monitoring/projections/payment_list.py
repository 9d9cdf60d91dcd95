"""The payment list: every payment by its treasury number, and what came back of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import BigInteger, Field, Index, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.treasury_line import LineKind
from services.monitoring.projections import Table
from shared.messages import Recorded
from shared.projections import Change, Projection, Put


class PaymentRow(Table, table=True):
    """One payment. `version` and `line` are its place in the ledger, for the statement."""

    __tablename__ = "payment_list"
    __table_args__ = (
        Index("ix_payment_list_in_order", "ledger_id", "settled_on", "version", "line"),
        Index("ix_payment_list_payment_id", "payment_id"),
        Index("ix_payment_list_bank_ref", "bank_ref"),
    )

    ledger_id: str = Field(primary_key=True)
    payment_id: str = Field(primary_key=True)
    region_code: str
    amount_fen: int = Field(sa_type=BigInteger)
    settled_on: date
    purpose: str = ""
    contract_no: str = ""
    source_id: str = ""
    bank_ref: str = ""
    value_on: date | None = None
    version: int = 0
    line: int = 0


class ReturnRow(Table, table=True):
    """One return of paid money."""

    __tablename__ = "return_list"
    __table_args__ = (
        Index("ix_return_list_in_order", "ledger_id", "returned_on", "version", "line"),
    )

    ledger_id: str = Field(primary_key=True)
    payment_id: str = Field(primary_key=True)
    return_id: str = Field(primary_key=True)
    amount_fen: int = Field(sa_type=BigInteger)
    returned_on: date
    recovery_id: str | None = None
    reason_code: str = ""
    source_id: str = ""
    version: int = 0
    line: int = 0


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    match recorded.event:
        case fact.PaymentSettled() as event:
            # Tens of thousands a year: a plain row costs a tenth of a SQLModel instance.
            paid = {
                "ledger_id": recorded.id,
                "payment_id": event.payment_id,
                "region_code": event.project.region_code,
                "amount_fen": event.amount.fen,
                "settled_on": event.settled_on,
                "purpose": event.purpose,
                "contract_no": event.contract_no,
                "bank_ref": event.bank_ref,
                "version": recorded.version,
            }
            yield Put(PaymentRow, paid)
        case fact.PaymentReturned() as event:
            back = {
                "ledger_id": recorded.id,
                "payment_id": event.payment_id,
                "return_id": event.return_id,
                "amount_fen": event.amount.fen,
                "returned_on": event.returned_on,
                "recovery_id": event.recovery_id,
                "source_id": event.source_id,
                "version": recorded.version,
            }
            yield Put(ReturnRow, back)
        case fact.LinesBooked() as event:
            yield from _booked(event, recorded)
        case _:
            return


def _booked(event: fact.LinesBooked, recorded: Recorded[Any]) -> Iterable[Change]:
    """One statement per table, however many lines: the changes of a batch are gathered."""
    region, ledger_id, version = event.project.region_code, recorded.id, recorded.version
    for place, line in enumerate(event.lines):
        common = {
            "ledger_id": ledger_id,
            "payment_id": line.payment_id,
            "amount_fen": line.amount.fen,
            "source_id": line.source_id,
            "version": version,
            "line": place,
        }
        if line.kind is LineKind.PAYMENT:
            common["region_code"] = region
            common["settled_on"] = line.booked_on
            common["purpose"] = line.purpose
            common["contract_no"] = line.contract_no
            common["bank_ref"] = line.bank_ref
            common["value_on"] = line.value_on
            yield Put(PaymentRow, common)
        else:
            common["return_id"] = line.line_id
            common["returned_on"] = line.booked_on
            common["reason_code"] = line.reason_code
            yield Put(ReturnRow, common)


payment_list: Final = Projection(
    name="payment_list", tables=(PaymentRow, ReturnRow), project=_fold, money=True
)


def payments(ledger_id: str) -> SelectOfScalar[PaymentRow]:
    """The payments of one ledger."""
    return select(PaymentRow).where(PaymentRow.ledger_id == ledger_id)


def returns(ledger_id: str) -> SelectOfScalar[ReturnRow]:
    """What came back to one ledger."""
    return select(ReturnRow).where(ReturnRow.ledger_id == ledger_id)
