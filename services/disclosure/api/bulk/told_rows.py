"""What was told of an item, as a row: any content, and a target with what it promises."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import JsonValue
from sqlmodel import col, select

from services.disclosure.api.views import View
from services.disclosure.domain.values import ItemKind
from services.disclosure.projections.disclosure_register import DisclosureRow, ItemStatus
from services.disclosure.projections.published_content import ContentRow
from shared.http.snapshots import Snapshot


class ContentView(View):
    """What an item tells, word for word as it stands on the day."""

    item_id: str
    kind: str
    fiscal_year: int
    region_code: str
    unit_code: str
    project_code: str
    published_on: date | None
    corrected_on: date | None
    content_sha256: str | None
    content: dict[str, JsonValue]


class TargetView(View):
    """A target as it was told: the goal of the year, the money, the indicators."""

    item_id: str
    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    project_name: str
    budget: str | None
    annual_goal: str
    target_version: int | None
    published_on: date | None
    corrected_on: date | None
    indicators: list[JsonValue]


def contents_told(_day: date) -> Any:  # noqa: ANN401 - a select of two tables
    """Every item that tells something, with what it tells."""
    return select(DisclosureRow, ContentRow).where(
        col(ContentRow.item_id) == col(DisclosureRow.item_id)
    )


def targets_told(day: date) -> Any:  # noqa: ANN401 - a select of two tables
    """The targets that were published."""
    return contents_told(day).where(
        DisclosureRow.kind == ItemKind.TARGET.value,
        DisclosureRow.status == ItemStatus.PUBLISHED.value,
    )


async def contents_shown(_registers: Snapshot, batch: Sequence[Any]) -> Sequence[ContentView]:
    """Items with their contents as rows."""
    return [
        ContentView.model_validate({**item.model_dump(), "content": told.content})
        for item, told in batch
    ]


async def targets_shown(_registers: Snapshot, batch: Sequence[Any]) -> Sequence[TargetView]:
    """Told targets as rows."""
    return [target_shown(item, told) for item, told in batch]


def target_shown(item: DisclosureRow, told: ContentRow) -> TargetView:
    """One told target; a field that was not told is empty."""
    content: dict[str, Any] = told.content
    return TargetView.model_validate(
        {
            **item.model_dump(),
            "project_name": content.get("project_name", ""),
            "budget": content.get("budget"),
            "annual_goal": content.get("annual_goal", ""),
            "target_version": content.get("target_version"),
            "indicators": content.get("indicators", []),
        }
    )
