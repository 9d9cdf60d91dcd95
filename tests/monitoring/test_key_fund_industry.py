"""Industrial funds and linkage funds: no stage is skipped or done alone, notices are proved."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from services.monitoring.domain.industry import commands as ask
from services.monitoring.domain.industry import refusals as no
from services.monitoring.domain.industry.fund import industry_fund_decider
from services.monitoring.domain.industry.values import (
    Applied,
    IndustryOutcome,
    Planned,
    Stage,
    Statement,
)
from services.monitoring.domain.ledger.refusals import AmountNotPositive, LedgerNotOpened
from services.monitoring.domain.ledger.state import Ledger, NotOpened, Payment
from services.monitoring.domain.linkage import linkage
from services.monitoring.projections.key_fund_industry import (
    IndustryRow,
    StageRow,
    key_fund_industry,
)
from services.monitoring.publishing import publish
from shared.contracts import monitoring as said
from shared.domain.refusals import Refusal
from shared.testing.projection_spec import ProjectionSpec, recorded
from tests.monitoring.stories import HEAD, PROJECT, Story, at, on, yuan

LEDGER = Ledger(
    project=PROJECT,
    budget=yuan(1000),
    fund_type_code="111",
    direct_fund_flag="",
    payments={"Z1": Payment(amount=yuan(80), settled_on=on(6, 1))},
)
PLANNED = Planned(
    fund_id="C1",
    name="稳岗补助",
    region_code="653101",
    department_code="D1",
    unit_code="U1",
    fiscal_year=2021,
    amount=yuan(100),
)
plan = ask.PlanIndustryFund(planned=PLANNED, by="p0", now=at(3, 1))
APPLIED = Applied(enterprise="某公司", credit_code="9144030071526726XG", amount=yuan(90))


def step(
    kind: type[ask.AdvanceIndustryFund],
    number: int,
    now: datetime,
    **said: Any,  # noqa: ANN401
) -> ask.AdvanceIndustryFund:
    applied = APPLIED if kind is ask.ApplyForIndustryFund else None
    return kind(
        fund_id="C1",
        statement=Statement(**said),
        applied=applied,
        by=f"p{number}",
        now=now,
    )


def steps(*, met: bool = True) -> list[ask.AdvanceIndustryFund]:
    return [
        step(ask.ApplyForIndustryFund, 1, at(3, 2), amount=yuan(90)),
        step(ask.ReviewIndustryFund, 2, at(3, 5), conditions_met=True),
        step(ask.PublicizeIndustryFund, 3, at(3, 8), starts_on=on(3, 8), ends_on=on(3, 15)),
        step(ask.AllocateIndustryFund, 4, at(3, 16), document_no="A", amount=yuan(80)),
        step(ask.PayIndustryFund, 5, at(6, 2), project_code="P1", payment_id="Z1", amount=yuan(80)),
        step(ask.InspectIndustryFund, 6, at(8, 1), conditions_met=met),
        step(ask.ReportIndustryEffect, 7, at(11, 1), jobs=62, output=yuan(9), tax=yuan(1)),
        step(ask.EvaluateIndustryFund, 8, at(12, 1), conditions_met=True, score=Decimal(80)),
        step(ask.RecoverIndustryFund, 9, at(12, 9), document_no="R", amount=yuan(80)),
    ]


fresh = Story(industry_fund_decider).knowing(LEDGER)


def after(count: int, *, met: bool = True) -> Story:
    return fresh.after(plan, *steps(met=met)[:count])


def test_a_loop_that_reaches_its_goal_ends_with_its_evaluation() -> None:
    fresh.when(plan).then_names("IndustryFundPlanned")
    for count, one in enumerate(steps()[:8]):
        after(count).when(one).then_names("IndustryFundAdvanced")
    state = after(8).state
    assert state.outcome is IndustryOutcome.ACHIEVED
    after(8).when(steps()[8]).then_refused(no.LoopEnded)


def test_money_comes_back_where_the_conditions_were_not_met() -> None:
    assert after(8, met=False).state.outcome is IndustryOutcome.OPEN
    after(8, met=False).when(steps()[8]).then_names("IndustryFundAdvanced")
    assert after(9, met=False).state.outcome is IndustryOutcome.RECOVERED


def test_an_application_that_does_not_pass_ends_the_loop() -> None:
    refused = step(ask.ReviewIndustryFund, 2, at(3, 5), conditions_met=False)
    ended = after(1).after(refused)
    assert ended.state.outcome is IndustryOutcome.REFUSED
    ended.when(steps()[2]).then_refused(no.LoopEnded)


@pytest.mark.parametrize("count", range(7))
def test_no_stage_is_skipped_and_none_is_done_by_the_hand_before(count: int) -> None:
    after(count).when(steps()[count + 1]).then_refused(no.StageNotReached)
    one = steps()[count]
    same = type(one)(
        fund_id="C1",
        statement=one.statement,
        applied=one.applied,
        by=f"p{count}",
        now=one.now,
    )
    after(count).when(same).then_refused(no.SameHandTwice)


async def test_the_register_says_what_a_loop_waits_for_and_what_it_came_to() -> None:
    register = ProjectionSpec(key_fund_industry)
    story = after(9, met=False)
    shown = [register.given("industryfund-C1", *story.facts[: count + 1]) for count in range(10)]
    plain = {"name": "稳岗补助", "unit_code": "U1", "planned_fen": yuan(100).fen}
    for count, rows in enumerate(shown):
        stage, following = [*Stage][count], [*Stage, None][count + 1]
        where = {"stage": stage, "next_stage": following, "version": count + 1}
        await rows.then(IndustryRow, "C1", **plain, **where)
    await shown[0].then(IndustryRow, "C1", enterprise="", moved_on=on(3, 1), outcome="OPEN")
    asked = {"enterprise": APPLIED.enterprise, "credit_code": APPLIED.credit_code}
    nothing = {"allocated_fen": 0, "paid_fen": 0, "recovered_fen": 0, "jobs": None}
    await shown[1].then(IndustryRow, "C1", **asked, **nothing)
    eighty = yuan(80).fen
    await shown[5].then(IndustryRow, "C1", allocated_fen=eighty, paid_fen=eighty, recovered_fen=0)
    effect = {"jobs": 62, "output_fen": yuan(9).fen, "tax_fen": yuan(1).fen}
    ended = {"outcome": "RECOVERED", "recovered_fen": eighty, "moved_on": on(12, 9)}
    await shown[9].then(IndustryRow, "C1", **asked, **effect, **ended)
    paid = {"stage": "PAYMENT", "passed_on": on(6, 2), "passed_by": "p5"}
    await shown[9].then(StageRow, "C1", "PAYMENT", **paid)
    quiet = after(6).after(step(ask.ReportIndustryEffect, 7, at(11, 1), jobs=5))
    unsaid = {"jobs": 5, "output_fen": None, "tax_fen": None}
    await register.given("industryfund-C1", *quiet.facts).then(IndustryRow, "C1", **unsaid)


def test_every_stage_but_the_plan_has_a_command() -> None:
    assert [
        type(one)(fund_id="", statement=Statement(), by="", now=at(1, 1)).stage for one in steps()
    ] == [stage for stage in Stage if stage is not Stage.PLAN]


WRONG: list[tuple[Story, object, type[Refusal]]] = [
    (fresh, steps()[0], no.IndustryFundNotPlanned),
    (
        after(2),
        step(ask.PublicizeIndustryFund, 3, at(3, 8), starts_on=on(3, 8), ends_on=on(3, 12)),
        no.NoticeTooShort,
    ),
    (after(2), step(ask.PublicizeIndustryFund, 3, at(3, 8)), no.StatementIncomplete),
    (
        after(3),
        step(ask.AllocateIndustryFund, 4, at(3, 15), document_no="A", amount=yuan(80)),
        no.NoticeStillUp,
    ),
    (
        after(3),
        step(ask.AllocateIndustryFund, 4, at(3, 16), document_no="A", amount=yuan(91)),
        no.BeyondEarlierStage,
    ),
    (after(3), step(ask.AllocateIndustryFund, 4, at(3, 16)), no.StatementIncomplete),
    (
        after(4),
        step(ask.PayIndustryFund, 5, at(6, 2), project_code="P1", payment_id="?", amount=yuan(8)),
        no.EnterprisePaymentUnknown,
    ),
    (
        after(7),
        step(ask.EvaluateIndustryFund, 7, at(12, 1), conditions_met=True),
        no.SameHandTwice,
    ),
    (after(2), step(ask.ReviewIndustryFund, 2, at(3, 5), note="x"), no.StagePassedOtherwise),
]


@pytest.mark.parametrize(("story", "command", "refusal"), WRONG)
def test_a_stage_is_held_to_its_rules(
    story: Story, command: object, refusal: type[Refusal]
) -> None:
    story.when(command).then_refused(refusal)


def test_the_public_hears_of_every_stage() -> None:
    facts = after(2).facts
    words = [publish(one) for one in recorded("industryfund-C1", *facts)]
    assert [getattr(word, "stage", None) for word in words] == [None, "APPLICATION", "REVIEW"]


STATED = linkage.Stated(
    kind=linkage.LinkageKind.INDUSTRY,
    amount=yuan(500),
    target="保鲜库2座",
    completion="",
    households=120,
    persons=486,
)


def record(**more: Any) -> linkage.RecordLinkageProject:  # noqa: ANN401
    usual: dict[str, Any] = {
        "project_code": "P1",
        "fiscal_year": 2021,
        "county": "653101",
        "stated": STATED,
        "by": HEAD,
        "now": at(4, 1),
    }
    return linkage.RecordLinkageProject(**{**usual, **more})


def notice(evidence: str = "ab12") -> linkage.AnnounceFund:
    return linkage.AnnounceFund(
        project_code="P1",
        fiscal_year=2021,
        place="镇政府公示栏",
        announced_on=on(5, 6),
        evidence=evidence,
        by=HEAD,
        now=at(5, 7),
    )


linked = Story(linkage.linkage_decider).knowing(LEDGER)


def test_a_project_of_linkage_funds_is_recorded_and_announced_with_proof() -> None:
    linked.when(record()).then_names("LinkageRecorded")
    known = linked.after(record())
    known.when(notice()).then_names("FundAnnounced")
    announced = known.after(notice())
    assert announced.state.notices == "镇政府公示栏 2021-05-06"
    shown = record(stated=replace(STATED, notice=announced.state.notices))
    announced.when(shown).then_nothing()
    (word,) = [publish(one) for one in recorded("linkage-P1-2021", announced.facts[-1])]
    assert isinstance(word, said.FundAnnounced)


@pytest.mark.parametrize(
    ("story", "command", "refusal"),
    [
        (linked, record(county="653121"), linkage.CountyDiffers),
        (
            linked,
            record(stated=replace(STATED, amount=yuan(1001))),
            linkage.LinkageBeyondBudget,
        ),
        (linked, record(stated=replace(STATED, amount=yuan(0))), AmountNotPositive),
        (Story(linkage.linkage_decider).knowing(NotOpened()), record(), LedgerNotOpened),
        (linked, notice(), linkage.LinkageNotRecorded),
        (linked.after(record()), notice(evidence=""), linkage.NoticeUnproved),
    ],
)
def test_a_linkage_project_is_held_to_its_ledger(
    story: Story, command: object, refusal: type[Refusal]
) -> None:
    story.when(command).then_refused(refusal)
