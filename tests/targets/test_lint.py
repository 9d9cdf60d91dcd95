"""What is wrong with a target before anyone reads it: each rule passes and fails."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

import pytest

from services.targets.domain.findings import Severity, has_errors, quality_score
from services.targets.domain.library_entry import Details, Entry
from services.targets.domain.lint import Assessed, Yardstick, lint
from services.targets.domain.lint.scheme import scheme_points
from services.targets.domain.lint.telling import REMEDIES
from services.targets.domain.proofs import Attainment, Costing, Proof
from services.targets.domain.values import (
    Content,
    Indicator,
    Level1,
    Level2,
    Operator,
    ProjectKind,
)
from shared.domain.rules import RuleSet, WeightRules
from tests.targets.goals import twins
from tests.targets.stories import CONTENT, RECORDED, RULES, indicator, yuan
from tests.targets.town import SECOND_GOAL

RULE_SET: Final = RuleSet.parse(RULES)
YARDSTICK: Final = Yardstick(
    fiscal_year=2021,
    kind=ProjectKind.REPAIR,
    weights=RULE_SET.weights,
    nodes=["M05", "M08"],
    budget=yuan("8_000_000"),
)
SCHEME_B: Final = WeightRules(scheme="B", points=RULE_SET.weights.points)


def found(content: Content, yardstick: Yardstick = YARDSTICK) -> Sequence[tuple[str, str]]:
    """The rules that were broken, with the fields."""
    return [(finding.rule, finding.pointer) for finding in lint(content, yardstick)]


def severity(content: Content, rule: str, yardstick: Yardstick = YARDSTICK) -> Severity:
    """How serious the one finding of a rule is."""
    [one] = [f.severity for f in lint(content, yardstick) if f.rule == rule]
    return one


def without(*ids: str) -> Content:
    """The good target without some indicators."""
    kept = tuple(i for i in CONTENT.indicators if i.indicator_id not in ids)
    return replace(CONTENT, indicators=kept)


def changed(indicator_id: str, **values: object) -> Content:
    """The good target with one indicator changed."""
    return replace(
        CONTENT,
        indicators=tuple(
            replace(i, **values) if i.indicator_id == indicator_id else i  # type: ignore[arg-type]
            for i in CONTENT.indicators
        ),
    )


def crowded(count: int) -> Content:
    """The good target with so many indicators more."""
    more: tuple[Indicator, ...] = tuple(
        indicator(f"X{n}", Level1.BENEFIT, Level2.SOCIAL, 1) for n in range(count)
    )
    return replace(
        CONTENT,
        indicators=(*CONTENT.indicators, *more),
        proofs={**CONTENT.proofs, **{i.indicator_id: RECORDED for i in more}},
    )


def test_the_good_target_has_no_finding() -> None:
    assert found(CONTENT) == []
    assert quality_score(lint(CONTENT, YARDSTICK)) == 100


def test_l01_output_and_benefit_are_there_and_repairs_state_a_cost() -> None:
    assert ("L01", "/indicators") in found(without("I5"))
    assert ("L01", "/indicators") in found(without("I1", "I2", "I3", "I4"))
    costless = changed("I4", level2=Level2.QUANTITY, milestones={"M05": 1, "M08": 2})
    assert found(costless) == [("L01", "/indicators")]
    assert found(costless, replace(YARDSTICK, kind=ProjectKind.OTHER)) == []


def test_l02_quantity_quality_and_timeliness_are_there_or_waived() -> None:
    untimely = changed("I3", level2=Level2.QUALITY)
    assert found(untimely) == [("L02", "/indicators")]
    assert found(replace(untimely, waivers={"L02": " "})) == [("L02", "/indicators")]
    assert found(replace(untimely, waivers={"L02": "常年性服务项目"})) == []


@pytest.mark.parametrize("weight", ["0.99", "21"])
def test_l03_weights_match_the_scheme_and_none_is_below_one(weight: str) -> None:
    rules = {rule for rule, _ in found(changed("I1", weight=Decimal(weight)))}
    assert rules == {"L03"}


def test_l03_what_satisfaction_leaves_free_goes_to_benefit() -> None:
    moved = replace(
        without("I6", "I5"),
        indicators=(
            *without("I6", "I5").indicators,
            indicator("I5", Level1.BENEFIT, Level2.SOCIAL, 40),
        ),
    )
    assert found(moved) == []


def test_l03_scheme_b_has_a_cost_part_of_its_own_or_none() -> None:
    costed = (
        indicator("1", Level1.COST, Level2.ECONOMIC_COST, 20),
        indicator("2", Level1.SATISFACTION, Level2.RECIPIENTS, 10),
    )
    assert scheme_points(costed, SCHEME_B) == {
        "COST": 20, "OUTPUT": 40, "BENEFIT": 20, "SATISFACTION": 10,
    }  # fmt: skip
    assert scheme_points(costed[1:], SCHEME_B)["OUTPUT"] == 50
    assert scheme_points(costed[:1], SCHEME_B)["BENEFIT"] == 30


def test_l03_schemes_are_never_mixed() -> None:
    """The good target is of scheme A: its cost inside output has no place in scheme B."""
    of_b = replace(YARDSTICK, weights=SCHEME_B)
    assert found(CONTENT, of_b) == [("L03", "/indicators/3/level2")]
    b_in_a = changed("I4", level1=Level1.COST, level2=Level2.ECONOMIC_COST, weight=Decimal(20))
    assert ("L03", "/indicators/3/level2") in found(b_in_a)
    b = replace(
        b_in_a,
        indicators=tuple(
            replace(i, weight=Decimal(20)) if i.indicator_id in {"I5", "I1"} else i
            for i in b_in_a.indicators
        ),
    )
    assert found(b, of_b) == []


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"target_value": None}, "/indicators/0/target_value"),
        ({"target_value": Decimal(0)}, "/indicators/0/target_value"),
        ({"unit": " "}, "/indicators/0/unit"),
    ],
)
def test_l04_a_number_has_an_operator_a_value_and_a_unit(
    values: dict[str, object], pointer: str
) -> None:
    assert found(changed("I1", **values)) == [("L04", pointer)]


def test_l04_a_quality_without_number_has_a_standard_for_three_levels() -> None:
    assert found(replace(CONTENT, levels={})) == [
        ("L04", f"/indicators/4/levels/{level}") for level in Attainment
    ]
    two = {"I5": {**CONTENT.levels["I5"], Attainment.PARTLY_MET: " "}}
    assert found(replace(CONTENT, levels=two)) == [("L04", "/indicators/4/levels/PARTLY_MET")]


def test_l04_at_most_nothing_is_a_target() -> None:
    assert found(changed("I4", target_value=Decimal(0))) == []


@pytest.mark.parametrize(
    ("goal", "lacking"),
    [
        ("完成校舍维修20所，改善就学。", ["characters"]),
        ("完成校舍维修20所，改善就学条件。" * 20, ["characters"]),
        ("全县二十所学校的校舍安全隐患得到彻底消除，师生获得更加安全的学习环境。", ["task"]),
        ("完成校舍维修改造，改善学生的就学条件，让全县各乡镇学校的孩子都受益于此。", ["output"]),
        ("完成二十所学校校舍维修改造，验收合格率达到百分之百，全部在年底前交付使用。", ["effect"]),
        ("年底之前认真做好各方面的相关工作，把任务分解到人，责任落到实处，按期收尾。",
         ["task", "output", "effect"]),
    ],
)  # fmt: skip
def test_l05_a_goal_names_task_output_and_effect(goal: str, lacking: list[str]) -> None:
    [finding] = lint(replace(CONTENT, annual_goal=goal), YARDSTICK)
    assert (finding.key, finding.severity) == ("L05/annual_goal", Severity.WARN)
    for part in ("characters", "task", "output", "effect"):
        assert (part in finding.detail) is (part in lacking), finding.detail


@pytest.mark.parametrize(
    ("count", "severe"), [(9, None), (10, Severity.WARN), (19, Severity.WARN), (20, Severity.ERROR)]
)
def test_l06_more_than_15_indicators_are_fragments_and_more_than_25_too_many(
    count: int, severe: Severity | None
) -> None:
    findings = [f for f in lint(crowded(count), YARDSTICK) if f.rule == "L06"]
    assert [f.severity for f in findings] == ([severe] if severe else [])


def test_l06_fewer_than_five_are_warned_of() -> None:
    assert severity(without("I4", "I6"), "L06") is Severity.WARN


@pytest.mark.parametrize(
    ("name", "passes"),
    [
        ("校舍维修改造完成数量", True),
        ("长" * 30, True),
        ("长" * 31, False),
        ("幼儿园、小学校舍维修数量", True),
        ("校舍验收合格率、按期完成率", False),
        ("维修小学12所和中学8所", False),
        ("及时响应率", True),
    ],
)
def test_l07_a_name_is_short_and_has_one_measure(name: str, *, passes: bool) -> None:
    assert found(changed("I1", name=name)) == ([] if passes else [("L07", "/indicators/0/name")])


@pytest.mark.parametrize(
    ("name", "passes"),
    [
        ("就学条件改善情况", True),
        ("进一步提高办学水平", False),
        ("取得一定成效", False),
        ("显著改善12所学校条件", True),
    ],
)
def test_l08_an_indicator_without_number_is_not_vague(name: str, *, passes: bool) -> None:
    assert found(changed("I5", name=name)) == ([] if passes else [("L08", "/indicators/4/name")])
    assert found(changed("I1", name=name)) == []


def test_l08_a_vague_word_of_the_goal_has_a_number_in_its_clause() -> None:
    measured = "完成二十所学校校舍维修改造，就学条件满意度提高5个百分点，惠及一万二千名学生。"
    vague = "完成二十所学校校舍维修改造，就学条件进一步提高，惠及一万二千名学生，按期完工。"
    assert found(replace(CONTENT, annual_goal=measured)) == []
    [finding] = lint(replace(CONTENT, annual_goal=vague), YARDSTICK)
    assert (finding.key, finding.severity) == ("L08/annual_goal", Severity.WARN)
    assert "进一步、提高" in finding.detail_zh


CORE_CLASSES: Final = {
    "07": ("教育", tuple(Entry(code=f"KS-07-{n}", name=f"教育{n}") for n in range(3))),
    "12": (
        "水利",
        (Entry(code="KS-12-0", name="水利0", details=Details(reference_value=Decimal(50))),),
    ),
}


def test_l09_without_a_published_library_the_units_mark_counts() -> None:
    assert found(changed("I1", is_core=False)) == [("L09", "/indicators")]
    excused = replace(changed("I1", is_core=False), waivers={"L09": "该类别无对应核心指标"})
    assert found(excused) == []


@pytest.mark.parametrize(
    ("codes", "project_class", "passes"),
    [
        ({"I1": "KS-07-0", "I2": "KS-07-1"}, "", True),
        ({"I1": "KS-07-0", "I2": "KS-07-1"}, "07", True),
        ({"I1": "KS-07-0", "I2": "KS-07-1"}, "12", False),
        ({"I1": "KS-07-0", "I2": "KS-12-0"}, "", False),
        ({"I1": "KS-07-0", "I2": "KS-07-0"}, "", False),
        ({"I1": "KS-07-0", "I2": "elsewhere"}, "", False),
        ({"I1": "KS-07-0", "I3": "KS-07-1"}, "", False),
        ({}, "", False),
    ],
)
def test_l09_two_different_core_indicators_are_of_the_projects_class(
    codes: dict[str, str], project_class: str, *, passes: bool
) -> None:
    yardstick = replace(YARDSTICK, core_classes=CORE_CLASSES, library_class=project_class)
    content = replace(CONTENT, library_codes=codes)
    assert found(content, yardstick) == ([] if passes else [("L09", "/indicators")])


@pytest.mark.parametrize(
    ("indicator_id", "last", "passes"),
    [("I1", "100", True), ("I1", "101", False), ("I4", "100", True), ("I4", "99", False)],
)
def test_l10_no_target_is_behind_last_years_actual(
    indicator_id: str, last: str, *, passes: bool
) -> None:
    """I1 is at least 100, I4 at most 100."""
    content = replace(CONTENT, last_actuals={indicator_id: Decimal(last)})
    pointer = f"/indicators/{int(indicator_id[1:]) - 1}/target_value"
    assert found(content) == ([] if passes else [("L10", pointer)])
    assert passes or severity(content, "L10") is Severity.WARN


@pytest.mark.parametrize(("value", "passes"), [("100", True), ("100.01", False)])
def test_l10_no_target_is_above_twice_the_reference(value: str, *, passes: bool) -> None:
    content = replace(
        changed("I2", target_value=Decimal(value)),
        library_codes={"I2": "KS-12-0"},
        waivers={"L09": "见说明"},
    )
    rules = found(content, replace(YARDSTICK, core_classes=CORE_CLASSES))
    assert rules == ([] if passes else [("L10", "/indicators/1/target_value")])


@pytest.mark.parametrize(
    ("unit_cost", "passes"),
    [("72_000", True), ("71_999", False), ("88_000", True), ("88_001", False)],
)
def test_l11_unit_cost_times_quantity_is_the_budget(unit_cost: str, *, passes: bool) -> None:
    """One hundred units and 8,000,000 yuan."""
    costing = Costing(unit_cost=yuan(unit_cost), quantity=Decimal(100))
    content = replace(CONTENT, costings={"I4": costing})
    assert found(content) == ([] if passes else [("L11", "/indicators")])
    assert passes or severity(content, "L11") is Severity.WARN
    assert found(content, replace(YARDSTICK, budget=None)) == []


def test_l11_without_prices_a_repair_is_advised_and_nothing_else_is_asked() -> None:
    unpriced = replace(CONTENT, costings={})
    assert severity(unpriced, "L11") is Severity.INFO
    assert quality_score(lint(unpriced, YARDSTICK)) == 100
    assert found(unpriced, replace(YARDSTICK, kind=ProjectKind.OTHER)) == []


def test_l12_due_inside_the_year_with_a_value_for_each_node() -> None:
    late = replace(CONTENT, due_on={"I1": date(2022, 1, 1)})
    assert found(late) == [("L12", "/indicators/0/due_on")]
    assert found(replace(CONTENT, due_on={"I1": date(2021, 12, 31)})) == []
    blind = changed("I1", milestones={"M05": Decimal(40)})
    assert found(blind) == [("L12", "/indicators/0/milestones/M08")]
    assert found(changed("I1", milestones={}, cumulative=False)) == []
    assert found(changed("I5", cumulative=True, operator=Operator.QUALITATIVE)) == []


def test_l13_no_other_project_of_the_unit_promises_the_same() -> None:
    assert found(CONTENT, replace(YARDSTICK, alike=twins("P1").alike("P1", CONTENT))) == []
    twin = replace(YARDSTICK, alike=twins("P1", "P2").alike("P1", CONTENT))
    assert found(CONTENT, twin) == [("L13", "/annual_goal")]
    assert severity(CONTENT, "L13", twin) is Severity.WARN
    differs = replace(CONTENT, annual_goal=SECOND_GOAL)
    other = twins("P2", content=differs).alike("P1", CONTENT)
    assert found(CONTENT, replace(YARDSTICK, alike=other)) == []


@pytest.mark.parametrize("field", ["obtain_method", "data_source", "evidence"])
def test_l14_each_indicator_says_how_it_will_be_proved(field: str) -> None:
    lacking = replace(RECORDED, **{field: getattr(Proof(), field)})
    content = replace(CONTENT, proofs={**CONTENT.proofs, "I3": lacking})
    assert found(content) == [("L14", f"/indicators/2/{field}")]
    assert severity(content, "L14") is Severity.ERROR


@pytest.mark.parametrize(
    ("goal", "amount", "pointers"),
    [
        (CONTENT.annual_goal, "7_400_000", []),
        ("改善就学条件", "7_400_000", []),
        ("新建水库一座，保障农业灌溉用水。", "7_400_000", ["/annual_goal"]),
        (CONTENT.annual_goal, "7_399_999", ["/indicators"]),
        ("", "7_400_000", []),
        # Two of four pairs are half of it, one of three is not.
        ("就学条甲乙", "7_400_000", []),
        ("就学甲乙", "7_400_000", ["/annual_goal"]),
    ],
)
def test_l15_the_target_keeps_to_what_was_assessed(
    goal: str, amount: str, pointers: list[str]
) -> None:
    yardstick = replace(YARDSTICK, assessed=Assessed(goal=goal, amount=yuan(amount)))
    assert found(CONTENT, yardstick) == [("L15", pointer) for pointer in pointers]


def test_every_rule_has_a_remedy_in_both_languages() -> None:
    assert sorted(REMEDIES) == [f"L{n:02d}" for n in range(1, 16)]
    bad = replace(
        without("I1", "I2"),
        annual_goal="提高",
        levels={},
        proofs={},
        due_on={"I3": date(2020, 1, 1)},
    )
    findings = lint(bad, YARDSTICK)
    assert {"L02", "L03", "L04", "L05", "L06", "L08", "L09", "L12", "L14"} <= {
        finding.rule for finding in findings
    }
    for finding in findings:
        texts = (finding.detail, finding.detail_zh, finding.remedy, finding.remedy_zh)
        assert all(text.strip() for text in texts), finding
        assert any("一" <= character <= "鿿" for character in finding.detail_zh), finding
    assert has_errors(findings)
    assert quality_score(findings) == 0


def test_quality_loses_ten_for_an_error_and_three_for_a_warning() -> None:
    content = replace(changed("I1", unit="", name="长" * 31), annual_goal="短")
    assert found(content) == [
        ("L04", "/indicators/0/unit"), ("L05", "/annual_goal"), ("L07", "/indicators/0/name"),
    ]  # fmt: skip
    assert quality_score(lint(content, YARDSTICK)) == 100 - 10 - 2 * 3
