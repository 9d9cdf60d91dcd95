"""Looking ahead: by plan, by contracts, by like projects, or in a straight line."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.monitoring.domain.ledger.ledger import ledger_decider
from services.monitoring.domain.record import commands as ask
from services.monitoring.domain.record import refusals as no
from services.monitoring.domain.record.events import (
    ContractDue,
    ForecastMethod,
    PlannedMonth,
    PreAnalysisRun,
)
from services.monitoring.domain.record.record import record_decider
from services.monitoring.domain.round_report import Judged, RoundReport, Seen, round_report
from services.monitoring.domain.round_words import Round, Stage
from services.monitoring.domain.rules import Rules
from services.monitoring.domain.values import Level
from tests.monitoring.stories import MONITORING, NODES, RULES, WATCH, Story, at, on, value, yuan
from tests.monitoring.test_record import HELD, LEDGER, about, fresh

analyse = ask.RunPreAnalysis(**about(at(4, 30)))
record = fresh.knowing(WATCH, LEDGER, HELD, Rules(), Rules())


def filed(**stated: Any) -> Story:  # noqa: ANN401
    return record.after(ask.FileForecast(**about(at(4, 20)), **stated))


def run(story: Story) -> PreAnalysisRun:
    (found,) = story.when(analyse).facts()
    assert isinstance(found, PreAnalysisRun)
    return found


def contract(amount: int, day: Any, number: str = "HT1") -> ContractDue:  # noqa: ANN401
    return ContractDue(contract_no=number, amount=yuan(amount), due_on=day)


def test_plan_and_contracts_until_the_node_are_added_to_what_was_paid() -> None:
    story = filed(
        plan=(PlannedMonth(month=5, amount=yuan(300_000)), PlannedMonth(month=6, amount=yuan(9))),
        contracts=(contract(150_000, on(5, 31)), contract(70_000, on(6, 1), "HT2")),
    )
    found = run(story)
    assert found.method is ForecastMethod.FILED
    # (900 000 paid + 150 000 contracted + 300 000 planned) of 3 000 000 yuan.
    assert found.rating.execution_rate == Decimal("0.4500")
    assert found.outlook is not None
    assert (found.outlook.contracted, found.outlook.planned) == (yuan(150_000), yuan(300_000))


def test_of_this_month_only_what_was_not_paid_yet_is_still_to_come() -> None:
    # On 15 April 900 000 were paid: of the million planned for April 100 000 are left.
    found = run(filed(plan=(PlannedMonth(month=4, amount=yuan(1_000_000)),)))
    assert found.outlook is not None
    assert found.outlook.planned == yuan(100_000)
    less = run(filed(plan=(PlannedMonth(month=4, amount=yuan(800_000)),)))
    assert less.outlook is not None
    assert less.outlook.planned == yuan(0)


def test_what_was_paid_in_earlier_months_counts_for_none_of_this_one() -> None:
    story = filed(plan=(PlannedMonth(month=5, amount=yuan(300_000)),))
    (found,) = story.when(replace(analyse, now=at(5, 10))).facts()
    assert found.outlook.planned == yuan(300_000)
    assert found.outlook.paid == yuan(900_000)


def test_without_a_budget_nothing_is_late() -> None:
    nothing = replace(WATCH, budget=yuan(0))
    found = run(fresh.knowing(nothing, ledger_decider.initial, HELD, Rules(), Rules()))
    assert found.execution.budget == yuan(0)
    assert (found.rating.level, found.rating.reasons) == (Level.NORMAL, ())
    assert found.rating.execution_index == Decimal("1.0000")


def test_contracts_alone_are_a_method_of_their_own() -> None:
    found = run(filed(contracts=(contract(600_000, on(5, 20)),)))
    assert found.method is ForecastMethod.CONTRACTS
    assert found.rating.execution_rate == Decimal("0.5000")


def test_a_contract_that_was_due_before_is_not_expected_again() -> None:
    found = run(filed(contracts=(contract(600_000, on(4, 30)),)))
    assert found.rating.execution_rate == Decimal("0.3000")


def test_more_than_the_budget_is_never_expected() -> None:
    assert run(filed(planned_payments=yuan(9_000_000))).rating.execution_rate == Decimal("1.0000")


def test_the_units_own_estimate_says_how_far_it_comes() -> None:
    found = run(filed(values=(value("road", "5"),)))
    assert found.method is ForecastMethod.LINEAR
    assert found.rating.goal_rate == Decimal("0.5000")


def earlier(*shares: int, department: str = "D1") -> Round:
    seen = [
        Seen(
            project_code=f"P{number}",
            department_code=department,
            reported=True,
            judged=Judged(
                level=Level.NORMAL, reasons=(), budget=yuan(100), paid=yuan(share), score=None
            ),
        )
        for number, share in enumerate(shares)
    ]
    report: RoundReport = round_report(seen)
    return Round(region_code="653101", dates=NODES[0], stage=Stage.CLOSED, report=report)


def remembering(*rounds: Round) -> Story:
    return fresh.knowing(WATCH, LEDGER, HELD, Rules(), Rules(), *rounds)


def test_like_projects_of_earlier_years_say_what_is_usual() -> None:
    found = run(remembering(earlier(20, 45, 50), earlier(47, 60)))
    assert found.method is ForecastMethod.HISTORY
    assert found.rating.execution_rate == Decimal("0.4700")
    assert found.outlook is not None
    assert (found.outlook.cases, found.outlook.median) == (5, Decimal("0.4700"))


def test_what_is_paid_already_is_the_least_that_is_expected() -> None:
    found = run(remembering(earlier(1, 2, 3, 4, 5)))
    assert found.rating.execution_rate == Decimal("0.3000")


def test_too_few_like_projects_are_no_history() -> None:
    four = run(remembering(earlier(45, 46, 47, 48)))
    assert four.method is ForecastMethod.LINEAR
    others = run(remembering(earlier(45, 46, 47, 48, 49, department="D2")))
    assert others.method is ForecastMethod.LINEAR
    assert others.rating.execution_rate == Decimal("0.3775")


def test_the_rule_set_says_how_many_make_a_history() -> None:
    fewer = replace(RULES, monitoring=replace(MONITORING, history_cases_min=3))
    held = Rules(region_code="653101", rules=fewer)
    story = fresh.knowing(WATCH, LEDGER, held, Rules(), Rules(), earlier(45, 46, 47))
    assert run(story).method is ForecastMethod.HISTORY


def test_what_the_unit_states_comes_before_history() -> None:
    story = remembering(earlier(45, 46, 47, 48, 49)).after(
        ask.FileForecast(**about(at(4, 20)), planned_payments=yuan(0))
    )
    assert run(story).method is ForecastMethod.FILED


WRONG: list[tuple[dict[str, Any], type[Any]]] = [
    ({"plan": (PlannedMonth(month=13, amount=yuan(1)),)}, no.PlanUnreadable),
    ({"plan": (PlannedMonth(month=5, amount=yuan(-1)),)}, no.PlanUnreadable),
    ({"plan": (PlannedMonth(month=5, amount=yuan(1)),) * 2}, no.PlanUnreadable),
    ({"planned_payments": yuan(-1)}, no.PlanUnreadable),
    ({"contracts": (contract(1, on(5, 1)),) * 2}, no.ContractDueTwice),
    ({"contracts": (contract(0, on(5, 1)),)}, no.ContractDueTwice),
]


@pytest.mark.parametrize(("stated", "refusal"), WRONG)
def test_a_plan_that_cannot_be_is_refused(stated: dict[str, Any], refusal: type[Any]) -> None:
    command = ask.FileForecast(**about(at(4, 20)), **stated)
    record.when(command).then_refused(refusal)


def test_the_same_forecast_twice_is_one() -> None:
    command = ask.FileForecast(**about(at(4, 20)), contracts=(contract(1, on(5, 1)),))
    record.when(command).then_names("ForecastFiled")


def test_the_closed_rounds_of_three_years_are_asked() -> None:
    asked = [one.stream for one in record_decider.consults(analyse)]
    assert asked[-3:] == [f"round-653101-{year}-M05" for year in (2020, 2019, 2018)]
