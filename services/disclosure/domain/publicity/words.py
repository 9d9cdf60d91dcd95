"""What may be asked of an article, and what may have happened to it."""

from dataclasses import dataclass
from datetime import date, datetime

from services.disclosure.domain.values import PressLevel


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
class SubmitArticle:
    """The article is offered to an outlet."""

    article_id: str
    outlet: str
    submitted_on: date
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


type ArticleCommand = WriteArticle | SubmitArticle | AdoptArticle | FeatureArticle


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleWritten:
    """There is an article."""

    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSubmitted:
    """An outlet has the article before it."""

    outlet: str
    submitted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAdopted:
    """One more article-time."""

    region_code: str
    adoption: Adoption


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFeatured:
    """The article stands out."""


type ArticleEvent = ArticleWritten | ArticleSubmitted | ArticleAdopted | ArticleFeatured
