"""Regions with a finance bureau of their own, as heard."""

from collections.abc import Iterable

from sqlmodel import Field, select
from sqlmodel.sql.expression import SelectOfScalar

from services.disclosure.projections import Table
from shared.contracts import targets
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put


class RegionRow(Table, table=True):
    """A region and its superior."""

    __tablename__ = "region_register"

    region_code: str = Field(primary_key=True)
    parent_code: str | None = None
    name: str


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case targets.RegionRegistered() as said:
            yield Put(
                RegionRow,
                {
                    "region_code": said.region_code,
                    "parent_code": said.parent_code,
                    "name": said.name,
                },
            )
        case _:
            return


region_register = Projection(name="region_register", tables=(RegionRow,), hear=_hear)


def region(region_code: str) -> SelectOfScalar[RegionRow]:
    """One region."""
    return select(RegionRow).where(RegionRow.region_code == region_code)
