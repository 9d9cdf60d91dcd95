"""Stories of rankings: snapshots; equal scores share a rank; a correction is a new one (V7)."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.appraisal import Appraisal
from services.evaluation.domain.appraisal_messages import AppraisalScored, LinkScore
from services.evaluation.domain.ranking import Ranking, ranking_decider
from services.evaluation.domain.ranking_messages import (
    PublishRanking,
    RankedSubject,
    RankingPublished,
    RankingSuperseded,
    SupersedeRanking,
)
from services.evaluation.domain.refusals import AlreadyRecorded, AppraisalNotConcluded
from services.evaluation.domain.scores import ranks
from services.evaluation.domain.standing_refusals import (
    RankingAlreadyCorrected,
    RankingCorrectionUnfounded,
    RankingNotCorrectable,
    RankingUnknown,
)
from services.evaluation.domain.values import Subject
from services.evaluation.publishing import publish
from shared.contracts import evaluation as said
from shared.http.policy import Role
from shared.testing.projection_spec import recorded
from shared.testing.spec import Spec
from tests.evaluation.county import County
from tests.evaluation.story import BUREAU, NOW, REGION, UNIT
from tests.evaluation.test_appraisal import concluded

ranking = Spec(ranking_decider)
PUBLISH = PublishRanking(
    ranking_id="UNITS-2021",
    subject=Subject.BUDGET_UNIT,
    region_code=REGION,
    fiscal_year=2021,
    period="2021",
    subjects=("a", "b", "c", "d"),
    by=BUREAU,
    now=NOW,
)
V7 = {"a": "95.00", "b": "95.94", "c": "93.25", "d": "95.00"}
AGAIN = replace(
    PUBLISH,
    ranking_id="UNITS-2021-2",
    corrects="UNITS-2021",
    reason="漏列一个单位",
    document_no="绩〔2022〕9号",
)
SCORES = st.decimals(min_value=0, max_value=100, places=2) | st.just(Decimal(95))


def appraised(scores: dict[str, str], links: dict[str, str] | None = None) -> list[Appraisal]:
    """What the ranked subjects came to, and the sum of their links where it is told."""
    found = []
    for unit, score in scores.items():
        one = concluded(unit, score)
        if links:
            link = LinkScore(link="targets", score=Decimal(links[unit]))
            told = AppraisalScored(
                subject_code=unit,
                subject=Subject.BUDGET_UNIT,
                fiscal_year=2021,
                region_code=REGION,
                department_code="",
                links=(link,),
                bonus=Decimal(0),
                penalty=Decimal(0),
                reason="",
                scored_by=BUREAU,
            )
            one = replace(one, scored=told)
        found.append(one)
    return found


def rows_of(fact: object) -> list[tuple[str, int]]:
    assert isinstance(fact, RankingPublished)
    return [(row.subject, row.rank) for row in fact.rows]


def test_v7_a_ranking_is_a_snapshot_in_which_equal_scores_share_a_rank() -> None:
    story = ranking.knowing(*appraised(V7))
    (fact,) = story.when(PUBLISH).facts
    assert rows_of(fact) == [("b", 1), ("a", 2), ("d", 2), ("c", 4)]
    story.after(PUBLISH).when(PUBLISH).then_nothing()
    other = ranking.given(fact).knowing(Appraisal())
    other.when(replace(PUBLISH, subjects=("a",))).then_refused(AlreadyRecorded)
    pending = ranking.knowing(*appraised(V7)[:3], Appraisal())
    pending.when(PUBLISH).then_refused(AppraisalNotConcluded, subjects=["d"])
    ranking.knowing().when(replace(PUBLISH, subjects=())).then_refused(AppraisalNotConcluded)


def test_nobody_is_ranked_but_with_a_concluded_appraisal_of_this_region_and_kind() -> None:
    *others, last = appraised(V7, dict.fromkeys(V7, "90"))
    assert last.concluded
    for stranger in (
        replace(last, concluded=replace(last.concluded, region_code="653130")),
        replace(last, concluded=replace(last.concluded, subject=Subject.COUNTY)),
        replace(last, concluded=None),
    ):
        story = ranking.knowing(*others, stranger)
        story.when(PUBLISH).then_refused(AppraisalNotConcluded, subjects=["d"])


def test_a_tie_break_is_shown_and_decides_nothing() -> None:
    links = {"a": "90", "b": "91", "c": "92", "d": "99"}
    (fact,) = ranking.knowing(*appraised(V7, links)).when(PUBLISH).facts
    assert isinstance(fact, RankingPublished)
    assert [(row.subject, row.rank, row.tie_break) for row in fact.rows] == [
        ("b", 1, None),
        ("a", 2, Decimal(90)),
        ("d", 2, Decimal(99)),
        ("c", 4, None),
    ]


def test_a_correction_is_a_new_snapshot_that_names_the_old_one() -> None:
    first = ranking.knowing(*appraised(V7)).after(PUBLISH)
    right = {**V7, "c": "96.00"}
    story = ranking.knowing(first.state, *appraised(right))
    (fact,) = story.when(AGAIN).facts
    assert rows_of(fact) == [("c", 1), ("b", 2), ("a", 3), ("d", 3)]
    assert isinstance(fact, RankingPublished)
    assert (fact.corrects, fact.rows[0].previous_rank) == ("UNITS-2021", 4)
    story.after(AGAIN).when(AGAIN).then_nothing()
    (marking,) = ranking_decider.entails(fact, Ranking(published=fact))
    assert isinstance(marking, SupersedeRanking)
    old = first.knowing()
    (mark,) = old.when(marking).facts
    assert isinstance(mark, RankingSuperseded)
    assert mark.superseded_by == "UNITS-2021-2"
    marked = old.after(marking)
    marked.when(marking).then_nothing()
    assert marked.state.published == first.state.published  # its rows stay as they were


def test_a_correction_needs_the_right_ranking_a_reason_and_a_document() -> None:
    first = ranking.knowing(*appraised(V7)).after(PUBLISH).state
    found = appraised(V7)
    refused = ranking.knowing(Ranking(), *found).when(AGAIN)
    assert refused.then_refused(RankingUnknown).pointer == "/corrects"
    marked = replace(first, superseded_by="UNITS-2021-9")
    refused = ranking.knowing(marked, *found).when(AGAIN)
    assert refused.then_refused(RankingAlreadyCorrected).pointer == "/corrects"
    story = ranking.knowing(first, *found)
    refused = story.when(replace(AGAIN, document_no=""))
    assert refused.then_refused(RankingCorrectionUnfounded).pointer == "/document_no"
    story.when(replace(AGAIN, reason="")).then_refused(RankingCorrectionUnfounded)
    refused = story.when(replace(AGAIN, period="2021H1"))
    assert refused.then_refused(RankingNotCorrectable).pointer == "/corrects"
    story.when(replace(AGAIN, region_code="653130")).then_refused(RankingNotCorrectable)
    refused = story.when(replace(AGAIN, plan_id="P"))
    assert refused.then_refused(RankingNotCorrectable).pointer == "/corrects"
    ranking.when(
        SupersedeRanking(ranking_id="x", superseded_by="y", by=BUREAU, now=NOW)
    ).then_refused(RankingUnknown)


def test_the_word_names_what_it_corrects_and_no_tie_break() -> None:
    first = ranking.knowing(*appraised(V7)).after(PUBLISH)
    story = ranking.knowing(first.state, *appraised(V7)).after(AGAIN)
    word = publish(recorded("ranking-UNITS-2021-2", *story.facts)[-1])
    assert isinstance(word, said.RankingPublished)
    assert (word.corrects, word.kind, word.fiscal_year) == ("UNITS-2021", "BUDGET_UNIT", 2021)
    assert [row.rank for row in word.rows] == [1, 2, 2, 4]
    assert "tie_break" not in word.model_dump_json()


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=4), SCORES, min_size=1), st.data())
def test_the_order_of_asking_changes_nothing(
    scores: dict[str, Decimal], data: st.DataObject
) -> None:
    told = {unit: str(score) for unit, score in scores.items()}
    shuffled = data.draw(st.permutations(list(told)))
    first = replace(PUBLISH, subjects=tuple(told))
    second = replace(PUBLISH, subjects=tuple(shuffled))
    (one,) = ranking.knowing(*appraised(told)).when(first).facts
    (other,) = ranking.knowing(*appraised({u: told[u] for u in shuffled})).when(second).facts
    assert one == other


@given(st.lists(SCORES, min_size=1, max_size=30))
def test_a_rank_is_one_more_than_those_who_are_better(scores: list[Decimal]) -> None:
    for score, rank in zip(scores, ranks(scores), strict=True):
        assert rank == 1 + sum(1 for other in scores if other > score)


def test_a_snapshot_from_before_the_new_columns_is_still_read() -> None:
    old = RankingPublished(
        subject=Subject.COUNTY,
        region_code=REGION,
        fiscal_year=2021,
        period="2021",
        rows=(RankedSubject(subject="a", score=Decimal(90), rank=1),),
        published_on=NOW.date(),
    )
    ranking.given(old).knowing(Appraisal()).when(replace(PUBLISH, subjects=("a",))).then_nothing()


async def test_over_http_a_ranking_is_corrected_and_the_old_one_stays(real_county: County) -> None:
    county = real_county
    await county.founded()
    await county.appraised()
    body = {
        "ranking_id": "R1",
        "subject": "BUDGET_UNIT",
        "fiscal_year": 2021,
        "period": "2021",
        "subjects": [UNIT],
    }
    await county.done(Role.FB_LEADER, "/rankings", body)
    again = {**body, "ranking_id": "R2", "corrects": "R1"}
    refused = await county.ask(Role.FB_LEADER, "/rankings", again)
    assert refused.json()["type"].endswith("/ranking-correction-unfounded")
    founded = {**again, "reason": "重新核对", "document_no": "绩〔2022〕9号"}
    await county.done(Role.FB_LEADER, "/rankings", founded)
    old = (await county.client.get("/v1/rankings/R1")).json()
    new = (await county.client.get("/v1/rankings/R2")).json()
    assert (old["superseded_by"], new["corrects"]) == ("R2", "R1")
    assert old["rows"][0]["rank"] == new["rows"][0]["previous_rank"] == 1
    third = {**founded, "ranking_id": "R3"}
    refused = await county.ask(Role.FB_LEADER, "/rankings", third)
    assert refused.json()["type"].endswith("/ranking-already-corrected")
