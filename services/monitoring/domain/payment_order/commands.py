"""What may be asked of a payment order.

`source_id` is `<system>/<message id>/<line no>` where an answer came in a message of the bank.
"""

from dataclasses import dataclass
from datetime import date, datetime

from services.monitoring.domain.ledger.kinds import BreakResolution
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.payment_order.identity import order_id
from services.monitoring.domain.payment_order.values import (
    BankAccount,
    BankAnswer,
    BudgetCodes,
    RecallAnswer,
)
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.values import project_id
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfOrder:
    order_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPaymentOrder:
    """Intend to pay a voucher; its amount is held on the ledger at once."""

    region_code: str
    project_code: str
    fiscal_year: int
    pay_cert_no: str
    amount: Money
    debtor: BankAccount
    creditor: BankAccount
    purpose: str
    execute_on: date
    codes: BudgetCodes
    by: str
    now: datetime
    ledger: Ledger | None = None
    rules: RulesInForce | None = None

    @property
    def order_id(self) -> str:
        """The order of this voucher."""
        return order_id(self.region_code, self.pay_cert_no)

    @property
    def ledger_id(self) -> str:
        """The ledger that pays."""
        return project_id(self.project_code, self.fiscal_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePaymentOrder(_OfOrder):
    """Let a drafted order be sent: by somebody else than its author."""

    ledger: Ledger | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelPaymentOrder(_OfOrder):
    """Give an order up before it was sent."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpirePaymentOrder(_OfOrder):
    """The hold has lasted long enough: an order that was never sent lapses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendPaymentOrder(_OfOrder):
    """The order goes to the bank with a batch."""

    batch_id: str
    ledger: Ledger | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatPaymentOrder(_OfOrder):
    """The very same message goes to the bank again: it said that it does not have it."""

    repeat_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPaymentUnknown(_OfOrder):
    """The bank has not answered in time: whether it paid is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryPayment(_OfOrder):
    """Ask the bank what became of an order, by its end-to-end id."""

    query_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HearPaymentStatus(_OfOrder):
    """What the bank says of an order: late, twice or against what it said before."""

    answer: BankAnswer
    amount: Money | None = None
    booked_on: date | None = None
    bank_ref: str = ""
    reason_code: str = ""
    source_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HearPaymentReturn(_OfOrder):
    """Money of a settled order came back."""

    return_id: str
    amount: Money
    returned_on: date
    reason_code: str = ""
    source_id: str = ""
    uetr: str = ""
    clearing_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallPayment(_OfOrder):
    """Ask the bank to give a sent payment back."""

    recall_id: str
    reason_code: str
    reason: str
    recovery_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HearRecallAnswer(_OfOrder):
    """What the bank says to a recall."""

    recall_id: str
    answer: RecallAnswer
    reason_code: str = ""
    source_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveOrderBreak(_OfOrder):
    """A person decides what becomes of an answer that contradicts."""

    break_id: str
    resolution: BreakResolution
    note: str


type PaymentOrderCommand = (
    DraftPaymentOrder
    | ReleasePaymentOrder
    | CancelPaymentOrder
    | ExpirePaymentOrder
    | SendPaymentOrder
    | RepeatPaymentOrder
    | MarkPaymentUnknown
    | QueryPayment
    | HearPaymentStatus
    | HearPaymentReturn
    | RecallPayment
    | HearRecallAnswer
    | ResolveOrderBreak
)
