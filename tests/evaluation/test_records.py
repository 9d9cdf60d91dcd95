"""Stories of what is recorded: what superiors said, what was measured out, what was heard."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.evaluation.domain.adopted_rules import (
    AdoptRules,
    Rules,
    adopted_rules_decider,
    bind,
)
from services.evaluation.domain.case_messages import (
    CloseCase,
    OpenCase,
    RecordMeasure,
    ReopenCase,
    Rung,
    StartInvestigation,
)
from services.evaluation.domain.external import RankTold, ScoreTold
from services.evaluation.domain.unit import (
    AdjustedBudgetNoted,
    ApprovedAmount,
    GrantNoted,
    NoteAdjustedBudget,
    NoteApprovedBudget,
    NoteGrant,
    RegisterUnit,
    unit_decider,
)
from services.evaluation.domain.watched import (
    NodeScoreNoted,
    NoteNodeScore,
    NotePaid,
    NoteWarningClosed,
    PaidNoted,
    WarningClosedNoted,
    watched_decider,
)
from shared.domain.rule_node import RuleSetUnreadable
from shared.testing.spec import Spec
from tests.evaluation.story import (
    ADOPTED,
    BUREAU,
    DEPT,
    NOW,
    REGION,
    RULES,
    TODAY,
    UNIT,
    yuan,
)

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
INVESTIGATE = StartInvestigation(
    case_id="C1", office="财政监督科", started_on=TODAY, by=BUREAU, now=NOW
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


def test_the_latest_word_of_a_budget_counts_and_a_late_one_is_old() -> None:
    of: dict[str, Any] = {"unit_code": UNIT, "project_code": "P1", "by": "abacus", "now": NOW}
    adjusted = NoteAdjustedBudget(**of, fiscal_year=2021, budget=yuan(480), version=3)
    granted = NoteGrant(**of, fiscal_year=2022, granted=yuan(9), exempt=False, version=3)
    unit.when(adjusted).then(
        AdjustedBudgetNoted(project_code="P1", fiscal_year=2021, budget=yuan(480), version=3)
    )
    unit.when(granted).then(
        GrantNoted(project_code="P1", fiscal_year=2022, granted=yuan(9), exempt=False, version=3)
    )
    known = unit.given().after(adjusted, granted)
    words: tuple[tuple[Any, Any], ...] = (
        (adjusted, replace(adjusted, budget=yuan(470))),
        (granted, replace(granted, granted=yuan(8))),
        (granted, replace(granted, exempt=True)),
    )
    for word, changed in words:
        for late in (1, 2, 3):
            known.when(replace(changed, version=late)).then_nothing()
        assert len(known.when(replace(changed, version=4)).facts) == 1
        assert len(known.when(replace(changed, version=0)).facts) == 1
        known.when(replace(word, version=4)).then_nothing()
        known.when(replace(word, version=0)).then_nothing()


def test_what_is_approved_is_the_budget_and_before_there_is_one_the_grant() -> None:
    of: dict[str, Any] = {"unit_code": UNIT, "by": "abacus", "now": NOW, "fiscal_year": 2022}
    state = (
        unit.given()
        .after(
            NoteGrant(**of, project_code="P1", granted=yuan(9), exempt=True),
            NoteGrant(**of, project_code="P2", granted=yuan(7), exempt=True),
            NoteGrant(
                **{**of, "fiscal_year": 2023}, project_code="P4", granted=yuan(1), exempt=False
            ),
            NoteApprovedBudget(**of, project_code="P1", budget=yuan(8)),
            NoteApprovedBudget(**of, project_code="P3", budget=yuan(5)),
            NoteApprovedBudget(**{**of, "fiscal_year": 2021}, project_code="P1", budget=yuan(4)),
            NoteAdjustedBudget(**of, project_code="P1", budget=yuan(6)),
            NoteAdjustedBudget(**of, project_code="P9", budget=yuan(3)),
        )
        .state
    )
    assert state.approved(2022) == {
        "P1": ApprovedAmount(amount=yuan(8), exempt=True),
        "P2": ApprovedAmount(amount=yuan(7), exempt=True),
        "P3": ApprovedAmount(amount=yuan(5), exempt=False),
    }
    assert (state.budget(2022), state.adjusted_budget(2022)) == (yuan(13), yuan(11))
    assert (state.budget(2023), state.adjusted_budget(2023)) == (None, None)


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
