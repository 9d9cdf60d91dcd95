"""What a unit promises, project by project: no two promise the same without saying why (L13)."""

from dataclasses import replace

import pytest

from services.targets.domain.commands.project import TerminateProject
from services.targets.domain.commands.target import CompleteTarget, ReviseTarget
from services.targets.domain.commands.unit_goals import DropGoal
from services.targets.domain.events.project import ProjectBudgeted, ProjectTerminated
from services.targets.domain.events.target import TargetCompleted, TargetRevised, TargetSubmitted
from services.targets.domain.events.unit_goals import GoalDropped, GoalNoted
from services.targets.domain.ex_ante import EX_ANTE
from services.targets.domain.following import entails
from services.targets.domain.project import PROJECT
from services.targets.domain.refusals import WarningsUnanswered
from services.targets.domain.unit_goals import (
    GOALS_MAX,
    NO_GOALS,
    UNIT_GOALS,
    UnitGoals,
    compared_of,
    goals_of,
)
from services.targets.domain.values import Content, Office
from shared.testing.spec import Given
from tests.targets import stories as s
from tests.targets.goals import note, twins
from tests.targets.town import SECOND_GOAL

KEY = "L13/annual_goal"
ANSWERED = replace(s.CONTENT, answers={KEY: "P2是二期工程，学校不同。"})
DIFFERENT = replace(s.CONTENT, annual_goal=SECOND_GOAL)
drop = DropGoal(unit_code=s.UNIT_CODE, fiscal_year=s.YEAR, project_code="P1")
AT = {"project_code": s.CODE, "fiscal_year": s.YEAR, "region_code": s.REGION_CODE, "now": s.NOW}


def writing(goals: UnitGoals) -> tuple[object, ...]:
    """What a writer goes by, in a unit with these goals."""
    return (s.a_project.state, *s.at_writing(goals=goals))


def drafted(content: Content, goals: UnitGoals) -> Given:
    """A draft that says this, in a unit with these goals."""
    return s.target.knowing(*writing(goals)).after(replace(s.draft_target, content=content))


def revise(content: Content) -> ReviseTarget:
    """Write this instead."""
    return ReviseTarget(**AT, content=content, offices=frozenset(Office), by=s.WRITER)  # type: ignore[arg-type]


def complete(content: Content) -> CompleteTarget:
    """Complete a good target so."""
    return CompleteTarget(**AT, content=content, amended=("/answers",), by=s.GRADER)  # type: ignore[arg-type]


def signing(story: Given, goals: UnitGoals) -> Given:
    """What both offices stand by, before the head, in a unit with these goals."""
    locked = story.knowing(s.a_matrix.state).after(s.confirm_goal, s.confirm_amounts)
    return locked.knowing(s.a_matrix.state, EX_ANTE.initial, s.a_project.state, goals)


def keys(story: Given) -> list[str]:
    """What was found in the target."""
    return [finding.key for finding in story.state.promise.findings]


def test_a_goal_is_noted_once_replaced_and_dropped_once() -> None:
    story = s.unit_goals.given()
    story.when(note("P1", "甲")).then(GoalNoted(project_code="P1", words="甲"))
    noted = story.after(note("P1", "甲"))
    noted.when(note("P1", "甲")).then_nothing()
    noted.when(note("P1", "乙")).then(GoalNoted(project_code="P1", words="乙"))
    assert noted.after(note("P1", "乙")).state.words == {"P1": "乙"}
    noted.when(drop).then(GoalDropped(project_code="P1"))
    noted.after(drop).when(drop).then_nothing()
    assert UNIT_GOALS.stream(drop) == goals_of(s.UNIT_CODE, s.YEAR).stream


def test_the_longest_unwritten_goal_goes_when_there_are_too_many() -> None:
    facts = [GoalNoted(project_code=f"P{n}", words="甲") for n in range(GOALS_MAX)]
    again = GoalNoted(project_code="P0", words="乙")
    one_more = GoalNoted(project_code="Q", words="丙")
    words = s.unit_goals.given(*facts, again, one_more).state.words
    assert len(words) == GOALS_MAX
    assert "P1" not in words
    assert (words["P0"], words["Q"]) == ("乙", "丙")


