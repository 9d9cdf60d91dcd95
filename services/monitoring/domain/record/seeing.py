"""A record as the report of its round sees it."""

from decimal import Decimal

from services.monitoring.domain.exemption import exemption_at
from services.monitoring.domain.rating import Rating
from services.monitoring.domain.record.state import Open, Scored, Submitted
from services.monitoring.domain.round_report import Judged, Seen
from services.monitoring.domain.values import Execution
from services.monitoring.domain.watch import Watch


def seen_from(watch: object, record: object, node: str) -> Seen | None:
    """One project in a round; `None` where nothing is watched."""
    if not isinstance(watch, Watch):
        return None
    excused = exemption_at(watch, watch.dates(node))
    if isinstance(record, Scored | Submitted):
        # Who reported before being excused has reported.
        excused = None
    standing = watch.standing
    return Seen(
        project_code=watch.project.code,
        department_code=watch.project.department_code,
        exemption=excused,
        note=standing.reason if excused is not None and standing is not None else "",
        waits=isinstance(record, Submitted) or _returned(record),
        reported=isinstance(record, Scored),
        judged=_judged(record),
    )


def _returned(record: object) -> bool:
    return isinstance(record, Open) and record.returned and not record.missed


def _judged(record: object) -> Judged | None:
    match record:
        case Scored(report=report, result=result):
            return _of(result.rating, report.execution, result.score.total)
        case Open(missed=True, missing=missing) if missing is not None:
            return _of(missing.rating, missing.execution, None)
        case _:
            return None


def _of(rating: Rating, execution: Execution, score: Decimal | None) -> Judged:
    return Judged(
        level=rating.level,
        reasons=rating.reasons,
        budget=execution.budget,
        paid=execution.paid,
        goal_rate=rating.goal_rate,
        score=score,
    )
