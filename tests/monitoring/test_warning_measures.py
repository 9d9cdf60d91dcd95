"""Measures against a unit that does not answer: each is approved for itself, moves money once."""

from dataclasses import replace
from typing import Any

import pytest

from services.monitoring.domain.adjustment import AdjustmentKind
from services.monitoring.domain.rules import Rules
from services.monitoring.domain.values import Level
from services.monitoring.domain.warning import commands as ask
from services.monitoring.domain.warning import refusals as no
from services.monitoring.domain.warning.events import (
    AdjustmentAsked,
    Measure,
    MeasureTaken,
    Office,
    SuspensionReleased,
    WarningClosed,
)
from services.monitoring.domain.warning.measuring import entails
from services.monitoring.domain.warning.warning import warning_decider
from tests.monitoring.office import BUDGET, COLLEAGUE, Bureau
from tests.monitoring.stories import CLERK, HEAD, LEADER, RULES, WATCH, at, yuan
from tests.monitoring.test_rectification import cured
from tests.monitoring.test_warning import fresh, raised
from tests.monitoring.test_warning_stories import escalated, warned


def propose(bureau: Bureau, measure: Measure, reason: str = "逾期未整改") -> ask.ProposeMeasure:
    return ask.ProposeMeasure(**bureau.of(CLERK), measure=measure, reason=reason)


def approve(bureau: Bureau, measure: Measure, by: str = LEADER) -> ask.ApproveMeasure:
    office = Office.BUDGET if by == BUDGET else Office.LEADER
    return ask.ApproveMeasure(**bureau.of(by), measure=measure, offices=(office,))


def take(bureau: Bureau, measure: Measure, document_no: str = "21号") -> ask.TakeMeasure:
    day = bureau.clock.now().date()
    about: dict[str, Any] = {"measure": measure, "document_no": document_no, "decided_on": day}
    return ask.TakeMeasure(**bureau.of(CLERK), **about)


async def test_another_proposal_is_approved_anew() -> None:
    bureau = await escalated()
    await bureau.done(propose(bureau, Measure.TALK))
    await bureau.done(approve(bureau, Measure.TALK))
    await bureau.done(propose(bureau, Measure.CIRCULAR))
    with pytest.raises(no.MeasureNotProposed):
        await bureau.done(take(bureau, Measure.TALK))
    with pytest.raises(no.MeasureNotApproved) as refused:
        await bureau.done(take(bureau, Measure.CIRCULAR))
    assert refused.value.details == {"missing": ["LEADER"]}
    await bureau.done(approve(bureau, Measure.CIRCULAR))
    taken = (await bureau.done(take(bureau, Measure.CIRCULAR))).facts[-1].event
    assert isinstance(taken, MeasureTaken)
    assert (taken.reason, taken.taken_by) == ("逾期未整改", CLERK)


async def test_to_stop_money_takes_two_and_each_of_them_once() -> None:
    bureau = await escalated()
    await bureau.done(propose(bureau, Measure.SUSPEND_PAYMENT))
    assert len((await bureau.done(approve(bureau, Measure.SUSPEND_PAYMENT))).facts) == 1
    assert (await bureau.done(approve(bureau, Measure.SUSPEND_PAYMENT))).facts == ()
    with pytest.raises(no.MeasureNotApproved) as refused:
        await bureau.done(take(bureau, Measure.SUSPEND_PAYMENT))
    assert refused.value.details == {"missing": ["BUDGET"]}
    other_leader = replace(approve(bureau, Measure.SUSPEND_PAYMENT), by="iss|leader-2")
    with pytest.raises(no.ApprovalNotTheirs):
        await bureau.done(other_leader)
    await bureau.done(approve(bureau, Measure.SUSPEND_PAYMENT, BUDGET))
    assert (await bureau.done(other_leader)).facts == ()  # nothing is missing any more
    taken = take(bureau, Measure.SUSPEND_PAYMENT)
    assert len((await bureau.done(taken)).facts) == 2
    assert (await bureau.done(taken)).facts == ()


