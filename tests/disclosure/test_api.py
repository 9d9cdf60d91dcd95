"""An item's way over HTTP, by people with roles; and what everybody can read afterwards."""

import re
from datetime import date, timedelta
from pathlib import Path

from shared.http.policy import Role
from tests.disclosure import years
from tests.disclosure.first_year import KASHGAR, A, B, first_year, first_year_here
from tests.disclosure.world import AFTERWARDS, World, world

ITEM = "/v1/disclosures/TARGET-A-2021"


async def post(
    here: World, path: str, body: object, who: dict[str, str], status: int = 204
) -> dict[str, object]:
    """A command by somebody, whatever the version."""
    answer = await here.client.post(path, json=body, headers={**who, "if-match": "*"})
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else {}


async def test_an_item_goes_from_the_word_to_the_public(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        unit = here.tokens.of(Role.UNIT_BUSINESS, unit=A.unit, subject="li")
        bureau = here.tokens.of(Role.FB_PERFORMANCE, subject="wang")
        await here.hear(years.rules(KASHGAR, 2021), years.approved(A, 2021))
        due = await here.get(ITEM)
        assert (due["status"], due["due_on"], due["content"]) == ("OWED", "2021-02-25", None)
        await post(here, f"{ITEM}/prepare", {"supplement": {"note": "无"}}, unit)
        await post(here, f"{ITEM}/publish", {}, unit, 403)
        refused = await post(here, f"{ITEM}/publish", {}, bureau, 409)
        assert str(refused["type"]).endswith("/secrecy-not-reviewed")
        await post(here, f"{ITEM}/publish", {"opinion": "可公开"}, bureau)
        told = await here.get(ITEM)
        assert (told["status"], told["published_on"]) == ("PUBLISHED", "2022-07-01")
        assert told["content"]["budget"] == "1000000.00"
        fix = {"fields": {"annual_goal": "修渠12公里"}, "reason": "录入错误"}
        await post(here, f"{ITEM}/correct", fix, bureau)
        mended = await here.get(ITEM)
        assert mended["content"]["annual_goal"] == "修渠12公里"
        assert mended["corrections"][0]["changes"] == [
            {"pointer": "/annual_goal", "before": "修渠10公里", "after": "修渠12公里"}
        ]
        await here.store.sequence()
        feed = await here.get("/v1/feed.json")
        names = [item["_abacus"]["event_type"].split(".")[1] for item in feed["items"]]
        assert names == ["DisclosureCorrected", "DisclosurePublished"]


async def test_what_the_reviewer_objects_to_is_owed_until_it_is_prepared_anew(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        unit = here.tokens.of(Role.UNIT_BUSINESS, unit=A.unit, subject="li")
        bureau = here.tokens.of(Role.FB_PERFORMANCE, subject="wang")
        await here.hear(years.rules(KASHGAR, 2021), years.approved(A, 2021))
        review = f"{ITEM}/review-secrecy"
        for supplement, cleared, status in (
            ({}, False, "OWED"),
            ({"note": "无"}, True, "REVIEWED"),
        ):
            await post(here, f"{ITEM}/prepare", {"supplement": supplement}, unit)
            assert (await here.get(ITEM))["status"] == "PREPARED"
            opinion = "可公开" if cleared else "含个人信息"
            await post(here, review, {"cleared": cleared, "opinion": opinion}, bureau)
            assert (await here.get(ITEM))["status"] == status


async def test_a_stranger_cannot_touch_the_item_of_another_unit(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021), years.approved(A, 2021))
        stranger = here.tokens.of(Role.UNIT_BUSINESS, unit="653100999")
        await post(here, f"{ITEM}/prepare", {"supplement": {}}, stranger, 404)
        county = here.tokens.of(Role.COUNTY_FB, region="653101")
        await post(here, f"{ITEM}/publish", {"opinion": "可"}, county, 404)


async def test_withheld_items_are_told_as_withheld_and_counted_as_such(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year())
        await here.given(*first_year_here())
        listed = await here.get(
            f"/v1/disclosures?region={KASHGAR}&fiscal_year=2021&status=WITHHELD"
        )
        assert [item["item_id"] for item in listed["items"]] == ["TARGET-D-2021"]
        query = f"region={KASHGAR}&fiscal_year=2021"
        kinds = (await here.get(f"/v1/disclosures/coverage?{query}"))["kinds"]
        counts = [(k["owed"], k["withheld"], k["published"], k["coverage"]) for k in kinds]
        assert counts == [(4, 1, 3, "1.0000"), (4, 0, 3, "0.7500"), (2, 0, 1, "0.5000")]
        channels = await here.get(f"/v1/disclosures/channels?{query}")
        assert channels["count"] == 4
        monthly = await here.get(f"/v1/disclosures/monthly?{query}")
        assert monthly["published_months"] == 3
        open_items = await here.get(f"/v1/loop/open-items?{query}")
        found = {one["kind"]: one["count"] for one in open_items["counts"]}
        assert found == {
            "WARNING_OPEN": 3,
            "RECOVERY_NOT_BOOKED": 1,
            "CUT_NOT_WRITTEN": 2,
            "DISCLOSURE_OVERDUE": 5,
            "DISCLOSURE_OWED": 1,
            "BULLETIN_OVERDUE": 9,
        }


async def test_a_month_is_composed_issued_and_read_back(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year())
        draft = await here.get(f"/v1/bulletins/{KASHGAR}/2021/2/draft")
        [line] = draft["lines"]
        assert (line["work"], line["units"], line["projects"]) == ("绩效目标批复", 3, 4)
        assert line["result"] == "已批复，0.1亿元"
        bureau = here.tokens.of(Role.FB_PERFORMANCE)
        await post(here, "/v1/bulletins", draft, bureau, 201)
        told = await here.get(f"/v1/bulletins/{KASHGAR}-2021-02")
        assert (told["due_on"], told["issued_on"]) == ("2021-03-10", "2022-07-01")
        await post(here, "/v1/bulletins", draft, here.tokens.of(Role.UNIT_HEAD, unit="x"), 403)


async def test_the_report_is_written_from_the_figures(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*first_year())
        await here.given(*first_year_here())
        answer = await here.client.get(f"/v1/annual-reports/{KASHGAR}/2021")
        page = re.sub(r"<[^>]+>", "", answer.text)
        assert "喀什地区2021年度全面实施预算绩效管理情况报告" in page
        assert "3个单位的4个项目开展了事前绩效评估，申请资金0.13亿元" in page
        assert "在5月31日、8月31日的监控节点" in page
        assert "“蓝色一般预警”、“红色重要预警”" in page
        assert "<script" not in answer.text
        bureau = here.tokens.of(Role.FB_LEADER)
        found = (await here.get(f"/v1/annual-reports/{KASHGAR}/2021/figures"))["figures"]
        figures = [{key: one[key] for key in ("id", "label", "value", "unit")} for one in found]
        body = {"region_code": KASHGAR, "fiscal_year": 2021, "figures": figures}
        await post(here, "/v1/annual-reports", body, bureau, 201)
        issued = await here.get(f"/v1/annual-reports/{KASHGAR}-2021")
        stated = issued["editions"][0]["figures"]
        assert [{key: one[key] for key in figures[0]} for one in stated] == figures


async def test_what_is_late_becomes_overdue_when_its_day_is_over(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(years.rules(KASHGAR, 2021), years.approved(A, 2021))
        due = await here.worker.desk.working.due(AFTERWARDS, 100)
        kinds = sorted({one.kind for one in due})
        assert kinds == ["bulletin-due", "item-due"]
        [item] = [one for one in due if one.kind == "item-due"]
        assert item.due_at.date() == date(2021, 2, 25)
        assert AFTERWARDS - item.due_at > timedelta(days=100)


async def test_what_was_late_in_one_year_is_not_late_in_another(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        for year, projects in ((2020, (A,)), (2021, (A, B))):
            await here.hear(
                years.rules(KASHGAR, year), *(years.approved(p, year) for p in projects)
            )
        for year, late in ((2020, 1), (2021, 2)):
            query = f"region={KASHGAR}&fiscal_year={year}"
            kind, *_ = (await here.get(f"/v1/disclosures/coverage?{query}"))["kinds"]
            assert (kind["kind"], kind["owed"], kind["overdue"]) == ("TARGET", late, late)
