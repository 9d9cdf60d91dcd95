"""The cure: planned by two offices, proved, verified by two sections, measured again, in time."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from services.monitoring.domain.ledger import commands as money
from services.monitoring.domain.values import Level, ReportedValue
from services.monitoring.domain.warning import commands as ask
from services.monitoring.domain.warning import refusals as no
from services.monitoring.domain.warning.events import (
    Measure,
    Office,
    RectificationEvidenceSubmitted,
    RectificationFailed,
    RectificationVerified,
    Section,
    VerificationOverdue,
)
from services.monitoring.publishing import publish
from shared.contracts import monitoring as said
from shared.domain.money import ZERO
from shared.testing.projection_spec import recorded
from tests.monitoring.office import BUDGET, COLLEAGUE, Bureau
from tests.monitoring.stories import CLERK, HEAD, LEADER, at, on, value, yuan

VALUES = (value("road", "10"), value("trust", completion=Decimal("0.9")))


async def cured(level: Level = Level.BLUE, values: tuple[ReportedValue, ...] = VALUES) -> Bureau:
    """A plan was handed in, and then its proof, with what the indicators have come to."""
    bureau = Bureau()
    await bureau.begin()
    await bureau.until(at(6, 9))
    await bureau.warn(level)
    await bureau.send()
    await bureau.receive()
    await bureau.plan()
    await bureau.until(at(6, 28))
    await bureau.show(values=values)
    return bureau


def check(bureau: Bureau, by: str, *sections: Section) -> ask.VerifyRectification:
    """One section's look."""
    return ask.VerifyRectification(
        **bureau.of(by), finding="属实", sections=sections, execution_rate=Decimal("0.99")
    )


async def test_the_numbers_are_measured_again_by_the_system_after_the_cure() -> None:
    bureau = await cured()
    key: dict[str, Any] = {
        "project_code": "P1",
        "fiscal_year": 2021,
        "by": CLERK,
        "now": bureau.clock.now(),
    }
    line: dict[str, Any] = {"payment_id": "Z2", "amount": yuan(500_000), "settled_on": on(6, 25)}
    await bureau.done(money.SettlePayment(**key, **line))
    await bureau.done(check(bureau, COLLEAGUE, Section.BUSINESS))
    answer = await bureau.done(check(bureau, CLERK, Section.PERFORMANCE))
    verified = answer.facts[-1].event
    assert isinstance(verified, RectificationVerified)
    measured = verified.measured
    assert measured is not None
    # One million of three when warned; half a million more since. Nobody's 0.99 counts.
    assert (measured.execution_before, measured.execution_after) == (
        Decimal("0.3333"),
        Decimal("0.5000"),
    )
    # Ten of the ten kilometres due by May weigh 50, nine tenths of the trust weigh 40.
    assert (measured.goal_before, measured.goal_after) == (Decimal("0.7000"), Decimal("0.9556"))
    assert (verified.execution_rate, verified.goal_rate) == (Decimal("0.5000"), Decimal("0.9556"))
    assert measured.paid == yuan(1_500_000)


async def test_what_nobody_reported_anew_was_not_measured_again() -> None:
    bureau = await cured(values=())
    verified = (await bureau.verify()).facts[-1].event
    assert verified.measured.goal_after is None
    assert verified.measured.execution_after == Decimal("0.3333")


async def test_two_people_of_two_sections_verify_and_neither_handed_it_in() -> None:
    bureau = await cured()
    with pytest.raises(no.VerifierSubmittedEvidence):
        await bureau.done(check(bureau, HEAD, Section.BUSINESS))
    first = await bureau.done(check(bureau, COLLEAGUE, Section.BUSINESS))
    assert [type(fact.event).__name__ for fact in first.facts] == ["RectificationChecked"]
    # The same person again, and another one of the same section, add nothing.
    assert (await bureau.done(check(bureau, COLLEAGUE, *Section))).facts == ()
    assert (await bureau.done(check(bureau, LEADER, Section.BUSINESS))).facts == ()
    second = await bureau.done(check(bureau, CLERK, Section.PERFORMANCE))
    assert [type(fact.event).__name__ for fact in second.facts] == [
        "RectificationChecked",
        "RectificationVerified",
    ]
    assert (await bureau.done(check(bureau, CLERK, Section.PERFORMANCE))).facts == ()


async def test_a_county_bureau_has_two_people_for_the_two_sections() -> None:
    bureau = await cured()
    await bureau.done(check(bureau, "iss|county-1", *Section))
    assert (await bureau.names())[-1] == "RectificationChecked"
    await bureau.done(check(bureau, "iss|county-2", *Section))
    assert (await bureau.names())[-1] == "RectificationVerified"


