"""Rankings as they were published: `/v1/rankings`, each a snapshot that never changes."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from fastapi import APIRouter, Path
from pydantic import Field
from sqlmodel import col

from services.disclosure.api.spans import Asked
from services.disclosure.api.views import Number, View
from services.disclosure.projections.ranking_register import (
    RankedRow,
    lines,
    ranking,
    rankings,
)
from shared.http.pages import Page, PageRequest
from shared.http.reading import Reading

router: Final = APIRouter(tags=["Registers"])
RankingId = Annotated[str, Path(min_length=1, max_length=200)]


class RankedKind(StrEnum):
    """Who was ranked."""

    BUDGET_UNIT = "BUDGET_UNIT"
    COUNTY = "COUNTY"


class RankingView(View):
    """A ranking as it was published. What was wrong stays, and names what took its place."""

    ranking_id: str
    region_code: str
    fiscal_year: int
    kind: str = Field(description="BUDGET_UNIT or COUNTY; empty where it was not said.")
    period: str = Field(examples=["2021"])
    subjects: int = Field(description="How many were ranked.")
    document_no: str
    published_on: date
    corrects: str = Field(description="The ranking that this one takes the place of.")
    corrected_by: str = Field(description="The ranking that took the place of this one.")


class RankedView(View):
    """A line of a ranking; equal scores share a rank."""

    ranking_id: str
    subject: str = Field(description="Code of the unit, or of the region of a county.")
    rank: int
    score: Number
    previous_rank: int | None = Field(description="In the ranking that this one corrects.")


@router.get("/rankings", operation_id="list_rankings")
async def list_rankings(
    read: Reading, span: Asked, page: PageRequest, kind: RankedKind | None = None
) -> Page[RankingView]:
    """The rankings that were published about the year, with the day of each."""
    rows = rankings(span, kind.value if kind else None)
    return await read.page(rows, page, into=RankingView.model_validate)


@router.get("/rankings/{ranking_id}", operation_id="get_ranking")
async def get_ranking(read: Reading, ranking_id: RankingId) -> RankingView:
    """One ranking: of whom, of which period, published when, and whether it still counts."""
    return RankingView.model_validate(await read.one(ranking(ranking_id)))


@router.get("/rankings/{ranking_id}/rows", operation_id="list_ranked_subjects")
async def list_ranked_subjects(
    read: Reading, ranking_id: RankingId, page: PageRequest
) -> Page[RankedView]:
    """The lines of a ranking, the best first."""
    await read.one(ranking(ranking_id))
    order = (col(RankedRow.rank), col(RankedRow.subject))
    return await read.page(lines(ranking_id), page, order=order, into=RankedView.model_validate)
