"""What the standards tell of: projects whose target binds, with everything told of each.

The same projects as those that `GET /v1/projects?with_target=true` lists, in the order of keys.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import and_, col, func, literal, select

from services.disclosure.domain.values import ItemKind
from services.disclosure.projections.disclosure_register import DisclosureRow, ItemStatus
from services.disclosure.projections.project_register import ProjectRow, projects_with_target
from services.disclosure.projections.project_watch import ProjectWatchRow
from services.disclosure.projections.published_content import ContentRow
from services.disclosure.projections.region_register import RegionRow
from services.disclosure.projections.self_evaluation_register import SelfEvaluationRow
from services.disclosure.projections.span import Span
from services.disclosure.projections.unit_register import UnitRow
from shared.http.snapshots import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A project of a year, and what is publicly known of it."""

    project: ProjectRow
    region: str
    unit: UnitRow | None
    watched: ProjectWatchRow | None
    judged: SelfEvaluationRow | None
    told: Mapping[str, Any] | None

    @property
    def unit_name(self) -> str:
        """The unit by its name, where that is known."""
        return self.unit.name if self.unit is not None else self.project.unit_code


async def promises(registers: Snapshot, span: Span) -> AsyncIterator[Sequence[Promise]]:
    """The projects of the span, batch by batch."""
    names = {row.region_code: row.name for (row,) in await registers.all(select(RegionRow))}
    async for batch in registers.rows(_known_of(span), ProjectRow):
        yield [
            Promise(
                project=project,
                region=names.get(project.region_code, project.region_code),
                unit=unit,
                watched=watched,
                judged=judged,
                told=content.content if content is not None else None,
            )
            for project, unit, watched, judged, content in batch
        ]


def _known_of(span: Span) -> Any:  # noqa: ANN401 - a select of five tables
    year = ProjectRow.fiscal_year
    item_id = func.concat(
        literal(f"{ItemKind.TARGET.value}-"), ProjectRow.project_code, literal("-"), year
    )
    statement: Any = projects_with_target(span)
    return (
        statement.add_columns(UnitRow, ProjectWatchRow, SelfEvaluationRow, ContentRow)
        .outerjoin(UnitRow, col(UnitRow.unit_code) == col(ProjectRow.unit_code))
        .outerjoin(ProjectWatchRow, _same_project(ProjectWatchRow))
        .outerjoin(SelfEvaluationRow, _same_project(SelfEvaluationRow))
        .outerjoin(
            DisclosureRow,
            and_(
                col(DisclosureRow.item_id) == item_id,
                col(DisclosureRow.status) == ItemStatus.PUBLISHED.value,
            ),
        )
        .outerjoin(ContentRow, col(ContentRow.item_id) == col(DisclosureRow.item_id))
    )


def _same_project(table: Any) -> Any:  # noqa: ANN401 - a table with the key of projects
    return and_(
        col(table.project_code) == col(ProjectRow.project_code),
        col(table.fiscal_year) == col(ProjectRow.fiscal_year),
    )