async def test_what_was_taken_is_approved_already_and_what_was_not_is_proposed_first() -> None:
    bureau = await escalated()
    await bureau.measure(Measure.TALK, "21号")
    assert (await bureau.done(approve(bureau, Measure.TALK))).facts == ()
    assert (await bureau.done(propose(bureau, Measure.TALK))).facts == ()
    with pytest.raises(no.MeasureNotProposed):
        await bureau.done(approve(bureau, Measure.CIRCULAR))
    with pytest.raises(no.MeasureNotProposed):
        await bureau.done(take(bureau, Measure.TALK, "22号"))
    (again,) = (await bureau.done(propose(bureau, Measure.TALK, "再次逾期"))).facts
    assert again.event.reason == "再次逾期"


async def test_money_moves_for_who_decided_and_at_that_moment() -> None:
    bureau = await escalated()
    asked = AdjustmentAsked(kind=AdjustmentKind.REDUCTION, amount=yuan(500_000))
    stopped = (await bureau.measure(Measure.SUSPEND_PAYMENT, "22号")).facts[0].event
    go_on = ask.ReleaseSuspension(**bureau.of(LEADER), reason="已恢复施工")
    released = (await bureau.done(go_on)).facts[0].event
    reduced = (
        (await bureau.measure(Measure.FUND_ADJUSTMENT, "23号", adjustment=asked)).facts[0].event
    )
    assert isinstance(stopped, MeasureTaken)
    assert isinstance(reduced, MeasureTaken)
    assert isinstance(released, SuspensionReleased)
    moved: dict[str, Any] = {
        "FreezeQuota": (stopped, stopped.taken_by, stopped.taken_at),
        "ReleaseQuota": (released, released.released_by, released.released_at),
        "ProposeAdjustment": (reduced, reduced.taken_by, reduced.taken_at),
        "HoldForAdjustment": (reduced, reduced.taken_by, reduced.taken_at),
    }
    state = warning_decider.fold(await bureau.facts())
    said: list[Any] = [
        one for event in (stopped, released, reduced) for one in entails(event, state)
    ]
    assert [type(one).__name__ for one in said] == list(moved)
    for one in said:
        event, by, moment = moved[type(one).__name__]
        assert (one.by, one.now) == (by, moment)
        assert (one.project_code, one.fiscal_year) == (event.project.code, 2021)


async def test_what_a_warning_still_holds_is_let_go_by_who_closes_it() -> None:
    bureau = await escalated()
    await bureau.measure(Measure.SUSPEND_PAYMENT, "22号")
    closed = (await bureau.close()).facts[0].event
    assert isinstance(closed, WarningClosed)
    (let_go,) = entails(closed, warning_decider.fold(await bureau.facts()))
    told: Any = let_go
    assert (told.by, told.now, told.freeze_id) == (CLERK, closed.closed_at, closed.released[0])


async def test_the_clock_of_the_bureau_says_once_that_nobody_looked() -> None:
    bureau = await warned(Level.BLUE)
    clock = ask.MarkVerificationOverdue(**bureau.of("abacus"))
    assert (await bureau.done(clock)).facts == ()  # nothing was shown yet
    shown = await cured()
    last = ask.MarkVerificationOverdue(**{**shown.of("abacus"), "now": at(7, 12, 15)})
    assert (await shown.done(last)).facts == ()  # 23:00 of the last day
    late = replace(last, now=at(7, 12, 17))
    assert len((await shown.done(late)).facts) == 1
    assert (await shown.done(late)).facts == ()
    await shown.done(
        ask.VerifyRectification(**shown.of(COLLEAGUE), finding="属实", sections=("BUSINESS",))  # type: ignore[arg-type]
    )
    assert (await shown.done(late)).facts == ()


async def test_the_receipt_says_who_signed_it_and_for_whom() -> None:
    bureau = await warned(Level.BLUE)
    await bureau.receive()
    receipt = (await bureau.facts())[-1]
    assert (receipt.received_by, receipt.acknowledged_by) == ("李四", HEAD)


@pytest.mark.parametrize("level", [Level.BLUE, Level.RED])
async def test_red_needs_its_letter_whatever_the_rules_say_of_blue(level: Level) -> None:
    silent = replace(RULES, monitoring=replace(RULES.monitoring, letter_on_blue=False))
    for rules, needed in ((RULES, True), (silent, level is Level.RED)):
        held = Rules(region_code="653101", rules=rules)
        story = fresh.knowing(WATCH, held, Rules(), Rules())
        (fact, *_pushed) = story.when(raised(level)).facts()
        assert fact.case.letter_needed is needed
