"""What a reader of the registers of places is shown."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from services.targets.api.views import View
from services.targets.domain.entries import SINCE_EVER
from services.targets.domain.values import Office
from services.targets.projections.office_terms import REGION_LEADER, SECTION_CHIEF, TermRow
from services.targets.projections.region_register import RegionEntryRow, RegionRow
from services.targets.projections.section_register import ManagedRow, SectionRow
from services.targets.projections.unit_register import UnitEntryRow, UnitRow


def _stated(day: object) -> object:
    return None if day == SINCE_EVER else day


FirstDay = Annotated[
    date | None,
    BeforeValidator(_stated),
    Field(description="The first day on which it was so; absent where nobody stated one."),
]
LastDay = Annotated[
    date | None, Field(description="The last day on which it was so; absent while it is.")
]
People = dict[tuple[str, str], str]
"""Who holds an office, by place and office."""


class RegionView(View):
    """A region: as last entered, or as it was on a day."""

    region_code: str
    name: str
    level: str | None
    parent_code: str | None
    approval_authority: str
    leader: str
    valid_from_on: FirstDay
    valid_to_on: LastDay
    successor_code: str = Field(description="Who took its place after its last day.")

    @classmethod
    def on_day(cls, entry: RegionEntryRow, row: RegionRow, people: People) -> "RegionView":
        """The region as that entry has it."""
        leader = people.get((entry.region_code, REGION_LEADER), "")
        standing = {"parent_code": row.parent_code, "approval_authority": row.approval_authority}
        return cls.model_validate({**entry.model_dump(), **standing, "leader": leader})


class UnitView(View):
    """A budget unit: as last entered, or as it was on a day."""

    unit_code: str
    name: str
    region_code: str
    department_code: str
    department_name: str
    credit_code: str
    manage_mof_dep_code: str
    business: str
    finance: str
    head: str
    origin: str
    valid_from_on: FirstDay
    valid_to_on: LastDay
    successor_code: str

    @classmethod
    def on_day(cls, entry: UnitEntryRow, row: UnitRow, people: People) -> "UnitView":
        """The unit as that entry has it."""
        named = {o.value.lower(): people.get((entry.unit_code, o.value), "") for o in Office}
        standing = {"region_code": row.region_code, "origin": row.origin}
        return cls.model_validate({**entry.model_dump(), **standing, **named})


class ManagedView(View):
    """A department in the hands of a section."""

    department_code: str
    valid_from_on: date
    valid_to_on: LastDay


class SectionView(View):
    """A section of a bureau with the departments it manages: now and before, or on a day."""

    section_id: str
    region_code: str
    section_code: str
    name: str
    chief: str
    valid_from_on: date
    valid_to_on: LastDay
    departments: list[ManagedView]

    @classmethod
    def on_day(
        cls, row: SectionRow, managed: Iterable[ManagedRow], people: People
    ) -> "SectionView":
        """The section with its departments and its chief."""
        mine = [one.model_dump() for one in managed if one.section_id == row.section_id]
        chief = people.get((row.section_id, SECTION_CHIEF), "")
        return cls.model_validate({**row.model_dump(), "departments": mine, "chief": chief})


class TermView(View):
    """A person in an office of a region, a section or a unit."""

    place: str
    office: str
    person: str
    from_on: FirstDay
    until_on: LastDay


def people_of(terms: Iterable[TermRow]) -> People:
    """The last of the terms of each office."""
    return {(term.place, term.office): term.person for term in terms}
