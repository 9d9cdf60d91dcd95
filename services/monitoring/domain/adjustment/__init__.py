"""A fund adjustment with its target: money and target change together, or neither does.

Proposed here, with what it needs held on the ledger; paired and decided by the targets
service in one act; then the ledger moves, or what was held is let go (`domain` §3.6). A
transfer has two halves, one for each project: their targets change in one transaction, and
nothing leaves the one project before both have everything they need.
"""

from services.monitoring.domain.adjustment.adjustment import (
    adjustment_decider,
)
from services.monitoring.domain.adjustment.commands import (
    AdjustmentCommand,
    CloseAdjustment,
    EndSuspension,
    ExecuteAdjustment,
    NoteApproval,
    NotePairing,
    NoteUndoing,
    ProposeAdjustment,
    ProposeReceiving,
    RefuseAdjustment,
    ReportAdjustment,
)
from services.monitoring.domain.adjustment.desk import (
    desk_decider,
)
from services.monitoring.domain.adjustment.events import (
    AdjustmentApproved,
    AdjustmentClosed,
    AdjustmentEvent,
    AdjustmentExecuted,
    AdjustmentFailed,
    AdjustmentProposed,
    AdjustmentRefused,
    AdjustmentReported,
    AdjustmentSigned,
    AdjustmentTargetPaired,
    SuspensionEnded,
)
from services.monitoring.domain.adjustment.refusals import (
    AdjustmentAfterLastDay,
    AdjustmentNotExecuted,
    AdjustmentNotProposed,
    AdjustmentNotReported,
    AdjustmentReused,
    AnotherAdjustmentOpen,
    PurposeDiffers,
    ReceiverIsGiver,
    ReceiverMissing,
    ReceiverNotOpened,
    ReportDiffers,
    SuspensionInForce,
    SuspensionNotInForce,
)
from services.monitoring.domain.adjustment.state import (
    Adjustment,
    AdjustmentState,
    NotProposed,
)
from services.monitoring.domain.adjustment.words import (
    AdjustmentKind,
    AdjustmentStatus,
    signed_change,
)
from services.monitoring.domain.ledger.commands import HoldForAdjustment

__all__ = [
    "Adjustment",
    "AdjustmentAfterLastDay",
    "AdjustmentApproved",
    "AdjustmentClosed",
    "AdjustmentCommand",
    "AdjustmentEvent",
    "AdjustmentExecuted",
    "AdjustmentFailed",
    "AdjustmentKind",
    "AdjustmentNotExecuted",
    "AdjustmentNotProposed",
    "AdjustmentNotReported",
    "AdjustmentProposed",
    "AdjustmentRefused",
    "AdjustmentReported",
    "AdjustmentReused",
    "AdjustmentSigned",
    "AdjustmentState",
    "AdjustmentStatus",
    "AdjustmentTargetPaired",
    "AnotherAdjustmentOpen",
    "CloseAdjustment",
    "EndSuspension",
    "ExecuteAdjustment",
    "HoldForAdjustment",
    "NotProposed",
    "NoteApproval",
    "NotePairing",
    "NoteUndoing",
    "ProposeAdjustment",
    "ProposeReceiving",
    "PurposeDiffers",
    "ReceiverIsGiver",
    "ReceiverMissing",
    "ReceiverNotOpened",
    "RefuseAdjustment",
    "ReportAdjustment",
    "ReportDiffers",
    "SuspensionEnded",
    "SuspensionInForce",
    "SuspensionNotInForce",
    "adjustment_decider",
    "desk_decider",
    "signed_change",
]
