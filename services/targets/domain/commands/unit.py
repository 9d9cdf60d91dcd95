"""What may be asked of the register of budget units."""

from dataclasses import dataclass
from datetime import datetime

from services.targets.domain.values import Origin, Responsible


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterUnit:
    """A budget unit joins. `region_known` is filled in from the region's own entry."""

    unit_code: str
    name: str
    region_code: str
    department_code: str
    department_name: str
    origin: Origin
    by: str
    now: datetime
    region_known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NameResponsiblePersons:
    """The unit names who answers for its performance work (`domain` §6.1)."""

    unit_code: str
    responsible: Responsible
    by: str
    now: datetime


type UnitCommand = RegisterUnit | NameResponsiblePersons
