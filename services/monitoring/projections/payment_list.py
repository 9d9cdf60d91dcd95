"""The payment list: every payment by its treasury number, and what came back of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import BigInteger, Field, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.ledger import events as fact
from services.monitoring.domain.treasury_line import LineKind
from services.monitoring.projections import Table
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set


class PaymentRow(Table, table=True):
    """One payment. `returned_on` is the day of the latest return."""

    __tablename__ = "payment_list"

    ledger_id: str = Field(primary_key=True)
    payment_id: str = Field(primary_key=True)
    region_code: str
    amount_fen: int = Field(sa_type=BigInteger)
    settled_on: date
    purpose: str = ""


class ReturnRow(Table, table=True):
    """One return of paid money."""

    __tablename__ = "return_list"

    ledger_id: str = Field(primary_key=True)
    payment_id: str = Field(primary_key=True)
    return_id: str = Field(primary_key=True)
    amount_fen: int = Field(sa_type=BigInteger)
    returned_on: date
    recovery_id: str | None = None


class BreakRow(Table, table=True):
    """One disagreement between the treasury and a ledger, until somebody resolved it."""

    __tablename__ = "reconciliation_breaks"

    ledger_id: str = Field(primary_key=True)
    break_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str
    kind: str
    line_id: str
    amount_fen: int = Field(sa_type=BigInteger)
    booked_on: date
    resolution: str | None = None
    note: str = ""


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
            }
            yield Put(PaymentRow, paid)
        case fact.PaymentReturned() as event:
            back = ReturnRow(
                ledger_id=recorded.id,
                payment_id=event.payment_id,
                return_id=event.return_id,
                amount_fen=event.amount.fen,
                returned_on=event.returned_on,
                recovery_id=event.recovery_id,
            )
            yield Put(ReturnRow, back.model_dump())
        case fact.LinesBooked() as event:
            yield from _booked(event, recorded.id)
        case fact.BreakOpened() as event:
            yield Put(BreakRow, _opened(event, recorded.id).model_dump())
        case fact.BreakResolved(break_id=key, resolution=resolution, note=note):
            values = {"resolution": resolution.value, "note": note}
            yield Set(BreakRow, {"ledger_id": recorded.id, "break_id": key}, values)
        case _:
            return


def _booked(event: fact.LinesBooked, ledger_id: str) -> Iterable[Change]:
    """One statement per table, however many lines: the changes of a batch are gathered."""
    region = event.project.region_code
    for line in event.lines:
        whose = {"ledger_id": ledger_id, "payment_id": line.payment_id}
        money = {"amount_fen": line.amount.fen}
        if line.kind is LineKind.PAYMENT:
            rest = {"region_code": region, "settled_on": line.booked_on, "purpose": line.purpose}
            yield Put(PaymentRow, {**whose, **money, **rest})
        else:
            back = {"return_id": line.line_id, "returned_on": line.booked_on}
            yield Put(ReturnRow, {**whose, **money, **back})


def _opened(event: fact.BreakOpened, ledger_id: str) -> BreakRow:
    return BreakRow(
        ledger_id=ledger_id,
        break_id=event.break_id,
        region_code=event.project.region_code,
        department_code=event.project.department_code,
        unit_code=event.project.unit_code,
        kind=event.kind.value,
        line_id=event.line_id,
        amount_fen=event.amount.fen,
        booked_on=event.booked_on,
    )


payment_list: Final = Projection(
    name="payment_list", tables=(PaymentRow, ReturnRow, BreakRow), project=_fold, money=True
)


def payments(ledger_id: str) -> SelectOfScalar[PaymentRow]:
    """The payments of one ledger."""
    return select(PaymentRow).where(PaymentRow.ledger_id == ledger_id)


def returns(ledger_id: str) -> SelectOfScalar[ReturnRow]:
    """What came back to one ledger."""
    return select(ReturnRow).where(ReturnRow.ledger_id == ledger_id)


def open_breaks() -> SelectOfScalar[BreakRow]:
    """Every disagreement nobody has resolved."""
    return select(BreakRow).where(BreakRow.resolution == None)  # noqa: E711 - SQL, not Python
