"""Facts of a warning in public words."""

from typing import Literal, assert_never

from services.monitoring.domain.values import Level
from services.monitoring.domain.warning import events as fact
from services.monitoring.publishing.whose import whose
from shared.contracts import monitoring as said
from shared.contracts.public_event import PublicEvent
from shared.messages import AnyRecorded


def _colour(level: Level) -> Literal["BLUE", "RED"]:
    """Nobody is warned that all is well."""
    return "BLUE" if level is Level.BLUE else "RED"


def of_warning(  # noqa: PLR0911 - one answer per fact
    event: fact.WarningEvent, recorded: AnyRecorded
) -> PublicEvent | None:
    """Who was warned, by which letter, and how it ended; what people wrote stays inside."""
    of, key = whose(event.project), recorded.id
    match event:
        case fact.WarningPushed():
            return said.WarningIssued(
                **of,
                warning_id=key,
                node=event.node,
                level=_colour(event.level),
                reasons=event.reasons,
                source=event.source.value,
                issued_on=event.pushed_on,
            )
        case fact.LetterIssued():
            return said.LetterIssued(
                **of,
                warning_id=key,
                letter_no=event.letter.letter_no,
                level=_colour(event.level),
                content_sha256=event.content_sha256,
                issued_on=event.letter.issued_on,
                finish_by=event.finish_by,
            )
        case fact.WarningUpgraded() | fact.WarningEscalated():
            return said.WarningEscalated(**of, warning_id=key, level="RED")
        case fact.MeasureTaken(measure=measure):
            return said.WarningEscalated(**of, warning_id=key, level="RED", measure=measure)
        case fact.RectificationVerified(verified_on=day):
            return said.RectificationVerified(**of, warning_id=key, verified_on=day)
        case fact.WarningClosed() | fact.WarningCancelled():
            return _of_end(event, key)
        case (
            fact.WarningRaised()
            | fact.LetterDrafted()
            | fact.LetterAcknowledged()
            | fact.RectificationPlanSubmitted()
            | fact.RectificationEvidenceSubmitted()
            | fact.RectificationFailed()
            | fact.RectificationOverdue()
        ):
            return None
        case _:
            assert_never(event)


def _of_end(event: fact.WarningClosed | fact.WarningCancelled, key: str) -> PublicEvent:
    of, level = whose(event.project), _colour(event.level)
    if isinstance(event, fact.WarningCancelled):
        day = event.cancelled_on
        return said.WarningClosed(
            **of, warning_id=key, level=level, outcome="CANCELLED", closed_on=day
        )
    return said.WarningClosed(
        **of,
        warning_id=key,
        level=level,
        outcome=event.outcome.value,
        closed_on=event.closed_on,
    )
