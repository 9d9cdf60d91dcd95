"""Nothing that a reader of the rules would refuse is overlooked, and what differs is named."""

import copy
import json
import math
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.targets.api.rule_words import RULE_WORDS, labels
from services.targets.api.translation import canonical
from services.targets.domain.rule_differences import RuleChange, differences
from services.targets.domain.rule_set import Rules, decide
from services.targets.domain.rule_shape import unreadable
from services.targets.domain.sourced_rules import (
    Provenance,
    SourcedRules,
    SourceTag,
    escaped,
    unescaped,
)
from shared.domain.refusals import Invalid
from shared.domain.rule_node import RuleSetUnreadable
from shared.domain.rules import RuleSet
from tests.targets.stories import RULES, SOURCES, draft_rules

WHOLE = SourcedRules(rules_json=json.dumps(RULES), provenance=SOURCES)
PLACES = sorted(WHOLE.places - {""})
DAMAGE: tuple[object, ...] = (
    None,
    "",
    "x",
    True,
    -1,
    "NaN",
    "Infinity",
    1.5,
    [],
    {},
    [1],
    [1, 2, 3],
    {"x": "y"},
    ...,
)


def damaged(place: str, value: object) -> Any:  # noqa: ANN401 - a rule set is JSON
    """The rules with one place replaced, or removed."""
    tree = copy.deepcopy(dict(RULES))
    *way, last = place.split("/")[1:]
    at: Any = tree
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at[step]
    key: Any = int(last) if isinstance(at, list) else last
    if value is ...:
        del at[key]
    else:
        at[key] = value
    return tree


def refused_at(tree: Any) -> str | None:  # noqa: ANN401 - a rule set is JSON
    """The place at which the reader of the rules stops; the whole, where it falls over."""
    try:
        RuleSet.parse(tree)
    except RuleSetUnreadable as refusal:
        return refusal.pointer
    except (ValueError, OverflowError, ArithmeticError):
        return ""
    return None


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from(DAMAGE))
def test_whatever_the_reader_of_the_rules_refuses_is_found(place: str, value: object) -> None:
    tree = damaged(place, value)
    found = [refusal.pointer for refusal in unreadable(tree)]
    assert len(found) == len(set(found))
    where = refused_at(tree)
    assert where is None or any(f"{pointer}/".startswith(f"{where}/") for pointer in found)


SENSELESS: Final = (
    *("13-45", "02-30", "1-1-1", "NaN", "sNaN", "-Infinity", "1e999999999", "1_0", " 5 ", "\u0663"),
    *(1e308, math.nan, math.inf, 10**400, -1, 0.5),
)
ANY_JSON: Final = st.recursive(
    st.sampled_from(SENSELESS)
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(),
    lambda below: (
        st.lists(below, max_size=4)
        | st.dictionaries(st.text(max_size=3) | st.sampled_from(["cap_factor", "A"]), below)
    ),
    max_leaves=5,
)


def _missing(pointer: str, tree: Any) -> str:  # noqa: ANN401 - a rule set is JSON
    """The first place above what a pointer names that the rules do not have."""
    at, *way = tree, *pointer.split("/")[1:-1]
    for step in map(unescaped, way):
        try:
            at = at[int(step)] if isinstance(at, list) else at[step]
        except (LookupError, TypeError, ValueError):
            return step
    return ""


@settings(max_examples=300, deadline=timedelta(seconds=2))
@given(st.sampled_from(PLACES), ANY_JSON)
def test_any_value_in_place_of_another_is_read_or_refused_by_its_pointer(
    place: str, value: object
) -> None:
    tree = damaged(place, value)
    asked = replace(draft_rules, rules_json=canonical(tree))
    try:
        decide(asked, Rules())
    except Invalid as refusal:
        pointers = [defect["pointer"] for defect in refusal.details["defects"]]  # type: ignore[attr-defined]
        assert all(pointer.startswith("/") for pointer in pointers)
        assert {pointer.split("/")[1] for pointer in pointers} == {place.split("/")[1]}
        assert not any(_missing(pointer, json.loads(asked.rules_json)) for pointer in pointers)
    else:
        read = RuleSet.parse(json.loads(asked.rules_json, parse_float=Decimal))
        assert read.ex_ante.scorers_min >= 1
        json.dumps(json.loads(asked.rules_json), allow_nan=False)


