"""Every judging act, and whom it excludes: one wrote it, another wrote over it, the first judges.

The law, not the code (`domain` §2.3, features T2, `reliability` S6: approver ∉ {creator, every
editor, submitter, beneficiary}); by the thing that is judged:

| Thing | Judging acts | Excluded: everybody who ever | Where |
|---|---|---|---|
| target | review, check, grade, complete, approve; opinion in a joint review | drafted, revised, \
confirmed, submitted, completed it | walk, joint reviews |
| adjustment of a target | sign, refuse, record an approval | asked for it or for other values; \
wrote the target, or the change that stands in it | here |
| ex-ante report | review, score, grade, cut, conclude | handed it in, in any round | walk, here |
| ex-ante objection | decide | the same; scored, graded, cut, concluded; objected | walk, here |
| budget request | approve, reject | asked for it (asked once) | budget requests |
| rule set | adopt | drafted it since the last adoption | here |
| monitoring record | verify, review | entered, confirmed, submitted | walk |
| warning | confirm | raised it | walk, here |
| letter, and its correction | sign | drafted either | walk, here |
| objection to a letter | answer | drafted, corrected, signed; objected | walk, here |
| rectification | review, verify, fail | showed evidence, under an earlier letter too | walk, here |
| measure | approve | proposed one since the last was taken | walk, here |
| payment order; commitment | release; verify | drafted; registered (once) | walk; ledger |
| fund finding | judge; close | raised it; put it right, also less well than since | walk |
| industry fund | review, inspect, evaluate | stated on a stage that is judged there | here |
| self-evaluation | audit, send, accept, re-check, decide | filled, confirmed, signed | walk |
| feedback | verify, fail, close | planned or reported a cure | walk, here |
| effectiveness | objection, conclude; correct | scored; made final or corrected | walk, here |
| appraisal | conclude | scored it | here |
| evaluation plan; result | approve; re-check, decide | proposed a plan; planned, approved, \
scored, concluded, re-checked | here |
| linkage | confirm | computed it, exempted money from it | here |
| recovery | approve, also anew | claimed it, told the unit | here |
| cut; duplicates | confirm; decide | proposed (of the machine's: told the unit) | cuts |
| third party's work | accept, reject | leads it, reviewed any report of it | here |
| disclosure item; policy | secrecy; legality | prepared; drafted, revised | walk; policies |

What nobody judges is not in the table: libraries, registers and goals are kept by whom the law
names alone (§2.3: C and A in one column); rankings, tie-outs and rounds are computed; bulletins,
reports, trainings, articles, ideas, comments and cases are told or recorded from a document. The
two locks of a form are its two authors: neither judges the other, and they are two persons.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

import pytest

from services.evaluation.domain.effectiveness.plan import EffectivenessPlan
from services.evaluation.domain.feedback.refusals import VerifierRectified
from services.evaluation.domain.judging.commands import RecheckEvaluation
from services.evaluation.domain.judging.values import Method
from services.evaluation.domain.refusals import SamePersonDecidesAgain
from services.evaluation.domain.third_party.refusals import ReviewerNotIndependent
from services.monitoring.domain.industry import refusals as stages
from services.monitoring.domain.values import Level, Source
from services.monitoring.domain.warning import commands as warn
from services.monitoring.domain.warning import refusals as letters_refused
from services.monitoring.domain.warning.events import Measure, Office, Section, Step
from services.targets.domain.refusals import (
    DeciderConcludedBefore,
    DrafterAdopts,
    ReviewerDraftedTarget,
    ScorerWroteReport,
)
from services.targets.domain.values import ReductionKind
from shared.domain.hands import NOBODY, hands
from shared.domain.refusals import Refusal
from tests.evaluation import judging_story as judging
from tests.evaluation import standing, story
from tests.evaluation import test_appraisal as appraisals
from tests.evaluation import test_feedback as feedbacks
from tests.evaluation import test_recovery as recoveries
from tests.evaluation import test_third_party as third_parties
from tests.monitoring import test_key_fund_industry as industry
from tests.monitoring import test_letter as letters
from tests.monitoring import test_warning as warnings
from tests.monitoring.stories import Story, at
from tests.targets import assessments, stories
from tests.targets import test_adjustment as adjustments
from tests.targets import test_adjustment_request as requests
from tests.targets import test_ex_ante as reports
from tests.targets import test_objection as objections
from tests.targets import test_rule_set as rules

A, B, C = "iss|a", "iss|b", "iss|c"


def by(command: Any, who: str, **changes: Any) -> Any:  # noqa: ANN401 - commands of every room
    """The same, asked by somebody."""
    return replace(command, by=who, **changes)


def _two_rounds(*after: Any) -> Any:  # noqa: ANN401 - a story
    """The report was given back, and another handed in the next."""
    told = stories.ex_ante.knowing(*assessments.AT_REPORT)
    told = told.after(by(assessments.submit_report, A))
    told = stories.ex_ante.given(*told.facts).after(reports.send_back)
    told = told.knowing(*assessments.AT_REPORT).after(by(assessments.submit_report, B))
    told = stories.ex_ante.given(*told.facts)
    for command in after:
        told = told.knowing(*stories.governed).after(command)
    return told.knowing(*stories.governed)


def _scored() -> Any:  # noqa: ANN401 - a story
    given = [assessments.scored(f"iss|s{number}", "70") for number in range(2)]
    return _two_rounds(assessments.review_report, *given)


def _cut_twice() -> Any:  # noqa: ANN401 - a story
    part = ReductionKind.PARTIAL_CUT
    cuts = by(reports.cut(part, "600_000"), A), by(reports.cut(part, "500_000"), B)
    told = assessments.reviewed(assessments.scored("s1", "70"), assessments.scored("s2", "72"))
    return told.after(*cuts, assessments.conclude_report, objections.object_now)


def _asked_otherwise() -> Any:  # noqa: ANN401 - a story
    other = {"I1": Decimal(61)}
    return requests.adjusting.after(
        by(requests.own_values, A), by(requests.own_values, B, target_values=other)
    )


def _adjusted_once() -> Any:  # noqa: ANN401 - a story
    """What A asked for stands; another asks for the next change."""
    first, next_ = by(requests.ask, A), by(requests.ask, B, adjustment_id="U9")
    other = replace(next_, target_values={"I1": Decimal(70)})
    return requests.approved().after(first, requests.agree).after(other)


TEXT: Final = {"demands": "九月底前完成支付"}
LETTER: Final = (by(letters.draft, A), by(letters.draft, B, **TEXT))
OBJECTED: Final = by(warnings.receive, "iss|head", objection="项目不属我单位")
ANSWER: Final = warn.AnswerObjection(**warnings.of(), kept=True, answer="数据与国库一致")
CORRECT: Final = (
    by(letters.correction, A),
    by(letters.correction, B, reason="原函文号有误"),
)


def _raised_by_a_person() -> Story:
    return warnings.known.after(by(warnings.raised(source=Source.DAILY), A))


def _measured() -> Story:
    stop = warn.ProposeMeasure(**warnings.of(A), measure=Measure.SUSPEND_PAYMENT, reason="有风险")
    late = warnings.overdue(Step.ACKNOWLEDGE, at(6, 15))
    told = warnings.told(warnings.draft, warnings.issue, late, level=Level.RED)
    return told.after(stop, by(stop, B, reason="有重大风险"))


def _shown_under_two_letters() -> Story:
    sent = (warnings.draft, warnings.issue, warnings.receive, warnings.plan)
    fail = warn.FailRectification(**warnings.of(), reason="不实", escalate=True)
    return warnings.told(*sent, by(warnings.show, A), fail, *sent, by(warnings.show, B))


def _paid() -> Story:
    """Applied for by A, and everything since by others."""
    return industry.fresh.after(industry.plan, by(industry.steps()[0], A), *industry.steps()[1:5])


def _told_otherwise() -> Any:  # noqa: ANN401 - a story
    plan = by(feedbacks.PLAN, A)
    return feedbacks.until(1).after(plan, feedbacks.PLAN, by(feedbacks.REPORT, B))


def _failed_once() -> Any:  # noqa: ANN401 - a story
    again = by(feedbacks.REPORT, B)
    return feedbacks.until(2).after(by(feedbacks.REPORT, A), feedbacks.FAIL, again)


def _scored_otherwise() -> Any:  # noqa: ANN401 - a story
    again = by(standing.SCORE, B, judged=standing.judged("0.6"))
    return standing.begun().after(by(standing.SCORE, A), again, standing.OPEN_WINDOW)


def _corrected_once() -> Any:  # noqa: ANN401 - a story
    told = standing.told().knowing(standing.PLANNED, EffectivenessPlan())
    return (
        told.after(by(standing.CONCLUDE, A))
        .knowing(standing.PLANNED)
        .after(standing.correction(by=B))
    )


ANOTHER: Final = replace(standing.correction("4"), reason="又漏计一个项目")


def _appraised_otherwise() -> Any:  # noqa: ANN401 - a story
    again = by(appraisals.SCORE, B, reason="复核")
    return appraisals.known().after(by(appraisals.SCORE, A), again)


PLANS: Final = (by(judging.PLAN, A), by(judging.PLAN, B, methods=tuple(Method)[:2]))


def _concluded_by_others() -> Any:  # noqa: ANN401 - a story
    """A's plan was replaced; the department's evaluation stands, and the bureau looks again."""
    start, *rest = judging.STEPS[:2], *judging.STEPS[3:8]
    steps = [*start, *PLANS, *rest]
    return judging.after(*map(judging.departments, steps)).knowing(*judging.RULES)


def _reopened() -> Any:  # noqa: ANN401 - a story
    told = recoveries.recovery.knowing(*recoveries.KNOWN).after(
        recoveries.identify(), by(recoveries.NOTIFY, A), recoveries.ANSWER
    )
    return told.after(recoveries.approve(by=B), recoveries.fail(story.yuan(50)))


def _reviewed_twice() -> Any:  # noqa: ANN401 - a story
    failed = by(third_parties.REVIEW, A, passed=False)
    anew = replace(third_parties.DELIVER, report_sha256="3" * 64)
    told = third_parties.until(third_parties.DELIVER)
    return told.after(failed, anew, by(third_parties.REVIEW, B))


RECHECK: Final = RecheckEvaluation(
    **{**judging.RULED, "evaluation_id": "DEPARTMENT-P1-2021"},
    score=Decimal(80),
    reason="现场核实",
    document_no="复1号",
    by=C,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What A wrote and B wrote over; the act that neither may do and C may; how it is refused."""

    thing: str
    told: Callable[[], Any]
    act: Any
    refusal: type[Refusal]
    kept: tuple[str, ...] = (A, B)


