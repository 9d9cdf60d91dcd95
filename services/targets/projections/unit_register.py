"""The budget units, their departments, and who answers for them."""

from collections.abc import Iterable

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.events.unit import ResponsiblePersonsNamed, UnitRegistered
from services.targets.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class UnitRow(Table, table=True):
    """A budget unit."""

    __tablename__ = "unit_register"

    unit_code: str = Field(primary_key=True)
    name: str
    region_code: str = Field(index=True)
    department_code: str = Field(index=True)
    department_name: str
    business: str = ""
    finance: str = ""
    head: str = ""
    origin: str = "OFFICIAL"
    version: int = 0


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case UnitRegistered() as event:
            yield Put(
                UnitRow,
                {
                    "unit_code": event.unit_code,
                    "name": event.name,
                    "region_code": event.region_code,
                    "department_code": event.department_code,
                    "department_name": event.department_name,
                    "origin": event.origin.value,
                    "version": recorded.version,
                },
            )
        case ResponsiblePersonsNamed(unit_code=unit_code, responsible=responsible):
            yield Set(
                UnitRow,
                {"unit_code": unit_code},
                {
                    "business": responsible.business,
                    "finance": responsible.finance,
                    "head": responsible.head,
                    "version": recorded.version,
                },
            )
        case _:
            return


unit_register = Projection(name="unit_register", tables=(UnitRow,), project=project)


def unit(unit_code: str) -> SelectOfScalar[UnitRow]:
    """One unit."""
    return select(UnitRow).where(col(UnitRow.unit_code) == unit_code)