@pytest.mark.parametrize(
    ("place", "value", "pointer"),
    [
        ("/self_eval_checks/inflated", [5, 10], "/self_eval_checks/inflated"),
        ("/self_eval_checks/inflated/1", "NaN", "/self_eval_checks/inflated/1"),
        ("/recovery/check_dates/0", "13-45", "/recovery/check_dates/0"),
        ("/grades/GOOD", [80], "/grades/GOOD"),
        ("/grades/GOOD", "1e999999999", "/grades/GOOD"),
        ("/letters/plan_wd/BLUE", "1e999999", "/letters/plan_wd/BLUE"),
        ("/letters/plan_wd/BLUE", -1, "/letters/plan_wd/BLUE"),
        ("/letters/plan_wd/BLUE", 367, "/letters/plan_wd/BLUE"),
        ("/letters/plan_wd/BLUE", 1.5, "/letters/plan_wd/BLUE"),
        ("/letters/finish_wd/RED", ..., "/letters/finish_wd/RED"),
        ("/letters/finish_wd", {"RED": 1, "BLUE": 2, "a/b~": "x"}, "/letters/finish_wd/a~1b~0"),
        ("/ex_ante/scorers_min", 0, "/ex_ante/scorers_min"),
        ("/qualitative_bands/NOT", ..., "/qualitative_bands/NOT"),
        ("/monitoring/score/goal", ..., "/monitoring/score/goal"),
        ("/weights/A", {"OUTPUT": 90, "a/b": None}, "/weights/A/a~1b"),
        ("/monitoring/t_ref", {"0/5": "x"}, "/monitoring/t_ref/0~15"),
        ("/monitoring/t_ref", {"05": 0}, "/monitoring/t_ref/05"),
        ("/monitoring/t_ref", {"08": "1.01"}, "/monitoring/t_ref/08"),
        ("/monitoring/idle_check", "HOURLY", "/monitoring/idle_check"),
        ("/monitoring/history_cases_min", -1, "/monitoring/history_cases_min"),
        ("/monitoring/key_project_yuan", "1e7", "/monitoring/key_project_yuan"),
        ("/self_eval_checks/penalties", [2], "/self_eval_checks/penalties"),
        ("/self_eval_checks/likeness", "high", "/self_eval_checks/likeness"),
        ("/self_eval_checks/cause_characters", 1.5, "/self_eval_checks/cause_characters"),
        ("/execution_score/count_unit_transfer", "no", "/execution_score/count_unit_transfer"),
        ("/office_clock/reminder_wd", "soon", "/office_clock/reminder_wd"),
        ("/office_clock/listed_wd", -1, "/office_clock/listed_wd"),
        ("/office_clock", [3, 8], "/office_clock"),
        ("/payments", {"answer_minutes": 0}, "/payments/answer_minutes"),
        ("/payments", {"hold_days": "soon"}, "/payments/hold_days"),
        ("/ranking/ties", math.nan, "/ranking/ties"),
        ("/effectiveness/extra", -math.inf, "/effectiveness/extra"),
        ("/effectiveness_detail/county/units", 1.5, "/effectiveness_detail/county/units"),
        ("/effectiveness_detail/inflation/SERIOUS", 0, "/effectiveness_detail/inflation/SERIOUS"),
        ("/effectiveness_detail/aspects", {"x": {"Y": -1}}, "/effectiveness_detail/aspects/x/Y"),
    ],
)
def test_a_value_without_sense_is_refused_at_its_place(
    place: str, value: object, pointer: str
) -> None:
    assert [refusal.pointer for refusal in unreadable(damaged(place, value))] == [pointer]


def test_the_default_rules_are_readable_and_two_damages_are_two_findings() -> None:
    assert not list(unreadable(RULES))
    twice = damaged("/grades/GOOD", "x")
    twice["evaluation"] = {}
    assert [refusal.pointer for refusal in unreadable(twice)] == [
        "/grades/GOOD",
        "/evaluation/opinion_days_wd",
        "/evaluation/objection_days_wd",
        "/evaluation/decide_days_wd",
    ]


