"""The policy library, the ideas, trainings and publicity: lists and their statistics."""

from datetime import date
from typing import Final

from fastapi import APIRouter
from pydantic import BaseModel

from services.disclosure.api.report.figures import share
from services.disclosure.api.report.year import in_order, ratio, steps_without
from services.disclosure.api.spans import Asked
from services.disclosure.api.views import (
    AdoptionView,
    ArticleView,
    IdeaView,
    PolicyView,
    TrainingView,
)
from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.domain.values import Layer, PressLevel, Step
from services.disclosure.projections.article_register import (
    adopted_by_level,
    adoptions,
    articles,
    featured_articles,
)
from services.disclosure.projections.idea_register import ideas
from services.disclosure.projections.policy_register import (
    in_force_by_layer,
    policies,
    policies_in_force,
)
from services.disclosure.projections.training_register import trained_by_channel, trainings
from shared.http.pages import Page, PageRequest
from shared.http.reading import Reading, ReadingNow

router: Final = APIRouter()


class PolicyStatistics(BaseModel):
    """How many documents are in force, layer by layer."""

    as_of: date
    count: int
    by_layer: dict[Layer, int]


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


class TrainedByChannel(BaseModel):
    """The sessions of one channel."""

    channel: str
    label: str
    sessions: int
    person_times: int


class TrainingStatistics(BaseModel):
    """Who was reached, and how; person-times are not persons."""

    year: int
    session_count: int
    person_times: int
    channels: list[TrainedByChannel]


class PublicityStatistics(BaseModel):
    """Article-times by the level of the outlet, and the articles that stand out."""

    year: int
    total: int
    by_level: dict[PressLevel, int]
    featured: int


@router.get("/policies", operation_id="list_policies", tags=["Policies"])
async def list_policies(
    read: Reading, span: Asked, page: PageRequest, *, in_force: bool = False
) -> Page[PolicyView]:
    """The policy library; those in force add up to F03."""
    rows = policies_in_force(span) if in_force else policies(span)
    return await read.page(rows, page, into=PolicyView.model_validate)


@router.get("/policies/statistics", operation_id="get_policy_statistics", tags=["Policies"])
async def get_policy_statistics(read: ReadingNow, span: Asked) -> PolicyStatistics:
    """How many documents are in force at the end of the year, or on `as_of` before it."""
    found = dict(await read.rows(in_force_by_layer(span)))
    return PolicyStatistics(
        as_of=min(span.as_of, span.year_end),
        count=sum(found.values()),
        by_layer={layer: found.get(layer.value, 0) for layer in Layer},
    )


@router.get("/policies/step-coverage", operation_id="get_step_coverage", tags=["Policies"])
async def get_step_coverage(read: ReadingNow, span: Asked) -> StepCoverage:
    """Which documents rule which step; adds up to F04."""
    rows = await read.all(policies_in_force(span))
    missing = steps_without({step for row in rows for step in row.steps})
    labels = VOCABULARY["Step"]
    return StepCoverage(
        as_of=min(span.as_of, span.year_end),
        coverage=share(ratio(len(Step) - len(missing), len(Step))),
        steps=[
            StepView(
                step=step,
                label=labels[step.value][0],
                policies=[row.policy_id for row in rows if step.value in row.steps],
            )
            for step in Step
        ],
        steps_without_policy=list(missing),
    )


@router.get("/policies/ideas", operation_id="list_ideas", tags=["Policies"])
async def list_ideas(read: Reading, span: Asked, page: PageRequest) -> Page[IdeaView]:
    """The ideas that are declared; adds up to F43."""
    return await read.page(ideas(span), page, into=IdeaView.model_validate)


@router.get("/trainings", operation_id="list_trainings", tags=["Trainings"])
async def list_trainings(read: Reading, span: Asked, page: PageRequest) -> Page[TrainingView]:
    """The sessions that were held in the year; adds up to F40 to F42."""
    return await read.page(trainings(span), page, into=TrainingView.model_validate)


@router.get("/trainings/statistics", operation_id="get_training_statistics", tags=["Trainings"])
async def get_training_statistics(read: ReadingNow, span: Asked) -> TrainingStatistics:
    """Sessions and person-times, channel by channel."""
    found = in_order(await read.rows(trained_by_channel(span)))
    labels = VOCABULARY["TrainingChannel"]
    return TrainingStatistics(
        year=span.fiscal_year,
        session_count=sum(sessions for sessions, _ in found.values()),
        person_times=sum(people for _, people in found.values()),
        channels=[
            TrainedByChannel(
                channel=code, label=labels[code][0], sessions=sessions, person_times=people
            )
            for code, (sessions, people) in found.items()
        ],
    )


@router.get("/publicity/articles", operation_id="list_articles", tags=["Publicity"])
async def list_articles(
    read: Reading, span: Asked, page: PageRequest, *, featured: bool | None = None
) -> Page[ArticleView]:
    """The articles of the year; the featured ones add up to F39."""
    rows = articles(span, featured=featured)
    return await read.page(rows, page, into=ArticleView.model_validate)


@router.get("/publicity/adoptions", operation_id="list_adoptions", tags=["Publicity"])
async def list_adoptions(
    read: Reading, span: Asked, page: PageRequest, level: PressLevel | None = None
) -> Page[AdoptionView]:
    """The article-times of the year; adds up to F35 to F38."""
    rows = adoptions(span, level.value if level else None)
    return await read.page(rows, page, into=AdoptionView.model_validate)


@router.get("/publicity/statistics", operation_id="get_publicity_statistics", tags=["Publicity"])
async def get_publicity_statistics(read: ReadingNow, span: Asked) -> PublicityStatistics:
    """Article-times by level, and the articles that stand out."""
    found = dict(await read.rows(adopted_by_level(span)))
    return PublicityStatistics(
        year=span.fiscal_year,
        total=sum(found.values()),
        by_level={level: found.get(level.value, 0) for level in PressLevel},
        featured=await read.scalar(featured_articles(span)) or 0,
    )
