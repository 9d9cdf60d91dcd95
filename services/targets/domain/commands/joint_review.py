"""What may be asked of a joint review session."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from services.targets.domain.asker import Asker
from services.targets.domain.joint_review_words import Decision, Member, Stance
from services.targets.domain.target_states import TargetState
from services.targets.domain.values import ReviewItem
from shared.domain.hands import NOBODY, Hands


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanJointReview:
    """Call a session of several sections and experts on some targets."""

    joint_review_id: str
    region_code: str
    fiscal_year: int
    held_on: date
    agenda: tuple[str, ...]
    members: tuple[Member, ...]
    chair: str
    by: str
    now: datetime
    asker: Asker | None = None
    targets: Mapping[str, TargetState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenJointReview:
    """Let the session begin."""

    joint_review_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReviewOpinion:
    """Say what one thinks of a target; points are given for all eight items or for none."""

    joint_review_id: str
    target_id: str
    stance: Stance
    text: str
    points: dict[ReviewItem, Decimal]
    by: str
    now: datetime
    target: TargetState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptJointReviewMinutes:
    """The chair ends the session with a decision on each target; `authors` wrote one of them."""

    joint_review_id: str
    minutes: str
    decisions: dict[str, Decision]
    by: str
    now: datetime
    authors: Hands = NOBODY


type JointReviewCommand = (
    PlanJointReview | OpenJointReview | RecordReviewOpinion | AdoptJointReviewMinutes
)
