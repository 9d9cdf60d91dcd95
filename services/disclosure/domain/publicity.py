"""An article about the work: written, adopted by outlets, featured.

Article-times (篇次) are adoptions: an article that three outlets adopt counts three times.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, assert_never

from services.disclosure.domain.refusals import AdoptedBeforeWritten, ArticleUnknown, NumberTaken
from services.disclosure.domain.values import PressLevel
from shared.domain.decider import Decider, Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was written."""

    article_id: str
    region_code: str
    title: str
    author: str
    written_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """An outlet took the article over."""

    outlet: str
    level: PressLevel
    adopted_on: date
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteArticle:
    """An article was written."""

    article: Article
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptArticle:
    """Record that an outlet took the article over."""

    article_id: str
    adoption: Adoption
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureArticle:
    """The article is one that the year is remembered by."""

    article_id: str
    by: str
    now: datetime


type ArticleCommand = WriteArticle | AdoptArticle | FeatureArticle


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleWritten:
    """There is an article."""

    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAdopted:
    """One more article-time."""

    region_code: str
    adoption: Adoption


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFeatured:
    """The article stands out."""


type ArticleEvent = ArticleWritten | ArticleAdopted | ArticleFeatured


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """An article and who has adopted it."""

    article: Article | None = None
    outlets: frozenset[str] = frozenset()
    featured: bool = False


def decide(command: ArticleCommand, press: Press) -> Sequence[ArticleEvent]:
    """An outlet adopts an article once, however often it is reported."""
    match command:
        case WriteArticle(article=article):
            if press.article is None:
                return [ArticleWritten(article=article)]
            if press.article != article:
                raise NumberTaken(article_id=article.article_id)
            return []
        case AdoptArticle(adoption=adoption):
            return _adopt(adoption, press)
        case FeatureArticle():
            if press.article is None:
                raise ArticleUnknown
            return [] if press.featured else [ArticleFeatured()]
        case _:
            assert_never(command)


def _adopt(adoption: Adoption, press: Press) -> Sequence[ArticleEvent]:
    if press.article is None:
        raise ArticleUnknown
    if adoption.outlet in press.outlets:
        return []
    if adoption.adopted_on < press.article.written_on:
        raise AdoptedBeforeWritten(pointer="/adopted_on")
    return [ArticleAdopted(region_code=press.article.region_code, adoption=adoption)]


def evolve(press: Press, event: ArticleEvent) -> Press:
    """Remember the article and its outlets."""
    match event:
        case ArticleWritten(article=article):
            return Press(article=article)
        case ArticleAdopted(adoption=adoption):
            return replace(press, outlets=press.outlets | {adoption.outlet})
        case ArticleFeatured():
            return replace(press, featured=True)
        case _:
            assert_never(event)


def _identify(command: ArticleCommand) -> str:
    if isinstance(command, WriteArticle):
        return command.article.article_id
    return command.article_id


def _owner(press: Press) -> Owner | None:
    return Owner(region_code=press.article.region_code) if press.article else None


decider: Final[Decider[ArticleCommand, ArticleEvent, Press]] = Decider(
    category="article",
    initial=Press(),
    commands=(WriteArticle, AdoptArticle, FeatureArticle),
    events={
        "ArticleWritten": ArticleWritten,
        "ArticleAdopted": ArticleAdopted,
        "ArticleFeatured": ArticleFeatured,
    },
    decide=decide,
    evolve=evolve,
    identify=_identify,
    owner=_owner,
)
