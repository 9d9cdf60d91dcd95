"""A joint review of the stories: two sections and an expert on one target."""

from datetime import date
from typing import Any, Final

from services.targets.domain.commands.joint_review import (
    AdoptJointReviewMinutes,
    OpenJointReview,
    PlanJointReview,
    RecordReviewOpinion,
)
from services.targets.domain.joint_review import JOINT_REVIEW
from services.targets.domain.joint_review_words import Decision, Member, Seat, Stance
from shared.testing.spec import Spec
from tests.targets.stories import GRADER, NOW, REGION_CODE, YEAR, checked

SESSION: Final = "HS2021.01"
TARGET_ID: Final = "P1-2021"
joint_review = Spec(JOINT_REVIEW)

plan_session = PlanJointReview(
    joint_review_id=SESSION,
    region_code=REGION_CODE,
    fiscal_year=YEAR,
    held_on=date(2021, 3, 5),
    agenda=(TARGET_ID,),
    members=(
        Member(person="p", seat=Seat.SECTION, of="绩效科"),
        Member(person="e", seat=Seat.SECTION, of="教科文科"),
        Member(person="x", seat=Seat.EXPERT, of="教育工程"),
    ),
    chair="p",
    by=GRADER,
    now=NOW,
)
open_session = OpenJointReview(joint_review_id=SESSION, by=GRADER, now=NOW)
adopt_minutes = AdoptJointReviewMinutes(
    joint_review_id=SESSION,
    minutes="会审认为目标总体合理。",
    decisions={TARGET_ID: Decision(stance=Stance.SUPPORT, text="")},
    by="p",
    now=NOW,
)


def opinion(by: str, stance: Stance = Stance.SUPPORT, text: str = "") -> RecordReviewOpinion:
    """What a member says of the target."""
    return RecordReviewOpinion(
        joint_review_id=SESSION,
        target_id=TARGET_ID,
        stance=stance,
        text=text,
        points={},
        by=by,
        now=NOW,
    )


def planned() -> Any:  # noqa: ANN401 - a story
    """A session that was called."""
    return joint_review.knowing(checked().state).after(plan_session)


def sitting(*opinions: RecordReviewOpinion) -> Any:  # noqa: ANN401 - a story
    """A session in which these opinions were given."""
    opened = joint_review.given(*planned().facts).after(open_session)
    return opened.knowing(checked().state).after(*opinions)


def concluded() -> Any:  # noqa: ANN401 - a story
    """A session that supports the target, with one voice for amending it."""
    said = opinion("p"), opinion("e", Stance.AMEND, "数量指标应分解"), opinion("x")
    return sitting(*said).after(adopt_minutes)
