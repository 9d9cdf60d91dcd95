"""A unit answers what it is told of its money up to the last day, and nobody decides before."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.evaluation.domain.refusals import (
    AnswerTermOver,
    AnswerTermTooEarly,
    StillTimeToAnswer,
)
from shared.testing.spec import Given
from tests.evaluation import test_cut as cuts
from tests.evaluation import test_linkage as linkages
from tests.evaluation import test_recovery as recoveries
from tests.evaluation.story import NOW, TODAY

LAST = {
    "cut": cuts.TERM,
    "recovery": recoveries.TERM,
    "linkage": linkages.LATEST,
}
TOLD: dict[str, tuple[Given, Any, Any]] = {
    "cut": (cuts.known().after(cuts.PROPOSE, cuts.NOTIFY), cuts.ANSWER, cuts.CONFIRM),
    "recovery": (recoveries.claimed(), recoveries.ANSWER, recoveries.approve()),
    "linkage": (linkages.told(), linkages.ANSWER, linkages.CONFIRM),
}


@pytest.mark.parametrize("what", TOLD)
def test_the_last_day_is_for_the_answer_and_the_next_for_the_decision(what: str) -> None:
    story, answer, decide = TOLD[what]
    last = NOW + (LAST[what] - TODAY)
    after = last + timedelta(days=1)
    named = {"answer_by": LAST[what].isoformat()}
    assert len(story.when(replace(answer, now=last)).facts) == 1
    story.when(replace(decide, now=last)).then_refused(StillTimeToAnswer, **named)
    story.when(replace(answer, now=after)).then_refused(AnswerTermOver, **named)
    silence, *_decided = story.when(replace(decide, now=after)).facts
    assert type(silence).__name__.endswith("Unanswered")
    # Who has answered is not late by asking again.
    story.after(replace(answer, now=last)).when(replace(answer, now=after)).then_nothing()
    assert story.after(answer).when(decide).refusal is None


@pytest.mark.parametrize(
    ("story", "notify"),
    [
        (cuts.known().after(cuts.PROPOSE), cuts.NOTIFY),
        (recoveries.recovery.knowing(*recoveries.KNOWN).after(recoveries.identify()),
         recoveries.NOTIFY),
    ],
    ids=("cut", "recovery"),
)  # fmt: skip
def test_the_term_of_an_answer_has_not_passed_when_it_is_told(
    story: Given,
    notify: Any,  # noqa: ANN401 - a command of either
) -> None:
    yesterday = replace(notify, answer_by=TODAY - timedelta(days=1))
    refusal = story.when(yesterday).then_refused(AnswerTermTooEarly)
    assert refusal.pointer == "/answer_by"
    today = replace(notify, answer_by=TODAY)
    told = story.after(today)
    assert told.state.notice.answer_by == TODAY
    told.when(replace(today, now=NOW + timedelta(days=1))).then_nothing()  # asked again, later
