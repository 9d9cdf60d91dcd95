"""Asked of joint reviews."""

from typing import Final

from services.targets.api.joint_review_schemas import (
    MinutesBody,
    OpinionOfMemberBody,
    PlanJointReviewBody,
)
from services.targets.api.translation import asker
from services.targets.domain.commands.joint_review import (
    AdoptJointReviewMinutes,
    OpenJointReview,
    PlanJointReview,
    RecordReviewOpinion,
)
from services.targets.domain.joint_review_words import Decision, Member
from shared.http.commands import Asked, CommandEndpoint


def plan_joint_review(asked: Asked, body: PlanJointReviewBody) -> PlanJointReview:
    """Call several sections and experts together on some targets of a region and year."""
    return PlanJointReview(
        joint_review_id=body.joint_review_id,
        region_code=body.region_code,
        fiscal_year=body.fiscal_year,
        held_on=body.held_on,
        agenda=body.agenda,
        members=tuple(
            Member(person=_known_as(asked, one.person), seat=one.seat, of=one.of)
            for one in body.members
        ),
        chair=_known_as(asked, body.chair),
        asker=asker(asked),
        by=asked.actor,
        now=asked.now,
    )


def open_joint_review(asked: Asked, joint_review_id: str) -> OpenJointReview:
    """Let the session begin: from now on its members give their opinions."""
    return OpenJointReview(joint_review_id=joint_review_id, by=asked.actor, now=asked.now)


def record_review_opinion(
    asked: Asked, joint_review_id: str, body: OpinionOfMemberBody
) -> RecordReviewOpinion:
    """Say, as a member, what one thinks of a target. Saying it anew replaces it."""
    return RecordReviewOpinion(
        joint_review_id=joint_review_id,
        target_id=body.target_id,
        stance=body.stance,
        text=body.text,
        points=dict(body.points),
        by=asked.actor,
        now=asked.now,
    )


def adopt_joint_review_minutes(
    asked: Asked, joint_review_id: str, body: MinutesBody
) -> AdoptJointReviewMinutes:
    """End the session, as its chair, with the minutes and a decision for every target."""
    return AdoptJointReviewMinutes(
        joint_review_id=joint_review_id,
        minutes=body.minutes,
        decisions={
            target_id: Decision(stance=one.stance, text=one.text)
            for target_id, one in body.decisions.items()
        },
        by=asked.actor,
        now=asked.now,
    )


def _known_as(asked: Asked, person: str) -> str:
    """The identity a person of the same issuer has here: issuer and subject."""
    issuer, _, _ = asked.actor.partition("|")
    return f"{issuer}|{person}"


_TAG: Final = "Joint reviews"
_ONE: Final = "/joint-reviews/{joint_review_id}"

JOINT_REVIEW_COMMANDS: Final = (
    CommandEndpoint(
        path="/joint-reviews",
        translate=plan_joint_review,
        tag=_TAG,
        creates=True,
        example={
            "joint_review_id": "HS2021.01",
            "region_code": "653101",
            "fiscal_year": 2021,
            "held_on": "2021-01-20",
            "agenda": ["65310121A00001-2021"],
            "members": [
                {"person": "wang", "seat": "SECTION", "of": "绩效科"},
                {"person": "li", "seat": "SECTION", "of": "教科文科"},
                {"person": "zhang", "seat": "EXPERT", "of": "教育工程"},
            ],
            "chair": "wang",
        },
    ),
    CommandEndpoint(path=f"{_ONE}/open", translate=open_joint_review, tag=_TAG),
    CommandEndpoint(
        path=f"{_ONE}/record-opinion",
        translate=record_review_opinion,
        tag=_TAG,
        example={
            "target_id": "65310121A00001-2021",
            "stance": "AMEND",
            "text": "数量指标应按学校所数分解。",
        },
    ),
    CommandEndpoint(
        path=f"{_ONE}/adopt-minutes",
        translate=adopt_joint_review_minutes,
        tag=_TAG,
        example={
            "minutes": "会审认为目标总体合理。",
            "decisions": {"65310121A00001-2021": {"stance": "SUPPORT"}},
        },
    ),
)
