"""A warning from its reasons to its end: every way through, and every way that is barred."""

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from services.monitoring.domain.letterbook import EnterLetter, Letterbook, letterbook_decider
from services.monitoring.domain.region import Region, RegionHeard
from services.monitoring.domain.rules import Rules, RulesNotHeard
from services.monitoring.domain.values import Level, Reason, Source
from services.monitoring.domain.warning import commands as ask
from services.monitoring.domain.warning import refusals as no
from services.monitoring.domain.warning.events import (
    LetterIssued,
    Measure,
    Office,
    PlanStep,
    Section,
    Step,
    WarningOutcome,
)
from services.monitoring.domain.warning.letter import canonical, content_sha256
from services.monitoring.domain.warning.warning import warning_decider
from services.monitoring.domain.watch import NotWatched, ProjectNotWatched
from tests.monitoring.stories import CLERK, HEAD, LEADER, RULES, WATCH, Story, at, on

COLLEAGUE = "iss|colleague"
HELD = Rules(region_code="653101", rules=RULES)
REGION = Region(known=RegionHeard(region_code="653101", name="疏附县"))
fresh = Story(warning_decider)
known = fresh.knowing(WATCH, HELD, Rules(), Rules())


def of(by: str = CLERK, now: datetime | None = None) -> dict[str, Any]:
    return {"warning_id": "W1", "by": by, "now": now or at(6, 9)}


def raised(level: Level = Level.BLUE, source: Source = Source.NODE) -> ask.RaiseWarning:
    return ask.RaiseWarning(
        **of(),
        project_code="P1",
        fiscal_year=2021,
        region_code="653101",
        node="M05",
        level=level,
        reasons=(Reason.EXECUTION_BEHIND, Reason.MISMATCH_MINOR),
        source=source,
        execution_rate=Decimal("0.3000"),
        goal_rate=Decimal("0.9500"),
    )


draft = ask.DraftLetter(
    **of(), demands="加快支付", evidence_wanted="支付凭证", contact="张三", phone="0998"
)
issue = ask.IssueLetter(**of(by=LEADER), region_code="653101", signed_by_leader=True)
receive = ask.AcknowledgeLetter(**of(by=HEAD), received_by="李四")
STEPS = tuple(
    PlanStep(
        reason=reason,
        cause="审批慢",
        measure="每周调度",
        owner="王五",
        finance_owner="马六",
        due_on=on(7, 1),
    )
    for reason in (Reason.EXECUTION_BEHIND, Reason.MISMATCH_MINOR)
)
plan = ask.SubmitPlan(**of(by=HEAD), steps=STEPS)
show = ask.SubmitEvidence(**of(by=HEAD), result="已支付", evidence=("cd34",))
check = ask.VerifyRectification(**of(by=COLLEAGUE), finding="属实", sections=(Section.BUSINESS,))
verify = ask.VerifyRectification(
    **of(), finding="属实", sections=(Section.PERFORMANCE,), execution_rate=Decimal("0.42")
)
ANSWERS = {Reason.EXECUTION_BEHIND: "已加快", Reason.MISMATCH_MINOR: "已一致"}
close = ask.CloseWarning(**of(), answers=ANSWERS, fund_effect="none", target_effect="none")


def told(*commands: Any, level: Level = Level.BLUE) -> Story:  # noqa: ANN401
    """The warning after these commands, with an empty letter book."""
    story = known.after(raised(level)).knowing(Letterbook(), REGION)
    return story.after(*commands)


pushed = told()
issued = told(draft, issue)
rectifying = told(draft, issue, receive, plan)


def test_what_a_rule_found_is_pushed_at_once() -> None:
    known.when(raised()).then_names("WarningRaised", "WarningPushed")


def test_what_a_person_found_waits_for_another_person() -> None:
    by_hand = raised(Level.RED, Source.AUDIT)
    known.when(by_hand).then_names("WarningRaised")
    waiting = known.after(by_hand).knowing(Letterbook(), REGION)
    waiting.when(draft).then_refused(no.WarningNotPushed)
    waiting.when(issue).then_refused(no.LetterNotDrafted)
    waiting.when(ask.ConfirmWarning(**of())).then_refused(no.ConfirmerRaisedWarning)
    waiting.when(ask.ConfirmWarning(**of(by=COLLEAGUE))).then_names("WarningPushed")


