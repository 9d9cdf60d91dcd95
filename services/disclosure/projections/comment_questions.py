"""What is asked of public comments: what may be shown, what waits for somebody, how it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.domain.comment.values import About, CommentStatus
from services.disclosure.projections.comment_register import (
    CommentContactRow,
    CommentLookRow,
    CommentRow,
    ExchangeRow,
)
from services.disclosure.projections.span import Span
from shared.http.scope import region_prefix


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which comments are looked for; what is empty does not narrow."""

    region_code: str | None = None
    tree: bool = True
    about: About | None = None
    about_id: str | None = None
    status: CommentStatus | None = None


def comments(wanted: Wanted) -> SelectOfScalar[CommentRow]:
    """Comments by what they are about and how far they have come."""
    rows = select(CommentRow)
    if wanted.region_code is not None:
        prefix = region_prefix(wanted.region_code) if wanted.tree else None
        own: Any = col(CommentRow.region_code) == wanted.region_code
        if prefix is not None:
            own = or_(own, col(CommentRow.region_code).startswith(prefix))
        rows = rows.where(own)
    if wanted.about is not None:
        rows = rows.where(CommentRow.about == wanted.about.value)
    if wanted.about_id is not None:
        rows = rows.where(CommentRow.about_id == wanted.about_id)
    if wanted.status is not None:
        rows = rows.where(CommentRow.status == wanted.status.value)
    return rows


def comments_shown(wanted: Wanted) -> SelectOfScalar[CommentRow]:
    """Those of which a text may be read."""
    return comments(wanted).where(col(CommentRow.shown))


def comment(case_number: str) -> SelectOfScalar[CommentRow]:
    """One case."""
    return select(CommentRow).where(CommentRow.case_number == case_number)


def exchanges_of(case_numbers: Sequence[str]) -> SelectOfScalar[ExchangeRow]:
    """The texts and answers of these cases, the comment before its follow-up."""
    rows = select(ExchangeRow).where(col(ExchangeRow.case_number).in_(case_numbers))
    return rows.order_by(col(ExchangeRow.round))


def contact_of(case_number: str) -> SelectOfScalar[CommentContactRow]:
    """The sealed contact of a case."""
    return select(CommentContactRow).where(CommentContactRow.case_number == case_number)


def looks_of(case_number: str) -> SelectOfScalar[CommentLookRow]:
    """Who has looked at the contact, the last look first."""
    rows = select(CommentLookRow).where(CommentLookRow.case_number == case_number)
    return rows.order_by(col(CommentLookRow.version).desc())


def exchanges_counted(span: Span) -> Any:  # noqa: ANN401 - its overloads end at four columns
    """Comments and follow-ups of the year: (status, why not shown, late, how many).

    What is not rejected has no reason; what is neither answered nor overdue is nothing, not late.
    """
    row: Any = ExchangeRow
    late = or_(row.overdue, row.answered_on > row.due_on)
    columns = (row.status, row.rejected_for, late, func.count())
    rows: Any = select(*columns)
    return rows.where(
        span.regions(ExchangeRow.region_code), span.in_year(ExchangeRow.filed_on)
    ).group_by(*columns[:3])
