"""Stories of a self-evaluation: handed in, audited, recomputed, re-checked, objected to."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.evaluation.domain.adopted_rules import Rules
from services.evaluation.domain.checks import Finding, Inflation
from services.evaluation.domain.refusals import (
    AuthorJudgesOwnReport,
    IndicatorNotReported,
    IndicatorUnknown,
    ObjectionAlreadyFiled,
    ObjectionNotFiled,
    RecheckAlreadyConcluded,
    RecheckNotConcluded,
    RulesNotAdopted,
    SamePersonDecidesAgain,
    ScoreOutOfRange,
    SelfEvaluationNotAccepted,
    SelfEvaluationNotAudited,
    SelfEvaluationNotOpen,
    SelfEvaluationNotSubmitted,
    SelfEvaluationUnknown,
    ValueNotReadable,
)
from services.evaluation.domain.self_evaluation.commands import ReturnSelfEvaluation
from services.evaluation.domain.self_evaluation.decider import self_evaluation_decider
from services.evaluation.domain.self_evaluation.desks import Desk, ReturnCode
from services.evaluation.domain.self_evaluation.events import ScoreRecomputed, SelfEvaluationSent
from services.evaluation.domain.self_evaluation.messages import (
    DecideObjection,
    FileObjection,
    ObjectionFiled,
    OpenSelfEvaluation,
    RecheckSelfEvaluation,
    ReviseTarget,
    SelfEvaluationAudited,
    SelfEvaluationOpened,
    SelfEvaluationReturned,
    SelfEvaluationSubmitted,
    TargetRevised,
)
from services.evaluation.domain.self_evaluation.refusals import CauseMissing
from services.evaluation.domain.self_evaluation.states import Open
from services.evaluation.domain.values import Attainment, CauseCode, Reported
from shared.domain.grades import Grade
from shared.domain.refusals import Refusal
from shared.testing.spec import Given, Spec
from tests.evaluation.story import (
    ADOPTED,
    BUREAU,
    DEPARTMENT,
    HEAD,
    ID,
    INDICATORS,
    JUDGING,
    LOW,
    NOW,
    PAID,
    POLICY,
    PROJECT,
    REGION,
    SECOND,
    SLOW,
    THIRD,
    TODAY,
    accept,
    audit,
    opened,
    reports,
    submit,
    yuan,
)

report = Spec(self_evaluation_decider)


def started() -> Given:
    """Opened, with the money and the rules known."""
    return report.given(opened).knowing(*JUDGING)


def audited(**changes: Any) -> Given:  # noqa: ANN401 - the fields of the command
    """Handed in and audited."""
    return started().after(submit(**changes), audit())


def recheck(score: str, by: str = SECOND) -> RecheckSelfEvaluation:
    return RecheckSelfEvaluation(
        self_evaluation_id=ID,
        region_code=REGION,
        score=Decimal(score),
        reason="现场核实里程不足",
        by=by,
        now=NOW,
    )


def file_objection(text: str = "里程口径不同", by: str = HEAD) -> FileObjection:
    return FileObjection(self_evaluation_id=ID, text=text, by=by, now=NOW)


def decide_objection(score: str, by: str = THIRD) -> DecideObjection:
    return DecideObjection(
        self_evaluation_id=ID,
        region_code=REGION,
        score=Decimal(score),
        reason="维持",
        by=by,
        now=NOW,
    )


def revise(version: int) -> ReviseTarget:
    return ReviseTarget(
        project_code="P1",
        fiscal_year=2021,
        target_version=version,
        budget=yuan(420),
        indicators=INDICATORS,
        by="abacus",
        now=NOW,
    )


def test_an_approved_target_opens_one_report() -> None:
    command = OpenSelfEvaluation(project=PROJECT, by="abacus", now=NOW)
    known = report.knowing(ADOPTED, Rules(), Rules())
    late = replace(command, now=NOW + timedelta(days=30))
    known.when(late).then(opened)  # its last day is over: there is no day to wait for
    due = {"due_on": date(2022, 3, 31), "remind_on": date(2022, 3, 21)}
    known.when(command).then(SelfEvaluationOpened(project=PROJECT, **due))
    known.after(command).when(command).then_nothing()


def test_a_revised_target_replaces_an_older_one_only() -> None:
    revised = TargetRevised(target_version=2, budget=yuan(420), indicators=INDICATORS)
    report.given(opened).when(revise(2)).then(revised)
    report.given(opened, revised).when(revise(2)).then_nothing()
    report.when(revise(2)).then_nothing()
    for state in (audited(), audited().after(accept()), audited().after(accept(), recheck("80"))):
        assert state.after(revise(2)).state.project.budget == yuan(420)


def test_the_head_hands_the_report_in_once() -> None:
    outcome = started().when(submit())
    (fact,) = outcome.facts
    assert isinstance(fact, SelfEvaluationSubmitted)
    assert (fact.self_score, fact.submitted_by) == (Decimal("93.89"), HEAD)
    started().after(submit()).when(submit()).then_nothing()
    started().after(submit()).when(submit(reports=reports(POLICY))).then_refused(
        SelfEvaluationNotOpen
    )


def test_without_a_self_score_the_machines_is_taken() -> None:
    (fact,) = started().when(submit(self_score=None)).facts
    assert isinstance(fact, SelfEvaluationSubmitted)
    assert fact.self_score == Decimal("93.89")


def test_nothing_can_be_asked_of_a_report_that_is_not_due() -> None:
    for command in (submit(), audit(), accept(), recheck("80"), file_objection()):
        report.knowing(*JUDGING).when(command).then_refused(SelfEvaluationUnknown)


def test_a_report_is_judged_by_adopted_rules_only() -> None:
    unruled = report.given(opened).knowing(PAID, Rules(), Rules(), Rules())
    unruled.when(submit()).then_refused(RulesNotAdopted)
    prefecture = report.given(opened).knowing(PAID, Rules(), ADOPTED, Rules())
    assert prefecture.when(submit()).refusal is None


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        (reports()[:-1], IndicatorNotReported),
        ((*reports(), Reported(indicator_id="other")), IndicatorUnknown),
        ((replace(reports()[0], attainment=Attainment.MET), *reports()[1:]), ValueNotReadable),
        ((*reports()[:-1], replace(reports()[-1], share=Decimal("0.79"))), ValueNotReadable),
        ((*reports()[:-1], replace(reports()[-1], value=Decimal(1))), ValueNotReadable),
    ],
)
def test_every_indicator_has_a_line_that_can_be_read(
    told: tuple[Reported, ...], refusal: type[Refusal]
) -> None:
    started().when(submit(reports=told)).then_refused(refusal)


def test_a_self_score_lies_within_a_hundred() -> None:
    started().when(submit(self_score=Decimal("100.01"))).then_refused(ScoreOutOfRange)


def test_the_department_audits_what_it_did_not_hand_in() -> None:
    handed_in = started().after(submit())
    handed_in.when(audit(HEAD)).then_refused(AuthorJudgesOwnReport)
    audited_fact, sent, computed = handed_in.when(audit()).facts
    assert isinstance(audited_fact, SelfEvaluationAudited)
    assert (audited_fact.audited_by, audited_fact.audited_on) == (DEPARTMENT, TODAY)
    assert isinstance(sent, SelfEvaluationSent)
    assert isinstance(computed, ScoreRecomputed)
    assert (computed.machine_score, computed.is_flagged) == (Decimal("93.89"), True)
    handed_in.after(audit()).when(audit()).then_nothing()
    started().when(audit()).then_refused(SelfEvaluationNotSubmitted)


def test_a_report_is_sent_back_and_handed_in_again() -> None:
    back = ReturnSelfEvaluation(self_evaluation_id=ID, reason="证明不足", by=DEPARTMENT, now=NOW)
    (fact,) = audited().when(back).facts
    assert isinstance(fact, SelfEvaluationReturned)
    assert (fact.reason, fact.offices, fact.evidence) == ("证明不足", (Desk.BUSINESS,), ("a" * 64,))
    assert audited().after(back).when(submit()).refusal is None
    started().when(back).then_nothing()
    audited().after(accept()).when(back).then_refused(SelfEvaluationNotSubmitted)


def test_v1_is_accepted_with_the_machines_score_and_its_finding() -> None:
    (fact,) = audited().when(accept()).facts
    accepted = audited().after(accept()).state
    assert (accepted.score, accepted.grade) == (Decimal("93.89"), Grade.EXCELLENT)
    assert fact.findings == (Finding.GOAL_OVER_EXECUTION,)  # type: ignore[attr-defined]
    assert fact.execution_rate == Decimal("0.82")  # type: ignore[attr-defined]
    assert fact.accepted_on == TODAY  # type: ignore[attr-defined]
    assert fact.rule_set_version == 1  # type: ignore[attr-defined]
    audited().after(accept()).when(accept()).then_nothing()


def test_a_reviewer_may_judge_a_target_too_low() -> None:
    told = {"reports": reports(POLICY), "self_score": Decimal("95.39")}
    assert audited(**told).after(accept()).state.score == Decimal("95.39")
    outcome = audited(**told).when(accept(judged_low=("income",)))
    assert isinstance(outcome.facts[0], SelfEvaluationReturned)  # 1.50 points less than claimed


def test_nobody_accepts_what_they_handed_in_or_audited() -> None:
    audited().when(accept(HEAD)).then_refused(AuthorJudgesOwnReport)
    audited().when(accept(DEPARTMENT)).then_refused(AuthorJudgesOwnReport)
    started().after(submit()).when(accept()).then_refused(SelfEvaluationNotAudited)


def told(**changes: Any) -> Given:  # noqa: ANN401 - the fields of the event
    """Signed, as before every guard of the form was held."""
    signed = SelfEvaluationSubmitted(
        **{
            "reports": reports(),
            "execution_cause": None,
            "finished": True,
            "self_score": Decimal("93.89"),
            "prepared_by_business": "李",
            "prepared_by_finance": "王",
            "summary": "",
            "submitted_by": HEAD,
            **changes,
        }
    )
    return report.given(opened, signed).knowing(*JUDGING)


@pytest.mark.parametrize(
    ("changes", "finding", "code"),
    [
        ({"self_score": Decimal("94.40")}, Finding.ARITHMETIC, ReturnCode.SCORE_WRONG),
        ({"reports": reports(None)}, Finding.DODGED_CAUSE, ReturnCode.CAUSE_DODGED),
        (
            {"reports": reports(replace(POLICY, text="政策"))},
            Finding.DODGED_CAUSE,
            ReturnCode.CAUSE_DODGED,
        ),
        (
            {"reports": reports(replace(LOW, objective=Decimal(100), subjective=Decimal(0)))},
            Finding.DODGED_CAUSE,
            ReturnCode.CAUSE_DODGED,
        ),
        ({"reports": reports(evidence=())}, Finding.MISSING_EVIDENCE, ReturnCode.SCORE_WRONG),
    ],
)
def test_what_the_machine_cannot_believe_goes_back(
    changes: dict[str, Any], finding: Finding, code: ReturnCode
) -> None:
    *_, fact = told(**changes).when(audit()).facts
    assert isinstance(fact, SelfEvaluationReturned)
    assert finding in fact.findings
    assert code in fact.codes
    assert isinstance(told(**changes).after(audit()).state, Open)


def test_low_execution_needs_a_cause_of_the_units_own() -> None:
    slow = report.given(opened).knowing(replace(PAID, paid=yuan(300)), ADOPTED, Rules(), Rules())
    slow.when(submit(self_score=None)).then_refused(CauseMissing, subject="EXECUTION")

    def judged(cause: object) -> object:
        handed_in = slow.after(submit(execution_cause=cause, self_score=None))
        return handed_in.when(audit()).facts[-1]

    blamed = replace(SLOW, code=CauseCode.FORCE_MAJEURE)
    every = (replace(reports()[4], cause=POLICY), *(r for r in reports() if r.cause is None))
    outcome = slow.after(submit(execution_cause=blamed, reports=every, self_score=None))
    back = outcome.when(audit()).facts[-1]
    assert isinstance(back, SelfEvaluationReturned)
    assert Finding.DODGED_CAUSE in back.findings
    owned = judged(SLOW)
    assert isinstance(owned, ScoreRecomputed)
    assert Finding.LOW_EXECUTION in owned.findings
    assert [problem.subject for problem in owned.problems] == ["EXECUTION", "income"]


def test_v6_a_recheck_replaces_the_score_and_names_the_inflation() -> None:
    (fact,) = audited().after(accept()).when(recheck("80.39")).facts
    assert fact.inflation is Inflation.INFLATED  # type: ignore[attr-defined]
    assert fact.before == Decimal("93.89")  # type: ignore[attr-defined]
    rechecked = audited().after(accept(), recheck("80.39")).state
    assert (rechecked.result.score, rechecked.result.grade) == (Decimal("80.39"), Grade.GOOD)


def test_a_recheck_is_done_once_and_by_another_person() -> None:
    accepted = audited().after(accept())
    accepted.when(recheck("80", HEAD)).then_refused(AuthorJudgesOwnReport)
    accepted.when(recheck("80", BUREAU)).then_refused(SamePersonDecidesAgain)
    accepted.when(recheck("101")).then_refused(ScoreOutOfRange)
    audited().when(recheck("80")).then_refused(SelfEvaluationNotAccepted)
    rechecked = accepted.after(recheck("80"))
    rechecked.when(recheck("80")).then_nothing()
    rechecked.when(recheck("81")).then_refused(RecheckAlreadyConcluded)


def test_one_objection_is_decided_by_a_third_person_for_good() -> None:
    rechecked = audited().after(accept(), recheck("80"))
    audited().after(accept()).when(file_objection()).then_refused(RecheckNotConcluded)
    rechecked.when(decide_objection("85")).then_refused(ObjectionNotFiled)
    (filed,) = rechecked.when(file_objection()).facts
    assert isinstance(filed, ObjectionFiled)
    assert (filed.text, filed.filed_by) == ("里程口径不同", HEAD)
    filed = rechecked.after(file_objection())
    filed.when(file_objection()).then_nothing()
    filed.when(file_objection("再次")).then_refused(ObjectionAlreadyFiled)
    filed.when(decide_objection("85", SECOND)).then_refused(SamePersonDecidesAgain)
    filed.when(decide_objection("85", BUREAU)).then_refused(SamePersonDecidesAgain)
    filed.when(decide_objection("85", HEAD)).then_refused(AuthorJudgesOwnReport)
    decided = filed.after(decide_objection("85"))
    assert decided.state.result.score == Decimal("85.00")
    decided.when(decide_objection("85")).then_nothing()
    decided.when(decide_objection("86")).then_refused(ObjectionNotFiled)
    raised = filed.after(decide_objection("95")).state.result
    assert (raised.score, raised.grade) == (Decimal("95.00"), Grade.EXCELLENT)
