"""The dated registers over HTTP on a real database: asked on a day, exported, imported."""

import csv
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from shared.domain.workdays import business_date
from shared.http.policy import Role
from tests.targets.places import HEIR
from tests.targets.stories import DEPARTMENT, REGION_CODE, UNIT_CODE
from tests.targets.town import PERSONS, Town

PREFECTURE: Final = "653100"
TOWNSHIPS: Final = Path(__file__).parent / "data" / "kashgar_townships.csv"
# The seventh digit of a code tells the class (GB/T 10114).
CLASSES: Final = {"0": "SUBDISTRICT", "1": "TOWN", "2": "TOWNSHIP"}
# The code of the successor comes later than that of what it replaced: order is not by code.
OLD, NEW = "653101100", "653101101"


async def prefecture(town: Town, *counties: str) -> None:
    """The prefecture and its counties have entered themselves."""
    bureau = {"region_code": PREFECTURE, "name": "喀什地区", "level": "PREFECTURE"}
    await town.done(Role.FB_LEADER, "/regions", bureau, region=PREFECTURE)
    for code in counties:
        county = {"region_code": code, "name": code, "level": "COUNTY", "parent_code": PREFECTURE}
        await town.done(Role.FB_LEADER, "/regions", county, region=PREFECTURE)


async def exported(town: Town, what: str, region: str) -> bytes:
    """The file of a register."""
    reader = town.by(Role.FB_PERFORMANCE, region)
    answer = await town.client.get(f"/v1/{what}/export", params={"region": region}, headers=reader)
    assert answer.is_success, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return answer.content


async def imported(town: Town, operation: str, region: str, lines: bytes) -> None:
    """The same file, taken as it is."""
    answer = await town.client.post(
        "/v1/imports",
        params={"operation": operation, "accept": "true"},
        content=lines,
        headers={
            **town.by(Role.FB_PERFORMANCE, region),
            "content-type": "application/x-ndjson",
        },
    )
    assert answer.is_success, answer.text[:2000]


async def changed_places(town: Town) -> None:
    """A county where a township became a town, moved to a new code, and a unit was closed."""
    await prefecture(town, REGION_CODE)
    for code, name, since in ((OLD, "乃则尔巴格乡", "1984-01-01"), (NEW, "新镇", "2019-05-01")):
        body = {
            "region_code": code,
            "name": name,
            "level": "TOWNSHIP" if code == OLD else "TOWN",
            "parent_code": REGION_CODE,
            "valid_from_on": since,
        }
        await town.done(Role.COUNTY_FB, "/regions", body)
    one = f"/regions/{OLD}"
    law = {"document": "新政函〔2013〕1号"}
    town_now = {"level": "TOWN", "name": "乃则尔巴格镇", "from_on": "2013-06-01", **law}
    await town.done(Role.COUNTY_FB, f"{one}/classify", town_now)
    renamed = {"name": "乃则尔巴格新镇", "from_on": "2016-01-01", **law}
    await town.done(Role.COUNTY_FB, f"{one}/rename", renamed)
    end = {"last_on": "2019-04-30", "successor_code": NEW, **law}
    await town.done(Role.COUNTY_FB, f"{one}/merge", end)
    for leader, since in (("甲", "2015-01-01"), ("乙", "2018-07-01")):
        body = {"leader": leader, "from_on": since}
        await town.done(Role.COUNTY_FB, f"{one}/appoint-leader", body)
    await changed_units(town)


