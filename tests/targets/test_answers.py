"""A warning is mended or answered before a target is handed on; errors admit no answer."""

from dataclasses import replace
from decimal import Decimal

from services.targets.domain.commands.project import RegisterProject
from services.targets.domain.commands.target import CompleteTarget, ReviseTarget
from services.targets.domain.events.target import TargetCompleted, TargetDrafted, TargetRevised
from services.targets.domain.library_entry import Entry
from services.targets.domain.refusals import TargetHasErrors, TargetNotDraft, WarningsUnanswered
from services.targets.domain.target_states import Ready
from services.targets.domain.unit_goals import NO_GOALS
from services.targets.domain.values import Content, Library, Office
from shared.domain.rules import RuleSet
from shared.testing.spec import Given
from tests.targets import stories as s
from tests.targets.assessments import conclude_report, reviewed, scored
from tests.targets.libraries import core_of

AT = {"project_code": s.CODE, "fiscal_year": s.YEAR, "region_code": s.REGION_CODE, "now": s.NOW}
SHORT = replace(s.CONTENT, annual_goal="改善就学条件")
ANSWERED = replace(SHORT, answers={"L05/annual_goal": "续建项目，任务已在批复中列明。"})

ELSEWHERE = replace(
    s.CONTENT, annual_goal="新建防洪渠道12公里，保障三个乡镇安全度汛，减少洪灾损失两千万元。"
)
_DEAR = replace(s.CONTENT.costings["I4"], quantity=Decimal(109))
PRICED = replace(s.CONTENT, costings={"I4": _DEAR})


def drafting(content: Content, *known: object) -> Given:
    """A draft, as a writer leaves it who goes by this."""
    knowing = known or (s.a_project.state, *s.AT_WRITING)
    story = s.target.knowing(*knowing).after(replace(s.draft_target, content=content))
    return s.target.given(*story.facts).knowing(*knowing)


def revise(content: Content) -> ReviseTarget:
    """Write this instead."""
    return ReviseTarget(**AT, content=content, offices=frozenset(Office), by=s.WRITER)  # type: ignore[arg-type]


def signing(story: Given) -> Given:
    """The draft, before the head who signs."""
    return s.target.given(*story.facts).knowing(*s.AT_SIGNING)


def confirmed(story: Given) -> Given:
    """The draft, when the head alone is waited for."""
    both = s.target.given(*story.facts).knowing(s.a_matrix.state)
    return signing(both.after(s.confirm_goal, s.confirm_amounts))


def complete(content: Content) -> CompleteTarget:
    """Complete a good target so."""
    return CompleteTarget(**AT, content=content, amended=("/annual_goal",), by=s.GRADER)  # type: ignore[arg-type]


def rules_found(story: Given) -> list[str]:
    """The keys of what was found in the draft."""
    return [finding.key for finding in story.state.promise.findings]


def test_a_warning_keeps_the_target_back_until_it_is_answered() -> None:
    story = drafting(SHORT)
    refusal = (
        signing(story)
        .when(s.submit_target)
        .then_refused(WarningsUnanswered, unanswered=["L05/annual_goal"])
    )
    assert refusal.pointer == "/answers/L05~1annual_goal"
    assert "30 to 300" in refusal.detail
    answered = story.after(revise(ANSWERED))
    assert confirmed(answered).when(s.submit_target).refusal is None
    assert rules_found(answered) == ["L05/annual_goal"]


def test_blanks_and_answers_to_something_else_are_no_answers() -> None:
    for answers in ({"L05/annual_goal": "  "}, {"L08/annual_goal": "说明"}):
        story = drafting(replace(SHORT, answers=answers))
        signing(story).when(s.submit_target).then_refused(WarningsUnanswered)


def test_an_error_admits_no_answer_and_is_told_first() -> None:
    wrong = replace(SHORT, proofs={}, answers={"L14/indicators/0/obtain_method": "说明"})
    refusal = signing(drafting(wrong)).when(s.submit_target).then_refused(TargetHasErrors)
    assert refusal.pointer == "/indicators/0/obtain_method"
    assert "L05" not in refusal.detail


def test_advice_needs_no_answer() -> None:
    story = drafting(replace(s.CONTENT, costings={}))
    assert rules_found(story) == ["L11/indicators"]
    assert confirmed(story).when(s.submit_target).refusal is None


def test_a_completed_target_is_linted_again_and_its_findings_are_kept() -> None:
    story = s.ready(85).knowing(s.a_project.state, *s.AT_WRITING)
    story.when(complete(SHORT)).then_refused(WarningsUnanswered)
    [fact] = story.when(complete(ANSWERED)).facts
    assert isinstance(fact, TargetCompleted)
    assert [finding.rule for finding in fact.findings or ()] == ["L05"]
    assert story.after(complete(ANSWERED)).state.promise.findings == fact.findings


def test_a_target_completed_before_findings_were_kept_has_those_of_its_draft() -> None:
    old = TargetCompleted(content=ANSWERED, amended=("/x",), completed_by=s.GRADER)
    before = s.ready(85)
    state = s.target.given(*before.facts, old).state
    assert isinstance(state, Ready)
    assert state.promise.findings == before.state.promise.findings


