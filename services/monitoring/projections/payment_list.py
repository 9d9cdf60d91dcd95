"""The payment list: every payment by its treasury number, and what came back of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import BigInteger, Field, Index, select, text
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.treasury_line import LineKind
from services.monitoring.projections import Table
from shared.messages import Recorded
from shared.projections import Change, Fresh, Projection, Put


class PaymentRow(Table, table=True):
    """One payment. `version` and `line` are its place in the ledger, for the statement."""

    __tablename__ = "payment_list"
    __table_args__ = (
        Index("ix_payment_list_in_order", "ledger_id", "settled_on", "version", "line"),
        Index("ix_payment_list_payment_id", "payment_id"),
        Index("ix_payment_list_bank_ref", "bank_ref"),
        Index("ix_payment_list_uetr", "uetr", postgresql_where=text("uetr <> ''")),
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
    uetr: str = ""
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
    uetr: str = ""
    clearing_ref: str = ""
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
                "uetr": event.uetr,
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
                "uetr": event.uetr,
                "clearing_ref": event.clearing_ref,
                "version": recorded.version,
            }
            yield Put(ReturnRow, back)
        case fact.LinesBooked() as event:
            yield from _booked(event, recorded)
        case _:
            return


def _booked(event: fact.LinesBooked, recorded: Recorded[Any]) -> Iterable[Change]:
    """One change for all payments: a ledger books each number once, so their rows are new."""
    region, ledger_id, version = event.project.region_code, recorded.id, recorded.version
    paid = [
        (
            ledger_id,
            line.payment_id,
            region,
            line.amount.fen,
            line.booked_on,
            line.purpose,
            line.contract_no,
            line.source_id,
            line.bank_ref,
            line.value_on,
            line.uetr,
            version,
            place,
        )
        for place, line in enumerate(event.lines)
        if line.kind is LineKind.PAYMENT
    ]
    if paid:
        yield Fresh(PaymentRow, _PAYMENT, paid)
    if len(paid) == len(event.lines):
        return
    for place, line in enumerate(event.lines):
        if line.kind is LineKind.RETURN:
            back = {
                "ledger_id": ledger_id,
                "payment_id": line.payment_id,
                "return_id": line.line_id,
                "amount_fen": line.amount.fen,
                "returned_on": line.booked_on,
                "reason_code": line.reason_code,
                "source_id": line.source_id,
                "uetr": line.uetr,
                "clearing_ref": line.clearing_ref,
                "version": version,
                "line": place,
            }
            yield Put(ReturnRow, back)


# The columns of a payment in the order of the table: a list has a million of them.
_PAYMENT: Final = (
    "ledger_id", "payment_id", "region_code", "amount_fen", "settled_on", "purpose",
    "contract_no", "source_id", "bank_ref", "value_on", "uetr", "version", "line",
)  # fmt: skip


payment_list: Final = Projection(
    name="payment_list",
    streams=frozenset({"ledger"}),
    tables=(PaymentRow, ReturnRow),
    project=_fold,
    money=True,
)


def payments(ledger_id: str) -> SelectOfScalar[PaymentRow]:
    """The payments of one ledger."""
    return select(PaymentRow).where(PaymentRow.ledger_id == ledger_id)


def returns(ledger_id: str) -> SelectOfScalar[ReturnRow]:
    """What came back to one ledger."""
    return select(ReturnRow).where(ReturnRow.ledger_id == ledger_id)
