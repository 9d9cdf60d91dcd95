"""Commands about warnings: raise, letter, receipt, objection, correction, end."""

from typing import Final

from services.monitoring.api import schemas
from services.monitoring.api import warning_schemas as bodies
from services.monitoring.api.warning_cure_commands import CURE_COMMANDS
from services.monitoring.domain.letterbook import EnterLetter
from services.monitoring.domain.letterfile import PrepareLetter
from services.monitoring.domain.warning.commands import (
    AcknowledgeLetter,
    AnswerObjection,
    CloseWarning,
    ConfirmWarning,
    CorrectLetter,
    DismissWarning,
    DraftCorrection,
    DraftLetter,
    IssueLetter,
    RaiseWarning,
)
from services.monitoring.reactions.printing import proofread
from shared.http.commands import Asked, CommandEndpoint
from shared.http.policy import Role

_LEADERS: Final = frozenset({Role.FB_LEADER, Role.COUNTY_FB})


def raise_warning(asked: Asked, body: schemas.RaiseWarningBody) -> RaiseWarning:
    """Warn of a project by hand; a second person confirms it."""
    return RaiseWarning(
        warning_id=asked.new_id(),
        project_code=body.project_code,
        fiscal_year=body.fiscal_year,
        region_code=asked.region_code or "",
        node=body.node,
        level=body.level,
        reasons=body.reasons,
        source=body.source,
        finding=body.finding,
        by=asked.actor,
        now=asked.now,
    )


def confirm_warning(asked: Asked, warning_id: str) -> ConfirmWarning:
    """Push a warning that a person raised to its unit."""
    return ConfirmWarning(warning_id=warning_id, by=asked.actor, now=asked.now)


def dismiss_warning(
    asked: Asked, warning_id: str, body: schemas.DismissWarningBody
) -> DismissWarning:
    """Drop a warning before any letter, for a stated reason; it stays in the statistics."""
    return DismissWarning(
        warning_id=warning_id,
        reason=body.reason,
        reason_code=body.reason_code or "",
        by=asked.actor,
        now=asked.now,
    )


def draft_letter(asked: Asked, warning_id: str, body: bodies.DraftLetterBody) -> DraftLetter:
    """Write the warning and correction letter 《预警纠偏告知函》."""
    return DraftLetter(
        warning_id=warning_id,
        demands=body.demands,
        evidence_wanted=body.evidence_wanted,
        contact=body.contact,
        phone=body.phone,
        secrecy=body.secrecy,
        by=asked.actor,
        now=asked.now,
    )


def issue_letter(asked: Asked, warning_id: str) -> tuple[IssueLetter, EnterLetter, PrepareLetter]:
    """Sign and send the letter: its number and its entry in the book are one act; print follows."""
    region = asked.region_code or ""
    issue = IssueLetter(
        warning_id=warning_id,
        region_code=region,
        signed_by_leader=bool(asked.roles & _LEADERS),
        proofread=proofread,
        by=asked.actor,
        now=asked.now,
    )
    return issue, *_booked(asked, warning_id)


def draft_correction(
    asked: Asked, warning_id: str, body: bodies.DraftCorrectionBody
) -> DraftCorrection:
    """Write a letter that takes the place of the one that was sent, for a stated reason."""
    return DraftCorrection(
        warning_id=warning_id,
        demands=body.demands,
        evidence_wanted=body.evidence_wanted,
        contact=body.contact,
        phone=body.phone,
        secrecy=body.secrecy,
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


def correct_letter(
    asked: Asked, warning_id: str
) -> tuple[CorrectLetter, EnterLetter, PrepareLetter]:
    """Sign and send the correction: a new letter with its own number; the old one stays."""
    correct = CorrectLetter(
        warning_id=warning_id,
        region_code=asked.region_code or "",
        signed_by_leader=bool(asked.roles & _LEADERS),
        proofread=proofread,
        by=asked.actor,
        now=asked.now,
    )
    return correct, *_booked(asked, warning_id)


def _booked(asked: Asked, warning_id: str) -> tuple[EnterLetter, PrepareLetter]:
    by, now, region = asked.actor, asked.now, asked.region_code or ""
    return (
        EnterLetter(warning_id=warning_id, region_code=region, by=by, now=now),
        PrepareLetter(warning_id=warning_id, by=by, now=now),
    )


def acknowledge_letter(
    asked: Asked, warning_id: str, body: bodies.AcknowledgeLetterBody
) -> AcknowledgeLetter:
    """Sign the receipt of the letter."""
    return AcknowledgeLetter(
        warning_id=warning_id,
        received_by=body.received_by,
        objection=body.objection,
        by=asked.actor,
        now=asked.now,
    )


def answer_objection(
    asked: Asked, warning_id: str, body: bodies.AnswerObjectionBody
) -> AnswerObjection:
    """Decide an objection: the letter is kept, or it has to be corrected by a new one."""
    return AnswerObjection(
        warning_id=warning_id, kept=body.kept, answer=body.answer, by=asked.actor, now=asked.now
    )


def close_warning(asked: Asked, warning_id: str, body: bodies.CloseWarningBody) -> CloseWarning:
    """End a warning: every reason answered, effects on money and target stated."""
    return CloseWarning(
        warning_id=warning_id,
        answers=dict(body.answers),
        fund_effect=body.fund_effect,
        target_effect=body.target_effect,
        by=asked.actor,
        now=asked.now,
    )


_ONE: Final = "/warnings/{warning_id}"
_TAG: Final = "Warnings"

WARNING_COMMANDS: Final = (
    CommandEndpoint(path="/warnings", translate=raise_warning, tag=_TAG, creates=True),
    CommandEndpoint(path=f"{_ONE}/confirm", translate=confirm_warning, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/dismiss", translate=dismiss_warning, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/draft-letter", translate=draft_letter, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/issue-letter", translate=issue_letter, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/acknowledge", translate=acknowledge_letter, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/answer-objection", translate=answer_objection, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/draft-correction", translate=draft_correction, tag=_TAG),
    CommandEndpoint(path=f"{_ONE}/correct-letter", translate=correct_letter, tag=_TAG),
    *CURE_COMMANDS,
    CommandEndpoint(path=f"{_ONE}/close", translate=close_warning, tag=_TAG),
)
