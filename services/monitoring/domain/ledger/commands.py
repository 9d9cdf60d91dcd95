"""What may be asked of a ledger."""

from dataclasses import dataclass
from datetime import date, datetime

from services.monitoring.domain.ledger.addressing import OfLedger
from services.monitoring.domain.ledger.commitment_commands import CommitmentCommand
from services.monitoring.domain.ledger.kinds import BreakKind, BreakResolution
from services.monitoring.domain.ledger.quota_line import PLAIN, QuotaLine
from services.monitoring.domain.ledger.unit_account_words import NoteUnitAccount
from services.monitoring.domain.treasury_line import TreasuryLine
from services.monitoring.domain.values import Project
from shared.domain.money import Money


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
class IssueQuota(OfLedger):
    """Make part of the budget spendable, by a numbered document."""

    document_no: str
    amount: Money
    issued_on: date
    line: QuotaLine = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendQuota(OfLedger):
    """Add to the quota, or cut it, by a document of its own; the target stays as it is."""

    document_no: str
    change: Money
    amended_on: date
    reason: str
    line: QuotaLine = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallQuota(OfLedger):
    """Take unspent quota back by a document of the bureau, outside a recovery."""

    document_no: str
    amount: Money
    recalled_on: date
    reason: str
    line: QuotaLine = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlePayment(OfLedger):
    """Book a payment the treasury has made. Sending the same line again changes nothing."""

    payment_id: str
    amount: Money
    settled_on: date
    purpose: str = ""
    contract_no: str = ""
    bank_ref: str = ""
    source_id: str = ""
    uetr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPayment(OfLedger):
    """Book money that came back; with `recovery_id` it is taken back for good."""

    payment_id: str
    return_id: str
    amount: Money
    returned_on: date
    recovery_id: str | None = None
    source_id: str = ""
    uetr: str = ""
    clearing_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLines(OfLedger):
    """Book what one file says of this ledger. Sending the same file again changes nothing."""

    lines: tuple[TreasuryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeQuota(OfLedger):
    """Hold part of the quota: nobody may spend it until it is released, taken, or over.

    With `suspends` what comes in later is held, too, until then.
    """

    freeze_id: str
    amount: Money
    reason: str
    until_on: date | None = None
    suspends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseQuota(OfLedger):
    """Let held quota be spent again."""

    freeze_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireFreeze(OfLedger):
    """The last day of a freeze is over."""

    freeze_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldForAdjustment(OfLedger):
    """Hold what a proposed adjustment would take: nothing for an increase, all to suspend."""

    adjustment_id: str
    amount: Money
    suspends: bool = False
    until_on: date | None = None


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
class UndoAdjustment:
    """The target was changed back: what this ledger moved for it moves back, if it moved."""

    project: Project
    adjustment_id: str
    undone_id: str
    budget_before: Money
    budget: Money
    by: str
    now: datetime

    @property
    def ledger_id(self) -> str:
        """The ledger this addresses."""
        return self.project.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHold(OfLedger):
    """The adjustment was refused: let what it held be spent again, if it held anything.

    `spends`: what an order held is paid in the same act, a suspension or not.
    """

    adjustment_id: str
    spends: bool = False


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
class ReportBreak(OfLedger):
    """A comparison of both books found what no single line shows (`interfaces` §4)."""

    kind: BreakKind
    line_id: str
    amount: Money
    booked_on: date
    note: str = ""
    source_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignBreak(OfLedger):
    """Give a break to whoever has to act: an office or a person."""

    break_id: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveBreak(OfLedger):
    """Decide what becomes of a line that does not agree with the ledger."""

    break_id: str
    resolution: BreakResolution
    note: str
    slip_no: str = ""


type QuotaCommand = (
    IssueQuota
    | AmendQuota
    | RecallQuota
    | FreezeQuota
    | ReleaseQuota
    | ExpireFreeze
    | HoldForAdjustment
)
type LineCommand = SettlePayment | ReturnPayment | BookLines
type BreakCommand = ReportBreak | AssignBreak | ResolveBreak
type FollowingCommand = ExpectRefund | AdjustQuota | UndoAdjustment | ReleaseHold
type LedgerCommand = (
    OpenLedger
    | WithdrawQuota
    | FollowingCommand
    | QuotaCommand
    | LineCommand
    | BreakCommand
    | CommitmentCommand
    | NoteUnitAccount
)
