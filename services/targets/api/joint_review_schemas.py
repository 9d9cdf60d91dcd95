"""What a request about a joint review may say."""

from typing import Annotated

from pydantic import Field

from services.targets.api.schemas import Body, Code, Name, Points, Text, Year
from services.targets.domain.joint_review_words import Seat, Stance
from services.targets.domain.values import ReviewItem
from shared.contracts.fields import Day

AGENDA_MAX = 40
MEMBERS_MAX = 30

TargetId = Annotated[
    str, Field(pattern=r"^[0-9A-Za-z_.]{1,40}-[0-9]{4}$", examples=["65310121A00001-2021"])
]
Person = Annotated[
    str,
    Field(min_length=1, max_length=200, description="The subject of the person's access token."),
]


class MemberBody(Body):
    """A person with a seat; `of` names the section or the expert's field."""

    person: Person
    seat: Seat
    of: Name


class PlanJointReviewBody(Body):
    """The number the office gives the session, and who reviews what, when."""

    joint_review_id: Code
    region_code: Code
    fiscal_year: Year
    held_on: Day
    agenda: Annotated[tuple[TargetId, ...], Field(max_length=AGENDA_MAX)]
    members: Annotated[tuple[MemberBody, ...], Field(max_length=MEMBERS_MAX)]
    chair: Person


class OpinionOfMemberBody(Body):
    """What one thinks of a target. Points are given for all eight items or for none."""

    target_id: TargetId
    stance: Stance
    text: Text = ""
    points: dict[ReviewItem, Points] = Field(default_factory=dict)


class DecisionBody(Body):
    """What the session decided on a target; against most members it needs a reason."""

    stance: Stance
    text: Text = ""


class MinutesBody(Body):
    """The minutes, with a decision for every target of the agenda."""

    minutes: Annotated[str, Field(max_length=20_000)]
    decisions: Annotated[dict[TargetId, DecisionBody], Field(max_length=AGENDA_MAX)]
