"""The libraries over HTTP, on a real database: versions, retirement, drafts, usage."""

from typing import Any

import httpx
import pytest

from shared.http.policy import Role
from tests.targets.stories import CONTENT, REGION_CODE
from tests.targets.town import INDICATORS, POINTS, SECOND_GOAL, Town, target_body

KEEPER = Role.FB_PERFORMANCE
CORE = "/libraries/KS_CORE"
PASS_RATE = {
    "code": "C1",
    "name": "校舍验收合格率",
    "level1": "OUTPUT",
    "level2": "QUALITY",
    "unit": "%",
    "operator": ">=",
    "nature": "QUANT",
    "reference_value": "95",
    "standard": "每低1个百分点扣5%权重分",
    "data_source": "验收报告",
    "start_on": "2021-01-01",
}
SCHOOLS = {"code": "C2", "name": "维修改造学校数量", "level1": "OUTPUT", "level2": "QUANTITY"}
ROW = ("level1", "level2", "name", "operator", "target_value", "unit", "weight", "standard")
CASE = {
    "code": "A1",
    "name": "校舍维修改造项目",
    "text": CONTENT.annual_goal,
    "indicators": [{name: one[name] for name in ROW if one.get(name)} for one in INDICATORS],
}


def class_body(
    *entries: object, library: str = "KS_CORE", class_code: str = "01"
) -> dict[str, object]:
    """A class of a library."""
    return {
        "library": library,
        "region_code": REGION_CODE,
        "class_code": class_code,
        "class_name": f"教育类{class_code}",
        "entries": list(entries),
    }


async def published(town: Town, *entries: object, library: str = "KS_CORE") -> None:
    """The class is in the library, and in use."""
    await town.done(KEEPER, "/libraries/classes", class_body(*entries, library=library))
    await town.done(KEEPER, f"/libraries/{library}/publish")


async def codes(town: Town, path: str, **query: Any) -> list[str]:  # noqa: ANN401
    """The codes of a list, in its order."""
    return [item["code"] for item in (await town.read(path, **query))["items"]]


def taken(code: str = "C1", project: str = "P1", **more: object) -> dict[str, Any]:
    """The usual target, with its second indicator taken from a library."""
    rows: list[dict[str, Any]] = [dict(one) for one in INDICATORS]
    rows[1] |= {"library_code": code, **more}
    waivers = {"L09": "本类核心指标不适用于校舍维修。"}
    return {**target_body(project), "indicators": rows, "waivers": waivers}


async def test_every_version_stays_readable(real_town: Town) -> None:
    town = real_town
    await published(town, PASS_RATE, SCHOOLS)
    await town.done(KEEPER, f"{CORE}/entries/C2/retire", {"reason": "口径已变"})
    again = {**PASS_RATE, "unit": "百分比"}
    await published(town, again, SCHOOLS, {"code": "C3", "name": "新指标"})
    await town.done(KEEPER, "/libraries/classes", class_body({"code": "C4", "name": "未发布"}))
    told = await town.read(f"{CORE}/versions")
    assert [(one["library_version"], one["entries"]) for one in told] == [(1, 2), (2, 2)]
    assert await codes(town, f"{CORE}/entries", version=1) == ["C1", "C2"]
    assert await codes(town, f"{CORE}/entries", version=2) == ["C1", "C2", "C3"]
    assert await codes(town, f"{CORE}/entries") == ["C4"]
    first = await town.read(f"{CORE}/entries/C1", version=1)
    assert (first["unit"], first["reference_value"], first["retired"]) == ("%", "95", None)
    assert (await town.read(f"{CORE}/entries/C1", version=2))["unit"] == "百分比"
    assert (await town.read(f"{CORE}/entries/C2", version=1))["retired"] is None
    assert (await town.read(f"{CORE}/entries/C2", version=2))["retired"] == "口径已变"
    assert (await town.read(f"{CORE}/classes", version=1))["items"][0]["entries"] == 2
    for path in (f"{CORE}/entries/C9", f"{CORE}/entries?version=9", f"{CORE}/entries/C4?version=2"):
        answer = await town.client.get(f"/v1{path}", headers=town.by(KEEPER))
        assert answer.status_code == 404, path


