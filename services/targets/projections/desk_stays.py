"""How long targets lay on each desk, in working days, counted by length."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Field, col, func, select

from services.targets.domain.duties import Stay
from services.targets.domain.events import target as fact
from services.targets.domain.values import TargetStatus
from services.targets.projections import Table
from services.targets.projections.narrowing import narrowed
from services.targets.projections.target_register import TargetRow
from shared.messages import AnyRecorded
from shared.projections import Add, Change, Projection


class DeskStayRow(Table, table=True):
    """The stays of one target on one desk that were equally long.

    What is late, the rules say that govern its region and year when somebody asks.
    """

    __tablename__ = "desk_stays"

    target_id: str = Field(primary_key=True)
    desk: str = Field(primary_key=True)
    workdays: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    stays: int = 0


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact adds: every step of a target that ends a stay says how long it was."""
    match recorded.event:
        case (
            fact.TargetConfirmed(stay=Stay() as stay)
            | fact.TargetSubmitted(stay=Stay() as stay)
            | fact.TargetReviewed(stay=Stay() as stay)
            | fact.TargetChecked(stay=Stay() as stay)
            | fact.TargetCompleted(stay=Stay() as stay)
            | fact.TargetGraded(stay=Stay() as stay)
            | fact.TargetReturned(stay=Stay() as stay)
            | fact.TargetApproved(stay=Stay() as stay)
        ):
            key = {"target_id": recorded.id, "desk": stay.desk.value, "workdays": stay.workdays}
            yield Add(DeskStayRow, key, {"stays": 1})
        case _:
            return


# No command waits for its statistics: the worker counts them.
desk_stays = Projection(
    name="desk_stays",
    tables=(DeskStayRow,),
    project=project,
    inline=False,
    facts=frozenset(
        {
            fact.TargetConfirmed,
            fact.TargetSubmitted,
            fact.TargetReviewed,
            fact.TargetChecked,
            fact.TargetCompleted,
            fact.TargetGraded,
            fact.TargetReturned,
            fact.TargetApproved,
        }
    ),
)


def by_length(region_code: str, fiscal_year: int, *, tree: bool) -> Any:  # noqa: ANN401 - a select
    """How many stays of a year there were, by region, desk and length."""
    stay = DeskStayRow
    kind = (col(TargetRow.region_code), col(stay.desk), col(stay.workdays))
    rows: Any = select(*kind, func.sum(col(stay.stays)))
    rows = rows.join(TargetRow, col(TargetRow.target_id) == col(stay.target_id))
    rows = narrowed(rows, TargetRow, region=region_code, tree=tree, fiscal_year=fiscal_year)
    return rows.group_by(*kind)


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
