"""Public comments: filed without a login, screened, moderated, answered in time, openly.

Source: `domain` §3.10, last sentence: public comments get a case number and an answer. FILED →
PUBLISHED | REJECTED(reason) → ANSWERED → (followed up once) → ANSWERED; OVERDUE comes by the
clock. No name, no contact and no personal number is ever shown.
"""

from services.disclosure.domain.comment import sender, subject
from services.disclosure.domain.comment.aggregate import decide, decider
from services.disclosure.domain.comment.words import (
    AnswerComment,
    CommentAnswered,
    CommentContactErased,
    CommentContactRevealed,
    CommentEvent,
    CommentFiled,
    CommentOverdue,
    CommentPublished,
    CommentRejected,
    CommentReopened,
    EraseCommentContact,
    FileComment,
    Filing,
    MarkCommentOverdue,
    PublishComment,
    RecordComment,
    RejectComment,
    ReopenComment,
    RevealCommentContact,
)

__all__ = [
    "DECIDERS",
    "AnswerComment",
    "CommentAnswered",
    "CommentContactErased",
    "CommentContactRevealed",
    "CommentEvent",
    "CommentFiled",
    "CommentOverdue",
    "CommentPublished",
    "CommentRejected",
    "CommentReopened",
    "EraseCommentContact",
    "FileComment",
    "Filing",
    "MarkCommentOverdue",
    "PublishComment",
    "RecordComment",
    "RejectComment",
    "ReopenComment",
    "RevealCommentContact",
    "decide",
    "decider",
]

DECIDERS = (decider, sender.decider, subject.decider)
