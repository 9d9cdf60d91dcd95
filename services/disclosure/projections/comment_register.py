"""Public comments: the case, its texts as far as they may be shown, its answers.

The address and the contact of a commenter are not here: only sealed boxes and what was decided.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import JSON, DateTime, Field

from services.disclosure.domain.comment import (
    CommentAnswered,
    CommentContactErased,
    CommentContactRevealed,
    CommentFiled,
    CommentOverdue,
    CommentPublished,
    CommentRejected,
    CommentReopened,
    Filing,
)
from services.disclosure.domain.comment.values import CommentStatus
from services.disclosure.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Drop, Projection, Put, Set

FIRST, SECOND = 1, 2


class CommentRow(Table, table=True):
    """A case. `shown` once a text of it may be read; `status` is that of its last exchange."""

    __tablename__ = "comment_register"

    case_number: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    unit_code: str
    about: str
    about_id: str = Field(index=True)
    channel: str
    filed_on: date = Field(index=True)
    status: str
    shown: bool = False
    rounds: int = FIRST
    version: int


class ExchangeRow(Table, table=True):
    """A text and its answer: the comment is round 1, its follow-up round 2.

    `text` may be shown once `status` is PUBLISHED or ANSWERED, and not before.
    """

    __tablename__ = "comment_exchanges"

    case_number: str = Field(primary_key=True)
    round: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    region_code: str = Field(index=True)
    text: str
    masked: list[str] = Field(sa_type=JSON, default_factory=list)
    status: str
    filed_on: date
    due_on: date
    overdue: bool = False
    published_on: date | None = None
    rejected_on: date | None = None
    rejected_for: str | None = None
    explanation: str = ""
    answer: str = ""
    answered_on: date | None = None


class CommentContactRow(Table, table=True):
    """The sealed contact of a commenter; gone once it was erased."""

    __tablename__ = "comment_contacts"

    case_number: str = Field(primary_key=True)
    region_code: str
    subject: str
    key_id: str
    box: str


class CommentLookRow(Table, table=True):
    """Who has looked at a contact, when and what for; by the version of the case."""

    __tablename__ = "comment_looks"

    case_number: str = Field(primary_key=True)
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revealed_by: str
    purpose: str
    reason: str
    revealed_at: datetime = Field(sa_type=DateTime(timezone=True))


def _project(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case CommentFiled() as filed:
            yield from _filed(recorded, filed)
        case CommentReopened() as again:
            yield _reopened(recorded, again)
            yield _case(recorded, status=CommentStatus.FILED.value, rounds=SECOND)
        case CommentPublished() as said:
            shown = CommentStatus.PUBLISHED.value
            values = {"text": said.text, "published_on": said.published_on}
            yield _exchange(recorded, said.round, status=shown, **values)
            yield _case(recorded, status=shown, shown=True, unit_code=said.unit_code)
        case CommentRejected() as said:
            yield _exchange(
                recorded,
                said.round,
                status=CommentStatus.REJECTED.value,
                rejected_for=said.reason.value,
                explanation=said.explanation,
                rejected_on=said.rejected_on,
            )
            yield _case(recorded, status=CommentStatus.REJECTED.value)
        case CommentAnswered() as said:
            done = CommentStatus.ANSWERED.value
            values = {"answer": said.text, "answered_on": said.answered_on}
            yield _exchange(recorded, said.round, status=done, **values)
            yield _case(recorded, status=done)
        case CommentOverdue(round=number):
            yield _exchange(recorded, number, overdue=True)
            yield _case(recorded)
        case CommentContactRevealed() as look:
            yield _look(recorded, look)
            yield _case(recorded)
        case CommentContactErased():
            yield Drop(CommentContactRow, {"case_number": recorded.id})
            yield _case(recorded)
        case _:
            return


def _filed(recorded: AnyRecorded, filed: CommentFiled) -> Iterable[Change]:
    filing = filed.filing
    yield Put(
        CommentRow,
        {
            "case_number": filing.case_number,
            "region_code": filing.region_code,
            "unit_code": filing.unit_code,
            "about": filing.about.value,
            "about_id": filing.about_id,
            "channel": filing.channel.value,
            "filed_on": filing.received_on,
            "status": CommentStatus.FILED.value,
            "version": recorded.version,
        },
    )
    yield _first(filing, filed.due_on)
    if filed.contact is not None:
        yield Put(
            CommentContactRow,
            {
                "case_number": filing.case_number,
                "region_code": filing.region_code,
                "subject": filed.contact.subject,
                "key_id": filed.contact.key_id,
                "box": filed.contact.box,
            },
        )


def _first(filing: Filing, due_on: date) -> Change:
    return Put(
        ExchangeRow,
        {
            "case_number": filing.case_number,
            "round": FIRST,
            "region_code": filing.region_code,
            "text": filing.text,
            "masked": [one.value for one in filing.masked],
            "status": CommentStatus.FILED.value,
            "filed_on": filing.received_on,
            "due_on": due_on,
        },
    )


def _reopened(recorded: AnyRecorded, again: CommentReopened) -> Change:
    return Put(
        ExchangeRow,
        {
            "case_number": recorded.id,
            "round": SECOND,
            "region_code": again.region_code,
            "text": again.text,
            "masked": [one.value for one in again.masked],
            "status": CommentStatus.FILED.value,
            "filed_on": again.reopened_on,
            "due_on": again.due_on,
        },
    )


def _look(recorded: AnyRecorded, look: CommentContactRevealed) -> Change:
    return Put(
        CommentLookRow,
        {
            "case_number": recorded.id,
            "version": recorded.version,
            "revealed_by": look.revealed_by,
            "purpose": look.purpose.value,
            "reason": look.reason,
            "revealed_at": look.revealed_at,
        },
    )


def _exchange(recorded: AnyRecorded, number: int, **values: object) -> Change:
    return Set(ExchangeRow, {"case_number": recorded.id, "round": number}, values)


def _case(recorded: AnyRecorded, **values: object) -> Change:
    return Set(CommentRow, {"case_number": recorded.id}, {**values, "version": recorded.version})


comment_register = Projection(
    name="comment_register",
    tables=(CommentRow, ExchangeRow, CommentContactRow, CommentLookRow),
    project=_project,
)