def test_a_warning_has_a_level_a_reason_and_a_project() -> None:
    known.when(raised(Level.NORMAL)).then_refused(no.WarningNeedsReason)
    known.when(replace(raised(), reasons=())).then_refused(no.WarningNeedsReason)
    unwatched = fresh.knowing(NotWatched(), HELD, Rules(), Rules())
    unwatched.when(raised()).then_refused(ProjectNotWatched)
    ruleless = fresh.knowing(WATCH, Rules(), Rules(), Rules())
    ruleless.when(raised()).then_refused(RulesNotHeard)


def test_a_warning_can_be_dropped_before_its_letter() -> None:
    dismiss = ask.DismissWarning(**of(), reason="数据错误")
    pushed.when(dismiss).then_names("WarningCancelled")
    issued.when(dismiss).then_refused(no.WarningStillOpen)
    dropped = pushed.after(dismiss)
    dropped.when(draft).then_refused(no.WarningEnded)
    dropped.when(close).then_nothing()
    fresh.when(dismiss).then_refused(no.WarningNotRaised)


def test_a_letter_is_numbered_dated_and_hashed_when_it_is_signed() -> None:
    told(draft).when(issue).then_names("LetterIssued")
    (letter,) = told(draft).when(issue).facts()
    assert isinstance(letter, LetterIssued)
    assert letter.letter.letter_no == "疏附县财绩预〔2021〕1号"
    assert letter.letter.urgency == "蓝色一般"
    assert (letter.acknowledge_by, letter.plan_by) == (on(6, 11), on(6, 24))
    assert letter.finish_by == on(7, 27)  # three days of 古尔邦节 in between
    assert letter.content_sha256 == content_sha256(letter.letter)
    assert json.loads(canonical(letter.letter))["problems"][0]["reason"] == "EXECUTION_BEHIND"
    other = replace(letter.letter, demands="另一要求")
    assert content_sha256(other) != letter.content_sha256


def test_the_days_of_a_letter_are_the_working_days_of_its_region() -> None:
    # From 20 to 22 July Xinjiang keeps 古尔邦节.
    (letter,) = told(draft).when(replace(issue, now=at(7, 14))).facts()
    assert (letter.acknowledge_by, letter.plan_by) == (on(7, 16), on(8, 2))
    (later,) = told(draft).when(replace(issue, now=at(7, 19))).facts()
    assert later.acknowledge_by == on(7, 26)


def test_what_is_found_wanting_goes_on_under_the_same_plan() -> None:
    better = replace(show, evidence=("ef56",))
    wanting = ask.FailRectification(**of(by=COLLEAGUE), reason="凭证不全")
    for shown in ((show,), (show, better)):
        again = rectifying.after(*shown).after(wanting)
        again.when(plan).then_nothing()
        assert again.state.plan.steps == STEPS


def test_a_warning_ends_when_every_reason_is_answered() -> None:
    verified = rectifying.after(show).after(check, verify)
    left = replace(close, answers={Reason.EXECUTION_BEHIND: "已加快"})
    missing = [Reason.MISMATCH_MINOR]
    verified.when(left).then_explains(no.AnswersMissing, "/answers", reasons=missing)
    for unsaid in (replace(close, fund_effect=""), replace(close, target_effect="")):
        verified.when(unsaid).then_explains(no.AnswersMissing, "/answers", reasons=[])
    verified.when(close).then_names("WarningClosed")


def test_the_next_letter_has_the_next_number() -> None:
    later = told(draft).knowing(Letterbook(region_code="653101", last_serial=7), Region())
    (letter,) = later.when(issue).facts()
    assert letter.letter.letter_no == "653101财绩预〔2021〕8号"


def test_nobody_signs_a_letter_they_drafted() -> None:
    own = replace(issue, by=CLERK)
    told(draft).when(own).then_refused(no.SignerDraftedLetter)
    pushed.when(issue).then_refused(no.LetterNotDrafted)


