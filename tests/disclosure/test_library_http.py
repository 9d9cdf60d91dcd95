"""Trainings, publicity and the words of the library over HTTP."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from services.disclosure.domain.comment import values as words
from services.disclosure.domain.policy import PolicyOrigin
from services.disclosure.main import service
from services.disclosure.projections.policy_questions import PolicyStatus
from tests.disclosure.first_year import CITY, KASHGAR, article
from tests.disclosure.library_acts import YEAR, Bureau
from tests.disclosure.world import world

SHEET = "a" * 64
PLAN = {
    "session_id": "T1",
    "region_code": KASHGAR,
    "topic": "目标编制",
    "channel": "腾讯会议",
    "planned_on": "2021-03-01",
}
ARTICLE = {
    "article_id": "A1",
    "region_code": KASHGAR,
    "title": "综述",
    "written_on": "2021-05-01",
}
CODES: Mapping[str, Iterable[str]] = {
    "PolicyStatus": PolicyStatus,
    "PolicyOrigin": PolicyOrigin,
    "TrainingStatus": ("PLANNED", "HELD", "ATTENDANCE_CLOSED", "CALLED_OFF"),
    "ArticleStatus": ("WRITTEN", "SUBMITTED", "ADOPTED"),
    "CommentStatus": words.CommentStatus,
    "CommentAbout": words.About,
    "CommentChannel": words.CommentChannel,
    "RejectionReason": words.RejectionReason,
    "RevealPurpose": words.RevealPurpose,
    "Masked": words.Masked,
}


async def test_a_training_counts_when_it_was_held_and_by_its_corrected_numbers(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        bureau = Bureau(here)
        await bureau.post("/v1/trainings", PLAN, 201)
        await bureau.post("/v1/trainings", {**PLAN, "channel": "口信"}, 422)
        statistics = f"/v1/trainings/statistics?{YEAR}"
        assert (await here.get(statistics))["session_count"] == 0
        held = {"held_on": "2021-03-01", "units": 2, "person_times": 30}
        await bureau.post("/v1/trainings/T1/hold", held)
        found = await here.get(statistics)
        assert (found["session_count"], found["person_times"], found["closed"]) == (1, 30, 0)
        assert found["channels"][0]["channel"] == "TENCENT_MEETING"
        sheet = {"units": 2, "person_times": 31, "sheet_sha256": SHEET}
        await bureau.post("/v1/trainings/T1/close", {**sheet, "sheet_sha256": "short"}, 422)
        await bureau.post("/v1/trainings/T1/close", {**sheet, "unit_codes": ["653100001"]}, 422)
        await bureau.post("/v1/trainings/T1/close", sheet)
        await bureau.post("/v1/trainings/T1/close", sheet)
        fix = {**sheet, "person_times": 29, "reason": "签到表重复两行"}
        await bureau.post("/v1/trainings/T1/correct", fix)
        found = await here.get(statistics)
        assert (found["person_times"], found["unit_times"], found["closed"]) == (29, 2, 1)
        told = await here.get("/v1/trainings/T1")
        assert (told["status"], told["sheet_sha256"]) == ("ATTENDANCE_CLOSED", SHEET)
        assert [one["reason"] for one in told["corrections"]] == ["签到表重复两行"]


async def test_an_article_counts_once_for_each_outlet(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        bureau = Bureau(here)
        await bureau.post("/v1/publicity/articles", ARTICLE, 201)
        path = "/v1/publicity/articles/A1"
        assert (await here.get(path))["status"] == "WRITTEN"
        offer = {"outlet": "中国财经报网", "submitted_on": "2021-05-02"}
        await bureau.post(f"{path}/submit", offer)
        assert (await here.get(path))["status"] == "SUBMITTED"
        adoption = {"outlet": "中国财经报网", "level": "MINISTRY", "adopted_on": "2021-05-03"}
        early = await bureau.post(f"{path}/adopt", {**adoption, "adopted_on": "2021-05-01"}, 422)
        assert early["errors"][0]["pointer"] == "/adopted_on"
        await bureau.post(f"{path}/adopt", adoption)
        await bureau.post(f"{path}/adopt", adoption)
        later = {**adoption, "outlet": "中国财经报网 ", "adopted_on": "2021-05-09"}
        refused = await bureau.post(f"{path}/adopt", later, 409)
        assert str(refused["type"]).endswith("/outlet-adopted-already")
        other = {**adoption, "outlet": "新疆财政微信公众号", "level": "LOCAL_MEDIA"}
        await bureau.post(f"{path}/adopt", other)
        found = await here.get(f"/v1/publicity/statistics?{YEAR}")
        levels = {"MINISTRY": 1, "REGION": 0, "LOCAL_MEDIA": 1}
        assert (found["total"], found["by_level"]) == (2, levels)
        (listed,) = (await here.get(f"/v1/publicity/articles?{YEAR}"))["items"]
        assert (listed["status"], listed["article_times"]) == ("ADOPTED", 2)


async def test_a_region_lists_its_own_articles_and_those_below_it(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        written = (article(n, region, 2021) for n, region in enumerate((KASHGAR, CITY, "652900")))
        await here.given(*(one for each in written for one in each))

        async def listed(region: str) -> list[str]:
            found = await here.get(f"/v1/publicity/articles?region={region}&fiscal_year=2021")
            return [one["article_id"] for one in found["items"]]

        assert await listed(KASHGAR) == ["653100-A0", "653101-A1"]
        assert await listed(CITY) == ["653101-A1"]


def test_every_code_has_a_label_in_both_languages() -> None:
    assert service.vocabulary is not None
    for name, codes in CODES.items():
        labels = service.vocabulary[name]
        assert set(labels) == set(codes), name
        assert all(zh and en.isascii() and zh != en for zh, en in labels.values()), name
