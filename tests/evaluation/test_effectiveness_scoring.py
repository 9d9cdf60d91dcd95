"""Figures become points by formulas; whatever they are, a score lies between 0 and 100."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.effectiveness.aspects import DEFAULT_WEIGHTS, Aspect
from services.evaluation.domain.effectiveness.framework import (
    EffectivenessFramework,
    Period,
    before,
    framework_of,
    portions,
)
from services.evaluation.domain.effectiveness.scoring import (
    ExtraPoints,
    Figure,
    ScoreSource,
    SubjectFigures,
    computed,
    total,
)
from services.evaluation.domain.values import Subject
from shared.domain.scoring import NOTHING
from tests.evaluation.standing import HOW, framework
from tests.evaluation.story import RULES

YEAR = framework(Subject.COUNTY, Period.YEAR)
MONTHS = 12
AMOUNTS = st.decimals(min_value=0, max_value=10_000, places=2)
FIGURES = st.lists(
    st.builds(Figure, aspect=st.sampled_from(Aspect), part=AMOUNTS, whole=AMOUNTS),
    unique_by=lambda one: one.aspect,
)
EXTRA = st.lists(
    st.builds(
        ExtraPoints,
        points=st.decimals(min_value="0.01", max_value=100, places=2),
        basis=st.just("x"),
        document_no=st.just("y"),
    ),
    max_size=4,
)


def figure(aspect: str, part: str, whole: str) -> Figure:
    return Figure(aspect=aspect, part=Decimal(part), whole=Decimal(whole))


def with_detail(detail: dict[str, object]) -> EffectivenessFramework:
    text = json.dumps({**RULES, "effectiveness_detail": detail})
    return framework_of(Rules(version=2, text=text), Subject.COUNTY, Period.YEAR)


@pytest.mark.parametrize(
    ("told", "score"),
    [
        (figure("COVERAGE", "3", "4"), "3.75"),
        (figure("COVERAGE", "0", "4"), "0.00"),
        (figure("MONTHS", "9", "9"), "2.25"),  # of twelve, whatever was said
        (figure("DEVIATION", "10", "2"), "4.50"),  # mean 5 of the serious 20
        (figure("DEVIATION", "60", "2"), "0.00"),
        (figure("RECOVERIES", "50", "40"), "4.00"),  # more than was claimed is all of it
    ],
)
def test_a_figure_earns_its_share(told: Figure, score: str) -> None:
    lines = {line.aspect: line for line in computed(YEAR, [told], MONTHS)}
    assert lines[told.aspect].score == Decimal(score)
    assert lines[told.aspect].source is ScoreSource.COMPUTED


@given(FIGURES)
def test_missing_data_are_never_points(figures: list[Figure]) -> None:
    known = {one.aspect for one in figures if one.whole or one.aspect == Aspect.MONTHS}
    for line in computed(YEAR, figures, MONTHS):
        assert (line.score is None) == (line.aspect not in known)
        assert line.score is None or 0 <= line.score <= line.points


@given(
    FIGURES,
    EXTRA,
    EXTRA,
    st.integers(min_value=0, max_value=50),
    st.none() | st.lists(st.decimals(min_value=0, max_value=100, places=2), min_size=1),
)
def test_a_score_is_bounded_whatever_the_figures(
    figures: list[Figure],
    bonuses: list[ExtraPoints],
    penalties: list[ExtraPoints],
    serious: int,
    units: list[Decimal] | None,
) -> None:
    whose = SubjectFigures(subject_code="u", figures=tuple(figures), serious=serious)
    lines = computed(YEAR, figures, MONTHS)
    found = total(YEAR, lines, (bonuses, penalties), whose, units)
    assert 0 <= found.score <= 100
    assert 0 <= found.bonus <= 5
    assert 0 <= found.inflation_penalty <= found.penalty <= 20


def test_inflated_scores_cost_two_and_five_and_no_more_than_twenty() -> None:
    lines = computed(YEAR, [figure("COVERAGE", "1", "1")], MONTHS)
    for inflated, serious, cost in ((1, 0, 2), (0, 1, 5), (2, 3, 19), (0, 9, 20)):
        whose = SubjectFigures(subject_code="u", inflated=inflated, serious=serious)
        assert total(YEAR, lines, ((), ()), whose, None).penalty == cost
    told = ExtraPoints(points=Decimal(19), **HOW)
    whose = SubjectFigures(subject_code="u", serious=1)
    assert total(YEAR, lines, ((), (told,)), whose, None).penalty == 20


@given(
    st.decimals(min_value=1, max_value=100, places=2),
    st.lists(st.decimals(min_value=1, max_value=9, places=1), min_size=1, max_size=9),
)
def test_portions_lose_no_cent(points: Decimal, weights: list[Decimal]) -> None:
    assert sum(portions(points, weights), NOTHING) == points


def test_the_framework_follows_subject_and_period() -> None:
    unit, county = framework(Subject.BUDGET_UNIT, Period.YEAR), YEAR
    assert "MONTHS" not in {one.aspect for one in unit.aspects}
    assert sum(one.points for one in county.aspects if one.link == "disclosure") == 8
    half = {one.aspect: one.is_due for one in framework(period=Period.H2).aspects}
    assert not half["SELF_COVERAGE"]
    assert half["MONITORING_SCORE"]
    assert before(2022, Period.H1) == (2021, Period.H2)
    assert before(2022, Period.H2) == (2022, Period.H1)
    assert before(2022, Period.YEAR) == (2021, Period.YEAR)


def test_the_rule_set_says_weights_shares_and_costs() -> None:
    found = with_detail(
        {
            "aspects": {"disclosure": {"COVERAGE": 1, "OPEN_DAY": 3}},
            "county": {"units": 0.5, "bureau": 0.5},
            "inflation": {"INFLATED": 3, "SERIOUS": 8},
        }
    )
    told = {one.aspect: one.points for one in found.aspects if one.link == "disclosure"}
    assert told == {"COVERAGE": 2, "OPEN_DAY": 6}
    assert (found.units_share, found.bureau_share) == (Decimal("0.5"), Decimal("0.5"))
    assert (found.inflated, found.serious, found.rule_set_version) == (Decimal(3), Decimal(8), 2)
    assert with_detail({}).aspects == YEAR.aspects


def test_a_link_that_nobody_detailed_is_judged_as_a_whole() -> None:
    links = {**RULES["effectiveness"], "innovation": 5}
    rules = Rules(version=1, text=json.dumps({**RULES, "effectiveness": links}))
    found = framework_of(rules, Subject.BUDGET_UNIT, Period.H1)
    assert [(one.aspect, one.points) for one in found.aspects if one.link == "innovation"] == [
        ("innovation", Decimal(5))
    ]
    assert DEFAULT_WEIGHTS.keys() == RULES["effectiveness"].keys() - {"bonus_max", "penalty_max"}


def test_every_link_has_its_points_and_its_aspects() -> None:
    told: dict[str, dict[str, Decimal]] = {}
    for one in YEAR.aspects:
        told.setdefault(one.link, {})[one.aspect] = one.points
    assert told == {
        "organisation": {"POLICY_MAPPED": 4, "THREE_PERSONS": 4},
        "ex_ante": {"EX_ANTE_DONE": 4, "EX_ANTE_ON_TIME": 4, "EX_ANTE_GOOD": 4},
        "targets": {
            "TARGETS_ON_TIME": 5,
            "TARGETS_FIRST_PASS": 5,
            "TARGETS_LINT": 4,
            "TARGETS_CORE": 4,
        },
        "monitoring": {"FORMS_ON_TIME": 6, "WARNINGS_ON_TIME": 6, "MONITORING_SCORE": 6},
        "evaluation": {"SELF_COVERAGE": 6, "DEVIATION": 6, "EVIDENCE": 6},
        "application": {"RECOVERIES": 4, "CAPS": 4, "RECTIFIED": 4},
        "disclosure": {"COVERAGE": 5, "MONTHS": 3},
        "training_publicity": {"SESSIONS": 2, "PERSON_TIMES": 2, "ARTICLES": 2},
    }


@pytest.mark.parametrize(
    ("weights", "earned"),
    [
        ({"MONTHS": 3}, {}),  # a bulletin is a bureau's: nothing is left for a unit
        ({"COVERAGE": 0, "OPEN_DAY": 0}, {"COVERAGE": 0, "OPEN_DAY": 0}),
        ({"COVERAGE": "0.25", "OPEN_DAY": "0.75"}, {"COVERAGE": 2, "OPEN_DAY": 6}),
    ],
)
def test_a_link_is_split_by_its_weights(weights: dict[str, object], earned: dict[str, int]) -> None:
    text = json.dumps({**RULES, "effectiveness_detail": {"aspects": {"disclosure": weights}}})
    found = framework_of(Rules(version=2, text=text), Subject.BUDGET_UNIT, Period.YEAR)
    assert {a.aspect: a.points for a in found.aspects if a.link == "disclosure"} == earned
