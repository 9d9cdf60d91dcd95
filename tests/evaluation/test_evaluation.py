"""Stories of a department or finance evaluation: nine steps, and no jump between them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.judging import commands as ask
from services.evaluation.domain.judging import events as fact
from services.evaluation.domain.judging import refusals as no
from services.evaluation.domain.judging.evaluation import evaluation_decider
from services.evaluation.domain.judging.state import Evaluation
from services.evaluation.domain.judging.values import ItemScore, Side, Step
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    EvaluationStepOutOfOrder,
    EvaluationUnknown,
    ItemNotJudged,
    NotItsName,
    OpinionsNotExchanged,
    RulesNotAdopted,
    SamePersonDecidesAgain,
    SelfEvaluationUnknown,
)
from services.evaluation.domain.self_evaluation.states import Open, Unopened
from services.evaluation.domain.values import Kind, Whose
from shared.domain.grades import Grade
from shared.testing.spec import Given
from tests.evaluation.judging_story import (
    ANSWER,
    APPROVE,
    CLOSE,
    COLLECT,
    CONCLUDE,
    E1,
    E2,
    FILE,
    GIVEN,
    ID,
    ITEMS,
    KNOWN_UNIT,
    LATE,
    NOTICE,
    PLAN,
    RULES,
    SCORE,
    SELECT,
    STEPS,
    SUBMIT,
    TERM,
    VISIT,
    after,
    consulted,
    departments,
    evaluation,
    scored,
    until,
)
from tests.evaluation.story import BUREAU, HEAD, NOW, PROJECT, SECOND, TODAY, yuan

REACHED = {
    SELECT: Step.SELECTED,
    NOTICE: Step.NOTICE_ISSUED,
    PLAN: Step.NOTICE_ISSUED,
    APPROVE: Step.PLAN_APPROVED,
    COLLECT: Step.DATA_COLLECTED,
    SCORE: Step.FACTS_VERIFIED,
    ANSWER: Step.OPINIONS_EXCHANGED,
    CONCLUDE: Step.CONCLUDED,
    SUBMIT: Step.REPORT_SUBMITTED,
    FILE: Step.FILED,
}
PLACES = range(len(STEPS))


@pytest.mark.parametrize("place", PLACES)
def test_each_step_leads_to_the_next(place: int) -> None:
    assert until(STEPS[place]).state.step is REACHED[STEPS[place]]


@pytest.mark.parametrize(
    ("reached", "wanted"), [(a, b) for a in PLACES for b in PLACES if b > a + 1]
)
def test_every_jump_is_refused(reached: int, wanted: int) -> None:
    command = STEPS[wanted]
    story = until(STEPS[reached]).knowing(*consulted(command))
    # Without an answer there is a refusal of its own: hearing the other side is mandatory.
    unheard = (STEPS[reached], command) == (SCORE, CONCLUDE)
    refusal = OpinionsNotExchanged if unheard else EvaluationStepOutOfOrder
    story.when(command).then_refused(refusal)


def test_no_step_is_taken_twice() -> None:
    done = after(*STEPS)
    for command in STEPS:
        done.knowing(*consulted(command)).when(command).then_nothing()


def test_an_evaluation_is_named_after_its_project() -> None:
    known = evaluation.knowing(Open(project=PROJECT))
    known.when(replace(SELECT, evaluation_id="X1")).then_refused(NotItsName, name=ID)
    evaluation.knowing(Unopened()).when(SELECT).then_refused(SelfEvaluationUnknown)
    again = until(SELECT).knowing(Open(project=PROJECT))
    again.when(SELECT).then_nothing()
    told = until(NOTICE).knowing(Open(project=PROJECT))
    told.when(replace(SELECT, notice_no="2号")).then_refused(AlreadyRecorded)
    until(NOTICE).when(replace(NOTICE, notice_no="2号")).then_refused(AlreadyRecorded)


def test_a_selection_with_a_number_gives_notice_in_the_same_act() -> None:
    told = replace(SELECT, notice_no="绩评通1号")
    facts = evaluation.knowing(Open(project=PROJECT)).when(told).facts
    assert [type(one) for one in facts] == [fact.EvaluationSelected, fact.EvaluationNoticeIssued]
    assert after(told).state.step is Step.NOTICE_ISSUED


def test_what_was_stored_before_notices_were_facts_is_still_read() -> None:
    whose = Whose(
        project_code="P1", fiscal_year=2021, region_code="6", department_code="D", unit_code="U"
    )
    before = fact.EvaluationSelected(
        kind=Kind.FINANCE,
        project_name="x",
        whose=whose,
        budget=yuan(1),
        notice_no="老1号",
        evaluator="",
        origin="OFFICIAL",
        selected_by=BUREAU,
    )
    state = Given(evaluation_decider, (before,)).state
    assert isinstance(state, Evaluation)
    assert state.step is Step.NOTICE_ISSUED


def test_the_bureau_and_the_department_keep_to_their_own_evaluations() -> None:
    known = evaluation.knowing(Open(project=PROJECT))
    known.when(replace(SELECT, side=Side.DEPARTMENT)).then_refused(no.AnotherSideEvaluates)
    for place in (1, 2, 3, 4, 5, 7, 8, 9):
        command = replace(STEPS[place], side=Side.DEPARTMENT)
        story = until(STEPS[place - 1]).knowing(*consulted(command))
        story.when(command).then_refused(no.AnotherSideEvaluates)
    own = after(*(departments(command) for command in STEPS))
    assert (own.state.step, own.state.selected.kind) == (Step.FILED, Kind.DEPARTMENT)


def test_a_plan_is_approved_by_another_person_and_names_its_methods() -> None:
    told = until(NOTICE).knowing(*RULES)
    (proposed,) = told.when(PLAN).facts
    assert isinstance(proposed, fact.PlanProposed)
    assert (proposed.items, proposed.rule_set_version) == (ITEMS, 1)
    assert proposed.legal_basis == "财预〔2020〕10号"
    told.when(replace(PLAN, methods=())).then_refused(no.MethodMissing)
    told.when(replace(PLAN, standards=())).then_refused(no.MethodMissing)
    planned = until(PLAN)
    planned.when(replace(APPROVE, by=BUREAU)).then_refused(SamePersonDecidesAgain)
    planned.when(APPROVE).then(fact.PlanApproved(approved_by=SECOND))
    reordered = replace(PLAN, items=ITEMS[::-1])
    until(APPROVE).knowing(*RULES).when(reordered).then_refused(EvaluationStepOutOfOrder)


def test_materials_keep_their_numbers_and_visits_lie_in_the_past() -> None:
    bound = until(APPROVE)
    bound.when(replace(COLLECT, materials=())).then_refused(no.MaterialsMissing)
    more = until(COLLECT)
    other = replace(E2, number="E1")
    more.when(replace(COLLECT, materials=(other,))).then_refused(no.MaterialsMissing, number="E1")
    (added,) = more.when(replace(COLLECT, materials=(E1, E2))).facts
    assert isinstance(added, fact.EvaluationDataCollected)
    assert added.materials == (E2,)
    tomorrow = replace(VISIT, visited_on=TODAY + timedelta(days=1))
    more.when(tomorrow).then_refused(no.VisitAhead)
    visited = more.after(VISIT)
    visited.when(VISIT).then_nothing()
    assert visited.state.materials == (E1, E2)
    until(SCORE).when(VISIT).then_refused(EvaluationStepOutOfOrder)


def test_a_score_rests_on_what_was_collected() -> None:
    unproven = (replace(GIVEN[0], evidence=("E7",)), *GIVEN[1:])
    story = until(COLLECT).knowing(*RULES)
    story.when(replace(SCORE, scores=unproven)).then_refused(no.EvidenceUnknown, evidence=["E7"])
    scored().when(replace(SCORE, paid=yuan(1))).then_refused(EvaluationStepOutOfOrder)


def test_the_answer_is_due_within_working_days_of_the_region() -> None:
    story = until(COLLECT).knowing(*RULES)
    (draft,) = story.when(SCORE).facts
    assert isinstance(draft, fact.EvaluationScored)
    assert draft.answer_by == TERM
    assert (draft.rule_set_version, draft.scored_by) == (1, BUREAU)
    # 古尔邦节 of Xinjiang on Monday, 11 July 2022 lies in between: elsewhere it would be the 15th.
    before_feast = replace(SCORE, now=NOW.replace(month=7, day=1))
    (draft,) = story.when(before_feast).facts
    assert isinstance(draft, fact.EvaluationScored)
    assert draft.answer_by == date(2022, 7, 18)
    # Labour Day is free, and Saturday, 7 May is worked.
    before_holidays = replace(SCORE, now=NOW.replace(month=4, day=27))
    (draft,) = story.when(before_holidays).facts
    assert isinstance(draft, fact.EvaluationScored)
    assert draft.answer_by == date(2022, 5, 13)
    shorter = story.when(replace(SCORE, answer_by=TERM - timedelta(days=7))).facts[0]
    assert isinstance(shorter, fact.EvaluationScored)
    assert shorter.answer_by == date(2022, 3, 22)
    for day in (TERM + timedelta(days=1), TODAY):
        story.when(replace(SCORE, answer_by=day)).then_refused(
            no.OpinionTermWrong, latest="2022-03-29"
        )


def test_the_evaluated_party_answers_once_and_in_time() -> None:
    answered = fact.DraftAnswered(agrees=True, text="无异议", answered_by=HEAD)
    scored().when(ANSWER).then(answered)
    until(ANSWER).when(replace(ANSWER, agrees=False)).then_refused(EvaluationStepOutOfOrder)
    scored().when(replace(ANSWER, now=LATE)).then_refused(no.OpinionTermOver)
    own = after(*(departments(command) for command in STEPS[:6]))
    answer = departments(ANSWER)
    own.when(replace(answer, side=Side.DEPARTMENT)).then_refused(no.EvaluatorAnswersItself)
    own.when(answer).then(answered)


def test_silence_is_agreement_when_the_last_day_is_over() -> None:
    scored().when(replace(CLOSE, now=NOW + timedelta(days=14))).then_nothing()
    scored().when(CLOSE).then(fact.DraftUnanswered(due_on=TERM))
    scored().after(CLOSE).when(CLOSE).then_nothing()
    until(ANSWER).when(CLOSE).then_nothing()
    scored().when(CONCLUDE).then_refused(OpinionsNotExchanged)
    facts = scored().when(replace(CONCLUDE, now=LATE)).facts
    assert [type(one) for one in facts] == [fact.DraftUnanswered, fact.EvaluationConcluded]
    assert scored().after(CLOSE).when(CONCLUDE).refusal is None


def concluded(story: Given, command: ask.ConcludeEvaluation) -> fact.EvaluationConcluded:
    (found,) = story.when(command).facts
    assert isinstance(found, fact.EvaluationConcluded)
    return found


def test_another_person_concludes_and_opinions_may_correct_points() -> None:
    heard = until(ANSWER).knowing(*RULES)
    heard.when(replace(CONCLUDE, by=BUREAU)).then_refused(SamePersonDecidesAgain)
    plain = concluded(heard, CONCLUDE)
    assert (plain.score, plain.grade) == (Decimal("89.00"), Grade.GOOD)
    assert (plain.rule_set_version, plain.legal_basis) == (1, "财预〔2020〕10号")
    assert {one.item_id: one.basis for one in plain.scores}["E"].startswith("paid ÷ received")
    better = ItemScore(item_id="B", score=Decimal(26), basis="补充问卷")
    higher = concluded(heard, replace(CONCLUDE, corrections=(better,)))
    assert (higher.score, higher.grade) == (Decimal("90.00"), Grade.EXCELLENT)
    computed = ItemScore(item_id="E", score=Decimal(20), basis="不可改")
    heard.when(replace(CONCLUDE, corrections=(computed,))).then_refused(ItemNotJudged)
    heard.knowing(Rules(), Rules(), Rules()).when(CONCLUDE).then_refused(RulesNotAdopted)


def test_who_disagreed_is_told_what_became_of_the_opinion() -> None:
    against = replace(ANSWER, agrees=False, text="口径不同")
    heard = scored().after(against).knowing(*RULES)
    heard.when(CONCLUDE).then_refused(no.OpinionNotReplied)
    answered = replace(CONCLUDE, reply="不予采纳，依据充分")
    assert concluded(heard, answered).reply
    for story, command, opinion in (
        (
            heard,
            answered,
            "被评价方提出不同意见。答复内容：“口径不同”。采纳情况：不予采纳，依据充分。",
        ),
        (until(ANSWER), CONCLUDE, "被评价方同意。答复内容：“无异议”。"),
        (scored().after(CLOSE), CONCLUDE, "被评价方在规定期限内未答复，视为同意。"),
    ):
        (fact_,) = story.knowing(*RULES).after(command).knowing(KNOWN_UNIT).when(SUBMIT).facts
        assert isinstance(fact_, fact.ReportSubmitted)
        assert opinion in str(fact_.report)


def test_a_report_is_submitted_once_and_filed_as_it_was() -> None:
    done = until(CONCLUDE).knowing(KNOWN_UNIT)
    (submitted,) = done.when(SUBMIT).facts
    assert isinstance(submitted, fact.ReportSubmitted)
    report = submitted.report
    assert (report.unit, report.score, report.grade) == ("交通局", Decimal("89.00"), "GOOD")
    assert (report.received, report.paid) == (yuan(400), yuan(380))
    assert (report.notice_no, report.lead_evaluator) == ("绩评通1号", "李华")
    done.when(replace(SUBMIT, lead_evaluator="")).then_refused(no.LeadEvaluatorMissing)
    kept = until(SUBMIT).knowing(KNOWN_UNIT)
    kept.when(replace(SUBMIT, report_no="2号")).then_refused(no.ReportAlreadySubmitted)
    kept.when(replace(FILE, report_sha256="b" * 64)).then_refused(no.ReportDiffers)
    kept.when(replace(FILE, report_no="2号")).then_refused(no.ReportDiffers)
    filed = fact.ReportFiled(
        report_no="绩评〔2022〕1号",
        report_sha256=submitted.pdf_sha256,
        filed_on=TODAY,
        archive_no="档1",
        whose=submitted.whose,
    )
    kept.when(FILE).then(filed)
    kept.when(replace(FILE, report_sha256=submitted.pdf_sha256)).then(filed)


def test_nothing_can_be_asked_of_an_unknown_evaluation() -> None:
    for command in STEPS[1:]:
        known = () if isinstance(command, ask.SubmitReport) else consulted(command)
        evaluation.knowing(*known).when(command).then_refused(EvaluationUnknown)
