"""What may be asked of a public comment, and what may have happened to it."""

from dataclasses import dataclass
from datetime import date, datetime

from services.disclosure.domain.comment.values import (
    About,
    CommentChannel,
    Masked,
    RejectionReason,
    RevealPurpose,
)
from services.disclosure.domain.terms import STATUTORY, Terms
from shared.domain.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A comment as it came: about what, in which region, for which unit, and its text.

    In a fact the text is screened; in a command it is as it was written.
    """

    case_number: str
    region_code: str
    unit_code: str
    about: About
    about_id: str
    text: str
    channel: CommentChannel
    received_on: date
    masked: tuple[Masked, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileComment:
    """Somebody comments online. `sender` is a keyed hash of the address, `contact` is sealed.

    `terms` and `known` are what the decision has to know: the terms that bind, and whether there
    is such an item.
    """

    filing: Filing
    sender: str
    contact: Sealed | None
    by: str
    now: datetime
    terms: Terms = STATUTORY
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordComment:
    """A comment came by letter, by phone or at the counter, and is entered by the office."""

    filing: Filing
    contact: Sealed | None
    by: str
    now: datetime
    terms: Terms = STATUTORY
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenComment:
    """The commenter asks once more after an answer."""

    case_number: str
    text: str
    sender: str
    by: str
    now: datetime
    terms: Terms = STATUTORY


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishComment:
    """The text may be shown, without these passages; `unit_code` names who has to answer."""

    case_number: str
    redactions: tuple[str, ...]
    unit_code: str | None
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectComment:
    """The text is not shown, for a reason of the list and in words."""

    case_number: str
    reason: RejectionReason
    explanation: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerComment:
    """The responsible office answers, for everybody to read."""

    case_number: str
    text: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkCommentOverdue:
    """The term for an answer has passed."""

    case_number: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealCommentContact:
    """Somebody needs the commenter's contact; the look itself is a fact."""

    case_number: str
    purpose: RevealPurpose
    reason: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseCommentContact:
    """The key of the commenter is destroyed: the contact is unreadable from then on."""

    case_number: str
    reason: str
    by: str
    now: datetime


type CommentCommand = (
    FileComment
    | RecordComment
    | ReopenComment
    | PublishComment
    | RejectComment
    | AnswerComment
    | MarkCommentOverdue
    | RevealCommentContact
    | EraseCommentContact
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentFiled:
    """There is a comment; its answer falls due."""

    filing: Filing
    due_on: date
    sender: str
    contact: Sealed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentReopened:
    """The commenter has asked once more; that answer falls due, too."""

    region_code: str
    text: str
    masked: tuple[Masked, ...]
    sender: str
    reopened_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentPublished:
    """The text is shown from now on, and this unit has to answer; empty: the bureau."""

    round: int
    text: str
    unit_code: str
    published_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRejected:
    """The text is not shown, and everybody may know why."""

    round: int
    reason: RejectionReason
    explanation: str
    rejected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentAnswered:
    """The responsible office has answered."""

    round: int
    text: str
    answered_on: date
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentOverdue:
    """The term has passed without an answer."""

    round: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentContactRevealed:
    """Somebody may see the contact for a few minutes, and it is known what for."""

    purpose: RevealPurpose
    reason: str
    revealed_by: str
    revealed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentContactErased:
    """The contact cannot be read by anybody any more."""

    subject: str
    key_id: str
    reason: str
    erased_by: str


type CommentEvent = (
    CommentFiled
    | CommentReopened
    | CommentPublished
    | CommentRejected
    | CommentAnswered
    | CommentOverdue
    | CommentContactRevealed
    | CommentContactErased
)
