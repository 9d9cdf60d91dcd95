"""The last value that a rule may take, and the first that it may not, kind by kind."""

import copy
import json
from typing import Any

import pytest

from services.targets.domain.office_clock import clock_of
from services.targets.domain.rule_shape import unreadable
from services.targets.domain.sourced_rules import SourcedRules, by_default, is_default
from tests.targets.stories import RULES
from tests.targets.test_rule_shape import damaged

GOOD: list[tuple[str, object]] = [
    *(("/letters/plan_wd/BLUE", days) for days in (0, 366)),
    *(("/payments", {"hold_days": days}) for days in (1, 366)),
    ("/ex_ante/scorers_min", 1),
    *(("/effectiveness/extra", value) for value in (999_999_999.5, -999_999_999.5, 0.0)),
    *(("/monitoring/t_ref", {"05": share}) for share in (0.01, 1)),
    ("/monitoring/t_ref", "linear"),
    *(("/linkage/POOR/allowed", pair) for pair in ([0.70, 0.95], [0.70, 0.70], [0.95, 0.95])),
    *(("/linkage/base", base) for base in ("INITIAL", "ADJUSTED")),
    *(("/self_evaluation", {"evidence": word}) for word in ("ATTACHED", "ACCEPTED")),
    *(("/recovery/check_dates/0", day) for day in ("01-01", "02-28", "12-31")),
    *(("/ex_ante/included_grades", [grade]) for grade in ("EXCELLENT", "FAIR", "POOR")),
    *(("/ex_ante/major_threshold_yuan", yuan) for yuan in ("0.00", "0.01")),
    ("/effectiveness_detail", {"inflation": {"SERIOUS": 0.01}}),
    *(("/pass_line", line) for line in (None, 0.6)),
]
BAD: list[tuple[str, object, str]] = [
    *(("/letters/plan_wd/BLUE", days, "/letters/plan_wd/BLUE") for days in (-1, 367, 0.5)),
    *(("/payments", {"hold_days": days}, "/payments/hold_days") for days in (0, 367)),
    *(("/ex_ante/scorers_min", count, "/ex_ante/scorers_min") for count in (0, 367)),
    *(
        ("/effectiveness/extra", value, "/effectiveness/extra")
        for value in (1_000_000_000.0, -1_000_000_000.0)
    ),
    *(("/monitoring/t_ref", {"05": share}, "/monitoring/t_ref/05") for share in (0, -1, 1.01)),
    ("/monitoring/t_ref", "quadratic", "/monitoring/t_ref"),
    *(
        ("/linkage/POOR/allowed", pair, "/linkage/POOR/allowed")
        for pair in ([0.69, 0.95], [0.70, 0.96], [0.9, 0.8], [0.7], [0.7, 0.8, 0.9])
    ),
    ("/linkage/base", "PAID", "/linkage/base"),
    ("/self_evaluation", {"evidence": "SEEN"}, "/self_evaluation/evidence"),
    *(
        ("/recovery/check_dates/0", day, "/recovery/check_dates/0")
        for day in ("02-29", "00-01", "12-32", "13-01", "1231")
    ),
    ("/ex_ante/included_grades", ["BEST"], "/ex_ante/included_grades/0"),
    ("/ex_ante/major_threshold_yuan", "0.001", "/ex_ante/major_threshold_yuan"),
    (
        "/effectiveness_detail",
        {"inflation": {"SERIOUS": 0}},
        "/effectiveness_detail/inflation/SERIOUS",
    ),
    *(("/satisfaction/bands/0", pair, "/satisfaction/bands/0") for pair in ([1], [1, 1, 1])),
    *(
        ("/self_eval_checks/inflated", many, "/self_eval_checks/inflated")
        for many in ([5, 10], [5, 10, 20, 30])
    ),
]


@pytest.mark.parametrize(("place", "value"), GOOD)
def test_the_last_value_that_a_rule_may_take_is_read(place: str, value: object) -> None:
    assert [*unreadable(damaged(place, value))] == []


@pytest.mark.parametrize(("place", "value", "pointer"), BAD)
def test_the_first_value_that_a_rule_may_not_take_is_refused(
    place: str, value: object, pointer: str
) -> None:
    assert [refusal.pointer for refusal in unreadable(damaged(place, value))] == [pointer]


