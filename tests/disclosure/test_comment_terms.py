"""The term for an answer is a value of the rule set; rule sets from before have the default."""

from typing import Any

import pytest

from services.disclosure.domain.terms import LearnTerms
from services.disclosure.reactions import react
from services.targets.domain.rule_shape import unreadable
from shared.domain.rules import RuleSet
from shared.messages import Heard
from tests.disclosure import years
from tests.disclosure.first_year import KASHGAR
from tests.disclosure.world import SAID_AT, SPACE


def rules(**stated: object) -> dict[str, Any]:
    """The rule set of the small years, with what is stated about disclosure."""
    known: Any = years.RULES["disclosure"]
    return {**years.RULES, "disclosure": {**known, **stated}}


def test_a_rule_set_of_before_gives_fifteen_working_days() -> None:
    assert RuleSet.parse(years.RULES).disclosure.comment_answer_days == 15
    assert RuleSet.parse(rules(comment_answer_wd=10)).disclosure.comment_answer_days == 10


@pytest.mark.parametrize("wrong", ["ten", -1, 1.5])
def test_a_term_that_is_no_number_of_days_is_named(wrong: object) -> None:
    found = [one.pointer for one in unreadable(rules(comment_answer_wd=wrong))]
    assert "/disclosure/comment_answer_wd" in found


def test_disclosure_learns_the_term_with_the_rule_set() -> None:
    said = years.rules(KASHGAR, 2021)
    word = said.model_copy(update={"rules": rules(comment_answer_wd=7)})
    heard: Heard[Any] = Heard(
        word=word,
        event_id=SPACE,
        producer="targets",
        number=1,
        subject="rule_set-653100-2021",
        version=1,
        said_at=SAID_AT,
        effective_at=SAID_AT,
        correlation_id="story",
    )
    learnt = [one.terms for one in react(heard) if isinstance(one, LearnTerms)]
    assert [one.comment_answer_working_days for one in learnt] == [7]
