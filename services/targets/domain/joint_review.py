"""A joint review (集中会审): several sections and experts on some targets, with minutes.

Every member says for every target what they think; whoever wrote a target says nothing on it.
The chair, who wrote none of them, adopts the minutes with one decision a target, which has to
answer to the opinions.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import Final, assert_never

from services.targets.domain.commands.joint_review import (
    AdoptJointReviewMinutes,
    JointReviewCommand,
    OpenJointReview,
    PlanJointReview,
    RecordReviewOpinion,
)
from services.targets.domain.events.joint_review import (
    JointReviewEvent,
    JointReviewMinutesAdopted,
    JointReviewOpened,
    JointReviewOpinionRecorded,
    JointReviewPlanned,
)
from services.targets.domain.four_eyes import authors_of
from services.targets.domain.joint_review_states import (
    ConcludedSession,
    JointReviewState,
    NoSession,
    OpenSession,
    PlannedSession,
    evolve,
    plan_of,
)
from services.targets.domain.joint_review_words import Seat, Stance
from services.targets.domain.refusals import (
    AgendaEmpty,
    AgendaTargetUnknown,
    ChairNotMember,
    DecisionMissing,
    JointReviewExists,
    JointReviewNotOpen,
    JointReviewUnknown,
    MemberNamedTwice,
    MembersTooFew,
    MinutesAlreadyAdopted,
    NotMemberOfSession,
    NotTheChair,
    QuorumMissing,
    ReasonMissing,
    RegionUnknown,
    ReviewerDraftedTarget,
    TargetNotOnAgenda,
    TargetNotUnderReview,
)
from services.targets.domain.review_points import check_points
from services.targets.domain.target_states import (
    Adjusting,
    Approved,
    Closed,
    Draft,
    InReview,
    NoTarget,
    Ready,
    Rejected,
    TargetState,
    ToComplete,
    basis_of,
)
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.hands import NOBODY, Hands
from shared.domain.workdays import business_date

SECTIONS_MIN: Final = 2  # the source report: several sections review together (number: D)
EXPERTS_MIN: Final = 1  # the source report: together with experts (number: D)
QUORUM: Final = (2, 3)  # share of the members who must have spoken on a target, as a fraction (D)


def decide(command: JointReviewCommand, state: JointReviewState) -> Sequence[JointReviewEvent]:
    """Facts, silence, or a refusal."""
    if isinstance(command, PlanJointReview):
        return _plan(command, state)
    if isinstance(state, NoSession):
        raise JointReviewUnknown(joint_review_id=command.joint_review_id)
    match command:
        case OpenJointReview():
            return _open(command, state)
        case RecordReviewOpinion():
            return _record_opinion(command, state)
        case AdoptJointReviewMinutes():
            return _adopt(command, state)
        case _:
            assert_never(command)


def _plan(command: PlanJointReview, state: JointReviewState) -> Sequence[JointReviewEvent]:
    asked = JointReviewPlanned(
        joint_review_id=command.joint_review_id,
        region_code=command.region_code,
        fiscal_year=command.fiscal_year,
        held_on=command.held_on,
        agenda=command.agenda,
        members=command.members,
        chair=command.chair,
    )
    if command.asker is not None and command.asker.region_code != command.region_code:
        raise RegionUnknown(region_code=command.region_code)
    before = plan_of(state)
    if before is not None:
        if before == asked:
            return []
        raise JointReviewExists(joint_review_id=command.joint_review_id)
    _check_agenda(command)
    _check_members(command)
    return [asked]


def _check_agenda(command: PlanJointReview) -> None:
    if not command.agenda or len(set(command.agenda)) != len(command.agenda):
        raise AgendaEmpty(pointer="/agenda")
    for index, target_id in enumerate(command.agenda):
        basis = basis_of(command.targets.get(target_id, NoTarget()))
        wanted = (command.region_code, command.fiscal_year)
        if basis is None or (basis.region_code, basis.fiscal_year) != wanted:
            raise AgendaTargetUnknown(pointer=f"/agenda/{index}", target_id=target_id)


def _check_members(command: PlanJointReview) -> None:
    members = command.members
    persons = Counter(member.person for member in members)
    for index, member in enumerate(members):
        if persons[member.person] > 1:
            raise MemberNamedTwice(pointer=f"/members/{index}/person")
    sections = {member.of for member in members if member.seat is Seat.SECTION}
    experts = sum(member.seat is Seat.EXPERT for member in members)
    if len(sections) < SECTIONS_MIN or experts < EXPERTS_MIN:
        raise MembersTooFew(pointer="/members", sections=len(sections), experts=experts)
    if command.chair not in persons:
        raise ChairNotMember(pointer="/chair")


def _open(command: OpenJointReview, state: JointReviewState) -> Sequence[JointReviewEvent]:
    if not isinstance(state, PlannedSession):
        return []
    return [JointReviewOpened(opened_on=business_date(command.now))]


def _record_opinion(
    command: RecordReviewOpinion, state: JointReviewState
) -> Sequence[JointReviewEvent]:
    opinion = JointReviewOpinionRecorded(
        target_id=command.target_id,
        member=command.by,
        stance=command.stance,
        text=command.text,
        points=command.points,
    )
    if _said(state, command) == opinion:
        return []
    if not isinstance(state, OpenSession):
        raise JointReviewNotOpen
    if command.by not in {member.person for member in state.plan.members}:
        raise NotMemberOfSession
    if command.target_id not in state.plan.agenda:
        raise TargetNotOnAgenda(pointer="/target_id", agenda=list(state.plan.agenda))
    target = command.target if command.target is not None else NoTarget()
    authors_of(target).expect_another(command.by, ReviewerDraftedTarget)
    if not isinstance(target, InReview):
        raise TargetNotUnderReview
    if command.stance is not Stance.SUPPORT and not command.text.strip():
        raise ReasonMissing(pointer="/text")
    if command.points:
        check_points(command.points)
    return [opinion]


def _said(
    state: JointReviewState, command: RecordReviewOpinion
) -> JointReviewOpinionRecorded | None:
    match state:
        case OpenSession(opinions=opinions):
            return opinions.get((command.target_id, command.by))
        case ConcludedSession(session=OpenSession(opinions=opinions)):
            return opinions.get((command.target_id, command.by))
        case _:
            return None


def _adopt(command: AdoptJointReviewMinutes, state: JointReviewState) -> Sequence[JointReviewEvent]:
    match state:
        case OpenSession():
            pass
        case ConcludedSession(adopted=adopted):
            if (adopted.minutes, adopted.decisions) == (command.minutes, command.decisions):
                return []
            raise MinutesAlreadyAdopted
        case _:
            raise JointReviewNotOpen
    if command.by != state.plan.chair:
        raise NotTheChair
    if not command.minutes.strip():
        raise ReasonMissing(pointer="/minutes")
    if command.decisions.keys() != set(state.plan.agenda):
        raise DecisionMissing(pointer="/decisions", agenda=list(state.plan.agenda))
    command.authors.expect_another(command.by, ReviewerDraftedTarget)
    for target_id in state.plan.agenda:
        _check_decision(command, state, target_id)
    return [
        JointReviewMinutesAdopted(
            minutes=command.minutes,
            decisions=command.decisions,
            adopted_on=business_date(command.now),
        )
    ]


def _check_decision(command: AdoptJointReviewMinutes, state: OpenSession, target_id: str) -> None:
    stances = [said.stance for (of, _), said in state.opinions.items() if of == target_id]
    members = len(state.plan.members)
    part, whole = QUORUM
    if len(stances) * whole < members * part:
        raise QuorumMissing(target_id=target_id, opinions=len(stances), members=members)
    decision = command.decisions[target_id]
    # What most members wanted explains itself; a decision against them has to be explained.
    if decision.stance not in _most_wanted(stances) and not decision.text.strip():
        raise ReasonMissing(pointer=f"/decisions/{target_id}/text")


def _most_wanted(stances: Sequence[Stance]) -> frozenset[Stance]:
    votes = Counter(stances)
    most = max(votes.values())
    return frozenset(stance for stance, count in votes.items() if count == most)


def _consults(command: JointReviewCommand) -> Sequence[Reference]:
    match command:
        case PlanJointReview(agenda=agenda):
            return [Reference("target", target_id) for target_id in agenda]
        case RecordReviewOpinion(target_id=target_id):
            return [Reference("target", target_id)]
        case AdoptJointReviewMinutes(decisions=decisions):
            return [Reference("target", target_id) for target_id in sorted(decisions)]
        case _:
            return ()


def _inform(command: JointReviewCommand, states: Sequence[object]) -> JointReviewCommand:
    match command:
        case PlanJointReview(agenda=agenda):
            known = zip(agenda, map(_as_target, states), strict=True)
            return replace(command, targets=dict(known))
        case RecordReviewOpinion():
            return replace(command, target=_as_target(states[0]))
        case AdoptJointReviewMinutes():
            wrote = (authors_of(_as_target(state)) for state in states)
            return replace(command, authors=reduce(Hands.joined, wrote, NOBODY))
        case _:
            return command


def _as_target(state: object) -> TargetState:
    if isinstance(state, Draft | InReview | ToComplete | Ready | Rejected):
        return state
    return state if isinstance(state, Approved | Adjusting | Closed) else NoTarget()


def _owner(state: JointReviewState) -> Owner | None:
    plan = plan_of(state)
    return None if plan is None else Owner(region_code=plan.region_code)


JOINT_REVIEW: Final[Decider[JointReviewCommand, JointReviewEvent, JointReviewState]] = Decider(
    category="joint_review",
    initial=NoSession(),
    commands=(PlanJointReview, OpenJointReview, RecordReviewOpinion, AdoptJointReviewMinutes),
    events={
        "JointReviewPlanned": JointReviewPlanned,
        "JointReviewOpened": JointReviewOpened,
        "JointReviewOpinionRecorded": JointReviewOpinionRecorded,
        "JointReviewMinutesAdopted": JointReviewMinutesAdopted,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.joint_review_id,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
