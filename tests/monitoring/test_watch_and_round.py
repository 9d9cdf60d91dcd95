"""Watches, rounds and what was heard: when a project is looked at, and by which rules."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.monitoring.domain import round as rounds
from services.monitoring.domain.calendar import months_earlier
from services.monitoring.domain.region import HearRegion, RegionHeard, region_decider
from services.monitoring.domain.round import NodeUnknown, RoundNotPlanned, Stage, round_decider
from services.monitoring.domain.rules import HearRules, Rules, RulesNotHeard, rules_decider
from services.monitoring.domain.unit import HearUnit, Unit, unit_decider
from services.monitoring.domain.watch import (
    ArrangeNodes,
    FollowTarget,
    NodesArranged,
    NoteOverdueLetter,
    OpenWatch,
    ProjectNotWatched,
    watch_decider,
)
from tests.monitoring.stories import (
    CLERK,
    MONITORING,
    PROJECT,
    ROAD,
    RULES,
    TRUST,
    Story,
    at,
    on,
    yuan,
)

HELD = Rules(region_code="653101", rules=RULES)
WHOSE: dict[str, Any] = {"project": PROJECT, "by": CLERK, "now": at(2, 1)}
watch = Story(watch_decider).knowing(Unit(), HELD, Rules(), Rules())
open_it = OpenWatch(
    **WHOSE, name="农村道路", budget=yuan(1), target_version=1, indicators=(ROAD, TRUST)
)


@pytest.mark.parametrize(
    ("cut_off", "months", "expected"),
    [
        (on(5, 31), 1, on(4, 30)),
        (on(8, 31), 1, on(7, 31)),
        (on(2, 28), 1, on(1, 31)),
        (on(5, 15), 1, on(4, 15)),
        (on(3, 30), 1, on(2, 28)),
        (on(1, 31), 2, date(2020, 11, 30)),
    ],
)
def test_the_end_of_a_month_stays_the_end_of_a_month(
    cut_off: date, months: int, expected: date
) -> None:
    assert months_earlier(cut_off, months) == expected


def test_an_approved_target_is_watched_at_both_nodes() -> None:
    watch.when(open_it).then_names("WatchOpened", "NodesArranged")
    _, arranged = watch.when(open_it).facts()
    assert isinstance(arranged, NodesArranged)
    assert [dates.cut_off_on for dates in arranged.nodes] == [on(5, 31), on(8, 31)]
    assert [dates.pre_analysis_on for dates in arranged.nodes] == [on(4, 30), on(7, 31)]
    assert arranged.nodes[0].submit_by == on(6, 7)


@pytest.mark.parametrize(("check", "days"), [("DAY", 60), ("WEEK", 60), ("NEVER", 0)])
def test_days_of_rest_are_waited_for_where_the_rules_look_for_them(check: str, days: int) -> None:
    looking = replace(RULES, monitoring=replace(MONITORING, idle_check=check))
    held = Rules(region_code="653101", rules=looking)
    _, arranged = watch.knowing(Unit(), held, Rules(), Rules()).when(open_it).facts()
    assert isinstance(arranged, NodesArranged)
    assert arranged.idle_days == days


def test_an_exempt_research_project_is_looked_at_on_no_node() -> None:
    exempt = watch.after(replace(open_it, exempt=True))
    assert [type(fact).__name__ for fact in exempt.facts] == ["WatchOpened"]
    arrange = ArrangeNodes(
        project_code="P1", fiscal_year=2021, region_code="653101", by=CLERK, now=at(2, 2)
    )
    exempt.knowing(HELD, Rules(), Rules()).when(arrange).then_nothing()
    exempt.when(replace(open_it, exempt=True)).then_nothing()
    follow = FollowTarget(**WHOSE, budget=yuan(2), target_version=2, indicators=(ROAD,))
    followed = exempt.after(follow)
    assert (followed.state.exempt, followed.state.nodes) == (True, ())


def test_without_rules_it_is_arranged_when_they_come() -> None:
    unruled = Story(watch_decider).knowing(Unit(), Rules(), Rules(), Rules())
    unruled.when(open_it).then_names("WatchOpened")
    arrange = ArrangeNodes(
        project_code="P1", fiscal_year=2021, region_code="653101", by=CLERK, now=at(2, 2)
    )
    waiting = unruled.after(open_it)
    waiting.knowing(Rules(), Rules(), Rules()).when(arrange).then_refused(RulesNotHeard)
    waiting.knowing(HELD, Rules(), Rules()).when(arrange).then_names("NodesArranged")
    watch.knowing(HELD).when(arrange).then_refused(ProjectNotWatched)


def test_the_watch_follows_its_target() -> None:
    follow = FollowTarget(**WHOSE, budget=yuan(2), target_version=2, indicators=(ROAD,))
    watch.when(follow).then_nothing()
    opened = watch.after(open_it)
    assert opened.state.indicators == open_it.indicators != (ROAD,)
    opened.when(follow).then_names("TargetFollowed")
    assert opened.after(follow).state.indicators == (ROAD,)
    assert opened.after(follow).state.nodes == opened.state.nodes


def test_an_overdue_letter_is_noted_once() -> None:
    note = NoteOverdueLetter(
        project_code="P1", fiscal_year=2021, warning_id="W1", by=CLERK, now=at(7, 1)
    )
    watch.when(note).then_nothing()
    watch.after(open_it).when(note).then_names("OverdueLetterNoted")


def plan(node: str = "M05") -> rounds.PlanRound:
    return rounds.PlanRound(
        region_code="653101", fiscal_year=2021, node=node, by=CLERK, now=at(1, 4)
    )


planning = Story(round_decider).knowing(HELD, Rules(), Rules())
planned = planning.after(plan())


def test_a_round_is_planned_with_its_pre_analysis_a_month_before() -> None:
    planning.when(plan()).then_names("RoundPlanned")
    assert planned.state.dates.pre_analysis_on == on(4, 30)
    planning.when(plan("M11")).then_refused(NodeUnknown)
    planning.knowing(Rules(), Rules(), Rules()).when(plan()).then_refused(RulesNotHeard)


def test_changed_rules_move_a_round_that_is_not_closed() -> None:
    earlier = replace(RULES, monitoring=replace(MONITORING, lead_months=2))
    moved = Rules(region_code="653101", rules=earlier)
    planned.knowing(moved, Rules(), Rules()).when(plan()).then_names("RoundPlanned")
    closed = planned.given(closing_fact())
    closed.knowing(moved, Rules(), Rules()).when(plan()).then_nothing()


def closing_fact() -> rounds.RoundClosed:
    return rounds.RoundClosed(
        region_code="653101",
        fiscal_year=2021,
        node="M05",
        cut_off_on=on(5, 31),
        reviewed=0,
        missed=0,
    )


def advance(stage: Stage) -> rounds.AdvanceRound:
    return rounds.AdvanceRound(
        region_code="653101", fiscal_year=2021, node="M05", stage=stage, by=CLERK, now=at(5, 1)
    )


def test_a_round_only_goes_forward() -> None:
    planned.when(advance(Stage.COLLECTING)).then(
        rounds.RoundAdvanced(
            region_code="653101", fiscal_year=2021, node="M05", stage=Stage.COLLECTING
        )
    )
    collecting = planned.after(advance(Stage.COLLECTING))
    collecting.when(advance(Stage.PRE_ANALYSIS)).then_nothing()
    planning.when(advance(Stage.COLLECTING)).then_nothing()


def close(month: int, day: int) -> rounds.CloseRound:
    return rounds.CloseRound(
        region_code="653101",
        fiscal_year=2021,
        node="M05",
        by=CLERK,
        now=at(month, day),
    )


def test_a_round_ends_after_its_reports_were_due() -> None:
    planned.when(close(6, 7)).then_refused(rounds.RoundStillCollecting)
    planned.when(close(6, 8)).then_names("RoundClosed")
    planned.given(closing_fact()).when(close(6, 8)).then_nothing()
    planning.when(close(6, 8)).then_refused(RoundNotPlanned)


def test_what_is_heard_twice_is_kept_once() -> None:
    unit = HearUnit(
        unit_code="U1",
        name="疏附县交通局",
        region_code="653101",
        department_code="D1",
        department_name="交通运输局",
        by=CLERK,
        now=at(1, 1),
    )
    Story(unit_decider).when(unit).then_names("UnitHeard")
    region = HearRegion(region_code="653101", name="疏附县", by=CLERK, now=at(1, 1))
    Story(region_decider).when(region).then(RegionHeard(region_code="653101", name="疏附县"))
    Story(region_decider).after(region).when(region).then_nothing()
    hear = HearRules(region_code="653101", fiscal_year=2021, rules=RULES, by=CLERK, now=at(1, 1))
    Story(rules_decider).when(hear).then_names("RulesHeard")
    newer = replace(hear, rules=replace(RULES, version=2))
    Story(rules_decider).after(newer).when(hear).then_nothing()
