"""Every finding of `domain` §4.10 on a report of its own, and what acceptance makes of it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

import pytest

from services.evaluation.domain.checks import Inflation, examine, inflation, penalty_of
from services.evaluation.domain.findings import notice
from services.evaluation.domain.findings.table import CONSEQUENCES, INFLATED
from services.evaluation.domain.findings.words import (
    RETURNING,
    Effect,
    Examined,
    Finding,
    Level,
    Treatment,
)
from services.evaluation.domain.recomputing import Basis, examined, recompute
from services.evaluation.domain.self_evaluation.core_problems import core_problems
from services.evaluation.domain.self_evaluation.messages import (
    Project,
    SelfEvaluationAccepted,
    SelfEvaluationSubmitted,
)
from services.evaluation.domain.values import Attainment, Cause, CauseCode, Operator, Reported
from services.evaluation.domain.watched import Watched
from shared.domain.likeness import Alike
from shared.domain.money import ZERO, Money
from tests.evaluation import test_self_evaluation as stories
from tests.evaluation.story import (
    ADOPTED,
    INDICATORS,
    JUDGING,
    LOW,
    PAID,
    POLICY,
    PROJECT,
    SLOW,
    accept,
    indicator,
    reports,
    yuan,
)

RULES = ADOPTED.rule_set
COPIED: Final = Alike(project_code="P0-2020", likeness=Decimal("0.95"))


def report(**changes: Any) -> SelfEvaluationSubmitted:  # noqa: ANN401 - the fields of the fact
    """The report of V1."""
    return SelfEvaluationSubmitted(
        **{
            "reports": reports(),
            "execution_cause": None,
            "finished": True,
            "self_score": Decimal("93.89"),
            "prepared_by_business": "李",
            "prepared_by_finance": "王",
            "summary": "",
            "submitted_by": "iss|head",
            **changes,
        }
    )


def case(
    paid: Money = PAID.paid,
    project: Project = PROJECT,
    known: Watched | None = None,
    **changes: Any,  # noqa: ANN401 - the fields of the fact
) -> Examined:
    """V1 with these changes, examined."""
    watched = known or Watched(paid=paid)
    basis = Basis(project=project, report=report(**changes), watched=watched)
    return examined(basis, RULES)


def told(found: Examined, finding: Finding) -> dict[str, str]:
    """The values by which it was found."""
    [noticed] = [one for one in notice(found, RULES) if one.finding is finding]
    return {step.name: step.value for step in noticed.steps}


def with_value(
    name: str,
    value: str,
    **more: Any,  # noqa: ANN401 - the fields of the line
) -> tuple[Reported, ...]:
    """V1 with another actual value."""
    return tuple(
        replace(one, value=Decimal(value), **more) if one.indicator_id == name else one
        for one in reports()
    )


def test_v1_has_its_one_finding_with_its_values() -> None:
    found = case()
    assert examine(found, RULES) == (Finding.GOAL_OVER_EXECUTION,)
    assert told(found, Finding.GOAL_OVER_EXECUTION) == {
        "r_goal": "0.9521",
        "r_exec": "0.8200",
        "f_exec": "0.1388",
        "limit": "0.05",
    }


def test_a_self_score_half_a_point_off_is_arithmetic() -> None:
    assert Finding.ARITHMETIC not in examine(case(self_score=Decimal("94.39")), RULES)
    assert told(case(self_score=Decimal("94.40")), Finding.ARITHMETIC) == {
        "self_score": "94.40",
        "machine_score": "93.89",
        "d1": "0.51",
        "limit": "0.5",
    }
    assert Finding.ARITHMETIC in examine(case(self_score=Decimal("93.38")), RULES)


@pytest.mark.parametrize(("paid", "flagged"), [(475, False), (474, True)])
def test_goals_a_twentieth_over_the_money_are_not_noticed_yet(paid: int, *, flagged: bool) -> None:
    whole = replace(PROJECT, indicators=(indicator("a", 90, "100"),))
    done = (Reported(indicator_id="a", value=Decimal(100), evidence=("x",)),)
    found = case(yuan(paid), project=whole, reports=done)
    assert (Finding.GOAL_OVER_EXECUTION in examine(found, RULES)) is flagged


def test_a_fifth_of_the_money_may_stay_unspent() -> None:
    assert Finding.LOW_EXECUTION not in examine(case(yuan(400)), RULES)
    values = told(case(yuan(399), execution_cause=SLOW), Finding.LOW_EXECUTION)
    assert (values["unspent"], values["paid"]) == ("0.2020", "3990000.00")


def test_no_budget_is_a_data_error_and_no_points_under_either_scheme() -> None:
    for scheme in ("A", "B"):
        empty = replace(PROJECT, budget=ZERO, scheme=type(PROJECT.scheme)(scheme))
        found = case(project=empty, self_score=Decimal("85.69"), execution_cause=SLOW)
        assert found.machine.execution_score == 0
        assert {Finding.LOW_EXECUTION, Finding.NO_BUDGET} <= set(examine(found, RULES))


def test_paid_over_budget_is_an_alarm_and_the_rate_stays_at_one() -> None:
    found = case(yuan(501), self_score=Decimal("95.69"))
    assert found.machine.execution_rate == 1
    assert found.machine.execution_score == 10
    assert told(found, Finding.PAID_OVER_BUDGET)["over"] == "10000.00"
    assert Finding.PAID_OVER_BUDGET not in examine(case(yuan(500)), RULES)
    for budget, over in ((ZERO, False), (Money(1), True)):
        poor = case(yuan(1), project=replace(PROJECT, budget=budget), execution_cause=SLOW)
        assert (Finding.PAID_OVER_BUDGET in examine(poor, RULES)) is over


def test_five_perfect_indicators_are_too_many() -> None:
    five = tuple(indicator(str(n), 18, "10") for n in range(5))
    lines = tuple(Reported(indicator_id=i.name, value=Decimal(10), evidence=("x",)) for i in five)
    found = case(project=replace(PROJECT, indicators=five), reports=lines)
    assert told(found, Finding.PERFECT_SCORE) == {"indicators": "5", "limit": "5"}
    four = case(project=replace(PROJECT, indicators=five[:4]), reports=lines[:4])
    assert Finding.PERFECT_SCORE not in examine(four, RULES)


def test_a_target_passed_twice_over_looks_too_low() -> None:
    assert Finding.LOW_TARGET not in examine(case(reports=with_value("income", "2000")), RULES)
    values = told(case(reports=with_value("income", "2001")), Finding.LOW_TARGET)
    assert values["income"] == "2.0010"
    one = (indicator("a", 90, "100"),)
    half = (Reported(indicator_id="a", value=Decimal(131), evidence=("x",)),)
    middle = case(project=replace(PROJECT, indicators=one), reports=half)
    assert told(middle, Finding.LOW_TARGET)["median"] == "1.3100"


def test_what_is_not_proven_is_named_and_has_no_points() -> None:
    found = case(reports=with_value("road", "18", evidence=()))
    assert told(found, Finding.MISSING_EVIDENCE) == {"road": "0"}
    assert found.machine.lines[0].score == 0


@pytest.mark.parametrize(
    ("cause", "is_dodged"),
    [
        (None, True),
        (replace(LOW, text="一二三四五六七八九十" * 2 + "一二三四五六七八九"), True),  # 29
        (replace(LOW, text="一二三四五六七八九十" * 3), False),
        (replace(POLICY, text=" " * 40), True),
    ],
)
def test_a_deviation_needs_thirty_characters(cause: Cause | None, is_dodged: bool) -> None:  # noqa: FBT001
    findings = examine(case(reports=with_value("income", "1500", cause=cause)), RULES)
    assert (Finding.DODGED_CAUSE in findings) is is_dodged


def test_only_somebody_elses_fault_is_no_cause() -> None:
    blamed = replace(SLOW, code=CauseCode.OTHER)
    found = case(yuan(300), execution_cause=blamed)
    assert told(found, Finding.DODGED_CAUSE) == {
        "EXECUTION": str(len(blamed.text)),
        "limit": "30",
        "objective only": "True",
    }
    [noticed] = [one for one in notice(found, RULES) if one.finding is Finding.DODGED_CAUSE]
    assert noticed.steps[0].formula == "characters of its cause, OTHER"
    own = case(yuan(300), execution_cause=SLOW)
    assert Finding.DODGED_CAUSE not in examine(own, RULES)


@pytest.mark.parametrize(
    ("cause", "is_dodged"),
    [
        (replace(SLOW, objective=Decimal(100), subjective=Decimal(0)), True),
        (replace(SLOW, code=CauseCode.FORCE_MAJEURE), True),
        (SLOW, False),
        (None, True),
    ],
)
def test_the_finding_is_read_from_the_core_problem_page(
    cause: Cause | None,
    is_dodged: bool,  # noqa: FBT001
) -> None:
    partly = replace(reports()[6], attainment=Attainment.PARTLY, share=Decimal("0.70"), cause=cause)
    rows = (*(one for one in reports()[:6] if one.cause is None), partly)
    found = case(reports=rows)
    page = core_problems(
        found.indicators, found.reports, found.machine, found.execution_cause, RULES.checks
    )
    assert [row.subject for row in page] == ["social"]
    assert (Finding.DODGED_CAUSE in examine(found, RULES)) is is_dodged


@pytest.mark.parametrize(
    ("name", "value", "rows"),
    [
        ("pass", "110", [("pass", False)]),  # at least 95: too much is listed, and not short
        ("pass", "80", [("pass", True)]),
        ("time", "120", [("time", True)]),  # exactly 100: both sides are short
        ("time", "80", [("time", True)]),
        ("cost", "30", [("cost", True)]),  # at most 25
        ("cost", "20", [("cost", False)]),
        ("pass", "104.5", []),  # a tenth is not more than a tenth
        ("pass", "85.5", []),
    ],
)
def test_the_page_says_on_which_side_of_its_target_a_value_lies(
    name: str, value: str, rows: list[tuple[str, bool]]
) -> None:
    told_of = [one for one in with_value(name, value) if one.indicator_id == name]
    found = case(reports=tuple(told_of))
    page = core_problems(
        found.indicators, found.reports, found.machine, found.execution_cause, RULES.checks
    )
    assert [(row.subject, row.short) for row in page] == rows


@pytest.mark.parametrize(
    ("paid", "deviation", "lost"),
    [(400, None, None), (399, "-0.202", "2.02"), (250, "-0.5", "5.00"), (0, "-1", "10.00")],
)
def test_the_execution_is_on_the_page_where_less_than_four_fifths_were_spent(
    paid: int, deviation: str | None, lost: str | None
) -> None:
    found = case(yuan(paid), reports=())
    page = core_problems(
        found.indicators, found.reports, found.machine, found.execution_cause, RULES.checks
    )
    rows = [(row.subject, row.deviation, row.lost) for row in page]
    if deviation is None or lost is None:
        assert rows == []
    else:
        assert rows == [("EXECUTION", Decimal(deviation), Decimal(lost))]


def test_how_serious_a_finding_is_stands_in_the_table_of_the_rules() -> None:
    red = {one for one, what in CONSEQUENCES.items() if what.level is Level.RED}
    yellow = {one for one, what in CONSEQUENCES.items() if what.level is Level.YELLOW}
    assert yellow == {Finding.LOW_EXECUTION}
    assert red == {
        Finding.ARITHMETIC,
        Finding.GOAL_OVER_EXECUTION,
        Finding.MISSING_EVIDENCE,
        Finding.DODGED_CAUSE,
        Finding.MAGNITUDE,
        Finding.NO_BUDGET,
        Finding.PAID_OVER_BUDGET,
    }
    assert INFLATED.level is Level.RED
    for what in (*CONSEQUENCES.values(), INFLATED):
        for place in what.places:  # each limit is a value of the rule set
            assert place.startswith("/self_eval_checks/")
    assert INFLATED.places == ("/self_eval_checks/inflated",)


@pytest.mark.parametrize(
    ("attainment", "share", "deviation"),
    [(Attainment.MET, "0.80", None), (Attainment.NOT, "0.50", "-0.50"), (None, None, None)],
)
def test_a_quality_that_was_met_is_no_problem(
    attainment: Attainment | None, share: str | None, deviation: str | None
) -> None:
    social = replace(
        reports()[6], attainment=attainment, share=None if share is None else Decimal(share)
    )
    found = case(reports=(social,))
    page = core_problems(
        found.indicators, found.reports, found.machine, found.execution_cause, RULES.checks
    )
    assert [str(row.deviation) for row in page] == ([] if deviation is None else [deviation])


def test_a_value_ten_thousand_times_off_is_noticed_and_its_unit_heals_it() -> None:
    budgeted = (*INDICATORS[:-3], replace(INDICATORS[4], unit="万元"), *INDICATORS[5:])
    project = replace(PROJECT, indicators=budgeted)
    slip = case(project=project, reports=with_value("income", "9990000"))
    assert told(slip, Finding.MAGNITUDE)["income"] == "9990.0000"
    healed = case(project=project, reports=with_value("income", "9990000", unit="元"))
    assert Finding.MAGNITUDE not in examine(healed, RULES)
    assert healed.machine.lines[4].reach == Decimal("0.999")
    tiny = case(project=project, reports=with_value("income", "0.1"))
    assert Finding.MAGNITUDE in examine(tiny, RULES)


def test_a_copied_text_is_a_finding_from_the_limit_of_the_rules_on() -> None:
    def alike(likeness: str, characters: int = 60) -> Examined:
        named = (Alike(project_code="P0-2020", likeness=Decimal(likeness)),)
        return case(known=replace(PAID, alike=named, characters=characters))

    values = told(alike("0.9000"), Finding.COPY_PASTE)
    assert values == {"P0-2020": "0.9000", "limit": "0.90", "characters": "60"}
    assert Finding.COPY_PASTE not in examine(alike("0.8999"), RULES)
    assert Finding.COPY_PASTE not in examine(alike("1.0000", characters=59), RULES)


def test_the_limits_are_those_of_the_adopted_rules() -> None:
    strict = replace(
        RULES,
        checks=replace(
            RULES.checks,
            arithmetic=Decimal("0.1"),
            unspent=Decimal("0.10"),
            reach_max=Decimal("1.2"),
            goal_over_execution=Decimal("0.20"),
        ),
    )
    found = case(self_score=Decimal(94), execution_cause=SLOW)
    assert examine(found, strict) == (
        Finding.ARITHMETIC,
        Finding.LOW_EXECUTION,
        Finding.LOW_TARGET,
    )


def test_every_finding_says_its_law_who_decides_and_what_acceptance_does() -> None:
    assert set(CONSEQUENCES) == set(Finding)
    for finding, consequence in CONSEQUENCES.items():
        assert consequence.legal_basis
        sends_back = consequence.treatment is Treatment.RETURNED
        assert sends_back == (finding in RETURNING) == (consequence.effect is Effect.PREVENTS)
    assert INFLATED.effect is Effect.CORRECTS
    assert CONSEQUENCES[Finding.MISSING_EVIDENCE].effect is Effect.NO_POINTS


def test_a_flag_does_not_hinder_acceptance_and_stays_with_the_result() -> None:
    known = (replace(PAID, alike=(COPIED,), characters=80), *JUDGING[1:])
    audited = stories.audited()
    [fact] = audited.knowing(*known).when(accept()).facts
    assert isinstance(fact, SelfEvaluationAccepted)
    assert fact.findings == (Finding.GOAL_OVER_EXECUTION, Finding.COPY_PASTE)


def test_v6_is_inflated_by_thirteen_and_a_half_and_costs_two_points() -> None:
    band = inflation(Decimal("98.00"), Decimal("84.50"), RULES.checks.inflated)
    assert (band, penalty_of(band, RULES.checks)) == (Inflation.INFLATED, Decimal(2))
    assert penalty_of(Inflation.SERIOUS, RULES.checks) == 5
    assert penalty_of(Inflation.ATTENTION, RULES.checks) == 0


def test_the_same_case_is_noticed_the_same_way_again() -> None:
    first = recompute(Basis(project=PROJECT, report=report(), watched=PAID), RULES)
    again = recompute(Basis(project=PROJECT, report=report(), watched=PAID), RULES)
    assert first == again
    assert all(one.steps for one in first.noticed)


def test_an_exact_target_is_missed_on_both_sides() -> None:
    exact = (indicator("x", 90, "100", Operator.EXACTLY),)
    for value in ("80", "120"):
        lines = (Reported(indicator_id="x", value=Decimal(value), evidence=("x",), cause=POLICY),)
        found = case(project=replace(PROJECT, indicators=exact), reports=lines)
        assert found.machine.lines[0].score == Decimal("72.00")
        assert Finding.DODGED_CAUSE in examine(found, RULES)  # both only a policy's fault
