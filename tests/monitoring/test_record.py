"""The monitoring record: analysed before the node, reported at it, scored after it."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from services.monitoring.domain.ledger import commands as money
from services.monitoring.domain.ledger.ledger import ledger_decider
from services.monitoring.domain.record import commands as ask
from services.monitoring.domain.record import events as fact
from services.monitoring.domain.record import refusals as no
from services.monitoring.domain.record.record import record_decider
from services.monitoring.domain.rules import Rules, RulesNotHeard
from services.monitoring.domain.values import DeviationCause, Level, Reason, ReportedValue
from services.monitoring.domain.watch import NotWatched, ProjectNotWatched
from shared.domain.money import Money
from shared.domain.refusals import Refusal
from tests.monitoring.stories import (
    CLERK,
    PROJECT,
    RULES,
    UNIT,
    WATCH,
    Story,
    at,
    on,
    value,
    yuan,
)

HELD = Rules(region_code="653101", rules=RULES)
KEY: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021, "by": CLERK, "now": at(2, 1)}
BUDGET = Money.parse("3000000.00")
LEDGER = (
    Story(ledger_decider)
    .after(
        money.OpenLedger(
            project=PROJECT,
            budget=BUDGET,
            fund_type_code="",
            direct_fund_flag="",
            by=CLERK,
            now=at(2, 1),
        ),
        money.IssueQuota(**KEY, document_no="Q", amount=BUDGET, issued_on=on(2, 1)),
        money.SettlePayment(
            **KEY, payment_id="Z", amount=Money.parse("900000.00"), settled_on=on(4, 15)
        ),
    )
    .state
)
fresh = Story(record_decider)
record = fresh.knowing(WATCH, LEDGER, HELD, Rules(), Rules())
GOOD = (value("road", "9.5"), value("trust", completion=Decimal("0.95")))


def about(now: datetime, node: str = "M05", by: str = UNIT) -> dict[str, Any]:
    return {
        "project_code": "P1",
        "fiscal_year": 2021,
        "node": node,
        "region_code": "653101",
        "by": by,
        "now": now,
    }


IN_TIME = at(6, 1)


def submit(*values: ReportedValue, now: datetime = IN_TIME) -> ask.SubmitMonitoring:
    return ask.SubmitMonitoring(**about(now), values=values or GOOD)


def review(by: str = CLERK, **more: bool) -> ask.ReviewMonitoring:
    return ask.ReviewMonitoring(**about(at(6, 8), by=by), **more)  # type: ignore[arg-type]


def test_the_report_takes_its_money_from_the_ledger_at_the_cut_off() -> None:
    record.when(submit()).then_names("MonitoringSubmitted")
    (report,) = record.when(submit()).facts()
    assert report.execution.paid == Money.parse("900000.00")
    assert report.execution.as_of_on == on(5, 31)
    assert report.on_time


def test_the_review_scores_in_the_same_decision() -> None:
    submitted = record.after(submit())
    submitted.when(review()).then_names("MonitoringReviewed", "MonitoringScored")
    _, scored = submitted.when(review()).facts()
    assert scored.rating.level is Level.BLUE
    assert scored.rating.reasons == (Reason.EXECUTION_BEHIND, Reason.MISMATCH_MINOR)
    assert scored.rating.goal_rate == Decimal("0.9500")
    assert scored.score.total == Decimal("89.60")
    assert scored.rule_set_version == 1


def test_nobody_reviews_their_own_report() -> None:
    record.after(submit()).when(review(by=UNIT)).then_refused(no.ReviewerSubmittedReport)


def test_a_report_is_reviewed_after_it_was_handed_in() -> None:
    record.when(review()).then_refused(no.MonitoringNotSubmitted)


def test_a_suspicion_makes_it_red() -> None:
    _, scored = record.after(submit()).when(review(compliance_suspected=True)).facts()
    assert scored.rating.level is Level.RED
    assert scored.rating.reasons[0] is Reason.COMPLIANCE


def test_a_returned_report_is_handed_in_again() -> None:
    give_back = ask.ReturnMonitoring(**about(at(6, 2), by=CLERK), reason="佐证不清")
    record.when(give_back).then_refused(no.MonitoringNotSubmitted)
    submitted = record.after(submit())
    submitted.when(give_back).then_names("MonitoringReturned")
    again = submitted.after(give_back)
    better = submit(value("road", "10"), GOOD[1])
    again.when(better).then_names("MonitoringSubmitted")


def test_a_submitted_report_stands_until_it_is_returned() -> None:
    other = submit(value("road", "10"), GOOD[1])
    record.after(submit()).when(other).then_refused(no.RecordAlreadySubmitted)
    scored = record.after(submit(), review())
    scored.when(other).then_refused(no.RecordAlreadyScored)
    scored.when(submit()).then_nothing()
    give_back = ask.ReturnMonitoring(**about(at(6, 2), by=CLERK), reason="x")
    scored.when(give_back).then_refused(no.RecordAlreadyScored)


WRONG: list[tuple[tuple[Any, ...], type[Refusal]]] = [
    ((value("road", "9.5"),), no.ValueMissing),
    ((*GOOD, value("bridge", "1")), no.IndicatorNotPromised),
    ((*GOOD, GOOD[0]), no.IndicatorReportedTwice),
    ((value("road"), GOOD[1]), no.ValueMissing),
    ((value("road", completion=Decimal(1)), GOOD[1]), no.ValueMissing),
    ((value("road", "9.5", evidence=()), GOOD[1]), no.EvidenceMissing),
    ((value("road", "8"), GOOD[1]), no.CauseMissing),
    ((value("road", "8", cause=DeviationCause.STAFF), GOOD[1]), no.CauseMissing),
]


@pytest.mark.parametrize(("values", "refusal"), WRONG)
def test_a_report_that_lacks_something_is_refused(
    values: tuple[Any, ...], refusal: type[Refusal]
) -> None:
    record.when(submit(*values)).then_refused(refusal)


def test_an_explained_deviation_is_accepted() -> None:
    told = value("road", "8", cause=DeviationCause.FUNDING, cause_text="资金到位晚")
    record.when(submit(told, GOOD[1])).then_names("MonitoringSubmitted")


def test_what_is_not_due_needs_no_cause() -> None:
    once = replace(WATCH.indicators[0], cumulative=False)
    watch = replace(WATCH, indicators=(once, WATCH.indicators[1]))
    told = fresh.knowing(watch, LEDGER, HELD, Rules(), Rules())
    told.when(submit(value("road", "0"), GOOD[1])).then_names("MonitoringSubmitted")


def test_a_project_without_a_target_is_not_looked_at() -> None:
    unwatched = fresh.knowing(NotWatched(), LEDGER, HELD, Rules(), Rules())
    unwatched.when(submit()).then_refused(ProjectNotWatched)
    ruleless = fresh.knowing(WATCH, LEDGER, Rules(), Rules(), Rules())
    ruleless.when(submit()).then_refused(RulesNotHeard)
    elsewhere = ask.SubmitMonitoring(**about(at(6, 1), "M11"), values=GOOD)
    record.when(elsewhere).then_refused(no.NodeNotArranged)


def test_an_exempt_project_gets_no_record_in_a_round() -> None:
    exempt = replace(WATCH, nodes=(), exempt=True)
    unseen = fresh.knowing(exempt, LEDGER, HELD, Rules(), Rules())
    unseen.when(submit()).then_refused(no.NodeNotArranged)
    unseen.when(replace(miss, now=at(7, 1))).then_nothing()


def test_a_county_follows_the_rules_of_its_prefecture() -> None:
    above = fresh.knowing(WATCH, LEDGER, Rules(), HELD, Rules())
    above.when(submit()).then_names("MonitoringSubmitted")


miss = ask.MissMonitoring(**about(at(6, 9), by="monitoring|clock"))


def test_silence_is_a_red_record() -> None:
    record.when(miss).then_names("MonitoringMissed")
    (missed,) = record.when(miss).facts()
    assert missed.rating.level is Level.RED
    assert missed.rating.reasons[0] is Reason.NOT_REPORTED


def test_nothing_is_missed_before_its_day_is_over_or_after_the_report() -> None:
    early = ask.MissMonitoring(**about(at(6, 7), by="monitoring|clock"))
    record.when(early).then_nothing()
    record.after(submit()).when(miss).then_nothing()
    fresh.knowing(NotWatched(), LEDGER, HELD, Rules(), Rules()).when(miss).then_nothing()


def test_a_late_report_is_taken_and_loses_its_points_for_time() -> None:
    late = record.after(miss).when(submit(now=at(6, 10)))
    late.then_names("MonitoringSubmitted")
    assert not late.facts()[0].on_time
    story = record.after(miss, submit(now=at(6, 10)))
    _, scored = story.when(review()).facts()
    assert scored.score.total == Decimal("79.60")


analyse = ask.RunPreAnalysis(**about(at(4, 30)))


def test_the_pre_analysis_goes_straight_on_from_what_was_paid() -> None:
    record.when(analyse).then_names("PreAnalysisRun")
    (found,) = record.when(analyse).facts()
    assert found.method is fact.ForecastMethod.LINEAR
    assert found.rating.execution_rate == Decimal("0.3775")
    assert found.rating.level is Level.NORMAL
    assert found.rating.goal_rate is None


def test_the_pre_analysis_uses_the_forecast_a_unit_filed() -> None:
    forecast = ask.FileForecast(
        **about(at(4, 20)), planned_payments=yuan(0), values=(value("road", "5"),)
    )
    record.when(forecast).then_names("ForecastFiled")
    (found,) = record.after(forecast).when(analyse).facts()
    assert found.method is fact.ForecastMethod.FILED
    assert found.rating.execution_rate == Decimal("0.3000")
    assert Reason.GOAL_SLOW in found.rating.reasons
    record.after(forecast, analyse).when(forecast).then_nothing()


def test_a_forecast_comes_before_the_node() -> None:
    late = ask.RunPreAnalysis(**about(at(6, 1)))
    record.when(late).then_refused(no.PreAnalysisTooLate)
    record.when(replace(late, quiet=True)).then_nothing()
    filed = ask.FileForecast(**about(at(6, 1)))
    record.when(filed).then_refused(no.PreAnalysisTooLate)
    early = ask.FileForecast(**about(at(5, 1)))
    submitted = record.after(submit(now=at(5, 30)))
    submitted.when(early).then_refused(no.RecordAlreadySubmitted)
    submitted.when(analyse).then_nothing()


def test_overdue_letters_of_the_project_cost_points() -> None:
    noted = replace(WATCH, overdue_letters=frozenset({"W1"}))
    story = fresh.knowing(noted, LEDGER, HELD, Rules(), Rules()).after(submit())
    _, scored = story.when(review()).facts()
    assert scored.score.total == Decimal("79.60")
