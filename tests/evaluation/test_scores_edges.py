"""The formulas of the scores at their edges, in single figures."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from services.evaluation.domain.effectiveness.framework import Period
from services.evaluation.domain.effectiveness.scoring import (
    ExtraPoints,
    JudgedAspect,
    ScoredAspect,
    ScoreSource,
    SubjectFigures,
    Total,
    computed,
    share_of,
    total,
    with_judged,
)
from services.evaluation.domain.scores import (
    Machine,
    execution_rate,
    execution_score,
    indicator_score,
    over_reduction,
    points,
    ranks,
    reach_of,
    share_in_band,
    value_of,
)
from services.evaluation.domain.scoring_refusals import UnitNotConvertible
from services.evaluation.domain.units import converted, plain_unit
from services.evaluation.domain.values import (
    Attainment,
    Level1,
    Operator,
    Reported,
    Scheme,
    Scored,
    Subject,
)
from shared.domain.money import Money
from tests.evaluation.standing import framework
from tests.evaluation.story import ADOPTED, LOW, indicator
from tests.evaluation.test_effectiveness_scoring import figure

RULES = ADOPTED.rule_set.scoring
YEAR = framework(Subject.COUNTY, Period.YEAR)
D = Decimal


def told(value: str | None = None, **more: object) -> Reported:
    number = None if value is None else D(value)
    return Reported(indicator_id="x", value=number, evidence=("ab12",), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("paid", "budget", "rate"),
    [(50, 100, "0.5"), (150, 100, "1"), (-5, 100, "0"), (5, 0, "0"), (100, 100, "1")],
)
def test_the_rate_of_execution_lies_between_nothing_and_all(
    paid: int, budget: int, rate: str
) -> None:
    assert execution_rate(Money(paid), Money(budget)) == D(rate)


@pytest.mark.parametrize(
    ("rate", "scheme", "finished", "expected"),
    [
        ("1.2", Scheme.A, False, "10.00"),
        ("-0.2", Scheme.A, False, "0.00"),
        ("0.8765", Scheme.A, True, "8.77"),
        ("0.1", Scheme.B, True, "10"),
        ("1", Scheme.B, True, "10"),
        ("0.8", Scheme.B, False, "7"),
        ("0.7999", Scheme.B, False, "5"),
        ("-1", Scheme.B, False, "0"),
    ],
)
def test_points_for_money(
    rate: str,
    scheme: Scheme,
    finished: bool,  # noqa: FBT001 - a column of the table
    expected: str,
) -> None:
    assert execution_score(D(rate), scheme, finished=finished, rules=RULES) == D(expected)


def test_a_finished_project_that_spent_all_has_all_points_whatever_the_steps_say() -> None:
    odd = replace(RULES, execution_steps=((D("0.5"), D(3)),))
    assert execution_score(D(1), Scheme.B, finished=True, rules=odd) == 10
    assert execution_score(D("1.01"), Scheme.B, finished=True, rules=odd) == 3
    assert execution_score(D("0.4"), Scheme.B, finished=False, rules=odd) == 0


def test_a_machine_sums_its_lines_and_never_passes_a_hundred() -> None:
    def line(score: str) -> Scored:
        return Scored(indicator_id="x", reach=None, score=D(score))

    whole = Machine(lines=(line("40"), line("5")), execution_rate=D(1), execution_score=D(10))
    assert [whole.goal_score, whole.score, whole.goal_rate] == [45, 55, D("0.5")]
    assert whole.goal_over_execution == (D("0.5") - 1) / D("0.5")
    much = replace(whole, lines=(line("95"),))
    assert much.score == 100
    nothing = replace(whole, lines=())
    assert [nothing.goal_score, nothing.goal_over_execution] == [0, 0]


def test_a_value_is_told_in_the_unit_of_its_indicator() -> None:
    cost = indicator("x", 10, "25", Operator.AT_MOST, unit="万元/km")
    assert value_of(cost, told("250000", unit="元/km")) == 25
    assert value_of(cost, told("25")) == 25
    assert value_of(cost, told(None, unit="元/km")) is None
    assert plain_unit(" \uff2bm ") == plain_unit("k m") == "km"
    assert converted(D(3), "", "元") == 3
    assert converted(D(3), "亿元", "百元") == 3_000_000
    for unit, wanted in (("元/人", "元/km"), ("km", "元"), ("元", "km")):
        with pytest.raises(UnitNotConvertible) as refused:
            converted(D(1), unit, wanted)
        assert refused.value.details == {"unit": unit, "wanted": wanted}


def test_the_points_of_an_indicator() -> None:
    road = indicator("x", 15, "20")
    assert indicator_score(road, None, RULES) == Scored(indicator_id="x", reach=None, score=D(0))
    bare = replace(told("20"), evidence=())
    assert indicator_score(road, bare, RULES).score == 0
    assert indicator_score(road, told(), RULES) == Scored(indicator_id="x", reach=D(0), score=D(0))
    assert indicator_score(road, told("30"), RULES) == Scored(
        indicator_id="x", reach=D("1.5"), score=D("15.00")
    )
    # Half as much again is passed by 0.2 beyond the tolerance of 0.3; half of that is lost.
    low = Scored(indicator_id="x", reach=D("1.5"), score=D("13.50"))
    assert indicator_score(road, told("30"), RULES, judged_low=True) == low
    assert indicator_score(road, told("30", cause=LOW), RULES) == low
    quality = indicator("x", 15, None, Operator.QUALITATIVE)
    assert indicator_score(quality, told(share=D("0.8")), RULES) == Scored(
        indicator_id="x", reach=None, score=D("12.00")
    )
    assert indicator_score(quality, told(), RULES).score == 0
    aim = indicator("x", 10, "10", Operator.AT_MOST)
    assert reach_of(aim, D(5)) == 2
    assert reach_of(replace(aim, operator=Operator.AT_LEAST, lower_is_better=True), D(5)) == 2


def test_satisfaction_in_bands_of_percent_and_of_reach() -> None:
    bands = replace(
        RULES,
        satisfaction_mode="bands",
        satisfaction_bands=((D("0.9"), D(1)), (D("0.8"), D("0.5"))),
    )
    percent = indicator("x", 10, "95", level1=Level1.SATISFACTION, unit="%")
    scores = [indicator_score(percent, told(value), bands).score for value in ("90", "80", "79.9")]
    assert scores == [D("10.00"), D("5.00"), D("0.00")]
    reached = indicator("x", 10, "50", level1=Level1.SATISFACTION)
    scores = [indicator_score(reached, told(value), bands).score for value in ("45", "40", "39")]
    assert scores == [D("10.00"), D("5.00"), D("0.00")]
    output = indicator("x", 10, "95", unit="%")
    assert indicator_score(output, told("47.5"), bands).score == D("5.00")


def test_on_the_pass_line_there_are_points() -> None:
    strict = replace(RULES, pass_line=D("0.6"))
    road = indicator("x", 10, "10")
    scores = [indicator_score(road, told(value), strict).score for value in ("6", "5.9")]
    assert scores == [D("6.00"), D("0.00")]


@pytest.mark.parametrize(
    ("over", "lost"), [("1.3", "0"), ("1.2", "0"), ("1.5", "0.1"), ("2.3", "0.5"), ("9", "0.5")]
)
def test_what_a_low_target_costs(over: str, lost: str) -> None:
    assert over_reduction(D(over), RULES) == D(lost)
    assert over_reduction(Fraction(over), RULES) == Fraction(lost)


def test_points_are_rounded_half_up_to_the_cent() -> None:
    assert points(D(10), Fraction(1, 16)) == D("0.63")
    assert points(D(10), Fraction(2)) == D("10.00")
    assert points(D(10), Fraction(-1)) == D("0.00")
    assert points(D("0.01"), Fraction(1, 2)) == D("0.01")
    assert points(D("7.125"), Fraction(1)) == D("7.13")


def test_a_share_lies_in_its_band() -> None:
    def lies(attainment: Attainment | None, share: str | None) -> bool:
        number = None if share is None else D(share)
        return share_in_band(told(attainment=attainment, share=number), RULES)

    met, partly = Attainment.MET, Attainment.PARTLY
    assert [lies(met, share) for share in ("0.79", "0.80", "1.00")] == [False, True, True]
    assert [lies(partly, share) for share in ("0.60", "0.79", "0.80")] == [True, True, False]
    assert [lies(None, "0.9"), lies(met, None)] == [False, False]


def test_ranks_of_equal_scores() -> None:
    assert ranks([D(5), D(9), D(5), D(1)]) == (2, 1, 2, 4)


def test_a_share_of_a_figure() -> None:
    assert share_of(figure("COVERAGE", "1", "0"), YEAR, 12) is None
    assert share_of(figure("COVERAGE", "1", "-1"), YEAR, 12) is None
    assert share_of(figure("COVERAGE", "-1", "4"), YEAR, 12) == 0
    assert share_of(figure("COVERAGE", "5", "4"), YEAR, 12) == 1
    assert share_of(figure("COVERAGE", "1", "1000"), YEAR, 12) == D("0.001")
    assert share_of(figure("MONTHS", "3", "0"), YEAR, 12) == D("0.25")
    assert share_of(figure("DEVIATION", "10", "2"), YEAR, 12) == 1 - 5 / YEAR.deviation_max


def test_a_line_says_what_it_rests_on() -> None:
    lines = computed(YEAR, [figure("COVERAGE", "3", "4"), figure("MONTHS", "9", "9")], 12)
    by_aspect = {line.aspect: line for line in lines}
    aspects = {one.aspect: one for one in YEAR.aspects}
    coverage, months = aspects["COVERAGE"], aspects["MONTHS"]
    assert by_aspect["COVERAGE"] == ScoredAspect(
        link=coverage.link,
        aspect="COVERAGE",
        points=coverage.points,
        source=ScoreSource.COMPUTED,
        score=D("3.75"),
        part=D(3),
        whole=D(4),
    )
    assert [by_aspect["MONTHS"].part, by_aspect["MONTHS"].whole] == [9, 12]
    assert months.link == by_aspect["MONTHS"].link
    silent = next(line for line in lines if line.aspect not in {"COVERAGE", "MONTHS"})
    assert (silent.source, silent.score, silent.is_open) == (ScoreSource.NOT_SAID, None, True)
    given = JudgedAspect(aspect=silent.aspect, score=D("1.005"), basis="看", document_no="J1")
    judged = with_judged(lines, [given], ScoreSource.JUDGED)
    changed = [one for one, before in zip(judged, lines, strict=True) if one != before]
    assert changed == [
        replace(silent, source=ScoreSource.JUDGED, score=D("1.01"), basis="看", document_no="J1")
    ]
    assert not changed[0].is_open


def test_a_total_says_how_it_came_about() -> None:
    def extra(*amounts: str) -> tuple[ExtraPoints, ...]:
        return tuple(ExtraPoints(points=D(one), basis="b", document_no="d") for one in amounts)

    def line(score: str | None) -> ScoredAspect:
        return ScoredAspect(
            link="l",
            aspect="a",
            points=D(50),
            source=ScoreSource.COMPUTED,
            score=None if score is None else D(score),
        )

    small = replace(YEAR, bonus_max=D(5), penalty_max=D(9), inflated=D(1), serious=D(3))
    figures = SubjectFigures(subject_code="653121", inflated=2, serious=1)
    lines = [line("40"), line(None), line("20")]
    assert total(small, lines, (extra("2", "1"), extra("1.5")), figures, None) == Total(
        duties=D(60),
        bonus=D(3),
        inflation_penalty=D(5),
        penalty=D("6.5"),
        score=D("56.50"),
    )
    most = total(small, lines, (extra("4", "4"), extra("8")), figures, None)
    assert [most.bonus, most.penalty, most.score] == [5, 9, D("56.00")]
    worse = total(small, lines, ((), ()), replace(figures, serious=9), None)
    assert [worse.inflation_penalty, worse.penalty] == [9, 9]
    joined = total(
        replace(small, units_share=D("0.6"), bureau_share=D("0.4")),
        lines,
        ((), ()),
        SubjectFigures(subject_code="653121"),
        [D(80), D(81), D(81)],
    )
    assert (joined.units_mean, joined.score) == (D("80.67"), D("72.40"))
    top = total(small, [line("99")], (extra("5"), ()), SubjectFigures(subject_code="x"), None)
    assert top.score == 100
    floor = total(small, [line("3")], ((), extra("9")), SubjectFigures(subject_code="x"), [])
    assert [floor.score, floor.units_mean] == [0, None]
