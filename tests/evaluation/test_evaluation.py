"""Stories of a department or finance evaluation, and the formulas of its framework."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.evaluation import evaluation_decider
from services.evaluation.domain.evaluation_messages import (
    AnswerDraft,
    ApprovePlan,
    CloseDraftTerm,
    ConcludeEvaluation,
    DraftAnswered,
    DraftUnanswered,
    EvaluationConcluded,
    EvaluationScored,
    FileReport,
    ItemScore,
    Measure,
    Part,
    PlanApproved,
    PlanItem,
    PlanProposed,
    ProposePlan,
    ReportFiled,
    ScoreEvaluation,
    SelectForEvaluation,
)
from services.evaluation.domain.framework import score_items, total
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    EvaluationStepOutOfOrder,
    EvaluationUnknown,
    ItemNotJudged,
    NotItsName,
    OpinionsNotExchanged,
    PlanOutOfBalance,
    RulesNotAdopted,
    SamePersonDecidesAgain,
    ScoreOutOfRange,
    SelfEvaluationUnknown,
)
from services.evaluation.domain.self_evaluation.states import Open, Unopened
from services.evaluation.domain.values import Kind
from shared.domain.grades import Grade
from shared.domain.money import Money
from shared.testing.spec import Given, Spec
from tests.evaluation.story import (
    ADOPTED,
    BUREAU,
    HEAD,
    NOW,
    PROJECT,
    REGION,
    SECOND,
    THIRD,
    TODAY,
    yuan,
)

evaluation = Spec(evaluation_decider)
ID = "FINANCE-P1-2021"
TERM = TODAY + timedelta(days=14)
RULES = (ADOPTED, Rules(), Rules())
ITEMS = (
    PlanItem(item_id="D", part=Part.DECISION, name="立项依据充分性", points=Decimal(15)),
    PlanItem(
        item_id="F",
        part=Part.PROCESS,
        name="资金到位率",
        points=Decimal(5),
        measure=Measure.FUNDS_IN_PLACE,
    ),
    PlanItem(
        item_id="E",
        part=Part.PROCESS,
        name="预算执行率",
        points=Decimal(20),
        measure=Measure.EXECUTION,
    ),
    PlanItem(item_id="O", part=Part.OUTPUT, name="实际完成率", points=Decimal(30)),
    PlanItem(item_id="B", part=Part.BENEFIT, name="实施效益", points=Decimal(30)),
)
GIVEN = tuple(
    ItemScore(item_id=item, score=Decimal(points), basis="现场核实")
    for item, points in (("D", 14), ("O", 27), ("B", 25))
)
SELECT = SelectForEvaluation(
    evaluation_id=ID,
    kind=Kind.FINANCE,
    project_code="P1",
    fiscal_year=2021,
    notice_no="绩评通1号",
    by=BUREAU,
    now=NOW,
)
PLAN = ProposePlan(evaluation_id=ID, items=ITEMS, by=BUREAU, now=NOW)
APPROVE = ApprovePlan(evaluation_id=ID, by=SECOND, now=NOW)
SCORE = ScoreEvaluation(
    evaluation_id=ID,
    received=yuan(400),
    paid=yuan(380),
    scores=GIVEN,
    answer_by=TERM,
    by=BUREAU,
    now=NOW,
)
ANSWER = AnswerDraft(evaluation_id=ID, agrees=True, text="无异议", by=HEAD, now=NOW)
CONCLUDE = ConcludeEvaluation(
    evaluation_id=ID, region_code=REGION, fiscal_year=2021, by=THIRD, now=NOW
)
FILE = FileReport(
    evaluation_id=ID, report_no="绩评〔2022〕1号", report_sha256="a" * 64, by=BUREAU, now=NOW
)


def selected() -> Given:
    """The project was chosen and told so."""
    return Given(evaluation_decider, evaluation.knowing(Open(project=PROJECT)).after(SELECT).facts)


def scored() -> Given:
    """The draft is with the unit."""
    return selected().after(PLAN, APPROVE, SCORE).knowing(*RULES)


def test_an_evaluation_is_named_after_its_project() -> None:
    known = evaluation.knowing(Open(project=PROJECT))
    known.when(replace(SELECT, evaluation_id="X1")).then_refused(NotItsName, name=ID)
    evaluation.knowing(Unopened()).when(SELECT).then_refused(SelfEvaluationUnknown)
    again = selected().knowing(Open(project=PROJECT))
    again.when(SELECT).then_nothing()
    again.when(replace(SELECT, notice_no="2号")).then_refused(AlreadyRecorded)


@pytest.mark.parametrize(
    "items",
    [
        ITEMS[:-1],
        (replace(ITEMS[0], points=Decimal(16)), *ITEMS[1:]),
        (
            replace(ITEMS[0], points=Decimal(55)),
            *ITEMS[1:3],
            PlanItem(item_id="O", part=Part.OUTPUT, name="x", points=Decimal(20)),
        ),
        (ITEMS[0], ITEMS[0], *ITEMS[1:]),
    ],
)
def test_a_plan_sums_to_100_with_60_for_what_came_of_it(items: tuple[PlanItem, ...]) -> None:
    selected().when(replace(PLAN, items=items)).then_refused(PlanOutOfBalance)


def test_a_plan_is_approved_by_another_person() -> None:
    selected().when(PLAN).then(PlanProposed(items=ITEMS, proposed_by=BUREAU))
    selected().when(APPROVE).then_refused(EvaluationStepOutOfOrder)
    planned = selected().after(PLAN)
    planned.when(PLAN).then_nothing()
    planned.when(replace(APPROVE, by=BUREAU)).then_refused(SamePersonDecidesAgain)
    planned.when(APPROVE).then(PlanApproved(approved_by=SECOND))
    bound = planned.after(APPROVE)
    bound.when(APPROVE).then_nothing()
    bound.when(PLAN).then_nothing()
    reordered = replace(PLAN, items=ITEMS[::-1])
    bound.when(reordered).then_refused(EvaluationStepOutOfOrder)


def test_execution_is_paid_by_received_not_by_budget() -> None:
    (fact,) = selected().after(PLAN, APPROVE).when(SCORE).facts
    assert isinstance(fact, EvaluationScored)
    points = {score.item_id: score.score for score in fact.scores}
    assert points["F"] == Decimal("4.00")  # 400 of 500
    assert points["E"] == Decimal("19.00")  # 380 of 400, not of 500
    assert fact.score == Decimal("89.00")


def test_every_judged_item_needs_points_with_a_reason() -> None:
    bound = selected().after(PLAN, APPROVE)
    bound.when(replace(SCORE, scores=GIVEN[:2])).then_refused(ItemNotJudged, item_id="B")
    silent = (*GIVEN[:2], replace(GIVEN[2], basis=""))
    bound.when(replace(SCORE, scores=silent)).then_refused(ItemNotJudged)
    too_many = (*GIVEN[:2], replace(GIVEN[2], score=Decimal(31)))
    bound.when(replace(SCORE, scores=too_many)).then_refused(ScoreOutOfRange)
    selected().after(PLAN).when(SCORE).then_refused(EvaluationStepOutOfOrder)
    scored().when(SCORE).then_nothing()
    scored().when(replace(SCORE, paid=yuan(1))).then_refused(EvaluationStepOutOfOrder)


def test_the_evaluated_party_answers_once() -> None:
    answered = DraftAnswered(agrees=True, text="无异议", answered_by=HEAD)
    scored().when(ANSWER).then(answered)
    scored().after(ANSWER).when(ANSWER).then_nothing()
    scored().after(ANSWER).when(replace(ANSWER, agrees=False)).then_refused(
        EvaluationStepOutOfOrder
    )
    selected().when(ANSWER).then_refused(EvaluationStepOutOfOrder)


def test_nothing_is_concluded_before_opinions_were_exchanged() -> None:
    scored().when(CONCLUDE).then_refused(OpinionsNotExchanged)
    late = replace(CONCLUDE, now=NOW + timedelta(days=15))
    facts = scored().when(late).facts
    assert [type(fact) for fact in facts] == [DraftUnanswered, EvaluationConcluded]
    close = CloseDraftTerm(evaluation_id=ID, by="abacus", now=NOW)
    scored().when(close).then(DraftUnanswered(due_on=TERM))
    scored().after(close).when(close).then_nothing()
    scored().after(ANSWER).when(close).then_nothing()
    assert scored().after(close).when(CONCLUDE).refusal is None


def test_another_person_concludes_and_opinions_may_correct_points() -> None:
    heard = scored().after(ANSWER)
    heard.when(replace(CONCLUDE, by=BUREAU)).then_refused(SamePersonDecidesAgain)
    (fact,) = heard.when(CONCLUDE).facts
    assert (fact.score, fact.grade) == (Decimal("89.00"), Grade.GOOD)  # type: ignore[attr-defined]
    better = ItemScore(item_id="B", score=Decimal(26), basis="补充问卷")
    (fact,) = heard.when(replace(CONCLUDE, corrections=(better,))).facts
    assert (fact.score, fact.grade) == (Decimal("90.00"), Grade.EXCELLENT)  # type: ignore[attr-defined]
    computed = ItemScore(item_id="E", score=Decimal(20), basis="不可改")
    heard.when(replace(CONCLUDE, corrections=(computed,))).then_refused(ItemNotJudged)
    heard.after(CONCLUDE).when(CONCLUDE).then_nothing()
    heard.knowing(Rules(), Rules(), Rules()).when(CONCLUDE).then_refused(RulesNotAdopted)
    selected().knowing(*RULES).when(CONCLUDE).then_refused(EvaluationStepOutOfOrder)


def test_a_concluded_evaluation_is_filed_once() -> None:
    done = scored().after(ANSWER, CONCLUDE)
    filed = ReportFiled(report_no="绩评〔2022〕1号", report_sha256="a" * 64, filed_on=TODAY)
    done.when(FILE).then(filed)
    done.after(FILE).when(FILE).then_nothing()
    done.after(FILE).when(replace(FILE, report_sha256="b" * 64)).then_refused(
        EvaluationStepOutOfOrder
    )
    scored().when(FILE).then_refused(EvaluationStepOutOfOrder)


def test_nothing_can_be_asked_of_an_unknown_evaluation() -> None:
    for command in (PLAN, APPROVE, SCORE, ANSWER, FILE):
        evaluation.when(command).then_refused(EvaluationUnknown)


@given(*[st.integers(min_value=0, max_value=10**12).map(Money)] * 3)
def test_a_computed_score_is_bounded(received: Money, paid: Money, budget: Money) -> None:
    found = score_items(ITEMS, GIVEN, budget, (received, paid))
    assert all(0 <= s.score <= i.points for s, i in zip(found, ITEMS, strict=True))
    assert total(found) <= 100
