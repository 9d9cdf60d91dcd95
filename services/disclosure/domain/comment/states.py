"""What is known of a comment: the comment itself and at most one follow-up."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import assert_never

from services.disclosure.domain.comment.values import CommentStatus, RejectionReason
from services.disclosure.domain.comment.words import (
    CommentAnswered,
    CommentContactErased,
    CommentContactRevealed,
    CommentEvent,
    CommentFiled,
    CommentOverdue,
    CommentPublished,
    CommentRejected,
    CommentReopened,
    Filing,
)
from shared.domain.decider import Owner
from shared.domain.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A text, what was decided about it, and its answer."""

    text: str
    due_on: date
    status: CommentStatus = CommentStatus.FILED
    answer: str = ""
    rejected_for: RejectionReason | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A case; without a filing there is none."""

    filing: Filing | None = None
    unit_code: str = ""
    contact: Sealed | None = None
    exchanges: tuple[Exchange, ...] = ()
    revealed: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def last(self) -> Exchange:
        """The exchange that is going on."""
        return self.exchanges[-1]


def evolve(  # noqa: PLR0911 - one match
    comment: Comment, event: CommentEvent
) -> Comment:
    """Remember what happened to it."""
    match event:
        case CommentFiled(filing=filing, contact=contact, due_on=due_on):
            first = Exchange(text=filing.text, due_on=due_on)
            return Comment(
                filing=filing, unit_code=filing.unit_code, contact=contact, exchanges=(first,)
            )
        case CommentReopened(text=text, due_on=due_on):
            again = Exchange(text=text, due_on=due_on)
            return replace(comment, exchanges=(*comment.exchanges, again))
        case CommentPublished(unit_code=unit, text=text):
            shown = _last(comment, status=CommentStatus.PUBLISHED, text=text)
            return replace(shown, unit_code=unit)
        case CommentRejected(reason=reason):
            return _last(comment, status=CommentStatus.REJECTED, rejected_for=reason)
        case CommentAnswered(text=text):
            return _last(comment, status=CommentStatus.ANSWERED, answer=text)
        case CommentOverdue():
            return _last(comment, overdue=True)
        case CommentContactRevealed(revealed_by=who, revealed_at=at):
            return replace(comment, revealed={**comment.revealed, who: at})
        case CommentContactErased():
            return replace(comment, contact=None)
        case _:
            assert_never(event)


def _last(comment: Comment, **values: object) -> Comment:
    if not comment.exchanges:
        return comment
    changed = replace(comment.last, **values)  # type: ignore[arg-type]
    return replace(comment, exchanges=(*comment.exchanges[:-1], changed))


def owner(comment: Comment) -> Owner | None:
    """The bureau of the region, and the unit that has to answer."""
    if comment.filing is None:
        return None
    return Owner(region_code=comment.filing.region_code, unit_code=comment.unit_code or None)
