"""What may have happened to a warning: every fact in one list."""

from services.monitoring.domain.warning.case import (
    Case,
    WarningCancelled,
    WarningClosed,
    WarningEscalated,
    WarningOutcome,
    WarningPushed,
    WarningRaised,
    WarningUpgraded,
)
from services.monitoring.domain.warning.cure_events import (
    EvidenceItem,
    EvidenceKind,
    PlanStep,
    RectificationChecked,
    RectificationEvidenceSubmitted,
    RectificationFailed,
    RectificationOverdue,
    RectificationPlanSubmitted,
    RectificationReviewed,
    RectificationVerified,
    Remeasured,
    Section,
    Step,
    VerificationOverdue,
)
from services.monitoring.domain.warning.letter_events import (
    CorrectionDrafted,
    LetterAcknowledged,
    LetterCorrected,
    LetterDrafted,
    LetterIssued,
    ObjectionAnswered,
)
from services.monitoring.domain.warning.measure_events import (
    AdjustmentAsked,
    Measure,
    MeasureApproved,
    MeasureProposed,
    MeasureTaken,
    Office,
    SuspensionReleased,
)

__all__ = [
    "AdjustmentAsked",
    "Case",
    "CorrectionDrafted",
    "EvidenceItem",
    "EvidenceKind",
    "LetterAcknowledged",
    "LetterCorrected",
    "LetterDrafted",
    "LetterIssued",
    "Measure",
    "MeasureApproved",
    "MeasureProposed",
    "MeasureTaken",
    "ObjectionAnswered",
    "Office",
    "PlanStep",
    "RectificationChecked",
    "RectificationEvidenceSubmitted",
    "RectificationFailed",
    "RectificationOverdue",
    "RectificationPlanSubmitted",
    "RectificationReviewed",
    "RectificationVerified",
    "Remeasured",
    "Section",
    "Step",
    "SuspensionReleased",
    "VerificationOverdue",
    "WarningCancelled",
    "WarningClosed",
    "WarningEscalated",
    "WarningEvent",
    "WarningOutcome",
    "WarningPushed",
    "WarningRaised",
    "WarningUpgraded",
]

type LetterEvent = (
    LetterDrafted
    | LetterIssued
    | LetterAcknowledged
    | ObjectionAnswered
    | CorrectionDrafted
    | LetterCorrected
)
type CureEvent = (
    RectificationPlanSubmitted
    | RectificationEvidenceSubmitted
    | RectificationReviewed
    | RectificationChecked
    | RectificationVerified
    | RectificationFailed
    | RectificationOverdue
    | VerificationOverdue
)
type MeasureEvent = MeasureProposed | MeasureApproved | MeasureTaken | SuspensionReleased
type WarningEvent = (
    WarningRaised
    | WarningPushed
    | WarningCancelled
    | WarningUpgraded
    | WarningEscalated
    | WarningClosed
    | LetterEvent
    | CureEvent
    | MeasureEvent
)
