"""Who is excused from a round, from the register of the watched projects."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.monitoring.api.record_views import ExemptionView
from services.monitoring.domain.calendar import NodeDates
from services.monitoring.domain.exemption import NodeExemption, Standing, exemption_at
from services.monitoring.projections.round_board import RoundRow
from services.monitoring.projections.watched_projects import WatchedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watched:
    exempt: bool
    standing: Standing | None
    began_on: date | None


def excused(row: RoundRow, projects: Iterable[WatchedRow]) -> list[ExemptionView]:
    """Those that the rule excuses on the days of this round, by their code."""
    dates = NodeDates(
        node=row.node,
        cut_off_on=row.cut_off_on,
        pre_analysis_on=row.pre_analysis_on,
        collect_on=row.collect_on,
        submit_by=row.submit_by,
        review_by=row.review_by,
    )
    found = ((one, exemption_at(_watched(one), dates)) for one in projects)
    told = [_view(one, reason) for one, reason in found if reason is not None]
    return sorted(told, key=lambda view: view.project_code)


def _watched(row: WatchedRow) -> _Watched:
    standing = None
    if row.standing and row.standing_since_on:
        standing = Standing(kind=NodeExemption(row.standing), since_on=row.standing_since_on)
    began = max((day for day in (row.starts_on, row.approved_on) if day), default=None)
    return _Watched(exempt=row.exempt, standing=standing, began_on=began)


def _view(row: WatchedRow, reason: NodeExemption) -> ExemptionView:
    stopped = reason in {NodeExemption.SUSPENDED, NodeExemption.TERMINATED}
    began = max((day for day in (row.starts_on, row.approved_on) if day), default=None)
    late = began if reason is NodeExemption.BEGAN_AFTER_CUT_OFF else None
    return ExemptionView(
        project_code=row.project_code,
        project_name=row.project_name,
        unit_code=row.unit_code,
        reason=reason,
        since_on=row.standing_since_on if stopped else late,
        note=row.standing_reason if stopped else "",
    )
