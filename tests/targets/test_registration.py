"""What is recorded of a project on its first day, and what it says to whoever is refused."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.targets.domain.asker import Asker
from services.targets.domain.entries import End
from services.targets.domain.events.project import ProjectBudgeted, ProjectRegistered
from services.targets.domain.refusals import (
    AmountNotPositive,
    ExemptionUnexplained,
    ProjectAlreadyRegistered,
    UnitNoLongerExists,
    UnitOfAnotherRegion,
    UnitUnknown,
)
from services.targets.domain.rule_set import Rules
from services.targets.domain.values import (
    Exemption,
    Origin,
    ProjectKind,
    ProjectStatus,
    Trigger,
)
from shared.domain.money import ZERO, Money
from shared.domain.refusals import Refusal
from tests.targets import stories as s
from tests.targets.test_project import arrange, included, start

STATED = replace(
    s.PARTICULARS,
    name="盐碱地改良研究",
    fiscal_year=2021,
    requested=s.yuan("10_000_000"),
    kind=ProjectKind.OTHER,
    function_code="2060302",
    fund_type_code="12",
    direct_fund_flag="01",
    is_new=True,
    is_new_policy=True,
    is_renewed=True,
    exemption=Exemption.EMERGENCY_RELIEF,
    exemption_reason="抗洪抢险",
    origin=Origin.SYNTHETIC,
    library_class="C07",
    in_year_monitoring_exempt=True,
    monitoring_exemption_reason="研究周期跨年度",
)
command = replace(s.register_project, particulars=STATED)
RECORDED = ProjectRegistered(
    project_code=s.CODE,
    name="盐碱地改良研究",
    fiscal_year=2021,
    region_code=s.REGION_CODE,
    unit_code=s.UNIT_CODE,
    department_code=s.DEPARTMENT,
    requested=s.yuan("10_000_000"),
    kind=ProjectKind.OTHER,
    function_code="2060302",
    fund_type_code="12",
    direct_fund_flag="01",
    is_new=True,
    is_new_policy=True,
    is_renewed=True,
    exemption=Exemption.EMERGENCY_RELIEF,
    exemption_reason="抗洪抢险",
    triggers=(Trigger.NEW, Trigger.MAJOR, Trigger.NEW_POLICY, Trigger.RENEWED),
    needs_ex_ante=False,
    rule_set_version=1,
    responsible=s.PERSONS,
    origin=Origin.SYNTHETIC,
    library_class="C07",
    rules_region="",
    in_year_monitoring_exempt=True,
    monitoring_exemption_reason="研究周期跨年度",
)


def test_everything_that_was_stated_is_recorded() -> None:
    s.at_registration.when(command).then(RECORDED)


def test_a_county_without_rules_goes_by_its_prefectures() -> None:
    above = s.rule_set.given().after(
        replace(s.draft_rules, region_code="653100"),
        replace(s.adopt_rules, region_code="653100"),
    )
    story = s.project.knowing(s.a_unit.state, Rules(), above.state, Rules())
    story.when(command).then(replace(RECORDED, rules_region="653100"))


@pytest.mark.parametrize(
    ("requested", "major"),
    [
        (s.yuan("10_000_000") - Money(1), False),
        (s.yuan("10_000_000"), True),
        (s.yuan("10_000_000") + Money(1), True),
    ],
)
def test_a_project_is_major_from_the_threshold_on(requested: Money, *, major: bool) -> None:
    stated = replace(s.PARTICULARS, requested=requested)
    registered = s.at_registration.after(replace(command, particulars=stated)).state.registered
    assert (Trigger.MAJOR in registered.triggers, registered.needs_ex_ante) == (major, major)


@pytest.mark.parametrize(
    ("stated", "refusal", "pointer", "details"),
    [
        (
            {"region_code": "653121"},
            UnitOfAnotherRegion,
            "/region_code",
            {"unit_region": s.REGION_CODE},
        ),
        ({"requested": ZERO}, AmountNotPositive, "/requested", {}),
        ({"requested": -Money(1)}, AmountNotPositive, "/requested", {}),
        ({"exemption_reason": " "}, ExemptionUnexplained, "/exemption_reason", {}),
        (
            {"monitoring_exemption_reason": ""},
            ExemptionUnexplained,
            "/monitoring_exemption_reason",
            {},
        ),
    ],
)
def test_what_is_wrong_is_told_by_its_field(
    stated: dict[str, Any], refusal: type[Refusal], pointer: str, details: dict[str, object]
) -> None:
    wrong = replace(command, particulars=replace(STATED, **stated))
    told = s.at_registration.when(wrong).then_refused(refusal)
    assert (told.pointer, told.details) == (pointer, details)
    s.at_registration.after(replace(command, particulars=replace(STATED, requested=Money(1))))


def test_a_unit_takes_projects_until_its_last_day() -> None:
    def ended(last_on: date) -> Any:  # noqa: ANN401 - a story
        end = End(last_on=last_on, successor_code="653101002", document="")
        return s.project.knowing(replace(s.a_unit.state, end=end), *s.governed)

    ended(date(2021, 3, 1)).after(command)
    refusal = ended(date(2021, 2, 28)).when(command).then_refused(UnitNoLongerExists)
    assert (refusal.pointer, refusal.details) == (
        "/unit_code",
        {"last_on": date(2021, 2, 28), "successor_code": "653101002"},
    )


@pytest.mark.parametrize(
    ("region", "unit"),
    [("653121", s.UNIT_CODE), (s.REGION_CODE, "653101999"), (s.REGION_CODE, "")],
)
def test_a_stranger_registers_nothing_for_a_unit(region: str, unit: str) -> None:
    asked = replace(command, asker=Asker(region_code=region, unit_code=unit))
    s.at_registration.when(asked).then_refused(UnitUnknown, unit_code=s.UNIT_CODE)
    own = Asker(region_code=s.REGION_CODE, unit_code=s.UNIT_CODE)
    s.at_registration.when(replace(command, asker=own)).then(RECORDED)


def test_the_same_again_is_silent_whatever_the_rules_say_by_now() -> None:
    stricter = replace(
        RECORDED, triggers=(), needs_ex_ante=True, rule_set_version=7, rules_region="653100"
    )
    again = s.project.given(stricter).knowing(s.a_unit.state, *s.governed)
    again.when(command).then_nothing()
    for other in (
        replace(command, particulars=replace(STATED, requested=Money(1))),
        replace(command, responsible=replace(s.PERSONS, head="古丽")),
    ):
        again.when(other).then_refused(ProjectAlreadyRegistered, name="盐碱地改良研究")


def test_a_candidate_that_was_included_is_budgeted_and_carried_out() -> None:
    admitted = s.a_new_project.knowing(s.approved().state, included.state).after(arrange)
    assert admitted.state.status is ProjectStatus.BUDGETED
    assert admitted.state.budgets == {s.YEAR: s.yuan("7_400_000")}
    assert admitted.state.registered == s.a_new_project.state.registered
    running = admitted.after(start)
    assert running.state.status is ProjectStatus.EXECUTING
    # The budget of a second year comes while the work goes on.
    second = ProjectBudgeted(project_code=s.CODE, fiscal_year=2022, budget=s.yuan("1"))
    later = s.project.given(*running.facts, second).state
    assert (later.status, later.last_year) == (ProjectStatus.EXECUTING, 2022)
    assert later.budgets == {2021: s.yuan("7_400_000"), 2022: s.yuan("1")}
