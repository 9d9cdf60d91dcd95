"""What others say and what the clock says: the commands they lead to, and the words we say."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from services.monitoring.domain.adjustment import (
    AdjustmentKind,
    EndSuspension,
    ExecuteAdjustment,
    NoteApproval,
    NotePairing,
    ProposeAdjustment,
    RefuseAdjustment,
)
from services.monitoring.domain.calendar import ends, starts
from services.monitoring.domain.key_fund.commands import ReceiveFund
from services.monitoring.domain.ledger import commands as money
from services.monitoring.domain.record.commands import (
    MissMonitoring,
    OpenCollection,
    RunPreAnalysis,
)
from services.monitoring.domain.region import HearRegion
from services.monitoring.domain.roster import EnterProject
from services.monitoring.domain.round import AdvanceRound, PlanRound, RoundPlanned, Stage
from services.monitoring.domain.rules import HearRules
from services.monitoring.domain.treasury_request import OpenTreasuryRequest
from services.monitoring.domain.unit import HearUnit
from services.monitoring.domain.values import Level, Reason, Source
from services.monitoring.domain.warning.commands import MarkOverdue, RaiseWarning
from services.monitoring.domain.warning.events import (
    LetterAcknowledged,
    RectificationFailed,
    RectificationPlanSubmitted,
    Step,
    WarningEscalated,
)
from services.monitoring.domain.watch import (
    FollowTarget,
    NodesArranged,
    NoteOverdueLetter,
    OpenWatch,
)
from services.monitoring.reactions import HEARS, fall_due, react, schedule
from services.monitoring.reactions.watching import WATCHING_HEARS
from shared.contracts import evaluation, monitoring, targets
from shared.contracts.public_event import PublicEvent
from shared.domain.rule_node import RuleSetUnreadable
from shared.messages import CalledOff, Deadline, Due, Heard
from shared.testing.projection_spec import recorded
from tests.monitoring.stories import NODES, PROJECT, RULES_JSON, at, on, yuan

WHOSE: dict[str, Any] = {
    "region_code": "653101",
    "project_code": "P1",
    "fiscal_year": 2021,
    "unit_code": "U1",
}
ROAD = targets.Indicator(
    indicator_id="road",
    level1="OUTPUT",
    level2="数量",
    name="道路里程",
    operator=">=",
    target_value=Decimal(24),
    unit="公里",
    weight=Decimal(90),
)
approved = targets.TargetApproved(
    **WHOSE,
    project_name="农村道路",
    department_code="D1",
    target_version=1,
    budget=yuan(1000),
    scheme="A",
    annual_goal="修路",
    indicators=(ROAD,),
    approved_on=on(2, 1),
    rule_set_version=1,
)
adjusted = targets.TargetAdjusted(
    **WHOSE,
    department_code="D1",
    adjustment_id="A1",
    target_version=2,
    budget_before=yuan(1000),
    budget=yuan(800),
    indicators=(ROAD,),
    reason="r",
    adjusted_on=on(7, 1),
)
refused = targets.TargetAdjustmentRefused(**WHOSE, adjustment_id="A1", reason="r")
adopted = targets.RuleSetAdopted(
    region_code="653101",
    rule_set_id="k",
    rule_set_version=1,
    fiscal_year=2021,
    legal_basis="财预〔2019〕136号",
    rules=RULES_JSON,
)
scored = monitoring.MonitoringScored(
    **WHOSE,
    node="M05",
    score=Decimal("79.50"),
    level="RED",
    execution_rate=Decimal("0.3"),
    goal_rate=Decimal("0.9"),
    reasons=("EXECUTION_SLOW",),
    rule_set_version=1,
)
executed = monitoring.AdjustmentExecuted(
    **WHOSE,
    adjustment_id="A1",
    kind="INTERNAL_TRANSFER",
    change=yuan(-200),
    budget=yuan(800),
    transfer_to="P2",
)


def recovery(route: evaluation.Route) -> evaluation.RecoveryApproved:
    return evaluation.RecoveryApproved(
        **WHOSE,
        recovery_id="C1",
        amount=yuan(140),
        route=route,
        reason="闲置",
        document_no="D1",
        approved_on=on(10, 1),
    )


def heard(word: PublicEvent) -> Heard[PublicEvent]:
    return Heard(
        word=word,
        event_id=UUID(int=1),
        producer=word.producer,
        number=1,
        subject="s",
        version=1,
        said_at=at(7, 1),
        effective_at=at(7, 1),
        correlation_id="c",
    )


def asked(word: PublicEvent) -> list[object]:
    """The commands, transactions laid open."""
    found: list[object] = []
    for one in react(heard(word)):
        found += one if isinstance(one, tuple) else (one,)
    return found


REGION = targets.RegionRegistered(region_code="653101", name="疏附县")
UNIT = targets.UnitRegistered(
    region_code="653101",
    unit_code="U1",
    name="交通局",
    department_code="D1",
    department_name="交通运输局",
)
passed_on = monitoring.FundAllocated(
    region_code="653100",
    batch_id="b",
    root_id="b",
    fiscal_year=2021,
    fund_name="f",
    direct_fund_flag="01",
    kind="GENERAL",
    allocation_id="a",
    document_no="d",
    recipient_kind="COUNTY",
    recipient="653101",
    project_code="",
    amount=yuan(1),
    allocated_on=on(3, 1),
    passed_to="c",
)
WORDS: list[tuple[PublicEvent, list[type]]] = [
    (REGION, [HearRegion]),
    (UNIT, [HearUnit]),
    (adopted, [HearRules, PlanRound, PlanRound]),
    (approved, [money.OpenLedger, OpenWatch, EnterProject]),
    (adjusted, [money.AdjustQuota, FollowTarget, ExecuteAdjustment]),
    (refused, [money.ReleaseHold, RefuseAdjustment]),
    (recovery("QUOTA_WITHDRAWAL"), [money.WithdrawQuota]),
    (recovery("CURRENT_YEAR_REFUND"), [money.ExpectRefund, OpenTreasuryRequest]),
    (recovery("PRIOR_YEAR_PAYMENT"), [OpenTreasuryRequest]),
    (scored, [RaiseWarning]),
    (scored.model_copy(update={"level": "NORMAL", "reasons": ()}), []),
    (
        monitoring.WarningEscalated(**WHOSE, warning_id="W1", level="RED"),
        [NoteOverdueLetter],
    ),
    (monitoring.WarningEscalated(**WHOSE, warning_id="W1", level="RED", measure="TALK"), []),
    (executed, [ProposeAdjustment, OpenTreasuryRequest]),
    (executed.model_copy(update={"transfer_to": None}), [OpenTreasuryRequest]),
    (executed.model_copy(update={"partner_adjustment_id": "A1-in"}), [OpenTreasuryRequest]),
    (
        targets.TargetAdjustmentPaired(**WHOSE, adjustment_id="A1", bodies=("BUDGET",)),
        [NotePairing],
    ),
    (
        targets.TargetAdjustmentSigned(**WHOSE, adjustment_id="A1", body="BUDGET", signed_by="b"),
        [NoteApproval],
    ),
    (
        monitoring.QuotaReleased(**WHOSE, freeze_id="A1", amount=yuan(1)),
        [EndSuspension, OpenTreasuryRequest],
    ),
    (passed_on, [ReceiveFund]),
    (passed_on.model_copy(update={"passed_to": ""}), []),
    (monitoring.QuotaIssued(**WHOSE, amount=yuan(1), issued_on=on(2, 1)), []),
]


@pytest.mark.parametrize(("word", "commands"), WORDS)
def test_each_word_leads_to_its_commands(word: PublicEvent, commands: list[type]) -> None:
    assert [type(command) for command in asked(word)] == commands


@pytest.mark.parametrize("exempt", [True, False])
def test_a_research_project_is_left_out_when_its_target_says_so(exempt: bool) -> None:  # noqa: FBT001
    _, opened, _ = asked(approved.model_copy(update={"in_year_monitoring_exempt": exempt}))
    assert isinstance(opened, OpenWatch)
    assert opened.exempt is exempt


def test_everything_heard_is_answered() -> None:
    told = {type(word) for word, _ in WORDS}
    judged = {monitoring.PreAnalysisRun, monitoring.MonitoringMissed}
    held = {monitoring.QuotaFrozen, monitoring.QuotaWithdrawn}
    listed = {word for word in HEARS if word.__name__.startswith("TreasuryRequest")}
    judged |= {monitoring.LetterIssued}  # printed: test_letter_printing
    assert set(HEARS) <= told | judged | set(WATCHING_HEARS) | held | listed


def test_a_score_becomes_a_warning_with_its_reasons() -> None:
    (command,) = asked(scored)
    assert isinstance(command, RaiseWarning)
    assert command.warning_id == "P1-2021-M05-NODE"
    assert (command.level, command.source) == (Level.RED, Source.NODE)
    assert command.reasons == (Reason.EXECUTION_SLOW,)


def test_a_forecast_warns_before_the_node() -> None:
    run = monitoring.PreAnalysisRun(
        **WHOSE,
        node="M05",
        level="BLUE",
        execution_rate=Decimal("0.3"),
        method="LINEAR",
        reasons=("EXECUTION_BEHIND",),
        analysed_on=on(4, 30),
        rule_set_version=1,
    )
    (command,) = asked(run)
    assert isinstance(command, RaiseWarning)
    assert command.source is Source.PRE_ANALYSIS
    missed = monitoring.MonitoringMissed(
        **WHOSE,
        node="M05",
        execution_rate=Decimal(0),
        reasons=("NOT_REPORTED",),
        due_on=on(6, 7),
        rule_set_version=1,
    )
    (late,) = asked(missed)
    assert isinstance(late, RaiseWarning)
    assert late.warning_id == "P1-2021-M05-NODE"


def test_a_transfer_goes_on_to_the_project_that_receives() -> None:
    command, _ = asked(executed)
    assert isinstance(command, ProposeAdjustment)
    assert (command.project_code, command.amount) == ("P2", yuan(200))
    assert command.kind is AdjustmentKind.INTERNAL_TRANSFER
    assert command.receives


def test_unreadable_rules_are_said_to_be_unreadable() -> None:
    with pytest.raises(RuleSetUnreadable):
        asked(adopted.model_copy(update={"rules": {"rule_set": "empty"}}))


def falling(fact: object, stream: str, moment: datetime) -> list[object]:
    (told,) = recorded(stream, fact, at=moment)
    return [
        fall_due(Due(kind=d.kind, subject=d.subject, due_at=d.due_at, now=d.due_at))
        for d in schedule(told)
        if isinstance(d, Deadline)
    ]


def test_a_projects_days_fall_due() -> None:
    arranged = NodesArranged(project=PROJECT, rule_set_version=1, nodes=NODES[:1])
    (told,) = recorded("watch-P1-2021", arranged)
    analysis, collection, opening = schedule(told)
    assert isinstance(analysis, Deadline)
    assert isinstance(collection, Deadline)
    assert analysis.due_at == starts(on(4, 30)) + timedelta(hours=9)
    assert collection.due_at == ends(on(6, 7))
    assert isinstance(opening, Deadline)
    assert opening.due_at == starts(on(5, 17)) + timedelta(hours=9)
    commands = falling(arranged, "watch-P1-2021", at(2, 1))
    assert [type(command) for command in commands] == [
        RunPreAnalysis,
        MissMonitoring,
        OpenCollection,
    ]
    run = commands[0]
    assert isinstance(run, RunPreAnalysis)
    assert (run.record_id, run.region_code, run.quiet) == ("P1-2021-M05", "653101", True)


def test_a_round_advances_by_its_days() -> None:
    planned = RoundPlanned(
        region_code="653101", fiscal_year=2021, dates=NODES[0], rule_set_version=1
    )
    commands = falling(planned, "round-653101-2021-M05", at(1, 4))
    assert [c.stage for c in commands if isinstance(c, AdvanceRound)] == list(Stage)[1:5]


def test_an_answered_step_is_called_off() -> None:
    received = LetterAcknowledged(
        project=PROJECT, received_by="李四", objection="", received_on=on(6, 10)
    )
    (told,) = recorded("warning-W1", received)
    assert schedule(told) == [CalledOff(key="warning:W1|ACKNOWLEDGE")]
    (planned,) = recorded("warning-W1", RectificationPlanSubmitted(project=PROJECT, steps=()))
    assert schedule(planned) == [CalledOff(key="warning:W1|PLAN")]
    (ended,) = recorded("warning-W1", WarningEscalated(project=PROJECT))
    assert len(schedule(ended)) == len(Step) + 1  # and the verification


def test_a_failed_cure_is_due_again_on_the_same_day() -> None:
    failed = RectificationFailed(project=PROJECT, reason="x", finish_by=on(7, 27))
    (command,) = falling(failed, "warning-W1", at(7, 1))
    assert isinstance(command, MarkOverdue)
    assert (command.warning_id, command.step) == ("W1", Step.FINISH)


def test_an_unknown_deadline_asks_for_nothing() -> None:
    assert fall_due(Due(kind="OLD", subject="x", due_at=at(1, 1), now=at(1, 1))) is None
