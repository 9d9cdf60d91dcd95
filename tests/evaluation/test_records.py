"""Stories of what is recorded: what superiors said, what was measured out, what was heard."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from services.evaluation.domain.adopted_rules import (
    AdoptRules,
    Rules,
    adopted_rules_decider,
    bind,
)
from services.evaluation.domain.case import (
    CaseEnded,
    CaseReopened,
    CloseCase,
    OpenCase,
    RecordMeasure,
    ReopenCase,
    Rung,
    case_decider,
)
from services.evaluation.domain.external import (
    ExternalRankingRecorded,
    ExternalScoreRecorded,
    RankTold,
    RecordExternalRanking,
    RecordExternalScore,
    ScoreTold,
    external_decider,
)
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    CaseClosed,
    CaseUnknown,
    LadderGoesUp,
    ScoreOutOfRange,
    UnitUnknown,
)
from services.evaluation.domain.unit import NoteApprovedBudget, RegisterUnit, Unit, unit_decider
from services.evaluation.domain.watched import (
    NodeScoreNoted,
    NoteNodeScore,
    NotePaid,
    NoteWarningClosed,
    PaidNoted,
    WarningClosedNoted,
    watched_decider,
)
from shared.domain.rules import RuleSetUnreadable
from shared.testing.spec import Spec
from tests.evaluation.story import (
    ADOPTED,
    BUREAU,
    DEPT,
    KNOWN_UNIT,
    NOW,
    REGION,
    RULES,
    TODAY,
    UNIT,
    yuan,
)

external = Spec(external_decider)
case = Spec(case_decider)
rules = Spec(adopted_rules_decider)
unit = Spec(unit_decider)
watched = Spec(watched_decider)
RANK = RankTold(
    scheme="XJ_COMPREHENSIVE",
    period="2021H1",
    subject="653100",
    subject_name="喀什地区",
    level="region",
    parent=None,
    rank=3,
    rank_at_most=None,
    document_no="新财绩〔2021〕1号",
    told_on=TODAY,
    region_code="653100",
)
SCORE = ScoreTold(
    fund="RURAL_LINKAGE",
    kind="TARGET_REVIEW",
    fund_year=2021,
    subject="653100",
    score=Decimal("95.94"),
    rank=2,
    band="优秀",
    document_no="新财农〔2021〕2号",
    told_on=TODAY,
    region_code="653100",
)
OPEN = OpenCase(
    case_id="C1",
    unit_code=UNIT,
    subject="自评虚高",
    clue="抽查复核",
    opened_on=TODAY,
    by=BUREAU,
    now=NOW,
)
CLOSE = CloseCase(case_id="C1", outcome="已整改", by=BUREAU, now=NOW)
REOPEN = ReopenCase(case_id="C1", reason="再次发生", by=BUREAU, now=NOW)


def measure(rung: Rung) -> RecordMeasure:
    return RecordMeasure(
        case_id="C1",
        rung=rung,
        authority="地区财政局",
        document_no="通报〔2022〕1号",
        measured_on=TODAY,
        by=BUREAU,
        now=NOW,
    )


def test_what_a_superior_said_is_recorded_once_and_never_computed() -> None:
    rank = RecordExternalRanking(told=RANK, by=BUREAU, now=NOW)
    score = RecordExternalScore(told=SCORE, by=BUREAU, now=NOW)
    external.when(rank).then(ExternalRankingRecorded(told=RANK))
    external.when(score).then(ExternalScoreRecorded(told=SCORE))
    external.given().after(rank).when(rank).then_nothing()
    other = replace(rank, told=replace(RANK, rank=4))
    external.given().after(rank).when(other).then_refused(AlreadyRecorded)
    too_high = replace(score, told=replace(SCORE, score=Decimal(101)))
    external.when(too_high).then_refused(ScoreOutOfRange)


def test_measures_are_recorded_up_the_ladder() -> None:
    opened = case.knowing(KNOWN_UNIT).after(OPEN).knowing()
    (fact,) = opened.when(measure(Rung.TALK)).facts
    assert (fact.authority, fact.unit_code) == ("地区财政局", UNIT)  # type: ignore[attr-defined]
    talked = opened.after(measure(Rung.TALK))
    talked.when(measure(Rung.TALK)).then_nothing()
    talked.when(measure(Rung.REMINDER)).then_refused(LadderGoesUp, reached=Rung.TALK)
    assert talked.when(measure(Rung.CIRCULAR)).refusal is None


def test_a_case_is_opened_closed_and_reopened() -> None:
    story = case.knowing(KNOWN_UNIT).after(OPEN)
    story.when(OPEN).then_nothing()
    story.when(replace(OPEN, clue="举报")).then_refused(AlreadyRecorded)
    case.knowing(Unit()).when(OPEN).then_refused(UnitUnknown)
    opened = story.knowing()
    opened.when(REOPEN).then_nothing()
    opened.when(CLOSE).then(CaseEnded(outcome="已整改"))
    closed = opened.after(CLOSE)
    closed.when(CLOSE).then_nothing()
    closed.when(measure(Rung.TALK)).then_refused(CaseClosed)
    closed.when(REOPEN).then(CaseReopened(reason="再次发生"))
    assert closed.after(REOPEN).when(measure(Rung.TALK)).refusal is None
    for command in (CLOSE, REOPEN, measure(Rung.TALK)):
        case.when(command).then_refused(CaseUnknown)


def adopt(version: int, text: str | None = None) -> AdoptRules:
    return AdoptRules(
        region_code=REGION,
        fiscal_year=2021,
        version=version,
        legal_basis="财预〔2020〕10号",
        text=json.dumps(RULES) if text is None else text,
        by="abacus",
        now=NOW,
    )


def test_the_newest_rules_bind() -> None:
    second = rules.given().after(adopt(2))
    assert second.state.rule_set.version == 2
    second.when(adopt(1)).then_nothing()
    second.when(adopt(2)).then_nothing()
    assert second.after(adopt(3)).state.version == 3


def test_rules_nobody_can_read_are_heard_and_refused_where_they_are_needed() -> None:
    heard = rules.given().after(adopt(1, "{}")).state
    with pytest.raises(RuleSetUnreadable):
        _ = heard.rule_set
    with pytest.raises(RuleSetUnreadable):
        _ = heard.effectiveness


def test_a_county_falls_back_on_its_prefecture_and_province() -> None:
    ids = [reference.id for reference in bind("653121", 2022, 2021)]
    assert ids == [
        "653121-2022", "653100-2022", "650000-2022",
        "653121-2021", "653100-2021", "650000-2021",
    ]  # fmt: skip
    assert [reference.id for reference in bind("650000", 2021)] == ["650000-2021"]
    assert ADOPTED.effectiveness.penalty_max == 20
    assert Rules().version == 0


def test_a_unit_is_known_by_its_latest_name_and_its_first_budgets() -> None:
    register = RegisterUnit(
        unit_code=UNIT,
        name="交通局",
        region_code=REGION,
        department_code=DEPT,
        by="abacus",
        now=NOW,
    )
    budget = NoteApprovedBudget(
        unit_code=UNIT,
        project_code="P1",
        fiscal_year=2021,
        budget=yuan(500),
        by="abacus",
        now=NOW,
    )
    known = unit.given().after(register, budget)
    known.when(register).then_nothing()
    known.when(replace(budget, budget=yuan(420))).then_nothing()  # the initial one counts
    total = known.after(replace(budget, project_code="P2")).state
    assert (total.name, total.budget(2021), total.budget(2020)) == ("交通局", yuan(1000), None)


def test_what_monitoring_said_is_noted_once() -> None:
    where = {"project_code": "P1", "fiscal_year": 2021, "by": "abacus", "now": NOW}
    paid = NotePaid(**where, paid=yuan(10))  # type: ignore[arg-type]
    node = NoteNodeScore(**where, node="M05", score=Decimal(80), level="BLUE")  # type: ignore[arg-type]
    warning = NoteWarningClosed(**where, warning_id="W", level="RED", outcome="MEASURED")  # type: ignore[arg-type]
    watched.when(paid).then(PaidNoted(paid=yuan(10)))
    watched.when(node).then(NodeScoreNoted(node="M05", score=Decimal(80), level="BLUE"))
    watched.when(warning).then(WarningClosedNoted(warning_id="W", level="RED", outcome="MEASURED"))
    known = watched.given().after(paid, node, warning)
    for command in (paid, node, warning):
        known.when(command).then_nothing()
    assert known.state.warnings["W"].outcome == "MEASURED"
    assert known.after(replace(paid, paid=yuan(5))).state.paid == yuan(5)
