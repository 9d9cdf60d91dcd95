"""What the monitoring service says: where the money is, how the work goes, who was warned."""

from shared.contracts.monitoring.adjustments import (
    AdjustmentExecuted,
    AdjustmentProposed,
)
from shared.contracts.monitoring.money import (
    PaymentReturned,
    PaymentSettled,
    QuotaAdjusted,
    QuotaFrozen,
    QuotaIssued,
    QuotaReleased,
    QuotaWithdrawn,
    ReconciliationBreakOpened,
    ReconciliationBreakResolved,
    WithdrawalRefused,
)
from shared.contracts.monitoring.said import ProjectEvent
from shared.contracts.monitoring.warnings import (
    LetterIssued,
    Level,
    RectificationVerified,
    WarningClosed,
    WarningEscalated,
    WarningIssued,
)
from shared.contracts.monitoring.watching import (
    MonitoringMissed,
    MonitoringScored,
    PreAnalysisRun,
    RoundClosed,
    RoundPlanned,
)

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

__all__ = [
    "PUBLISHED",
    "AdjustmentExecuted",
    "AdjustmentProposed",
    "LetterIssued",
    "Level",
    "MonitoringMissed",
    "MonitoringScored",
    "PaymentReturned",
    "PaymentSettled",
    "PreAnalysisRun",
    "ProjectEvent",
    "QuotaAdjusted",
    "QuotaFrozen",
    "QuotaIssued",
    "QuotaReleased",
    "QuotaWithdrawn",
    "ReconciliationBreakOpened",
    "ReconciliationBreakResolved",
    "RectificationVerified",
    "RoundClosed",
    "RoundPlanned",
    "WarningClosed",
    "WarningEscalated",
    "WarningIssued",
    "WithdrawalRefused",
]
