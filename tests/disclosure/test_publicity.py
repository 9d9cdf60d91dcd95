"""An article: written, offered to outlets, adopted once by each, featured."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from services.disclosure.domain import publicity, refusals
from services.disclosure.domain.publicity.refusals import (
    AdoptedBeforeSubmitted,
    OutletAdoptedAlready,
    OutletOfferedAlready,
    SubmittedBeforeWritten,
)
from services.disclosure.domain.values import PressLevel
from shared.domain.refusals import Refusal
from shared.testing.spec import Spec
from tests.disclosure.stories import BUREAU, NOW, TODAY

BY: Final[dict[str, Any]] = {"by": BUREAU, "now": NOW}
NEXT_DAY: Final = date(2021, 3, 2)
ARTICLE: Final = publicity.Article(
    article_id="A1", region_code="653100", title="综述", author="", written_on=TODAY
)
story: Final = Spec(publicity.decider)
written: Final = publicity.ArticleWritten(article=ARTICLE)
submit: Final = publicity.SubmitArticle(
    article_id="A1", outlet="财政部", submitted_on=NEXT_DAY, **BY
)
submitted: Final = publicity.ArticleSubmitted(outlet="财政部", submitted_on=NEXT_DAY)
ministry: Final = publicity.Adoption(
    outlet="财政部", level=PressLevel.MINISTRY, adopted_on=NEXT_DAY
)
adopt: Final = publicity.AdoptArticle(article_id="A1", adoption=ministry, **BY)
adopted: Final = publicity.ArticleAdopted(region_code="653100", adoption=ministry)


def test_an_article_is_written_once() -> None:
    write = publicity.WriteArticle(article=ARTICLE, **BY)
    story.when(write).then(written)
    story.given(written).when(write).then_nothing()
    other = publicity.WriteArticle(article=replace(ARTICLE, title="其他"), **BY)
    story.given(written).when(other).then_refused(refusals.NumberTaken)


def test_an_article_is_offered_to_an_outlet_once() -> None:
    story.given(written).when(submit).then(submitted)
    story.given(written, submitted).when(submit).then_nothing()
    again = replace(submit, submitted_on=date(2021, 3, 9))
    story.given(written, submitted).when(again).then_refused(OutletOfferedAlready)
    early = replace(submit, submitted_on=date(2021, 1, 1))
    story.given(written).when(early).then_refused(SubmittedBeforeWritten)
    story.when(submit).then_refused(refusals.ArticleUnknown)


def test_an_article_counts_once_for_every_outlet() -> None:
    story.given(written).when(adopt).then(adopted)
    story.given(written, submitted).when(adopt).then(adopted)
    region = replace(ministry, outlet="财政厅", level=PressLevel.REGION)
    story.given(written, adopted).when(replace(adopt, adoption=region)).then(
        replace(adopted, adoption=region)
    )
    story.when(adopt).then_refused(refusals.ArticleUnknown)


def test_the_same_outlet_twice_is_refused_however_its_name_is_written() -> None:
    story.given(written, adopted).when(adopt).then_nothing()
    for name in ("财政部", " 财政部 ", "财 政 部"):
        later = replace(ministry, outlet=name, adopted_on=date(2021, 3, 9))
        refused = story.given(written, adopted).when(replace(adopt, adoption=later))
        refused.then_refused(OutletAdoptedAlready)
    web = replace(ministry, outlet="财政部WEB")
    told = publicity.ArticleAdopted(region_code="653100", adoption=web)
    other_link = replace(web, outlet="财政部web", link="https://example.org")
    story.given(written, told).when(replace(adopt, adoption=other_link)).then_refused(
        OutletAdoptedAlready
    )


def test_nothing_is_adopted_before_it_was_written_or_offered() -> None:
    early = replace(adopt, adoption=replace(ministry, adopted_on=date(2021, 1, 1)))
    story.given(written).when(early).then_refused(refusals.AdoptedBeforeWritten)
    before = replace(adopt, adoption=replace(ministry, adopted_on=TODAY))
    story.given(written, submitted).when(before).then_refused(AdoptedBeforeSubmitted)


def test_an_article_is_featured_once() -> None:
    feature = publicity.FeatureArticle(article_id="A1", **BY)
    story.given(written).when(feature).then(publicity.ArticleFeatured())
    story.given(written, publicity.ArticleFeatured()).when(feature).then_nothing()
    story.when(feature).then_refused(refusals.ArticleUnknown)


def test_an_article_that_is_refused_says_where_and_what_to_do() -> None:
    other = publicity.WriteArticle(article=replace(ARTICLE, title="其他"), **BY)
    taken = story.given(written).when(other).then_refused(refusals.NumberTaken, article_id="A1")
    assert (taken.pointer, bool(taken.remedy)) == ("/article_id", True)
    assert taken.details["remedy_zh"]
    again = story.given(written, submitted).when(replace(submit, submitted_on=date(2021, 3, 9)))
    offered = again.then_refused(OutletOfferedAlready)
    assert (offered.detail, offered.pointer) == ("It was offered on 2021-03-02.", "/outlet")
    assert "2021-03-02" in str(offered.details["detail_zh"])
    later = replace(adopt, adoption=replace(ministry, adopted_on=date(2021, 3, 9)))
    twice = story.given(written, adopted).when(later).then_refused(OutletAdoptedAlready)
    assert (twice.detail, twice.pointer) == ("It adopted the article on 2021-03-02.", "/outlet")
    assert "2021-03-02" in str(twice.details["detail_zh"])
    assert twice.remedy
    assert twice.details["remedy_zh"]


@pytest.mark.parametrize(
    ("command", "history", "refusal", "pointer", "since"),
    [
        (
            replace(submit, submitted_on=date(2021, 2, 28)),
            (written,),
            SubmittedBeforeWritten,
            "/submitted_on",
            "2021-03-01",
        ),
        (
            replace(adopt, adoption=replace(ministry, adopted_on=date(2021, 2, 28))),
            (written,),
            refusals.AdoptedBeforeWritten,
            "/adopted_on",
            "2021-03-01",
        ),
        (
            replace(adopt, adoption=replace(ministry, adopted_on=TODAY)),
            (written, submitted),
            AdoptedBeforeSubmitted,
            "/adopted_on",
            "2021-03-02",
        ),
    ],
)
def test_a_day_that_is_too_early_is_refused_with_the_first_that_would_do(
    command: object,
    history: tuple[Any, ...],
    refusal: type[Refusal],
    pointer: str,
    since: str,
) -> None:
    refused = story.given(*history).when(command).then_refused(refusal)
    assert refused.pointer == pointer
    assert refused.remedy == f"Name a day from {since} on."
    assert since in str(refused.details["remedy_zh"])


def test_the_first_day_will_do_and_another_outlet_has_its_own() -> None:
    same_day = replace(submit, submitted_on=TODAY)
    offered = replace(submitted, submitted_on=TODAY)
    story.given(written).when(same_day).then(offered)
    at_once = replace(adopt, adoption=replace(ministry, adopted_on=TODAY))
    taken = replace(adopted, adoption=at_once.adoption)
    story.given(written).when(at_once).then(taken)
    story.given(written, offered).when(at_once).then(taken)
    local = replace(ministry, outlet="喀什日报", level=PressLevel.LOCAL_MEDIA, adopted_on=TODAY)
    story.given(written, submitted, adopted).when(replace(adopt, adoption=local)).then(
        replace(adopted, adoption=local)
    )
    both = story.given(written, submitted, replace(submitted, outlet="喀什日报"))
    both.when(submit).then_nothing()
    both.when(replace(submit, outlet="喀 什 日 报")).then_nothing()
    two = story.given(written, adopted, replace(adopted, adoption=local))
    two.when(adopt).then_nothing()
    two.when(replace(adopt, adoption=replace(local, outlet=" 喀什日报"))).then_nothing()


def test_an_adoption_that_says_something_else_is_no_repetition() -> None:
    for other in (
        replace(ministry, level=PressLevel.REGION),
        replace(ministry, link="https://example.org"),
    ):
        again = story.given(written, adopted).when(replace(adopt, adoption=other))
        again.then_refused(OutletAdoptedAlready)
