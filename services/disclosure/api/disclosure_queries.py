"""Whether all is told that is owed: balance, calendar, what is late, what is withheld, history."""

from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from pydantic import JsonValue

from services.disclosure.api.disclosure_views import (
    BalanceRow,
    BalanceView,
    CalendarDay,
    CalendarView,
    DisclosableFields,
    DisclosableKind,
    HistoryView,
    OverdueView,
    ReplyView,
    WithheldView,
    WithholdingKey,
)
from services.disclosure.api.spans import Asked
from services.disclosure.api.views import DisclosureView
from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.api.withholding_signing import WithholdingSigner, document
from services.disclosure.domain.allowed import FACTS, SUPPLEMENT, Shape
from services.disclosure.domain.protection import CITATIONS
from services.disclosure.domain.values import ItemKind
from services.disclosure.projections.disclosure_register import DisclosureRow, item
from services.disclosure.projections.item_history import history
from services.disclosure.projections.owed_sums import (
    Holder,
    balance,
    calendar,
    late_items,
    months_due,
)
from services.disclosure.projections.reply_register import replies
from services.disclosure.projections.span import Span
from services.disclosure.projections.withholding_register import (
    WithholdingRow,
    withholding,
    withholdings,
)
from shared.contracts.fields import Day
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading, ReadingNow

router: Final = APIRouter(tags=["Disclosures"])

CODE: Final = Query(min_length=1, max_length=100)
CALENDAR_DAYS_MAX: Final = 1_100
ItemId = Annotated[str, Path(min_length=1, max_length=200)]


@router.get("/budget-replies", operation_id="list_budget_replies")
async def list_budget_replies(read: Reading, span: Asked, page: PageRequest) -> Page[ReplyView]:
    """The replies for the year: the days from which terms run."""
    return await read.page(replies(span), page, into=ReplyView.model_validate)


@router.get("/disclosures/balance", operation_id="get_disclosure_balance")
async def get_disclosure_balance(
    read: Reading,
    span: Asked,
    by: Annotated[Holder, Query(description="For whom it is struck.")] = Holder.UNIT,
    unit: Annotated[str | None, CODE] = None,
    department: Annotated[str | None, CODE] = None,
) -> BalanceView:
    """Published + withheld + open = owed, for every unit, department or region."""
    found = await read.rows(balance(span, by, unit, department))
    rows = [_balance_row(*one) for one in found]
    total = _balance_row(span.region_code, "", "", *_sums(rows))
    return BalanceView(
        fiscal_year=span.fiscal_year,
        by=by.value,
        total=total,
        balanced=all(one.owed == one.published + one.withheld + one.open for one in rows),
        rows=rows,
    )


def _sums(rows: list[BalanceRow]) -> tuple[int, int, int, int, int]:
    return (
        sum(one.owed for one in rows),
        sum(one.published for one in rows),
        sum(one.withheld for one in rows),
        sum(one.open for one in rows),
        sum(one.overdue for one in rows),
    )


def _balance_row(region: str, department: str, unit: str, *counts: int) -> BalanceRow:
    owed, published, withheld, open_, overdue = counts
    return BalanceRow(
        region_code=region,
        department_code=department,
        unit_code=unit,
        owed=owed,
        published=published,
        withheld=withheld,
        open=open_,
        overdue=overdue,
    )


@router.get("/disclosures/calendar", operation_id="get_disclosure_calendar")
async def get_disclosure_calendar(
    read: Reading,
    span: Asked,
    since: Annotated[Day | None, Query(description="The year's first day by default.")] = None,
    until: Annotated[Day | None, Query(description="Half a year after it by default.")] = None,
) -> CalendarView:
    """What falls due when, day by day and kind by kind, and how much of it is done."""
    first = since or date(span.fiscal_year, 1, 1)
    last = min(until or date(span.fiscal_year + 1, 6, 30), first + timedelta(CALENDAR_DAYS_MAX))
    days = [
        _calendar_day(span, *row) for row in await read.rows(calendar(span, first, last))
    ] + await _months(read, span, first, last)
    days.sort(key=lambda one: (one.due_on, one.channel, one.kind))
    coming = [one.due_on for one in days if one.days_left >= 0 and one.open]
    following = min(coming, default=None)
    return CalendarView(
        fiscal_year=span.fiscal_year,
        next_due_on=following,
        days_left=(following - span.as_of).days if following else None,
        overdue=sum(one.overdue for one in days),
        days=days,
    )


