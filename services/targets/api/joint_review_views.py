"""What a reader of joint reviews is shown."""

from datetime import date

from pydantic import Field

from services.targets.api.views import Unfolded, Unfoldeds, View


class OpinionView(View):
    """What a member said of a target."""

    target_id: str
    member: str
    stance: str
    text: str
    points: Unfolded = Field(validation_alias="points_json")


class JointReviewView(View):
    """A session of several sections and experts."""

    joint_review_id: str
    region_code: str
    fiscal_year: int
    status: str
    held_on: date
    agenda: Unfoldeds = Field(validation_alias="agenda_json")
    members: Unfoldeds = Field(validation_alias="members_json")
    chair: str
    opened_on: date | None
    minutes: str
    decisions: Unfolded = Field(validation_alias="decisions_json")
    adopted_on: date | None


class JointReviewMinutes(JointReviewView):
    """A session with everything its members said."""

    opinions: list[OpinionView] = Field(default_factory=list)


class SessionOnTarget(View):
    """What a session said of one target: each opinion, and the decision they led to."""

    joint_review_id: str
    held_on: date
    chair: str
    decision: Unfolded
    opinions: list[OpinionView]