async def changed_units(town: Town) -> None:
    """A unit that was renamed, moved, and closed in favour of another."""
    unit = {
        "name": "教育局",
        "region_code": REGION_CODE,
        "department_code": DEPARTMENT,
        "department_name": "教育局",
        "credit_code": "11653101MB0000001X",
        "manage_mof_dep_code": "07",
    }
    for code in (HEIR, UNIT_CODE):
        await town.done(Role.COUNTY_FB, "/units", {**unit, "unit_code": code})
    one = f"/units/{UNIT_CODE}"
    named = {"name": "教育体育局", "from_on": "2019-03-01"}
    await town.done(Role.FB_BUSINESS, f"{one}/rename", named)
    for day, head in (("2018-01-01", "李强"), ("2020-01-01", "赵敏")):
        body = {"responsible": {**PERSONS, "head": head}, "from_on": day}
        await town.done(Role.UNIT_HEAD, f"{one}/name-responsible-persons", body)
    seat = {"department_code": DEPARTMENT, "department_name": "教体局", "from_on": "2020-01-01"}
    await town.done(Role.FB_BUSINESS, f"{one}/transfer", {**seat, "manage_mof_dep_code": "08"})
    end = {"last_on": "2020-12-31", "successor_code": HEIR}
    await town.done(Role.FB_BUSINESS, f"{one}/close", end)


async def test_a_region_answers_on_a_day(real_town: Town) -> None:
    town = real_town
    await changed_places(town)
    for day, name, level, leader in (
        ("1984-01-01", "乃则尔巴格乡", "TOWNSHIP", ""),
        ("2013-05-31", "乃则尔巴格乡", "TOWNSHIP", ""),
        ("2013-06-01", "乃则尔巴格镇", "TOWN", ""),
        ("2015-12-31", "乃则尔巴格镇", "TOWN", "甲"),
        ("2018-06-30", "乃则尔巴格新镇", "TOWN", "甲"),
        ("2019-04-30", "乃则尔巴格新镇", "TOWN", "乙"),
    ):
        found = await town.read(f"/regions/{OLD}", effective_on=day)
        assert (found["name"], found["level"], found["leader"]) == (name, level, leader), day
    for day in ("1983-12-31", "2019-05-01"):
        reader = town.by(Role.FB_PERFORMANCE)
        gone = await town.client.get(f"/v1/regions/{OLD}?effective_on={day}", headers=reader)
        assert gone.status_code == 404, day
    for day, codes in (("2019-04-30", [REGION_CODE, OLD]), ("2019-05-01", [REGION_CODE, NEW])):
        page = await town.read("/regions", region=REGION_CODE, effective_on=day)
        assert [row["region_code"] for row in page["items"]] == codes
    now = await town.read(f"/regions/{OLD}")
    assert (now["valid_to_on"], now["successor_code"]) == ("2019-04-30", NEW)
    assert (await town.read(f"/regions/{REGION_CODE}"))["valid_from_on"] is None


async def test_what_was_true_is_not_what_was_known(town_in_time: Town) -> None:
    town = town_in_time
    await prefecture(town, REGION_CODE)
    learnt = business_date(datetime.now(UTC))
    await town.wait(days=10)
    renamed = {"name": "新喀什市", "from_on": (learnt - timedelta(days=100)).isoformat()}
    await town.done(Role.FB_LEADER, f"/regions/{REGION_CODE}/rename", renamed, region=PREFECTURE)
    one, then = f"/regions/{REGION_CODE}", learnt - timedelta(days=50)
    for asked, name in (
        ({"effective_on": then}, "新喀什市"),
        ({"effective_on": then, "as_of": learnt}, REGION_CODE),
        ({"effective_on": learnt - timedelta(days=101)}, REGION_CODE),
        ({"as_of": learnt}, REGION_CODE),
        ({}, "新喀什市"),
    ):
        query = {key: day.isoformat() for key, day in asked.items()}
        reader = town.by(Role.FB_LEADER, PREFECTURE)
        answer = await town.client.get(f"/v1{one}", params=query, headers=reader)
        assert answer.json()["name"] == name, asked


async def test_pages_of_a_day_go_on_where_they_stopped(real_town: Town) -> None:
    await changed_places(real_town)
    path, seen = "/v1/regions?effective_on=2019-05-01&limit=1", []
    reader = real_town.by(Role.FB_PERFORMANCE, PREFECTURE)
    while True:
        page = (await real_town.client.get(path, headers=reader)).json()
        seen += [row["region_code"] for row in page["items"]]
        if page["next"] is None:
            break
        path = f"/v1/regions?effective_on=2019-05-01&limit=1&cursor={page['next']}"
    assert seen == [PREFECTURE, REGION_CODE, NEW]