async def test_new_proof_begins_the_check_anew() -> None:
    bureau = await cured()
    await bureau.done(check(bureau, COLLEAGUE, Section.BUSINESS))
    await bureau.show(result="补充材料")
    shown = (await bureau.facts())[-1]
    assert shown.values == VALUES  # what was told of the indicators still counts
    await bureau.done(check(bureau, CLERK, Section.PERFORMANCE))
    assert "RectificationVerified" not in await bureau.names()


async def test_the_department_says_what_it_thinks_and_decides_nothing() -> None:
    bureau = await cured()
    review = ask.ReviewRectification(**bureau.of("iss|department"), opinion="同意", agrees=True)
    assert len((await bureau.done(review)).facts) == 1
    assert (await bureau.done(review)).facts == ()
    with pytest.raises(no.VerifierSubmittedEvidence):
        await bureau.done(replace(review, by=HEAD))
    await bureau.verify()
    with pytest.raises(no.NothingToVerify):
        await bureau.done(review)


async def test_a_bureau_that_does_not_look_is_late_itself_and_the_unit_is_not_worse_off() -> None:
    bureau = await cured()
    shown = next(
        fact for fact in await bureau.facts() if isinstance(fact, RectificationEvidenceSubmitted)
    )
    assert shown.verify_by == on(7, 12)  # ten working days after Monday, 28 June
    await bureau.until(at(9, 1))
    late = [fact for fact in await bureau.facts() if isinstance(fact, VerificationOverdue)]
    assert [fact.due_on for fact in late] == [on(7, 12)]
    assert "WarningUpgraded" not in await bureau.names()
    await bureau.verify()
    answer = await bureau.close()
    assert answer.facts[0].event.overdue == 0


async def test_a_cure_that_failed_is_shown_again_or_runs_over_its_last_day() -> None:
    bureau = await cured()
    fail = ask.FailRectification(**bureau.of(CLERK), reason="支付未见增加")
    failed = (await bureau.done(fail)).facts[0].event
    assert isinstance(failed, RectificationFailed)
    assert failed.measured is not None
    assert failed.measured.execution_after == Decimal("0.3333")
    assert (failed.failed_by, failed.reason) == (CLERK, "支付未见增加")
    assert (await bureau.done(fail)).facts == ()
    await bureau.until(failed_day := at(7, 27))
    assert "RectificationOverdue" not in await bureau.names()
    await bureau.until(failed_day.replace(day=28))
    assert (await bureau.names())[-2:] == ["RectificationOverdue", "WarningUpgraded"]


async def test_a_red_cure_that_failed_goes_on_to_measures() -> None:
    bureau = await cured(Level.RED)
    fail = ask.FailRectification(**bureau.of(CLERK), reason="弄虚作假", escalate=True)
    await bureau.done(fail)
    assert (await bureau.names())[-2:] == ["RectificationFailed", "WarningEscalated"]
    await bureau.measure(Measure.TALK, "约谈1号")


async def test_a_plan_names_two_people_and_a_day_in_time() -> None:
    bureau = Bureau()
    await bureau.begin()
    await bureau.until(at(6, 9))
    await bureau.warn()
    await bureau.send()
    await bureau.receive()
    await bureau.plan()
    (made,) = [f for f in await bureau.facts() if type(f).__name__ == "RectificationPlanSubmitted"]
    assert made.signed_by == HEAD
    one = replace(made.steps[0], finance_owner=made.steps[0].owner)
    with pytest.raises(no.OwnersAreOne) as refused:
        await bureau.done(ask.SubmitPlan(**bureau.of(HEAD), steps=(one, made.steps[1])))
    assert refused.value.pointer == "/steps/0/finance_owner"
    assert refused.value.details == {"owner": one.owner}
    with pytest.raises(no.PlanLeavesReasonsOpen) as left:
        await bureau.done(ask.SubmitPlan(**bureau.of(HEAD), steps=made.steps[:1]))
    assert left.value.details == {"reasons": [one.reason for one in made.steps[1:]]}
    late = replace(made.steps[1], due_on=on(7, 28))
    with pytest.raises(no.PlanBeyondDeadline) as beyond:
        await bureau.done(ask.SubmitPlan(**bureau.of(HEAD), steps=(made.steps[0], late)))
    assert beyond.value.pointer == "/steps/1/due_on"
    assert beyond.value.details == {"finish_by": "2021-07-27", "planned": "2021-07-28"}
    last = replace(late, due_on=on(7, 27))
    await bureau.done(ask.SubmitPlan(**bureau.of(HEAD), steps=(made.steps[0], last)))


