"""What may have happened to a joint review session."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from services.targets.domain.joint_review_words import Decision, Member, Stance
from services.targets.domain.values import ReviewItem


@dataclass(frozen=True, slots=True, kw_only=True)
class JointReviewPlanned:
    """A session was called: on a day, with an agenda of targets, members and a chair."""

    joint_review_id: str
    region_code: str
    fiscal_year: int
    held_on: date
    agenda: tuple[str, ...]
    members: tuple[Member, ...]
    chair: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JointReviewOpened:
    """The session sits; its members give their opinions."""

    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class JointReviewOpinionRecorded:
    """What one member says of one target, in place of what they said before."""

    target_id: str
    member: str
    stance: Stance
    text: str
    points: dict[ReviewItem, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class JointReviewMinutesAdopted:
    """The chair adopted the minutes, with a decision on every target of the agenda."""

    minutes: str
    decisions: dict[str, Decision]
    adopted_on: date


type JointReviewEvent = (
    JointReviewPlanned | JointReviewOpened | JointReviewOpinionRecorded | JointReviewMinutesAdopted
)
