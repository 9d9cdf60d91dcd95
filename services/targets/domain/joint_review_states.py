"""Where a joint review session stands, and how each fact moves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from services.targets.domain.events.joint_review import (
    JointReviewEvent,
    JointReviewMinutesAdopted,
    JointReviewOpened,
    JointReviewOpinionRecorded,
    JointReviewPlanned,
)


@dataclass(frozen=True, slots=True)
class NoSession:
    """Nobody has called it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """It has been called."""

    plan: JointReviewPlanned


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """It sits. Opinions are kept by target and member; the last one of each counts."""

    plan: JointReviewPlanned
    opinions: Mapping[tuple[str, str], JointReviewOpinionRecorded] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludedSession:
    """Its minutes are adopted."""

    session: OpenSession
    adopted: JointReviewMinutesAdopted


type JointReviewState = NoSession | PlannedSession | OpenSession | ConcludedSession


def plan_of(state: JointReviewState) -> JointReviewPlanned | None:
    """Who sits in it, on what."""
    match state:
        case NoSession():
            return None
        case PlannedSession() | OpenSession():
            return state.plan
        case ConcludedSession(session=session):
            return session.plan


def evolve(state: JointReviewState, event: JointReviewEvent) -> JointReviewState:
    """The session after this. History is believed: what does not fit changes nothing."""
    match event, state:
        case JointReviewPlanned(), _:
            return PlannedSession(plan=event)
        case JointReviewOpened(), PlannedSession(plan=plan):
            return OpenSession(plan=plan)
        case JointReviewOpinionRecorded(target_id=target_id, member=member), OpenSession():
            said = {**state.opinions, (target_id, member): event}
            return replace(state, opinions=said)
        case JointReviewMinutesAdopted(), OpenSession():
            return ConcludedSession(session=state, adopted=event)
        case (
            (JointReviewOpened() | JointReviewOpinionRecorded() | JointReviewMinutesAdopted()),
            _,
        ):
            return state
    assert_never(event)
