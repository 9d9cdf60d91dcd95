"""A joint review: planned, held, concluded by its chair, and what a grade makes of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.targets.domain.events.joint_review import (
    JointReviewMinutesAdopted,
    JointReviewOpened,
    JointReviewOpinionRecorded,
    JointReviewPlanned,
)
from services.targets.domain.events.target import TargetGraded
from services.targets.domain.joint_review_words import Decision, Member, Seat, Stance
from services.targets.domain.refusals import (
    AgendaEmpty,
    AgendaTargetUnknown,
    ChairNotMember,
    DecisionMissing,
    JointReviewExists,
    JointReviewNotConcluded,
    JointReviewNotOpen,
    JointReviewUnknown,
    MemberNamedTwice,
    MembersTooFew,
    MinutesAlreadyAdopted,
    NotMemberOfSession,
    NotTheChair,
    QuorumMissing,
    ReasonMissing,
    ReviewerDraftedTarget,
    ReviewPointsWrong,
    TargetNotOnAgenda,
    TargetNotUnderReview,
)
from services.targets.domain.target_states import NoTarget
from services.targets.domain.values import ReviewItem
from shared.domain.decider import Owner
from shared.domain.hands import hands
from tests.targets.sessions import (
    SESSION,
    TARGET_ID,
    adopt_minutes,
    concluded,
    joint_review,
    open_session,
    opinion,
    plan_session,
    planned,
    sitting,
)
from tests.targets.stories import (
    EXCELLENT_POINTS,
    HEAD,
    REGION_CODE,
    WRITER,
    approved,
    checked,
    drafted,
    governed,
    grade_target,
)

calling = joint_review.knowing(checked().state)
everybody = opinion("p"), opinion("e"), opinion("x")


def test_a_session_is_called_with_agenda_members_and_chair() -> None:
    calling.when(plan_session).then(
        JointReviewPlanned(
            joint_review_id=SESSION,
            region_code=REGION_CODE,
            fiscal_year=2021,
            held_on=date(2021, 3, 5),
            agenda=(TARGET_ID,),
            members=plan_session.members,
            chair="p",
        )
    )
    planned().when(plan_session).then_nothing()
    planned().when(replace(plan_session, chair="e")).then_refused(JointReviewExists)


def test_the_agenda_holds_targets_of_the_region_and_year_once_each() -> None:
    calling.when(replace(plan_session, fiscal_year=2022)).then_refused(AgendaTargetUnknown)
    calling.when(replace(plan_session, region_code="653121")).then_refused(AgendaTargetUnknown)
    unknown = joint_review.knowing(NoTarget()).when(plan_session)
    assert unknown.then_refused(AgendaTargetUnknown).pointer == "/agenda/0"
    joint_review.when(replace(plan_session, agenda=())).then_refused(AgendaEmpty)
    twice = joint_review.knowing(checked().state, checked().state)
    twice.when(replace(plan_session, agenda=(TARGET_ID, TARGET_ID))).then_refused(AgendaEmpty)


def test_several_sections_and_an_expert_sit_together() -> None:
    performance, education, expert = plan_session.members
    for few in ((performance, education), (performance, expert)):
        calling.when(replace(plan_session, members=few)).then_refused(MembersTooFew)
    same_section = replace(education, of=performance.of)
    alone = replace(plan_session, members=(performance, same_section, expert))
    calling.when(alone).then_refused(MembersTooFew, sections=1, experts=1)
    again = replace(plan_session, members=(*plan_session.members, performance))
    assert calling.when(again).then_refused(MemberNamedTwice).pointer == "/members/0/person"
    calling.when(replace(plan_session, chair="nobody")).then_refused(ChairNotMember)


def test_opinions_are_given_while_the_session_sits() -> None:
    planned().when(opinion("x")).then_refused(JointReviewNotOpen)
    planned().when(open_session).then(JointReviewOpened(opened_on=date(2021, 3, 1)))
    sitting().when(open_session).then_nothing()
    sitting().when(opinion("x")).then(
        JointReviewOpinionRecorded(
            target_id=TARGET_ID, member="x", stance=Stance.SUPPORT, text="", points={}
        )
    )
    joint_review.when(open_session).then_refused(JointReviewUnknown)
    unknown = joint_review.knowing(checked().state).when(adopt_minutes)
    unknown.then_refused(JointReviewUnknown)
    concluded().when(opinion("x")).then_nothing()
    concluded().when(opinion("x", Stance.OPPOSE, "改主意")).then_refused(JointReviewNotOpen)


def test_an_opinion_given_anew_replaces_the_earlier_one() -> None:
    changed = sitting(opinion("x"), opinion("x", Stance.OPPOSE, "与规划不符"))
    assert [said.stance for said in changed.state.opinions.values()] == [Stance.OPPOSE]
    changed.when(opinion("x", Stance.OPPOSE, "与规划不符")).then_nothing()


def test_only_members_speak_and_only_on_the_agenda() -> None:
    sitting().when(opinion("stranger")).then_refused(NotMemberOfSession)
    other = replace(opinion("x"), target_id="P9-2021")
    assert sitting().when(other).then_refused(TargetNotOnAgenda).pointer == "/target_id"


@pytest.mark.parametrize("author", [WRITER, HEAD])
def test_whoever_wrote_a_target_gives_no_opinion_on_it(author: str) -> None:
    seat = Member(person=author, seat=Seat.SECTION, of="办公室")
    with_author = replace(plan_session, members=(*plan_session.members, seat))
    opened = joint_review.given(*calling.after(with_author).facts).after(open_session)
    opened.knowing(checked().state).when(opinion(author)).then_refused(ReviewerDraftedTarget)


@pytest.mark.parametrize("elsewhere", [drafted().state, approved().state, NoTarget()])
def test_a_target_that_is_not_under_review_is_not_spoken_of(elsewhere: object) -> None:
    sitting().knowing(elsewhere).when(opinion("x")).then_refused(TargetNotUnderReview)


@pytest.mark.parametrize("stance", [Stance.AMEND, Stance.OPPOSE])
def test_who_does_not_support_says_why(stance: Stance) -> None:
    refusal = sitting().when(opinion("x", stance, " ")).then_refused(ReasonMissing)
    assert refusal.pointer == "/text"


def test_points_are_given_for_all_items_or_for_none() -> None:
    full = replace(opinion("x"), points=EXCELLENT_POINTS)
    sitting().after(full)
    some = replace(full, points={ReviewItem.CLEAR: Decimal(9)})
    assert sitting().when(some).then_refused(ReviewPointsWrong).pointer == "/points"
    above = replace(full, points={**EXCELLENT_POINTS, ReviewItem.CLEAR: Decimal("10.01")})
    assert sitting().when(above).then_refused(ReviewPointsWrong).pointer == "/points/CLEAR"


def test_the_chair_adopts_the_minutes() -> None:
    held = sitting(*everybody)
    held.when(adopt_minutes).then(
        JointReviewMinutesAdopted(
            minutes="会审认为目标总体合理。",
            decisions=adopt_minutes.decisions,
            adopted_on=date(2021, 3, 1),
        )
    )
    held.when(replace(adopt_minutes, by="e")).then_refused(NotTheChair)
    held.when(replace(adopt_minutes, minutes=" ")).then_refused(ReasonMissing)
    planned().when(adopt_minutes).then_refused(JointReviewNotOpen)
    concluded().when(adopt_minutes).then_nothing()
    concluded().when(replace(adopt_minutes, minutes="别的")).then_refused(MinutesAlreadyAdopted)


def test_a_chair_who_wrote_a_target_decides_nothing_about_it() -> None:
    seat = Member(person=WRITER, seat=Seat.SECTION, of="办公室")
    chaired = replace(plan_session, members=(*plan_session.members, seat), chair=WRITER)
    opened = joint_review.given(*calling.after(chaired).facts).after(open_session)
    held = opened.knowing(checked().state).after(*everybody)
    own = replace(adopt_minutes, by=WRITER)
    refused = held.when(own).then_refused(ReviewerDraftedTarget)
    assert refused.details["person"] == WRITER.rpartition("|")[2]
    assert held.knowing(NoTarget()).when(own).refusal is None


def test_a_chair_who_wrote_one_of_several_targets_adopts_nothing() -> None:
    own = checked().state
    theirs = replace(own, promise=replace(own.promise, authors=hands("iss|somebody")))
    seat = Member(person=WRITER, seat=Seat.SECTION, of="办公室")
    both = replace(
        plan_session,
        agenda=(TARGET_ID, "P2-2021"),
        members=(*plan_session.members, seat),
        chair=WRITER,
    )
    held = joint_review.knowing(own, theirs).after(both).after(open_session)
    held = held.knowing(own).after(*everybody)
    held = held.knowing(theirs).after(*(replace(one, target_id="P2-2021") for one in everybody))
    decided = dict.fromkeys(both.agenda, adopt_minutes.decisions[TARGET_ID])
    adopt = replace(adopt_minutes, decisions=decided, by=WRITER)
    held.knowing(own, theirs).when(adopt).then_refused(ReviewerDraftedTarget)
    held.knowing(theirs, own).when(adopt).then_refused(ReviewerDraftedTarget)
    assert held.knowing(theirs, theirs).when(adopt).refusal is None


def test_two_thirds_of_the_members_must_have_spoken() -> None:
    one = sitting(opinion("p"))
    one.when(adopt_minutes).then_refused(QuorumMissing, target_id=TARGET_ID, opinions=1, members=3)
    sitting(opinion("p"), opinion("x")).after(adopt_minutes)


def test_every_target_of_the_agenda_is_decided_and_no_other() -> None:
    held = sitting(*everybody)
    held.when(replace(adopt_minutes, decisions={})).then_refused(DecisionMissing)
    more = {**adopt_minutes.decisions, "P9-2021": Decision(stance=Stance.SUPPORT, text="")}
    both = held.knowing(checked().state, NoTarget())
    both.when(replace(adopt_minutes, decisions=more)).then_refused(DecisionMissing)


def test_a_decision_against_most_opinions_is_explained() -> None:
    held = sitting(
        opinion("p"), opinion("e", Stance.OPPOSE, "重复"), opinion("x", Stance.OPPOSE, "重复")
    )
    refusal = held.when(adopt_minutes).then_refused(ReasonMissing)
    assert refusal.pointer == f"/decisions/{TARGET_ID}/text"
    explained = {TARGET_ID: Decision(stance=Stance.SUPPORT, text="已核实不重复")}
    held.after(replace(adopt_minutes, decisions=explained))
    opposed = {TARGET_ID: Decision(stance=Stance.OPPOSE, text="")}
    held.after(replace(adopt_minutes, decisions=opposed))


def test_a_grade_names_the_session_it_rests_on() -> None:
    command = replace(grade_target, joint_review_id=SESSION)
    graded = checked().knowing(*governed, concluded().state).when(command).facts[0]
    assert isinstance(graded, TargetGraded)
    assert graded.joint_review_id == SESSION
    for not_yet in (joint_review.given().state, planned().state, sitting().state):
        refusal = checked().knowing(*governed, not_yet).when(command)
        assert refusal.then_refused(JointReviewNotConcluded).pointer == "/joint_review_id"


def test_a_grade_rests_on_no_session_about_other_targets() -> None:
    elsewhere = replace(plan_session, agenda=("P3-2021",))
    opened = joint_review.given(*calling.after(elsewhere).facts).after(open_session)
    said = [replace(one, target_id="P3-2021") for one in everybody]
    decisions = {"P3-2021": Decision(stance=Stance.SUPPORT, text="")}
    held = opened.knowing(checked().state).after(*said, replace(adopt_minutes, decisions=decisions))
    command = replace(grade_target, joint_review_id=SESSION)
    story = checked().knowing(*governed, held.state)
    story.when(command).then_refused(TargetNotOnAgenda)


def test_a_session_belongs_to_its_region() -> None:
    owner = joint_review.decider.owner
    assert owner(joint_review.given().state) is None
    for story in (planned(), sitting(), concluded()):
        assert owner(story.state) == Owner(region_code=REGION_CODE)
