"""What may be asked of the register of budget units."""

from dataclasses import dataclass
from datetime import date, datetime

from services.targets.domain.entries import End, UnitEntry
from services.targets.domain.values import Origin, Responsible


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Who answers for a unit from a day on."""

    responsible: Responsible
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterUnit:
    """A budget unit joins, with whatever is known of its history.

    What the region's and the successor's own entries say is filled in.
    """

    unit_code: str
    name: str
    region_code: str
    department_code: str
    department_name: str
    origin: Origin
    by: str
    now: datetime
    credit_code: str = ""
    manage_mof_dep_code: str = ""
    valid_from_on: date | None = None
    history: tuple[UnitEntry, ...] = ()
    persons: tuple[Named, ...] = ()
    end: End | None = None
    region_known: bool = False
    successor_lives: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameUnit:
    """It has another name from a day on."""

    unit_code: str
    name: str
    from_on: date
    document: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferUnit:
    """It belongs to another department, or another bureau section manages it, from a day on."""

    unit_code: str
    department_code: str
    department_name: str
    manage_mof_dep_code: str
    from_on: date
    document: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseUnit:
    """It exists until a day; another unit may take its place."""

    unit_code: str
    end: End
    by: str
    now: datetime
    successor_lives: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NameResponsiblePersons:
    """The unit names who answers for its performance work (`domain` §6.1); from today."""

    unit_code: str
    responsible: Responsible
    by: str
    now: datetime
    from_on: date | None = None


type UnitCommand = RegisterUnit | RenameUnit | TransferUnit | CloseUnit | NameResponsiblePersons
