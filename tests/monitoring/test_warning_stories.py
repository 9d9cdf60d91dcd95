"""From a warning to each end it may have, by the clock, on the whole service in memory."""

from typing import Any

import pytest

from services.monitoring.domain.adjustment import AdjustmentKind
from services.monitoring.domain.ledger.refusals import AvailableTooSmall
from services.monitoring.domain.values import Level
from services.monitoring.domain.warning import commands as ask
from services.monitoring.domain.warning import refusals as no
from services.monitoring.domain.warning.events import (
    AdjustmentAsked,
    LetterCorrected,
    Measure,
    MeasureTaken,
    WarningClosed,
    WarningOutcome,
)
from shared.domain.money import ZERO
from shared.domain.workdays import is_workday
from tests.monitoring.office import COLLEAGUE, Bureau
from tests.monitoring.stories import CLERK, LEADER, at, on, yuan


async def warned(level: Level = Level.BLUE) -> Bureau:
    """The decision table has found something on 9 June, and the letter is sent."""
    bureau = Bureau()
    await bureau.begin()
    await bureau.until(at(6, 9))
    await bureau.warn(level)
    await bureau.send()
    return bureau


async def escalated() -> Bureau:
    """Blue without an answer, red without an answer: a measure has to follow."""
    bureau = await warned()
    await bureau.until(at(6, 15))
    await bureau.send()
    await bureau.until(at(7, 1))
    assert (await bureau.names())[-1] == "WarningEscalated"
    return bureau


async def outcome(bureau: Bureau) -> WarningClosed:
    """How it ended: the last fact there is."""
    end = (await bureau.facts())[-1]
    assert isinstance(end, WarningClosed)
    return end


@pytest.mark.parametrize("level", [Level.BLUE, Level.RED])
async def test_a_unit_that_answers_in_time_is_verified_and_the_warning_ends(level: Level) -> None:
    bureau = await warned(level)
    await bureau.until(at(6, 10))
    await bureau.receive()
    await bureau.until(at(6, 15))
    await bureau.plan()
    await bureau.until(at(6, 28))
    await bureau.show()
    await bureau.verify()
    await bureau.close()
    await bureau.until(at(9, 1))
    end = await outcome(bureau)
    assert (end.outcome, end.level, end.overdue) == (WarningOutcome.VERIFIED, level, 0)
    assert not {"RectificationOverdue", "VerificationOverdue"} & set(await bureau.names())


async def test_blue_without_an_answer_becomes_red_and_red_is_answered() -> None:
    bureau = await warned()
    await bureau.until(at(6, 11, 15))
    assert "RectificationOverdue" not in await bureau.names()  # 23:00 of the last day
    await bureau.until(at(6, 11, 17))
    assert (await bureau.names())[-2:] == ["RectificationOverdue", "WarningUpgraded"]
    await bureau.send()
    second = [fact for fact in await bureau.facts() if type(fact).__name__ == "LetterIssued"][-1]
    assert second.letter.replaces == "疏附县财绩预〔2021〕1号"
    assert second.letter.letter_no == "疏附县财绩预〔2021〕2号"
    await bureau.receive()
    await bureau.plan()
    await bureau.show()
    await bureau.verify()
    await bureau.close()
    end = await outcome(bureau)
    assert (end.outcome, end.level, end.overdue) == (WarningOutcome.VERIFIED, Level.RED, 1)


@pytest.mark.parametrize("measure", [Measure.TALK, Measure.CIRCULAR, Measure.ACCOUNTABILITY])
async def test_red_without_an_answer_ends_with_a_measure(measure: Measure) -> None:
    bureau = await escalated()
    with pytest.raises(no.WarningStillOpen):
        await bureau.close()
    await bureau.measure(measure, "喀财绩〔2021〕21号")
    taken = (await bureau.facts())[-1]
    assert isinstance(taken, MeasureTaken)
    assert taken.legal_basis == {
        Measure.ACCOUNTABILITY: "财预〔2020〕10号第二十九条",
    }.get(measure, "财预〔2019〕136号")
    assert (await bureau.ledger()).available == yuan(2_000_000)
    await bureau.close()
    assert (await outcome(bureau)).outcome is WarningOutcome.MEASURED


async def test_a_suspension_holds_all_that_is_available_until_the_warning_ends() -> None:
    bureau = await escalated()
    answer = await bureau.measure(Measure.SUSPEND_PAYMENT, "喀财绩〔2021〕22号")
    told = [type(fact.event).__name__ for fact in answer.facts]
    assert told == ["MeasureTaken", "QuotaFrozen"]  # one act, one transaction
    held = await bureau.ledger()
    assert (held.available, held.paid) == (ZERO, yuan(1_000_000))
    answer = await bureau.close()
    assert [type(fact.event).__name__ for fact in answer.facts] == [
        "WarningClosed",
        "QuotaReleased",
    ]
    assert (await bureau.ledger()).available == yuan(2_000_000)
    assert (await bureau.close()).facts == ()


