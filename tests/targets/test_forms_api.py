"""Official forms in and out on a real database: what is exported imports again unchanged."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.targets.api.application_schemas import AnnualFundsBody, ApplicationBody
from services.targets.api.forms import gathering
from services.targets.api.forms.register_sheets import PROJECT_SHEET
from services.targets.api.forms.sheets import SHEETS
from services.targets.api.forms.target_sheet import TARGET_SHEET
from services.targets.api.target_schemas import CostingBody, DraftTargetBody, IndicatorBody
from shared.documents.sheet import Kind
from shared.documents.writing import write_workbook
from shared.http.policy import Role
from shared.testing.servers import Postgres
from tests.targets.applications import full_body
from tests.targets.files import (
    Upload,
    empty_service,
    fetched,
    rows,
    sent,
    taken,
)
from tests.targets.stories import RULES, UNIT_CODE
from tests.targets.town import INDICATORS, Town, project_body, target_body

PREFECTURE = "653100"


@pytest.fixture
async def empty_town(postgres: Postgres, tmp_path: Path) -> AsyncIterator[Town]:
    """The same county before anything happened in it."""
    async with empty_service(postgres, tmp_path / "second") as town:
        yield town


async def lived(town: Town) -> None:
    """Two projects with targets: one in every detail, one that binds."""
    await town.founded()
    await town.registered(
        "P1", is_new=True, exemption="EMERGENCY_RELIEF", exemption_reason="抗震", is_renewed=True
    )
    await town.registered("P2", kind="PURCHASE", direct_fund_flag="01", function_code="2050203")
    await town.done(Role.UNIT_BUSINESS, "/targets", full_body("P1"))
    await town.graded("P2")
    await town.done(Role.FB_BUDGET, "/targets/P2-2021/approve", {"budget": "7400000.00"})


@pytest.mark.parametrize("form", ["xlsx", "ndjson"])
async def test_a_whole_county_leaves_one_service_and_enters_another(
    real_town: Town, empty_town: Town, form: str
) -> None:
    town, other = real_town, empty_town
    await lived(town)
    request = {
        "unit_code": UNIT_CODE,
        "budget_year": 2022,
        "project_code": "P1",
        "amount": "23000000.10",
        "exemption": "EMERGENCY",
        "exemption_reason": "抢险",
    }
    await town.done(Role.UNIT_FINANCE, "/budget-requests", request)
    steps = (
        ("/regions", Role.FB_PERFORMANCE, "register_region", PREFECTURE),
        ("/units", Role.COUNTY_FB, "register_unit", "653101"),
        ("/projects", Role.UNIT_BUSINESS, "register_project", "653101"),
        ("/targets", Role.UNIT_BUSINESS, "draft_target", "653101"),
        ("/budget-requests", Role.UNIT_FINANCE, "request_budget", "653101"),
    )
    for path, role, operation, region in steps:
        left = await _exported(town, path, form)
        report = await taken(other, Upload(role, operation, left, form, region))
        assert report["good"] == report["rows"] > 0
        if path == "/units":
            await _ruled(other)
        assert await _exported(other, path, form) == left, path
    where = await other.read("/targets/P1-2021/versions")
    assert where[0]["notes"] == (await town.read("/targets/P1-2021/versions"))[0]["notes"]


async def _exported(town: Town, path: str, form: str) -> bytes:
    # What a register exports is its whole history; the form shows what is true now.
    kind = "form" if path in {"/regions", "/units"} else "export"
    answer = await town.client.get(
        f"/v1{path}/{kind}",
        params={"form": form},
        headers=town.by(Role.FB_PERFORMANCE, PREFECTURE),
    )
    assert answer.is_success, answer.text
    return answer.content


async def _ruled(town: Town) -> None:
    """The rules are no form; they are adopted as everywhere."""
    rules = {"region_code": "653101", "fiscal_year": 2021, "rules": RULES}
    await town.done(Role.FB_PERFORMANCE, "/rule-sets", rules)
    basis = {"legal_basis": "喀财绩〔2021〕1号"}
    await town.done(Role.FB_LEADER, "/rule-sets/653101-2021/adopt", basis)


async def test_the_table_says_for_people_what_the_registers_know(real_town: Town) -> None:
    await lived(real_town)
    content = await fetched(real_town, "/targets/export", region="653101", fiscal_year="2021")
    first, second = rows(content, TARGET_SHEET)
    assert first["shown"] == {
        "unit": "教育局",
        "project_name": "校舍维修改造",
        "kind": "大型修缮",
        "department": "教育局（653101）",
        "attribute": "新增",
        "person": "阿依古丽",
    }
    assert second["shown"]["attribute"] == "延续"
    assert first["body"]["indicators"][0]["evidence"] == ["OFFICIAL_DOCUMENT", "WORKING_PAPER"]
    words = tuple(
        replace(one, codes={} if one.kind is Kind.LIST else one.codes) for one in TARGET_SHEET.lines
    )
    seen, _ = rows(content, replace(TARGET_SHEET, lines=words))
    assert seen["body"]["indicators"][0]["evidence"] == ["正式资料", "工作资料"]
    assert first["body"]["answers"] == "L10/indicators/0/target_value：上年受疫情影响：停工三个月"


async def test_exports_narrow_and_hide_what_is_not_yours(real_town: Town) -> None:
    town = real_town
    await lived(town)
    bound = await fetched(town, "/targets/export", status="APPROVED", form="ndjson")
    assert [json.loads(line)["body"]["project_code"] for line in bound.splitlines()] == ["P2"]
    assert rows(await fetched(town, "/targets/export", fiscal_year="2020"), TARGET_SHEET) == []
    stranger = town.by(Role.UNIT_FINANCE, "653121")
    for path in ("/targets/export", "/projects/export", "/units/form"):
        answer = await town.client.get(f"/v1{path}", params={"form": "ndjson"}, headers=stranger)
        assert (answer.status_code, answer.content) == (200, b""), path
    for path in ("/targets/P1-2021/form", "/targets/P9-2021/form"):
        answer = await town.client.get(f"/v1{path}", headers=stranger)
        assert answer.status_code == 404, path
        assert answer.json()["type"].endswith("/not-found")
    admin = await town.client.get("/v1/targets/export", headers=town.by(Role.SYS_ADMIN))
    assert admin.status_code == 403


async def test_what_the_table_has_no_cell_for_is_told_and_not_lost(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered()
    milestones = [{**INDICATORS[0], "milestones": {"M03": "10"}}, *INDICATORS[1:]]
    odd = {**target_body("P1"), "annual_goal": " ", "indicators": milestones}
    await town.done(Role.UNIT_BUSINESS, "/targets", odd)
    answer = await town.client.get("/v1/targets/export", headers=town.by(Role.FB_PERFORMANCE))
    assert answer.status_code == 409
    problem = answer.json()
    assert problem["type"].endswith("/not-on-the-form")
    assert "P1-2021 /indicators/0/milestones/M03" in problem["detail"]
    assert "P1-2021 /annual_goal" in problem["detail"]
    assert problem["remedy"]
    line = json.loads(await fetched(town, "/targets/export", form="ndjson"))
    assert line["body"]["indicators"][0]["milestones"] == {"M03": "10"}


async def test_a_list_is_read_in_parts_and_its_length_has_a_limit(
    real_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await lived(real_town)
    whole = await fetched(real_town, "/targets/export", form="ndjson")
    monkeypatch.setattr(gathering, "PART_MAX", 1)
    assert await fetched(real_town, "/targets/export", form="ndjson") == whole
    monkeypatch.setattr(gathering, "LINES_MAX", 1)
    for path in ("targets", "projects"):
        by = real_town.by(Role.FB_PERFORMANCE)
        answer = await real_town.client.get(f"/v1/{path}/export", headers=by)
        assert answer.status_code == 422, path
        assert answer.json()["type"].endswith("/form-too-long")
        assert answer.json()["remedy"]


def test_every_field_of_a_target_has_a_cell() -> None:
    def fields(of: Any, *without: str) -> set[str]:  # noqa: ANN401 - a body
        return set(of.model_fields) - set(without)

    pointers = {column.pointer for column in TARGET_SHEET.columns}
    wanted = {
        f"/body/{name}" for name in fields(DraftTargetBody, "indicators", "application", "confirm")
    }
    nested = {"midterm_funds", "annual_funds"}
    wanted |= {f"/body/application/{name}" for name in fields(ApplicationBody, *nested)}
    funds = fields(AnnualFundsBody)
    wanted |= {f"/body/application/annual_funds/{name}" for name in funds}
    wanted |= {f"/body/application/midterm_funds/{name}" for name in funds - {"carried_over"}}
    assert {pointer for pointer in pointers if pointer.startswith("/body/")} == wanted
    said = {column.pointer.split("/")[1] for column in TARGET_SHEET.lines}
    assert said == set(IndicatorBody.model_fields)
    costing = {c.pointer for c in TARGET_SHEET.lines if c.pointer.startswith("/costing/")}
    assert costing == {f"/costing/{name}" for name in CostingBody.model_fields}


def test_a_heading_means_one_column_of_its_form() -> None:
    for sheet in SHEETS:
        names = [name for c in sheet.every_column for name in (c.title, *c.also)]
        assert len(names) == len(set(names)), sheet.title


async def test_a_wrong_cell_of_the_project_library_is_named(real_town: Town) -> None:
    town = real_town
    await town.founded()
    good = {"body": {**project_body("P1")}}
    wrong = {"body": {**project_body("P2"), "direct_fund_flag": "7", "unit_code": "999"}}
    content = write_workbook(PROJECT_SHEET, [good, wrong])
    report = (await sent(town, Upload(Role.UNIT_BUSINESS, "register_project", content))).json()
    found = [
        (row["row"], row["cell"], row["problem"].rpartition("/")[2]) for row in report["refused"]
    ]
    assert found == [(3, "J3", "fields-invalid")]
    assert (report["good"], report["refused_rows"]) == (1, 1)
    nothing = await town.client.get("/v1/projects/P1", headers=town.by(Role.FB_PERFORMANCE))
    assert nothing.status_code == 404
