"""Where the feedback of a result stands: the states of a correction from ISSUED on (§3.5)."""

from dataclasses import dataclass
from enum import StrEnum

from services.evaluation.domain.feedback.messages import (
    FeedbackAcknowledged,
    FeedbackClosed,
    FeedbackIssued,
    RectificationOverdue,
    RectificationPlanned,
    RectificationReported,
    RectificationVerified,
)
from shared.domain.hands import NOBODY, Hands


class FeedbackStatus(StrEnum):
    """The states from ISSUED on."""

    ISSUED = "ISSUED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    RECTIFYING = "RECTIFYING"
    VERIFYING = "VERIFYING"
    VERIFIED = "VERIFIED"
    ESCALATED = "ESCALATED"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A feedback and what has come of it. What failed is reported anew.

    `hands` are all who planned or reported, also what was planned otherwise or failed since.
    """

    issued: FeedbackIssued
    acknowledged: FeedbackAcknowledged | None = None
    plan: RectificationPlanned | None = None
    report: RectificationReported | None = None
    failures: int = 0
    verified: RectificationVerified | None = None
    overdue: RectificationOverdue | None = None
    closed: FeedbackClosed | None = None
    hands: Hands = NOBODY

    @property
    def status(self) -> FeedbackStatus:
        """The state it is in."""
        reached = (
            (FeedbackStatus.CLOSED, self.closed),
            (FeedbackStatus.VERIFIED, self.verified),
            (FeedbackStatus.VERIFYING, self.report),
            (FeedbackStatus.ESCALATED, self.overdue),
            (FeedbackStatus.RECTIFYING, self.plan),
            (FeedbackStatus.ACKNOWLEDGED, self.acknowledged),
        )
        return next((status for status, fact in reached if fact), FeedbackStatus.ISSUED)


type FeedbackState = Feedback | None
