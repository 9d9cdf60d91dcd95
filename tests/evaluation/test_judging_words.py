"""Terms of evaluations become deadlines, what is public of them becomes a word."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from msgspec import structs

from services.evaluation.domain.feedback.messages import EscalateFeedback
from services.evaluation.domain.judging.commands import CloseDraftTerm, NoteObjectionOverdue
from services.evaluation.publishing import publish
from services.evaluation.reactions import fall_due, schedule
from shared.contracts import evaluation as said
from shared.messages import CalledOff, Deadline, Due
from shared.testing.projection_spec import recorded
from shared.testing.spec import Given
from tests.evaluation import judging_story as story
from tests.evaluation import test_feedback as feedbacks
from tests.evaluation import test_objection as objections
from tests.evaluation import test_recheck as rechecks
from tests.evaluation.story import NOW


def last(history: Given, stream: str) -> list[Deadline | CalledOff]:
    """What the last fact of a story schedules."""
    return list(schedule(recorded(stream, *history.facts)[-1]))


@pytest.mark.parametrize(
    ("history", "stream", "day", "command"),
    [
        (story.scored(), f"evaluation-{story.ID}", date(2022, 3, 29), CloseDraftTerm),
        (
            objections.objected(),
            f"evaluation-{story.ID}",
            date(2022, 4, 6),
            NoteObjectionOverdue,
        ),
        (feedbacks.until(0), f"feedback-{story.ID}", date(2022, 4, 26), EscalateFeedback),
    ],
    ids=("draft", "objection", "rectification"),
)
def test_a_term_ends_with_its_legal_day(
    history: Given, stream: str, day: date, command: type
) -> None:
    (deadline,) = last(history, stream)
    assert isinstance(deadline, Deadline)
    assert deadline.due_at == datetime(day.year, day.month, day.day, 16, tzinfo=UTC)
    due = Due(kind=deadline.kind, subject=deadline.subject, due_at=deadline.due_at, now=NOW)
    assert isinstance(fall_due(due), command)


@pytest.mark.parametrize(
    ("history", "stream"),
    [
        (story.until(story.ANSWER), f"evaluation-{story.ID}"),
        (objections.objected().after(objections.DECIDE), f"evaluation-{story.ID}"),
        (feedbacks.until(4), f"feedback-{story.ID}"),
    ],
    ids=("draft", "objection", "rectification"),
)
def test_what_was_done_in_time_calls_the_clock_off(history: Given, stream: str) -> None:
    assert [type(one) for one in last(history, stream)] == [CalledOff]


def test_a_feedback_without_problems_has_no_term() -> None:
    plain = feedbacks.knowing().after(replace(feedbacks.ISSUE, problems=()))
    assert last(plain, f"feedback-{story.ID}") == []


def test_a_report_is_told_with_its_fingerprints() -> None:
    word = publish(recorded(f"evaluation-{story.ID}", *story.until(story.SUBMIT).facts)[-1])
    assert isinstance(word, said.EvaluationReportSubmitted)
    assert (word.evaluation_id, word.report_no) == (story.ID, "绩评〔2022〕1号")
    assert (len(word.content_sha256), len(word.pdf_sha256)) == (64, 64)


def test_a_report_on_file_is_told_with_its_day() -> None:
    *before, filed = recorded(f"evaluation-{story.ID}", *story.until(story.FILE).facts)
    word = publish(filed)
    assert isinstance(word, said.EvaluationReportFiled)
    assert (word.evaluation_id, word.report_no) == (story.ID, "绩评〔2022〕1号")
    assert word.filed_on == filed.event.filed_on
    assert before


def test_a_report_filed_before_that_was_said_is_not_told() -> None:
    *_, filed = recorded(f"evaluation-{story.ID}", *story.until(story.FILE).facts)
    assert publish(structs.replace(filed, event=replace(filed.event, whose=None))) is None


def test_another_score_of_an_evaluation_is_told() -> None:
    decided = objections.objected().after(objections.DECIDE)
    word = publish(recorded(f"evaluation-{story.ID}", *decided.facts)[-1])
    assert isinstance(word, said.EvaluationCorrected)
    assert (word.kind, word.before, word.after) == ("FINANCE", Decimal("89.00"), Decimal("91.00"))
    rechecked = rechecks.own().knowing(*story.RULES).after(rechecks.RECHECK)
    word = publish(recorded(f"evaluation-{rechecks.OWN}", *rechecked.facts)[-1])
    assert isinstance(word, said.EvaluationCorrected)
    assert (word.kind, word.grade) == ("DEPARTMENT", "FAIR")


def test_what_was_not_put_right_in_time_is_told() -> None:
    late = feedbacks.until(2).after(replace(feedbacks.ESCALATE, now=NOW + timedelta(days=50)))
    word = publish(recorded(f"feedback-{story.ID}", *late.facts)[-1])
    assert isinstance(word, said.RectificationOverdue)
    assert (word.source, word.due_on) == ("EVALUATION", feedbacks.DUE)
