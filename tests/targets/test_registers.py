"""Regions, units, rule sets and libraries: entered once, changed openly."""

from dataclasses import replace

import pytest

from services.targets.domain.commands.library import ImportLibraryClass, PublishLibrary
from services.targets.domain.commands.region import AppointRegionLeader
from services.targets.domain.commands.unit import NameResponsiblePersons
from services.targets.domain.events.library import LibraryPublished
from services.targets.domain.events.region import RegionLeaderAppointed, RegionRegistered
from services.targets.domain.events.unit import ResponsiblePersonsNamed, UnitRegistered
from services.targets.domain.library import LIBRARY
from services.targets.domain.library_entry import Entry
from services.targets.domain.refusals import (
    LibraryClassEmpty,
    LibraryEntryRepeated,
    LibraryUnknown,
    OneOfficeForBoth,
    PersonUnnamed,
    RegionAlreadyRegistered,
    RegionUnknown,
    UnitAlreadyRegistered,
    UnitUnknown,
)
from services.targets.domain.region import UnknownRegion
from services.targets.domain.values import Library, Origin, Responsible
from shared.domain.decider import Owner
from shared.testing.spec import Spec
from tests.targets.stories import (
    DEPARTMENT,
    GRADER,
    HEAD,
    NOW,
    PERSONS,
    REGION_CODE,
    UNIT_CODE,
    a_region,
    a_superior,
    a_unit,
    region,
    register_region,
    register_unit,
    unit,
)

library = Spec(LIBRARY)
name_persons = NameResponsiblePersons(unit_code=UNIT_CODE, responsible=PERSONS, by=HEAD, now=NOW)
appoint = AppointRegionLeader(region_code=REGION_CODE, leader="买买提", by=GRADER, now=NOW)


def test_a_region_is_entered_below_its_superior() -> None:
    region.knowing(a_superior.state).when(register_region).then(
        RegionRegistered(
            region_code=REGION_CODE,
            name="喀什市",
            parent_code="653100",
            approval_authority="市人大常委会",
        )
    )


def test_a_region_below_nobody_is_refused() -> None:
    region.knowing(UnknownRegion()).when(register_region).then_refused(RegionUnknown)


def test_a_region_is_entered_once() -> None:
    a_region.when(register_region).then_nothing()
    a_region.when(replace(register_region, name="别名")).then_refused(RegionAlreadyRegistered)


def test_a_region_belongs_to_its_superior_who_enters_it() -> None:
    assert region.decider.owner(a_region.state) == Owner(region_code="653100")


def test_somebody_answers_for_a_region() -> None:
    a_region.when(appoint).then(
        RegionLeaderAppointed(region_code=REGION_CODE, leader="买买提", from_on=NOW.date())
    )
    a_region.after(appoint).when(appoint).then_nothing()
    a_region.when(replace(appoint, leader=" ")).then_refused(PersonUnnamed)
    region.when(appoint).then_refused(RegionUnknown)


def test_a_unit_is_entered_in_a_known_region() -> None:
    unit.knowing(a_region.state).when(register_unit).then(
        UnitRegistered(
            unit_code=UNIT_CODE,
            name="喀什市教育局",
            region_code=REGION_CODE,
            department_code=DEPARTMENT,
            department_name="喀什市教育局",
            origin=Origin.OFFICIAL,
        )
    )
    unit.knowing(UnknownRegion()).when(register_unit).then_refused(RegionUnknown)


def test_a_unit_is_entered_once() -> None:
    a_unit.when(register_unit).then_nothing()
    other = replace(register_unit, department_code="9")
    a_unit.when(other).then_refused(UnitAlreadyRegistered)


def test_three_persons_answer_for_a_unit() -> None:
    a_unit.when(name_persons).then(
        ResponsiblePersonsNamed(unit_code=UNIT_CODE, responsible=PERSONS, from_on=NOW.date())
    )
    a_unit.after(name_persons).when(name_persons).then_nothing()
    unit.when(name_persons).then_refused(UnitUnknown)


@pytest.mark.parametrize(
    ("persons", "refusal"),
    [
        (Responsible(business="王芳", finance="王芳", head="李强"), OneOfficeForBoth),
        (Responsible(business="", finance="王芳", head="李强"), PersonUnnamed),
        (Responsible(business="阿依古丽", finance="王芳", head=" "), PersonUnnamed),
    ],
)
def test_two_offices_are_two_persons_and_nobody_is_nameless(
    persons: Responsible, refusal: type[PersonUnnamed]
) -> None:
    a_unit.when(replace(name_persons, responsible=persons)).then_refused(refusal)


def a_class(code: str, *names: str) -> ImportLibraryClass:
    return ImportLibraryClass(
        library=Library.KS_CORE,
        region_code="653100",
        class_code=code,
        class_name=f"类别{code}",
        entries=tuple(Entry(code=name, name=name) for name in names),
        by=GRADER,
        now=NOW,
    )


publish = PublishLibrary(library=Library.KS_CORE, by=GRADER, now=NOW)


def test_a_library_is_counted_from_its_entries_when_it_is_published() -> None:
    entered = library.given().after(a_class("1", "a", "b"), a_class("2", "c"))
    entered.when(publish).then(
        LibraryPublished(
            library=Library.KS_CORE,
            region_code="653100",
            library_version=1,
            classes=2,
            entries=3,
            published_on=NOW.date(),
        )
    )
    published = entered.after(publish)
    published.when(publish).then_nothing()
    published.when(a_class("2", "c")).then_nothing()


def test_a_class_entered_anew_waits_for_the_next_version() -> None:
    again = library.given().after(a_class("1", "a", "b"), publish, a_class("1", "b", "c"))
    assert again.facts[-1].replaced == ("a",)  # type: ignore[attr-defined]
    assert again.after(publish).state.version == 2


def test_an_empty_class_a_repeated_code_and_an_empty_library_are_refused() -> None:
    library.when(a_class("1")).then_refused(LibraryClassEmpty)
    library.when(a_class("1", "a", "a")).then_refused(LibraryEntryRepeated)
    library.when(publish).then_refused(LibraryUnknown)
