"""Payment orders: each with what its message needs, where it stands, and what contradicts."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from sqlmodel import JSON, BigInteger, DateTime, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.payment_order import batch
from services.monitoring.domain.payment_order import events as fact
from services.monitoring.domain.payment_order.state import status_after
from services.monitoring.domain.payment_order.values import BankAccount, OrderStatus, RecallStatus
from services.monitoring.projections import Table
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set


class PaymentOrderRow(Table, table=True):
    """One order. What the message says never changes; the rest is where it stands."""

    __tablename__ = "payment_orders"

    order_id: str = Field(primary_key=True)
    pay_cert_no: str
    end_to_end_id: str = Field(index=True)
    uetr: str = Field(index=True)
    project_code: str
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str
    amount_fen: int = Field(sa_type=BigInteger)
    debtor: dict[str, str] = Field(sa_type=JSON)
    creditor: dict[str, str] = Field(sa_type=JSON)
    codes: dict[str, str] = Field(sa_type=JSON)
    fund_type_code: str
    direct_fund_flag: str
    purpose: str
    execute_on: date
    drafted_by: str
    released_by: str = ""
    status: str = Field(index=True)
    batch_id: str | None = Field(default=None, index=True)
    bank_ref: str = ""
    reason_code: str = ""
    settled_fen: int = Field(default=0, sa_type=BigInteger)
    settled_on: date | None = None
    outstanding_fen: int = Field(default=0, sa_type=BigInteger)
    version: int


class PaymentBatchRow(Table, table=True):
    """One message to the bank and the orders in it, in their order."""

    __tablename__ = "payment_batches"

    batch_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    orders: list[str] = Field(sa_type=JSON)
    total_fen: int = Field(sa_type=BigInteger)
    sent_by: str
    sent_at: datetime = Field(sa_type=DateTime(timezone=True))
    repeated: bool = False
    version: int


class PaymentRecallRow(Table, table=True):
    """One request for the money of an order, and the answer."""

    __tablename__ = "payment_recalls"

    order_id: str = Field(primary_key=True)
    recall_id: str = Field(primary_key=True)
    region_code: str
    reason_code: str
    reason: str
    recovery_id: str | None = None
    requested_at: datetime = Field(sa_type=DateTime(timezone=True))
    status: str
    refused_because: str = ""


class OrderBreakRow(Table, table=True):
    """One contradiction of a bank, until a person has decided."""

    __tablename__ = "payment_order_breaks"

    order_id: str = Field(primary_key=True)
    break_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    kind: str
    amount_fen: int = Field(sa_type=BigInteger)
    booked_on: date | None = None
    bank_ref: str = ""
    reason_code: str = ""
    opened_on: date
    resolution: str | None = None
    note: str = ""


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    if not recorded.stream.startswith("payment_"):
        return
    match recorded.event:
        case fact.PaymentOrderDrafted() as event:
            yield Put(PaymentOrderRow, _drafted(event, recorded).model_dump())
        case batch.PaymentBatchSent() as event:
            yield Put(PaymentBatchRow, _batch(event, recorded).model_dump())
        case batch.PaymentBatchRepeated():
            again = {"repeated": True, "version": recorded.version}
            yield Set(PaymentBatchRow, {"batch_id": recorded.id}, again)
        case event:
            standing = {**_standing(event), "version": recorded.version}
            yield Set(PaymentOrderRow, {"order_id": recorded.id}, standing)
            yield from _beside(event, recorded.id)


def _drafted(event: fact.PaymentOrderDrafted, recorded: Recorded[Any]) -> PaymentOrderRow:
    project = event.project
    return PaymentOrderRow(
        order_id=recorded.id,
        pay_cert_no=event.pay_cert_no,
        end_to_end_id=event.end_to_end_id,
        uetr=event.uetr,
        project_code=project.code,
        fiscal_year=project.fiscal_year,
        region_code=project.region_code,
        department_code=project.department_code,
        unit_code=project.unit_code,
        amount_fen=event.amount.fen,
        debtor=_account(event.debtor),
        creditor=_account(event.creditor),
        codes={
            "bgt_id": event.codes.bgt_id,
            "exp_func_code": event.codes.exp_func_code,
            "gov_bgt_eco_code": event.codes.gov_bgt_eco_code,
            "dep_bgt_eco_code": event.codes.dep_bgt_eco_code,
        },
        fund_type_code=event.fund_type_code,
        direct_fund_flag=event.direct_fund_flag,
        purpose=event.purpose,
        execute_on=event.execute_on,
        drafted_by=event.drafted_by,
        status=OrderStatus.INTENT.value,
        version=recorded.version,
    )


def _account(account: BankAccount) -> dict[str, str]:
    return {"name": account.name, "number": account.number, "bank_no": account.bank_no}


def _batch(event: batch.PaymentBatchSent, recorded: Recorded[Any]) -> PaymentBatchRow:
    return PaymentBatchRow(
        batch_id=recorded.id,
        region_code=event.region_code,
        orders=list(event.orders),
        total_fen=event.total.fen,
        sent_by=event.sent_by,
        sent_at=event.sent_at,
        version=recorded.version,
    )


def _standing(event: fact.PaymentOrderEvent) -> dict[str, object]:
    """Where the order stands after a fact."""
    status = status_after(event)
    values: dict[str, object] = {} if status is None else {"status": status.value}
    match event:
        case fact.PaymentOrderReleased(released_by=by):
            values["released_by"] = by
        case fact.PaymentOrderSent(batch_id=key):
            values["batch_id"] = key
        case fact.PaymentOrderAccepted(bank_ref=ref):
            values["bank_ref"] = ref
        case fact.PaymentOrderSettled(amount=amount, booked_on=day, bank_ref=ref):
            values |= {"settled_fen": amount.fen, "outstanding_fen": amount.fen}
            values |= {"settled_on": day, "bank_ref": ref}
        case fact.PaymentOrderReturned(outstanding=outstanding, reason_code=reason):
            values |= {"outstanding_fen": outstanding.fen, "reason_code": reason}
        case fact.PaymentOrderRejected(reason_code=reason):
            values["reason_code"] = reason
        case fact.PaymentOrderCancelled(reason=reason):
            values["reason_code"] = reason
        case _:
            pass
    return values


def _beside(event: fact.PaymentOrderEvent, order_id: str) -> Iterable[Change]:
    """Recalls and contradictions of an order."""
    match event:
        case fact.PaymentRecallRequested() as asked:
            row = PaymentRecallRow(
                order_id=order_id,
                recall_id=asked.recall_id,
                region_code=asked.project.region_code,
                reason_code=asked.reason_code,
                reason=asked.reason,
                recovery_id=asked.recovery_id,
                requested_at=asked.requested_at,
                status=RecallStatus.REQUESTED.value,
            )
            yield Put(PaymentRecallRow, row.model_dump())
        case fact.PaymentRecallAccepted(recall_id=key):
            answered = {"status": RecallStatus.ACCEPTED.value}
            yield Set(PaymentRecallRow, {"order_id": order_id, "recall_id": key}, answered)
        case fact.PaymentRecallRefused(recall_id=key, reason_code=reason):
            answered = {"status": RecallStatus.REFUSED.value, "refused_because": reason}
            yield Set(PaymentRecallRow, {"order_id": order_id, "recall_id": key}, answered)
        case fact.PaymentOrderBreakOpened() as found:
            yield Put(OrderBreakRow, _break(found, order_id).model_dump())
        case fact.PaymentOrderBreakResolved(break_id=key, resolution=resolution, note=note):
            solved = {"resolution": resolution.value, "note": note}
            yield Set(OrderBreakRow, {"order_id": order_id, "break_id": key}, solved)
        case _:
            return


def _break(found: fact.PaymentOrderBreakOpened, order_id: str) -> OrderBreakRow:
    return OrderBreakRow(
        order_id=order_id,
        break_id=found.break_id,
        region_code=found.project.region_code,
        kind=found.kind.value,
        amount_fen=found.amount.fen,
        booked_on=found.booked_on,
        bank_ref=found.bank_ref,
        reason_code=found.reason_code,
        opened_on=found.opened_on,
    )


payment_orders: Final = Projection(
    name="payment_orders",
    streams=frozenset({"payment_batch", "payment_order"}),
    tables=(PaymentOrderRow, PaymentBatchRow, PaymentRecallRow, OrderBreakRow),
    project=_fold,
    money=True,
)


def order(order_id: str) -> SelectOfScalar[PaymentOrderRow]:
    """One order."""
    return select(PaymentOrderRow).where(PaymentOrderRow.order_id == order_id)


def orders(fiscal_year: int, status: str | None = None) -> SelectOfScalar[PaymentOrderRow]:
    """The orders of a year, in one status if asked for."""
    query = select(PaymentOrderRow).where(PaymentOrderRow.fiscal_year == fiscal_year)
    return query if status is None else query.where(col(PaymentOrderRow.status) == status)


def batch_of(batch_id: str) -> SelectOfScalar[PaymentBatchRow]:
    """One batch."""
    return select(PaymentBatchRow).where(PaymentBatchRow.batch_id == batch_id)


def orders_of(batch_id: str) -> SelectOfScalar[PaymentOrderRow]:
    """The orders of a batch."""
    return select(PaymentOrderRow).where(PaymentOrderRow.batch_id == batch_id)


def recall(order_id: str, recall_id: str) -> SelectOfScalar[PaymentRecallRow]:
    """One recall."""
    query = select(PaymentRecallRow).where(PaymentRecallRow.order_id == order_id)
    return query.where(PaymentRecallRow.recall_id == recall_id)


def open_breaks() -> SelectOfScalar[OrderBreakRow]:
    """Every contradiction nobody has decided."""
    return select(OrderBreakRow).where(OrderBreakRow.resolution == None)  # noqa: E711 - SQL, not Python
