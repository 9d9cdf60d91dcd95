"""Who is excused from a round, from the register of the watched projects."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.monitoring.api.record_views import ExemptionView
from services.monitoring.domain.exemption import NodeExemption, Standing, exemption_at
from services.monitoring.projections.monitoring_register import RecordRow
from services.monitoring.projections.round_board import RoundRow
from services.monitoring.projections.watched_projects import WatchedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watched:
    exempt: bool
    standing: Standing | None
    began_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Days:
    cut_off_on: date
    submit_by: date


def excused(row: RoundRow, projects: Iterable[WatchedRow]) -> list[ExemptionView]:
    """Those that the rule excuses on the days of this round, by their code."""
    days = _Days(cut_off_on=row.cut_off_on, submit_by=row.submit_by)
    found = ((one, exemption_at(_watched(one), days)) for one in projects)
    told = [_view(one, reason) for one, reason in found if reason is not None]
    return sorted(told, key=lambda view: view.project_code)


def is_asked(row: RecordRow, project: WatchedRow | None) -> bool:
    """Whether a report is expected of this project at this node."""
    if project is None or row.cut_off_on is None or row.submit_by is None:
        return True
    days = _Days(cut_off_on=row.cut_off_on, submit_by=row.submit_by)
    return exemption_at(_watched(project), days) is None


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