def _judged(
    thing: str,
    told: Callable[[], Any],
    act: Any,  # noqa: ANN401 - a command of any room
    refusal: type[Refusal],
    *kept: str,
) -> Judged:
    return Judged(thing=thing, told=told, act=act, refusal=refusal, kept=kept or (A, B))


SIGNED: Final = letters.sign
JUDGED: Final = (
    _judged(
        "rule set drafted anew",
        lambda: stories.rule_set.given().after(by(stories.draft_rules, A), by(rules.sourced, B)),
        stories.adopt_rules,
        DrafterAdopts,
    ),
    _judged("report of a second round: review", _two_rounds, assessments.review_report,
            ScorerWroteReport),
    _judged("report of a second round: score", lambda: _two_rounds(assessments.review_report),
            assessments.scored(C, "70"), ScorerWroteReport),
    _judged("report of a second round: grade", _scored, assessments.grade_report,
            ScorerWroteReport),
    _judged("report of a second round: cut", _scored,
            reports.cut(ReductionKind.PARTIAL_CUT, "1"), ScorerWroteReport),
    _judged("report of a second round: conclude", _scored, assessments.conclude_report,
            ScorerWroteReport),
    _judged("cut otherwise: objection", _cut_twice, objections.turn_down, DeciderConcludedBefore),
    _judged("values asked for otherwise", _asked_otherwise, adjustments.approve,
            ReviewerDraftedTarget),
    _judged("change after a change", _adjusted_once,
            replace(requests.agree, adjustment_id="U9"), ReviewerDraftedTarget),
    _judged("warning", _raised_by_a_person, warn.ConfirmWarning(**warnings.of()),
            letters_refused.ConfirmerRaisedWarning, A),
    _judged("letter drafted otherwise", lambda: letters.warned().after(*LETTER), SIGNED,
            letters_refused.SignerDraftedLetter),
    _judged("correction drafted otherwise", lambda: letters.ISSUED.after(*CORRECT),
            letters.correct, letters_refused.SignerDraftedLetter),
    _judged("objection to a letter drafted otherwise",
            lambda: letters.warned().after(*LETTER, SIGNED, OBJECTED), ANSWER,
            letters_refused.AnswererWroteLetter, A, B, "iss|head", SIGNED.by),
    _judged("evidence under an earlier letter", _shown_under_two_letters,
            replace(warnings.check, sections=(Section.BUSINESS,)),
            letters_refused.VerifierSubmittedEvidence),
    _judged("measure proposed otherwise", _measured,
            warn.ApproveMeasure(**warnings.of(), measure=Measure.SUSPEND_PAYMENT,
                                offices=(Office.LEADER,)),
            letters_refused.ApproverProposedMeasure),
    _judged("use of a grant that A applied for", _paid, industry.steps()[5], stages.SameHandTwice,
            A),
    _judged("cure planned otherwise: verify", _told_otherwise, feedbacks.VERIFY,
            VerifierRectified, A, B),
    _judged("cure that failed once: verify", _failed_once, feedbacks.VERIFY,
            VerifierRectified),
    _judged("cure that failed once: fail", _failed_once, feedbacks.FAIL,
            VerifierRectified),
    _judged("cure that failed once: close", lambda: _failed_once().after(feedbacks.VERIFY),
            feedbacks.CLOSE, VerifierRectified),
    _judged("effectiveness scored otherwise",
            lambda: _scored_otherwise().knowing(standing.PLANNED, EffectivenessPlan()),
            standing.CONCLUDE, SamePersonDecidesAgain),
    _judged("effectiveness corrected once", _corrected_once, ANOTHER, SamePersonDecidesAgain),
    _judged("appraisal scored otherwise", _appraised_otherwise, appraisals.CONCLUDE,
            SamePersonDecidesAgain),
    _judged("evaluation plan proposed otherwise",
            lambda: judging.after(*judging.STEPS[:2], *PLANS), judging.APPROVE,
            SamePersonDecidesAgain),
    _judged("evaluation whose plan was replaced", _concluded_by_others, RECHECK,
            SamePersonDecidesAgain),
    _judged("recovery decided anew", _reopened, recoveries.approve(story.yuan(50), document="准2"),
            SamePersonDecidesAgain, A, recoveries.identify().by),
    _judged("work reviewed twice", _reviewed_twice, third_parties.ACCEPT, ReviewerNotIndependent),
    _judged("work reviewed twice: reject", _reviewed_twice, third_parties.REJECT,
            ReviewerNotIndependent),
)  # fmt: skip


