"""One project with its whole life, and one item of what the public is told about it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlmodel import col, select

from services.disclosure.api.loop.lives import life_on
from services.disclosure.portal.content_fields import subjects_in
from services.disclosure.portal.explaining import explanations
from services.disclosure.portal.life import Life
from services.disclosure.portal.listing import project_names, unit_names
from services.disclosure.portal.visit import Facts, Visit
from services.disclosure.projections import loop
from services.disclosure.projections.disclosure_register import DisclosureRow, item
from services.disclosure.projections.loop import ProjectKey
from services.disclosure.projections.monitoring_register import MonitoringRow
from services.disclosure.projections.project_register import ProjectRow
from services.disclosure.projections.published_content import (
    ContentRow,
    content_of,
    corrections_of,
)
from shared.domain.refusals import NotFound
from shared.http.reading import Read
from shared.http.told_words import numbers_of

ITEM_STREAM: Final = "item-"


async def project(visit: Visit, project_code: str) -> Facts:
    """A project from the assessment before to the public after; what is missing is named."""
    years = await visit.read.all(
        select(ProjectRow.fiscal_year)
        .where(ProjectRow.project_code == project_code)
        .order_by(col(ProjectRow.fiscal_year))
    )
    if not years:
        raise NotFound
    asked = visit.request.query_params.get("fiscal_year")
    year = visit.span.fiscal_year if asked or visit.span.fiscal_year in years else years[-1]
    key = ProjectKey(project_code=project_code, fiscal_year=year)
    life = await life_of(visit.read, key, visit.span.as_of)
    return {
        "life": life,
        "years": years,
        "unit": await unit_names(visit.read, {life.project.unit_code}),
        "way": [*visit.site.way_to(life.project.region_code), life.project.region_code],
        "following": await project_names(visit.read, {cut.project_code for cut in life.cuts}),
        "explanations": explanations(life),
    }


async def life_of(read: Read, key: ProjectKey, day: date) -> Life:
    """Everything the registers know of a project."""
    known = await life_on(read, await read.one(loop.project(key)), day)
    watched = select(MonitoringRow).where(
        MonitoringRow.project_code == key.project_code,
        MonitoringRow.fiscal_year == key.fiscal_year,
    )
    return Life(
        known=known,
        contents=await _contents(read, known.disclosures),
        nodes=await read.all(watched.order_by(col(MonitoringRow.node))),
        evaluations=await read.all(loop.evaluations(key)),
        recoveries=await read.all(loop.recoveries(key)),
    )


async def _contents(read: Read, told: Sequence[DisclosureRow]) -> Mapping[str, Mapping[str, Any]]:
    """What each kind of item says today; of the items that have been told."""
    kinds = {row.item_id: row.kind for row in told}
    asked = select(ContentRow).where(col(ContentRow.item_id).in_(kinds))
    return {kinds[row.item_id]: row.content for row in await read.all(asked)}


async def told_item(visit: Visit, item_id: str) -> Facts:
    """An item with what it tells, how that was corrected, and where it stands in the log."""
    row = await visit.read.one(item(item_id))
    content = await visit.read.first(content_of(item_id))
    return {
        "item": row,
        "content": content.content if content else None,
        "corrections": await visit.read.all(corrections_of(item_id)),
        "numbers": await numbers_of(visit.read.runtime, f"{ITEM_STREAM}{item_id}"),
        "units": await unit_names(
            visit.read, {row.unit_code, *subjects_in(content.content if content else None)}
        ),
        "projects": await project_names(visit.read, {row.project_code}),
    }
