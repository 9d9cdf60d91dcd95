"""When the evaluated party was told the result: from that day on it may object."""

from collections.abc import Sequence
from datetime import date

from services.evaluation.domain.feedback.state import Feedback


def notified_on(states: Sequence[object]) -> date | None:
    """The day of the feedback among the states a decision consulted."""
    return next((one.issued.issued_on for one in states if isinstance(one, Feedback)), None)
