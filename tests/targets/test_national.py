"""The national budget system in both directions: fixture files, real services, and its traps."""

import json
from collections.abc import AsyncIterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from services.targets.api.national import (
    flag,
    goal_record,
    indicator_records,
    national_flag,
    project_lines,
)
from shared.http.policy import Role
from shared.http.problems import FieldsInvalid
from shared.testing.servers import Postgres
from tests.targets.applications import full_body
from tests.targets.files import Upload, empty_service, fetched, taken
from tests.targets.stories import UNIT_CODE
from tests.targets.town import PERSONS, POINTS, Town

DATA: Final = Path(__file__).parent / "data" / "national"
BUDGET: Final[list[dict[str, Any]]] = json.loads(
    (DATA / "project_budget.json").read_text(encoding="utf-8"), parse_float=Decimal
)
TARGET: Final[Mapping[str, Any]] = json.loads((DATA / "targets.ndjson").read_text(encoding="utf-8"))
NAMED: Final = {UNIT_CODE: PERSONS}
FIRST: Final = {
    "project_code": "653101210000T0000001",
    "name": "653101210000T0000001",
    "fiscal_year": 2021,
    "region_code": "653101",
    "unit_code": UNIT_CODE,
    "requested": "8000000.00",
    "is_new": True,
    "function_code": "2050203",
    "fund_type_code": "111",
    "direct_fund_flag": "01",
    "responsible": PERSONS,
}


@pytest.fixture
async def empty_town(postgres: Postgres, tmp_path: Path) -> AsyncIterator[Town]:
    """The same county before anything happened in it."""
    async with empty_service(postgres, tmp_path / "second") as town:
        yield town


def pointers(refusal: FieldsInvalid) -> list[str]:
    """The fields that a refusal names."""
    errors: Any = refusal.details["errors"]
    return [error.pointer for error in errors]


def test_a_project_is_the_sum_of_its_records_and_deleted_ones_are_gone() -> None:
    first, second = project_lines(BUDGET, NAMED)
    assert first == {"body": FIRST}
    assert (second["body"]["is_new"], second["body"]["requested"]) == (False, "800000.00")


@pytest.mark.parametrize(
    ("said", "read"), [(1, True), ("1", True), (2, False), ("2", False)], ids=repr
)
def test_one_is_yes_and_two_is_no(said: object, *, read: bool) -> None:
    assert flag({"is_new": said}, "is_new") is read
    assert national_flag(said=read) == int(str(said))


@pytest.mark.parametrize("said", [0, "0", True, False, 3, "Y"], ids=repr)
def test_any_other_answer_is_none(said: object) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        flag({"is_new": said}, "is_new", 7)
    assert pointers(refused.value) == ["/7/is_new"]


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"amount": "12.345"}, "/1/amount"),
        ({"amount": "many"}, "/1/amount"),
        ({"amount": "1e999999999"}, "/1/amount"),
        ({"amount": float("nan")}, "/1/amount"),
        ({"fiscal_year": "二〇二一"}, "/1/fiscal_year"),
        ({"mof_div_code": "653121000"}, "/1/mof_div_code"),
        ({"amount": True}, "/1/amount"),
        ({"amount": None}, "/1/amount"),
        ({"pro_code": " "}, "/1/pro_code"),
        ({"agency_code": "653101009"}, "/1/agency_code"),
        ({"fiscal_year": "2022"}, "/1/fiscal_year"),
        ({"is_deleted": 0}, "/1/is_deleted"),
        ({"is_new": "no"}, "/1/is_new"),
    ],
)
def test_a_wrong_record_is_named_by_its_place_and_field(
    changed: Mapping[str, Any], pointer: str
) -> None:
    records = [BUDGET[0], {**BUDGET[1], **changed}]
    with pytest.raises(FieldsInvalid) as refused:
        project_lines(records, NAMED)
    assert pointers(refused.value) == [pointer]


def test_a_unit_that_has_named_nobody_cannot_take_a_project() -> None:
    with pytest.raises(FieldsInvalid):
        project_lines(BUDGET, {})


