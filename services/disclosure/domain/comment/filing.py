"""How a comment and its follow-up come in: screened, with a term, and not twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from services.disclosure.domain.comment.refusals import (
    CommentNotAnswered,
    CommentSubjectUnknown,
    CommentUnknown,
    FollowUpUsed,
)
from services.disclosure.domain.comment.screening import screened
from services.disclosure.domain.comment.states import Comment
from services.disclosure.domain.comment.values import ROUNDS_MAX, CommentStatus
from services.disclosure.domain.comment.words import (
    CommentEvent,
    CommentFiled,
    CommentReopened,
    FileComment,
    Filing,
    RecordComment,
    ReopenComment,
)
from services.disclosure.domain.refusals import NumberTaken
from shared.domain.workdays import add_workdays, business_date


def file(command: FileComment | RecordComment, comment: Comment) -> Sequence[CommentEvent]:
    """A case number names one comment; the term runs from the day on which it came."""
    if not command.known:
        raise CommentSubjectUnknown(
            pointer="/about_id",
            remedy="Check the number, or comment about nothing in particular.",
            remedy_zh="请核对编号，或选择不针对具体事项",
        )
    clean = screened(command.filing.text)
    filing = replace(command.filing, text=clean.text, masked=clean.masked)
    if comment.filing is not None:
        if comment.filing == filing:
            return []
        raise NumberTaken(case_number=filing.case_number)
    return [
        CommentFiled(
            filing=filing,
            due_on=_due_on(command, filing),
            sender=command.sender if isinstance(command, FileComment) else "",
            contact=command.contact,
        )
    ]


def _due_on(command: FileComment | RecordComment, filing: Filing) -> date:
    days = command.terms.comment_answer_working_days
    return add_workdays(filing.received_on, days, filing.region_code)


def reopen(command: ReopenComment, comment: Comment) -> Sequence[CommentEvent]:
    """After an answer, once."""
    if comment.filing is None:
        raise CommentUnknown
    clean = screened(command.text)
    if len(comment.exchanges) >= ROUNDS_MAX:
        if comment.last.text == clean.text:
            return []
        raise FollowUpUsed
    if comment.last.status is not CommentStatus.ANSWERED:
        raise CommentNotAnswered(
            remedy=f"Wait for the answer; it falls due on {comment.last.due_on.isoformat()}.",
            remedy_zh=f"请等待答复，答复期限为 {comment.last.due_on.isoformat()}",
        )
    today = business_date(command.now)
    days = command.terms.comment_answer_working_days
    return [
        CommentReopened(
            region_code=comment.filing.region_code,
            text=clean.text,
            masked=clean.masked,
            sender=command.sender,
            reopened_on=today,
            due_on=add_workdays(today, days, comment.filing.region_code),
        )
    ]
