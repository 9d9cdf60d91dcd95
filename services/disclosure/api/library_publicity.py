"""Publicity: articles and article-times, which are adoptions."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Path

from services.disclosure.api.library_views import (
    AdoptionView,
    ArticleDetail,
    ArticleView,
    PublicityStatistics,
    SubmissionView,
)
from services.disclosure.api.spans import Asked
from services.disclosure.domain.values import PressLevel
from services.disclosure.projections.article_register import (
    AdoptionRow,
    ArticleRow,
    SubmissionRow,
    adopted_by_level,
    adoptions,
    adoptions_of,
    article,
    articles,
    featured_articles,
    submissions_of,
)
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Publicity"])


@router.get("/publicity/articles", operation_id="list_articles")
async def list_articles(
    read: Reading, span: Asked, page: PageRequest, *, featured: bool | None = None
) -> Page[ArticleView]:
    """The articles of the year; the featured ones add up to F39."""
    found = await read.page(articles(span, featured=featured), page)
    return Page[ArticleView](items=await _shown(read, found.items), next=found.next)


@router.get("/publicity/articles/{article_id}", operation_id="get_article")
async def get_article(
    read: Reading, article_id: Annotated[str, Path(min_length=1, max_length=100)]
) -> ArticleDetail:
    """An article with whom it was offered to and who adopted it."""
    row: ArticleRow = await read.one(article(article_id))
    read.tag(row.version)
    adopted = await read.all(adoptions_of([article_id]))
    offered = await read.all(submissions_of([article_id]))
    return ArticleDetail(
        **ArticleView.of(row, adopted, offered).model_dump(),
        submissions=[SubmissionView.model_validate(one) for one in offered],
        adoptions=[AdoptionView.model_validate(one) for one in adopted],
    )


@router.get("/publicity/adoptions", operation_id="list_adoptions")
async def list_adoptions(
    read: Reading, span: Asked, page: PageRequest, level: PressLevel | None = None
) -> Page[AdoptionView]:
    """The article-times of the year; adds up to F35 to F38."""
    rows = adoptions(span, level.value if level else None)
    return await read.page(rows, page, into=AdoptionView.model_validate)


@router.get("/publicity/statistics", operation_id="get_publicity_statistics")
async def get_publicity_statistics(read: Reading, span: Asked) -> PublicityStatistics:
    """Article-times by level, and the articles that stand out."""
    found = dict(await read.rows(adopted_by_level(span)))
    return PublicityStatistics(
        year=span.fiscal_year,
        total=sum(found.values()),
        by_level={level: found.get(level.value, 0) for level in PressLevel},
        featured=await read.scalar(featured_articles(span)) or 0,
    )


async def _shown(read: Read, rows: Sequence[ArticleRow]) -> list[ArticleView]:
    ids = [row.article_id for row in rows]
    adopted: dict[str, list[AdoptionRow]] = defaultdict(list)
    offered: dict[str, list[SubmissionRow]] = defaultdict(list)
    for adoption in await read.all(adoptions_of(ids)):
        adopted[adoption.article_id].append(adoption)
    for submission in await read.all(submissions_of(ids)):
        offered[submission.article_id].append(submission)
    return [ArticleView.of(row, adopted[row.article_id], offered[row.article_id]) for row in rows]