async def test_a_person_may_let_payment_go_on_before_the_warning_ends() -> None:
    bureau = await escalated()
    await bureau.measure(Measure.SUSPEND_PAYMENT, "喀财绩〔2021〕22号")
    go_on = ask.ReleaseSuspension(**bureau.of(LEADER), reason="已恢复施工")
    assert len((await bureau.done(go_on)).facts) == 2
    assert (await bureau.ledger()).available == yuan(2_000_000)
    assert (await bureau.done(go_on)).facts == ()
    await bureau.close()
    assert (await outcome(bureau)).released == ()


async def test_an_adjustment_as_a_measure_is_proposed_in_the_same_act() -> None:
    bureau = await escalated()
    asked = AdjustmentAsked(kind=AdjustmentKind.REDUCTION, amount=yuan(500_000))
    answer = await bureau.measure(Measure.FUND_ADJUSTMENT, "喀财绩〔2021〕23号", adjustment=asked)
    told = [type(fact.event).__name__ for fact in answer.facts]
    assert told == ["MeasureTaken", "AdjustmentProposed", "AdjustmentOpened", "QuotaFrozen"]
    taken = answer.facts[0].event
    (proposed,) = await bureau.facts(f"adjustment-{taken.adjustment_id}")
    assert (proposed.change, proposed.budget) == (-yuan(500_000), yuan(2_500_000))
    assert (await bureau.ledger()).available == yuan(1_500_000)
    await bureau.close()
    # The adjustment has a life of its own: what it holds stays held until it is decided.
    assert (await bureau.ledger()).available == yuan(1_500_000)


async def test_a_measure_that_the_money_does_not_allow_is_not_recorded() -> None:
    bureau = await escalated()
    before = await bureau.names()
    asked = AdjustmentAsked(kind=AdjustmentKind.REDUCTION, amount=yuan(2_500_000))
    with pytest.raises(AvailableTooSmall):
        await bureau.measure(Measure.FUND_ADJUSTMENT, "喀财绩〔2021〕23号", adjustment=asked)
    assert (await bureau.names())[len(before) :] == ["MeasureProposed", "MeasureApproved"]


async def test_a_warning_that_was_wrong_is_cancelled_before_any_letter() -> None:
    bureau = Bureau()
    await bureau.begin()
    await bureau.until(at(6, 9))
    await bureau.warn()
    await bureau.done(ask.DismissWarning(**bureau.of(CLERK), reason="数据有误"))
    await bureau.until(at(9, 1))
    assert (await bureau.names())[-1] == "WarningCancelled"


async def test_a_letter_that_was_wrong_is_corrected_by_a_new_one_whose_terms_begin_anew() -> None:
    bureau = await warned()
    await bureau.receive(objection="所列项目不属我单位")
    decide = ask.AnswerObjection(**bureau.of(COLLEAGUE), kept=False, answer="金额有误，予以更正")
    await bureau.done(decide)
    await bureau.until(at(6, 20))
    text: dict[str, Any] = {
        "demands": "九月底前完成",
        "evidence_wanted": "支付凭证",
        "contact": "张三",
    }
    draft = ask.DraftCorrection(**bureau.of(CLERK), **text, reason="完成时限有误")
    await bureau.done(draft)
    answer = await bureau.done(*bureau.signing(ask.CorrectLetter))
    told = [type(fact.event).__name__ for fact in answer.facts]
    assert told == ["LetterCorrected", "LetterEntered", "LetterPrepared"]
    assert (await bureau.done(*bureau.signing(ask.CorrectLetter))).facts == ()
    corrected = answer.facts[0].event
    assert isinstance(corrected, LetterCorrected)
    new = corrected.issued.letter
    assert new.letter_no == "疏附县财绩预〔2021〕2号"
    assert new.corrects == "疏附县财绩预〔2021〕1号"
    assert new.issued_on == on(6, 20)
    assert all(map(is_workday, (new.acknowledge_by, new.plan_by, new.finish_by)))
    await bureau.until(at(6, 22))
    assert "RectificationOverdue" not in await bureau.names()
    await bureau.receive()
    await bureau.plan()
    await bureau.show()
    await bureau.verify()
    await bureau.close()
    assert (await outcome(bureau)).outcome is WarningOutcome.VERIFIED
