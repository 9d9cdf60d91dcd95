"""What the monitoring service says: where the money is, how the work goes, who was warned."""

from datetime import date
from typing import Literal

from pydantic import Field

from shared.contracts.fields import Number, Yuan
from shared.contracts.public_event import PublicEvent

type Level = Literal["BLUE", "RED"]
type Source = Literal["PRE_ANALYSIS", "NODE", "DAILY", "AUDIT", "PUBLIC"]
type AdjustmentKind = Literal[
    "INTERNAL_TRANSFER", "REDUCTION", "INCREASE", "SUSPENSION", "RECALL_IN_YEAR"
]


class MonitoringEvent(PublicEvent):
    """Said by the monitoring service."""

    producer = "monitoring"


class ProjectEvent(MonitoringEvent):
    """Tells of one project in one fiscal year."""

    project_code: str
    fiscal_year: int
    unit_code: str


class QuotaIssued(ProjectEvent):
    """Budget quota was issued to a project: money it may spend."""

    amount: Yuan
    issued_on: date


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


class QuotaReleased(ProjectEvent):
    """Frozen quota may be spent again."""

    freeze_id: str
    amount: Yuan


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


class PaymentReturned(ProjectEvent):
    """Paid money came back."""

    payment_id: str
    return_id: str
    amount: Yuan
    paid_total: Yuan
    returned_on: date
    recovery_id: str | None = None


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
    resolution: Literal["BOOKED", "REJECTED"]


class RoundPlanned(MonitoringEvent):
    """A monitoring round of a region was planned, with its pre-analysis one month earlier."""

    fiscal_year: int
    node: str
    cut_off_on: date
    pre_analysis_on: date


class RoundClosed(MonitoringEvent):
    """A monitoring round ended."""

    fiscal_year: int
    node: str
    cut_off_on: date
    reviewed: int
    missed: int


class MonitoringScored(ProjectEvent):
    """The state of a project at a node was judged: money and targets."""

    node: str
    score: Number
    level: Literal["NORMAL", "BLUE", "RED"]
    execution_rate: Number
    goal_rate: Number | None = None
    reasons: tuple[str, ...] = Field(default=(), description="All reason codes, worst first.")
    rule_set_version: int = 0


class PreAnalysisRun(ProjectEvent):
    """The state of a project at a coming node was predicted, a month before it."""

    node: str
    level: Literal["NORMAL", "BLUE", "RED"]
    execution_rate: Number = Field(description="Expected at the cut-off.")
    goal_rate: Number | None = None
    method: Literal["FILED", "LINEAR"]
    reasons: tuple[str, ...] = ()
    analysed_on: date
    rule_set_version: int


class MonitoringMissed(ProjectEvent):
    """A unit did not report on a node in time."""

    node: str
    level: Literal["RED"] = "RED"
    execution_rate: Number
    reasons: tuple[str, ...]
    due_on: date
    rule_set_version: int


class WarningIssued(ProjectEvent):
    """A unit was warned: blue is ordinary, red is important."""

    warning_id: str
    node: str
    level: Level
    reasons: tuple[str, ...]
    source: Source
    issued_on: date


class WarningEscalated(ProjectEvent):
    """A warning that was not answered became a red one, or a measure."""

    warning_id: str
    level: Level
    measure: str = ""


class LetterIssued(ProjectEvent):
    """A numbered warning and correction letter 《预警纠偏告知函》 was issued."""

    warning_id: str
    letter_no: str
    level: Level
    content_sha256: str
    issued_on: date
    finish_by: date


class RectificationVerified(ProjectEvent):
    """What a warning asked for was done and checked."""

    warning_id: str
    verified_on: date


class WarningClosed(ProjectEvent):
    """A warning has its end state."""

    warning_id: str
    level: Level
    outcome: Literal["VERIFIED", "MEASURED", "CANCELLED"]
    closed_on: date


class AdjustmentProposed(ProjectEvent):
    """Money of a project is to change; its target must change with it, or neither does."""

    adjustment_id: str
    kind: AdjustmentKind
    change: Yuan = Field(description="Signed change of the budget.")
    budget: Yuan = Field(description="The budget after the change.")
    reason: str
    proposed_by: str
    proposed_on: date
    transfer_to: str | None = Field(
        default=None, description="The project that is to receive the money, of a transfer."
    )


class AdjustmentExecuted(ProjectEvent):
    """Money and target of a project have changed together."""

    adjustment_id: str
    kind: AdjustmentKind
    change: Yuan
    budget: Yuan
    transfer_to: str | None = None


PUBLISHED = (
    QuotaIssued,
    QuotaAdjusted,
    QuotaFrozen,
    QuotaReleased,
    QuotaWithdrawn,
    WithdrawalRefused,
    PaymentSettled,
    PaymentReturned,
    ReconciliationBreakOpened,
    ReconciliationBreakResolved,
    RoundPlanned,
    RoundClosed,
    PreAnalysisRun,
    MonitoringScored,
    MonitoringMissed,
    WarningIssued,
    WarningEscalated,
    LetterIssued,
    RectificationVerified,
    WarningClosed,
    AdjustmentProposed,
    AdjustmentExecuted,
)
