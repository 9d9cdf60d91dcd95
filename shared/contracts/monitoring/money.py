"""Where the money is: quota, payments, breaks."""

from datetime import date
from typing import Literal

from pydantic import Field

from shared.contracts.fields import Yuan
from shared.contracts.monitoring.said import MonitoringEvent, ProjectEvent


class QuotaIssued(ProjectEvent):
    """Budget quota was issued to a project: money it may spend."""

    amount: Yuan
    issued_on: date
    document_no: str = ""
    bgt_id: str = Field(default="", description="Key of the quota line (指标主键).")
    fund_type_code: str = ""


class QuotaAmended(ProjectEvent):
    """A document added to the quota or cut it, outside an adjustment of the target."""

    document_no: str
    bgt_id: str = Field(default="", description="Key of the quota line (指标主键).")
    change: Yuan = Field(description="Signed: negative where money was cut.")
    quota: Yuan = Field(description="The quota after the change.")
    amended_on: date


class QuotaRecalled(ProjectEvent):
    """The bureau took unspent quota back by document, outside a recovery."""

    document_no: str
    bgt_id: str = Field(default="", description="Key of the quota line (指标主键).")
    amount: Yuan
    quota: Yuan = Field(description="The quota after it.")
    recalled_on: date


class QuotaAdjusted(ProjectEvent):
    """The quota of a project moved with its target."""

    adjustment_id: str
    change: Yuan = Field(description="Signed: negative where money was taken away.")
    quota: Yuan = Field(description="The quota after the change.")


class QuotaFrozen(ProjectEvent):
    """Part of a quota may not be spent until it is released or taken."""

    freeze_id: str
    amount: Yuan
    reason: str
    until_on: date | None = Field(default=None, description="The last day; none: until released.")


class QuotaReleased(ProjectEvent):
    """Frozen quota may be spent again."""

    freeze_id: str
    amount: Yuan
    expired: bool = Field(default=False, description="The last day of the freeze was over.")


class QuotaWithdrawn(ProjectEvent):
    """Unspent quota was taken back on a recovery."""

    recovery_id: str
    amount: Yuan
    quota: Yuan = Field(description="The quota after the withdrawal.")
    document_no: str
    withdrawn_on: date


class WithdrawalRefused(ProjectEvent):
    """A recovery asked for more than the ledger has available; nothing was moved."""

    recovery_id: str
    asked: Yuan
    available: Yuan


class PaymentSettled(ProjectEvent):
    """A payment left the treasury and reached its payee."""

    payment_id: str
    amount: Yuan
    paid_total: Yuan = Field(description="Everything paid less everything returned, after this.")
    settled_on: date
    committed_change: Yuan | None = Field(
        default=None,
        description="Signed: what verified contracts may still cost moved by; absent: by nothing.",
    )


class PaymentReturned(ProjectEvent):
    """Paid money came back."""

    payment_id: str
    return_id: str
    amount: Yuan
    paid_total: Yuan
    returned_on: date
    recovery_id: str | None = None
    committed_change: Yuan | None = Field(
        default=None,
        description="Signed: what verified contracts may still cost moved by; absent: by nothing.",
    )


class PaymentsBooked(ProjectEvent):
    """A file of the treasury was booked: many payments and returns of one project at once."""

    paid: Yuan = Field(description="The sum of the payments of the file.")
    returned: Yuan = Field(description="The sum of what came back in the file.")
    paid_total: Yuan = Field(description="Everything paid less everything returned, after this.")
    payments: int
    returns: int
    first_on: date
    last_on: date
    committed_change: Yuan | None = Field(
        default=None,
        description="Signed: what verified contracts may still cost moved by; absent: by nothing.",
    )


class ReconciliationBreakOpened(MonitoringEvent):
    """A treasury line does not agree with the ledger; a person has to resolve it."""

    break_id: str
    kind: str
    amount: Yuan
    opened_on: date
    project_code: str = ""
    fiscal_year: int = 0


class ReconciliationBreakResolved(MonitoringEvent):
    """A person decided what becomes of a treasury line that did not agree."""

    break_id: str
    resolution: Literal["BOOKED", "REJECTED", "MATCHED", "CARRIED_TO_INCOME"]
    slip_no: str = Field(default="", description="Slip of a late return that became income.")
