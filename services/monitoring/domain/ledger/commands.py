"""What may be asked of a ledger."""

from dataclasses import dataclass
from datetime import date, datetime

from services.monitoring.domain.ledger.kinds import BreakResolution
from services.monitoring.domain.treasury_line import TreasuryLine
from services.monitoring.domain.values import Project, project_id
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfLedger:
    project_code: str
    fiscal_year: int
    by: str
    now: datetime

    @property
    def ledger_id(self) -> str:
        """The ledger this addresses."""
        return project_id(self.project_code, self.fiscal_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLedger:
    """A target was approved with its budget: from now on there is an account for it."""

    project: Project
    budget: Money
    fund_type_code: str
    direct_fund_flag: str
    by: str
    now: datetime

    @property
    def ledger_id(self) -> str:
        """The ledger this addresses."""
        return self.project.id


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueQuota(_OfLedger):
    """Make part of the budget spendable, by a numbered document."""

    document_no: str
    amount: Money
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlePayment(_OfLedger):
    """Book a payment the treasury has made. Sending the same line again changes nothing."""

    payment_id: str
    amount: Money
    settled_on: date
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPayment(_OfLedger):
    """Book money that came back; with `recovery_id` it is taken back for good."""

    payment_id: str
    return_id: str
    amount: Money
    returned_on: date
    recovery_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLines(_OfLedger):
    """Book what one file says of this ledger. Sending the same file again changes nothing."""

    lines: tuple[TreasuryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeQuota(_OfLedger):
    """Hold part of the quota: nobody may spend it until it is released or taken."""

    freeze_id: str
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseQuota(_OfLedger):
    """Let held quota be spent again."""

    freeze_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldForAdjustment(_OfLedger):
    """Hold what a proposed adjustment would take: nothing for an increase, all to suspend."""

    adjustment_id: str
    amount: Money
    suspends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustQuota:
    """Move the quota with the target: both were decided in one act."""

    project: Project
    adjustment_id: str
    budget_before: Money
    budget: Money
    by: str
    now: datetime

    @property
    def ledger_id(self) -> str:
        """The ledger this addresses."""
        return self.project.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHold(_OfLedger):
    """The adjustment was refused: let what it held be spent again, if it held anything."""

    adjustment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawQuota:
    """Take unspent quota back on an approved recovery, or say that there is too little."""

    project: Project
    recovery_id: str
    amount: Money
    document_no: str
    approved_on: date
    by: str
    now: datetime

    @property
    def ledger_id(self) -> str:
        """The ledger this addresses."""
        return self.project.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectRefund:
    """Paid money was ordered back: the ledger waits for the treasury to confirm its return."""

    project: Project
    recovery_id: str
    amount: Money
    by: str
    now: datetime

    @property
    def ledger_id(self) -> str:
        """The ledger this addresses."""
        return self.project.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveBreak(_OfLedger):
    """Decide what becomes of a line that does not agree with the ledger."""

    break_id: str
    resolution: BreakResolution
    note: str


type LedgerCommand = (
    OpenLedger
    | IssueQuota
    | SettlePayment
    | ReturnPayment
    | BookLines
    | FreezeQuota
    | ReleaseQuota
    | HoldForAdjustment
    | AdjustQuota
    | ReleaseHold
    | WithdrawQuota
    | ExpectRefund
    | ResolveBreak
)
