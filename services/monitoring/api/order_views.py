"""What is answered about payment orders: rows in the words of the interface, money as text."""

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel

from services.monitoring.domain.payment_order.values import OrderStatus
from services.monitoring.projections.payment_orders import (
    OrderBreakRow,
    PaymentBatchRow,
    PaymentOrderRow,
    PaymentRecallRow,
)
from shared.contracts.fields import Yuan
from shared.domain.money import Money


class AccountView(BaseModel):
    """An account at a bank."""

    name: str
    number: str
    bank_no: str


class PaymentOrderView(BaseModel):
    """One order. `outstanding` is what was paid and has not come back."""

    order_id: str
    pay_cert_no: str
    end_to_end_id: str
    uetr: str
    project_code: str
    fiscal_year: int
    unit_code: str
    amount: Yuan
    debtor: AccountView
    creditor: AccountView
    purpose: str
    execute_on: date
    status: OrderStatus
    batch_id: str | None
    bank_ref: str
    reason_code: str
    settled: Yuan
    settled_on: date | None
    outstanding: Yuan
    version: int

    @classmethod
    def of(cls, row: PaymentOrderRow) -> Self:
        """A row in yuan."""
        shaped = {"amount", "settled", "outstanding", "debtor", "creditor", "status"}
        return cls(
            **row.model_dump(include=set(cls.model_fields) - shaped),
            debtor=AccountView(**row.debtor),
            creditor=AccountView(**row.creditor),
            status=OrderStatus(row.status),
            amount=Money(row.amount_fen),
            settled=Money(row.settled_fen),
            outstanding=Money(row.outstanding_fen),
        )


class PaymentBatchView(BaseModel):
    """One message to the bank."""

    batch_id: str
    orders: list[str]
    total: Yuan
    sent_by: str
    sent_at: datetime
    repeated: bool
    version: int

    @classmethod
    def of(cls, row: PaymentBatchRow) -> Self:
        """A row in yuan."""
        known = row.model_dump(include=set(cls.model_fields) - {"total"})
        return cls(**known, total=Money(row.total_fen))


class PaymentRecallView(BaseModel):
    """One request for a payment back. `REFUSED`: the claim is open again."""

    order_id: str
    recall_id: str
    reason_code: str
    reason: str
    recovery_id: str | None
    requested_at: datetime
    status: str
    refused_because: str

    @classmethod
    def of(cls, row: PaymentRecallRow) -> Self:
        """A row as it is."""
        return cls(**row.model_dump(include=set(cls.model_fields)))


class OrderBreakView(BaseModel):
    """One contradiction of a bank that waits for a person."""

    order_id: str
    break_id: str
    kind: str
    amount: Yuan
    booked_on: date | None
    bank_ref: str
    reason_code: str
    opened_on: date

    @classmethod
    def of(cls, row: OrderBreakRow) -> Self:
        """A row in yuan."""
        known = row.model_dump(include=set(cls.model_fields) - {"amount"})
        return cls(**known, amount=Money(row.amount_fen))
