"""The days of places and of their people: which day is the last, and what is told of it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.targets.domain.commands.region import AppointRegionLeader
from services.targets.domain.commands.unit import NameResponsiblePersons
from services.targets.domain.entries import End
from services.targets.domain.events.bureau import SectionChiefAppointed
from services.targets.domain.events.region import RegionLeaderAppointed
from services.targets.domain.events.unit import ResponsiblePersonsNamed
from services.targets.domain.refusals import (
    ChangeOutOfOrder,
    OneOfficeForBoth,
    PersonUnnamed,
    PlaceEnded,
    RegionAlreadyRegistered,
    RegionUnknown,
    SectionAlreadyRegistered,
    SectionUnknown,
    SuccessorNotLiving,
    TermBackwards,
    UnitAlreadyRegistered,
    UnitUnknown,
)
from services.targets.domain.region import UnknownRegion
from services.targets.domain.unit_states import UnknownUnit
from shared.domain.decider import Owner
from shared.domain.refusals import Refusal
from tests.targets import stories as s
from tests.targets.places import (
    END,
    HEIR,
    TOWN,
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
    rename,
    rename_unit,
    second_section,
    take_over,
    transfer_unit,
)

an_heir = s.unit.knowing(s.a_region.state).after(register_heir)
appoint = AppointRegionLeader(
    region_code=TOWNSHIP, leader="甲", by=s.GRADER, now=s.NOW, from_on=date(2015, 1, 1)
)
name = NameResponsiblePersons(
    unit_code=s.UNIT_CODE,
    responsible=s.PERSONS,
    by=s.HEAD,
    now=s.NOW,
    from_on=date(2019, 1, 1),
)
OTHERS = replace(s.PERSONS, head="古丽")
renamed, unit_renamed = a_township.after(rename), s.a_unit.after(rename_unit)
assigned = a_bureau.after(appoint_chief)


@pytest.mark.parametrize(
    ("story", "command", "first"),
    [
        (renamed, classify, date(2016, 1, 2)),
        (renamed, replace(rename, name="丙"), date(2016, 1, 2)),
        (a_township.after(appoint), replace(appoint, leader="乙"), date(2015, 1, 2)),
        (unit_renamed, replace(rename_unit, name="丙"), date(2019, 3, 2)),
        (unit_renamed, transfer_unit, date(2019, 3, 2)),
        (s.a_unit.after(name), replace(name, responsible=OTHERS), date(2019, 1, 2)),
        (a_bureau, take_over, date(2015, 1, 2)),
        (assigned, replace(appoint_chief, chief="乙"), date(2015, 1, 2)),
    ],
)
def test_what_follows_begins_on_the_next_day_at_the_earliest(
    story: Any,  # noqa: ANN401 - a story
    command: Any,  # noqa: ANN401 - a command
    first: date,
) -> None:
    [fact] = story.when(replace(command, from_on=first)).facts
    before = date.fromordinal(first.toordinal() - 1)
    assert fact.follows_on == before
    refusal = story.when(replace(command, from_on=before)).then_refused(ChangeOutOfOrder)
    assert (refusal.pointer, refusal.details) == ("/from_on", {"after_on": before})


@pytest.mark.parametrize(
    ("story", "command", "first"),
    [
        (a_township.knowing(a_town.state), merge, date(1984, 1, 2)),
        (unit_renamed.knowing(an_heir.state), close_unit, date(2019, 3, 2)),
    ],
)
def test_a_place_lasts_a_day_longer_than_its_last_change(
    story: Any,  # noqa: ANN401 - a story
    command: Any,  # noqa: ANN401 - a command
    first: date,
) -> None:
    def ending(day: date) -> object:
        return replace(command, end=replace(command.end, last_on=day))

    [fact] = story.when(ending(first)).facts
    before = date.fromordinal(first.toordinal() - 1)
    assert (fact.end.last_on, fact.follows_on) == (first, before)
    refusal = story.when(ending(before)).then_refused(ChangeOutOfOrder, after_on=before)
    assert refusal.pointer == "/last_on"


def test_a_section_lasts_a_day_longer_than_its_beginning() -> None:
    bare = a_bureau.after(take_over)
    first = replace(close_section, last_on=date(2015, 1, 2))
    assert bare.when(first).facts[0].last_on == date(2015, 1, 2)  # type: ignore[attr-defined]
    early = bare.when(replace(close_section, last_on=date(2015, 1, 1)))
    assert early.then_refused(ChangeOutOfOrder).pointer == "/last_on"


@pytest.mark.parametrize(("last_on", "lives"), [(END.last_on, False), (date(2019, 5, 1), True)])
def test_a_successor_lives_on_the_day_after(last_on: date, *, lives: bool) -> None:
    own_end = End(last_on=last_on, successor_code="x", document="")
    town = replace(a_town.state, end=own_end)
    outcome = a_township.knowing(town).when(merge)
    if lives:
        assert outcome.refusal is None
    else:
        refusal = outcome.then_refused(SuccessorNotLiving, successor_code=TOWN)
        assert refusal.pointer == "/successor_code"


@pytest.mark.parametrize(
    ("last_on", "lives"), [(UNIT_END.last_on, False), (date(2021, 1, 1), True)]
)
def test_an_heir_lives_on_the_day_after(last_on: date, *, lives: bool) -> None:
    own_end = End(last_on=last_on, successor_code="x", document="")
    heir = replace(an_heir.state, end=own_end)
    outcome = s.a_unit.knowing(heir).when(close_unit)
    if lives:
        assert outcome.refusal is None
    else:
        refusal = outcome.then_refused(SuccessorNotLiving, successor_code=HEIR)
        assert refusal.pointer == "/successor_code"
    joining = replace(s.register_unit, end=UNIT_END)
    joined = s.unit.knowing(s.a_region.state, heir).when(joining)
    assert (joined.refusal is None) is lives
    itself = replace(close_unit, end=replace(UNIT_END, successor_code=s.UNIT_CODE))
    s.a_unit.knowing(s.a_unit.state).when(itself).then_refused(SuccessorNotLiving)


@pytest.mark.parametrize(
    ("until_on", "ends"),
    [(None, True), (date(2020, 12, 31), False), (date(2021, 1, 1), True), (date(2022, 1, 1), True)],
)
def test_a_term_that_was_over_is_ended_by_nobody(until_on: date | None, *, ends: bool) -> None:
    first = replace(appoint, until_on=until_on)
    second = replace(appoint, leader="乙", from_on=date(2021, 1, 1), until_on=date(2021, 1, 1))
    follows = date(2015, 1, 1) if ends else None
    a_township.after(first).when(second).then(
        RegionLeaderAppointed(
            region_code=TOWNSHIP,
            leader="乙",
            from_on=date(2021, 1, 1),
            until_on=date(2021, 1, 1),
            follows_on=follows,
        )
    )
    chief = replace(appoint_chief, until_on=until_on)
    next_chief = replace(appoint_chief, chief="乙", from_on=date(2021, 1, 1), until_on=None)
    a_bureau.after(chief).when(next_chief).then(
        SectionChiefAppointed(
            region_code=s.REGION_CODE,
            section_code="07",
            chief="乙",
            from_on=date(2021, 1, 1),
            until_on=None,
            follows_on=follows,
        )
    )


def test_the_same_person_for_another_term_is_appointed_anew() -> None:
    longer = replace(appoint, from_on=date(2021, 1, 1), until_on=date(2022, 1, 1))
    assert a_township.after(appoint).when(longer).facts
    a_township.after(longer).when(replace(longer, from_on=date(2021, 6, 1))).then_nothing()
    chief = replace(appoint_chief, from_on=date(2021, 1, 1), until_on=date(2022, 1, 1))
    assert assigned.when(chief).facts
    assigned.after(chief).when(replace(chief, from_on=date(2021, 6, 1))).then_nothing()
    s.a_unit.after(name).when(replace(name, responsible=OTHERS, from_on=None)).then(
        ResponsiblePersonsNamed(
            unit_code=s.UNIT_CODE,
            responsible=OTHERS,
            from_on=s.NOW.date(),
            follows_on=date(2019, 1, 1),
        )
    )


ended = a_township.knowing(a_town.state).after(merge)
closed = s.a_unit.knowing(an_heir.state).after(close_unit)
shut = a_bureau.after(take_over, close_section)
OTHER_END = replace(END, last_on=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("story", "command", "refusal", "pointer", "details"),
    [
        (s.region.given(), rename, RegionUnknown, None, {"region_code": TOWNSHIP}),
        (s.unit.given(), rename_unit, UnitUnknown, None, {"unit_code": s.UNIT_CODE}),
        (
            a_bureau,
            replace(assign, section_code="99"),
            SectionUnknown,
            None,
            {"section_code": "99"},
        ),
        (
            s.region.knowing(UnknownRegion()),
            s.register_region,
            RegionUnknown,
            "/parent_code",
            {"region_code": "653100"},
        ),
        (
            s.unit.knowing(UnknownRegion()),
            s.register_unit,
            RegionUnknown,
            "/region_code",
            {"region_code": s.REGION_CODE},
        ),
        (
            bureau.knowing(UnknownRegion()),
            register_section,
            RegionUnknown,
            "/region_code",
            {"region_code": s.REGION_CODE},
        ),
        (
            s.a_region,
            replace(s.register_region, approval_authority="x"),
            RegionAlreadyRegistered,
            None,
            {"name": "喀什市", "parent_code": "653100"},
        ),
        (
            s.a_unit,
            replace(s.register_unit, name="x"),
            UnitAlreadyRegistered,
            None,
            {"name": "喀什市教育局", "department_code": s.DEPARTMENT},
        ),
        (
            a_bureau.knowing(s.a_region.state),
            replace(second_section, from_on=date(2016, 1, 1)),
            SectionAlreadyRegistered,
            None,
            {"name": "社保科"},
        ),
        (a_township, replace(appoint, leader=" "), PersonUnnamed, "/leader", {}),
        (
            a_township,
            replace(appoint, until_on=date(2014, 12, 31)),
            TermBackwards,
            "/until_on",
            {},
        ),
        (a_bureau, replace(appoint_chief, chief=" "), PersonUnnamed, "/chief", {}),
        (
            a_bureau,
            replace(appoint_chief, until_on=date(2014, 12, 31)),
            TermBackwards,
            "/until_on",
            {},
        ),
        *(
            (
                s.a_unit,
                replace(name, responsible=replace(s.PERSONS, **{office: " "})),
                PersonUnnamed,
                f"/responsible/{office}",
                {},
            )
            for office in ("business", "finance", "head")
        ),
        (
            s.a_unit,
            replace(name, responsible=replace(s.PERSONS, finance=f" {s.PERSONS.business} ")),
            OneOfficeForBoth,
            "/responsible/finance",
            {},
        ),
        *(
            (
                ended.knowing(a_town.state) if hasattr(command, "end") else ended,
                command,
                PlaceEnded,
                None,
                {"last_on": END.last_on, "successor_code": TOWN},
            )
            for command in (rename, classify, replace(merge, end=OTHER_END))
        ),
        *(
            (
                closed.knowing(an_heir.state) if hasattr(command, "end") else closed,
                command,
                PlaceEnded,
                None,
                {"last_on": UNIT_END.last_on, "successor_code": HEIR},
            )
            for command in (
                rename_unit,
                transfer_unit,
                replace(close_unit, end=replace(UNIT_END, last_on=date(2022, 1, 1))),
            )
        ),
        *(
            (shut, command, PlaceEnded, None, {"last_on": close_section.last_on})
            for command in (
                replace(assign, department_code="653109"),
                appoint_chief,
                replace(close_section, last_on=date(2021, 1, 1)),
            )
        ),
    ],
)
def test_who_is_refused_is_told_where_and_why(
    story: Any,  # noqa: ANN401 - a story
    command: object,
    refusal: type[Refusal],
    pointer: str | None,
    details: dict[str, object],
) -> None:
    told = story.when(command).then_refused(refusal)
    assert (told.pointer, told.details) == (pointer, details)


def test_a_place_that_nobody_entered_is_nobodys() -> None:
    for spec in (s.region, s.unit, bureau):
        assert spec.decider.owner(spec.decider.initial) is None
    top = s.a_superior.state
    assert s.region.decider.owner(top) == Owner(region_code="653100")
    assert s.unit.decider.owner(s.a_unit.state) == Owner(
        region_code=s.REGION_CODE, department_code=s.DEPARTMENT, unit_code=s.UNIT_CODE
    )
    for spec, story in ((s.region, renamed), (s.unit, unit_renamed)):
        fact, unknown = story.facts[-1], spec.decider.initial
        assert spec.decider.evolve(unknown, fact) == unknown
    assert isinstance(s.unit.decider.initial, UnknownUnit)
