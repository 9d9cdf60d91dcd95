"""Every command on a joint review at every stage, and what those who are refused are told."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.targets.domain.asker import Asker
from services.targets.domain.events.joint_review import (
    JointReviewMinutesAdopted,
    JointReviewOpened,
    JointReviewOpinionRecorded,
)
from services.targets.domain.joint_review_words import Decision, Member, Seat, Stance
from services.targets.domain.refusals import (
    AgendaTargetUnknown,
    ChairNotMember,
    DecisionMissing,
    JointReviewExists,
    MemberNamedTwice,
    MembersTooFew,
    QuorumMissing,
    ReasonMissing,
    RegionUnknown,
    ReviewerDraftedTarget,
    TargetNotOnAgenda,
    TargetNotUnderReview,
)
from services.targets.domain.target_states import NoTarget
from tests.targets import stories as s
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
from tests.targets.test_adjustment import adjusting
from tests.targets.test_target import close

all_said = sitting(opinion("p"), opinion("e"), opinion("x"))
STAGES: dict[str, Any] = {
    "nothing": joint_review.given(),
    "planned": planned(),
    "sitting": sitting(),
    "all said": all_said,
    "concluded": concluded(),
}
UNKNOWN, SILENT = "JointReviewUnknown", ""
NOT_OPEN, SAID = "JointReviewNotOpen", "JointReviewOpinionRecorded"
# What each command leads to, by stage in the order above: facts, silence, or a refusal.
TABLE: dict[str, tuple[object, tuple[str, ...]]] = {
    "plan": (plan_session, ("JointReviewPlanned", *[SILENT] * 4)),
    "plan anew": (
        replace(plan_session, held_on=date(2021, 4, 1)),
        ("JointReviewPlanned", *["JointReviewExists"] * 4),
    ),
    "open": (open_session, (UNKNOWN, "JointReviewOpened", *[SILENT] * 3)),
    "say": (opinion("x"), (UNKNOWN, NOT_OPEN, SAID, SILENT, SILENT)),
    "say else": (
        opinion("x", Stance.OPPOSE, "重复"),
        (UNKNOWN, NOT_OPEN, SAID, SAID, NOT_OPEN),
    ),
    "adopt": (
        adopt_minutes,
        (UNKNOWN, NOT_OPEN, "QuorumMissing", "JointReviewMinutesAdopted", SILENT),
    ),
    "adopt else": (
        replace(adopt_minutes, decisions={TARGET_ID: Decision(stance=Stance.OPPOSE, text="重复")}),
        (
            *(UNKNOWN, NOT_OPEN, "QuorumMissing", "JointReviewMinutesAdopted"),
            "MinutesAlreadyAdopted",
        ),
    ),
}


@pytest.mark.parametrize(
    ("name", "stage"), [(name, stage) for name in TABLE for stage in range(len(STAGES))]
)
def test_a_command_does_at_each_stage_what_the_rules_say(name: str, stage: int) -> None:
    command, expected = TABLE[name]
    known = () if name == "open" else (s.checked().state,)
    outcome = [*STAGES.values()][stage].knowing(*known).when(command)
    facts = " ".join(type(fact).__name__ for fact in outcome.facts)
    assert (type(outcome.refusal).__name__ if outcome.refusal else facts) == expected[stage]
    if expected[stage] == UNKNOWN:
        assert outcome.refusal.details == {"joint_review_id": SESSION}


def test_a_fact_that_does_not_fit_changes_nothing() -> None:
    fits = {
        JointReviewOpened: {"planned"},
        JointReviewOpinionRecorded: {"sitting", "all said"},
        JointReviewMinutesAdopted: {"sitting", "all said"},
    }
    for fact in concluded().facts[1:]:
        for stage, story in STAGES.items():
            before = story.state
            after = joint_review.decider.evolve(before, fact)
            assert stage in fits[type(fact)] or after is before, (fact, stage)


calling = joint_review.knowing(s.checked().state)
performance, education, expert = plan_session.members
second_expert = replace(expert, person="x2")


@pytest.mark.parametrize(
    ("changes", "refusal", "pointer", "details"),
    [
        (
            {"asker": Asker(region_code="653121", unit_code="*")},
            RegionUnknown,
            None,
            {"region_code": s.REGION_CODE},
        ),
        (
            {"fiscal_year": 2022},
            AgendaTargetUnknown,
            "/agenda/0",
            {"target_id": TARGET_ID},
        ),
        (
            {"members": (education, expert, second_expert), "chair": "e"},
            MembersTooFew,
            "/members",
            {"sections": 1, "experts": 2},
        ),
        (
            {"members": (performance, education)},
            MembersTooFew,
            "/members",
            {"sections": 2, "experts": 0},
        ),
        (
            {"members": (*plan_session.members, replace(expert, of="别处"))},
            MemberNamedTwice,
            "/members/2/person",
            {},
        ),
        ({"chair": "nobody"}, ChairNotMember, "/chair", {}),
    ],
)
def test_a_call_that_cannot_be_is_refused_where_it_is_wrong(
    changes: dict[str, Any], refusal: type, pointer: str | None, details: dict[str, object]
) -> None:
    told = calling.when(replace(plan_session, **changes)).then_refused(refusal)
    assert (told.pointer, told.details) == (pointer, details)


def test_the_own_bureau_calls_a_session_and_the_second_target_is_looked_at_too() -> None:
    own = Asker(region_code=s.REGION_CODE, unit_code="")
    assert calling.when(replace(plan_session, asker=own)).facts
    two = replace(plan_session, agenda=(TARGET_ID, "P2-2021"))
    unknown = joint_review.knowing(s.checked().state, NoTarget()).when(two)
    refusal = unknown.then_refused(AgendaTargetUnknown, target_id="P2-2021")
    assert refusal.pointer == "/agenda/1"
    planned().when(replace(plan_session, chair="e")).then_refused(
        JointReviewExists, joint_review_id=SESSION
    )


@pytest.mark.parametrize(
    ("story", "on_agenda", "spoken_of"),
    [
        (s.drafted(), True, False),
        (s.submitted(), True, True),
        (s.checked(), True, True),
        (s.ready(85), True, False),
        (s.ready(), True, False),
        (s.ready(50), True, False),
        (s.approved(), True, False),
        (adjusting, True, False),
        (s.approved().after(close), True, False),
        (s.target.given(), False, False),
    ],
)
def test_a_target_is_known_at_every_stage_and_spoken_of_while_it_is_reviewed(
    story: Any,  # noqa: ANN401 - a story
    *,
    on_agenda: bool,
    spoken_of: bool,
) -> None:
    planned_now = joint_review.knowing(story.state).when(plan_session)
    assert (planned_now.refusal is None) is on_agenda
    said = sitting().knowing(story.state).when(opinion("x"))
    assert (said.refusal is None) is spoken_of
    if not spoken_of:
        said.then_refused(TargetNotUnderReview)
    if on_agenda:
        written = Member(person=s.WRITER, seat=Seat.SECTION, of="办公室")
        plan = replace(plan_session, members=(*plan_session.members, written))
        held = joint_review.given(*calling.after(plan).facts).after(open_session)
        own = held.knowing(story.state).when(opinion(s.WRITER))
        own.then_refused(ReviewerDraftedTarget)


def members(count: int) -> tuple[Member, ...]:
    """Two sections and experts."""
    experts = [Member(person=f"x{n}", seat=Seat.EXPERT, of="专家") for n in range(count - 2)]
    return (performance, education, *experts)


@pytest.mark.parametrize(
    ("count", "spoken", "enough"),
    [(3, 1, False), (3, 2, True), (4, 2, False), (4, 3, True), (6, 3, False), (6, 4, True)],
)
def test_two_thirds_have_spoken_on_each_target(count: int, spoken: int, *, enough: bool) -> None:
    plan = replace(plan_session, members=members(count), agenda=(TARGET_ID, "P2-2021"))
    theirs = s.checked().state
    held = joint_review.knowing(theirs, theirs).after(plan).after(open_session).knowing(theirs)
    persons = [one.person for one in members(count)]
    held = held.after(*(replace(opinion(p), target_id="P2-2021") for p in persons))
    held = held.after(*(opinion(p) for p in persons[:spoken])).knowing(theirs, theirs)
    decided = dict.fromkeys(plan.agenda, Decision(stance=Stance.SUPPORT, text=""))
    outcome = held.when(replace(adopt_minutes, decisions=decided))
    if enough:
        assert outcome.facts
    else:
        refusal = outcome.then_refused(QuorumMissing)
        assert refusal.details == {
            "target_id": TARGET_ID,
            "opinions": spoken,
            "members": count,
        }


def test_a_decision_with_as_many_votes_as_another_needs_no_words_and_one_with_fewer_does() -> None:
    held = sitting(opinion("p"), opinion("e", Stance.OPPOSE, "重复"))
    for stance, words, good in (
        (Stance.SUPPORT, "", True),
        (Stance.OPPOSE, "", True),
        (Stance.AMEND, " ", False),
        (Stance.AMEND, "应分解", True),
    ):
        decided = {TARGET_ID: Decision(stance=stance, text=words)}
        outcome = held.when(replace(adopt_minutes, decisions=decided))
        assert (outcome.refusal is None) is good
        if not good:
            refusal = outcome.then_refused(ReasonMissing)
            assert refusal.pointer == f"/decisions/{TARGET_ID}/text"


def test_who_is_refused_in_the_session_is_told_where_and_why() -> None:
    agenda = {"agenda": [TARGET_ID]}
    other = sitting().when(replace(opinion("x"), target_id="P9-2021"))
    refusal = other.then_refused(TargetNotOnAgenda)
    assert (refusal.pointer, refusal.details) == ("/target_id", agenda)
    lacking = all_said.when(replace(adopt_minutes, decisions={})).then_refused(DecisionMissing)
    assert (lacking.pointer, lacking.details) == ("/decisions", agenda)
    wordless = all_said.when(replace(adopt_minutes, minutes=" ")).then_refused(ReasonMissing)
    assert wordless.pointer == "/minutes"


def test_days_are_those_of_shanghai() -> None:
    evening = datetime(2021, 3, 1, 17, tzinfo=UTC)
    opened = planned().when(replace(open_session, now=evening))
    opened.then(JointReviewOpened(opened_on=date(2021, 3, 2)))
    [adopted] = all_said.when(replace(adopt_minutes, now=evening)).facts
    assert adopted.adopted_on == date(2021, 3, 2)