def test_a_hand_stays_whoever_writes_over_it() -> None:
    both = hands(A).also(B).also("")
    assert both == hands(B, A) == hands(A).joined(hands(B))
    assert [both.may_judge(one) for one in (A, B, C)] == [False, False, True]
    assert NOBODY.may_judge("")
    both.expect_another(C, ScorerWroteReport)
    with pytest.raises(ScorerWroteReport) as refused:
        both.expect_another(A, ScorerWroteReport)
    said = refused.value
    assert said.details["person"] == "a"
    assert said.detail.startswith(ScorerWroteReport.title())
    assert "a had a hand in it" in said.detail
    assert said.remedy is not None


def test_who_has_no_issuer_is_named_all_the_same() -> None:
    with pytest.raises(ScorerWroteReport) as refused:
        hands("m").expect_another("m", ScorerWroteReport)
    assert refused.value.details["person"] == "m"


@pytest.mark.parametrize("case", JUDGED, ids=lambda case: case.thing)
def test_whoever_wrote_what_is_judged_does_not_judge_it(case: Judged) -> None:
    told = case.told()
    for who in case.kept:
        told.when(by(case.act, who)).then_refused(case.refusal)
    done = told.when(by(case.act, C))
    facts = done.facts() if callable(done.facts) else done.facts
    assert facts, getattr(done, "refusal", None)


def test_with_a_measure_that_was_taken_another_one_begins() -> None:
    approve = warn.ApproveMeasure(**warnings.of(C), measure=Measure.TALK, offices=(Office.LEADER,))
    talk = warn.ProposeMeasure(**warnings.of(A), measure=Measure.TALK, reason="逾期")
    take = warn.TakeMeasure(
        **warnings.of(A), measure=Measure.TALK, document_no="约谈1号", decided_on=at(6, 16).date()
    )
    late = warnings.overdue(Step.ACKNOWLEDGE, at(6, 15))
    told = warnings.told(warnings.draft, warnings.issue, late, level=Level.RED)
    told = told.after(talk, approve, take, by(talk, B, reason="仍未整改"))
    assert told.when(by(approve, A)).facts()
    told.when(by(approve, B)).then_refused(letters_refused.ApproverProposedMeasure)
