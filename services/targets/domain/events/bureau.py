"""What may have happened to the sections of a bureau."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRegistered:
    """The section exists from a day on."""

    region_code: str
    section_code: str
    name: str
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentAssigned:
    """The section manages the department from a day on.

    `follows_on` is the day from which another section managed it until now.
    """

    region_code: str
    section_code: str
    department_code: str
    from_on: date
    follows_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionChiefAppointed:
    """Somebody leads the section from a day on.

    `follows_on` is the first day of a term that this one ends.
    """

    region_code: str
    section_code: str
    chief: str
    from_on: date
    until_on: date | None
    follows_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionClosed:
    """The section ended."""

    region_code: str
    section_code: str
    last_on: date


type BureauEvent = SectionRegistered | DepartmentAssigned | SectionChiefAppointed | SectionClosed