def test_a_red_letter_is_signed_by_a_leader() -> None:
    junior = replace(issue, signed_by_leader=False)
    red = told(draft, level=Level.RED)
    red.when(junior).then_refused(no.RedLetterNeedsLeader)
    red.when(issue).then_names("LetterIssued")
    told(draft).when(junior).then_names("LetterIssued")
    (letter,) = red.when(issue).facts()
    assert (letter.plan_by, letter.finish_by) == (on(6, 17), on(7, 8))


def test_a_draft_can_be_written_anew() -> None:
    told(draft).when(draft).then_nothing()
    told(draft).when(replace(draft, demands="尽快支付")).then_names("LetterDrafted")
    issued.when(draft).then_nothing()
    issued.when(issue).then_nothing()


def test_the_way_of_a_warning_that_is_answered() -> None:
    issued.when(receive).then_names("LetterAcknowledged")
    told(draft, issue, receive).when(plan).then_names("RectificationPlanSubmitted")
    rectifying.when(show).then_names("RectificationEvidenceSubmitted")
    shown = told(draft, issue, receive, plan, show)
    shown.when(check).then_names("RectificationChecked")
    shown.after(check).when(verify).then_names("RectificationChecked", "RectificationVerified")
    verified = told(draft, issue, receive, plan, show, check, verify)
    verified.when(close).then_names("WarningClosed")
    assert verified.after(close).state.outcome is WarningOutcome.VERIFIED


def test_each_step_follows_the_one_before() -> None:
    told(draft).when(receive).then_refused(no.LetterNotIssued)
    issued.when(plan).then_refused(no.LetterNotAcknowledged)
    told(draft, issue, receive).when(show).then_refused(no.PlanNotSubmitted)
    rectifying.when(verify).then_refused(no.NothingToVerify)
    rectifying.when(close).then_refused(no.WarningStillOpen)
    fail = ask.FailRectification(**of(), reason="x")
    issued.when(fail).then_refused(no.NothingToVerify)


def test_a_plan_covers_every_reason_in_time() -> None:
    received = told(draft, issue, receive)
    received.when(replace(plan, steps=STEPS[:1])).then_refused(no.PlanLeavesReasonsOpen)
    late = replace(STEPS[0], due_on=on(7, 28))
    received.when(replace(plan, steps=(late, STEPS[1]))).then_refused(no.PlanBeyondDeadline)
    better = replace(plan, steps=(replace(STEPS[0], owner="赵六"), STEPS[1]))
    rectifying.when(better).then_names("RectificationPlanSubmitted")


def test_what_was_done_is_shown_and_checked_by_another_person() -> None:
    rectifying.when(replace(show, evidence=())).then_refused(no.ProofMissing)
    shown = rectifying.after(show)
    shown.when(replace(verify, by=HEAD)).then_refused(no.VerifierSubmittedEvidence)


def test_a_cure_that_fails_goes_back_or_on() -> None:
    shown = rectifying.after(show)
    back = ask.FailRectification(**of(), reason="未见效")
    shown.when(back).then_names("RectificationFailed")
    shown.after(back).when(show).then_names("RectificationEvidenceSubmitted")
    on_ = replace(back, escalate=True)
    shown.when(on_).then_names("RectificationFailed", "WarningUpgraded")


def overdue(step: Step, now: datetime) -> ask.MarkOverdue:
    return ask.MarkOverdue(**of(by="monitoring|clock", now=now), step=step)


def test_a_blue_warning_without_an_answer_becomes_red_and_needs_a_new_letter() -> None:
    late = overdue(Step.ACKNOWLEDGE, at(6, 15))
    issued.when(late).then_names("RectificationOverdue", "WarningUpgraded")
    red = issued.after(late)
    red.when(close).then_refused(no.WarningStillOpen)
    again = red.after(draft).knowing(Letterbook(region_code="653101", last_serial=1), REGION)
    (letter,) = again.when(replace(issue, now=at(6, 16))).facts()
    assert letter.letter.replaces == "疏附县财绩预〔2021〕1号"
    assert letter.letter.urgency == "红色重要"


