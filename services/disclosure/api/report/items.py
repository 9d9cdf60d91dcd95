"""The items of a figure: one list per figure, with the rule by which they add up to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel, Field

from services.disclosure.api.report.asked import Standing
from services.disclosure.projections.counted import Counted
from services.disclosure.projections.span import Span
from shared.domain.money import Money
from shared.http.pages import Paging
from shared.http.reading import Read


class Rule(StrEnum):
    """How items add up."""

    COUNT = "COUNT"
    """The number of different `counts`."""
    SUM = "SUM"
    """The sum of `value`."""
    VALUE = "VALUE"
    """The `value` of the first item."""
    LIST = "LIST"
    """The different `value`s."""
    SHARE = "SHARE"
    """Items with `value` 1, divided by those with a value at all; by `group`, if there is one."""


class FigureItem(BaseModel):
    """One thing that a figure was counted from."""

    id: str = Field(examples=["KS-0001"])
    counts: str = Field(description="Equal texts count once.", examples=["653100001"])
    value: str = Field(default="", description="What it adds.", examples=["1000000.00"])
    group: str = Field(default="", description="Where the figure has one value per group.")
    region_code: str = ""
    unit_code: str = ""
    project_code: str = ""
    day: date | None = None


class FigureItems(Standing):
    """A page of the items of a figure."""

    id: str = Field(examples=["F06"])
    label: str
    unit: str
    rule: Rule
    value: str = Field(description="What all pages together add up to.", examples=["253"])
    items: list[FigureItem]
    next: str | None = Field(default=None, description="Cursor of the next page.", examples=[None])


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Items that are rows of a register; `says` tells what a row adds."""

    rule: Rule
    counted: Counted
    says: Callable[[Any, Span], str] | None = None
    group: str = ""
    order: Sequence[object] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Few[Whole]:
    """Items that are few by nature and not rows: steps of the process, channels."""

    rule: Rule
    items: Callable[[Whole], Sequence[FigureItem]]


async def figure_of(read: Read, span: Span, counted: Counted) -> int:
    """How many, or how much; nothing is zero."""
    found: int | None = await read.scalar(counted.figure(span))
    return int(found or 0)


def money_or_number(found: int, counted: Counted) -> str:
    """As the figure is told: fen as yuan, anything else as a whole number."""
    return str(Money(found)) if counted.amount.endswith("_fen") else str(found)


def rule_of(counted: Counted) -> Rule:
    """How the rows add up to the figure."""
    return Rule.SUM if counted.amount or counted.each else Rule.COUNT


async def page_of(
    read: Read, span: Span, rows: Rows, page: Paging
) -> tuple[list[FigureItem], str | None]:
    """A page of the rows as items."""
    found = await read.page(
        rows.counted.rows(span), page, order=rows.order, into=lambda row: item_of(row, rows, span)
    )
    return found.items, found.next


def item_of(row: Any, rows: Rows, span: Span) -> FigureItem:  # noqa: ANN401 - a row of any register
    """A row of a register as an item."""
    counted = rows.counted
    return FigureItem(
        id=str(getattr(row, counted.name)),
        counts=str(getattr(row, counted.counts)),
        value=rows.says(row, span) if rows.says else _added(row, counted),
        group=str(getattr(row, rows.group)) if rows.group else "",
        region_code=_text(row, "region_code"),
        unit_code=_text(row, "unit_code"),
        project_code=_text(row, "project_code"),
        day=getattr(row, counted.day) if counted.day else None,
    )


def _added(row: Any, counted: Counted) -> str:  # noqa: ANN401 - a row of any register
    if not counted.amount:
        return "1" if counted.each else ""
    amount: int = getattr(row, counted.amount)
    return money_or_number(amount, counted)


def _text(row: Any, name: str) -> str:  # noqa: ANN401 - a row of any register
    return str(getattr(row, name, "") or "")


BINARY: Final[Mapping[str, Any]] = {"schema": {"type": "string", "format": "binary"}}