def test_a_clock_may_remind_and_list_from_any_day() -> None:
    for reminder, listed in ((0, 1), (3, 366)):
        terms = {"reminder_wd": reminder, "listed_wd": listed}
        rules = SourcedRules(rules_json=json.dumps({**RULES, "office_clock": terms}))
        clock = clock_of(rules)
        assert (clock.reminder_workdays, clock.listed_workdays) == (reminder, listed)


def test_rules_are_defaults_while_nobody_has_said_more() -> None:
    stated: Any = by_default("喀财绩〔2021〕1号")
    assert is_default(stated)
    assert stated[""].legal_basis == "喀财绩〔2021〕1号"
    assert not is_default({})
    assert not is_default({**stated, "/grades": stated[""]})
    assert not is_default({"/grades": stated[""]})


MAY_BE_STATED = [
    "/monitoring/history_cases_min",
    "/monitoring/idle_check",
    "/monitoring/key_project_yuan",
    "/self_evaluation/submit_by",
    "/self_evaluation/evidence",
    "/self_evaluation/explain_wd",
    "/self_evaluation/remind_days",
    "/disclosure/comment_answer_wd",
    "/letters/number",
    "/letters/short_names/x",
    "/letters/verify_wd",
    "/office_clock/reminder_wd",
    "/office_clock/listed_wd",
    "/key_funds/pass_on_days/GENERAL",
    "/key_funds/pass_on_days/SPECIAL",
    "/key_funds/pass_on_days/OTHER",
    "/key_funds/publicity_wd",
    "/key_funds/group_min",
    "/key_funds/industry_share",
    "/execution_score/count_unit_transfer",
    "/self_eval_checks/cause_characters",
    "/self_eval_checks/perfect_indicators",
    "/self_eval_checks/likeness_characters",
    "/self_eval_checks/reach_median",
    "/self_eval_checks/reach_max",
    "/self_eval_checks/likeness",
    "/self_eval_checks/magnitude_slack",
    "/self_eval_checks/penalties",
    "/payments/answer_minutes",
    "/payments/settle_days",
    "/payments/hold_days",
    "/effectiveness_detail/aspects/x/y",
    "/effectiveness_detail/county/units",
    "/effectiveness_detail/county/bureau",
    "/effectiveness_detail/inflation/INFLATED",
    "/effectiveness_detail/inflation/SERIOUS",
    "/evaluation/rectify_wd",
    "/evaluation/verify_wd",
    "/evaluation/key_cycle_years",
    "/recheck/high_score",
    "/recheck/low_execution",
    "/recheck/full_when_flagged",
    "/linkage/POOR/allowed",
    "/linkage/base",
    "/linkage/answer_wd",
    "/linkage/fragments_min",
    "/linkage/similar_name",
    "/linkage/duplicate_name",
    "/recovery/by_clock",
    "/adjustments/lowers_key_expenditure",
    "/adjustments/changes_total_budget",
    "/adjustments/approval/REDUCTION",
]


def test_all_that_may_be_stated_is_read_and_everything_wrong_is_told_at_once() -> None:
    tree = copy.deepcopy(dict(RULES))
    for place in MAY_BE_STATED:
        *way, last = place.split("/")[1:]
        at: Any = tree
        for step in way:
            at = at.setdefault(step, {})
        at[last] = {"x": {}}
    told = {refusal.pointer for refusal in unreadable(tree)}
    assert {place for place in MAY_BE_STATED if place not in told} == set()


def test_what_is_refused_alone_is_told_among_others_too() -> None:
    first: dict[str, str] = {}
    for pointer in SourcedRules(rules_json=json.dumps(RULES)).values:
        first.setdefault(pointer.rpartition("/")[0], pointer)
    # The bands of who approves are read as one table, which tells its first mistake.
    first = {above: pointer for above, pointer in first.items() if "/approval/" not in pointer}
    tree, alone = copy.deepcopy(dict(RULES)), set()
    for pointer in first.values():
        alone |= {refusal.pointer for refusal in unreadable(damaged(pointer, {"x": {}}))}
        *way, last = pointer.split("/")[1:]
        at: Any = tree
        for step in way:
            at = at[int(step)] if isinstance(at, list) else at[step]
        at[int(last) if isinstance(at, list) else last] = {"x": {}}
    assert alone - {refusal.pointer for refusal in unreadable(tree)} == set()