def test_the_same_words_are_judged_anew_by_other_rules_and_only_once() -> None:
    story = drafting(s.CONTENT)
    story.when(revise(s.CONTENT)).then_nothing()
    entry = Entry(code="K1", name="核心指标")
    library = core_of({"07": ("教育", (entry,))})
    learnt = story.knowing(s.a_project.state, *s.at_writing(libraries=(library,)))
    [fact] = learnt.when(revise(s.CONTENT)).facts
    assert isinstance(fact, TargetRevised)
    assert [finding.key for finding in fact.findings] == ["L09/indicators"]
    learnt.after(revise(s.CONTENT)).when(revise(s.CONTENT)).then_nothing()


def test_what_is_not_published_binds_nobody() -> None:
    entry = Entry(code="K1", name="核心指标")
    imported = replace(core_of({"07": ("教育", (entry,))}), published=None)
    assert (
        rules_found(drafting(s.CONTENT, s.a_project.state, *s.at_writing(libraries=(imported,))))
        == []
    )


def test_the_class_of_the_project_decides_which_core_indicators_count() -> None:
    particulars = replace(s.PARTICULARS, library_class="12")
    registered = RegisterProject(
        project_code=s.CODE, particulars=particulars, responsible=s.PERSONS, by="w", now=s.NOW
    )
    of_class_12 = s.at_registration.after(registered).state
    entries = tuple(Entry(code=f"K{n}", name=f"核心{n}") for n in (1, 2))
    library = core_of({"07": ("教育", entries)})
    named = {"I1": Library.KS_CORE, "I2": Library.KS_CORE}
    coded = replace(s.CONTENT, library_codes={"I1": "K1", "I2": "K2"}, libraries=named)
    known = s.at_writing(libraries=(library,))
    assert rules_found(drafting(coded, s.a_project.state, *known)) == []
    assert rules_found(drafting(coded, of_class_12, *known)) == ["L09/indicators"]


def test_what_was_assessed_is_what_is_promised() -> None:
    assessed = reviewed(scored("s1", "91"), scored("s2", "93")).after(conclude_report)
    known = (s.a_new_project.state, *s.at_writing(assessment=assessed.state))
    assert rules_found(drafting(s.CONTENT, *known)) == []
    assert rules_found(drafting(ELSEWHERE, *known)) == ["L15/annual_goal"]
    assert rules_found(drafting(PRICED, *known)) == ["L15/indicators"]
    assert rules_found(drafting(PRICED)) == []


def test_a_draft_that_came_with_the_report_is_held_against_what_was_assessed() -> None:
    assessed = reviewed(scored("s1", "91"), scored("s2", "93")).after(conclude_report)
    head = (s.a_matrix.state, assessed.state, s.a_project.state, NO_GOALS)
    assert confirmed(drafting(s.CONTENT)).knowing(*head).when(s.submit_target).refusal is None
    for content, key in ((ELSEWHERE, "L15/annual_goal"), (PRICED, "L15/indicators")):
        before = drafting(content)
        assert rules_found(before) == []
        assert confirmed(before).when(s.submit_target).refusal is None
        refusal = confirmed(before).knowing(*head).when(s.submit_target)
        refusal.then_refused(WarningsUnanswered, unanswered=[key])
        writing = (s.a_new_project.state, *s.at_writing(assessment=assessed.state))
        answers = {key: "评估后按专家意见调整。"}
        answered = before.knowing(*writing).after(revise(replace(content, answers=answers)))
        assert rules_found(answered) == [key]
        assert confirmed(answered).knowing(*head).when(s.submit_target).refusal is None


def test_the_scheme_is_that_of_the_rule_set_and_fixed_once_it_was_submitted() -> None:
    [fact] = drafting(s.CONTENT).facts
    assert isinstance(fact, TargetDrafted)
    assert fact.scheme == "A"
    of_b = _rules_of_scheme("B")
    known = (s.a_project.state, *s.at_writing(rules=(of_b, *s.ungoverned[1:])))
    story = drafting(s.CONTENT).knowing(*known)
    redrafted = story.after(revise(s.CONTENT))
    assert redrafted.state.promise.scheme == "B"
    assert rules_found(redrafted) == ["L03/indicators/3/level2"]
    good = s.ready(85).knowing(*known)
    completed = good.after(complete(replace(s.CONTENT, annual_goal=s.CONTENT.annual_goal + "。")))
    assert completed.state.promise.scheme == "A"
    s.approved().knowing(*known).when(revise(s.CONTENT)).then_refused(TargetNotDraft)


def _rules_of_scheme(scheme: str) -> object:
    adopted = s.some_rules.state.adopted
    weights = {**s.RULES["weights"], "scheme": scheme}
    rules = RuleSet.parse({**s.RULES, "weights": weights}, 2)
    return replace(s.some_rules.state, version=2, adopted=replace(adopted, rules=rules))
