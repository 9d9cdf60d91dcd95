"""The framework of evaluations: data of the rule set, and formulas that explain themselves."""

import copy
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.judging import refusals as no
from services.evaluation.domain.judging.events import EvaluationScored
from services.evaluation.domain.judging.framework import (
    Case,
    items_of,
    score_items,
    total,
    weights_of,
)
from services.evaluation.domain.judging.values import Figure, Measure, Part, PlanItem, Stage
from services.evaluation.domain.refusals import ItemNotJudged, PlanOutOfBalance, ScoreOutOfRange
from shared.domain.judging_rules import USUAL_FRAMEWORK
from shared.domain.money import Money
from shared.domain.rule_node import RuleSetUnreadable
from shared.domain.rules import RuleSet
from tests.evaluation.judging_story import (
    COLLECT,
    GIVEN,
    ITEMS,
    NOTICE,
    PLAN,
    RULES,
    SCORE,
    STEPS,
    after,
    scored,
    until,
)
from tests.evaluation.story import RULES as STATED
from tests.evaluation.story import yuan

RESULTS = {Part.OUTPUT, Part.BENEFIT}


def test_the_usual_framework_is_that_of_the_annex() -> None:
    items = {one.name: one for one in items_of(USUAL_FRAMEWORK, Stage.GENERAL)}
    assert len(items) == 17
    assert [int(w) for w in weights_of(tuple(items.values())).values()] == [15, 25, 30, 30]
    measured = {n: i.measure for n, i in items.items() if i.measure is not Measure.JUDGED}
    assert measured == {
        "资金到位率": Measure.FUNDS_IN_PLACE,
        "预算执行率": Measure.EXECUTION,
        "实际完成率": Measure.COMPLETION,
        "质量达标率": Measure.QUALITY,
        "成本节约率": Measure.SAVING,
    }
    assert all(i.level2 and i.explanation and i.standard for i in items.values())


@pytest.mark.parametrize("stage", list(Stage))
def test_at_every_stage_the_points_sum_to_100_and_results_weigh_60(stage: Stage) -> None:
    items = items_of(USUAL_FRAMEWORK, stage)
    assert sum(i.points for i in items) == 100
    assert sum(i.points for i in items if i.part in RESULTS) >= 60
    assert all(i.points > 0 for i in items)


def test_ongoing_projects_weigh_the_way_and_finished_ones_the_result() -> None:
    general, ongoing, finished = (weights_of(items_of(USUAL_FRAMEWORK, s)) for s in Stage)
    way = (Part.DECISION, Part.PROCESS, Part.OUTPUT)
    assert sum(ongoing[p] for p in way) > sum(general[p] for p in way)
    assert sum(finished[p] for p in RESULTS) > sum(general[p] for p in RESULTS)


def test_a_plan_without_items_takes_those_of_the_rule_set() -> None:
    told = until(NOTICE).knowing(*RULES)
    (proposed,) = told.when(replace(PLAN, items=(), stage=Stage.FINISHED)).facts
    assert proposed.items == items_of(USUAL_FRAMEWORK, Stage.FINISHED)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "items",
    [
        ITEMS[:-1],
        (replace(ITEMS[0], points=Decimal(16)), *ITEMS[1:]),
        (
            replace(ITEMS[0], points=Decimal(55)),
            *ITEMS[1:3],
            PlanItem(item_id="O", part=Part.OUTPUT, name="x", points=Decimal(20)),
        ),
        (ITEMS[0], ITEMS[0], *ITEMS[1:]),
    ],
)
def test_a_plan_sums_to_100_with_60_for_what_came_of_it(items: tuple[PlanItem, ...]) -> None:
    told = until(NOTICE).knowing(*RULES)
    told.when(replace(PLAN, items=items)).then_refused(PlanOutOfBalance)


