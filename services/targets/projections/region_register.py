"""The regions of this deployment, as a tree."""

from collections.abc import Iterable

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.events.region import RegionLeaderAppointed, RegionRegistered
from services.targets.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class RegionRow(Table, table=True):
    """A region."""

    __tablename__ = "region_register"

    region_code: str = Field(primary_key=True)
    name: str
    parent_code: str | None = Field(default=None, index=True)
    approval_authority: str = ""
    leader: str = ""
    version: int = 0


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case RegionRegistered() as event:
            yield Put(
                RegionRow,
                {
                    "region_code": event.region_code,
                    "name": event.name,
                    "parent_code": event.parent_code,
                    "approval_authority": event.approval_authority,
                    "version": recorded.version,
                },
            )
        case RegionLeaderAppointed() as event:
            values = {"leader": event.leader, "version": recorded.version}
            yield Set(RegionRow, {"region_code": event.region_code}, values)
        case _:
            return


region_register = Projection(name="region_register", tables=(RegionRow,), project=project)


def region(region_code: str) -> SelectOfScalar[RegionRow]:
    """One region."""
    return select(RegionRow).where(col(RegionRow.region_code) == region_code)
