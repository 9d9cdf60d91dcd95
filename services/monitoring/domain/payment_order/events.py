"""What may have happened to a payment order. Names of accounts and payees stay inside."""

from dataclasses import dataclass
from datetime import date, datetime

from services.monitoring.domain.ledger.kinds import BreakResolution
from services.monitoring.domain.payment_order.values import (
    BankAccount,
    BudgetCodes,
    OrderBreakKind,
)
from services.monitoring.domain.values import Project
from shared.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrderDrafted:
    """A voucher is to be paid; its amount is held.

    The terms are those of the rules on that day; facts of before have the usual ones.
    """

    project: Project
    order_id: str
    pay_cert_no: str
    end_to_end_id: str
    uetr: str
    amount: Money
    debtor: BankAccount
    creditor: BankAccount
    purpose: str
    execute_on: date
    codes: BudgetCodes
    fund_type_code: str
    direct_fund_flag: str
    drafted_by: str
    drafted_at: datetime
    answer_minutes: int = 15
    settle_days: int = 1
    hold_days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrderReleased:
    """Somebody else than its author has let it go."""

    project: Project
    released_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrderCancelled:
    """It will not be sent; what it held may be spent again."""

    project: Project
    reason: str
    cancelled_by: str
    cancelled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrderSent:
    """It was handed to the bank in a batch. From now on only the bank knows."""

    project: Project
    batch_id: str
    amount: Money
    answer_minutes: int = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrderRepeated:
    """The bank was handed the very same message again, after it said that it had none."""

    project: Project
    repeat_id: str
    answer_minutes: int = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrderAccepted:
    """The bank has it and will pay."""

    project: Project
    bank_ref: str
    source_id: str = ""
    settle_days: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrderUnanswered:
    """The bank has not answered in time; it may have paid or not."""

    project: Project
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrderQueried:
    """The bank was asked what became of it."""

    project: Project
    query_id: str
    answer_minutes: int = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrderMissed:
    """The bank says that it never had the message."""

    project: Project


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrderSettled:
    """The bank has paid."""

    project: Project
    amount: Money
    booked_on: date
    bank_ref: str
    heard_by: str
    heard_at: datetime
    source_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrderRejected:
    """The bank will not pay; what was held may be spent again."""

    project: Project
    amount: Money
    reason_code: str
    heard_by: str
    heard_at: datetime
    source_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrderReturned:
    """Money came back; `outstanding` is what did not."""

    project: Project
    return_id: str
    amount: Money
    outstanding: Money
    returned_on: date
    reason_code: str
    heard_by: str
    heard_at: datetime
    recovery_id: str | None = None
    source_id: str = ""
    uetr: str = ""
    clearing_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRecallRequested:
    """The bank is asked to give the payment back."""

    project: Project
    recall_id: str
    reason_code: str
    reason: str
    requested_by: str
    requested_at: datetime
    recovery_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRecallAccepted:
    """The bank will give it back; the money itself comes with a return."""

    project: Project
    recall_id: str
    source_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRecallRefused:
    """The bank will not; no account changes, and the claim is open again."""

    project: Project
    recall_id: str
    reason_code: str
    amount: Money
    source_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrderBreakOpened:
    """An answer contradicts what is known; nothing was moved, a person has to decide."""

    project: Project
    break_id: str
    kind: OrderBreakKind
    opened_on: date
    amount: Money = ZERO
    booked_on: date | None = None
    bank_ref: str = ""
    reason_code: str = ""
    return_id: str = ""
    source_id: str = ""
    uetr: str = ""
    clearing_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrderBreakResolved:
    """A person has decided."""

    project: Project
    break_id: str
    resolution: BreakResolution
    note: str
    resolved_by: str


type PaymentOrderEvent = (
    PaymentOrderDrafted
    | PaymentOrderReleased
    | PaymentOrderCancelled
    | PaymentOrderSent
    | PaymentOrderRepeated
    | PaymentOrderAccepted
    | PaymentOrderUnanswered
    | PaymentOrderQueried
    | PaymentOrderMissed
    | PaymentOrderSettled
    | PaymentOrderRejected
    | PaymentOrderReturned
    | PaymentRecallRequested
    | PaymentRecallAccepted
    | PaymentRecallRefused
    | PaymentOrderBreakOpened
    | PaymentOrderBreakResolved
)