async def test_a_unit_answers_on_a_day(real_town: Town) -> None:
    town = real_town
    await changed_places(town)
    for day, name, section, head in (
        ("2017-12-31", "教育局", "07", ""),
        ("2019-02-28", "教育局", "07", "李强"),
        ("2019-03-01", "教育体育局", "07", "李强"),
        ("2020-12-31", "教育体育局", "08", "赵敏"),
    ):
        found = await town.read(f"/units/{UNIT_CODE}", effective_on=day)
        shown = (found["name"], found["manage_mof_dep_code"], found["head"])
        assert shown == (name, section, head), day
    page = await town.read("/units", effective_on="2021-01-01")
    assert [row["unit_code"] for row in page["items"]] == [HEIR]
    terms = await town.read("/offices", place=UNIT_CODE, effective_on="2019-12-31")
    assert {(t["office"], t["person"], t["until_on"]) for t in terms} == {
        ("BUSINESS", "阿依古丽", "2019-12-31"),
        ("FINANCE", "王芳", "2019-12-31"),
        ("HEAD", "李强", "2019-12-31"),
    }
    assert len(await town.read("/offices", place=UNIT_CODE)) == 6


async def test_sections_answer_on_a_day(real_town: Town) -> None:
    town = real_town
    await changed_places(town)
    for code in ("07", "08"):
        section = {"region_code": REGION_CODE, "section_code": code, "name": f"科{code}"}
        body = {**section, "from_on": "2015-01-01"}
        await town.done(Role.COUNTY_FB, "/sections", body)
    for code, day in (("07", "2015-01-01"), ("08", "2020-07-01")):
        body = {"department_code": DEPARTMENT, "from_on": day}
        await town.done(Role.COUNTY_FB, f"/sections/{REGION_CODE}-{code}/assign-department", body)
    one = f"/sections/{REGION_CODE}-07"
    chief = {"chief": "古丽", "from_on": "2015-01-01", "until_on": "2018-12-31"}
    await town.done(Role.COUNTY_FB, f"{one}/appoint-chief", chief)
    await town.done(Role.COUNTY_FB, f"{one}/close", {"last_on": "2020-12-31"})
    for day, departments, leader in (
        ("2018-12-31", [DEPARTMENT], "古丽"),
        ("2020-06-30", [DEPARTMENT], ""),
        ("2020-07-01", [], ""),
    ):
        found = await town.read(one, effective_on=day)
        assert [d["department_code"] for d in found["departments"]] == departments, day
        assert found["chief"] == leader
    page = await town.read("/sections", effective_on="2021-01-01")
    assert [row["section_code"] for row in page["items"]] == ["08"]
    [managed] = (await town.read(one))["departments"]
    assert managed["valid_to_on"] == "2020-06-30"
    stranger = town.by(Role.FB_PERFORMANCE, "653121")
    for path in (one, f"{one}?effective_on=2018-01-01", f"/offices?place={REGION_CODE}-07"):
        answer = await town.client.get(f"/v1{path}", headers=stranger)
        assert answer.status_code == 404, path


async def test_the_departments_of_a_section_stand_in_the_order_of_their_codes(
    real_town: Town,
) -> None:
    town = real_town
    await prefecture(town, REGION_CODE)
    section = {"region_code": REGION_CODE, "section_code": "07", "name": "教科文科"}
    await town.done(Role.COUNTY_FB, "/sections", {**section, "from_on": "2015-01-01"})
    one = f"/sections/{REGION_CODE}-07"
    for code, day in (("207", "2015-01-01"), ("205", "2016-01-01"), ("206", "2015-01-01")):
        body = {"department_code": code, "from_on": day}
        await town.done(Role.COUNTY_FB, f"{one}/assign-department", body)
    told = (await town.read(one))["departments"]
    assert [department["department_code"] for department in told] == ["205", "206", "207"]


