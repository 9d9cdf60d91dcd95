"""Everything that is owed to the public, item by item, and how far each has come."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlmodel import DateTime, Field, col, false, func, or_, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.disclosure.domain.content import digest
from services.disclosure.domain.item_words import (
    Item,
    ItemArchived,
    ItemCorrected,
    ItemEntryNoted,
    ItemOverdue,
    ItemOwed,
    ItemPrepared,
    ItemPublished,
    ItemRestated,
    ItemWithheld,
    SecrecyReviewed,
    TermStarted,
    WithholdingExpired,
)
from services.disclosure.domain.values import COVERED, ItemKind
from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class ItemStatus(StrEnum):
    """How far an item has come."""

    OWED = "OWED"
    PREPARED = "PREPARED"
    REVIEWED = "REVIEWED"
    PUBLISHED = "PUBLISHED"
    WITHHELD = "WITHHELD"
    ARCHIVED = "ARCHIVED"


UNTOLD: Final = (ItemStatus.OWED.value, ItemStatus.PREPARED.value, ItemStatus.REVIEWED.value)


class DisclosureRow(Table, table=True):
    """An item. `version` is that of its stream, for `If-Match`."""

    __tablename__ = "disclosure_register"

    item_id: str = Field(primary_key=True)
    kind: str = Field(index=True)
    channel: str
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    department_code: str | None = None
    unit_code: str
    project_code: str = Field(index=True)
    title: str
    status: str = ItemStatus.OWED.value
    due_on: date | None = None
    overdue: bool = False
    published_on: date | None = None
    url: str = ""
    content_sha256: str | None = None
    legal_basis: str | None = None
    authority: str | None = None
    expires_on: date | None = None
    corrected_on: date | None = None
    version: int
    starts_on: date | None = None
    published_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    file_sha256: str = ""
    shown_in: str = ""
    protects: str = ""
    archived_on: date | None = None


def _project(recorded: AnyRecorded) -> Iterable[Change]:  # noqa: C901 - one match
    match recorded.event:
        case ItemOwed() as owed:
            yield _owed(recorded, owed)
        case TermStarted() as term:
            begun = {"starts_on": term.starts_on} if term.starts_on else {}
            yield _set(recorded, due_on=term.due_on, overdue=False, **begun)
        case ItemPrepared():
            yield _set(recorded, status=ItemStatus.PREPARED.value)
        case SecrecyReviewed(cleared=cleared):
            yield _set(recorded, status=(ItemStatus.REVIEWED if cleared else ItemStatus.OWED).value)
        case ItemPublished() as told:
            yield _set(
                recorded,
                status=ItemStatus.PUBLISHED.value,
                published_on=told.published_on,
                published_at=told.published_at,
                url=told.url,
                file_sha256=told.file_sha256,
                shown_in=told.column,
                content_sha256=digest(told.content),
            )
        case ItemWithheld() as withheld:
            yield _set(
                recorded,
                status=ItemStatus.WITHHELD.value,
                legal_basis=withheld.legal_basis,
                authority=withheld.authority,
                expires_on=withheld.expires_on,
                protects=withheld.protects,
            )
        case WithholdingExpired():
            yield _set(recorded, status=ItemStatus.OWED.value)
        case ItemCorrected() as corrected:
            sha256 = digest(corrected.content)
            yield _set(recorded, corrected_on=corrected.corrected_on, content_sha256=sha256)
        case ItemRestated() | ItemEntryNoted():
            yield _set(recorded)
        case ItemArchived(archived_on=day):
            yield _set(recorded, status=ItemStatus.ARCHIVED.value, archived_on=day)
        case ItemOverdue():
            yield _set(recorded, overdue=True)
        case _:
            return


def _owed(recorded: AnyRecorded, owed: ItemOwed) -> Change:
    item: Item = owed.item
    return Put(
        DisclosureRow,
        {
            "item_id": item.item_id,
            "kind": item.kind.value,
            "channel": item.channel.value,
            "fiscal_year": item.fiscal_year,
            "region_code": item.region_code,
            "department_code": item.department_code,
            "unit_code": item.unit_code,
            "project_code": item.project_code,
            "title": item.title,
            "due_on": owed.due_on,
            "starts_on": owed.starts_on,
            "version": recorded.version,
        },
    )


def _set(recorded: AnyRecorded, **values: object) -> Change:
    return Set(DisclosureRow, {"item_id": recorded.id}, {**values, "version": recorded.version})


disclosure_register = Projection(
    name="disclosure_register", tables=(DisclosureRow,), project=_project
)


def items(
    span: Span, kind: ItemKind | None = None, status: ItemStatus | None = None
) -> SelectOfScalar[DisclosureRow]:
    """What is owed for the year."""
    rows = select(DisclosureRow).where(
        span.regions(DisclosureRow.region_code), DisclosureRow.fiscal_year == span.fiscal_year
    )
    if kind is not None:
        rows = rows.where(DisclosureRow.kind == kind.value)
    return rows if status is None else rows.where(DisclosureRow.status == status.value)


def covered_items(span: Span) -> SelectOfScalar[DisclosureRow]:
    """What 三覆盖 measures."""
    kinds = [kind.value for kind in COVERED]
    return items(span).where(col(DisclosureRow.kind).in_(kinds))


def item(item_id: str) -> SelectOfScalar[DisclosureRow]:
    """One item."""
    return select(DisclosureRow).where(DisclosureRow.item_id == item_id)


def told_on(span: Span) -> Any:  # noqa: ANN401 - a condition
    """Told by that day."""
    return col(DisclosureRow.published_on) <= span.as_of


def withheld_on(span: Span) -> Any:  # noqa: ANN401 - a condition
    """Withheld on that day: its last day counts, and ends it, marked or not."""
    return col(DisclosureRow.expires_on) >= span.as_of


def open_on(span: Span) -> Any:  # noqa: ANN401 - a condition
    """Neither told nor withheld on that day; what was told later was open still."""
    return ~func.coalesce(or_(told_on(span), withheld_on(span)), false())


def coverage(span: Span) -> Select[str, int, int, int]:
    """Kind by kind: owed, published, validly withheld."""
    return (
        select(
            DisclosureRow.kind,
            func.count(),
            func.count().filter(told_on(span)),
            func.count().filter(withheld_on(span)),
        )
        .where(
            span.regions(DisclosureRow.region_code),
            DisclosureRow.fiscal_year == span.fiscal_year,
        )
        .group_by(col(DisclosureRow.kind))
    )


def overdue_by_kind(span: Span) -> Select[str, int]:
    """Kind by kind: what should have been told by then, was not, and is not withheld."""
    return (
        select(DisclosureRow.kind, func.count())
        .where(
            span.regions(DisclosureRow.region_code),
            DisclosureRow.fiscal_year == span.fiscal_year,
            col(DisclosureRow.due_on) < span.as_of,
            open_on(span),
        )
        .group_by(col(DisclosureRow.kind))
    )


def told_by_channel(span: Span) -> Select[str, int, int]:
    """Channel by channel: owed and published."""
    return (
        select(
            DisclosureRow.channel,
            func.count(),
            func.count().filter(told_on(span)),
        )
        .where(
            span.regions(DisclosureRow.region_code),
            DisclosureRow.fiscal_year == span.fiscal_year,
        )
        .group_by(col(DisclosureRow.channel))
    )