async def bound(town: Town) -> None:
    """One target that binds, written to the last cell."""
    await town.founded()
    await town.registered(is_new=True)
    await town.assessed(target={**full_body(), "answers": {}})
    one = "/targets/P1-2021"
    await town.confirmed(one)
    await town.done(Role.UNIT_HEAD, f"{one}/submit", {})
    await town.done(Role.DEPT_REVIEWER, f"{one}/review", {})
    await town.done(Role.FB_BUSINESS, f"{one}/check", {})
    await town.done(Role.FB_PERFORMANCE, f"{one}/grade", {"points": POINTS})
    await town.done(Role.FB_BUDGET, f"{one}/approve", {"budget": "7400000.00"})


async def test_what_binds_goes_out_and_comes_in_by_its_headings(
    real_town: Town, empty_town: Town
) -> None:
    town, other = real_town, empty_town
    await bound(town)
    await town.registered("P2")
    await town.graded("P2")
    told = await fetched(town, "/national/targets", region="653101", fiscal_year="2021")
    assert [json.loads(line) for line in told.splitlines()] == [TARGET]
    workbook = await fetched(town, "/national/targets", form="xlsx")
    await other.founded()
    await other.registered()
    report = await taken(other, Upload(Role.UNIT_BUSINESS, "draft_target", workbook))
    assert (report["rows"], report["good"]) == (1, 1)
    line = json.loads(await fetched(other, "/targets/export", form="ndjson"))
    owner = {"region_code": "653101", "unit_code": UNIT_CODE, "department_code": "653101"}
    again = {**line["body"], **owner}
    assert goal_record(again) == TARGET["PM_PERF_GOAL_INFO"]
    assert indicator_records(again) == TARGET["PM_PERF_INDICATOR"]
    # The national tables have no points: the draft says so, and cannot be handed in.
    findings = await other.read("/targets/P1-2021/findings")
    assert "L03" in {finding["rule"] for finding in findings["findings"]}


async def test_conclusions_go_out(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered(is_new=True)
    await town.assessed()
    await town.registered("P2", is_new=True)
    told = await fetched(town, "/national/ex-ante-conclusions", fiscal_year="2021")
    assert [json.loads(line) for line in told.splitlines()] == [
        {
            "mof_div_code": "653101000",
            "fiscal_year": 2021,
            "agency_code": UNIT_CODE,
            "dept_code": "653101",
            "pro_code": "P1",
            "conclusion": "INCLUDED",
            "accepted_amount": "7400000.00",
        }
    ]
    stranger = town.by(Role.UNIT_FINANCE, "653121")
    for path in ("targets", "ex-ante-conclusions"):
        answer = await town.client.get(f"/v1/national/{path}", headers=stranger)
        assert (answer.status_code, answer.content) == (200, b"")
    admin = town.by(Role.SYS_ADMIN)
    assert (await town.client.get("/v1/national/targets", headers=admin)).status_code == 403


async def test_budget_records_become_projects(real_town: Town) -> None:
    town = real_town
    await town.founded()
    place, by = "/v1/national/projects/translate", town.by(Role.UNIT_BUSINESS)
    records = json.loads((DATA / "project_budget.json").read_text(encoding="utf-8"))
    unnamed = await town.client.post(place, json=records, headers=by)
    assert unnamed.status_code == 422
    assert unnamed.json()["errors"][0]["pointer"] == "/0/agency_code"
    persons = {"responsible": PERSONS}
    named = f"/units/{UNIT_CODE}/name-responsible-persons"
    await town.done(Role.UNIT_HEAD, named, persons)
    answer = await town.client.post(place, json=records, headers=by)
    assert answer.status_code == 200, answer.text
    upload = Upload(Role.UNIT_BUSINESS, "register_project", answer.content, "ndjson")
    assert (await taken(town, upload))["good"] == 2
    project = await town.read("/projects/653101210000T0000001")
    assert (project["requested"], project["triggers"]) == ("8000000.00", ["NEW"])
    assert project["direct_fund_flag"] == "01"
    wrong = await town.client.post(place, json=[{**records[0], "is_new": 0}], headers=by)
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["pointer"] == "/0/is_new"
    foreign = await town.client.post(
        place, json=records, headers=town.by(Role.UNIT_BUSINESS, "653121")
    )
    assert foreign.status_code == 422
