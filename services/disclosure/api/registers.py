"""The lists that figures drill down to: what was heard of targets, monitoring and evaluation."""

from enum import StrEnum
from typing import Annotated, Final

from fastapi import APIRouter, Query

from services.disclosure.api.register_views import (
    CutView,
    EvaluationView,
    ExAnteView,
    LibraryView,
    ProjectView,
    RankView,
    RecoveryView,
    RoundView,
    ScoreView,
    SelfEvaluationView,
    WarningView,
)
from services.disclosure.api.spans import Asked
from services.disclosure.projections.cut_register import cuts
from services.disclosure.projections.evaluation_register import evaluations
from services.disclosure.projections.ex_ante_register import assessments
from services.disclosure.projections.external_ranks import ranks
from services.disclosure.projections.external_scores import scores
from services.disclosure.projections.library_register import libraries
from services.disclosure.projections.project_register import projects, projects_with_target
from services.disclosure.projections.recovery_register import recoveries
from services.disclosure.projections.round_register import rounds
from services.disclosure.projections.self_evaluation_register import self_evaluations
from services.disclosure.projections.warning_register import warnings
from shared.domain.grades import Grade
from shared.http.pages import Page, PageRequest
from shared.http.reading import Reading

router: Final = APIRouter(tags=["Registers"])


class Level(StrEnum):
    """Blue is ordinary, red is important."""

    BLUE = "BLUE"
    RED = "RED"


class EvaluationKind(StrEnum):
    """Who evaluated."""

    DEPARTMENT = "DEPARTMENT"
    FINANCE = "FINANCE"


class RankedLevel(StrEnum):
    """Who was ranked."""

    REGION = "region"
    COUNTY = "county"


@router.get("/projects", operation_id="list_projects")
async def list_projects(
    read: Reading,
    span: Asked,
    page: PageRequest,
    *,
    with_target: Annotated[bool, Query(description="Only those whose target binds.")] = False,
) -> Page[ProjectView]:
    """The projects of the year; those with a target add up to F17 and F18."""
    rows = projects_with_target(span) if with_target else projects(span)
    return await read.page(rows, page, into=ProjectView.model_validate)


@router.get("/ex-ante-assessments", operation_id="list_ex_ante_assessments")
async def list_ex_ante_assessments(
    read: Reading, span: Asked, page: PageRequest, grade: Grade | None = None
) -> Page[ExAnteView]:
    """What was assessed in the year; adds up to F05 to F10."""
    rows = assessments(span, grade.value if grade else None)
    return await read.page(rows, page, into=ExAnteView.model_validate)


@router.get("/libraries", operation_id="list_libraries")
async def list_libraries(
    read: Reading,
    span: Asked,
    page: PageRequest,
    library: Annotated[str | None, Query(max_length=50)] = None,
) -> Page[LibraryView]:
    """The versions of the libraries that serve the region."""
    return await read.page(libraries(span, library), page, into=LibraryView.model_validate)


@router.get("/monitoring-rounds", operation_id="list_monitoring_rounds")
async def list_monitoring_rounds(read: Reading, span: Asked, page: PageRequest) -> Page[RoundView]:
    """The nodes of the year and the analyses before them."""
    return await read.page(rounds(span), page, into=RoundView.model_validate)


@router.get("/warnings", operation_id="list_warnings")
async def list_warnings(
    read: Reading, span: Asked, page: PageRequest, level: Level | None = None
) -> Page[WarningView]:
    """The warnings that were issued in the year."""
    rows = warnings(span, level.value if level else None)
    return await read.page(rows, page, into=WarningView.model_validate)


@router.get("/self-evaluations", operation_id="list_self_evaluations")
async def list_self_evaluations(
    read: Reading, span: Asked, page: PageRequest
) -> Page[SelfEvaluationView]:
    """The self-evaluations of the year's projects."""
    return await read.page(self_evaluations(span), page, into=SelfEvaluationView.model_validate)


@router.get("/evaluations", operation_id="list_evaluations")
async def list_evaluations(
    read: Reading, span: Asked, page: PageRequest, kind: EvaluationKind | None = None
) -> Page[EvaluationView]:
    """The department and finance evaluations of the year's projects."""
    rows = evaluations(span, kind.value if kind else None)
    return await read.page(rows, page, into=EvaluationView.model_validate)


@router.get("/recoveries", operation_id="list_recoveries")
async def list_recoveries(read: Reading, span: Asked, page: PageRequest) -> Page[RecoveryView]:
    """The recoveries that were booked in the year; adds up to F26 to F28."""
    return await read.page(recoveries(span), page, into=RecoveryView.model_validate)


@router.get("/budget-cuts", operation_id="list_budget_cuts")
async def list_budget_cuts(read: Reading, span: Asked, page: PageRequest) -> Page[CutView]:
    """The cuts in the coming budget; adds up to F29 to F31."""
    return await read.page(cuts(span), page, into=CutView.model_validate)


@router.get("/external-ranks", operation_id="list_external_ranks")
async def list_external_ranks(
    read: Reading, span: Asked, page: PageRequest, level: RankedLevel | None = None
) -> Page[RankView]:
    """The ranks that superiors gave, with their documents."""
    rows = ranks(span, level.value if level else None)
    return await read.page(rows, page, into=RankView.model_validate)


@router.get("/external-scores", operation_id="list_external_scores")
async def list_external_scores(read: Reading, span: Asked, page: PageRequest) -> Page[ScoreView]:
    """The review scores that superiors gave, with their documents."""
    return await read.page(scores(span), page, into=ScoreView.model_validate)
