"""What lists and pages of policies, ideas, trainings and articles show."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from pydantic import BaseModel, Field

from services.disclosure.api.views import View
from services.disclosure.domain.values import Layer, PressLevel, Step
from services.disclosure.projections.article_register import (
    AdoptionRow,
    ArticleRow,
    SubmissionRow,
)
from services.disclosure.projections.policy_questions import PolicyStatus, status_on
from services.disclosure.projections.policy_register import (
    PolicyRow,
    PolicyStepRow,
    PolicyVersionRow,
)
from services.disclosure.projections.training_register import TrainingCorrectionRow, TrainingRow


class PolicyView(View):
    """A policy document as it is on a day: its state, and the steps that it rules."""

    policy_id: str
    region_code: str
    layer: str
    title: str
    document_no: str
    issuer: str
    origin: str
    steps: list[str] = Field(default=[], examples=[["TARGET"]])
    status: str = Field(examples=["EFFECTIVE"])
    text_sha256: str
    supersedes: list[str]
    issued_on: date | None
    effective_on: date | None
    amended_on: date | None
    ended_on: date | None
    superseded_by: str | None
    end_reason: str
    version: int

    @classmethod
    def of(cls, row: PolicyRow, steps: Sequence[str], day: date) -> Self:
        """A row with what it rules and what it is on the day."""
        known = row.model_dump(include=set(cls.model_fields))
        return cls(**known, steps=list(steps), status=status_on(row, day).value)


class PolicyVersionView(BaseModel):
    """A text of a document, and the first day on which it binds."""

    number: int
    effective_on: date
    text_sha256: str
    summary: str


class PolicyMappingView(BaseModel):
    """From this day on the document rules the step, or no longer."""

    step: Step
    from_on: date | None = Field(description="Empty: since the document is in force.")
    ruled: bool


class PolicyDetail(PolicyView):
    """A document with every version, and every change of what it rules."""

    versions: list[PolicyVersionView] = Field(default=[])
    mappings: list[PolicyMappingView] = Field(default=[])

    @classmethod
    def whole(
        cls,
        shown: PolicyView,
        versions: Sequence[PolicyVersionRow],
        mappings: Sequence[PolicyStepRow],
    ) -> Self:
        """Everything that is known of it; versions are counted from 1."""
        return cls(
            **shown.model_dump(),
            versions=[
                PolicyVersionView(**{**row.model_dump(), "number": number})
                for number, row in enumerate(versions, start=1)
            ],
            mappings=list(_changes(mappings)),
        )


def _changes(rows: Sequence[PolicyStepRow]) -> Sequence[PolicyMappingView]:
    """Only what changes something: a step that was never ruled is not told of."""
    found: list[PolicyMappingView] = []
    ruled: dict[str, bool] = {}
    for row in rows:
        if ruled.get(row.step, False) != row.ruled:
            day = None if row.from_on.year == 1 else row.from_on
            found.append(PolicyMappingView(step=Step(row.step), from_on=day, ruled=row.ruled))
        ruled[row.step] = row.ruled
    return found


class PolicyStatistics(BaseModel):
    """How many documents are in force, layer by layer."""

    as_of: date
    count: int
    by_layer: dict[Layer, int]
    by_status: dict[PolicyStatus, int] = Field(description="Of every document, on the same day.")


class StepView(BaseModel):
    """A step of the process and the documents in force that rule it."""

    step: Step
    label: str
    policies: list[str]


class StepCoverage(BaseModel):
    """Every link of the chain has a rule, or is listed here as having none."""

    as_of: date
    coverage: str
    steps: list[StepView]
    steps_without_policy: list[Step]


class IdeaView(View):
    """An idea that is declared."""

    idea_id: str
    region_code: str
    text: str
    text_en: str
    declared_on: date
    version: int


class TrainingView(View):
    """A session that was held; the sign-in sheet itself stays with the office."""

    session_id: str
    region_code: str
    topic: str
    channel: str
    trainer: str
    status: str
    planned_on: date
    held_on: date | None
    units: int
    person_times: int
    sheet_sha256: str
    version: int


class CorrectionOfTraining(View):
    """What the attendance was changed to, and why."""

    units: int
    person_times: int
    sheet_sha256: str
    reason: str
    corrected_on: date


class TrainingDetail(TrainingView):
    """A session with the units that came and every correction."""

    unit_codes: list[str] = Field(default=[])
    corrections: list[CorrectionOfTraining] = Field(default=[])

    @classmethod
    def whole(cls, row: TrainingRow, corrections: Sequence[TrainingCorrectionRow]) -> Self:
        """Everything that is known of it."""
        told = [CorrectionOfTraining.model_validate(one) for one in corrections]
        return cls(**row.model_dump(include=set(cls.model_fields)), corrections=told)


class TrainedByChannel(BaseModel):
    """The sessions of one channel."""

    channel: str
    label: str
    sessions: int
    person_times: int


class TrainingStatistics(BaseModel):
    """Who was reached, and how; person-times are not persons, unit-times are not units."""

    year: int
    session_count: int
    person_times: int
    unit_times: int
    closed: int = Field(description="Sessions whose attendance is closed with a sign-in sheet.")
    channels: list[TrainedByChannel]


class AdoptionView(View):
    """One article-time."""

    article_id: str
    outlet: str
    region_code: str
    level: str
    adopted_on: date
    link: str


class SubmissionView(View):
    """An outlet was offered the article."""

    outlet: str
    submitted_on: date


class ArticleView(View):
    """An article about the work, how far it has come, and how often it was adopted."""

    article_id: str
    region_code: str
    title: str
    author: str
    written_on: date
    featured: bool
    status: str = Field(default="WRITTEN", examples=["ADOPTED"])
    article_times: int = 0
    version: int

    @classmethod
    def of(
        cls,
        row: ArticleRow,
        adoptions: Sequence[AdoptionRow],
        submissions: Sequence[SubmissionRow],
    ) -> Self:
        """A row with what outlets did; further than adopted it does not go."""
        offered = "SUBMITTED" if submissions else "WRITTEN"
        return cls(
            **row.model_dump(include=set(cls.model_fields)),
            status="ADOPTED" if adoptions else offered,
            article_times=len(adoptions),
        )


class ArticleDetail(ArticleView):
    """An article with whom it was offered to and who adopted it."""

    submissions: list[SubmissionView] = Field(default=[])
    adoptions: list[AdoptionView] = Field(default=[])


class PublicityStatistics(BaseModel):
    """Article-times by the level of the outlet, and the articles that stand out."""

    year: int
    total: int
    by_level: dict[PressLevel, int]
    featured: int
