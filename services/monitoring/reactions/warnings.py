"""What a warning owes, each step with its day, and the command that says so when it is over."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from services.monitoring.domain.calendar import ends
from services.monitoring.domain.warning import events as warning
from services.monitoring.domain.warning.commands import MarkOverdue, MarkVerificationOverdue
from services.monitoring.domain.warning.events import Step
from shared.messages import CalledOff, Deadline, Due

OVERDUE: Final = "OVERDUE"
VERIFY: Final = "VERIFY"

type Changes = Sequence[Deadline | CalledOff]


def of_warning(event: object, key: str) -> Changes:  # noqa: PLR0911 - one answer per fact
    """What falls due, or no longer does, after a fact of a warning."""
    match event:
        case warning.LetterIssued():
            return _of_letter(event, key)
        case warning.LetterCorrected(issued=issued):
            return _of_letter(issued, key)
        case warning.LetterAcknowledged():
            return [_done(key, Step.ACKNOWLEDGE)]
        case warning.RectificationPlanSubmitted():
            return [_done(key, Step.PLAN)]
        case warning.RectificationEvidenceSubmitted(verify_by=day):
            checked = [] if day is None else [_owed(key, VERIFY, day)]
            return [_done(key, Step.FINISH), *checked]
        case warning.RectificationFailed(finish_by=day):
            return [_owed(key, Step.FINISH, day), _done(key, VERIFY)]
        case warning.RectificationVerified():
            return [_done(key, VERIFY)]
        case (
            warning.WarningUpgraded()
            | warning.WarningEscalated()
            | warning.WarningClosed()
            | warning.WarningCancelled()
        ):
            return [_done(key, step) for step in (*Step, VERIFY)]
        case _:
            return []


def _of_letter(issued: warning.LetterIssued, key: str) -> Changes:
    return [
        _owed(key, Step.ACKNOWLEDGE, issued.acknowledge_by),
        _owed(key, Step.PLAN, issued.plan_by),
        _owed(key, Step.FINISH, issued.finish_by),
    ]


def _owed(key: str, step: str, day: date) -> Deadline:
    subject = f"{key}|{step}"
    return Deadline(key=f"warning:{subject}", kind=OVERDUE, subject=subject, due_at=ends(day))


def _done(key: str, step: str) -> CalledOff:
    return CalledOff(key=f"warning:{key}|{step}")


def overdue(key: str, step: str, by: str, due: Due) -> MarkOverdue | MarkVerificationOverdue:
    """The command for a step whose day is over."""
    if step == VERIFY:
        return MarkVerificationOverdue(warning_id=key, by=by, now=due.now)
    return MarkOverdue(warning_id=key, step=Step(step), by=by, now=due.now)
