"""An article about the work: written, submitted, adopted by outlets, featured.

WRITTEN → SUBMITTED → ADOPTED(outlet, level, date)* (`domain` §3.12). Article-times (篇次) are
adoptions: an article that three outlets adopt counts three times, and never twice for one
outlet. An outlet may take over what nobody offered it.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, assert_never

from services.disclosure.domain.publicity.refusals import (
    AdoptedBeforeSubmitted,
    OutletAdoptedAlready,
    OutletOfferedAlready,
    SubmittedBeforeWritten,
)
from services.disclosure.domain.publicity.words import (
    AdoptArticle,
    Adoption,
    Article,
    ArticleAdopted,
    ArticleCommand,
    ArticleEvent,
    ArticleFeatured,
    ArticleSubmitted,
    ArticleWritten,
    FeatureArticle,
    SubmitArticle,
    WriteArticle,
)
from services.disclosure.domain.refusals import AdoptedBeforeWritten, ArticleUnknown, NumberTaken
from shared.domain.decider import Decider, Owner

__all__ = [
    "AdoptArticle",
    "Adoption",
    "Article",
    "ArticleAdopted",
    "ArticleEvent",
    "ArticleFeatured",
    "ArticleSubmitted",
    "ArticleWritten",
    "FeatureArticle",
    "Press",
    "SubmitArticle",
    "WriteArticle",
    "decide",
    "decider",
    "evolve",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """An article, which outlets were offered it and which have adopted it, by folded name."""

    article: Article | None = None
    offers: Mapping[str, date] = field(default_factory=dict)
    adoptions: Mapping[str, Adoption] = field(default_factory=dict)
    featured: bool = False


def folded(outlet: str) -> str:
    """One key for every way of writing the name of an outlet."""
    return "".join(unicodedata.normalize("NFKC", outlet).casefold().split())


def decide(command: ArticleCommand, press: Press) -> Sequence[ArticleEvent]:
    """An outlet adopts an article once; the same report again is silent."""
    if isinstance(command, WriteArticle):
        return _write(command.article, press)
    if press.article is None:
        raise ArticleUnknown
    match command:
        case SubmitArticle():
            return _submit(command, press.article, press)
        case AdoptArticle(adoption=adoption):
            return _adopt(adoption, press.article, press)
        case FeatureArticle():
            return [] if press.featured else [ArticleFeatured()]
        case _:
            assert_never(command)


def _write(article: Article, press: Press) -> Sequence[ArticleEvent]:
    if press.article is None:
        return [ArticleWritten(article=article)]
    if press.article != article:
        raise NumberTaken(
            pointer="/article_id",
            remedy="Give every article a number of its own.",
            remedy_zh="请为每篇稿件单独编号",
            article_id=article.article_id,
        )
    return []


def _submit(command: SubmitArticle, article: Article, press: Press) -> Sequence[ArticleEvent]:
    offered = press.offers.get(folded(command.outlet))
    if offered == command.submitted_on:
        return []
    if offered is not None:
        raise OutletOfferedAlready(
            f"It was offered on {offered.isoformat()}.",
            pointer="/outlet",
            detail_zh=f"已于 {offered.isoformat()} 报送",
        )
    if command.submitted_on < article.written_on:
        raise SubmittedBeforeWritten(
            pointer="/submitted_on",
            remedy=f"Name a day from {article.written_on.isoformat()} on.",
            remedy_zh=f"请填写 {article.written_on.isoformat()} 或以后的日期",
        )
    return [ArticleSubmitted(outlet=command.outlet, submitted_on=command.submitted_on)]


def _adopt(adoption: Adoption, article: Article, press: Press) -> Sequence[ArticleEvent]:
    outlet = folded(adoption.outlet)
    known = press.adoptions.get(outlet)
    if known is not None and replace(adoption, outlet=known.outlet) == known:
        return []
    if known is not None:
        raise OutletAdoptedAlready(
            f"It adopted the article on {known.adopted_on.isoformat()}.",
            pointer="/outlet",
            remedy="Count it once; leave this report out.",
            detail_zh=f"该媒体已于 {known.adopted_on.isoformat()} 采用",
            remedy_zh="同一媒体只计一篇次，请删除重复记录",
        )
    if adoption.adopted_on < article.written_on:
        raise AdoptedBeforeWritten(
            pointer="/adopted_on",
            remedy=f"Name a day from {article.written_on.isoformat()} on.",
            remedy_zh=f"请填写 {article.written_on.isoformat()} 或以后的日期",
        )
    offered = press.offers.get(outlet)
    if offered is not None and adoption.adopted_on < offered:
        raise AdoptedBeforeSubmitted(
            pointer="/adopted_on",
            remedy=f"Name a day from {offered.isoformat()} on.",
            remedy_zh=f"请填写 {offered.isoformat()} 或以后的日期",
        )
    return [ArticleAdopted(region_code=article.region_code, adoption=adoption)]


def evolve(press: Press, event: ArticleEvent) -> Press:
    """Remember the article and its outlets."""
    match event:
        case ArticleWritten(article=article):
            return Press(article=article)
        case ArticleSubmitted(outlet=outlet, submitted_on=day):
            return replace(press, offers={**press.offers, folded(outlet): day})
        case ArticleAdopted(adoption=adoption):
            adopted = {**press.adoptions, folded(adoption.outlet): adoption}
            return replace(press, adoptions=adopted)
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
    commands=(WriteArticle, SubmitArticle, AdoptArticle, FeatureArticle),
    events={
        "ArticleWritten": ArticleWritten,
        "ArticleSubmitted": ArticleSubmitted,
        "ArticleAdopted": ArticleAdopted,
        "ArticleFeatured": ArticleFeatured,
    },
    decide=decide,
    evolve=evolve,
    identify=_identify,
    owner=_owner,
)
