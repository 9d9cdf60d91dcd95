"""An ex-ante conclusion is used up when the budget is approved, and binds its amount."""

from dataclasses import replace
from typing import Any

import pytest

from services.targets.domain.commands.ex_ante import ConsumeExAnteAssessment
from services.targets.domain.events.ex_ante import ExAnteConsumed
from services.targets.domain.ex_ante_states import assessed_amount, assessment_of, conclusion_of
from services.targets.domain.refusals import (
    BudgetAboveAccepted,
    ExAnteAlreadyConcluded,
    ExAnteInBudget,
    ObjectionOpen,
)
from services.targets.domain.target_states import NoTarget
from services.targets.domain.values import Conclusion, ReductionKind
from tests.targets.assessments import (
    conclude_report,
    grade_report,
    review_report,
    reviewed,
    scored,
)
from tests.targets.stories import (
    BUDGETER,
    CODE,
    NOW,
    YEAR,
    approved,
    ex_ante,
    governed,
    ready,
    yuan,
)
from tests.targets.test_adjustment import adjusting, agree_to_money, approve
from tests.targets.test_ex_ante import cut, poor, send_back
from tests.targets.test_objection import object_now, turn_down, uphold

consume = ConsumeExAnteAssessment(project_code=CODE, fiscal_year=YEAR, by=BUDGETER, now=NOW)
scores = scored("s1", "91.20"), scored("s2", "93.00")
part = cut(ReductionKind.PARTIAL_CUT, "600_000")
included = reviewed(*scores).after(part, conclude_report)
binding = approved().state  # with 7,400,000 yuan: exactly what was accepted


def used() -> Any:  # noqa: ANN401 - a story
    """A conclusion that entered the budget."""
    return ex_ante.given(*included.knowing(binding).after(consume).facts)


def test_the_budget_uses_the_conclusion_up_once() -> None:
    included.knowing(binding).when(consume).then(ExAnteConsumed(budget=yuan("7_400_000")))
    used().knowing(binding).when(consume).then_nothing()
    assert conclusion_of(used().state) is Conclusion.INCLUDED
    assert assessed_amount(assessment_of(used().state)) == yuan("7_400_000")


def test_the_budget_is_at_most_what_was_accepted() -> None:
    less = cut(ReductionKind.PARTIAL_CUT, "600_001")
    story = reviewed(*scores).after(less, conclude_report)
    refusal = story.knowing(binding).when(consume).then_refused(BudgetAboveAccepted)
    assert (refusal.pointer, refusal.details["accepted"]) == ("/budget", "7399999.00")


def test_an_open_objection_keeps_the_budget_waiting() -> None:
    objecting = included.after(object_now)
    objecting.knowing(binding).when(consume).then_refused(ObjectionOpen)
    decided = objecting.after(turn_down)
    decided.knowing(binding).when(consume).then(ExAnteConsumed(budget=yuan("7_400_000")))


def test_what_entered_the_budget_is_final() -> None:
    story = used().knowing(*governed)
    story.when(object_now).then_refused(ExAnteInBudget)
    story.when(part).then_refused(ExAnteAlreadyConcluded)
    story.when(scored("s9", "90")).then_refused(ExAnteAlreadyConcluded)
    story.when(send_back).then_refused(ExAnteAlreadyConcluded)
    for repeated in (review_report, grade_report, conclude_report):
        story.when(repeated).then_nothing()
    decided = ex_ante.given(
        *included.after(object_now, turn_down).knowing(binding).after(consume).facts
    )
    decided.knowing(*governed).when(turn_down).then_nothing()
    decided.knowing(*governed).when(uphold).then_nothing()


@pytest.mark.parametrize(
    "known",
    [NoTarget(), ready().state, adjusting.state, adjusting.after(approve, agree_to_money).state],
)
def test_without_a_first_approval_nothing_is_used(known: object) -> None:
    included.knowing(known).when(consume).then_nothing()


def test_without_an_assessment_there_is_nothing_to_use() -> None:
    for story in (ex_ante.given(), poor, reviewed(*scores)):
        story.knowing(binding).when(replace(consume)).then_nothing()
