"""Every value of a rule set is read as it is stated, and has its default where it is not."""

import copy
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import pytest

from shared.domain.draft_rules import read_draft
from shared.domain.grades import Grade
from shared.domain.judging_rules import PARTS, STAGES, USUAL_FRAMEWORK
from shared.domain.money import Money
from shared.domain.rule_node import Node, RuleSetUnreadable
from shared.domain.rules import RuleSet
from tests.shared.test_domain import RULES

GONE: Final = object()
FRAMEWORK: Final[dict[str, Any]] = {
    "items": [
        {"id": f"X{n}", "part": part, "level2": "二级", "name": f"三级{n}", "points": 25}
        for n, part in enumerate(PARTS)
    ],
    "weights": {stage: dict.fromkeys(PARTS, 25) for stage in STAGES},
    "result_points_min": 50,
}


def changed(place: str, value: object) -> dict[str, Any]:
    """The rules with another value at a place, where there may be none yet; `GONE` removes it."""
    tree: dict[str, Any] = copy.deepcopy(RULES)
    *way, last = place.split("/")[1:]
    at: Any = tree
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at.setdefault(step, {})
    key: Any = int(last) if isinstance(at, list) else last
    if value is GONE:
        at.pop(key, None)
    else:
        at[key] = value
    return tree


