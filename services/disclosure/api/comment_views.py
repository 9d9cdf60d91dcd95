"""What is shown of public comments: no name, no contact, no address, no text before its time."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import BaseModel, Field

from services.disclosure.domain.comment.values import (
    About,
    CommentChannel,
    CommentStatus,
    RejectionReason,
)
from services.disclosure.projections.comment_register import CommentRow, ExchangeRow

_SHOWN = frozenset({CommentStatus.PUBLISHED.value, CommentStatus.ANSWERED.value})


class ExchangeView(BaseModel):
    """A text and its answer: the comment itself, or its follow-up."""

    round: int
    status: CommentStatus
    filed_on: date
    due_on: date = Field(description="Until then it has to be answered.")
    overdue: bool
    text: str | None = Field(description="Empty until it was decided that it is shown.")
    rejected_for: RejectionReason | None
    explanation: str
    answer: str
    answered_on: date | None

    @classmethod
    def of(cls, row: ExchangeRow) -> Self:
        """As everybody may see it."""
        known = row.model_dump(include=set(cls.model_fields) - {"text"})
        return cls(**known, text=row.text if row.status in _SHOWN else None)


class CommentView(BaseModel):
    """A case as everybody may see it."""

    case_number: str = Field(examples=["PL-653100-20210301-7K3MQ9XW2A"])
    region_code: str
    unit_code: str = Field(description="The unit that has to answer; empty: the bureau.")
    about: About
    about_id: str
    channel: CommentChannel
    filed_on: date
    status: CommentStatus
    exchanges: list[ExchangeView]
    version: int

    @classmethod
    def of(cls, row: CommentRow, exchanges: Sequence[ExchangeRow]) -> Self:
        """A row with its texts and answers as far as they are shown."""
        known = row.model_dump(include=set(cls.model_fields))
        return cls(**known, exchanges=[ExchangeView.of(one) for one in exchanges])


class ExchangeAtDesk(ExchangeView):
    """A text as the office reads it, before it decides."""

    text: str | None
    masked: list[str]

    @classmethod
    def of(cls, row: ExchangeRow) -> Self:
        """With the text, from which personal numbers were taken out."""
        return cls(**row.model_dump(include=set(cls.model_fields)))


class CommentAtDesk(BaseModel):
    """A case as the office sees it: with every text, without name and contact."""

    case_number: str
    region_code: str
    unit_code: str
    about: About
    about_id: str
    channel: CommentChannel
    filed_on: date
    status: CommentStatus
    exchanges: list[ExchangeAtDesk]
    version: int

    @classmethod
    def of(cls, row: CommentRow, exchanges: Sequence[ExchangeRow]) -> Self:
        """A row with its texts and answers."""
        known = row.model_dump(include=set(cls.model_fields))
        return cls(**known, exchanges=[ExchangeAtDesk.of(one) for one in exchanges])


class CommentFiledView(BaseModel):
    """The case number, by which anybody can follow the case, and the key to ask once more."""

    case_number: str = Field(examples=["PL-653100-20210301-7K3MQ9XW2A"])
    follow_up_key: str = Field(description="Told once: keep it to ask again after the answer.")
    status: CommentStatus = CommentStatus.FILED


class ContactView(BaseModel):
    """The contact of a commenter in clear, for the eyes of whoever asked."""

    case_number: str
    name: str
    contact: str
    erased: bool
    until: str = Field(description="Then it has to be asked for again, with a reason.")


class CommentStatistics(BaseModel):
    """How the region deals with the comments of a year; follow-ups count as comments."""

    year: int
    filed: int
    waiting: int = Field(description="Not decided yet whether they are shown.")
    shown: int
    rejected: int
    rejected_for: dict[RejectionReason, int]
    answered: int
    answered_in_time: int
    overdue: int = Field(description="Without an answer after their term.")