async def test_a_measure_is_proposed_approved_and_taken_by_those_who_may() -> None:
    bureau = await cured(Level.RED)
    await bureau.done(ask.FailRectification(**bureau.of(CLERK), reason="未整改", escalate=True))
    suspend = Measure.SUSPEND_PAYMENT
    taken: dict[str, Any] = {"measure": suspend, "document_no": "停1号", "decided_on": on(6, 28)}
    take = ask.TakeMeasure(**bureau.of(CLERK), **taken)
    by_leader = ask.ApproveMeasure(**bureau.of(LEADER), measure=suspend, offices=(Office.LEADER,))
    with pytest.raises(no.MeasureNotProposed):
        await bureau.done(by_leader)
    with pytest.raises(no.MeasureNotProposed):
        await bureau.done(take)
    with pytest.raises(no.AdjustmentMissing) as lacking:
        await bureau.done(
            ask.ProposeMeasure(**bureau.of(CLERK), measure=Measure.FUND_ADJUSTMENT, reason="x")
        )
    assert lacking.value.pointer == "/adjustment"
    second = replace(by_leader, by="iss|second-leader")
    propose = ask.ProposeMeasure(**bureau.of(CLERK), measure=suspend, reason="有损失风险")
    await bureau.done(replace(propose, by=second.by))
    with pytest.raises(no.ApproverProposedMeasure):
        await bureau.done(second)
    await bureau.done(replace(propose, reason="有重大损失风险"))
    with pytest.raises(no.ApproverProposedMeasure):
        await bureau.done(second)  # that somebody else proposes it otherwise changes nothing
    await bureau.done(by_leader)
    assert (await bureau.done(by_leader)).facts == ()
    with pytest.raises(no.ApprovalNotTheirs):
        await bureau.done(replace(by_leader, by="iss|third-leader"))
    with pytest.raises(no.MeasureNotApproved):
        await bureau.done(take)
    await bureau.done(replace(by_leader, by=BUDGET, offices=(Office.BUDGET,)))
    assert len((await bureau.done(take)).facts) == 2
    assert (await bureau.done(take)).facts == ()
    with pytest.raises(no.MeasureNotProposed):
        await bureau.done(replace(take, measure=Measure.TALK))


async def test_where_nothing_is_left_payments_are_suspended_all_the_same() -> None:
    bureau = await cured(Level.RED)
    key: dict[str, Any] = {
        "project_code": "P1",
        "fiscal_year": 2021,
        "by": CLERK,
        "now": bureau.clock.now(),
    }
    line: dict[str, Any] = {"payment_id": "Z3", "amount": yuan(2_000_000), "settled_on": on(6, 25)}
    await bureau.done(money.SettlePayment(**key, **line))
    await bureau.done(ask.FailRectification(**bureau.of(CLERK), reason="未整改", escalate=True))
    answer = await bureau.measure(Measure.SUSPEND_PAYMENT, "停1号")
    assert [type(fact.event).__name__ for fact in answer.facts] == ["MeasureTaken", "QuotaFrozen"]
    assert ((await bureau.ledger()).suspended, answer.facts[1].event.amount) == (True, ZERO)
    await bureau.done(ask.ReleaseSuspension(**bureau.of(LEADER), reason="x"))
    assert not (await bureau.ledger()).suspended


async def test_the_others_are_told_the_numbers_of_a_cure_and_what_a_measure_rests_on() -> None:
    bureau = await cured()
    await bureau.verify()
    (verified,) = [f for f in await bureau.facts() if isinstance(f, RectificationVerified)]
    (fact,) = recorded("warning-W1", verified)
    word = publish(fact)
    assert isinstance(word, said.RectificationVerified)
    assert (word.execution_before, word.execution_after) == (Decimal("0.3333"), Decimal("0.3333"))
    assert (word.goal_before, word.goal_after) == (Decimal("0.7000"), Decimal("0.9556"))
    red = await cured(Level.RED)
    await red.done(ask.FailRectification(**red.of(CLERK), reason="未整改", escalate=True))
    answer = await red.measure(Measure.ACCOUNTABILITY, "问责1号")
    told = publish(answer.facts[0])
    assert isinstance(told, said.WarningEscalated)
    assert (told.measure, told.document_no) == ("ACCOUNTABILITY", "问责1号")
    assert told.legal_basis == "财预〔2020〕10号第二十九条"
