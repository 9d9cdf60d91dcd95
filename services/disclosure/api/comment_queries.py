"""Public comments as everybody reads them, as the office works on them, and in figures."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query
from sqlmodel import col

from services.disclosure.api.comment_views import (
    CommentAtDesk,
    CommentStatistics,
    CommentView,
    ContactView,
)
from services.disclosure.api.spans import Asked, ScopeName, ScopeQuery
from services.disclosure.domain.comment.handling import LOOK_MINUTES
from services.disclosure.domain.comment.refusals import ContactNotLeft
from services.disclosure.domain.comment.values import About, CommentStatus, RejectionReason
from services.disclosure.projections import comment_questions as cases
from services.disclosure.projections.comment_register import CommentRow, ExchangeRow
from shared.domain.refusals import NotFound
from shared.domain.sealed import Sealed
from shared.http.pages import Page, PageRequest
from shared.http.problems import Unavailable
from shared.http.reading import Read, Reading, ReadingNow

router: Final = APIRouter(tags=["Comments"])
ERASED: Final = "已删除"
NEWEST: Final = (col(CommentRow.filed_on).desc(), col(CommentRow.case_number).desc())

CaseNumber = Annotated[str, Path(min_length=1, max_length=100)]


def wanted(
    region: Annotated[str | None, Query(min_length=2, max_length=12, examples=["653100"])] = None,
    scope: ScopeQuery = ScopeName.TREE,
    about: About | None = None,
    about_id: Annotated[str | None, Query(max_length=200)] = None,
    status: CommentStatus | None = None,
) -> cases.Wanted:
    """Which comments a list is of."""
    return cases.Wanted(
        region_code=region,
        tree=scope is ScopeName.TREE,
        about=about,
        about_id=about_id,
        status=status,
    )


Wanted = Annotated[cases.Wanted, Depends(wanted)]


@router.get("/comments", operation_id="list_comments")
async def list_comments(read: Reading, page: PageRequest, asked: Wanted) -> Page[CommentView]:
    """The comments that may be read, the newest first, with their answers."""
    found = await read.page(cases.comments_shown(asked), page, order=NEWEST)
    exchanges = await _exchanges(read, found.items)
    shown = [CommentView.of(row, exchanges[row.case_number]) for row in found.items]
    return Page[CommentView](items=shown, next=found.next)


@router.get("/comments/statistics", operation_id="get_comment_statistics")
async def get_comment_statistics(read: Reading, span: Asked) -> CommentStatistics:
    """How many came in the year, were shown, rejected and why, answered, and in time."""
    return _counted(span.fiscal_year, await read.rows(cases.exchanges_counted(span)))


@router.get("/comments/desk", operation_id="list_comments_at_desk")
async def list_comments_at_desk(
    read: ReadingNow, page: PageRequest, asked: Wanted
) -> Page[CommentAtDesk]:
    """The comments that one may decide on or has to answer, with their texts, the oldest first."""
    mine = read.scope.where(region=CommentRow.region_code, unit=CommentRow.unit_code)
    order = [CommentRow.filed_on]
    found = await read.page(cases.comments(asked).where(mine), page, order=order)
    exchanges = await _exchanges(read, found.items)
    shown = [CommentAtDesk.of(row, exchanges[row.case_number]) for row in found.items]
    return Page[CommentAtDesk](items=shown, next=found.next)


@router.get("/comments/{case_number}", operation_id="get_comment")
async def get_comment(read: Reading, case_number: CaseNumber) -> CommentView:
    """A case by its number: how far it is, why it is not shown, what was answered."""
    row: CommentRow = await read.one(cases.comment(case_number))
    read.tag(row.version)
    return CommentView.of(row, await read.all(cases.exchanges_of([case_number])))


@router.get("/comments/{case_number}/contact", operation_id="get_comment_contact")
async def get_comment_contact(read: ReadingNow, case_number: CaseNumber) -> ContactView:
    """The contact in clear, for whoever asked with a reason, for ten minutes."""
    row: CommentRow = await read.one(cases.comment(case_number))
    read.check(row.region_code, unit=row.unit_code or None)
    looks = await read.all(cases.looks_of(case_number))
    mine = next((one for one in looks if one.revealed_by == read.person.actor), None)
    if mine is None:
        raise NotFound
    until = mine.revealed_at + timedelta(minutes=LOOK_MINUTES)
    if read.runtime.clock.now() > until:
        raise NotFound
    return await _contact(read, case_number, until.isoformat())


async def _contact(read: Read, case_number: str, until: str) -> ContactView:
    box = await read.first(cases.contact_of(case_number))
    if box is None:
        raise ContactNotLeft
    if read.runtime.vault is None:
        raise Unavailable
    read.response.headers["cache-control"] = "no-store"
    sealed = Sealed(subject=box.subject, key_id=box.key_id, box=box.box)
    (fields,) = await read.runtime.vault.open([sealed])
    told = {"name": ERASED, "contact": ERASED} if fields is None else dict(fields)
    return ContactView(
        case_number=case_number,
        name=told.get("name", ""),
        contact=told.get("contact", ""),
        erased=fields is None,
        until=until,
    )


async def _exchanges(read: Read, rows: Sequence[CommentRow]) -> dict[str, list[ExchangeRow]]:
    found: dict[str, list[ExchangeRow]] = defaultdict(list)
    for one in await read.all(cases.exchanges_of([row.case_number for row in rows])):
        found[one.case_number].append(one)
    return found


def _counted(
    year: int, rows: Sequence[tuple[str, str | None, bool | None, int]]
) -> CommentStatistics:
    """Sums over (status, why not shown, late, how many)."""

    def having(*statuses: CommentStatus, late: bool | None = None) -> int:
        return sum(n for one, _, is_late, n in rows if one in statuses and late in (None, is_late))

    reasons = dict.fromkeys(RejectionReason, 0)
    for _, reason, _, number in rows:
        if reason:
            reasons[RejectionReason(reason)] += number
    waiting, shown, done = CommentStatus.FILED, CommentStatus.PUBLISHED, CommentStatus.ANSWERED
    return CommentStatistics(
        year=year,
        filed=having(*CommentStatus),
        waiting=having(waiting),
        shown=having(shown, done),
        rejected=having(CommentStatus.REJECTED),
        rejected_for=reasons,
        answered=having(done),
        answered_in_time=having(done, late=False),
        overdue=having(waiting, shown, late=True),
    )
