"""Budget units and their departments, as heard."""

from collections.abc import Iterable

from sqlmodel import Field

from services.disclosure.projections import Table
from shared.contracts import targets
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put


class UnitRow(Table, table=True):
    """A unit, its department and its region."""

    __tablename__ = "unit_register"

    unit_code: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    name: str
    department_code: str
    department_name: str
    origin: str = "OFFICIAL"


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case targets.UnitRegistered() as said:
            yield Put(
                UnitRow,
                {
                    "unit_code": said.unit_code,
                    "region_code": said.region_code,
                    "name": said.name,
                    "department_code": said.department_code,
                    "department_name": said.department_name,
                    "origin": said.origin,
                },
            )
        case _:
            return


unit_register = Projection(name="unit_register", tables=(UnitRow,), hear=_hear)
