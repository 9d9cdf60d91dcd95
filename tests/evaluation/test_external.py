"""Stories of what superiors said: recorded with document, day, body and scope; never changed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.evaluation.domain.external import (
    ExternalRankingRecorded,
    ExternalScoreRecorded,
    RecordExternalRanking,
    RecordExternalScore,
    SupersedeExternalRanking,
    SupersedeExternalScore,
    external_decider,
)
from services.evaluation.domain.refusals import AlreadyRecorded, ScoreOutOfRange
from services.evaluation.domain.standing_refusals import DocumentNotReplaced, NothingToSupersede
from services.evaluation.publishing import publish
from shared.contracts import evaluation as said
from shared.http.policy import Role
from shared.testing.projection_spec import recorded
from shared.testing.spec import Spec
from tests.evaluation.county import County
from tests.evaluation.story import BUREAU, NOW
from tests.evaluation.test_records import RANK, SCORE

external = Spec(external_decider)
RANKED = RecordExternalRanking(told=RANK, by=BUREAU, now=NOW)
SCORED = RecordExternalScore(told=SCORE, by=BUREAU, now=NOW)
NEWER_RANK = SupersedeExternalRanking(
    told=replace(RANK, rank=2, document_no="新财绩〔2022〕9号", told_on=date(2022, 5, 1)),
    replaces=RANK.document_no,
    reason="自治区更正通报",
    by=BUREAU,
    now=NOW,
)
NEWER_SCORE = SupersedeExternalScore(
    told=replace(
        SCORE, score=Decimal("96.10"), document_no="新财农〔2022〕7号", told_on=date(2022, 5, 1)
    ),
    replaces=SCORE.document_no,
    reason="复核后调整",
    by=BUREAU,
    now=NOW,
)
NEWER = (NEWER_RANK, NEWER_SCORE)


def test_what_a_superior_said_is_recorded_once_and_never_computed() -> None:
    external.when(RANKED).then(ExternalRankingRecorded(told=RANK))
    external.when(SCORED).then(ExternalScoreRecorded(told=SCORE))
    external.given().after(RANKED).when(RANKED).then_nothing()
    other = replace(RANKED, told=replace(RANK, rank=4))
    external.given().after(RANKED).when(other).then_refused(AlreadyRecorded)
    external.given().after(SCORED).when(
        replace(SCORED, told=replace(SCORE, score=Decimal(90)))
    ).then_refused(AlreadyRecorded)
    too_high = replace(SCORED, told=replace(SCORE, score=Decimal(101)))
    external.when(too_high).then_refused(ScoreOutOfRange)


@pytest.mark.parametrize(("first", "newer"), [(RANKED, NEWER_RANK), (SCORED, NEWER_SCORE)])
def test_a_newer_document_takes_the_place_of_an_older_one(
    first: RecordExternalRanking | RecordExternalScore,
    newer: SupersedeExternalRanking | SupersedeExternalScore,
) -> None:
    story = external.given().after(first, newer)
    assert story.state == newer.told
    assert [fact.told.document_no for fact in story.facts] == [  # type: ignore[attr-defined]
        first.told.document_no,
        newer.told.document_no,
    ]
    story.when(newer).then_nothing()
    external.when(newer).then_refused(NothingToSupersede)


@pytest.mark.parametrize("newer", NEWER)
def test_without_a_newer_document_that_names_the_older_nothing_changes(
    newer: Any,  # noqa: ANN401 - either of the two
) -> None:
    first = RANKED if isinstance(newer, SupersedeExternalRanking) else SCORED
    story = external.given().after(first)
    story.when(replace(newer, replaces="别的文号")).then_refused(DocumentNotReplaced)
    same = replace(newer.told, document_no=first.told.document_no)
    story.when(replace(newer, told=same)).then_refused(DocumentNotReplaced)
    older = replace(newer.told, told_on=date(2020, 1, 1))
    story.when(replace(newer, told=older)).then_refused(DocumentNotReplaced)


def test_the_word_tells_body_scope_and_the_document_that_no_longer_counts() -> None:
    told = replace(NEWER_RANK.told, issuing_body="自治区财政厅", scope="综合考核")
    story = external.given().after(RANKED, replace(NEWER_RANK, told=told))
    word = publish(recorded("external-x", *story.facts)[-1])
    assert isinstance(word, said.ExternalRankingRecorded)
    assert (word.rank, word.issuing_body, word.scope, word.replaces) == (
        2,
        "自治区财政厅",
        "综合考核",
        RANK.document_no,
    )


async def test_over_http_a_record_stands_until_a_document_replaces_it(real_county: County) -> None:
    county = real_county
    await county.told()
    told = {
        "scheme": "XJ_COMPREHENSIVE",
        "period": "2021H1",
        "subject": "653100",
        "level": "region",
        "rank": 2,
        "document_no": "新财绩〔2022〕9号",
        "told_on": "2022-05-01",
        "issuing_body": "自治区财政厅",
        "scope": "综合考核",
    }
    refused = await county.ask(Role.FB_PERFORMANCE, "/external-rankings", told)
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (
        409,
        "already-recorded",
    )
    assert "upersede" in refused.text
    newer = {**told, "reason": "更正", "replaces": "猜的文号"}
    refused = await county.ask(Role.FB_PERFORMANCE, "/external-rankings/supersede", newer)
    assert refused.json()["type"].endswith("/document-not-replaced")
    assert refused.json()["errors"][0]["pointer"] == "/replaces"
    newer["replaces"] = "新财绩〔2021〕1号"
    await county.done(Role.FB_PERFORMANCE, "/external-rankings/supersede", newer)
    (shown,) = (await county.read("/external-rankings", period="2021H1"))["items"]
    assert (shown["rank"], shown["replaces"], shown["issuing_body"]) == (
        2,
        "新财绩〔2021〕1号",
        "自治区财政厅",
    )
    bodiless = {name: value for name, value in told.items() if name != "issuing_body"}
    refused = await county.ask(
        Role.FB_PERFORMANCE, "/external-rankings", {**bodiless, "period": "2022"}
    )
    assert refused.status_code == 422


async def test_over_http_a_score_is_superseded_by_a_newer_one(county: County) -> None:
    told = {
        "fund": "RURAL_LINKAGE",
        "kind": "TARGET_REVIEW",
        "fund_year": 2021,
        "subject": "653100",
        "score": "95.94",
        "document_no": "新财农〔2021〕2号",
        "told_on": "2021-06-10",
        "issuing_body": "自治区财政厅",
        "scope": "绩效目标审核",
    }
    await county.done(Role.FB_PERFORMANCE, "/external-scores", told)
    newer = {**told, "score": "95.90", "document_no": "新财农〔2021〕9号", "reason": "更正"}
    newer |= {"replaces": told["document_no"], "told_on": "2021-07-01"}
    answer = await county.done(
        Role.FB_PERFORMANCE, "/external-scores/supersede?dry_run=true", newer
    )
    (fact,) = answer.json()["facts"]
    assert fact["type"] == "ExternalScoreRecorded"
    await county.done(Role.FB_PERFORMANCE, "/external-scores/supersede", newer)
