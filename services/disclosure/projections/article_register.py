"""Articles about the work, and every outlet that adopted one."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import Field, col, func, or_, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.disclosure.domain.publicity import (
    ArticleAdopted,
    ArticleFeatured,
    ArticleSubmitted,
    ArticleWritten,
)
from services.disclosure.projections import Table
from services.disclosure.projections.span import Span
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class ArticleRow(Table, table=True):
    """An article; who adopted it is told by its adoptions."""

    __tablename__ = "article_register"

    article_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    title: str
    author: str
    written_on: date
    featured: bool = False
    version: int


class AdoptionRow(Table, table=True):
    """One article-time (篇次)."""

    __tablename__ = "article_adoptions"

    article_id: str = Field(primary_key=True)
    outlet: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    level: str
    adopted_on: date
    link: str = ""


class SubmissionRow(Table, table=True):
    """An article is offered to an outlet."""

    __tablename__ = "article_submissions"

    article_id: str = Field(primary_key=True)
    outlet: str = Field(primary_key=True)
    submitted_on: date


def _project(recorded: AnyRecorded) -> Iterable[Change]:
    match recorded.event:
        case ArticleWritten(article=article):
            yield Put(
                ArticleRow,
                {
                    "article_id": article.article_id,
                    "region_code": article.region_code,
                    "title": article.title,
                    "author": article.author,
                    "written_on": article.written_on,
                    "version": recorded.version,
                },
            )
        case ArticleAdopted(region_code=region_code, adoption=adoption):
            yield Put(
                AdoptionRow,
                {
                    "article_id": recorded.id,
                    "outlet": adoption.outlet,
                    "region_code": region_code,
                    "level": adoption.level.value,
                    "adopted_on": adoption.adopted_on,
                    "link": adoption.link,
                },
            )
            yield Set(ArticleRow, {"article_id": recorded.id}, {"version": recorded.version})
        case ArticleSubmitted(outlet=outlet, submitted_on=day):
            offered = {"article_id": recorded.id, "outlet": outlet, "submitted_on": day}
            yield Put(SubmissionRow, offered)
            yield Set(ArticleRow, {"article_id": recorded.id}, {"version": recorded.version})
        case ArticleFeatured():
            values = {"featured": True, "version": recorded.version}
            yield Set(ArticleRow, {"article_id": recorded.id}, values)
        case _:
            return


article_register = Projection(
    name="article_register",
    tables=(ArticleRow, AdoptionRow, SubmissionRow),
    project=_project,
)


def articles(span: Span, *, featured: bool | None = None) -> SelectOfScalar[ArticleRow]:
    """The articles that were written in the year."""
    rows = select(ArticleRow).where(
        span.regions(ArticleRow.region_code), span.in_year(ArticleRow.written_on)
    )
    return rows if featured is None else rows.where(ArticleRow.featured == featured)


def adoptions(span: Span, level: str | None = None) -> SelectOfScalar[AdoptionRow]:
    """The article-times of the year."""
    rows = select(AdoptionRow).where(
        span.regions(AdoptionRow.region_code), span.in_year(AdoptionRow.adopted_on)
    )
    return rows if level is None else rows.where(AdoptionRow.level == level)


def adopted_by_level(span: Span) -> Select[str, int]:
    """Article-times by the level of the outlet."""
    return (
        select(AdoptionRow.level, func.count())
        .where(span.regions(AdoptionRow.region_code), span.in_year(AdoptionRow.adopted_on))
        .group_by(col(AdoptionRow.level))
    )


def featured_articles(span: Span) -> SelectOfScalar[int]:
    """How many articles of the year stand out."""
    return (
        select(func.count())
        .select_from(ArticleRow)
        .where(
            span.regions(ArticleRow.region_code),
            span.in_year(ArticleRow.written_on),
            ArticleRow.featured,
        )
    )


def article(article_id: str) -> SelectOfScalar[ArticleRow]:
    """One article."""
    return select(ArticleRow).where(ArticleRow.article_id == article_id)


def adoptions_of(article_ids: Sequence[str]) -> SelectOfScalar[AdoptionRow]:
    """Who adopted these articles, in the order of the days."""
    rows = select(AdoptionRow).where(col(AdoptionRow.article_id).in_(article_ids))
    return rows.order_by(col(AdoptionRow.adopted_on), col(AdoptionRow.outlet))


def submissions_of(article_ids: Sequence[str]) -> SelectOfScalar[SubmissionRow]:
    """Whom these articles were offered to, in the order of the days."""
    rows = select(SubmissionRow).where(col(SubmissionRow.article_id).in_(article_ids))
    return rows.order_by(col(SubmissionRow.submitted_on), col(SubmissionRow.outlet))


def articles_told(span: Span) -> SelectOfScalar[ArticleRow]:
    """The articles of the year's list: written or adopted in it."""
    adopted = select(AdoptionRow.article_id).where(span.in_year(AdoptionRow.adopted_on))
    return select(ArticleRow).where(
        span.regions(ArticleRow.region_code),
        or_(span.in_year(ArticleRow.written_on), col(ArticleRow.article_id).in_(adopted)),
    )
