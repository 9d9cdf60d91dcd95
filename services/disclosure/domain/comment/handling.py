"""What the office does with a comment: shows it or not, answers it, looks at the contact."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from services.disclosure.domain.comment.refusals import (
    AnswerHoldsPersonalNumber,
    CommentAnsweredAlready,
    CommentModerated,
    CommentNotPublished,
    CommentUnknown,
    ContactNotLeft,
    PassageNotFound,
)
from services.disclosure.domain.comment.screening import LABELS, REDACTED, screened
from services.disclosure.domain.comment.states import Comment
from services.disclosure.domain.comment.values import CommentStatus
from services.disclosure.domain.comment.words import (
    AnswerComment,
    CommentAnswered,
    CommentContactErased,
    CommentContactRevealed,
    CommentEvent,
    CommentOverdue,
    CommentPublished,
    CommentRejected,
    EraseCommentContact,
    MarkCommentOverdue,
    PublishComment,
    RejectComment,
    RevealCommentContact,
)
from shared.domain.workdays import business_date, day_over

LOOK_MINUTES: Final = 10
"""So long a contact may be looked at after it was asked for (D, as for beneficiaries)."""


def known(comment: Comment) -> Comment:
    """The comment, if there is one."""
    if comment.filing is None:
        raise CommentUnknown
    return comment


def publish(command: PublishComment, comment: Comment) -> Sequence[CommentEvent]:
    """Shown is what is left; decided once."""
    last = known(comment).last
    unit = comment.unit_code if command.unit_code is None else command.unit_code
    if last.status is CommentStatus.REJECTED:
        raise CommentModerated
    if last.status is not CommentStatus.FILED:
        gone = [one for one in command.redactions if one in last.text]
        if gone or unit != comment.unit_code:
            raise CommentModerated
        return []
    text = last.text
    for place, passage in enumerate(command.redactions):
        if passage not in text:
            raise PassageNotFound(
                pointer=f"/redactions/{place}",
                remedy="Copy the passage from the text as it stands.",
                remedy_zh="请从留言原文中复制该段文字",
            )
        text = text.replace(passage, REDACTED)
    return [
        CommentPublished(
            round=len(comment.exchanges),
            text=text,
            unit_code=unit,
            published_on=business_date(command.now),
        )
    ]


def reject(command: RejectComment, comment: Comment) -> Sequence[CommentEvent]:
    """Not shown, for a reason of the list; decided once."""
    last = known(comment).last
    if last.status is CommentStatus.REJECTED and last.rejected_for is command.reason:
        return []
    if last.status is not CommentStatus.FILED:
        raise CommentModerated
    return [
        CommentRejected(
            round=len(comment.exchanges),
            reason=command.reason,
            explanation=command.explanation,
            rejected_on=business_date(command.now),
        )
    ]


def answer(command: AnswerComment, comment: Comment) -> Sequence[CommentEvent]:
    """What is shown is answered, once; the answer holds no personal number."""
    last = known(comment).last
    if last.status is CommentStatus.ANSWERED:
        if last.answer == command.text:
            return []
        raise CommentAnsweredAlready
    if last.status is not CommentStatus.PUBLISHED:
        raise CommentNotPublished(
            remedy="Decide first whether it is shown.", remedy_zh="请先审核该留言"
        )
    held = screened(command.text).masked
    if held:
        raise AnswerHoldsPersonalNumber(
            f"It holds: {', '.join(held)}.",
            pointer="/text",
            remedy="Leave the number out; reach the commenter by the contact instead.",
            detail_zh="答复中含有：" + "、".join(LABELS[one].strip("〔〕")[:-3] for one in held),
            remedy_zh="请删去号码；如需联系留言人，请使用其所留联系方式",
        )
    return [
        CommentAnswered(
            round=len(comment.exchanges),
            text=command.text,
            answered_on=business_date(command.now),
            answered_by=command.by,
        )
    ]


def mark_overdue(command: MarkCommentOverdue, comment: Comment) -> Sequence[CommentEvent]:
    """Silent when it was answered or rejected, is not due yet, or was said before."""
    if comment.filing is None:
        return []
    last = comment.last
    if last.overdue or last.status in {CommentStatus.ANSWERED, CommentStatus.REJECTED}:
        return []
    if command.now < day_over(last.due_on):
        return []
    return [CommentOverdue(round=len(comment.exchanges), due_on=last.due_on)]


def reveal(command: RevealCommentContact, comment: Comment) -> Sequence[CommentEvent]:
    """The look is on the record; within its minutes it is the same look."""
    if known(comment).contact is None:
        raise ContactNotLeft
    before = comment.revealed.get(command.by)
    if before is not None and command.now - before < timedelta(minutes=LOOK_MINUTES):
        return []
    return [
        CommentContactRevealed(
            purpose=command.purpose,
            reason=command.reason,
            revealed_by=command.by,
            revealed_at=command.now,
        )
    ]


def erase(command: EraseCommentContact, comment: Comment) -> Sequence[CommentEvent]:
    """Once it is gone there is nothing to erase."""
    contact = known(comment).contact
    if contact is None:
        return []
    return [
        CommentContactErased(
            subject=contact.subject,
            key_id=contact.key_id,
            reason=command.reason,
            erased_by=command.by,
        )
    ]
