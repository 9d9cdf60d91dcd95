"""Facts of a warning in public words."""

from typing import Literal, assert_never

from services.monitoring.domain.letterfile import LetterFiled, LetterfileEvent
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
            return _of_letter(event, key)
        case fact.LetterCorrected(issued=issued):
            return _of_letter(issued, key)
        case fact.WarningUpgraded() | fact.WarningEscalated() | fact.MeasureTaken():
            return _of_escalation(event, key)
        case fact.RectificationVerified():
            return _of_cure(event, key)
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
            | fact.ObjectionAnswered()
            | fact.CorrectionDrafted()
            | fact.RectificationReviewed()
            | fact.RectificationChecked()
            | fact.VerificationOverdue()
            | fact.MeasureProposed()
            | fact.MeasureApproved()
            | fact.SuspensionReleased()
        ):
            return None
        case _:
            assert_never(event)


def _of_escalation(
    event: fact.WarningUpgraded | fact.WarningEscalated | fact.MeasureTaken, key: str
) -> PublicEvent:
    of = whose(event.project)
    if not isinstance(event, fact.MeasureTaken):
        return said.WarningEscalated(**of, warning_id=key, level="RED")
    return said.WarningEscalated(
        **of,
        warning_id=key,
        level="RED",
        measure=event.measure,
        document_no=event.document_no,
        legal_basis=event.legal_basis,
        adjustment_id=event.adjustment_id,
    )


def _of_letter(event: fact.LetterIssued, key: str) -> PublicEvent:
    return said.LetterIssued(
        **whose(event.project),
        warning_id=key,
        letter_no=event.letter.letter_no,
        level=_colour(event.level),
        content_sha256=event.content_sha256,
        issued_on=event.letter.issued_on,
        finish_by=event.finish_by,
        pdf_sha256=event.pdf_sha256,
        corrects=event.letter.corrects or "",
    )


def of_letterfile(event: LetterfileEvent, _recorded: AnyRecorded) -> PublicEvent | None:
    """By which fingerprint the file of a letter is known; told once, however many parts it has."""
    if not isinstance(event, LetterFiled) or event.part > 1:
        return None
    return said.LetterFiled(
        **whose(event.project),
        warning_id=event.warning_id,
        letter_no=event.letter_no,
        pdf_sha256=event.sha256,
        pdf_bytes=event.size_bytes,
    )


def _of_cure(event: fact.RectificationVerified, key: str) -> PublicEvent:
    measured = event.measured
    return said.RectificationVerified(
        **whose(event.project),
        warning_id=key,
        verified_on=event.verified_on,
        execution_before=measured.execution_before if measured else None,
        execution_after=event.execution_rate,
        goal_before=measured.goal_before if measured else None,
        goal_after=event.goal_rate,
    )


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
        overdue=event.overdue,
    )
