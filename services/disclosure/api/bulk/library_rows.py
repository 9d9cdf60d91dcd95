"""Rows of the library as its lists show them: documents with their steps, articles with outlets."""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any, Final

from sqlmodel import col, or_, select

from services.disclosure.api.bulk.datasets import State
from services.disclosure.api.feed.entries import entry_of
from services.disclosure.api.feed.feeds import WordView
from services.disclosure.api.library_views import ArticleView, PolicyView
from services.disclosure.domain.values import Step
from services.disclosure.projections.article_register import (
    AdoptionRow,
    SubmissionRow,
    adoptions_of,
    submissions_of,
)
from services.disclosure.projections.idea_register import IdeaRow
from services.disclosure.projections.policy_questions import steps_of
from shared.http.snapshots import BATCH, Snapshot

_ORDER: Final = [step.value for step in Step]


async def policies_shown(registers: Snapshot, batch: Sequence[Any]) -> Sequence[PolicyView]:
    """Documents as they are on the day, with the steps that they rule."""
    rows = [row for (row,) in batch]
    ruled: dict[str, list[str]] = defaultdict(list)
    ids = [row.policy_id for row in rows]
    for policy_id, step in await registers.all(steps_of(ids, registers.day)):
        ruled[policy_id].append(step)
    return [
        PolicyView.of(row, sorted(ruled[row.policy_id], key=_ORDER.index), registers.day)
        for row in rows
    ]


async def articles_shown(registers: Snapshot, batch: Sequence[Any]) -> Sequence[ArticleView]:
    """Articles with how far they have come."""
    rows = [row for (row,) in batch]
    ids = [row.article_id for row in rows]
    adopted: dict[str, list[AdoptionRow]] = defaultdict(list)
    offered: dict[str, list[SubmissionRow]] = defaultdict(list)
    for (adoption,) in await registers.all(adoptions_of(ids)):
        adopted[adoption.article_id].append(adoption)
    for (submission,) in await registers.all(submissions_of(ids)):
        offered[submission.article_id].append(submission)
    return [ArticleView.of(row, adopted[row.article_id], offered[row.article_id]) for row in rows]


def ideas_declared(day: date) -> Any:  # noqa: ANN401 - a select of one table
    """The ideas that are declared on the day."""
    return select(IdeaRow).where(
        col(IdeaRow.declared_on) <= day,
        or_(col(IdeaRow.dropped_on).is_(None), col(IdeaRow.dropped_on) > day),
    )


async def words_said(state: State) -> AsyncIterator[Sequence[bytes]]:
    """The log from its first word to the last one of the day."""
    after, last = 0, state.upto.number
    while after < last:
        words = await state.store.read_words(after, min(BATCH, last - after))
        after = words[-1].number
        yield [WordView.of(entry_of(word)).model_dump_json().encode() for word in words]
