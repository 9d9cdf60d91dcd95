"""What was noticed is corrected, or kept with its finding; and every desk has its clock."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from services.evaluation.domain.checks import Finding
from services.evaluation.domain.refusals import (
    AuthorJudgesOwnReport,
    SelfEvaluationNotAudited,
    SelfEvaluationNotSubmitted,
)
from services.evaluation.domain.self_evaluation import refusals as no
from services.evaluation.domain.self_evaluation.desks import (
    Desk,
    ReturnCode,
    Stay,
    workdays_between,
)
from services.evaluation.domain.self_evaluation.events import (
    ExplanationGiven,
    ExplanationRequested,
    FindingsKept,
    ScoreRecomputed,
    SelfEvaluationSent,
    Settlement,
)
from services.evaluation.domain.self_evaluation.messages import (
    SelfEvaluationAccepted,
    SelfEvaluationReturned,
)
from services.evaluation.domain.self_evaluation.states import Audited, Open, Sent
from services.evaluation.publishing import publish
from shared.contracts import evaluation as said
from shared.testing.projection_spec import recorded
from tests.evaluation.self_evaluations import (
    BUSINESS,
    EXPLANATION,
    PROOF,
    back,
    confirm,
    explain,
    fill,
    flagged,
    keep,
    named,
    request,
    send,
    sign,
    signed,
)
from tests.evaluation.story import (
    BUREAU,
    DEPARTMENT,
    HEAD,
    NOW,
    REGION,
    SECOND,
    SLOW,
    TODAY,
    accept,
    audit,
    reports,
)


def test_the_department_may_hold_what_it_audited_and_send_it_later() -> None:
    held = signed().after(replace(audit(), hold=True))
    assert isinstance(held.state, Audited)
    held.when(accept()).then_refused(no.SelfEvaluationNotSent)
    held.when(send(HEAD)).then_refused(AuthorJudgesOwnReport)
    sent, *_ = held.when(send()).facts
    assert isinstance(sent, SelfEvaluationSent)
    assert sent.sent_by == DEPARTMENT
    held.after(send()).when(send()).then_nothing()
    signed().when(send()).then_refused(SelfEvaluationNotAudited)


def test_the_unit_explains_and_the_bureau_keeps_the_finding() -> None:
    (asked,) = flagged().when(request()).facts
    assert isinstance(asked, ExplanationRequested)
    assert asked.explain_by == date(2022, 3, 29)  # ten working days
    story = flagged().after(request())
    story.when(request()).then_nothing()
    story.when(explain()).then(
        ExplanationGiven(text=EXPLANATION, corrects=False, explained_by=HEAD)
    )
    answered = story.after(explain())
    answered.when(explain()).then_nothing()
    answered.when(keep()).then(
        FindingsKept(reason="说明属实，记录在案", findings=("GOAL_OVER_EXECUTION",), kept_by=BUREAU)
    )
    kept = answered.after(keep())
    kept.when(keep()).then_nothing()
    (accepted,) = kept.when(accept()).facts
    assert isinstance(accepted, SelfEvaluationAccepted)
    assert accepted.settlement is Settlement.KEPT_WITH_FINDING
    assert accepted.findings == (Finding.GOAL_OVER_EXECUTION,)


def test_the_unit_takes_it_back_and_corrects_it() -> None:
    given, returned = flagged().after(request()).when(explain(corrects=True)).facts
    assert isinstance(given, ExplanationGiven)
    assert isinstance(returned, SelfEvaluationReturned)
    assert (returned.codes, returned.offices) == ((ReturnCode.CORRECTION,), (Desk.BUSINESS,))
    story = flagged().after(request(), explain(corrects=True))
    assert isinstance(story.state, Open)
    lower = (*reports()[:5], replace(reports()[5], value=Decimal(84)), reports()[6])
    again = story.after(fill(reports=lower, self_score=None), sign(), audit())
    (accepted,) = again.when(accept()).facts
    assert isinstance(accepted, SelfEvaluationAccepted)
    assert (accepted.settlement, accepted.self_score) == (Settlement.CORRECTED, Decimal("93.78"))


def test_what_was_asked_is_settled_before_it_is_accepted() -> None:
    asked = flagged().after(request())
    asked.when(accept()).then_refused(no.FindingsNotSettled, explain_by="2022-03-29")
    asked.after(explain()).when(accept()).then_refused(no.FindingsNotSettled)


def test_silence_is_waited_for_until_its_day_has_passed() -> None:
    asked = flagged().after(request())
    asked.when(keep()).then_refused(no.StillTimeToExplain, explain_by="2022-03-29")
    on_the_day = keep(now=NOW + timedelta(days=14))
    asked.when(on_the_day).then_refused(no.StillTimeToExplain)
    assert asked.when(keep(now=NOW + timedelta(days=15))).refusal is None


def test_an_explanation_is_asked_given_once_and_long_enough() -> None:
    flagged().when(explain()).then_refused(no.ExplanationNotRequested)
    flagged().when(keep()).then_refused(no.ExplanationNotRequested)
    asked = flagged().after(request())
    assert asked.when(explain("情况属实")).then_refused(no.CauseTooShort).pointer == "/text"
    asked.after(explain()).when(explain(f"{EXPLANATION}又及")).then_refused(
        no.ExplanationAlreadyGiven
    )
    asked.after(explain(), keep()).when(keep(SECOND)).then_refused(no.FindingsAlreadyKept)


def test_only_what_was_flagged_is_explained_and_not_asked_by_its_hands() -> None:
    signed().when(request()).then_refused(no.SelfEvaluationNotSent)
    signed().when(explain()).then_refused(no.SelfEvaluationNotSent)
    flagged().when(request(BUSINESS)).then_refused(AuthorJudgesOwnReport)
    flagged().after(request(), explain()).when(keep(BUSINESS)).then_refused(AuthorJudgesOwnReport)
    facts = [
        replace(one, findings=()) if isinstance(one, ScoreRecomputed) else one
        for one in flagged().facts
    ]
    unsuspected = replace(flagged(), facts=tuple(facts))
    unsuspected.when(request()).then_refused(no.NothingToExplain)


def test_a_report_goes_back_from_every_reader() -> None:
    for story in (signed(), signed().after(replace(audit(), hold=True)), flagged()):
        (fact,) = story.when(back(ReturnCode.VALUE_DOUBTFUL)).facts
        assert isinstance(fact, SelfEvaluationReturned)
        assert fact.codes == (ReturnCode.VALUE_DOUBTFUL,)
        assert isinstance(story.after(back()).state, Open)
    named().when(back()).then_nothing()
    flagged().after(accept()).when(back()).then_refused(SelfEvaluationNotSubmitted)


def test_each_desk_has_its_clock() -> None:
    story = named()
    (filled,) = story.when(fill()).facts
    (stay,) = filled.stays  # type: ignore[attr-defined]
    assert (stay.desk, stay.since_on, stay.until_on) == (Desk.BUSINESS, date(2022, 1, 1), TODAY)
    assert stay.workdays == workdays_between(date(2022, 1, 1), TODAY, "653121")
    later = NOW + timedelta(days=1)
    both = story.after(fill(), confirm(now=later))
    (handed_in,) = both.when(sign(now=later + timedelta(days=1))).facts
    (stay,) = handed_in.stays  # type: ignore[attr-defined]
    assert (stay.desk, stay.since_on, stay.workdays) == (Desk.HEAD, date(2022, 3, 16), 1)
    read, *_ = both.after(sign(now=later)).when(replace(audit(), now=NOW + timedelta(days=3))).facts
    (stay,) = read.stays  # type: ignore[attr-defined]
    assert (stay.desk, stay.workdays) == (Desk.DEPARTMENT, 2)
    (accepted,) = flagged().when(replace(accept(), now=NOW + timedelta(days=7))).facts
    (stay,) = accepted.stays  # type: ignore[attr-defined]
    assert (stay.desk, stay.workdays) == (Desk.BUREAU, 5)


def test_the_core_problems_stand_by_the_points_they_cost() -> None:
    state = flagged().state
    assert isinstance(state, Sent)
    assert state.computed is not None
    (problem,) = state.computed.problems
    assert (problem.subject, problem.deviation, problem.lost) == (
        "income",
        Decimal("0.5"),
        Decimal("1.50"),
    )
    (accepted,) = flagged().when(accept()).facts
    word = publish(recorded("self_evaluation-P1-2021", accepted)[0])
    assert isinstance(word, said.SelfEvaluationAccepted)
    (told,) = word.core_problems
    assert (told.subject, told.lost, told.cause) == ("income", Decimal("1.50"), "TARGET_TOO_LOW")
    assert (told.measure != "", told.owner, told.due_on) == (True, "李", date(2022, 6, 30))


@pytest.mark.parametrize(("value", "is_listed"), [("18", False), ("17.9", True)])
def test_a_tenth_is_tolerated_and_no_more(value: str, *, is_listed: bool) -> None:
    road = replace(reports()[0], value=Decimal(value), cause=SLOW)
    lines = (road, *reports()[1:])
    state = flagged(reports=lines, self_score=None).state
    assert isinstance(state, Sent)
    assert state.computed is not None
    subjects = [problem.subject for problem in state.computed.problems]
    assert ("road" in subjects) is is_listed
    lost = [problem.lost for problem in state.computed.problems]
    assert lost == sorted(lost, reverse=True)


def test_the_department_sends_back_with_a_code_and_what_was_handed_in() -> None:
    signed().when(back(ReturnCode.EVIDENCE_MISSING)).then(
        SelfEvaluationReturned(
            reason="请补充",
            findings=(),
            returned_by=DEPARTMENT,
            codes=(ReturnCode.EVIDENCE_MISSING,),
            offices=(Desk.BUSINESS,),
            returned_on=TODAY,
            evidence=(PROOF,),
            stays=(Stay(desk=Desk.DEPARTMENT, since_on=TODAY, until_on=TODAY, workdays=0),),
        )
    )


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2022-03-11", "2022-03-14", 1),  # from Friday to Monday
        ("2022-03-13", "2022-03-14", 1),
        ("2022-03-14", "2022-03-14", 0),
        ("2022-03-14", "2022-03-15", 1),
        ("2022-03-18", "2022-03-20", 0),
        ("2022-04-01", "2022-04-06", 2),  # a Saturday is worked, 清明节 is free
        ("2022-03-15", "2022-03-14", 0),
    ],
)
def test_a_stay_on_a_desk_is_counted_in_working_days(since: str, until: str, days: int) -> None:
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    assert workdays_between(first, last, REGION) == days
