"""What the lint says of a bad target, word by word: rule, severity, field, English and Chinese."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.targets.domain.findings import Severity
from services.targets.domain.lint import Assessed, Yardstick, against_assessment, lint
from services.targets.domain.lint.likeness import compared, compared_anew
from services.targets.domain.lint.parts import core_used
from services.targets.domain.lint.scheme import TREE_A, TREE_B, admits, scheme_points
from services.targets.domain.lint.telling import REMEDIES
from services.targets.domain.proofs import Attainment, Costing
from services.targets.domain.values import Content, Level1, Level2, Operator, ProjectKind
from shared.domain.likeness import Alike
from shared.domain.rules import WeightRules
from tests.targets.stories import CONTENT, indicator, yuan
from tests.targets.test_lint import (
    CORE_CLASSES,
    SCHEME_B,
    YARDSTICK,
    changed,
    crowded,
    found,
    without,
)

E, W, INFO = Severity.ERROR, Severity.WARN, Severity.INFO
ALL = "/indicators"
LIBRARY = replace(YARDSTICK, core_classes=CORE_CLASSES)


def twins(count: int) -> list[Alike]:
    return [Alike(project_code=f"P{n}", likeness=Decimal("0.95")) for n in range(count)]


def priced(cost: str) -> dict[str, Costing]:
    return {"I4": Costing(unit_cost=yuan(cost), quantity=Decimal(100))}


BAD: list[tuple[Content, Yardstick, list[tuple[str, Severity, str, str, str]]]] = [
    (
        replace(CONTENT, indicators=()),
        YARDSTICK,
        [
            ("L01", E, ALL, "OUTPUT has no indicator", "缺少产出指标"),
            ("L01", E, ALL, "BENEFIT has no indicator", "缺少效益指标"),
            ("L01", E, ALL, "building, repairing and buying must state a cost",
             "工程、修缮和购置类项目须设置成本指标"),
            ("L02", E, ALL, "OUTPUT has no QUANTITY indicator and no waiver",
             "产出缺少数量指标且未说明理由"),
            ("L02", E, ALL, "OUTPUT has no QUALITY indicator and no waiver",
             "产出缺少质量指标且未说明理由"),
            ("L02", E, ALL, "OUTPUT has no TIMELINESS indicator and no waiver",
             "产出缺少时效指标且未说明理由"),
            ("L03", E, ALL, "BENEFIT weighs 0, the scheme says 40", "效益合计0分，方案规定40分"),
            ("L03", E, ALL, "OUTPUT weighs 0, the scheme says 50", "产出合计0分，方案规定50分"),
            ("L06", W, ALL, "0 indicators, 5 to 15 are advised", "指标0个，建议5至15个"),
            ("L09", E, ALL, "0 core indicators of one class, 2 are required",
             "使用所属类别核心指标0个，应不少于2个"),
        ],
    ),
    (
        changed("I1", weight=Decimal("0.5")),
        replace(YARDSTICK, weights=SCHEME_B),
        [
            ("L03", E, "/indicators/0/weight", "a weight is at least 1", "分值不得低于1分"),
            ("L03", E, "/indicators/3/level2", "scheme B has no COST in OUTPUT",
             "权重方案B的产出指标下没有该二级指标"),
            ("L03", E, ALL, "OUTPUT weighs 30.5, the scheme says 50",
             "产出合计30.5分，方案规定50分"),
        ],
    ),
    (
        replace(changed("I1", target_value=None, unit=" "), levels={}),
        YARDSTICK,
        [
            ("L04", E, "/indicators/0/target_value", "a quantitative indicator has a number",
             "定量指标须填写指标值"),
            ("L04", E, "/indicators/0/unit", "a quantitative indicator has a unit of measure",
             "定量指标须有计量单位"),
            ("L04", E, "/indicators/4/levels/MET", "the standard for MET is not described",
             "未描述“达成”的评价标准"),
            ("L04", E, "/indicators/4/levels/PARTLY_MET",
             "the standard for PARTLY_MET is not described", "未描述“部分达成”的评价标准"),
            ("L04", E, "/indicators/4/levels/NOT_MET",
             "the standard for NOT_MET is not described", "未描述“未达成”的评价标准"),
        ],
    ),
    (
        changed("I1", target_value=Decimal(0)),
        YARDSTICK,
        [("L04", E, "/indicators/0/target_value", "at least zero is always reached",
          "“大于等于零”总能完成")],
    ),
    (
        replace(CONTENT, annual_goal="好"),
        YARDSTICK,
        [("L05", W, "/annual_goal",
          ("a goal has 30 to 300 characters, this one 1; the total task is not named; "
           "the total output is not named; the total effect is not named"),
          "目标应为30至300字，现为1字；未写明总任务；未写明总产出；未写明总效益")],
    ),
    (
        crowded(20),
        YARDSTICK,
        [
            ("L03", E, ALL, "BENEFIT weighs 50, the scheme says 30", "效益合计50分，方案规定30分"),
            ("L06", E, ALL, "26 indicators, at most 25 are admitted", "指标26个，超过上限25个"),
        ],
    ),
    (
        changed("I1", name="长" * 31 + "率、额"),
        YARDSTICK,
        [("L07", W, "/indicators/0/name",
          "34 characters, at most 30; more than one measure in a name",
          "34字，超过30字；一个指标名称包含多项内容")],
    ),
    (
        replace(
            changed("I5", name="进一步提高、提高办学水平"),
            annual_goal="完成二十所学校维修改造，条件进一步提高，惠及一万二千名学生，按期完工。",
        ),
        YARDSTICK,
        [
            ("L08", W, "/annual_goal", "vague without a number: 进一步、提高",
             "笼统表述且没有数值：进一步、提高"),
            ("L08", W, "/indicators/4/name", "vague without a number: 进一步、提高",
             "笼统表述且没有数值：进一步、提高"),
        ],
    ),
    (
        replace(
            changed("I2", target_value=Decimal("100.01")),
            library_codes={"I2": "KS-12-0"},
            waivers={"L09": "见说明"},
            last_actuals={"I2": Decimal(120)},
        ),
        LIBRARY,
        [("L10", W, "/indicators/1/target_value",
          "behind last year's actual of 120; more than 2 times the usual 50",
          "低于上年实际水平120；超过指标库参考值50的2倍")],
    ),
    (
        replace(CONTENT, costings=priced("71_999")),
        YARDSTICK,
        [("L11", W, ALL, "unit cost × quantity is 7199900.00, the budget 8000000.00",
          "单位成本×数量为7199900.00元，预算为8000000.00元")],
    ),
    (
        replace(CONTENT, costings={}),
        YARDSTICK,
        [("L11", INFO, ALL, "without unit cost and quantity the budget cannot be tested",
          "未填写单位成本和数量，无法测算预算")],
    ),
    (
        replace(changed("I1", milestones={}), due_on={"I1": date(2022, 1, 1)}),
        YARDSTICK,
        [
            ("L12", E, "/indicators/0/due_on", "due outside the fiscal year", "完成时间不在年度内"),
            ("L12", E, "/indicators/0/milestones/M05", "a cumulative indicator has a value for M05",
             "累计指标缺少M05节点值"),
            ("L12", E, "/indicators/0/milestones/M08", "a cumulative indicator has a value for M08",
             "累计指标缺少M08节点值"),
        ],
    ),
    (
        CONTENT,
        replace(YARDSTICK, alike=twins(7)),
        [("L13", W, "/annual_goal",
          "; ".join([f"95% alike with project P{n}" for n in range(5)] + ["and with 2 more"]),
          "；".join([f"与项目P{n}相似度95%" for n in range(5)] + ["另有2个项目"]))],
    ),
    (
        replace(CONTENT, proofs={f"I{n}": CONTENT.proofs[f"I{n}"] for n in (1, 2, 4, 5, 6)}),
        YARDSTICK,
        [
            ("L14", E, "/indicators/2/obtain_method", "obtain_method is not stated",
             "未填写取值方式"),
            ("L14", E, "/indicators/2/data_source", "data_source is not stated", "未填写数据来源"),
            ("L14", E, "/indicators/2/evidence", "evidence is not stated", "未填写佐证资料"),
        ],
    ),
    (
        CONTENT,
        replace(YARDSTICK, assessed=Assessed(goal="另一个承诺", amount=yuan("7_000_000"))),
        [
            ("L15", W, "/annual_goal", "0% of the goal of the ex-ante report is found in this one",
             "仅体现事前绩效评估报告目标的0%"),
            ("L15", W, ALL, "7400000.00 is planned, 7000000.00 was assessed",
             "测算7400000.00元，超过评估金额7000000.00元"),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "yardstick", "said"), BAD, ids=[f"{row[2][0][0]}-{n}" for n, row in enumerate(BAD)]
)
def test_a_finding_says_what_is_wrong_and_what_to_do(
    content: Content, yardstick: Yardstick, said: Sequence[tuple[str, Severity, str, str, str]]
) -> None:
    findings = lint(content, yardstick)
    assert [(f.rule, f.severity, f.pointer, f.detail, f.detail_zh) for f in findings] == said
    assert all((f.remedy, f.remedy_zh) == REMEDIES[f.rule] for f in findings)


def test_two_that_are_alike_name_nobody_else() -> None:
    (finding,) = lint(CONTENT, replace(YARDSTICK, alike=twins(5)))
    assert "more" not in finding.detail
    assert "P4" in finding.detail


def test_an_assessment_that_came_later_is_judged_anew_and_the_rest_is_kept() -> None:
    before = lint(
        replace(CONTENT, annual_goal="短"),
        replace(YARDSTICK, assessed=Assessed(goal="另一个承诺", amount=yuan("1"))),
    )
    assert [one.rule for one in before] == ["L05", "L15", "L15"]
    kind = Assessed(goal=CONTENT.annual_goal, amount=yuan("7_400_000"))
    assert [one.rule for one in against_assessment(before, CONTENT, kind)] == ["L05"]
    assert against_assessment(before, CONTENT, None) == before
    strict = replace(kind, amount=yuan("7_399_999"))
    assert [one.rule for one in against_assessment(before, CONTENT, strict)] == ["L05", "L15"]


def test_likeness_that_came_later_stands_in_the_order_of_the_rules() -> None:
    strange = Assessed(goal="另一个承诺", amount=yuan("1"))
    before = lint(
        replace(CONTENT, annual_goal="短"),
        replace(YARDSTICK, assessed=strange, alike=twins(1)),
    )
    assert [one.rule for one in before] == ["L05", "L13", "L15", "L15"]
    anew = compared_anew(before, twins(2))
    assert [one.rule for one in anew] == ["L05", "L13", "L15", "L15"]
    assert "P1" in anew[1].detail
    assert [one.rule for one in compared_anew(before, [])] == ["L05", "L15", "L15"]


def test_what_is_compared_is_goal_and_names() -> None:
    assert compared("修路，十公里", ["里程数"]) == compared("修路十公里里程数", [])


def test_every_scheme_has_its_own_tree() -> None:
    places = [indicator("x", one, two, 1) for one in Level1 for two in Level2]
    in_a = {(one.level1, one.level2) for one in places if admits("A", one)}
    in_b = {(one.level1, one.level2) for one in places if admits("B", one)}
    benefits = {Level2.ECONOMIC, Level2.SOCIAL, Level2.ECOLOGICAL}
    outputs = {Level2.QUANTITY, Level2.QUALITY, Level2.TIMELINESS}
    costs = {Level2.ECONOMIC_COST, Level2.SOCIAL_COST, Level2.ECOLOGICAL_COST}
    happy = {(Level1.SATISFACTION, Level2.RECIPIENTS)}
    assert in_a == happy | {(Level1.OUTPUT, one) for one in outputs | {Level2.COST}} | {
        (Level1.BENEFIT, one) for one in benefits | {Level2.SUSTAINABILITY}
    }
    assert in_b == happy | {(Level1.OUTPUT, one) for one in outputs} | {
        (Level1.BENEFIT, one) for one in benefits
    } | {(Level1.COST, one) for one in costs}
    assert (len(TREE_A), len(TREE_B)) == (3, 4)


def test_points_of_a_scheme_without_what_it_names() -> None:
    bare = WeightRules(scheme="A", points={"A": {"EXECUTION": Decimal(10), "OUTPUT": Decimal(90)}})
    assert scheme_points((), bare) == {"OUTPUT": 90, "BENEFIT": 0}
    happy = WeightRules(scheme="A", points={"A": {"SATISFACTION": Decimal(10)}})
    assert scheme_points((), happy) == {"BENEFIT": 10}


@pytest.mark.parametrize("level2", [Level2.COST, Level2.ECONOMIC_COST, Level2.SOCIAL_COST,
                                    Level2.ECOLOGICAL_COST])  # fmt: skip
def test_any_cost_is_a_cost(level2: Level2) -> None:
    assert ("L01", ALL) not in found(changed("I4", level2=level2))
    assert ("L01", ALL) in found(changed("I4", level2=Level2.QUALITY))
    part = changed("I4", level1=Level1.COST, level2=Level2.QUALITY)
    assert ("L01", ALL) not in found(part)


def test_core_indicators_of_the_class_of_the_project() -> None:
    content = replace(CONTENT, library_codes={"I1": "KS-07-0", "I2": "KS-12-0"})
    assert core_used(content, YARDSTICK) == 2
    assert core_used(content, LIBRARY) == 1
    assert core_used(content, replace(LIBRARY, library_class="12")) == 1
    assert core_used(content, replace(LIBRARY, library_class="99")) == 0
    assert core_used(replace(content, library_codes={}), LIBRARY) == 0


@pytest.mark.parametrize(
    ("change", "last", "passes"),
    [
        ({"operator": Operator.AT_LEAST, "lower_is_better": True}, "99", False),
        ({"operator": Operator.AT_MOST}, "99", False),
        ({"operator": Operator.EQUAL}, "101", False),
        ({"operator": Operator.EQUAL}, "100", True),
        ({"target_value": None}, "101", True),
    ],
)
def test_what_is_behind_last_year(change: dict[str, Any], last: str, *, passes: bool) -> None:
    content = replace(changed("I2", **change), last_actuals={"I2": Decimal(last)})
    assert (("L10", "/indicators/1/target_value") in found(content)) is not passes


def test_an_indicator_that_is_not_judged_does_not_end_the_look_at_the_next() -> None:
    first = changed("I1", target_value=None)
    behind = replace(first, last_actuals={"I2": Decimal(101)})
    assert ("L10", "/indicators/1/target_value") in found(behind)
    quality_first = replace(CONTENT, indicators=tuple(reversed(CONTENT.indicators)), levels={})
    blind = replace(
        quality_first,
        indicators=tuple(
            replace(one, milestones={}, unit="") if one.indicator_id == "I1" else one
            for one in quality_first.indicators
        ),
    )
    pointers = {pointer for _, pointer in found(blind)}
    assert {"/indicators/5/milestones/M05", "/indicators/5/unit"} <= pointers
    standards = {f"/indicators/1/levels/{level}" for level in Attainment}
    assert standards <= pointers


def test_a_due_day_of_an_earlier_year_is_outside() -> None:
    early = replace(CONTENT, due_on={"I2": date(2020, 12, 31)})
    assert found(early) == [("L12", "/indicators/1/due_on")]


@pytest.mark.parametrize(
    ("count", "advised"), [(3, False), (4, False), (5, True), (15, True), (16, False)]
)
def test_five_to_fifteen_are_advised(count: int, *, advised: bool) -> None:
    some = (without("I4", "I6") if count < 5 else CONTENT).indicators
    more = crowded(20).indicators[6:]
    content = replace(CONTENT, indicators=(*some, *more)[:count])
    assert (("L06", ALL) in found(content)) is not advised


def test_a_repair_a_building_and_a_purchase_bear_a_cost_and_others_do_not() -> None:
    costless = replace(
        changed("I4", level2=Level2.QUANTITY, milestones={"M05": 1, "M08": 2}), costings={}
    )
    kinds = {
        kind for kind in ProjectKind if found(costless, replace(YARDSTICK, kind=kind, budget=None))
    }
    assert kinds == {ProjectKind.CONSTRUCTION, ProjectKind.REPAIR, ProjectKind.PURCHASE}