def at(rules: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - any value of a rule set
    """The value that was read, by the names of the typed rules."""
    found: Any = RuleSet.parse(rules)
    for step in path.split("."):
        found = getattr(found, step)
    return found


STATED: Final[list[tuple[str, object, str, object]]] = [
    ("/rule_set", "v9", "name", "v9"),
    ("/weights/scheme", "B", "weights.scheme", "B"),
    ("/weights/no_satisfaction_goes_to", "OUTPUT", "weights.no_satisfaction_goes_to", "OUTPUT"),
    ("/over_achievement/tolerance", "0.25", "scoring.over_tolerance", Decimal("0.25")),
    ("/over_achievement/slope", "0.4", "scoring.over_slope", Decimal("0.4")),
    ("/over_achievement/max_reduction", "0.45", "scoring.over_reduction_max", Decimal("0.45")),
    (
        "/execution_score/B",
        [[1, 9], [0, 1]],
        "scoring.execution_steps",
        [(Decimal(1), Decimal(9)), (Decimal(0), Decimal(1))],
    ),
    ("/execution_score/count_unit_transfer", True, "scoring.count_unit_transfer", True),
    ("/pass_line", 59, "scoring.pass_line", Decimal(59)),
    ("/pass_line", None, "scoring.pass_line", None),
    ("/satisfaction/mode", "bands", "scoring.satisfaction_mode", "bands"),
    (
        "/satisfaction/bands",
        [["0.9", 1]],
        "scoring.satisfaction_bands",
        [(Decimal("0.9"), Decimal(1))],
    ),
    (
        "/qualitative_bands",
        {"MET": [1, 2]},
        "scoring.qualitative_bands",
        {"MET": (Decimal(1), Decimal(2))},
    ),
    ("/ex_ante/dimensions", {"X": 100}, "ex_ante.dimensions", {"X": Decimal(100)}),
    ("/ex_ante/included_grades", ["FAIR"], "ex_ante.included_grades", {Grade.FAIR}),
    ("/ex_ante/major_threshold_yuan", "5.00", "ex_ante.major_threshold", Money(500)),
    ("/ex_ante/scorers_min", 7, "ex_ante.scorers_min", 7),
    ("/ex_ante/objection_days", 11, "ex_ante.objection_days", 11),
    ("/monitoring/pre_analysis_lead_months", 2, "monitoring.lead_months", 2),
    ("/monitoring/red/ix", "0.51", "monitoring.red_execution", Decimal("0.51")),
    ("/monitoring/red/g", "0.52", "monitoring.red_goal", Decimal("0.52")),
    ("/monitoring/red/gap", "0.53", "monitoring.red_gap", Decimal("0.53")),
    ("/monitoring/red/idle_days", 54, "monitoring.red_idle_days", 54),
    ("/monitoring/blue/ix", "0.71", "monitoring.blue_execution", Decimal("0.71")),
    ("/monitoring/blue/g", "0.72", "monitoring.blue_goal", Decimal("0.72")),
    ("/monitoring/blue/gap", "0.13", "monitoring.blue_gap", Decimal("0.13")),
    ("/monitoring/letter_on_blue", False, "monitoring.letter_on_blue", False),
    ("/monitoring/score", {"goal": 100}, "monitoring.points", {"goal": Decimal(100)}),
    ("/monitoring/history_cases_min", 9, "monitoring.history_cases_min", 9),
    ("/monitoring/idle_check", "WEEK", "monitoring.idle_check", "WEEK"),
    ("/monitoring/key_project_yuan", "7.00", "monitoring.key_project", Money(700)),
    ("/letters/ack_wd", 4, "letters.acknowledge_days", 4),
    ("/letters/plan_wd", {"RED": 6}, "letters.plan_days", {"RED": 6}),
    ("/letters/finish_wd", {"RED": 16}, "letters.finish_days", {"RED": 16}),
    ("/letters/number", "{region}{year}{serial}", "letters.number", "{region}{year}{serial}"),
    ("/letters/short_names", {"653100": "喀"}, "letters.short_names", {"653100": "喀"}),
    ("/letters/verify_wd", 12, "letters.verify_days", 12),
    (
        "/self_eval_checks/goal_over_execution",
        "0.07",
        "checks.goal_over_execution",
        Decimal("0.07"),
    ),
    ("/self_eval_checks/unspent", "0.21", "checks.unspent", Decimal("0.21")),
    ("/self_eval_checks/arithmetic", "0.6", "checks.arithmetic", Decimal("0.6")),
    ("/self_eval_checks/deviation_cause", "0.2", "checks.deviation_cause", Decimal("0.2")),
    (
        "/self_eval_checks/inflated",
        [1, 2, 3],
        "checks.inflated",
        (Decimal(1), Decimal(2), Decimal(3)),
    ),
    ("/recheck/sample_ratio", "0.3", "checks.recheck_ratio", Decimal("0.3")),
    ("/recheck/min_per_department", 4, "checks.recheck_per_department_min", 4),
    ("/self_eval_checks/cause_characters", 31, "checks.cause_characters", 31),
    ("/self_eval_checks/perfect_indicators", 6, "checks.perfect_indicators", 6),
    ("/self_eval_checks/reach_median", "1.4", "checks.reach_median", Decimal("1.4")),
    ("/self_eval_checks/reach_max", "2.1", "checks.reach_max", Decimal("2.1")),
    ("/self_eval_checks/likeness", "0.8", "checks.likeness", Decimal("0.8")),
    ("/self_eval_checks/likeness_characters", 61, "checks.likeness_characters", 61),
    ("/self_eval_checks/magnitude_slack", 4, "checks.magnitude_slack", Decimal(4)),
    ("/self_eval_checks/penalties", [3, 6], "checks.penalties", (Decimal(3), Decimal(6))),
    ("/linkage/budget_year_offset", 1, "linkage.budget_year_offset", 1),
    (
        "/linkage/POOR/allowed",
        ["0.5", "0.9"],
        "linkage.poor_allowed",
        (Decimal("0.5"), Decimal("0.9")),
    ),
    ("/linkage/base", "ADJUSTED", "linkage.base", "ADJUSTED"),
    ("/linkage/answer_wd", 11, "linkage.answer_days", 11),
    ("/linkage/fragments_min", 4, "linkage.fragments_min", 4),
    ("/linkage/similar_name", "0.61", "linkage.similar_name", Decimal("0.61")),
    ("/linkage/duplicate_name", "0.76", "linkage.duplicate_name", Decimal("0.76")),
    ("/recovery/check_dates", ["06-30"], "recovery.check_dates", [(6, 30)]),
    ("/recovery/low_rate", "0.45", "recovery.low_rate", Decimal("0.45")),
    ("/recovery/by_clock", False, "recovery.by_clock", False),
    ("/disclosure/with_budget_days", 11, "disclosure.with_budget_days", 11),
    ("/disclosure/with_final_accounts_days", 12, "disclosure.with_final_accounts_days", 12),
    ("/disclosure/key_report_wd", 13, "disclosure.key_report_days", 13),
    ("/disclosure/monthly_day", 14, "disclosure.monthly_day", 14),
    ("/disclosure/comment_answer_wd", 16, "disclosure.comment_answer_days", 16),
    ("/evaluation/opinion_days_wd", 21, "opinion_days", 21),
    ("/evaluation/objection_days_wd", 22, "objection_days", 22),
    ("/evaluation/decide_days_wd", 23, "decide_days", 23),
    ("/evaluation/rectify_wd", 24, "judging.rectify_days", 24),
    ("/evaluation/verify_wd", 25, "judging.verify_days", 25),
    ("/evaluation/key_cycle_years", 6, "judging.cycle_years", 6),
    ("/recheck/high_score", 97, "judging.high_score", Decimal(97)),
    ("/recheck/low_execution", "0.55", "judging.low_execution", Decimal("0.55")),
    ("/recheck/full_when_flagged", False, "judging.full_when_flagged", False),
    (
        "/key_funds/pass_on_days",
        {"SPECIAL": 50},
        "key_funds.pass_on_days",
        {"GENERAL": 30, "SPECIAL": 50},
    ),
    ("/key_funds/industry_share", "0.55", "key_funds.industry_share", Decimal("0.55")),
    ("/key_funds/publicity_wd", 6, "key_funds.publicity_wd", 6),
    ("/key_funds/group_min", 7, "key_funds.group_min", 7),
    ("/payments/answer_minutes", 16, "payments.answer_minutes", 16),
    ("/payments/settle_days", 2, "payments.settle_days", 2),
    ("/payments/hold_days", 31, "payments.hold_days", 31),
]


@pytest.mark.parametrize(("place", "value", "path", "read"), STATED)
def test_a_value_is_read_as_it_is_stated(
    place: str, value: object, path: str, read: object
) -> None:
    assert at(changed(place, value), path) == read


USUAL: Final[list[tuple[str, str, object]]] = [
    ("/weights/no_satisfaction_goes_to", "weights.no_satisfaction_goes_to", "BENEFIT"),
    ("/execution_score/count_unit_transfer", "scoring.count_unit_transfer", False),
    ("/monitoring/history_cases_min", "monitoring.history_cases_min", 5),
    ("/monitoring/idle_check", "monitoring.idle_check", "DAY"),
    ("/monitoring/key_project_yuan", "monitoring.key_project", Money.parse("10000000.00")),
    ("/letters/number", "letters.number", "{short}财绩预〔{year}〕{serial}号"),
    ("/letters/short_names", "letters.short_names", {}),
    ("/letters/verify_wd", "letters.verify_days", 10),
    ("/self_eval_checks/cause_characters", "checks.cause_characters", 30),
    ("/self_eval_checks/perfect_indicators", "checks.perfect_indicators", 5),
    ("/self_eval_checks/reach_median", "checks.reach_median", Decimal("1.30")),
    ("/self_eval_checks/reach_max", "checks.reach_max", Decimal(2)),
    ("/self_eval_checks/likeness", "checks.likeness", Decimal("0.90")),
    ("/self_eval_checks/likeness_characters", "checks.likeness_characters", 60),
    ("/self_eval_checks/magnitude_slack", "checks.magnitude_slack", Decimal(3)),
    ("/self_eval_checks/penalties", "checks.penalties", (Decimal(2), Decimal(5))),
    ("/linkage/POOR/allowed", "linkage.poor_allowed", (Decimal("0.70"), Decimal("0.95"))),
    ("/linkage/base", "linkage.base", "INITIAL"),
    ("/linkage/answer_wd", "linkage.answer_days", 10),
    ("/linkage/fragments_min", "linkage.fragments_min", 3),
    ("/linkage/similar_name", "linkage.similar_name", Decimal("0.60")),
    ("/linkage/duplicate_name", "linkage.duplicate_name", Decimal("0.75")),
    ("/recovery/by_clock", "recovery.by_clock", True),
    ("/disclosure/comment_answer_wd", "disclosure.comment_answer_days", 15),
    ("/evaluation/rectify_wd", "judging.rectify_days", 30),
    ("/evaluation/verify_wd", "judging.verify_days", 10),
    ("/evaluation/key_cycle_years", "judging.cycle_years", 5),
    ("/evaluation/framework", "judging.framework", USUAL_FRAMEWORK),
    ("/recheck/high_score", "judging.high_score", Decimal(98)),
    ("/recheck/low_execution", "judging.low_execution", Decimal("0.60")),
    ("/recheck/full_when_flagged", "judging.full_when_flagged", True),
    ("/key_funds", "key_funds.pass_on_days", {"GENERAL": 30, "SPECIAL": 60}),
    ("/key_funds/industry_share", "key_funds.industry_share", Decimal("0.50")),
    ("/key_funds/publicity_wd", "key_funds.publicity_wd", 5),
    ("/key_funds/group_min", "key_funds.group_min", 5),
    ("/payments", "payments.answer_minutes", 15),
    ("/payments/settle_days", "payments.settle_days", 1),
    ("/payments/hold_days", "payments.hold_days", 30),
]


@pytest.mark.parametrize(("place", "path", "usual"), USUAL)
def test_what_rules_of_before_do_not_state_has_its_default(
    place: str, path: str, usual: object
) -> None:
    assert at(changed(place, GONE), path) == usual


def test_the_progress_of_a_node_is_that_of_the_table_or_of_its_month() -> None:
    read = RuleSet.parse(changed("/monitoring/t_ref", {"05": "0.35"})).monitoring
    assert read.reference_progress == {
        "M05": Decimal("0.35"),
        "M08": Decimal(8) / 12,
    }
    linear = RuleSet.parse(changed("/monitoring/t_ref", "linear")).monitoring
    assert linear.reference_progress["M05"] == Decimal(5) / 12
    assert [(one.code, one.month, one.day) for one in linear.nodes] == [
        ("M05", 5, 31),
        ("M08", 8, 31),
    ]


def test_a_framework_is_read_with_its_items_and_weights() -> None:
    items = [{**one} for one in FRAMEWORK["items"]]
    items[1] |= {
        "measure": "EXECUTION",
        "explanation": "说明",
        "key_points": "要点",
        "standard": "标准",
    }
    read = at(changed("/evaluation/framework", {**FRAMEWORK, "items": items}), "judging.framework")
    assert read.result_points_min == 50
    assert read.weights == {stage: dict.fromkeys(PARTS, Decimal(25)) for stage in STAGES}
    whole = [{**items[0], "points": 100}, *items[1:]]
    most = at(changed("/evaluation/framework", {**FRAMEWORK, "items": whole}), "judging.framework")
    assert most.items[0].points == 100
    first, second, *_ = read.items
    assert (first.item_id, first.part, first.level2, first.name, first.points) == (
        "X0",
        "DECISION",
        "二级",
        "三级0",
        Decimal(25),
    )
    assert (first.measure, first.explanation, first.key_points, first.standard) == (
        "JUDGED",
        "",
        "",
        "",
    )
    assert (second.measure, second.explanation, second.key_points, second.standard) == (
        "EXECUTION",
        "说明",
        "要点",
        "标准",
    )
    usual = {name: value for name, value in FRAMEWORK.items() if name != "result_points_min"}
    heavier = {stage: dict(zip(PARTS, (20, 20, 30, 30), strict=True)) for stage in STAGES}
    bound = at(changed("/evaluation/framework", {**usual, "weights": heavier}), "judging.framework")
    assert bound.result_points_min == 60


PLACE: Final = "/evaluation/framework"
WRONG: Final[list[tuple[str, object, str]]] = [
    (f"{PLACE}/items/1/id", "X0", f"{PLACE}/items"),
    (f"{PLACE}/items/3/part", "OUTPUT", f"{PLACE}/items"),
    (f"{PLACE}/items/3/part", "LUCK", f"{PLACE}/items/3/part"),
    (f"{PLACE}/items/3/measure", "LUCK", f"{PLACE}/items/3/measure"),
    (f"{PLACE}/items/3/points", 0, f"{PLACE}/items/3/points"),
    (f"{PLACE}/items/3/points", "100.01", f"{PLACE}/items/3/points"),
    (f"{PLACE}/items/3/points", "NaN", f"{PLACE}/items/3/points"),
    (f"{PLACE}/weights/GENERAL/OUTPUT", 24, f"{PLACE}/weights/GENERAL"),
    (f"{PLACE}/weights/FINISHED/BENEFIT", 0, f"{PLACE}/weights/FINISHED/BENEFIT"),
    (f"{PLACE}/result_points_min", "50.01", f"{PLACE}/weights/GENERAL"),
    (f"{PLACE}/result_points_min", 0, f"{PLACE}/result_points_min"),
    ("/letters/number", "{short}{year}", "/letters/number"),
    ("/letters/number", "{short}{serial}", "/letters/number"),
    ("/letters/number", "{year}{serial}", "/letters/number"),
    ("/letters/short_names", {"653100": "喀", "653101": "喀"}, "/letters/short_names"),
    ("/self_eval_checks/inflated", [1, 2], "/self_eval_checks/inflated"),
    ("/self_eval_checks/penalties", [1, 2, 3], "/self_eval_checks/penalties"),
    ("/monitoring/idle_check", "HOURLY", "/monitoring/idle_check"),
    ("/monitoring/key_project_yuan", "1", "/monitoring/key_project_yuan"),
    ("/recovery/check_dates/0", "0531", "/recovery/check_dates/0"),
    ("/recovery/check_dates/0", "xx-31", "/recovery/check_dates/0"),
    ("/weights/A/OUTPUT", 51, "/weights/A"),
]


@pytest.mark.parametrize(("place", "value", "pointer"), WRONG)
def test_a_value_that_does_not_fit_is_refused_by_its_place(
    place: str, value: object, pointer: str
) -> None:
    tree = changed(PLACE, copy.deepcopy(FRAMEWORK)) if place.startswith(PLACE) else RULES
    *way, last = place.split("/")[1:]
    tree = copy.deepcopy(tree)
    at_: Any = tree
    for step in way:
        at_ = at_[int(step)] if isinstance(at_, list) else at_[step]
    at_[int(last) if isinstance(at_, list) else last] = value
    with pytest.raises(RuleSetUnreadable) as refused:
        RuleSet.parse(tree)
    assert refused.value.pointer == pointer
    assert refused.value.detail.startswith(f"{pointer} is not ")


LONG: Final = "y" * 2_000
DRAFTS: Final[list[tuple[object, bool]]] = [
    (LONG, True),
    (f"{LONG}y", False),
    ("9" * 15, True),
    ("1" + "0" * 15, False),
    ("-" + "9" * 15, True),
    ("-1" + "0" * 15, False),
    (10**15 + 1, False),
    ("NaN", False),
    ("-Infinity", False),
    (2**49, True),
    (2**64, False),
    (True, True),
    (None, True),
    ([1, [f"{LONG}y"]], False),
    ({"a": {"b": "Infinity"}}, False),
    ("text", True),
]


@pytest.mark.parametrize(("value", "good"), DRAFTS)
def test_a_draft_is_refused_where_a_value_is_too_long_or_too_large(
    value: object,
    good: bool,  # noqa: FBT001 - a table
) -> None:
    draft = {**RULES, "extra": value}
    if good:
        assert read_draft(draft).name == RULES["rule_set"]
        return
    with pytest.raises(RuleSetUnreadable) as refused:
        read_draft(draft)
    assert str(refused.value.pointer).startswith("/extra")
    assert refused.value.detail


def test_a_draft_that_lacks_a_value_is_refused_by_its_place() -> None:
    with pytest.raises(RuleSetUnreadable) as refused:
        read_draft({**RULES, "grades": {"GOOD": 80}})
    assert refused.value.pointer == "/grades/EXCELLENT"


def test_a_place_of_a_rule_set_is_named_as_far_as_it_is_read() -> None:
    node = Node({"a": {"b": ["x", 1.5, 2.0]}}, "/top")
    assert node.at("a", "b").path == "/top/a/b"
    assert [one.path for one in node.at("a", "b").items()] == [f"/top/a/b/{n}" for n in range(3)]
    assert node.fields()["a"].fields()["b"].path == "/top/a/b"
    with pytest.raises(RuleSetUnreadable) as missing:
        node.at("a", "c", "d")
    assert (missing.value.pointer, missing.value.detail) == ("/top/a/c", "/top/a/c is missing")
    with pytest.raises(RuleSetUnreadable) as half:
        node.at("a", "b").items()[1].whole()
    assert half.value.detail == "/top/a/b/1 is not a whole number: 1.5"
    assert node.at("a", "b").items()[2].whole() == 2