def test_equal_rules_do_not_differ() -> None:
    assert not differences(WHOLE, WHOLE)
    other = json.dumps(damaged("/qualitative_bands/MET/1", 1))
    assert not differences(WHOLE, SourcedRules(rules_json=other, provenance=SOURCES))


@pytest.mark.parametrize(
    ("place", "value", "found"),
    [
        ("/grades/GOOD", 85, [("/grades/GOOD", RuleChange.CHANGED, 80, 85)]),
        ("/pass_line", ..., [("/pass_line", RuleChange.REMOVED, None, None)]),
        ("/letters/extra", 1, [("/letters/extra", RuleChange.ADDED, None, 1)]),
        ("/monitoring/letter_on_blue", 1, [
            ("/monitoring/letter_on_blue", RuleChange.CHANGED, True, 1),
        ]),
        ("/monitoring/t_ref", {"05": 0.4}, [
            ("/monitoring/t_ref", RuleChange.REMOVED, "linear", None),
            ("/monitoring/t_ref/05", RuleChange.ADDED, None, 0.4),
        ]),
    ],
)  # fmt: skip
def test_what_differs_is_named_value_by_value(place: str, value: object, found: list[Any]) -> None:
    after = SourcedRules(rules_json=json.dumps(damaged(place, value)), provenance=SOURCES)
    told = [
        (d.pointer, d.change, d.before, float(d.after) if d.pointer.endswith("05") else d.after)
        for d in differences(WHOLE, after)
    ]
    assert told == found


def test_another_source_is_a_difference_of_its_own() -> None:
    law = Provenance(source_tag=SourceTag.R1, legal_basis="预算法")
    after = SourcedRules(rules_json=WHOLE.rules_json, provenance={**SOURCES, "/recovery": law})
    found = differences(WHOLE, after)
    assert {d.change for d in found} == {RuleChange.SOURCE_CHANGED}
    assert [d.pointer for d in found] == [
        "/recovery/check_dates/0",
        "/recovery/check_dates/1",
        "/recovery/low_rate",
        "/recovery/by_clock",
    ]
    assert {d.source_after for d in found} == {law}


def test_the_nearest_source_above_counts() -> None:
    assert WHOLE.source("/monitoring/nodes/0/code") == SOURCES["/monitoring/nodes"]
    assert WHOLE.source("/monitoring/red/ix") == SOURCES["/monitoring"]
    assert SourcedRules(rules_json=WHOLE.rules_json).source("/grades/GOOD") is None


@given(st.text(max_size=20))
def test_any_key_can_stand_in_a_pointer(key: str) -> None:
    assert unescaped(escaped(key)) == key
    tree = SourcedRules(rules_json=json.dumps({key: 1}))
    assert tree.values == {f"/{escaped(key)}": 1}


def test_every_value_of_the_default_rules_has_a_name_in_both_languages() -> None:
    unnamed = {
        part
        for pointer in WHOLE.values
        for part in pointer.split("/")[1:]
        if not part.isdecimal() and part not in RULE_WORDS
    }
    assert not unnamed
    assert labels("/monitoring/nodes/1/cut_off") == (
        "绩效运行监控 · 监控节点 · 第2项 · 截止日",
        "Monitoring · Nodes · No. 2 · Cut-off day",
    )
    assert labels("/own_word") == ("own_word", "own_word")


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"POOR": {"cap_factor": 0.9, "allowed": [0.6, 0.95]}}, "/linkage/POOR/allowed"),
        ({"POOR": {"cap_factor": 0.9, "allowed": [0.95, 0.7]}}, "/linkage/POOR/allowed"),
        ({"base": "SPENT"}, "/linkage/base"),
        ({"similar_name": 1.5}, "/linkage/similar_name"),
        ({"answer_wd": -1}, "/linkage/answer_wd"),
    ],
)
def test_what_a_linkage_may_state(changes: dict[str, Any], place: str) -> None:
    tree = json.loads(WHOLE.rules_json)
    tree["linkage"] |= changes
    assert [refusal.pointer for refusal in unreadable(tree)] == [place]
