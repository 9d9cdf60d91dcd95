"""What may have happened to a budget unit."""

from dataclasses import dataclass

from services.targets.domain.values import Origin, Responsible


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRegistered:
    """The unit and its department joined."""

    unit_code: str
    name: str
    region_code: str
    department_code: str
    department_name: str
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsiblePersonsNamed:
    """Who answers for the performance work of the unit."""

    unit_code: str
    responsible: Responsible


type UnitEvent = UnitRegistered | ResponsiblePersonsNamed
