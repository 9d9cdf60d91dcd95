"""What may be asked of the register of a bureau's sections (业务科室)."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSection:
    """A section exists from a day on. What the region's own entry says is filled in."""

    region_code: str
    section_code: str
    name: str
    from_on: date
    by: str
    now: datetime
    region_known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignDepartment:
    """The section manages a department from a day on; whichever managed it before does not."""

    region_code: str
    section_code: str
    department_code: str
    from_on: date
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointSectionChief:
    """Somebody leads the section from a day on, until a day or until somebody follows."""

    region_code: str
    section_code: str
    chief: str
    from_on: date
    until_on: date | None
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSection:
    """The section exists until a day; it must not manage anything any more."""

    region_code: str
    section_code: str
    last_on: date
    by: str
    now: datetime


type BureauCommand = RegisterSection | AssignDepartment | AppointSectionChief | CloseSection
