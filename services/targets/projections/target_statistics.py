"""Targets and their money by region and fiscal year, as sums the database keeps (F17-F19)."""

from collections.abc import Iterable

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.events.project import ProjectRegistered
from services.targets.domain.events.target import (
    TargetAdjusted,
    TargetApproved,
    TargetDrafted,
    TargetSubmitted,
)
from services.targets.projections import Table
from services.targets.projections.reach import regions
from shared.messages import AnyRecorded
from shared.projections import Add, Change, Projection


class TargetCountsRow(Table, table=True):
    """The sums of one region and fiscal year."""

    __tablename__ = "target_statistics"

    region_code: str = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    projects: int = 0
    requested_fen: int = Field(default=0, sa_type=BigInteger)
    drafted: int = 0
    submitted: int = 0
    approved: int = 0
    adjusted: int = 0
    initial_budget_fen: int = Field(default=0, sa_type=BigInteger)
    current_budget_fen: int = Field(default=0, sa_type=BigInteger)


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact adds."""
    match recorded.event:
        case ProjectRegistered() as event:
            sums = {"projects": 1, "requested_fen": event.requested.fen}
            yield _add(event.region_code, event.fiscal_year, sums)
        case TargetDrafted(basis=basis):
            yield _add(basis.region_code, basis.fiscal_year, {"drafted": 1})
        case TargetSubmitted(region_code=region_code, fiscal_year=fiscal_year):
            yield _add(region_code, fiscal_year, {"submitted": 1})
        case TargetApproved(basis=basis, budget=budget):
            sums = {
                "approved": 1,
                "initial_budget_fen": budget.fen,
                "current_budget_fen": budget.fen,
            }
            yield _add(basis.region_code, basis.fiscal_year, sums)
        case TargetAdjusted(basis=basis, budget=budget, budget_before=before):
            sums = {"adjusted": 1, "current_budget_fen": (budget - before).fen}
            yield _add(basis.region_code, basis.fiscal_year, sums)
        case _:
            return


def _add(region_code: str, fiscal_year: int, sums: dict[str, int]) -> Add:
    return Add(TargetCountsRow, {"region_code": region_code, "fiscal_year": fiscal_year}, sums)


# Every approval of a region adds to the same row: the worker does it, nobody waits for a lock.
target_statistics = Projection(
    name="target_statistics",
    tables=(TargetCountsRow,),
    project=project,
    inline=False,
    money=True,
    facts=frozenset(
        {ProjectRegistered, TargetDrafted, TargetSubmitted, TargetApproved, TargetAdjusted}
    ),
)


def of_regions(
    region_code: str, fiscal_year: int, *, tree: bool
) -> SelectOfScalar[TargetCountsRow]:
    """The sums of a region, or of it and every region below it."""
    return select(TargetCountsRow).where(
        col(TargetCountsRow.fiscal_year) == fiscal_year,
        regions(TargetCountsRow.region_code, region_code, tree=tree),
    )
