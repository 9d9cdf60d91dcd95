"""A training: planned, held, its attendance closed and corrected; or called off."""

from dataclasses import replace
from datetime import timedelta
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