def _calendar_day(span: Span, due_on: date, channel: str, kind: str, *counts: int) -> CalendarDay:
    owed, published, withheld, open_, overdue = counts
    return CalendarDay(
        due_on=due_on,
        days_left=(due_on - span.as_of).days,
        channel=channel,
        kind=kind,
        label=VOCABULARY["ItemKind"].get(kind, VOCABULARY["Channel"].get(kind, (kind,)))[0],
        owed=owed,
        published=published,
        withheld=withheld,
        open=open_,
        overdue=overdue,
    )


async def _months(read: Read, span: Span, first: date, last: date) -> list[CalendarDay]:
    """The monthly bulletins, one line a day."""
    lines: dict[date, list[int]] = {}
    for row in await read.all(months_due(span, first, last)):
        if row.due_on is not None:
            told = int(row.issued_on is not None and row.issued_on <= span.as_of)
            late = int(not told and row.due_on < span.as_of)
            before = lines.get(row.due_on, [0, 0, 0, 0, 0])
            added = (1, told, 0, 1 - told, late)
            lines[row.due_on] = [a + b for a, b in zip(before, added, strict=True)]
    return [_calendar_day(span, day, "MONTHLY", "MONTHLY", *n) for day, n in lines.items()]


@router.get("/disclosures/overdue", operation_id="list_overdue_disclosures")
async def list_overdue_disclosures(
    read: Reading, span: Asked, page: PageRequest, kind: ItemKind | None = None
) -> Page[OverdueView]:
    """What should have been told by now, the longest overdue first."""

    def aged(row: DisclosureRow) -> OverdueView:
        shown = DisclosureView.model_validate(row).model_dump()
        age = (span.as_of - row.due_on).days if row.due_on else 0
        return OverdueView.model_validate({**shown, "age_days": age})

    rows = late_items(span, kind.value if kind else None)
    return await read.page(rows, page, order=[DisclosureRow.due_on], into=aged)


@router.get("/disclosures/withheld", operation_id="list_withheld_disclosures")
async def list_withheld_disclosures(
    read: Reading,
    span: Asked,
    page: PageRequest,
    *,
    ended: Annotated[bool, Query(description="Also what is no longer withheld.")] = False,
) -> Page[WithheldView]:
    """The withholding register: what is not told, on which ground, by whom, until when, signed."""
    signer = WithholdingSigner(read.runtime.settings.webhook_master)
    rows = withholdings(span, ended=ended)
    return await read.page(rows, page, into=lambda row: _signed(row, signer))


@router.get("/disclosures/withheld/key", operation_id="get_withholding_key")
async def get_withholding_key(read: ReadingNow) -> WithholdingKey:
    """The key by which anybody verifies a withholding."""
    signer = WithholdingSigner(read.runtime.settings.webhook_master)
    return WithholdingKey.model_validate(signer.jwk)


@router.get("/disclosures/withheld/{item_id}", operation_id="get_withheld_disclosure")
async def get_withheld_disclosure(read: Reading, item_id: ItemId) -> WithheldView:
    """One withholding, signed."""
    row = await read.one(withholding(item_id))
    return _signed(row, WithholdingSigner(read.runtime.settings.webhook_master))


def _signed(row: WithholdingRow, signer: WithholdingSigner) -> WithheldView:
    fact = document(row)
    return WithheldView.model_validate(
        {**row.model_dump(), "signature": signer.sign(fact), "signed": fact}
    )


@router.get("/disclosures/fields", operation_id="list_disclosable_fields")
async def list_disclosable_fields(_read: ReadingNow) -> DisclosableFields:
    """What may be told of each kind, and the grounds on which something may be withheld."""
    labels = VOCABULARY["ItemKind"]
    beside = _shown(SUPPLEMENT)
    return DisclosableFields(
        kinds=[
            DisclosableKind(
                kind=kind.value, label=labels[kind.value][0], facts=_shown(shape), beside=beside
            )
            for kind, shape in FACTS.items()
        ],
        protections={one.value: cited for one, cited in CITATIONS.items()},
    )


def _shown(shape: Shape) -> dict[str, JsonValue]:
    return {name: _shown(inner) if inner else None for name, inner in shape.items()}


@router.get("/disclosures/{item_id}/history", operation_id="get_disclosure_history")
async def get_disclosure_history(
    read: Reading, item_id: ItemId, page: PageRequest
) -> Page[HistoryView]:
    """Everything that happened to an item, corrections field by field with their reasons."""
    await read.one(item(item_id))
    return await read.page(history(item_id), page, into=HistoryView.model_validate)
