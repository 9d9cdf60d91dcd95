"""Missing pages of statements over HTTP: whose turn it is, how old, and how it ends.

GET  /v1/page-breaks                      those that wait, or were ended
GET  /v1/page-breaks/{pages_id}           one of them
POST /v1/page-breaks/{pages_id}/transfer  somebody else asks the bank
POST /v1/page-breaks/{pages_id}/reject    the page will never come, for a reason
"""

from datetime import date, timedelta
from typing import Annotated, Final, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlmodel import col

from services.monitoring.api.intake_schemas import RejectLineBody, TransferLineBody
from services.monitoring.domain.ledger.ageing import age
from services.monitoring.domain.statement_pages import (
    PageBreakState,
    RejectPageBreak,
    TransferPageBreak,
)
from services.monitoring.projections import page_breaks as register
from services.monitoring.projections.page_breaks import PageBreakRow
from shared.domain.workdays import business_date
from shared.http.commands import Asked, CommandEndpoint
from shared.http.pages import Page, PageRequest
from shared.http.reading import Reading

DAYS_MAX: Final = 36_500
Older = Annotated[
    int | None, Query(ge=0, le=DAYS_MAX, description="Open for more than so many days.")
]
Name = Annotated[str | None, Query(max_length=100)]

router: Final = APIRouter(tags=["Treasury files"])


class PageBreakView(BaseModel):
    """One statement of which a page did not come, who asks for it, and since when."""

    pages_id: str
    region_code: str
    account: str
    series: str = Field(description="The number of the statement in its year.")
    missing: list[str] = Field(description="`4…`: nobody knows how many follow the third.")
    owner: str
    day_on: date
    opened_on: date
    age_days: int = Field(description="Until today, or until it was resolved.")
    age_workdays: int
    state: PageBreakState
    note: str
    resolved_by: str
    resolved_on: date | None

    @classmethod
    def of(cls, row: PageBreakRow, today: date) -> Self:
        """A row as it stands today."""
        passed = age(row.opened_on, row.resolved_on or today, row.region_code)
        return cls(
            **row.model_dump(exclude={"version"}),
            age_days=passed.days,
            age_workdays=passed.workdays,
        )


@router.get("/page-breaks", operation_id="list_page_breaks")
async def list_page_breaks(
    read: Reading,
    page: PageRequest,
    state: PageBreakState | None = None,
    owner: Name = None,
    older_than: Older = None,
) -> Page[PageBreakView]:
    """Statements with a page missing: whose turn it is, and how old."""
    today = read.as_of or business_date(read.runtime.clock.now())
    mine = read.scope.where(region=PageBreakRow.region_code)
    query = register.breaks_of_pages(state.value if state else None, owner).where(mine)
    if older_than is not None:
        query = query.where(col(PageBreakRow.opened_on) < today - timedelta(days=older_than))
    return await read.page(query, page, into=lambda row: PageBreakView.of(row, today))


@router.get("/page-breaks/{pages_id}", operation_id="get_page_break")
async def get_page_break(read: Reading, pages_id: str) -> PageBreakView:
    """One statement with a page missing."""
    row = await read.one(register.page_break(pages_id))
    read.check(row.region_code)
    read.tag(row.version)
    return PageBreakView.of(row, business_date(read.runtime.clock.now()))


def transfer_page_break(asked: Asked, pages_id: str, body: TransferLineBody) -> TransferPageBreak:
    """Say who asks the bank for the page."""
    return TransferPageBreak(pages_id=pages_id, owner=body.owner, by=asked.actor, now=asked.now)


def reject_page_break(asked: Asked, pages_id: str, body: RejectLineBody) -> RejectPageBreak:
    """Say why the page will never come."""
    return RejectPageBreak(pages_id=pages_id, note=body.note, by=asked.actor, now=asked.now)


PAGE_BREAK_COMMANDS: Final = (
    CommandEndpoint(
        path="/page-breaks/{pages_id}/transfer",
        translate=transfer_page_break,
        tag="Treasury files",
    ),
    CommandEndpoint(
        path="/page-breaks/{pages_id}/reject", translate=reject_page_break, tag="Treasury files"
    ),
)
PAGE_BREAK_EXAMPLES: Final = {
    "transfer_page_break": {"owner": "国库科 阿依古丽"},
    "reject_page_break": {"note": "经银行确认，该对账单仅一页，页码有误"},
}