async def test_living_units_are_exported_in_the_order_of_their_codes(real_town: Town) -> None:
    town = real_town
    await prefecture(town, REGION_CODE)
    codes = [f"{REGION_CODE}00{n}" for n in (3, 1, 2)]
    for code in codes:
        unit = {"unit_code": code, "name": code, "region_code": REGION_CODE}
        named = {"department_code": DEPARTMENT, "department_name": "教育局"}
        await town.done(Role.COUNTY_FB, "/units", {**unit, **named})
    told = (await exported(town, "units", REGION_CODE)).decode()
    assert sorted(codes, key=told.index) == sorted(codes)


async def test_what_is_exported_imports_unchanged(real_town: Town, empty_town: Town) -> None:
    await changed_places(real_town)
    files = {
        ("regions", "register_region", PREFECTURE): b"",
        ("regions", "register_region", REGION_CODE): b"",
        ("units", "register_unit", REGION_CODE): b"",
    }
    for what, operation, region in files:
        lines = await exported(real_town, what, region)
        files[what, operation, region] = lines
        await imported(empty_town, operation, region, lines)
    for (what, _, region), lines in files.items():
        assert len(lines.splitlines()) == 2
        assert await exported(empty_town, what, region) == lines
    told = files["regions", "register_region", REGION_CODE].decode()
    assert told.index(f'"region_code":"{NEW}"') < told.index(f'"region_code":"{OLD}"')
    for part in ("乃则尔巴格镇", '"leader":"乙"', '"last_on":"2019-04-30"', "TOWNSHIP"):
        assert part in told, part
    past = await empty_town.read(f"/regions/{OLD}", effective_on="2013-06-01")
    assert past["name"] == "乃则尔巴格镇"


async def test_the_townships_of_a_prefecture_come_in_and_go_out(
    real_town: Town, empty_town: Town
) -> None:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with TOWNSHIPS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows[row["parent"]].append(
                {
                    "region_code": row["code"],
                    "name": row["name"],
                    "parent_code": row["parent"],
                    "level": CLASSES.get(row["code"][6], "OTHER"),
                }
            )
    for town in (real_town, empty_town):
        await prefecture(town, *rows)
    for county, bodies in rows.items():
        lines = [{"body": body} for body in bodies]
        await real_town.imported(Role.FB_PERFORMANCE, "register_region", lines, region=county)
        told = await exported(real_town, "regions", county)
        await imported(empty_town, "register_region", county, told)
        assert await exported(empty_town, "regions", county) == told
    reader = empty_town.by(Role.FB_LEADER, PREFECTURE)
    whole = (await empty_town.client.get("/v1/regions?limit=1000", headers=reader)).json()
    assert len(whole["items"]) == 1 + 12 + 209


async def test_registers_are_held_by_role_and_scope(real_town: Town) -> None:
    town = real_town
    await changed_places(town)
    name = {"name": "x", "from_on": "2020-01-01"}
    wrong_role = await town.ask(Role.UNIT_HEAD, f"/regions/{NEW}/rename", name)
    assert wrong_role.status_code == 403
    foreign = await town.ask(Role.FB_LEADER, f"/regions/{NEW}/rename", name, region="653121")
    missing = await town.ask(Role.FB_LEADER, "/regions/653999/rename", name)
    assert (foreign.status_code, missing.status_code) == (404, 404)
    early = await town.ask(
        Role.FB_LEADER, f"/regions/{NEW}/rename", {**name, "from_on": "2019-05-01"}
    )
    assert early.status_code == 422
    assert early.json()["errors"][0]["pointer"] == "/from_on"
    ended = await town.ask(Role.FB_LEADER, f"/regions/{OLD}/rename", name)
    assert (ended.status_code, ended.json()["type"].rsplit("/")[-1]) == (409, "place-ended")
    stranger = town.by(Role.FB_PERFORMANCE, "653121")
    for what in ("regions", "units"):
        answer = await town.client.get(f"/v1/{what}/export?region={REGION_CODE}", headers=stranger)
        assert answer.status_code == 404
