"""The decision table, row by row, and the score: V2 to the cent."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.rating import (
    Completion,
    Findings,
    Rating,
    Situation,
    completion_of,
    completions,
    core_likelihoods,
    goal_rate,
    is_due,
    milestone_of,
    rate_situation,
    score_of,
)
from services.monitoring.domain.values import Execution, Level, Likelihood, Reason
from shared.domain.money import Money
from tests.monitoring.stories import MONITORING, ROAD, TRUST, on, value

BUDGET = Money.parse("3000000.00")


def money(paid_share: str, *, idle: int = 0, available: int = 1) -> Execution:
    as_of = on(5, 31)
    return Execution(
        as_of_on=as_of,
        budget=BUDGET,
        quota=BUDGET,
        paid=BUDGET.times(Decimal(paid_share)),
        available=Money(available),
        last_movement_on=as_of.fromordinal(as_of.toordinal() - idle),
    )


def done(share: str) -> tuple[Completion, ...]:
    whole = Completion(
        indicator_id="x",
        weight=Decimal(90),
        milestone=Decimal(1),
        actual=Decimal(share),
        completion=Decimal(share),
    )
    return (whole,)


def judged(paid_share: str, goal: str | None, node: str = "M05", **more: Any) -> Rating:  # noqa: ANN401
    execution = money(paid_share, **{k: more.pop(k) for k in ("idle", "available") if k in more})
    due = () if goal is None else done(goal)
    return rate_situation(Situation(node=node, execution=execution, due=due, **more), MONITORING)


def test_v2_behind_at_may_is_blue() -> None:
    rating = judged("0.30", "0.95")
    assert rating.execution_index == Decimal("0.7200")
    assert rating.gap == Decimal("0.2300")
    assert rating.level is Level.BLUE
    assert rating.reasons == (Reason.EXECUTION_BEHIND, Reason.MISMATCH_MINOR)


def test_v2_still_there_in_august_is_red_with_all_reasons_in_order() -> None:
    rating = judged("0.30", "0.90", "M08", idle=100)
    assert rating.execution_index == Decimal("0.4500")
    assert rating.gap == Decimal("0.4500")
    assert rating.level is Level.RED
    assert rating.reasons == (Reason.EXECUTION_SLOW, Reason.MISMATCH, Reason.IDLE)


def test_v2_scores_79_50() -> None:
    score = score_of(judged("0.30", "0.90", "M08", idle=100), Findings(), MONITORING)
    assert score.total == Decimal("79.50")
    assert (score.execution, score.goal) == (Decimal("13.50"), Decimal("36.00"))


ON_TRACK = "0.42"
ROWS = [
    ({"compliance_suspected": True}, Level.RED, Reason.COMPLIANCE),
    ({"not_reported": True}, Level.RED, Reason.NOT_REPORTED),
    ({"likelihoods": frozenset({Likelihood.IMPOSSIBLE})}, Level.RED, Reason.TARGET_UNREACHABLE),
    ({"likelihoods": frozenset({Likelihood.POSSIBLE})}, Level.BLUE, Reason.UNCERTAIN),
    ({"idle": 60}, Level.RED, Reason.IDLE),
]


@pytest.mark.parametrize(("found", "level", "reason"), ROWS)
def test_what_people_found_decides(found: dict[str, Any], level: Level, reason: Reason) -> None:
    rating = judged(ON_TRACK, "1", **found)
    assert (rating.level, rating.reasons) == (level, (reason,))


NUMBERS = [
    ("0.2499", "0.55", {Reason.EXECUTION_SLOW, Reason.GOAL_SLOW}, Level.RED),
    ("0.25", "0.60", {Reason.EXECUTION_BEHIND, Reason.GOAL_BEHIND}, Level.BLUE),
    ("0.3333", "0.7999", {Reason.EXECUTION_BEHIND, Reason.GOAL_BEHIND}, Level.BLUE),
    ("0.3334", "0.80", set(), Level.NORMAL),
    (ON_TRACK, "0.5999", {Reason.GOAL_SLOW, Reason.MISMATCH}, Level.RED),
    (ON_TRACK, "0.70", {Reason.GOAL_BEHIND, Reason.MISMATCH}, Level.RED),
    (ON_TRACK, "0.7001", {Reason.GOAL_BEHIND, Reason.MISMATCH_MINOR}, Level.BLUE),
    (ON_TRACK, "0.90", set(), Level.NORMAL),
    (ON_TRACK, "0.8999", {Reason.MISMATCH_MINOR}, Level.BLUE),
    (ON_TRACK, "1", set(), Level.NORMAL),
    ("0.34", None, set(), Level.NORMAL),
]


@pytest.mark.parametrize(("paid", "goal", "reasons", "level"), NUMBERS)
def test_thresholds_hold_to_the_last_digit(
    paid: str, goal: str | None, reasons: set[Reason], level: Level
) -> None:
    rating = judged(paid, goal)
    assert set(rating.reasons) == reasons
    assert rating.level is level


def test_sixty_percent_stays_sixty_percent_of_a_repeating_fraction() -> None:
    rating = judged("0.40", "0.60", "M08")
    assert rating.execution_index == Decimal("0.6000")
    assert Reason.EXECUTION_SLOW not in rating.reasons


def test_money_that_is_all_spent_is_not_idle() -> None:
    assert judged(ON_TRACK, "1", idle=90, available=0).level is Level.NORMAL
    assert judged(ON_TRACK, "1", idle=59).level is Level.NORMAL


def test_without_a_budget_nothing_can_be_late() -> None:
    nothing = replace(money("0"), budget=Money(0))
    rating = rate_situation(Situation(node="M05", execution=nothing), MONITORING)
    assert rating.level is Level.NORMAL


def test_a_forecast_is_judged_by_the_same_table() -> None:
    rating = judged("0", "1", forecast_paid_rate=Decimal("0.41"))
    assert rating.level is Level.NORMAL


def test_without_a_goal_rate_the_other_parts_stand_for_the_whole() -> None:
    score = score_of(judged("0.25", None), Findings(), MONITORING)
    assert score.total == Decimal("80.00")
    assert score.goal is None


def test_late_reports_and_overdue_letters_cost_points() -> None:
    findings = Findings(on_time=False, completeness=Decimal(5), overdue_letters=2)
    score = score_of(judged(ON_TRACK, "1"), findings, MONITORING)
    assert score.total == Decimal("65.00")
    ruined = score_of(judged("0", "0"), replace(findings, overdue_letters=9), MONITORING)
    assert ruined.total == Decimal("0.00")


def test_points_are_never_more_than_the_rules_give() -> None:
    generous = Findings(completeness=Decimal(99), correction=Decimal(-5))
    score = score_of(judged(ON_TRACK, "1"), generous, MONITORING)
    assert (score.completeness, score.correction) == (Decimal(10), Decimal(0))


def test_a_milestone_is_stated_or_a_share_of_the_year() -> None:
    assert milestone_of(ROAD, "M05", MONITORING) == Decimal(10)
    stated = replace(ROAD, milestones={"M05": Decimal(6)})
    assert milestone_of(stated, "M05", MONITORING) == Decimal(6)
    assert milestone_of(stated, "M08", MONITORING) == Decimal(6)
    once = replace(ROAD, cumulative=False)
    assert milestone_of(once, "M08", MONITORING) is None
    assert not is_due(once, "M08", MONITORING)
    assert not is_due(replace(once, milestones={"M08": Decimal(1)}), "M05", MONITORING)


def test_a_ceiling_holds_on_every_day() -> None:
    cost = replace(ROAD, operator="<=", target_value=Decimal(25))
    assert milestone_of(cost, "M05", MONITORING) == Decimal(25)
    assert completion_of(cost, value("road", "20"), "M05", MONITORING).completion == 1
    half = completion_of(cost, value("road", "50"), "M05", MONITORING)
    assert half.completion == Decimal("0.5000")


def test_ahead_of_an_exact_value_is_no_deviation() -> None:
    exact = replace(ROAD, operator="=")
    assert completion_of(exact, value("road", "24"), "M05", MONITORING).completion == 1


def test_a_qualitative_indicator_counts_by_its_share() -> None:
    told = value("trust", completion=Decimal("0.85"))
    due = completions([ROAD, TRUST], [value("road", "5"), told], "M05", MONITORING)
    assert [item.completion for item in due] == [Decimal("0.5000"), Decimal("0.8500")]
    assert goal_rate(due) == Decimal("0.6556")
    assert goal_rate(()) is None


def test_only_core_indicators_speak_of_likelihood() -> None:
    road = value("road", "5", likelihood=Likelihood.IMPOSSIBLE)
    trust = value("trust", completion=Decimal(1), likelihood=Likelihood.POSSIBLE)
    assert core_likelihoods([ROAD, TRUST], [road, trust]) == {Likelihood.IMPOSSIBLE}


rates = st.integers(0, 12_000).map(lambda n: Decimal(n) / 10_000)


@given(rates, st.none() | rates.map(lambda r: min(r, Decimal(1))), st.integers(0, 200))
def test_the_level_is_the_highest_hit_and_reasons_stand_in_order(
    paid: Decimal, goal: Decimal | None, idle: int
) -> None:
    rating = judged(str(paid), None if goal is None else str(goal), idle=idle)
    order = list(Reason)
    assert sorted(rating.reasons, key=order.index) == list(rating.reasons)
    red = any(order.index(reason) <= order.index(Reason.IDLE) for reason in rating.reasons)
    expected = Level.RED if red else Level.BLUE if rating.reasons else Level.NORMAL
    assert rating.level is expected
    assert Decimal(0) <= score_of(rating, Findings(), MONITORING).total <= Decimal(100)
