"""Stories of a cut: a new application that resembles a badly judged project."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.application import NoteApplication, application_decider
from services.evaluation.domain.cut.commands import (
    AnswerCut,
    CloseCut,
    CloseCutTerm,
    ConfirmCut,
    NoteWritten,
    NotifyCut,
    ProposeCut,
    WithdrawCut,
)
from services.evaluation.domain.cut.cut import cut_decider
from services.evaluation.domain.cut.events import (
    CutAnswered,
    CutClosed,
    CutConfirmed,
    CutNotified,
    CutProposed,
    CutUnanswered,
    CutWithdrawn,
    CutWritten,
)
from services.evaluation.domain.cut.refusals import NotSimilar, RequestedContradicted
from services.evaluation.domain.cut.similar import Likeness
from services.evaluation.domain.disposition import Disposition
from services.evaluation.domain.prior_result import (
    PriorResultRecorded,
    RecordPriorResult,
    prior_result_decider,
)
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    BasisNotJudged,
    CutOutsideRange,
    CutStepOutOfOrder,
    CutUnknown,
    NotItsName,
    ResultAlreadyJudged,
    RulesNotAdopted,
    SamePersonDecidesAgain,
    ScoreOutOfRange,
    StillTimeToAnswer,
    UnitUnknown,
    WrongBudgetYear,
)
from services.evaluation.domain.self_evaluation.states import Accepted, Open, Unopened
from services.evaluation.domain.unit import Unit
from shared.domain.grades import Grade
from shared.domain.money import ZERO, Money
from shared.domain.name_likeness import likeness
from shared.testing.spec import Given, Spec
from tests.evaluation.story import (
    ADOPTED,
    BUREAU,
    DEPT,
    HEAD,
    KNOWN_UNIT,
    NOW,
    PROJECT,
    REGION,
    SECOND,
    TODAY,
    UNIT,
    yuan,
)

cut = Spec(cut_decider)
prior = Spec(prior_result_decider)
NO = Rules()
TERM = TODAY + timedelta(days=10)
ID = "P9-2022"
PRIOR = PriorResultRecorded(
    project_code="P0",
    name="老项目",
    fiscal_year=2020,
    unit_code=UNIT,
    region_code=REGION,
    department_code=DEPT,
    score=Decimal("52.00"),
    grade=Grade.POOR,
    document_no="绩评〔2021〕1号",
    told_on=TODAY,
    origin="SYNTHETIC",
    execution_rate=None,
)
RECORD = RecordPriorResult(
    project_code="P0",
    name="老项目",
    fiscal_year=2020,
    unit_code=UNIT,
    score=Decimal("52.00"),
    grade=Grade.POOR,
    document_no="绩评〔2021〕1号",
    told_on=TODAY,
    origin="SYNTHETIC",
    by=BUREAU,
    now=NOW,
)
PROPOSE = ProposeCut(
    cut_id=ID,
    project_code="P9",
    project_name="新项目",
    budget_year=2022,
    basis_project_code="P0",
    basis_fiscal_year=2020,
    requested=yuan(1000),
    amount=yuan(400),
    similarity="同单位同功能科目",
    region_code=REGION,
    by=BUREAU,
    now=NOW,
)
NOTIFY = NotifyCut(cut_id=ID, document_no="调〔2021〕1号", answer_by=TERM, by=BUREAU, now=NOW)
ANSWER = AnswerCut(cut_id=ID, agrees=True, by=HEAD, now=NOW)
CONFIRM = ConfirmCut(cut_id=ID, by=SECOND, now=NOW)
WITHDRAW = WithdrawCut(cut_id=ID, reason="并非同类", by=BUREAU, now=NOW)


def known(basis: object = PRIOR, own: object = None, applied: object = None) -> Given:
    """What a proposal consults: both results, the application, rules of three years and levels."""
    judged = basis is not None or isinstance(own, Accepted)
    units = [KNOWN_UNIT] if judged else []
    return cut.knowing(own or Unopened(), basis, applied, ADOPTED, *[NO] * 8, *units)


def accepted(grade: Grade, rate: str) -> Accepted:
    return Accepted(
        project=PROJECT,
        self_score=Decimal(85),
        score=Decimal(85),
        grade=grade,
        rate=Decimal(rate),
        findings=(),
        submitted_by=HEAD,
        accepted_by=BUREAU,
    )


def test_a_proposal_takes_unit_and_grade_from_the_basis() -> None:
    (fact,) = known().when(PROPOSE).facts
    assert (fact.unit_code, fact.grade) == (UNIT, Grade.POOR)  # type: ignore[attr-defined]
    known().after(PROPOSE).when(PROPOSE).then_nothing()
    known().after(PROPOSE).when(replace(PROPOSE, amount=yuan(500))).then_refused(AlreadyRecorded)
    known(None).when(PROPOSE).then_refused(BasisNotJudged)
    known(None, Open(project=PROJECT)).when(PROPOSE).then_refused(BasisNotJudged)


def test_a_proposal_tells_what_the_result_was_and_whose() -> None:
    judged = replace(accepted(Grade.POOR, "0.5"), score=Decimal("55.50"))
    own = replace(judged, project=replace(PROJECT, function_code="2140106"))
    (fact,) = known(None, own, NEW).when(PROPOSE).facts
    assert isinstance(fact, CutProposed)
    assert (fact.region_code, fact.department_code, fact.unit_code) == (REGION, DEPT, UNIT)
    assert (fact.basis_name, fact.basis_score) == ("农村公路", Decimal("55.50"))
    assert (fact.execution_rate, fact.rule_set_version) == (Decimal("0.5"), 1)
    assert (fact.requested, fact.amount, fact.proposed_by) == (yuan(1000), yuan(400), BUREAU)
    assert fact.measure is not None
    assert (fact.measure.same_unit, fact.measure.same_function) == (True, True)
    elsewhere = replace(own, project=replace(own.project, unit_code="653121009"))
    known(None, elsewhere, NEW).when(PROPOSE).then_refused(NotSimilar, same_unit=False)
    unruled = cut.knowing(Unopened(), PRIOR, None, *[NO] * 9, KNOWN_UNIT)
    unruled.when(PROPOSE).then_refused(RulesNotAdopted)


def test_an_application_is_cut_under_one_name_only() -> None:
    known().when(replace(PROPOSE, cut_id="X")).then_refused(NotItsName, name=ID)


def test_the_result_of_n_cuts_the_budget_of_n_plus_two() -> None:
    next_year = replace(PROPOSE, budget_year=2021, cut_id="P9-2021")
    known().when(next_year).then_refused(WrongBudgetYear)


@pytest.mark.parametrize(
    ("grade", "rate", "percent", "allowed"),
    [
        (Grade.POOR, "0.5", 30, True),
        (Grade.POOR, "0.5", 29, False),
        (Grade.POOR, "0.5", 100, True),
        (Grade.FAIR, "0.5", 9, False),
        (Grade.FAIR, "0.5", 10, True),
        (Grade.FAIR, "0.5", 30, True),
        (Grade.FAIR, "0.5", 31, False),
        (Grade.GOOD, "0.79", 10, True),
        (Grade.GOOD, "0.80", 10, False),
        (Grade.EXCELLENT, "0.5", 1, False),
    ],
)
def test_the_grade_allows_a_cut_within_its_range(
    grade: Grade,
    rate: str,
    percent: int,
    allowed: bool,  # noqa: FBT001 - a column of the table
) -> None:
    outcome = known(None, accepted(grade, rate)).when(replace(PROPOSE, amount=yuan(10 * percent)))
    if allowed:
        assert outcome.refusal is None
    else:
        outcome.then_refused(CutOutsideRange)


@given(st.integers(min_value=-5, max_value=2 * 10**11).map(Money), st.sampled_from(Grade))
def test_no_cut_takes_nothing_or_more_than_was_asked(amount: Money, grade: Grade) -> None:
    outcome = known(None, accepted(grade, "0.5")).when(replace(PROPOSE, amount=amount))
    assert outcome.refusal is not None or ZERO < amount <= PROPOSE.requested


def test_the_unit_is_told_and_answers_once() -> None:
    proposed = known().after(PROPOSE)
    proposed.when(ANSWER).then_refused(CutStepOutOfOrder)
    proposed.when(NOTIFY).then(
        CutNotified(document_no="调〔2021〕1号", answer_by=TERM, notified_by=BUREAU)
    )
    told = proposed.after(NOTIFY)
    told.when(NOTIFY).then_nothing()
    told.when(replace(NOTIFY, document_no="2")).then_refused(CutStepOutOfOrder)
    told.when(ANSWER).then(CutAnswered(agrees=True, text="", answered_by=HEAD))
    told.after(ANSWER).when(ANSWER).then_nothing()


def test_another_person_confirms_after_the_unit_was_heard() -> None:
    told = known().after(PROPOSE, NOTIFY)
    known().after(PROPOSE).when(CONFIRM).then_refused(CutStepOutOfOrder)
    told.when(CONFIRM).then_refused(StillTimeToAnswer)
    told.when(replace(CONFIRM, now=NOW + timedelta(days=10))).then_refused(
        StillTimeToAnswer, answer_by="2022-03-25"
    )
    silent, _ = told.when(replace(CONFIRM, now=NOW + timedelta(days=11))).facts
    assert silent == CutUnanswered(due_on=TERM)
    heard = told.after(ANSWER)
    heard.when(replace(CONFIRM, by=BUREAU)).then_refused(SamePersonDecidesAgain)
    (fact,) = heard.when(CONFIRM).facts
    assert isinstance(fact, CutConfirmed)
    assert (fact.cut.amount, fact.confirmed_on) == (yuan(400), TODAY)
    heard.after(CONFIRM).when(CONFIRM).then_nothing()


def test_a_proposal_can_be_given_up_until_it_is_confirmed() -> None:
    told = known().after(PROPOSE, NOTIFY, ANSWER)
    told.when(WITHDRAW).then(CutWithdrawn(reason="并非同类"))
    told.after(WITHDRAW).when(WITHDRAW).then_nothing()
    told.after(WITHDRAW).when(CONFIRM).then_refused(CutStepOutOfOrder)
    told.after(CONFIRM).when(WITHDRAW).then_refused(CutStepOutOfOrder)
    for command in (NOTIFY, ANSWER, CONFIRM, WITHDRAW):
        cut.when(command).then_refused(CutUnknown)


def test_a_result_from_before_the_system_is_recorded_with_its_document() -> None:
    story = prior.knowing(KNOWN_UNIT, Unopened())
    story.when(RECORD).then(PRIOR)
    story.after(RECORD).when(RECORD).then_nothing()
    changed: dict[str, Any] = {"score": Decimal(60)}
    story.after(RECORD).when(replace(RECORD, **changed)).then_refused(AlreadyRecorded)
    story.when(replace(RECORD, score=Decimal(101))).then_refused(ScoreOutOfRange)
    prior.knowing(Unit(), Unopened()).when(RECORD).then_refused(UnitUnknown)
    asked = [one.stream for one in prior_result_decider.consults(RECORD)]
    assert asked == [f"unit-{UNIT}", "self_evaluation-P0-2020"]
    judged_here = prior.knowing(KNOWN_UNIT, Open(project=PROJECT))
    judged_here.when(RECORD).then_refused(ResultAlreadyJudged)


CLOSE_TERM = CloseCutTerm(cut_id=ID, by="abacus", now=NOW)
WRITTEN = NoteWritten(
    cut_id=ID, requested=yuan(1000), granted=yuan(600), cut=yuan(400), by="abacus", now=NOW
)
CLOSE = CloseCut(cut_id=ID, by=SECOND, now=NOW)
APPLY = NoteApplication(
    project_code="P9",
    name="交通局2022年农村公路养护项目（12）",
    fiscal_year=2022,
    region_code=REGION,
    department_code=DEPT,
    unit_code=UNIT,
    function_code="2140106",
    fund_type_code="111",
    requested=yuan(1000),
    origin="OFFICIAL",
    by="abacus",
    now=NOW,
)
NEW: Any = Spec(application_decider).when(APPLY).facts[0]
OLD = replace(PRIOR, name="交通局2020年农村公路养护工程", function_code="2140106")


def test_silence_is_recorded_by_the_clock() -> None:
    told = known().after(PROPOSE, NOTIFY)
    told.when(CLOSE_TERM).then(CutUnanswered(due_on=TERM))
    told.after(CLOSE_TERM).when(CLOSE_TERM).then_nothing()
    told.after(ANSWER).when(CLOSE_TERM).then_nothing()
    known().after(PROPOSE).when(CLOSE_TERM).then_nothing()
    assert told.after(CLOSE_TERM).when(CONFIRM).refusal is None


def test_a_cut_is_closed_once_it_stands_in_the_budget() -> None:
    confirmed = known().after(PROPOSE, NOTIFY, ANSWER, CONFIRM)
    confirmed.when(CLOSE).then_refused(CutStepOutOfOrder)
    confirmed.when(replace(WRITTEN, granted=yuan(601))).then_nothing()
    (fact,) = confirmed.when(WRITTEN).facts
    assert isinstance(fact, CutWritten)
    assert (fact.granted, fact.cut) == (yuan(600), yuan(400))
    written = confirmed.after(WRITTEN)
    written.when(WRITTEN).then_nothing()
    written.when(CLOSE).then(CutClosed(closed_by=SECOND, closed_on=TODAY))
    written.after(CLOSE).when(CLOSE).then_nothing()
    written.after(CLOSE).when(replace(WRITTEN, granted=yuan(500))).then_nothing()
    known().after(PROPOSE).when(WRITTEN).then_nothing()
    cut.when(WRITTEN).then_nothing()
    cut.when(CLOSE).then_refused(CutUnknown)
    cut.when(CLOSE_TERM).then_refused(CutUnknown)


def test_what_is_similar_is_measured_and_kept() -> None:
    (fact,) = known(OLD, applied=NEW).when(PROPOSE).facts
    assert isinstance(fact, CutProposed)
    assert fact.measure == Likeness(
        names=Decimal("1.0000"), same_unit=True, same_function=True, same_track=False
    )
    assert (fact.disposition, fact.ratio) == (Disposition.CUT_OR_CANCEL, Decimal("0.4"))
    assert fact.grounds.streams == (
        "self_evaluation-P0-2020",
        "prior_result-P0-2020",
        "application-P9-2022",
        "rules-653121-2021",
    )


@pytest.mark.parametrize(
    ("changes", "similar"),
    [
        ({}, True),
        ({"name": "交通局2022年教师周转宿舍建设"}, False),
        ({"function_code": "2050202"}, False),
        ({"unit_code": "653121999"}, False),
    ],
)
def test_two_projects_of_one_type(changes: dict[str, Any], similar: bool) -> None:  # noqa: FBT001
    outcome = known(OLD, applied=replace(NEW, **changes)).when(PROPOSE)
    if similar:
        assert outcome.refusal is None
    else:
        told = outcome.then_refused(NotSimilar).details
        assert Decimal(str(told["names"])) <= 1


def test_the_code_of_a_tracked_project_is_enough() -> None:
    other = replace(NEW, name="交通局2022年教师周转宿舍建设")
    tracked = replace(OLD, track_pro_code="653121Y000001")
    asked = replace(PROPOSE, track_pro_code="653121Y000001")
    assert known(tracked, applied=other).when(asked).refusal is None
    known(OLD, applied=other).when(asked).then_refused(NotSimilar)


def test_where_a_code_is_not_known_a_person_says_so() -> None:
    (fact,) = known(replace(OLD, function_code=""), applied=NEW).when(PROPOSE).facts
    assert fact.measure.same_function is None  # type: ignore[attr-defined]


def test_the_amount_asked_is_what_was_registered() -> None:
    lower = replace(NEW, requested=yuan(999))
    known(OLD, applied=lower).when(PROPOSE).then_refused(
        RequestedContradicted, requested="9990000.00"
    )


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_is_mutual_and_whole_with_itself(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert Decimal(0) <= likeness(one, other) <= 1
    assert likeness(one, one) == 1