async def test_versions_differ_by_entry(real_town: Town) -> None:
    town = real_town
    other = class_body({"code": "D1", "name": "不变"}, class_code="02")
    await town.done(KEEPER, "/libraries/classes", other)
    await published(town, PASS_RATE, SCHOOLS, {"code": "C3", "name": "将退出"})
    await town.done(KEEPER, f"{CORE}/entries/C2/retire", {"reason": "口径已变"})
    await town.done(KEEPER, f"{CORE}/entries/D1/retire", {"reason": "停用"})
    await published(
        town, {**PASS_RATE, "reference_value": "98"}, SCHOOLS, CASE | {"indicators": []}
    )
    found = await town.read(f"{CORE}/diff", from_version=1, to_version=2)
    assert [one["code"] for one in found["added"]] == ["A1"]
    assert found["changed"] == [
        {
            "class_code": "01",
            "code": "C1",
            "name": "校舍验收合格率",
            "fields": [{"field": "reference_value", "before": "95", "after": "98"}],
        }
    ]
    assert {one["code"]: one["reason"] for one in found["retired"]} == {
        "C2": "口径已变",
        "C3": "LEFT_OUT",
        "D1": "停用",
    }
    back = await town.read(f"{CORE}/diff", from_version=2, to_version=1)
    assert [one["code"] for one in back["added"]] == ["C2", "C3", "D1"]
    same = await town.read(f"{CORE}/diff", from_version=2, to_version=2)
    assert (same["added"], same["changed"], same["retired"]) == ([], [], [])


async def test_only_the_keepers_of_a_library_change_it(real_town: Town) -> None:
    town = real_town
    await published(town, PASS_RATE)
    for verb in ("retire", "reinstate"):
        path = f"{CORE}/entries/C1/{verb}"
        assert (await town.ask(Role.FB_BUSINESS, path, {"reason": "x"})).status_code == 403
        foreign = await town.ask(KEEPER, path, {"reason": "x"}, region="653121")
        missing = await town.ask(KEEPER, f"{CORE}/entries/C9/{verb}", {"reason": "x"})
        assert (foreign.status_code, missing.status_code) == (404, 404)
        wordless = await town.ask(KEEPER, path, {"reason": " "})
        assert wordless.status_code == 422
        assert wordless.json()["errors"][0]["pointer"] == "/reason"
    anybody = await town.client.get(f"/v1{CORE}/usage", headers=town.by(Role.SYS_ADMIN))
    assert anybody.status_code == 403


async def test_an_entry_that_breaks_a_rule_is_named(real_town: Town) -> None:
    wrong = class_body(PASS_RATE, {**SCHOOLS, "level2": "SOCIAL"})
    answer = await real_town.ask(KEEPER, "/libraries/classes", wrong)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/entries/1/level2"
    assert answer.json()["type"].endswith("/library-levels-disagree")


async def drafted(town: Town, body: object) -> httpx.Response:
    """Whatever comes of drafting a target."""
    return await town.ask(Role.UNIT_BUSINESS, "/targets", body)


