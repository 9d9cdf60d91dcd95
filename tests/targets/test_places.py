"""Dated registers: what a place was on every day stays true of that day."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.targets.domain.commands.region import AppointRegionLeader, RegisterRegion
from services.targets.domain.commands.unit import Named
from services.targets.domain.entries import RegionEntry, RegionLevel, Term, UnitEntry
from services.targets.domain.events.bureau import (
    DepartmentAssigned,
    SectionChiefAppointed,
    SectionClosed,
    SectionRegistered,
)
from services.targets.domain.events.region import (
    RegionClassified,
    RegionLeaderAppointed,
    RegionMerged,
    RegionRenamed,
)
from services.targets.domain.events.unit import (
    ResponsiblePersonsNamed,
    UnitClosed,
    UnitRenamed,
    UnitTransferred,
)
from services.targets.domain.refusals import (
    ChangeOutOfOrder,
    PersonUnnamed,
    PlaceEnded,
    RegionAlreadyRegistered,
    RegionUnknown,
    SectionAlreadyRegistered,
    SectionStillManages,
    SectionUnknown,
    SuccessorNotLiving,
    TermBackwards,
    UnitAlreadyRegistered,
    UnitNoLongerExists,
    UnitUnknown,
)
from services.targets.domain.region import UnknownRegion
from services.targets.domain.unit_states import UnknownUnit
from services.targets.publishing import publish
from shared.domain.decider import Owner
from shared.domain.refusals import Refusal
from shared.testing.projection_spec import recorded
from tests.targets import stories as s
from tests.targets.places import (
    DOCUMENT,
    END,
    HEIR,
    TOWNSHIP,
    UNIT_END,
    a_bureau,
    a_town,
    a_township,
    appoint_chief,
    assign,
    bureau,
    classify,
    close_section,
    close_unit,
    merge,
    register_heir,
    register_section,
    register_township,
    rename,
    rename_unit,
    second_section,
    take_over,
    transfer_unit,
)

an_heir = s.unit.knowing(s.a_region.state).after(register_heir)


def test_a_township_becomes_a_town_and_keeps_its_past() -> None:
    entry = RegionEntry(
        name="乃则尔巴格镇",
        level=RegionLevel.TOWN,
        from_on=date(2013, 6, 1),
        document=DOCUMENT,
    )
    a_township.when(classify).then(
        RegionClassified(region_code=TOWNSHIP, entry=entry, follows_on=date(1984, 1, 1))
    )
    a_town_now = a_township.after(classify)
    a_town_now.when(classify).then_nothing()
    assert [one.level for one in a_town_now.state.entries] == ["TOWNSHIP", "TOWN"]
    renamed = replace(entry, name="乃则尔巴格新镇", from_on=date(2016, 1, 1))
    a_town_now.when(rename).then(
        RegionRenamed(region_code=TOWNSHIP, entry=renamed, follows_on=date(2013, 6, 1))
    )


def test_a_region_ends_in_a_living_successor() -> None:
    known = a_township.knowing(a_town.state)
    known.when(merge).then(RegionMerged(region_code=TOWNSHIP, end=END, follows_on=date(1984, 1, 1)))
    ended = known.after(merge)
    ended.when(merge).then_nothing()
    a_town_that_ended = replace(a_town.state, end=replace(END, successor_code="x"))
    for nobody in (UnknownRegion(), a_town_that_ended):
        a_township.knowing(nobody).when(merge).then_refused(SuccessorNotLiving)
    itself = replace(merge, end=replace(END, successor_code=TOWNSHIP))
    a_township.knowing(a_township.state).when(itself).then_refused(SuccessorNotLiving)
    elsewhere = replace(merge, end=replace(END, last_on=date(2020, 1, 1)))
    ended.when(elsewhere).then_refused(PlaceEnded)
    ended.when(classify).then_refused(PlaceEnded)


def test_changes_come_in_the_order_of_their_days() -> None:
    refusal = a_township.after(rename).when(classify).then_refused(ChangeOutOfOrder)
    assert refusal.pointer == "/from_on"
    early = replace(merge, end=replace(END, last_on=date(1984, 1, 1)))
    a_township.knowing(a_town.state).when(early).then_refused(ChangeOutOfOrder)
    s.region.when(classify).then_refused(RegionUnknown)


def test_leaders_follow_each_other() -> None:
    first = replace(appointing(date(2015, 1, 1)), leader="甲")
    second = replace(appointing(date(2019, 1, 1)), leader="乙", until_on=date(2020, 12, 31))
    third = replace(appointing(date(2021, 2, 1)), leader="丙")
    story = s.a_region.after(first)
    story.when(second).then(
        RegionLeaderAppointed(
            region_code=s.REGION_CODE,
            leader="乙",
            from_on=date(2019, 1, 1),
            until_on=date(2020, 12, 31),
            follows_on=date(2015, 1, 1),
        )
    )
    # The second term was over by then: the third ends nobody's.
    assert story.after(second, third).facts[-1].follows_on is None  # type: ignore[attr-defined]
    story.when(replace(second, until_on=date(2018, 1, 1))).then_refused(TermBackwards)
    story.after(second).when(replace(third, from_on=date(2016, 1, 1))).then_refused(
        ChangeOutOfOrder
    )


def appointing(from_on: date) -> AppointRegionLeader:
    return AppointRegionLeader(
        region_code=s.REGION_CODE, leader="", by=s.GRADER, now=s.NOW, from_on=from_on
    )


def with_history() -> RegisterRegion:
    changed: Any = a_township.after(classify, rename).facts[1:]
    history = tuple(fact.entry for fact in changed)
    leaders = (Term(person="甲", from_on=date(2015, 1, 1)),)
    return replace(register_township, history=history, leaders=leaders, end=END)


def test_a_region_joins_with_its_whole_history() -> None:
    at_once = s.region.knowing(s.a_region.state, a_town.state).after(with_history())
    one_by_one = s.region.given(*a_township.after(classify, rename).facts).knowing(a_town.state)
    assert at_once.state.entries == one_by_one.state.entries
    assert [type(fact).__name__ for fact in at_once.facts] == [
        "RegionRegistered",
        "RegionClassified",
        "RegionRenamed",
        "RegionLeaderAppointed",
        "RegionMerged",
    ]
    at_once.when(with_history()).then_nothing()
    # Whoever repeats an older registration is told nothing new.
    at_once.knowing(s.a_region.state).when(register_township).then_nothing()
    other = replace(with_history(), end=None, leaders=(Term(person="乙", from_on=s.NOW.date()),))
    at_once.knowing(s.a_region.state).when(other).then_refused(RegionAlreadyRegistered)
    nobody = s.region.knowing(s.a_region.state, UnknownRegion())
    nobody.when(with_history()).then_refused(SuccessorNotLiving)
    backwards = replace(with_history(), history=tuple(reversed(with_history().history)))
    s.region.knowing(s.a_region.state, a_town.state).when(backwards).then_refused(ChangeOutOfOrder)


def test_only_regions_with_a_bureau_are_told_to_the_world() -> None:
    [word] = [publish(fact) for fact in recorded("region-653101", *s.a_region.facts)]
    assert word is not None
    facts = a_township.knowing(a_town.state).after(classify, merge).facts
    assert [publish(fact) for fact in recorded(f"region-{TOWNSHIP}", *facts)] == [None] * 3


def test_a_unit_is_renamed_moved_and_closed() -> None:
    before: Any = s.a_unit.state.entries[-1]
    renamed = replace(
        before,
        name="喀什市教育体育局",
        from_on=date(2019, 3, 1),
        document="喀机编〔2019〕3号",
    )
    s.a_unit.when(rename_unit).then(
        UnitRenamed(unit_code=s.UNIT_CODE, entry=renamed, follows_on=date.min)
    )
    story = s.a_unit.after(rename_unit)
    story.when(rename_unit).then_nothing()
    moved = UnitEntry(
        name="喀什市教育体育局",
        department_code="653102",
        department_name="喀什市文旅局",
        credit_code="",
        manage_mof_dep_code="08",
        from_on=date(2020, 1, 1),
        document="喀机编〔2020〕1号",
    )
    story.when(transfer_unit).then(
        UnitTransferred(unit_code=s.UNIT_CODE, entry=moved, follows_on=date(2019, 3, 1))
    )
    assert s.unit.decider.owner(story.after(transfer_unit).state) == Owner(
        region_code=s.REGION_CODE, department_code="653102", unit_code=s.UNIT_CODE
    )
    story.knowing(an_heir.state).when(close_unit).then(
        UnitClosed(unit_code=s.UNIT_CODE, end=UNIT_END, follows_on=date(2019, 3, 1))
    )
    s.unit.when(rename_unit).then_refused(UnitUnknown)


def test_a_closed_unit_stays_closed_and_takes_no_project() -> None:
    closed = s.a_unit.knowing(an_heir.state).after(close_unit)
    closed.when(close_unit).then_nothing()
    closed.when(rename_unit).then_refused(PlaceEnded)
    later = replace(close_unit, end=replace(UNIT_END, last_on=date(2021, 1, 1)))
    closed.when(later).then_refused(PlaceEnded)
    nobody = s.a_unit.knowing(UnknownUnit())
    nobody.when(close_unit).then_refused(SuccessorNotLiving)
    alone = replace(close_unit, end=replace(UNIT_END, successor_code=""))
    assert s.a_unit.after(alone).state.end.last_on == date(2020, 12, 31)
    story = s.project.knowing(closed.state, *s.governed)
    refusal = story.when(s.register_project).then_refused(UnitNoLongerExists, successor_code=HEIR)
    assert refusal.pointer == "/unit_code"
    in_time = replace(closed.state, end=replace(UNIT_END, last_on=s.NOW.date()))
    s.project.knowing(in_time, *s.governed).after(s.register_project)


def test_a_unit_joins_with_its_whole_history() -> None:
    steps = s.a_unit.after(rename_unit, transfer_unit).facts[1:]
    command = replace(
        s.register_unit,
        history=tuple(fact.entry for fact in steps),  # type: ignore[attr-defined]
        persons=(Named(responsible=s.PERSONS, from_on=date(2019, 1, 1)),),
        end=UNIT_END,
    )
    story = s.unit.knowing(s.a_region.state, an_heir.state).after(command)
    assert [type(fact).__name__ for fact in story.facts] == [
        "UnitRegistered",
        "UnitRenamed",
        "UnitTransferred",
        "ResponsiblePersonsNamed",
        "UnitClosed",
    ]
    story.when(command).then_nothing()
    story.knowing(s.a_region.state).when(s.register_unit).then_nothing()
    other = replace(s.register_unit, persons=(Named(responsible=s.PERSONS, from_on=date.max),))
    story.knowing(s.a_region.state).when(other).then_refused(UnitAlreadyRegistered)
    named: Any = story.facts[3]
    assert named == ResponsiblePersonsNamed(
        unit_code=s.UNIT_CODE, responsible=s.PERSONS, from_on=date(2019, 1, 1)
    )


def test_a_department_has_one_section_on_every_day() -> None:
    assert a_bureau.facts[-1] == DepartmentAssigned(
        region_code=s.REGION_CODE,
        section_code="07",
        department_code="653101",
        from_on=date(2015, 1, 1),
    )
    a_bureau.when(assign).then_nothing()
    a_bureau.when(take_over).then(
        DepartmentAssigned(
            region_code=s.REGION_CODE,
            section_code="08",
            department_code="653101",
            from_on=date(2020, 7, 1),
            follows_on=date(2015, 1, 1),
        )
    )
    early = replace(take_over, from_on=date(2014, 1, 1))
    a_bureau.when(early).then_refused(ChangeOutOfOrder)


def test_sections_are_entered_once_led_and_closed() -> None:
    at_founding = bureau.knowing(s.a_region.state)
    at_founding.when(register_section).then(
        SectionRegistered(
            region_code=s.REGION_CODE,
            section_code="07",
            name="教科文科",
            from_on=date(2015, 1, 1),
        )
    )
    known = a_bureau.knowing(s.a_region.state)
    known.when(second_section).then_nothing()
    known.when(replace(second_section, name="别科")).then_refused(SectionAlreadyRegistered)
    bureau.knowing(UnknownRegion()).when(register_section).then_refused(RegionUnknown)
    a_bureau.when(appoint_chief).then(
        SectionChiefAppointed(
            region_code=s.REGION_CODE,
            section_code="07",
            chief="古丽",
            from_on=date(2015, 1, 1),
            until_on=date(2018, 12, 31),
        )
    )
    a_bureau.after(appoint_chief).when(appoint_chief).then_nothing()
    a_bureau.when(close_section).then_refused(SectionStillManages, departments=["653101"])
    a_bureau.after(take_over).when(close_section).then(
        SectionClosed(region_code=s.REGION_CODE, section_code="07", last_on=date(2020, 12, 31))
    )
    assert bureau.decider.owner(a_bureau.state) == Owner(region_code=s.REGION_CODE)
    assert bureau.decider.owner(bureau.decider.initial) is None


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(assign, section_code="99"), SectionUnknown),
        (replace(appoint_chief, chief=" "), PersonUnnamed),
        (replace(appoint_chief, until_on=date(2014, 1, 1)), TermBackwards),
        (replace(close_section, last_on=date(2010, 1, 1)), ChangeOutOfOrder),
    ],
)
def test_sections_say_no(command: object, refusal: type[Refusal]) -> None:
    a_bureau.when(command).then_refused(refusal)


@pytest.mark.parametrize("command", [appoint_chief, replace(assign, department_code="653109")])
def test_a_closed_section_stays_as_it_was(command: object) -> None:
    closed = a_bureau.after(take_over, close_section)
    closed.when(close_section).then_nothing()
    closed.when(command).then_refused(PlaceEnded)
