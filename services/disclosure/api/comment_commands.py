"""Commands of the office about public comments: a request becomes a command, nothing else."""

from datetime import date
from typing import Final
from uuid import UUID

from pydantic import BaseModel

from services.disclosure.api import comment_schemas as schemas
from services.disclosure.domain import comment
from services.disclosure.domain.comment.values import case_number
from shared.domain.sealed import Sealed
from shared.http.commands import Asked

CHANCE: Final = (1 << 62) - 1
"""The random bits at the end of a UUIDv7."""


def new_case_number(drawn: str, region_code: str, day: date) -> str:
    """A case number out of a fresh id."""
    return case_number(region_code, f"{day:%Y%m%d}", UUID(drawn).int & CHANCE)


def record_comment(
    asked: Asked, body: schemas.RecordCommentBody, sealed: Sealed
) -> comment.RecordComment:
    """Enter a comment that came by letter, by phone or at the counter; the contact is sealed."""
    return comment.RecordComment(
        filing=comment.Filing(
            case_number=new_case_number(asked.new_id(), body.region_code, body.received_on),
            region_code=body.region_code,
            unit_code=body.unit_code,
            about=body.about,
            about_id=body.about_id,
            text=body.text,
            channel=body.channel,
            received_on=body.received_on,
        ),
        contact=sealed,
        by=asked.actor,
        now=asked.now,
    )


def publish_comment(
    asked: Asked, case_number: str, body: schemas.PublishCommentBody
) -> comment.PublishComment:
    """Decide that the text is shown, without some passages, and who has to answer."""
    return comment.PublishComment(
        case_number=case_number,
        redactions=tuple(body.redactions),
        unit_code=body.unit_code,
        by=asked.actor,
        now=asked.now,
    )


def reject_comment(
    asked: Asked, case_number: str, body: schemas.RejectCommentBody
) -> comment.RejectComment:
    """Decide that the text is not shown; the reason is, under its case number."""
    return comment.RejectComment(
        case_number=case_number,
        reason=body.reason,
        explanation=body.explanation,
        by=asked.actor,
        now=asked.now,
    )


def answer_comment(
    asked: Asked, case_number: str, body: schemas.AnswerCommentBody
) -> comment.AnswerComment:
    """Answer a comment that is shown, for everybody to read."""
    return comment.AnswerComment(
        case_number=case_number, text=body.text, by=asked.actor, now=asked.now
    )


def reveal_comment_contact(
    asked: Asked, case_number: str, body: schemas.RevealCommentContactBody
) -> comment.RevealCommentContact:
    """Ask to see the contact of a commenter, for a stated purpose. The look itself is a fact."""
    return comment.RevealCommentContact(
        case_number=case_number,
        purpose=body.purpose,
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


def erase_comment_contact(
    asked: Asked, case_number: str, body: schemas.EraseCommentContactBody
) -> comment.EraseCommentContact:
    """Destroy the key of a commenter: every contact of theirs is unreadable from then on."""
    return comment.EraseCommentContact(
        case_number=case_number, reason=body.reason, by=asked.actor, now=asked.now
    )


def contact_of(body: BaseModel) -> str:
    """A commenter is recognised by the contact; names are written in many ways."""
    assert isinstance(body, schemas.ReceivedCommentBody)
    return f"commenter|{body.contact}"
