"""A training: planned, held, its attendance closed and corrected; or called off."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from services.disclosure.domain import refusals, training
from services.disclosure.domain.training.refusals import (
    AttendanceClosed,
    TrainingHeldInFuture,
    TrainingNotHeld,
    UnitsMiscounted,
)
from services.disclosure.domain.values import TrainingChannel
from shared.testing.spec import Spec
from tests.disclosure.stories import BUREAU, NOW, TODAY

BY: Final[dict[str, Any]] = {"by": BUREAU, "now": NOW}
SHEET: Final = "a" * 64
SESSION: Final = training.Session(
    session_id="T1",
    region_code="653100",
    topic="目标编制",
    channel=TrainingChannel.ON_SITE,
    trainer="专家",
    planned_on=TODAY,
)
story: Final = Spec(training.decider)
planned: Final = training.TrainingPlanned(session=SESSION)
hold: Final = training.HoldTraining(session_id="T1", held_on=TODAY, units=2, person_times=30, **BY)
held: Final = training.TrainingHeld(held_on=TODAY, units=2, person_times=30)
attendance: Final = training.Attendance(units=2, person_times=31, sheet_sha256=SHEET)
close: Final = training.CloseTraining(session_id="T1", attendance=attendance, **BY)
closed: Final = training.TrainingClosed(attendance=attendance)
correct: Final = training.CorrectTraining(
    session_id="T1",
    attendance=replace(attendance, person_times=29),
    reason="签到表重复两行",
    **BY,
)
corrected: Final = training.TrainingCorrected(
    attendance=correct.attendance, reason="签到表重复两行"
)
dropped: Final = training.TrainingDropped(reason="改期")


def test_a_training_is_planned_and_held() -> None:
    plan = training.PlanTraining(session=SESSION, **BY)
    story.when(plan).then(planned)
    story.given(planned).when(plan).then_nothing()
    other = training.PlanTraining(session=replace(SESSION, topic="其他"), **BY)
    story.given(planned).when(other).then_refused(refusals.NumberTaken)
    story.given(planned).when(hold).then(held)
    story.given(planned, held).when(hold).then_nothing()
    more = replace(hold, person_times=31)
    story.given(planned, held).when(more).then_refused(refusals.TrainingAlreadyHeld)
    nobody = replace(hold, person_times=0)
    story.given(planned).when(nobody).then_refused(refusals.TrainingWithoutPeople)
    story.when(hold).then_refused(refusals.TrainingUnknown)


def test_a_training_is_not_held_before_its_day() -> None:
    tomorrow = replace(hold, held_on=TODAY + timedelta(days=1))
    story.given(planned).when(tomorrow).then_refused(TrainingHeldInFuture)


def test_an_attendance_is_closed_once_with_its_sheet() -> None:
    story.given(planned, held).when(close).then(closed)
    story.given(planned, held, closed).when(close).then_nothing()
    other = replace(close, attendance=replace(attendance, person_times=40))
    story.given(planned, held, closed).when(other).then_refused(AttendanceClosed)
    story.given(planned).when(close).then_refused(TrainingNotHeld)
    story.given(planned, dropped).when(close).then_refused(refusals.TrainingCalledOff)
    story.when(close).then_refused(refusals.TrainingUnknown)
    nobody = replace(close, attendance=replace(attendance, person_times=0))
    story.given(planned, held).when(nobody).then_refused(refusals.TrainingWithoutPeople)


def test_the_units_that_are_named_are_those_that_are_counted() -> None:
    two = replace(attendance, unit_codes=("653100001", "653100002"))
    story.given(planned, held).when(replace(close, attendance=two)).then(
        training.TrainingClosed(attendance=two)
    )
    twice = replace(attendance, unit_codes=("653100001", "653100001"))
    story.given(planned, held).when(replace(close, attendance=twice)).then_refused(UnitsMiscounted)
    # A list of trainings counts units and names none: it says the same.
    named = training.TrainingClosed(attendance=two)
    story.given(planned, held, named).when(close).then_nothing()


def test_an_attendance_is_corrected_with_a_reason_before_and_after_it_was_closed() -> None:
    for before in ((held,), (held, closed)):
        story.given(planned, *before).when(correct).then(corrected)
        story.given(planned, *before, corrected).when(correct).then_nothing()
    story.given(planned).when(correct).then_refused(TrainingNotHeld)
    story.when(correct).then_refused(refusals.TrainingUnknown)


def test_what_was_held_is_said_again_by_its_first_or_by_its_corrected_numbers() -> None:
    after = story.given(planned, held, closed, corrected)
    after.when(hold).then_nothing()
    after.when(replace(hold, person_times=29)).then_nothing()
    after.when(replace(hold, person_times=31)).then_refused(refusals.TrainingAlreadyHeld)


def test_a_training_is_called_off_before_it_is_held() -> None:
    call_off = training.CallOffTraining(session_id="T1", reason="改期", **BY)
    story.given(planned).when(call_off).then(dropped)
    story.given(planned, dropped).when(call_off).then_nothing()
    story.given(planned, dropped).when(hold).then_refused(refusals.TrainingCalledOff)
    story.given(planned, held).when(call_off).then_refused(refusals.TrainingAlreadyHeld)
    story.when(call_off).then_refused(refusals.TrainingUnknown)


def test_a_training_that_is_refused_says_where_and_what_to_do() -> None:
    nobody = replace(hold, person_times=-1)
    refused = story.given(planned).when(nobody).then_refused(refusals.TrainingWithoutPeople)
    assert refused.pointer == "/person_times"
    one = replace(hold, person_times=1)
    story.given(planned).when(one).then(replace(held, person_times=1))
    tomorrow = replace(hold, held_on=TODAY + timedelta(days=1))
    early = story.given(planned).when(tomorrow).then_refused(TrainingHeldInFuture)
    assert (early.pointer, bool(early.remedy)) == ("/held_on", True)
    # In Kashgar it is the next day already when it is still today in Greenwich.
    evening = replace(tomorrow, now=datetime(2021, 3, 1, 16, tzinfo=UTC))
    story.given(planned).when(evening).then(replace(held, held_on=tomorrow.held_on))
    other = story.given(planned, held, closed).when(
        replace(close, attendance=replace(attendance, person_times=40))
    )
    told = other.then_refused(AttendanceClosed)
    assert (told.pointer, bool(told.remedy)) == ("/person_times", True)
    assert told.details["remedy_zh"]
    again = story.given(planned, held).when(replace(hold, person_times=31))
    held_before = again.then_refused(refusals.TrainingAlreadyHeld)
    assert (held_before.pointer, bool(held_before.remedy)) == ("/person_times", True)
    assert held_before.details["remedy_zh"]
    plan = training.PlanTraining(session=replace(SESSION, topic="其他"), **BY)
    story.given(planned).when(plan).then_refused(refusals.NumberTaken, session_id="T1")
    empty = replace(close, attendance=replace(attendance, person_times=0))
    for command in (empty, replace(correct, attendance=empty.attendance)):
        without = story.given(planned, held).when(command)
        assert without.then_refused(refusals.TrainingWithoutPeople).pointer == "/person_times"


def test_units_that_are_named_twice_or_too_few_are_refused_with_their_number() -> None:
    three = replace(attendance, unit_codes=("a", "b", "b", "c"))
    refused = (
        story.given(planned, held)
        .when(replace(close, attendance=three))
        .then_refused(UnitsMiscounted)
    )
    assert refused.detail == "3 units are named."
    assert (refused.pointer, bool(refused.remedy)) == ("/units", True)
    assert "3" in str(refused.details["detail_zh"])
    assert refused.details["remedy_zh"]
    fix = replace(correct, attendance=replace(three, units=3))
    story.given(planned, held).when(fix).then(
        training.TrainingCorrected(attendance=fix.attendance, reason=fix.reason)
    )
    story.given(planned, dropped).when(correct).then_refused(refusals.TrainingCalledOff)


def test_a_closed_attendance_that_names_other_units_or_another_sheet_is_refused() -> None:
    two = replace(attendance, unit_codes=("a", "b"))
    named = training.TrainingClosed(attendance=two)
    story.given(planned, held, named).when(replace(close, attendance=two)).then_nothing()
    for other in (
        replace(two, unit_codes=("a", "c")),
        replace(two, sheet_sha256="b" * 64),
        replace(attendance, units=3),
    ):
        again = story.given(planned, held, named).when(replace(close, attendance=other))
        again.then_refused(AttendanceClosed)
    fixed = story.given(planned, held, closed, corrected)
    fixed.when(replace(close, attendance=correct.attendance)).then_nothing()
    fixed.when(close).then_refused(AttendanceClosed)


def test_a_training_may_be_held_otherwise_until_its_first_report_and_keeps_its_day() -> None:
    story.given(planned, held).when(replace(hold, units=3)).then_refused(
        refusals.TrainingAlreadyHeld
    )
    yesterday = replace(hold, held_on=TODAY - timedelta(days=1))
    story.given(planned, held).when(yesterday).then_refused(refusals.TrainingAlreadyHeld)
    more = replace(corrected, attendance=replace(attendance, units=3, person_times=29))
    after = story.given(planned, held, closed, more)
    after.when(replace(hold, units=3, person_times=29)).then_nothing()
    after.when(replace(hold, person_times=29)).then_refused(refusals.TrainingAlreadyHeld)