def test_a_red_warning_without_an_answer_leads_to_a_measure() -> None:
    red = told(draft, issue, level=Level.RED)
    late = overdue(Step.ACKNOWLEDGE, at(6, 15))
    red.when(late).then_names("RectificationOverdue", "WarningEscalated")
    propose = ask.ProposeMeasure(**of(), measure=Measure.TALK, reason="逾期未签收")
    approve = ask.ApproveMeasure(**of(by=LEADER), measure=Measure.TALK, offices=(Office.LEADER,))
    measure = ask.TakeMeasure(
        **of(), measure=Measure.TALK, document_no="约谈1号", decided_on=on(6, 18)
    )
    red.when(propose).then_refused(no.MeasureNotDue)
    red.when(measure).then_refused(no.MeasureNotDue)
    escalated = red.after(late)
    escalated.when(close).then_refused(no.WarningStillOpen)
    measured = escalated.after(propose, approve, measure)
    assert measured.after(close).state.outcome is WarningOutcome.MEASURED


LATE = [
    (told(draft, issue), Step.PLAN, at(6, 25)),
    (told(draft, issue, receive), Step.PLAN, at(6, 25)),
    (told(draft, issue, receive), Step.FINISH, at(7, 28)),
    (told(draft, issue, receive, plan), Step.FINISH, at(7, 28)),
]


@pytest.mark.parametrize(("story", "step", "now"), LATE)
def test_every_step_has_its_day(story: Story, step: Step, now: datetime) -> None:
    story.when(overdue(step, now)).then_names("RectificationOverdue", "WarningUpgraded")


DONE = [
    (told(draft, issue), Step.ACKNOWLEDGE, at(6, 11)),
    (told(draft, issue, receive), Step.ACKNOWLEDGE, at(6, 30)),
    (told(draft, issue, receive, plan), Step.PLAN, at(6, 30)),
    (told(draft, issue, receive, plan, show), Step.FINISH, at(7, 30)),
    (told(draft), Step.FINISH, at(7, 30)),
    (fresh, Step.FINISH, at(7, 30)),
]


@pytest.mark.parametrize(("story", "step", "now"), DONE)
def test_what_was_done_in_time_is_never_overdue(story: Story, step: Step, now: datetime) -> None:
    story.when(overdue(step, now)).then_nothing()


def test_a_warning_ends_with_an_answer_to_every_reason() -> None:
    verified = told(draft, issue, receive, plan, show, check, verify)
    half = replace(close, answers={Reason.EXECUTION_BEHIND: "已加快"})
    verified.when(half).then_refused(no.AnswersMissing)
    verified.when(replace(close, fund_effect="")).then_refused(no.AnswersMissing)


def test_a_blue_warning_that_needs_no_letter_is_closed_with_its_answers() -> None:
    quiet = replace(RULES, monitoring=replace(RULES.monitoring, letter_on_blue=False))
    rules = Rules(region_code="653101", rules=quiet)
    story = fresh.knowing(WATCH, rules, Rules(), Rules()).after(raised())
    story.when(close).then_names("WarningClosed")


def test_the_book_enters_every_letter_once() -> None:
    enter = EnterLetter(warning_id="W1", region_code="653101", by=LEADER, now=at(6, 9))
    book = Story(letterbook_decider)
    book.knowing(issued.state).when(enter).then_names("LetterEntered")
    book.knowing(pushed.state).when(enter).then_nothing()
    assert book.knowing(issued.state).after(enter).state.last_serial == 1


EVERY = [raised(), draft, issue, receive, plan, show, check, verify, close]


def test_a_repeated_command_is_silent_at_every_later_moment() -> None:
    for index, command in enumerate(EVERY[1:], start=1):
        later = told(*EVERY[1 : index + 1])
        assert list(later.when(command).facts()) == [], type(command).__name__


def test_who_handed_in_what_was_found_wanting_verifies_nothing_of_it() -> None:
    back = ask.FailRectification(**of(), reason="未见效")
    other = replace(show, by="iss|deputy", result="重新整改")
    again = rectifying.after(show, back, other)
    again.when(replace(verify, by=HEAD)).then_refused(no.VerifierSubmittedEvidence)
    again.when(replace(verify, by="iss|deputy")).then_refused(no.VerifierSubmittedEvidence)
