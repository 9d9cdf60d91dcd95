"""What a record says: each field of its facts, and each value and place of its refusals."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from services.monitoring.domain.exemption import NodeExemption, Standing
from services.monitoring.domain.ledger.state import NotOpened
from services.monitoring.domain.record import commands as ask
from services.monitoring.domain.record import events as fact
from services.monitoring.domain.record import refusals as no
from services.monitoring.domain.record.judging import Aspect, Check, Finding, Judgement
from services.monitoring.domain.rules import Rules
from services.monitoring.domain.values import Execution, Level, Likelihood, Reason
from services.monitoring.domain.watch import NotWatched, Watch
from shared.domain.money import ZERO, Money
from shared.domain.refusals import Refusal
from tests.monitoring.stories import (
    CLERK,
    PROJECT,
    RULES,
    WATCH,
    Story,
    at,
    on,
    value,
    yuan,
)
from tests.monitoring.test_record import (
    BUDGET,
    GOOD,
    HELD,
    IN_TIME,
    LEDGER,
    about,
    analyse,
    fresh,
    miss,
    record,
    review,
    submit,
)
from tests.monitoring.test_record_parts import (
    BUSINESS,
    FINANCE,
    confirm,
    enter,
    judged,
    named,
    opening,
    paid_more,
    sign,
)

PAID = Execution(
    as_of_on=on(5, 31),
    budget=BUDGET,
    quota=BUDGET,
    paid=Money.parse("900000.00"),
    available=Money.parse("2100000.00"),
    last_movement_on=on(4, 15),
    starts_on=WATCH.starts_on,
)


def watching(watch: object) -> Story:
    """Another project in the same region."""
    return fresh.knowing(watch, LEDGER, HELD, Rules(), Rules())


def test_collection_is_opened_on_a_day_until_a_day() -> None:
    opened, prefilled = record.when(opening).facts()
    assert opened == fact.CollectionOpened(
        project=PROJECT,
        node="M05",
        opened_on=on(5, 17),
        cut_off_on=on(5, 31),
        submit_by=on(6, 7),
    )
    assert prefilled == fact.ExecutionPrefilled(project=PROJECT, node="M05", execution=PAID)
    record.after(opening).when(opening).then_nothing()


def test_silence_is_told_with_its_day_and_its_rule() -> None:
    (missed,) = record.when(miss).facts()
    assert missed == fact.MonitoringMissed(
        project=PROJECT,
        node="M05",
        execution=PAID,
        rating=missed.rating,
        due_on=on(6, 7),
        rule_set_version=RULES.version,
        legal_basis=RULES.legal_basis,
    )
    record.after(miss).when(miss).then_nothing()


@pytest.mark.parametrize(
    "known",
    [
        (NotWatched(), LEDGER, HELD, Rules(), Rules()),
        (WATCH, LEDGER, Rules(), Rules(), Rules()),
        (replace(WATCH, nodes=()), LEDGER, HELD, Rules(), Rules()),
    ],
    ids=["no target", "no rules", "no such node"],
)
@pytest.mark.parametrize("command", [miss, opening], ids=["miss", "open"])
def test_the_clock_says_nothing_where_something_is_not_known(
    command: object, known: tuple[object, ...]
) -> None:
    fresh.knowing(*known).when(command).then_nothing()


def test_money_nobody_has_told_of_is_none_of_the_budget() -> None:
    unpaid = fresh.knowing(WATCH, NotOpened(), HELD, Rules(), Rules())
    (report,) = unpaid.when(submit()).facts()
    assert report.execution == Execution(
        as_of_on=on(5, 31),
        budget=BUDGET,
        quota=ZERO,
        paid=ZERO,
        available=ZERO,
        last_movement_on=None,
        starts_on=WATCH.starts_on,
    )


@pytest.mark.parametrize(
    ("own", "filled", "said"),
    [("领导意见", "进度正常", "领导意见"), ("", "进度正常", "进度正常"), ("", "", "")],
)
def test_the_head_signs_their_own_summary_or_that_of_the_office(
    own: str, filled: str, said: str
) -> None:
    both = named.after(replace(enter, summary=filled), confirm)
    (report,) = both.when(replace(sign, summary=own)).facts()
    assert report.summary == said
    (alone,) = record.when(replace(submit(), summary=own)).facts()
    assert (alone.summary, alone.filled_by, alone.confirmed_by) == (own, "", "")
    assert (alone.submitted_by, alone.submitted_on) == ("iss|unit", on(6, 1))


@pytest.mark.parametrize(("day", "on_time"), [(at(6, 7), True), (at(6, 8), False)])
def test_the_last_day_for_a_report_is_in_time(day: datetime, on_time: bool) -> None:  # noqa: FBT001
    (report,) = record.when(replace(submit(), now=day)).facts()
    assert report.on_time is on_time


LIKELY = [
    ("road", Likelihood.IMPOSSIBLE, Level.RED, Reason.TARGET_UNREACHABLE),
    ("road", Likelihood.POSSIBLE, Level.BLUE, Reason.UNCERTAIN),
    ("trust", Likelihood.IMPOSSIBLE, Level.BLUE, None),
    ("trust", Likelihood.POSSIBLE, Level.BLUE, None),
]
"""Rows 3 and 11 of the decision table: of core indicators alone (`domain` §4.6)."""
DOUBTS = {Reason.TARGET_UNREACHABLE, Reason.UNCERTAIN}


@pytest.mark.parametrize(("indicator", "likelihood", "level", "reason"), LIKELY)
def test_a_doubt_about_a_core_indicator_is_warned_of(
    indicator: str, likelihood: Likelihood, level: Level, reason: Reason | None
) -> None:
    values = tuple(
        replace(one, likelihood=likelihood) if one.indicator_id == indicator else one
        for one in GOOD
    )
    _, scored = record.after(submit(*values)).when(review()).facts()
    assert scored.rating.level is level
    assert DOUBTS & set(scored.rating.reasons) == ({reason} if reason else set())
    filed = ask.FileForecast(**about(at(4, 20)), values=values)
    (ahead,) = record.after(filed).when(analyse).facts()
    assert DOUBTS & set(ahead.rating.reasons) == ({reason} if reason else set())


@pytest.mark.parametrize(
    ("since", "told"),
    [((6, 7), NodeExemption.SUSPENDED), ((6, 8), None)],
    ids=["on the last day for a report", "the day after"],
)
def test_a_project_that_stopped_by_the_last_day_gives_no_report(
    since: tuple[int, int], told: NodeExemption | None
) -> None:
    standing = Standing(kind=NodeExemption.SUSPENDED, since_on=on(*since), reason="审计")
    stopped = watching(replace(WATCH, standing=standing))
    if told is None:
        stopped.when(submit()).then_names("MonitoringSubmitted")
    else:
        stopped.when(submit()).then_explains(no.ProjectExemptAtNode, node="M05", exemption=told)


BAD_CHECK = Finding(check=Check.PROCUREMENT, in_order=False, text=" ")
BAD_ASPECT = Judgement(aspect=Aspect.TIMELINESS, in_order=False, text=" ")
CLEAN = Judgement(aspect=Aspect.COMPLIANCE, in_order=True, text="")
submitted = record.after(submit())
both = named.after(enter, confirm)
moved = both.knowing(WATCH, paid_more(), HELD, Rules(), Rules(), *(named.consulted or ())[-1:])
due = fact.ContractDue(contract_no="C1", due_on=on(5, 20), amount=yuan(1))
planned = fact.PlannedMonth(month=5, amount=yuan(1))


def forecast(**more: object) -> ask.FileForecast:
    """A forecast in time."""
    return replace(ask.FileForecast(**about(at(4, 20))), **more)  # type: ignore[arg-type]


EXPLAINED: list[tuple[Story, object, type[Refusal], str | None, dict[str, object]]] = [
    (record, submit(GOOD[0]), no.ValueMissing, "/values", {"indicators": ["trust"]}),
    (record, submit(value("road"), GOOD[1]), no.ValueMissing, "/values/0/actual",
     {"indicators": ["road"]}),
    (record, submit(value("road", completion=Decimal(1)), GOOD[1]), no.ValueMissing,
     "/values/0/actual", {"indicators": ["road"]}),
    (record, submit(*GOOD, value("bridge", "1")), no.IndicatorNotPromised,
     "/values/2/indicator_id", {"indicator_id": "bridge"}),
    (record, submit(*GOOD, GOOD[0]), no.IndicatorReportedTwice, "/values/2/indicator_id",
     {"indicator_id": "road"}),
    (record, submit(GOOD[1], value("road", "9.5", evidence=())), no.EvidenceMissing,
     "/values/1/evidence", {"indicator_id": "road"}),
    (record, submit(value("road", "8"), GOOD[1]), no.CauseMissing, "/values/0/cause",
     {"indicator_id": "road", "deviation": "0.2000", "tolerance": "0.10"}),
    (record, replace(analyse, now=at(6, 1)), no.PreAnalysisTooLate, None,
     {"cut_off_on": "2021-05-31"}),
    (record, forecast(now=at(6, 1)), no.PreAnalysisTooLate, None, {"cut_off_on": "2021-05-31"}),
    (record, replace(submit(), node="M11"), no.NodeNotArranged, None,
     {"node": "M11", "known": ["M05", "M08"]}),
    (named.after(enter), replace(confirm, by=BUSINESS), no.OfficesNotSeparate, None,
     {"filled_by": BUSINESS}),
    (named.after(confirm), replace(enter, by=FINANCE), no.OfficesNotSeparate, None,
     {"confirmed_by": FINANCE}),
    (named, replace(confirm, expected_year_end=Money.parse("899999.99")), no.YearEndBelowPaid,
     "/expected_year_end", {"paid": "900000.00"}),
    (named, sign, no.PartNotConfirmed, None, {"open": ["BUSINESS", "FINANCE"]}),
    (named.after(enter), sign, no.PartNotConfirmed, None, {"open": ["FINANCE"]}),
    (moved, sign, no.ExecutionChanged, None, {"confirmed": "900000.00", "paid": "900060.00"}),
    (both, submit(value("road", "10"), GOOD[1]), no.ValuesNotConfirmed, "/values", {}),
    (named, replace(enter, person="赵敏"), no.SignerNotNamed, "/person",
     {"person": "赵敏", "named": "古丽"}),
    (named, replace(confirm, person="赵敏"), no.SignerNotNamed, "/person",
     {"person": "赵敏", "named": "王芳"}),
    (both, replace(sign, person="王芳"), no.SignerNotNamed, "/person",
     {"person": "王芳", "named": "李强"}),
    (submitted, judged(in_depth=(BAD_CHECK,)), no.JudgementUnexplained,
     "/in_depth/procurement/text", {"check": Check.PROCUREMENT}),
    (submitted, judged(BAD_ASPECT), no.JudgementUnexplained, "/judgements/timeliness/text",
     {"aspect": Aspect.TIMELINESS}),
    (submitted, judged(CLEAN, compliance_suspected=True), no.AspectContradicted,
     "/judgements/compliance/in_order", {"aspect": Aspect.COMPLIANCE}),
    (record, forecast(planned_payments=Money(-1)), no.PlanUnreadable, "/planned_payments", {}),
    (record, forecast(plan=(planned, planned)), no.PlanUnreadable, "/plan/1/month", {"month": 5}),
    (record, forecast(plan=(replace(planned, month=13),)), no.PlanUnreadable, "/plan/0/month",
     {"month": 13}),
    (record, forecast(plan=(replace(planned, month=0),)), no.PlanUnreadable, "/plan/0/month",
     {"month": 0}),
    (record, forecast(plan=(replace(planned, amount=Money(-1)),)), no.PlanUnreadable,
     "/plan/0/amount", {}),
    (record, forecast(contracts=(due, due)), no.ContractDueTwice, "/contracts/1",
     {"contract_no": "C1"}),
    (record, forecast(contracts=(replace(due, amount=ZERO),)), no.ContractDueTwice,
     "/contracts/0", {"contract_no": "C1"}),
]  # fmt: skip


@pytest.mark.parametrize(("story", "command", "refusal", "pointer", "details"), EXPLAINED)
def test_a_refusal_names_its_place_and_its_values(
    story: Story,
    command: object,
    refusal: type[Refusal],
    pointer: str | None,
    details: dict[str, object],
) -> None:
    story.when(command).then_explains(refusal, pointer, **details)


def test_a_deviation_up_to_the_tolerance_needs_no_cause() -> None:
    # 24 km by the end of the year are 10 by May: nine are a tenth behind, which is tolerated.
    record.when(submit(value("road", "9"), GOOD[1])).then_names("MonitoringSubmitted")
    record.when(submit(value("road", "8.99"), GOOD[1])).then_refused(no.CauseMissing)


def test_a_score_names_its_target_and_its_rules() -> None:
    watch: Watch = replace(WATCH, target_version=3)
    reviewed, scored = watching(watch).after(submit()).when(review()).facts()
    assert (scored.target_version, scored.rule_set_version) == (3, RULES.version)
    assert (scored.legal_basis, scored.scored_on) == (RULES.legal_basis, on(6, 8))
    assert (reviewed.reviewed_by, reviewed.opinion) == (CLERK, "")
    assert (scored.project, scored.node) == (PROJECT, "M05")


def test_the_points_of_a_reviewer_are_those_of_the_score() -> None:
    given = replace(review(), completeness=Decimal(8), correction=Decimal("6.5"))
    _, scored = submitted.when(given).facts()
    assert (scored.score.completeness, scored.score.correction) == (Decimal(8), Decimal("6.5"))
    assert scored.score.total == Decimal("84.10")


def test_who_gives_back_and_who_passes_on_are_named() -> None:
    back = ask.ReturnMonitoring(**about(at(6, 2), by="iss|dept"), reason="佐证不清")
    submitted.when(back).then(
        fact.MonitoringReturned(
            project=PROJECT,
            node="M05",
            reason="佐证不清",
            codes=(),
            returned_by="iss|dept",
            evidence=("ab12",),
        )
    )
    on_ = ask.VerifyMonitoring(**about(at(6, 3), by="iss|dept"), opinion="属实")
    submitted.when(on_).then(
        fact.MonitoringVerified(project=PROJECT, node="M05", opinion="属实", checked_by="iss|dept")
    )


def test_what_is_entered_twice_is_entered_once() -> None:
    named.after(enter).when(replace(enter, now=IN_TIME)).then_nothing()
    named.after(confirm).when(confirm).then_nothing()
    signed = both.after(sign)
    signed.when(confirm).then_refused(no.RecordAlreadySubmitted)
    signed.when(enter).then_nothing()
    signed.when(sign).then_nothing()