async def test_a_target_takes_an_entry_until_it_is_retired(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered()
    await town.registered("P2")
    await published(town, PASS_RATE, SCHOOLS)
    unknown = await drafted(town, taken("C9"))
    assert unknown.status_code == 422
    assert unknown.json()["errors"][0]["pointer"] == "/indicators/1/library_code"
    assert (await drafted(town, taken())).is_success
    await town.done(KEEPER, f"{CORE}/entries/C1/retire", {"reason": "口径已变"})
    refused = await drafted(town, taken(project="P2"))
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/retired-entry-taken")
    await town.done(KEEPER, f"{CORE}/entries/C1/reinstate", {"reason": "恢复"})
    assert (await drafted(town, taken(project="P2"))).is_success


async def test_usage_is_counted_by_version_and_class_and_follows_revisions(
    real_town: Town,
) -> None:
    town = real_town
    await town.founded()
    for code in ("P1", "P2", "P3"):
        await town.registered(code)
    await published(town, PASS_RATE, SCHOOLS, {"code": "C3", "name": "无人选用"})
    for code in ("P1", "P2"):
        assert (await drafted(town, taken(project=code))).is_success
    await town.done(
        KEEPER, "/libraries/classes", class_body({"code": "D", "name": "丁"}, class_code="2")
    )
    await town.done(KEEPER, f"{CORE}/publish")
    assert (await drafted(town, taken("C2", "P3", library="KS_CORE"))).is_success
    used = await town.read(f"{CORE}/usage")
    assert (used["targets"], used["approved"], used["used_entries"]) == (3, 0, 2)
    assert [
        (one["library_version"], one["class_code"], one["targets"]) for one in used["by_class"]
    ] == [
        (1, "01", 2),
        (2, "01", 1),
    ]
    assert [(one["code"], one["targets"]) for one in used["most_used"]] == [("C1", 2), ("C2", 1)]
    assert await codes(town, f"{CORE}/unused-entries") == ["C3", "D"]
    await town.done(KEEPER, f"{CORE}/entries/D/retire", {"reason": "停用"})
    assert await codes(town, f"{CORE}/unused-entries") == ["C3"]
    plain = {"annual_goal": SECOND_GOAL, "indicators": INDICATORS}
    await town.done(Role.UNIT_BUSINESS, "/targets/P3-2021/revise", plain)
    assert await codes(town, f"{CORE}/unused-entries") == ["C2", "C3"]
    one = "/targets/P1-2021"
    await town.confirmed(one)
    for role, verb in (
        (Role.UNIT_HEAD, "submit"),
        (Role.DEPT_REVIEWER, "review"),
        (Role.FB_BUSINESS, "check"),
    ):
        await town.done(role, f"{one}/{verb}", {})
    await town.done(KEEPER, f"{one}/grade", {"points": POINTS})
    await town.done(Role.FB_BUDGET, f"{one}/approve", {"budget": "7400000.00"})
    used = await town.read(f"{CORE}/usage", fiscal_year=2021)
    assert (used["targets"], used["approved"]) == (2, 1)
    assert (await town.read(f"{CORE}/usage", fiscal_year=2022))["targets"] == 0
    stranger = town.by(Role.UNIT_FINANCE, "653121")
    foreign = (await town.client.get(f"/v1{CORE}/usage", headers=stranger)).json()
    assert foreign["targets"] == 0


@pytest.mark.parametrize(
    ("library", "entry"),
    [("KS_CORE", PASS_RATE), ("XJ_INDUSTRY", SCHOOLS), ("XJ_MODEL_CASE", CASE)],
)
async def test_a_draft_from_a_library_is_a_body_for_a_target(
    real_town: Town, library: str, entry: dict[str, object]
) -> None:
    town = real_town
    await town.founded()
    await town.registered()
    await published(town, entry, library=library)
    path = f"/libraries/{library}/entries/{entry['code']}/draft"
    body = await town.read(path, project_code="P1", fiscal_year=2021)
    answer = await drafted(town, body)
    assert answer.status_code == 201, answer.text
    case = library == "XJ_MODEL_CASE"
    found = (await town.read("/targets/P1-2021/findings"))["findings"]
    rules = {finding["rule"] for finding in found if finding["severity"] == "ERROR"}
    # A case is a whole target, but for what depends on the project that takes it: how values
    # will be obtained, the levels of its standards, the core indicators of its class.
    assert (rules <= {"L04", "L09", "L14"}) is case, rules
    [version] = await town.read("/targets/P1-2021/versions")
    assert version["annual_goal"] == (CONTENT.annual_goal if case else "")
    used = await town.read(f"/libraries/{library}/usage")
    assert used["most_used"] == [
        {"class_code": "01", "code": entry["code"], "targets": 1, "approved": 0}
    ]


async def test_there_is_no_draft_from_what_may_not_be_taken(real_town: Town) -> None:
    town = real_town
    await published(town, PASS_RATE, {**SCHOOLS, "end_on": "2020-12-31"})
    await town.done(KEEPER, f"{CORE}/entries/C1/retire", {"reason": "停用"})
    await town.done(
        KEEPER, "/libraries/classes", class_body({"code": "N", "name": "新"}, class_code="2")
    )
    asked = {"project_code": "P1", "fiscal_year": "2021"}
    for code, status in (("C1", 409), ("C2", 409), ("N", 404), ("C9", 404)):
        answer = await town.client.get(
            f"/v1{CORE}/entries/{code}/draft", params=asked, headers=town.by(KEEPER)
        )
        assert answer.status_code == status, (code, answer.text)


async def test_the_path_of_a_command_is_not_taken_for_the_name_of_a_library(
    real_town: Town,
) -> None:
    by = real_town.by(KEEPER, REGION_CODE)
    answer = await real_town.client.get("/v1/libraries/cases", headers=by)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    unknown = await real_town.client.get("/v1/libraries/none", headers=by)
    assert (unknown.status_code, unknown.json()["errors"][0]["parameter"]) == (422, "library")
