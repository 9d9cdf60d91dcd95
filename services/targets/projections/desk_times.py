"""How long targets lay on each desk, in working days, as sums the database keeps."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Field, col, func, select

from services.targets.domain.duties import Lateness, Stay, lateness
from services.targets.domain.values import TargetStatus
from services.targets.projections import Table
from services.targets.projections.narrowing import narrowed
from services.targets.projections.target_register import TargetRow
from shared.messages import AnyRecorded
from shared.projections import Add, Change, Projection


class DeskTimeRow(Table, table=True):
    """The stays of one target on one desk."""

    __tablename__ = "desk_times"

    target_id: str = Field(primary_key=True)
    desk: str = Field(primary_key=True)
    stays: int = 0
    workdays: int = 0
    reminders: int = 0
    listed: int = 0


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact adds: every step of a target that ends a stay says how long it was."""
    stay: Stay | None = getattr(recorded.event, "stay", None)
    if stay is None:
        return
    late = lateness(stay.workdays)
    sums = {
        "stays": 1,
        "workdays": stay.workdays,
        "reminders": int(late is not Lateness.IN_TIME),
        "listed": int(late is Lateness.LISTED),
    }
    yield Add(DeskTimeRow, {"target_id": recorded.id, "desk": stay.desk.value}, sums)


# No command waits for its statistics: the worker adds them up.
desk_times = Projection(name="desk_times", tables=(DeskTimeRow,), project=project, inline=False)


def by_desk(region_code: str, fiscal_year: int, *, tree: bool) -> Any:  # noqa: ANN401 - a select
    """The sums of a region and year by desk."""
    time = DeskTimeRow
    sums = [func.sum(col(c)) for c in (time.stays, time.workdays, time.reminders, time.listed)]
    rows: Any = select(col(time.desk), *sums)
    rows = rows.join(TargetRow, col(TargetRow.target_id) == col(time.target_id))
    rows = narrowed(rows, TargetRow, region=region_code, tree=tree, fiscal_year=fiscal_year)
    return rows.group_by(col(time.desk))


def waiting(region_code: str, fiscal_year: int, *, tree: bool) -> Any:  # noqa: ANN401 - a select
    """What lies on the desks: how many targets by status, locks and the days since when."""
    row = TargetRow
    known = (
        col(row.region_code),
        col(row.status),
        col(row.business_by) == "",
        col(row.finance_by) == "",
        col(row.business_since_on),
        col(row.finance_since_on),
        col(row.since_on),
    )
    rows: Any = select(*known, func.count())  # type: ignore[call-overload]
    rows = narrowed(rows, row, region=region_code, tree=tree, fiscal_year=fiscal_year)
    ended = (TargetStatus.APPROVED, TargetStatus.ADJUSTING, TargetStatus.CLOSED)
    return rows.where(col(row.status).not_in([*ended, TargetStatus.REJECTED])).group_by(*known)
