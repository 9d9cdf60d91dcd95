"""What goes to the treasury and to banks, and what became of it."""

from datetime import date
from typing import Literal

from pydantic import Field

from shared.contracts.fields import Yuan
from shared.contracts.monitoring.said import ProjectEvent

type RequestKind = Literal["FREEZE", "UNFREEZE", "REDUCE", "RECOVER", "QUOTA"]


class PaymentOrderSent(ProjectEvent):
    """A payment order was handed to the bank; whether it is paid only the bank knows."""

    order_id: str
    amount: Yuan
    batch_id: str


class PaymentOrderUnanswered(ProjectEvent):
    """The bank has not answered in time: an order is neither known to be paid nor unpaid."""

    order_id: str
    amount: Yuan


class PaymentOrderRejected(ProjectEvent):
    """The bank will not pay an order; its money can be spent again."""

    order_id: str
    amount: Yuan
    reason_code: str


class PaymentOrderBreakOpened(ProjectEvent):
    """A bank contradicts itself about an order; nothing was moved, a person has to decide."""

    order_id: str
    break_id: str
    kind: str
    amount: Yuan
    opened_on: date


class PaymentRecallRefused(ProjectEvent):
    """A bank does not give a payment back; no account changes, and the claim is open again."""

    order_id: str
    recall_id: str
    amount: Yuan
    reason_code: str


class TreasuryRequestOpened(ProjectEvent):
    """The treasury or the budget system is asked to follow a decision about money."""

    request_id: str
    kind: RequestKind
    amount: Yuan
    reason: str
    source_id: str = Field(description="The freeze, adjustment or recovery behind it.")
    document_no: str = ""
    route: str = Field(default="", description="Of a recovery: by which way the money comes back.")


class TreasuryRequestAcknowledged(ProjectEvent):
    """The treasury has received a request."""

    request_id: str


class TreasuryRequestExecuted(ProjectEvent):
    """The treasury has done what it was asked."""

    request_id: str
    kind: RequestKind
    amount: Yuan
    cur_amt: Yuan = Field(description="Its balance of the quota after that.")
    adj_batch_no: str
    available: Yuan | None = Field(
        default=None, description="What our own ledger had available at that moment."
    )


class TreasuryRequestRefused(ProjectEvent):
    """The treasury will not do what it was asked."""

    request_id: str
    kind: RequestKind
    amount: Yuan
    reason: str
