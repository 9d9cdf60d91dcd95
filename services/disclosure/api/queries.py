"""What is owed to the public and what it was told: items, coverage, months, channels."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from services.disclosure.api.report.figures import share
from services.disclosure.api.report.year import coverage_of
from services.disclosure.api.spans import Asked
from services.disclosure.api.views import (
    BulletinView,
    CorrectionView,
    DisclosureDetail,
    DisclosureView,
)
from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.domain.values import MONTHS_OF_A_YEAR, Channel, ItemKind
from services.disclosure.projections.bulletin_register import BulletinRow, bulletins
from services.disclosure.projections.disclosure_register import (
    DisclosureRow,
    ItemStatus,
    item,
    items,
    overdue_by_kind,
    told_by_channel,
)
from services.disclosure.projections.owed_sums import countdown
from services.disclosure.projections.published_content import content_of, corrections_of
from services.disclosure.projections.span import Span
from shared.http.pages import Page, PageRequest
from shared.http.reading import Reading

router: Final = APIRouter(tags=["Disclosures"])


class ChannelView(BaseModel):
    """One of the four disclosures."""

    channel: Channel
    label: str
    owed: int
    published: int


class ChannelsView(BaseModel):
    """四公开: `count` are those through which something was told."""

    count: int
    channels: list[ChannelView]


class KindCoverage(BaseModel):
    """Published ÷ (owed less validly withheld)."""

    kind: ItemKind
    label: str
    owed: int
    withheld: int
    published: int
    overdue: int
    coverage: str = Field(examples=["1.0000"])
    open: int = 0
    without_term: int = Field(default=0, description="Open, and no term has begun.")
    next_due_on: date | None = None
    days_left: int | None = Field(default=None, description="Days until the next one is due.")
    oldest_overdue_on: date | None = None
    oldest_overdue_days: int | None = None


class CoverageView(BaseModel):
    """三覆盖, in the order of the source report."""

    fiscal_year: int
    kinds: list[KindCoverage]


class MonthlyView(BaseModel):
    """每月一公开: which months of the year were told."""

    year: int
    months: int = MONTHS_OF_A_YEAR
    published_months: int
    bulletins: list[BulletinView]


@router.get("/disclosures", operation_id="list_disclosures")
async def list_disclosures(
    read: Reading,
    span: Asked,
    page: PageRequest,
    kind: ItemKind | None = None,
    status: ItemStatus | None = None,
) -> Page[DisclosureView]:
    """Everything that is owed for the year, published, withheld or late."""
    return await read.page(items(span, kind, status), page, into=DisclosureView.model_validate)


@router.get("/disclosures/channels", operation_id="list_disclosure_channels")
async def list_disclosure_channels(read: Reading, span: Asked) -> ChannelsView:
    """The four disclosures and how much was told through each; adds up to F32."""
    told = {channel: (owed, n) for channel, owed, n in await read.rows(told_by_channel(span))}
    months = await read.all(bulletins(span))
    issued = [row for row in months if row.issued_on and row.issued_on <= span.as_of]
    daily, done = told.get(Channel.MONTHLY.value, (0, 0))
    told[Channel.MONTHLY.value] = (daily + len(months), done + len(issued))
    labels = VOCABULARY["Channel"]
    found = [(channel, *told.get(channel.value, (0, 0))) for channel in Channel]
    return ChannelsView(
        count=sum(1 for _, _, published in found if published),
        channels=[
            ChannelView(channel=c, label=labels[c.value][0], owed=owed, published=published)
            for c, owed, published in found
        ],
    )


@router.get("/disclosures/coverage", operation_id="get_disclosure_coverage")
async def get_disclosure_coverage(read: Reading, span: Asked) -> CoverageView:
    """How much of what is owed was told, kind by kind; adds up to F33."""
    late = dict(await read.rows(overdue_by_kind(span)))
    counted = {kind: rest for kind, *rest in await read.rows(countdown(span))}
    labels = VOCABULARY["ItemKind"]
    return CoverageView(
        fiscal_year=span.fiscal_year,
        kinds=[
            KindCoverage(
                kind=ItemKind(kind),
                label=labels[kind][0],
                owed=told.owed,
                withheld=told.withheld,
                published=told.published,
                overdue=late.get(kind, 0),
                coverage=share(told.ratio),
                **_countdown(span, counted.get(kind)),
            )
            for kind, told in (await coverage_of(read, span)).items()
        ],
    )


def _countdown(span: Span, counted: Sequence[Any] | None) -> dict[str, Any]:
    """What is still to come, and how long what is late has been late."""
    open_, without_term, following, oldest = counted or (0, 0, None, None)
    return {
        "open": open_,
        "without_term": without_term,
        "next_due_on": following,
        "days_left": (following - span.as_of).days if following else None,
        "oldest_overdue_on": oldest,
        "oldest_overdue_days": (span.as_of - oldest).days if oldest else None,
    }


@router.get("/disclosures/monthly", operation_id="get_monthly_disclosure")
async def get_monthly_disclosure(read: Reading, span: Asked) -> MonthlyView:
    """The bulletins of the year's months; adds up to F34."""
    rows = await read.all(bulletins(span))
    told = [row for row in rows if row.issued_on and row.issued_on <= span.as_of]
    shown = sorted(told, key=lambda row: (row.month, row.region_code))
    return MonthlyView(
        year=span.fiscal_year,
        published_months=len({row.month for row in told}),
        bulletins=[BulletinView.model_validate(row) for row in shown],
    )


@router.get("/disclosures/{item_id}", operation_id="get_disclosure")
async def get_disclosure(
    read: Reading, item_id: Annotated[str, Path(min_length=1, max_length=200)]
) -> DisclosureDetail:
    """An item with what it tells today, and every correction of it."""
    row: DisclosureRow = await read.one(item(item_id))
    read.tag(row.version)
    content = await read.first(content_of(item_id))
    corrections = await read.all(corrections_of(item_id))
    shown = DisclosureView.model_validate(row)
    return DisclosureDetail.model_validate(
        {
            **shown.model_dump(),
            "content": content.content if content else None,
            "corrections": [CorrectionView.model_validate(row) for row in corrections],
        }
    )


@router.get("/bulletins", operation_id="list_bulletins", tags=["Bulletins and reports"])
async def list_bulletins(read: Reading, span: Asked, page: PageRequest) -> Page[BulletinView]:
    """The bulletins of the year, owed and issued."""
    order = [BulletinRow.month, BulletinRow.region_code]
    return await read.page(bulletins(span), page, order=order, into=BulletinView.model_validate)
