"""What a request about regions, units, sections and their people may say."""

from typing import Annotated

from pydantic import Field

from services.targets.api.schemas import Body, Code, Name, RegionCode, ResponsibleBody
from services.targets.domain.entries import RegionLevel
from services.targets.domain.values import Origin
from shared.contracts.fields import Day

HISTORY_MAX = 60

Document = Annotated[str, Field(max_length=200, examples=["新政函〔2019〕12号"])]
CreditCode = Annotated[str, Field(pattern=r"^([0-9A-HJ-NPQRTUWXY]{18})?$")]
SectionCode = Annotated[str, Field(pattern=r"^[0-9A-Za-z_.]{0,40}$")]


class ChangeBody(Body):
    """From which day on, and by which document."""

    from_on: Day
    document: Document = ""


class NameBody(ChangeBody):
    """Another name."""

    name: Name


class ClassBody(NameBody):
    """Another class, often with another name."""

    level: RegionLevel


class RegionEntryBody(NameBody):
    """A later entry of a region's history; without a level, of the same class."""

    level: RegionLevel | None = None


class MergeBody(Body):
    """The last day, and who takes the place."""

    last_on: Day
    successor_code: Code
    document: Document = ""


class CloseBody(Body):
    """The last day, and who takes the place, if somebody does."""

    last_on: Day
    successor_code: Code | None = None
    document: Document = ""


class LeaderBody(Body):
    """Who answers for the performance of a region; without a day, from today."""

    leader: Name
    from_on: Day | None = None
    until_on: Day | None = None


class TermBody(LeaderBody):
    """A leader's term in a region's history."""

    from_on: Day


class RegionBody(Body):
    """A region with its history; a superior enters the regions below it."""

    region_code: RegionCode
    name: Name
    parent_code: Code | None = None
    approval_authority: Annotated[str, Field(max_length=200)] = ""
    level: RegionLevel | None = None
    valid_from_on: Day | None = None
    history: Annotated[tuple[RegionEntryBody, ...], Field(max_length=HISTORY_MAX)] = ()
    leaders: Annotated[tuple[TermBody, ...], Field(max_length=HISTORY_MAX)] = ()
    end: MergeBody | None = None


class PersonsBody(Body):
    """Who answers for a unit; without a day, from today."""

    responsible: ResponsibleBody
    from_on: Day | None = None


class NamedBody(PersonsBody):
    """Who answered for a unit from a day on."""

    from_on: Day


class SeatBody(ChangeBody):
    """Another department or bureau section."""

    department_code: Code
    department_name: Name
    manage_mof_dep_code: SectionCode = ""


class UnitEntryBody(NameBody, SeatBody):
    """A later entry of a unit's history."""

    credit_code: CreditCode = ""


class UnitBody(Body):
    """A budget unit, its department, and its history."""

    unit_code: Code
    name: Name
    region_code: RegionCode
    department_code: Code
    department_name: Name
    credit_code: CreditCode = ""
    manage_mof_dep_code: SectionCode = ""
    origin: Origin = Origin.OFFICIAL
    valid_from_on: Day | None = None
    history: Annotated[tuple[UnitEntryBody, ...], Field(max_length=HISTORY_MAX)] = ()
    persons: Annotated[tuple[NamedBody, ...], Field(max_length=HISTORY_MAX)] = ()
    end: CloseBody | None = None


class SectionBody(Body):
    """A section of a finance bureau."""

    region_code: RegionCode
    section_code: Code
    name: Name
    from_on: Day


class AssignBody(Body):
    """The department that the section manages from a day on."""

    department_code: Code
    from_on: Day


class ChiefBody(Body):
    """Who leads the section."""

    chief: Name
    from_on: Day
    until_on: Day | None = None


class LastDayBody(Body):
    """The last day."""

    last_on: Day
