"""What may have happened to a budget unit."""

from dataclasses import dataclass
from datetime import date

from services.targets.domain.entries import End, UnitEntry
from services.targets.domain.values import Origin, Responsible


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRegistered:
    """The unit and its department joined. `credit_code`: its legal identity, if stated."""

    unit_code: str
    name: str
    region_code: str
    department_code: str
    department_name: str
    origin: Origin
    credit_code: str = ""
    manage_mof_dep_code: str = ""
    valid_from_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRenamed:
    """It has another name from a day on.

    `follows_on` is the first day of the entry before.
    """

    unit_code: str
    entry: UnitEntry
    follows_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTransferred:
    """It belongs to another department or bureau section from a day on.

    `follows_on` is the first day of the entry before.
    """

    unit_code: str
    entry: UnitEntry
    follows_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitClosed:
    """It ended; where another unit took its place, that one is named.

    `follows_on` is the first day of the entry that ended.
    """

    unit_code: str
    end: End
    follows_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsiblePersonsNamed:
    """Who answers for the performance work of the unit, from a day on.

    `follows_on` is the first day of those who answered before.
    """

    unit_code: str
    responsible: Responsible
    from_on: date | None = None
    follows_on: date | None = None


type UnitEvent = (
    UnitRegistered | UnitRenamed | UnitTransferred | UnitClosed | ResponsiblePersonsNamed
)