def test_own_items_fit_the_stage_of_the_project() -> None:
    told = until(NOTICE).knowing(*RULES)
    heavy = (
        *ITEMS[:3],
        replace(ITEMS[3], points=Decimal(25)),
        replace(ITEMS[4], points=Decimal(35)),
    )
    told.when(replace(PLAN, items=heavy, stage=Stage.ONGOING)).then_refused(no.PlanNotOfTheStage)
    assert told.when(replace(PLAN, items=heavy, stage=Stage.FINISHED)).refusal is None
    assert told.when(replace(PLAN, items=ITEMS, stage=Stage.ONGOING)).refusal is None


def test_execution_is_paid_by_received_not_by_budget() -> None:
    (draft,) = until(COLLECT).knowing(*RULES).when(SCORE).facts
    assert isinstance(draft, EvaluationScored)
    found = {score.item_id: score for score in draft.scores}
    assert found["F"].score == Decimal("4.00")  # 400 of 500
    assert found["E"].score == Decimal("19.00")  # 380 of 400, not of 500
    assert found["E"].basis == "paid ÷ received = 3800000.00 ÷ 4000000.00"
    assert draft.score == Decimal("89.00")


def case(*figures: Figure) -> Case:
    """The money of the story with figures."""
    return Case(
        budget=yuan(500),
        received=yuan(400),
        paid=yuan(380),
        figures={one.item_id: one for one in figures},
    )


def measured(measure: Measure) -> tuple[PlanItem, ...]:
    """One item of ten points."""
    return (PlanItem(item_id="M", part=Part.OUTPUT, name="m", points=Decimal(10), measure=measure),)


@pytest.mark.parametrize(
    ("measure", "figure", "points"),
    [
        (Measure.COMPLETION, Figure(item_id="M", planned=Decimal(9), actual=Decimal(8)), "8.89"),
        (Measure.COMPLETION, Figure(item_id="M", planned=Decimal(8), actual=Decimal(9)), "10.00"),
        (Measure.COMPLETION, Figure(item_id="M", planned=Decimal(0), actual=Decimal(9)), "0.00"),
        (Measure.QUALITY, Figure(item_id="M", actual=Decimal(8), qualified=Decimal(6)), "7.50"),
        (Measure.SAVING, Figure(item_id="M", planned_cost=yuan(10), actual_cost=yuan(9)), "10.00"),
        (Measure.SAVING, Figure(item_id="M", planned_cost=yuan(10), actual_cost=yuan(12)), "8.00"),
        (Measure.SAVING, Figure(item_id="M", planned_cost=yuan(10), actual_cost=yuan(30)), "0.00"),
    ],
)
def test_measured_items_are_computed(measure: Measure, figure: Figure, points: str) -> None:
    (found,) = score_items(measured(measure), (), case(figure))
    assert found.score == Decimal(points)
    assert " ÷ " in found.basis
    assert bool(found.deduction) == (found.score < 10)


@pytest.mark.parametrize("measure", [Measure.COMPLETION, Measure.QUALITY, Measure.SAVING])
def test_a_measured_item_needs_its_figures(measure: Measure) -> None:
    for figures in ((), (Figure(item_id="M"),)):
        with pytest.raises(no.FiguresMissing):
            score_items(measured(measure), (), case(*figures))


def test_what_a_measured_item_lacks_is_among_the_figures() -> None:
    counted = replace(ITEMS[3], measure=Measure.COMPLETION)
    plan = replace(PLAN, items=(*ITEMS[:3], counted, ITEMS[4]))
    steps = tuple(plan if one is PLAN else one for one in STEPS[: STEPS.index(COLLECT) + 1])
    collected = after(*steps).knowing(*RULES)
    lacking = collected.when(SCORE).then_refused(no.FiguresMissing, item_id="O")
    assert lacking.pointer == "/figures"
    figure = Figure(item_id="O", planned=Decimal(10), actual=Decimal(9), evidence=("E1",))
    (draft,) = collected.when(replace(SCORE, figures=(figure,))).facts
    assert isinstance(draft, EvaluationScored)
    assert draft.figures == (figure,)
    assert {one.item_id: one.score for one in draft.scores}["O"] == Decimal("27.00")
    unproven = replace(figure, evidence=("E9",))
    unknown = collected.when(replace(SCORE, figures=(figure, unproven)))
    found = unknown.then_refused(no.EvidenceUnknown, evidence=["E9"])
    assert found.pointer == "/figures/1/evidence"