def test_a_twin_is_found_when_it_is_written_and_answered_like_any_warning() -> None:
    goals = twins("P2")
    story = drafted(s.CONTENT, goals)
    assert keys(story) == [KEY]
    assert "P2" in story.state.promise.findings[0].detail
    refusal = (
        signing(story, goals)
        .when(s.submit_target)
        .then_refused(WarningsUnanswered, unanswered=[KEY])
    )
    assert refusal.pointer == "/answers/L13~1annual_goal"
    answered = story.after(revise(ANSWERED))
    assert keys(answered) == [KEY]
    [submitted] = signing(answered, goals).when(s.submit_target).facts
    assert isinstance(submitted, TargetSubmitted)
    assert submitted.findings is None


def test_an_answer_holds_for_a_third_of_the_kind() -> None:
    story = drafted(ANSWERED, twins("P2"))
    [submitted] = signing(story, twins("P2", "P3")).when(s.submit_target).facts
    assert isinstance(submitted, TargetSubmitted)
    assert submitted.findings is not None
    assert "P3" in submitted.findings[0].detail


def test_a_revision_that_says_something_else_has_no_twin() -> None:
    goals = twins("P2")
    story = drafted(s.CONTENT, goals).after(revise(DIFFERENT))
    assert keys(story) == []
    assert signing(story, goals).when(s.submit_target).facts


def test_what_became_alike_after_it_was_written_is_found_when_it_is_submitted() -> None:
    story = drafted(s.CONTENT, NO_GOALS)
    assert keys(story) == []
    late = signing(story, twins("P2"))
    late.when(s.submit_target).then_refused(WarningsUnanswered, unanswered=[KEY])
    answered = signing(drafted(ANSWERED, NO_GOALS), twins("P2")).after(s.submit_target)
    assert keys(answered) == [KEY]


def test_what_the_other_project_says_no_more_needs_no_answer() -> None:
    story = signing(drafted(s.CONTENT, twins("P2")), twins("P2", content=DIFFERENT))
    [fact] = story.when(s.submit_target).facts
    assert isinstance(fact, TargetSubmitted)
    assert fact.findings == ()
    assert keys(story.after(s.submit_target)) == []


def test_a_completed_target_is_compared_too() -> None:
    story = s.ready(85).knowing(*writing(twins("P2")))
    story.when(complete(s.CONTENT)).then_refused(WarningsUnanswered, unanswered=[KEY])
    [fact] = story.when(complete(ANSWERED)).facts
    assert isinstance(fact, TargetCompleted)
    assert [finding.key for finding in fact.findings or ()] == [KEY]


def test_the_same_words_judged_against_a_new_twin_are_one_revision() -> None:
    story = drafted(s.CONTENT, NO_GOALS).knowing(*writing(twins("P2")))
    [fact] = story.when(revise(s.CONTENT)).facts
    assert isinstance(fact, TargetRevised)
    story.after(revise(s.CONTENT)).when(revise(s.CONTENT)).then_nothing()


def test_what_is_written_is_noted_and_what_is_rejected_is_dropped() -> None:
    draft = drafted(s.CONTENT, NO_GOALS)
    revised = draft.after(revise(DIFFERENT))
    [fact] = revised.facts[1:]
    assert [*entails(draft.facts[0], draft.state)] == [note("P1")]  # type: ignore[arg-type]
    assert [*entails(fact, revised.state)] == [note("P1", compared_of(DIFFERENT))]  # type: ignore[arg-type]
    good = s.ready(85).knowing(*writing(NO_GOALS)).after(complete(ANSWERED))
    assert [*entails(good.facts[-1], good.state)] == [note("P1")]
    poor = s.ready(59)
    assert [*entails(poor.facts[-1], poor.state)] == [drop]


@pytest.mark.parametrize("story", [s.confirmed(), s.submitted(), s.ready(), s.approved()])
def test_whoever_only_reviews_or_signs_changes_nothing_of_the_unit(story: Given) -> None:
    last = story.facts[-1]
    assert [*entails(last, story.state)] == []  # type: ignore[arg-type]


def test_a_terminated_project_promises_nothing_in_any_of_its_years() -> None:
    budgeted = ProjectBudgeted(project_code="P1", fiscal_year=s.YEAR + 1, budget=s.yuan("1"))
    story = s.project.given(*s.a_project.facts, budgeted)
    ended = story.after(TerminateProject(project_code="P1", reason="撤销", by="x", now=s.NOW))
    terminated = ProjectTerminated(project_code="P1", reason="撤销", region_code="653101")
    assert ended.facts[-1] == terminated
    assert [*PROJECT.entails(terminated, ended.state)] == [
        replace(drop, fiscal_year=s.YEAR + later) for later in range(3)
    ]
    assert [*PROJECT.entails(budgeted, story.state)] == []
