"""Questions about one ledger: its statement on any date, its papers, freezes and contracts."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query

from services.monitoring.api.ledger_views import (
    BalancesView,
    BookingView,
    CommitmentView,
    FreezeView,
    QuotaDocumentView,
    ReturnView,
    StatementView,
)
from services.monitoring.api.money_queries import Year, owned
from services.monitoring.domain.values import project_id
from services.monitoring.projections import commitment_register, payment_list, quota_book
from services.monitoring.projections import statement as statements
from services.monitoring.projections.statement import SUMS, Around, Place, Question
from shared.contracts.fields import Day
from shared.domain.refusals import NotFound
from shared.domain.workdays import business_date
from shared.http.pages import Page, PageRequest, Paging
from shared.http.problems import FieldsInvalid
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Money"])
_LEDGER: Final = "/ledgers/{project_code}/{fiscal_year}"
On = Annotated[Day | None, Query(description="The last day; none: today.")]
FromOn = Annotated[Day | None, Query(description="The first day; none: from the beginning.")]


@router.get(f"{_LEDGER}/statement", operation_id="get_statement")
async def get_statement(  # noqa: PLR0913, PLR0917 - a request is what it is
    read: Reading,
    page: PageRequest,
    project_code: str,
    fiscal_year: Year,
    on: On = None,
    from_on: FromOn = None,
) -> StatementView:
    """Every booking by its booking date, with opening, running and closing balance.

    Bookings of one day stand in the order in which the ledger booked them.
    With `as_of` it is the statement as it was known at the end of that day.
    """
    first, last = between(read, on, from_on)
    ledger_id = project_id(project_code, fiscal_year)
    around, items, following = await _bookings(read, page, ledger_id, (first, last))
    return StatementView(
        ledger_id=ledger_id,
        project_code=around.whose.project_code,
        fiscal_year=around.whose.fiscal_year,
        from_on=from_on,
        on=last,
        opening=BalancesView.of(around.opening),
        items=items,
        closing=BalancesView.of(around.closing),
        next=following,
    )


def between(read: Read, on: date | None, from_on: date | None) -> tuple[date, date]:
    """The days of a statement: from the beginning, and until today or the day it is `as_of`."""
    last = on or read.as_of or business_date(read.runtime.clock.now())
    first = from_on or date.min
    if first > last:
        raise FieldsInvalid(
            "The first day comes after the last.",
            pointer="/from_on",
            remedy="Ask for a from_on that is not later than on.",
        )
    return first, last


async def asked(read: Read, question: Question) -> Sequence[Any]:
    """The rows that answer a question about statements."""
    return (await read.session.execute(question.query, question.values)).all()


async def balances_around(
    read: Read, ledger_id: str, first: date, last: date
) -> tuple[dict[str, int], dict[str, int]]:
    """What every account held before the first day, and at the end of the last."""
    (sums,) = await asked(read, statements.balances(ledger_id, first, last))
    fen = [int(value) for value in sums]
    middle = len(SUMS)
    opening, closing = fen[:middle], fen[middle:]
    return dict(zip(SUMS, opening, strict=True)), dict(zip(SUMS, closing, strict=True))


async def _bookings(
    read: Read, page: Paging, ledger_id: str, days: tuple[date, date]
) -> tuple[Around, list[BookingView], str | None]:
    """A page of bookings, of a ledger that the caller may see; its version as the tag."""
    seen = page.after([date, int, int])
    after = None if seen is None else Place(*seen)
    question = statements.page(ledger_id, days, after, page.limit + 1)
    told = statements.paged(await asked(read, question))
    if told is None:
        raise NotFound
    around, found = told
    whose = around.whose
    read.check(whose.region_code, department=whose.department_code, unit=whose.unit_code)
    read.tag(whose.version)
    available = around.so_far
    shown: list[BookingView] = []
    for booking in found[: page.limit]:
        available += booking.appropriated_fen
        shown.append(BookingView.of(booking, available))
    more = len(found) > page.limit
    return around, shown, page.lead_to(found[page.limit - 1].place) if more else None


@router.get(f"{_LEDGER}/returns", operation_id="list_returns")
async def list_returns(
    read: Reading, page: PageRequest, project_code: str, fiscal_year: Year
) -> Page[ReturnView]:
    """What came back to a project in one year."""
    row = await owned(read, project_code, fiscal_year)
    return await read.page(payment_list.returns(row.ledger_id), page, into=ReturnView.of)


@router.get(f"{_LEDGER}/quota-documents", operation_id="list_quota_documents")
async def list_quota_documents(
    read: Reading, page: PageRequest, project_code: str, fiscal_year: Year
) -> Page[QuotaDocumentView]:
    """The documents that made, changed or took back the quota."""
    row = await owned(read, project_code, fiscal_year)
    return await read.page(quota_book.documents(row.ledger_id), page, into=QuotaDocumentView.of)


@router.get(f"{_LEDGER}/freezes", operation_id="list_freezes")
async def list_freezes(
    read: Reading, page: PageRequest, project_code: str, fiscal_year: Year
) -> Page[FreezeView]:
    """What is held or was, and until when."""
    row = await owned(read, project_code, fiscal_year)
    return await read.page(quota_book.freezes(row.ledger_id), page, into=FreezeView.of)


@router.get(f"{_LEDGER}/commitments", operation_id="list_commitments")
async def list_commitments(
    read: Reading, page: PageRequest, project_code: str, fiscal_year: Year
) -> Page[CommitmentView]:
    """The contracts of a project, and what is still owed on them."""
    row = await owned(read, project_code, fiscal_year)
    query = commitment_register.commitments(row.ledger_id)
    return await read.page(query, page, into=CommitmentView.of)