def test_every_judged_item_needs_points_with_a_reason() -> None:
    bound = until(COLLECT).knowing(*RULES)
    bound.when(replace(SCORE, scores=GIVEN[:2])).then_refused(ItemNotJudged, item_id="B")
    silent = (*GIVEN[:2], replace(GIVEN[2], basis=""))
    bound.when(replace(SCORE, scores=silent)).then_refused(ItemNotJudged)
    too_many = (*GIVEN[:2], replace(GIVEN[2], score=Decimal(31)))
    bound.when(replace(SCORE, scores=too_many)).then_refused(ScoreOutOfRange)
    scored().when(SCORE).then_nothing()


@given(*[st.integers(min_value=0, max_value=10**12).map(Money)] * 3)
def test_a_computed_score_is_bounded(received: Money, paid: Money, budget: Money) -> None:
    found = score_items(ITEMS, GIVEN, Case(budget=budget, received=received, paid=paid, figures={}))
    assert all(0 <= s.score <= i.points for s, i in zip(found, ITEMS, strict=True))
    assert total(found) <= 100


def framework() -> dict[str, Any]:
    """A framework of four items, as a rule set states it."""
    parts = ("DECISION", "PROCESS", "OUTPUT", "BENEFIT")
    weights = dict(zip(parts, (10, 20, 40, 30), strict=True))
    items = [
        {"id": part[:1], "part": part, "level2": "x", "name": part.lower(), "points": 5}
        for part in parts
    ]
    stages = ("GENERAL", "ONGOING", "FINISHED")
    return {"items": items, "weights": {stage: dict(weights) for stage in stages}}


def with_framework(stated: dict[str, Any]) -> dict[str, Any]:
    """The rule set of the stories with a framework of its own."""
    rules = copy.deepcopy(STATED)
    rules["evaluation"]["framework"] = stated
    return rules


def test_a_rule_set_states_a_framework_of_its_own() -> None:
    read = RuleSet.parse(with_framework(framework()))
    items = items_of(read.judging.framework, Stage.GENERAL)
    assert [(i.item_id, i.points) for i in items] == [
        ("D", Decimal(10)),
        ("P", Decimal(20)),
        ("O", Decimal(40)),
        ("B", Decimal(30)),
    ]
    assert RuleSet.parse(STATED).judging.framework == USUAL_FRAMEWORK


@pytest.mark.parametrize(
    "damage",
    [
        lambda f: f["weights"]["ONGOING"].update(OUTPUT=20, DECISION=30),  # 100, results below 60
        lambda f: f["weights"]["GENERAL"].update(OUTPUT=41),
        lambda f: f["items"].pop(),
        lambda f: f["items"][0].update(measure="GUESSED"),
        lambda f: f["items"][0].update(part="EFFECT"),
        lambda f: f["items"][0].update(points=0),
        lambda f: f["items"].append(f["items"][0]),
        lambda f: f["weights"].pop("FINISHED"),
    ],
    ids=("results", "sum", "part", "measure", "unknown", "points", "twice", "stage"),
)
def test_a_framework_that_breaks_the_law_is_refused(damage: Any) -> None:  # noqa: ANN401
    stated = framework()
    damage(stated)
    with pytest.raises(RuleSetUnreadable):
        RuleSet.parse(with_framework(stated))


def test_an_item_keeps_the_key_points_of_the_rule_set() -> None:
    stated = framework()
    stated["items"][0]["key_points"] = "工程量清单"
    items = items_of(RuleSet.parse(with_framework(stated)).judging.framework, Stage.GENERAL)
    assert [one.key_points for one in items] == ["工程量清单", "", "", ""]
