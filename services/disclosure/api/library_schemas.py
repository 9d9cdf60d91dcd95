"""Bodies of commands about policies, ideas, trainings and articles: strict, a typo is a 422."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from services.disclosure.api.schemas import NUMBER, REGION_CODE, TEXT_MAX, Body, Count, Text
from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.domain.policy import PolicyOrigin
from services.disclosure.domain.values import Layer, PressLevel, Step, TrainingChannel
from services.disclosure.projections.policy_questions import PolicyStatus
from shared.contracts.fields import Day

UNITS_MAX = 2_000
SUPERSEDES_MAX = 50

Sha256 = Annotated[
    str,
    Field(pattern=r"^([0-9a-f]{64})?$", description="SHA-256 of the file, in hex; empty: none."),
]
Number = Annotated[str, NUMBER]
PersonTimes = Annotated[int, Field(ge=1, le=10_000_000)]
_CHANNELS = {labels[0]: code for code, labels in VOCABULARY["TrainingChannel"].items()}


def _channel_code(value: object) -> object:
    """Forms carry the official label; it is read as its code."""
    return _CHANNELS.get(value, value) if isinstance(value, str) else value


Channel = Annotated[TrainingChannel, BeforeValidator(_channel_code)]


class DraftPolicyBody(Body):
    """A policy document and the steps that it rules; one that is in force already is IMPORTED."""

    policy_id: str = NUMBER
    region_code: str = REGION_CODE
    layer: Layer
    title: Text
    document_no: str = Field(min_length=1, max_length=100)
    issuer: str = Field(min_length=1, max_length=200)
    steps: list[Step] = Field(min_length=1, max_length=len(Step))
    text_sha256: Sha256 = ""
    supersedes: list[Number] = Field(default=[], max_length=SUPERSEDES_MAX)
    origin: PolicyOrigin = PolicyOrigin.DRAFTED


class RevisePolicyBody(Body):
    """What the draft says now; number and issuer stay."""

    layer: Layer
    title: Text
    steps: list[Step] = Field(min_length=1, max_length=len(Step))
    text_sha256: Sha256 = ""
    supersedes: list[Number] = Field(default=[], max_length=SUPERSEDES_MAX)


class ReviewPolicyLegalityBody(Body):
    """Whether the draft is lawful."""

    passed: bool
    opinion: Text = Field(examples=["与上位法一致"])


class IssuePolicyBody(Body):
    """From when it binds."""

    issued_on: Day
    effective_on: Day


class RecordPolicyBody(Body):
    """A row of the list of documents (制度清单): one that was issued elsewhere, with its days."""

    policy_id: str = NUMBER
    region_code: str = REGION_CODE
    layer: Layer
    title: Text
    document_no: str = Field(min_length=1, max_length=100)
    issuer: str = Field(min_length=1, max_length=200)
    issued_on: Day | None = None
    effective_on: Day | None = None
    steps: list[Step] = Field(min_length=1, max_length=len(Step))
    status: PolicyStatus | None = None
    ended_on: Day | None = None
    superseded_by: str = Field(default="", max_length=100, pattern=r"^[A-Za-z0-9._-]*$")
    end_reason: str = Field(default="", max_length=TEXT_MAX)
    text_sha256: Sha256 = ""


class AmendPolicyBody(Body):
    """What it rules from now on."""

    steps: list[Step] = Field(min_length=1, max_length=len(Step))
    summary: Text
    effective_on: Day
    text_sha256: Sha256 = ""


class MapPolicyStepBody(Body):
    """A step, and the day from which that holds."""

    step: Step
    from_on: Day


class SupersedePolicyBody(Body):
    """What binds in its place, and the first day on which it does not."""

    superseded_by: str = NUMBER
    ends_on: Day


class RepealPolicyBody(Body):
    """Why it ends, and the first day on which it does not bind."""

    reason: Text
    ends_on: Day


class DeclareIdeaBody(Body):
    """An idea in the region's own words."""

    idea_id: str = NUMBER
    region_code: str = REGION_CODE
    text: Text = Field(examples=["花钱必问效，无效必问责"])
    text_en: str = Field(default="", max_length=TEXT_MAX)
    declared_on: Day


class DropIdeaBody(Body):
    """From when it is no longer declared."""

    dropped_on: Day


class PlanTrainingBody(Body):
    """A session; the channel is a code or its official label."""

    session_id: str = NUMBER
    region_code: str = REGION_CODE
    topic: Text
    channel: Channel
    trainer: str = Field(default="", max_length=200)
    planned_on: Day


class HoldTrainingBody(Body):
    """Who came: who comes twice counts twice."""

    held_on: Day
    units: Count = 0
    person_times: PersonTimes


class AttendanceBody(Body):
    """Who came, by the sign-in sheet; its names stay with the office, its hash is kept."""

    units: Count
    person_times: PersonTimes
    sheet_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    unit_codes: list[Annotated[str, Field(min_length=1, max_length=40)]] = Field(
        default=[], max_length=UNITS_MAX
    )


class CorrectTrainingBody(AttendanceBody):
    """Who came in truth, and why it was counted otherwise."""

    reason: Text


class CallOffTrainingBody(Body):
    """Why it does not take place."""

    reason: Text


class RecordTrainingBody(Body):
    """A row of the list of trainings (培训台账): a session that was held."""

    session_id: str = NUMBER
    region_code: str = REGION_CODE
    held_on: Day
    planned_on: Day | None = None
    topic: Text
    channel: Channel
    trainer: str = Field(default="", max_length=200)
    units: Count = 0
    person_times: PersonTimes
    sheet_sha256: Sha256 = ""


class WriteArticleBody(Body):
    """An article about the work."""

    article_id: str = NUMBER
    region_code: str = REGION_CODE
    title: Text
    author: str = Field(default="", max_length=200)
    written_on: Day


class SubmitArticleBody(Body):
    """Which outlet has it before it, since when."""

    outlet: str = Field(min_length=1, max_length=200, examples=["中国财经报网"])
    submitted_on: Day


class AdoptArticleBody(Body):
    """An outlet took the article over."""

    outlet: str = Field(min_length=1, max_length=200, examples=["中国财经报网"])
    level: PressLevel
    adopted_on: Day
    link: str = Field(default="", max_length=TEXT_MAX)


class RecordArticleBody(Body):
    """A row of the list of publicity (宣传台账): an article, and one adoption if there is one."""

    article_id: str = NUMBER
    region_code: str = REGION_CODE
    title: Text
    author: str = Field(default="", max_length=200)
    written_on: Day
    outlet: str = Field(default="", max_length=200)
    level: PressLevel | None = None
    adopted_on: Day | None = None
    link: str = Field(default="", max_length=TEXT_MAX)
    featured: bool = False
