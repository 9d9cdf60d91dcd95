"""What an address has sent: the same text once. Kept are keyed hashes, never an address."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from services.disclosure.domain.comment.refusals import CommentRepeated
from shared.domain.decider import Decider

REMEMBERED_MAX: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCommentText:
    """A comment with this text came from this address."""

    sender: str
    digest: str
    case_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentTextNoted:
    """The text is known from this address."""

    digest: str
    case_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The last texts of an address, by their digests, with their cases."""

    texts: Mapping[str, str] = field(default_factory=dict)


def digest_of(text: str) -> str:
    """One digest for a text, however it is spaced, cased or punctuated."""
    plain = "".join(one for one in text.casefold() if one.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def _note(command: NoteCommentText, sender: Sender) -> Sequence[CommentTextNoted]:
    known = sender.texts.get(command.digest)
    if known == command.case_number:
        return []
    if known is not None:
        raise CommentRepeated(
            pointer="/text",
            remedy="It has a case number already; follow it there.",
            remedy_zh="该留言已受理，请凭受理编号查询",
        )
    return [CommentTextNoted(digest=command.digest, case_number=command.case_number)]


def _noted(sender: Sender, event: CommentTextNoted) -> Sender:
    """The oldest is forgotten when there are too many."""
    texts = {**sender.texts, event.digest: event.case_number}
    return Sender(texts=dict(islice(texts.items(), max(0, len(texts) - REMEMBERED_MAX), None)))


decider: Final[Decider[NoteCommentText, CommentTextNoted, Sender]] = Decider(
    category="commentsender",
    initial=Sender(),
    commands=(NoteCommentText,),
    events={"CommentTextNoted": CommentTextNoted},
    decide=_note,
    evolve=_noted,
    identify=lambda command: command.sender,
)
