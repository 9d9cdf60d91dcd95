"""Whose rules govern, and that a rule adopted later changes later results only."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from services.targets.domain.commands.rule_set import DraftRuleSet
from services.targets.domain.events.ex_ante import ExAnteGraded
from services.targets.domain.events.target import TargetGraded
from services.targets.domain.governing import governing, line, nearest
from services.targets.domain.refusals import BudgetCapExceeded
from services.targets.domain.rule_set import Rules
from shared.domain.grades import Grade
from tests.targets import assessments as a
from tests.targets import coming as c
from tests.targets.stories import (
    AT_APPROVAL,
    CONTENT,
    RULES,
    a_project,
    a_unit,
    adopt_rules,
    approve_target,
    at_writing,
    checked,
    draft_rules,
    draft_target,
    governed,
    grade_target,
    project,
    ready,
    register_project,
    request,
    rule_set,
    some_rules,
    target,
    yuan,
)

PREFECTURE = "653100"


def with_rules(**groups: object) -> DraftRuleSet:
    """A draft in which these values are others."""
    tree: dict[str, Any] = json.loads(json.dumps(dict(RULES)))
    for group, values in groups.items():
        tree[group] = {**tree[group], **values} if isinstance(values, dict) else values
    return replace(draft_rules, rules_json=json.dumps(tree, sort_keys=True))


def revised(**groups: object) -> tuple[object, ...]:
    """What the county's decisions consult once another version was adopted."""
    story = some_rules.after(with_rules(**groups), adopt_rules)
    assert story.state.version == 2
    return (story.state, Rules(), Rules())


above = rule_set.given().after(
    replace(draft_rules, region_code=PREFECTURE), replace(adopt_rules, region_code=PREFECTURE)
)
inherited = (Rules(), above.state, Rules())


def test_a_region_follows_its_superiors_by_its_code() -> None:
    assert line("653121") == ("653121", "653100", "650000")
    assert line("653100") == ("653100", "650000")
    assert line("650000") == ("650000",)
    assert line("town_7") == ("town_7",)
    assert [reference.stream for reference in governing("653121", 2021)] == [
        "rule_set-653121-2021",
        "rule_set-653100-2021",
        "rule_set-650000-2021",
    ]


def test_the_nearest_rules_in_force_count_and_a_draft_does_not() -> None:
    draft_only = rule_set.given().after(draft_rules).state
    assert nearest((draft_only, above.state, Rules())) == above.state
    assert nearest((some_rules.state, above.state, Rules())) == some_rules.state
    assert nearest((Rules(), Rules())) == Rules()


def test_a_county_without_rules_is_judged_by_its_prefectures_and_the_result_says_so() -> None:
    registered = project.knowing(a_unit.state, *inherited).after(register_project).facts[0]
    writing = at_writing(rules=inherited)
    drafted = target.knowing(a_project.state, *writing).after(draft_target).facts[0]
    graded = checked().knowing(*inherited).after(grade_target).facts[-1]
    assessed = a.reviewed(a.scored("s1", "90"), a.scored("s2", "90")).knowing(*inherited)
    concluded = assessed.after(a.conclude_report).facts[-2:]
    for fact in (registered, drafted, graded, *concluded):
        assert fact.rules_region == PREFECTURE
        assert fact.rule_set_version == 1
    bound = target.given(*drafted_and_graded()).knowing(*AT_APPROVAL).after(approve_target)
    assert bound.facts[-1].rules_region == PREFECTURE  # type: ignore[attr-defined]


def drafted_and_graded() -> tuple[object, ...]:
    """A target that was written and graded under the rules of the prefecture."""
    return tuple(
        replace(fact, rules_region=PREFECTURE) if hasattr(fact, "rules_region") else fact
        for fact in ready().facts
    )


def test_own_rules_are_not_named_as_somebody_elses() -> None:
    assert checked().knowing(*governed).after(grade_target).facts[-1].rules_region == ""


def test_another_bound_changes_the_next_grade_only() -> None:
    stricter = revised(grades={"EXCELLENT": 93})
    before = checked().knowing(*governed).after(grade_target)
    after = checked().knowing(*stricter).after(grade_target)
    (first,) = (f for f in before.facts if isinstance(f, TargetGraded))
    (second,) = (f for f in after.facts if isinstance(f, TargetGraded))
    assert (first.score, first.grade, first.rule_set_version) == (
        Decimal("92.00"),
        Grade.EXCELLENT,
        1,
    )
    assert (second.score, second.grade, second.rule_set_version) == (
        Decimal("92.00"),
        Grade.GOOD,
        2,
    )
    before.knowing(*stricter).when(grade_target).then_nothing()


def test_another_bound_changes_the_next_assessment_only() -> None:
    scores = (a.scored("s1", "91"), a.scored("s2", "91"))
    before = a.reviewed(*scores).after(a.conclude_report)
    stricter = revised(grades={"EXCELLENT": 93}, ex_ante={"included_grades": ["EXCELLENT"]})
    after = a.reviewed(*scores).knowing(*stricter).after(a.conclude_report)
    first, second = before.facts[-1], after.facts[-1]
    assert (first.conclusion, first.rule_set_version) == ("INCLUDED", 1)
    assert (second.conclusion, second.rule_set_version) == ("NOT_ARRANGED", 2)
    assert [f.grade for f in after.facts if isinstance(f, ExAnteGraded)] == [Grade.GOOD]
    before.knowing(*stricter).when(a.conclude_report).then_nothing()


def test_other_weights_change_the_next_lint_only() -> None:
    heavier = revised(
        weights={"A": {"EXECUTION": 10, "OUTPUT": 40, "BENEFIT": 40, "SATISFACTION": 10}}
    )
    before = target.knowing(a_project.state, *at_writing()).after(draft_target)
    newer = at_writing(rules=heavier)
    after = target.knowing(a_project.state, *newer).after(draft_target)
    assert "L03" not in {f.rule for f in before.facts[0].findings}  # type: ignore[attr-defined]
    assert "L03" in {f.rule for f in after.facts[0].findings}  # type: ignore[attr-defined]
    assert after.facts[0].content == CONTENT  # type: ignore[attr-defined]
    before.knowing(a_project.state, *newer).when(draft_target).then_nothing()


def test_another_threshold_changes_the_next_registration_only() -> None:
    lower = revised(ex_ante={"major_threshold_yuan": "8000000.00"})
    before = project.knowing(a_unit.state, *governed).after(register_project)
    after = project.knowing(a_unit.state, *lower).after(register_project)
    assert before.facts[0].triggers == ()  # type: ignore[attr-defined]
    assert after.facts[0].triggers == ("MAJOR",)  # type: ignore[attr-defined]
    before.knowing(a_unit.state, *lower).when(register_project).then_nothing()


def test_another_factor_changes_the_next_request_only() -> None:
    first = replace(c.cap(Grade.POOR, yuan("30_000_000")), rule_set_version=1)
    second = replace(c.cap(Grade.POOR, yuan("20_000_000")), rule_set_version=2)
    decided = request.given(*c.requests(first, c.request_budget, c.approve_request, second))
    decided.knowing(a_project.state).when(c.request_budget).then_nothing()
    decided.when(c.approve_request).then_nothing()
    more = replace(c.request_budget, project_code="P2", amount=yuan("1"))
    refusal = decided.knowing(a_project.state).when(more).then_refused(BudgetCapExceeded)
    assert (refusal.details["cap"], refusal.details["rule_set_version"]) == ("20000000.00", 2)
