"""What may have happened to a ledger."""

from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.ledger.commitment_events import CommitmentEvent, Drawn
from services.monitoring.domain.ledger.kinds import BreakKind, BreakResolution
from services.monitoring.domain.ledger.quota_line import PLAIN, QuotaLine
from services.monitoring.domain.ledger.unit_account_words import UnitAccountNoted
from services.monitoring.domain.treasury_line import LineKind, TreasuryLine
from services.monitoring.domain.values import Project
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerOpened:
    """A project has an account for the year, still empty."""

    project: Project
    budget: Money
    fund_type_code: str
    direct_fund_flag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaIssued:
    """Part of the budget may be spent."""

    project: Project
    document_no: str
    amount: Money
    issued_on: date
    line: QuotaLine = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaAmended:
    """A document added to the quota or cut it, outside an adjustment of the target."""

    project: Project
    document_no: str
    change: Money
    quota: Money
    amended_on: date
    reason: str
    line: QuotaLine = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRecalled:
    """The bureau took unspent quota back by document, outside a recovery."""

    project: Project
    document_no: str
    amount: Money
    quota: Money
    recalled_on: date
    reason: str
    line: QuotaLine = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSettled:
    """Money left the treasury and reached its payee."""

    project: Project
    payment_id: str
    amount: Money
    paid_total: Money
    settled_on: date
    purpose: str = ""
    contract_no: str = ""
    drawn: tuple[Drawn, ...] = ()
    bank_ref: str = ""
    source_id: str = ""
    uetr: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReturned:
    """Paid money came back and can be spent again, unless it was ordered back."""

    project: Project
    payment_id: str
    return_id: str
    amount: Money
    paid_total: Money
    returned_on: date
    recovery_id: str | None = None
    source_id: str = ""
    uetr: str = ""
    clearing_ref: str = ""
    drawn: tuple[Drawn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesBooked:
    """All that one file of the treasury booked here: one fact, however many lines.

    Each line was covered when its turn came, so every prefix of them balances, too.
    """

    project: Project
    lines: tuple[TreasuryLine, ...]
    paid: Money
    returned: Money
    paid_total: Money
    drawn: tuple[Drawn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaFrozen:
    """Part of the quota is held: by hand, or for an adjustment until it is decided.

    After the last day of `until_on` it may be spent again without anybody asking. `part_of`:
    it came in while that suspension was in force, and is let go with it.
    """

    project: Project
    freeze_id: str
    amount: Money
    reason: str
    adjustment: bool = False
    suspends: bool = False
    until_on: date | None = None
    part_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaReleased:
    """What was held may be spent again."""

    project: Project
    freeze_id: str
    amount: Money
    expired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaAdjusted:
    """The quota moved with the target; what had been held for it was taken or let go."""

    project: Project
    adjustment_id: str
    change: Money
    from_frozen: Money
    budget: Money
    quota: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaWithdrawn:
    """Unspent quota was taken back on a recovery."""

    project: Project
    recovery_id: str
    amount: Money
    quota: Money
    document_no: str
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalRefused:
    """A recovery asked for more than there is; nothing was moved."""

    project: Project
    recovery_id: str
    asked: Money
    available: Money
    document_no: str
    approved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundExpected:
    """Paid money was ordered back and has not come yet."""

    project: Project
    recovery_id: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakOpened:
    """A line does not agree with the ledger; nothing was booked.

    `known` and `available` are what the ledger knew of the number and had to spend.
    `direction` is which way the money of the line went (older facts do not say).
    """

    project: Project
    break_id: str
    kind: BreakKind
    line_id: str
    amount: Money
    booked_on: date
    owner: str = ""
    source_id: str = ""
    payment_id: str = ""
    purpose: str = ""
    contract_no: str = ""
    note: str = ""
    known: Money | None = None
    available: Money | None = None
    direction: LineKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakAssigned:
    """Somebody else has to act on a break from now on."""

    project: Project
    break_id: str
    owner: str
    assigned_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakResolved:
    """A person decided what becomes of a break."""

    project: Project
    break_id: str
    resolution: BreakResolution
    note: str
    resolved_by: str = ""
    slip_no: str = ""


type LedgerEvent = (
    LedgerOpened
    | QuotaIssued
    | QuotaAmended
    | QuotaRecalled
    | PaymentSettled
    | PaymentReturned
    | LinesBooked
    | QuotaFrozen
    | QuotaReleased
    | QuotaAdjusted
    | QuotaWithdrawn
    | WithdrawalRefused
    | RefundExpected
    | BreakOpened
    | BreakAssigned
    | BreakResolved
    | CommitmentEvent
    | UnitAccountNoted
)
