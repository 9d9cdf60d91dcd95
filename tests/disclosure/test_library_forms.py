"""制度清单, 培训台账 and 宣传台账: out as XLSX, in again unchanged, bad rows named by cell."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from services.disclosure.api.forms.library_sheets import (
    ARTICLE_SHEET,
    LIBRARY_SHEETS,
    POLICY_SHEET,
    TRAINING_SHEET,
)
from shared.documents.reading import read_workbook
from shared.documents.sheet import Sheet
from shared.documents.writing import write_workbook
from shared.testing.servers import Postgres, fresh_database, migrated
from tests.disclosure.first_year import KASHGAR
from tests.disclosure.library_acts import YEAR, Bureau
from tests.disclosure.world import World, world

SHEET_HASH = "b" * 64
PATHS = {
    "record_policy": "/v1/policies/form",
    "record_training": "/v1/trainings/form",
    "record_article": "/v1/publicity/form",
}
OFFICIAL = {
    "制度清单": ["序号", "层级(1/2/N)", "名称", "文号", "发文单位", "适用环节", "状态"],
    "培训台账": ["日期", "主题", "形式", "讲师", "参训单位数", "人次"],
    "宣传台账": ["标题", "作者", "采用媒体", "级别", "日期", "链接/版面", "篇次"],
}


async def a_year(bureau: Bureau) -> None:
    """Documents in every state, trainings and articles of every kind."""
    await bureau.enact()
    await bureau.enact(policy_id="KS-2", document_no="2号", layer="TWO", steps=["MONITORING"])
    await bureau.enact(policy_id="KS-3", document_no="3号", layer="N", text_sha256=SHEET_HASH)
    draft = {"policy_id": "KS-4", "document_no": "4号", "layer": "N", "title": "草案"}
    body = {**draft, "region_code": KASHGAR, "issuer": "财政局", "steps": ["EX_ANTE"]}
    await bureau.post("/v1/policies", body, 201)
    repeal = {"reason": "不再适用", "ends_on": "2021-08-01"}
    await bureau.post("/v1/policies/KS-2/repeal", repeal)
    over = {"superseded_by": "KS-1", "ends_on": "2021-09-01"}
    await bureau.post("/v1/policies/KS-3/supersede", over)
    await bureau.post(
        "/v1/policies/KS-1/amend",
        {"steps": ["TARGET"], "summary": "修订", "effective_on": "2021-10-01"},
    )
    plan = {"region_code": KASHGAR, "topic": "目标编制", "planned_on": "2021-03-01"}
    for number, channel in enumerate(("FACE_TO_FACE", "腾讯会议"), start=1):
        session = {**plan, "session_id": f"T{number}", "channel": channel, "trainer": "专家"}
        await bureau.post("/v1/trainings", session, 201)
        held = {"held_on": f"2021-03-0{number + 1}", "units": 2, "person_times": 30}
        await bureau.post(f"/v1/trainings/T{number}/hold", held)
    sheet = {"units": 2, "person_times": 31, "sheet_sha256": SHEET_HASH}
    await bureau.post("/v1/trainings/T1/close", sheet)
    await bureau.post("/v1/trainings/T1/correct", {**sheet, "person_times": 29, "reason": "重复"})
    article = {
        "region_code": KASHGAR,
        "title": "综述",
        "author": "科室",
        "written_on": "2021-05-01",
    }
    for number in (1, 2):
        await bureau.post("/v1/publicity/articles", {**article, "article_id": f"A{number}"}, 201)
    adoption = {"outlet": "中国财经报网", "level": "MINISTRY", "adopted_on": "2021-05-02"}
    await bureau.post("/v1/publicity/articles/A1/adopt", {**adoption, "link": "3版"})
    local = {**adoption, "outlet": "新疆财政微信公众号", "level": "LOCAL_MEDIA"}
    await bureau.post("/v1/publicity/articles/A1/adopt", local)
    await bureau.post("/v1/publicity/articles/A1/feature", {})


def test_the_official_columns_are_there() -> None:
    for sheet in LIBRARY_SHEETS:
        titles = [column.title for column in sheet.columns]
        named = [title for title in titles if title in OFFICIAL[sheet.title]]
        assert named == OFFICIAL[sheet.title]


async def test_what_was_exported_imports_again_unchanged(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        bureau = Bureau(here)
        await a_year(bureau)
        for operation, path in PATHS.items():
            content = await bureau.file(path)
            before = await versions(here)
            report = await bureau.upload(operation, content)
            assert (report["state"], report["refused"]) == ("ACCEPTED", []), operation
            assert await versions(here) == before, operation
            assert await bureau.file(path) == content, operation


async def versions(here: World) -> list[Any]:
    """How often each thing has changed."""
    lists = ("policies", "trainings", "publicity/articles")
    found = [(await here.get(f"/v1/{one}?{YEAR}"))["items"] for one in lists]
    return [[item["version"] for item in items] for items in found]


async def test_an_empty_house_takes_the_lists_and_tells_the_same(
    postgres: Postgres, database: str, tmp_path: Path
) -> None:
    statistics = ("policies", "trainings", "publicity")
    async with world(database, tmp_path) as here:
        bureau = Bureau(here)
        await a_year(bureau)
        lists = {operation: await bureau.file(path) for operation, path in PATHS.items()}
        figures = [await here.get(f"/v1/{one}/statistics?{YEAR}") for one in statistics]
    states = [row["status"] for row in rows(lists["record_policy"], POLICY_SHEET)]
    assert states == ["EFFECTIVE", "REPEALED", "SUPERSEDED", "DRAFT"]
    template = await asyncio.to_thread(migrated, postgres, "disclosure")
    with fresh_database(postgres, template) as empty:
        async with world(empty, tmp_path) as there:
            bureau = Bureau(there)
            for operation, content in lists.items():
                report = await bureau.upload(operation, content)
                assert (report["state"], report["refused"]) == ("ACCEPTED", []), operation
                assert await bureau.file(PATHS[operation]) == content, operation
            assert [
                await there.get(f"/v1/{one}/statistics?{YEAR}") for one in statistics
            ] == figures


def rows(content: bytes, sheet: Sheet) -> list[Mapping[str, Any]]:
    """What a workbook says, by its form; no cell of it is wrong."""
    found = list(read_workbook(content, sheet))
    assert not [line.wrong for line in found if line.wrong]
    return [line.fields["body"] for line in found]


def book(sheet: Sheet, *bodies: Mapping[str, Any]) -> bytes:
    """A workbook with these rows."""
    return write_workbook(sheet, [{"body": body} for body in bodies])


DOCUMENT = {
    "policy_id": "KS-1",
    "region_code": KASHGAR,
    "layer": "ONE",
    "title": "意见",
    "document_no": "1号",
    "issuer": "地委",
    "issued_on": "2021-01-04",
    "effective_on": "2021-02-01",
    "steps": ["TARGET"],
}
SESSION = {
    "session_id": "T1",
    "region_code": KASHGAR,
    "held_on": "2021-03-01",
    "topic": "编制",
    "channel": "ON_SITE",
    "units": 1,
    "person_times": 10,
}
ARTICLE = {
    "article_id": "A1",
    "region_code": KASHGAR,
    "title": "综述",
    "written_on": "2021-05-01",
    "outlet": "财政部",
    "level": "MINISTRY",
    "adopted_on": "2021-05-02",
}
WRONG: list[tuple[Sheet, Mapping[str, Any], str, str]] = [
    (POLICY_SHEET, {**DOCUMENT, "status": "REPEALED"}, "L2", "policy-dates-contradict"),
    (POLICY_SHEET, {**DOCUMENT, "status": "DRAFT"}, "K2", "policy-dates-contradict"),
    (POLICY_SHEET, {**DOCUMENT, "ended_on": "2021-01-05"}, "L2", "policy-ends-before-it-begins"),
    (POLICY_SHEET, {**DOCUMENT, "effective_on": None}, "I2", "policy-dates-contradict"),
    (TRAINING_SHEET, {**SESSION, "held_on": "2031-03-01"}, "C2", "training-held-in-future"),
    (TRAINING_SHEET, {**SESSION, "person_times": 0}, "I2", "fields-invalid"),
    (ARTICLE_SHEET, {**ARTICLE, "adopted_on": "2021-04-01"}, "H2", "adopted-before-written"),
    (ARTICLE_SHEET, {**ARTICLE, "level": None}, "G2", "adoption-incomplete"),
]


async def test_a_bad_row_names_row_cell_rule_and_remedy(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        bureau = Bureau(here)
        for sheet, body, cell, rule in WRONG:
            content = book(sheet, body)
            report = await bureau.upload(sheet.operation, content, accept=False)
            (refused,) = report["refused"]
            assert (refused["row"], refused["cell"]) == (2, cell), refused
            assert refused["problem"].rpartition("/")[2] == rule
            assert refused.get("remedy") or rule == "fields-invalid"


async def test_an_outlet_that_stands_twice_is_refused_in_its_second_row(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        bureau = Bureau(here)
        twice = book(ARTICLE_SHEET, ARTICLE, {**ARTICLE, "adopted_on": "2021-05-09"})
        report = await bureau.upload("record_article", twice, accept=False)
        (refused,) = report["refused"]
        assert (refused["row"], refused["cell"]) == (3, "F3")
        assert refused["problem"].endswith("/outlet-adopted-already")
        assert refused["remedy"]
