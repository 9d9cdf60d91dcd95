"""Files that mean harm or nonsense: each is told what is wrong with it, none changes a thing."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, Final

import pytest
import xlsxwriter

from services.targets.api.forms.register_sheets import PROJECT_SHEET
from services.targets.api.forms.target_lines import on_sheet
from services.targets.api.forms.target_sheet import TARGET_SHEET
from shared.documents.writing import write_workbook
from shared.http.policy import Role
from shared.testing.api_spec import Api
from tests.targets.applications import full_body
from tests.targets.files import Upload, sent
from tests.targets.town import Town, project_body

SHEET: Final = "xl/worksheets/sheet1.xml"
HEAD: Final = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
MEBIBYTE: Final = 1 << 20


def form(**changed: object) -> bytes:
    """The application form of P1, with other fields."""
    return write_workbook(TARGET_SHEET, [on_sheet({**full_body(), **changed}, {})])


def with_part(name: str, text: bytes) -> bytes:
    """The good form with one part more, or another."""
    into = BytesIO()
    with zipfile.ZipFile(BytesIO(form())) as before, zipfile.ZipFile(into, "w", 8) as after:
        for part in before.namelist():
            if part != name:
                after.writestr(part, before.read(part))
        after.writestr(name, text)
    return into.getvalue()


def with_formula() -> bytes:
    """A goal that is computed, with the value Excel would show."""
    into = BytesIO()
    book = xlsxwriter.Workbook(into)
    page = book.add_worksheet(TARGET_SHEET.title)
    for place, column in enumerate(TARGET_SHEET.every_column):
        page.write_string(0, place, column.title)
    page.write_formula(1, 3, '=WEBSERVICE("http://127.0.0.1/"&A1)', value="P1")
    book.close()
    return into.getvalue()


def of_rows(count: int) -> bytes:
    """A sheet with so many rows."""
    return with_part(SHEET, HEAD + b"<row/>" * count + b"</sheetData></worksheet>")


HOSTILE: Final[Mapping[str, tuple[Callable[[], bytes], str]]] = {
    "a bomb": (lambda: with_part("xl/media/a.xml", bytes(401 * MEBIBYTE)), "workbook-too-large"),
    "macros": (lambda: with_part("xl/vbaProject.bin", b"x"), "workbook-has-macros"),
    "another file": (
        lambda: with_part("xl/externalLinks/externalLink1.xml", b"<x/>"),
        "workbook-has-macros",
    ),
    "a formula": (with_formula, "workbook-has-formulas"),
    "a million rows": (lambda: of_rows(1_000_000), "workbook-too-large"),
    "entities": (
        lambda: with_part(SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]>' + HEAD),
        "workbook-unreadable",
    ),
    "half a file": (lambda: form()[:2_000], "workbook-unreadable"),
    "a page": (lambda: b"<html></html>", "workbook-unreadable"),
    "nothing": (lambda: b"", "workbook-unreadable"),
}
WRONG: Final[list[tuple[str, object, str]]] = [
    ("fiscal_year", "二〇二一", "A2"),
    ("fiscal_year", 1999, "A2"),
    ("project_code", "P 1", "D2"),
]


@pytest.fixture
async def ready(town: Town, served: Api) -> Town:
    """The county whose project waits for its target."""
    await town.founded()
    await town.registered()
    await served.get("/livez")
    return town


def upload(content: bytes) -> Upload:
    """The form, sent by a unit."""
    return Upload(Role.UNIT_BUSINESS, "draft_target", content)


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_hostile_file_is_refused_and_changes_nothing(
    ready: Town, served: Api, kind: str
) -> None:
    make, problem = HOSTILE[kind]
    answer = await sent(ready, upload(make()), accept=True)
    assert answer.status_code == 422, answer.text
    told = answer.json()
    assert told["type"].endswith(f"/{problem}"), told
    assert told["detail"]
    if kind not in {"entities", "a page", "nothing", "half a file"}:
        assert told["remedy"]
    assert (await served.get("/livez")).facts == []


async def test_a_formula_is_named_by_its_cell(ready: Town) -> None:
    told = (await sent(ready, upload(with_formula()))).json()
    assert told["details"]["cell"] == "D2"


async def test_a_file_larger_than_any_form_is_not_even_read(ready: Town, served: Api) -> None:
    answer = await sent(ready, upload(bytes(65 * MEBIBYTE)), accept=True)
    assert answer.status_code == 413
    assert answer.json()["type"].endswith("/content-too-large")
    assert (await served.get("/livez")).facts == []


@pytest.mark.parametrize(("field", "value", "cell"), WRONG)
async def test_a_wrong_type_is_named_by_its_cell(
    ready: Town, served: Api, field: str, value: object, cell: str
) -> None:
    into = BytesIO()
    book = xlsxwriter.Workbook(into)
    page = book.add_worksheet(TARGET_SHEET.title)
    said: Any = {"fiscal_year": 2021, "project_code": "P1", "annual_goal": "改善", field: value}
    for place, column in enumerate(TARGET_SHEET.every_column):
        page.write_string(0, place, column.title)
        page.write(1, place, said.get(column.pointer.removeprefix("/body/"), ""))
    book.close()
    answer = await sent(ready, upload(into.getvalue()))
    assert answer.status_code == 201, answer.text
    report = answer.json()
    assert [(row["row"], row["cell"]) for row in report["refused"]] == [(2, cell)]
    accepted = await ready.client.post(
        f"/v1/imports/{report['id']}/accept", headers=ready.by(Role.UNIT_BUSINESS)
    )
    assert accepted.status_code == 409
    assert accepted.json()["remedy"]
    assert (await served.get("/livez")).facts == []


@pytest.mark.parametrize(
    ("changed", "cell"),
    [
        ({"indicators": [{**full_body()["indicators"][0], "weight": "101"}]}, "AF2"),
        (
            {
                "indicators": [
                    full_body()["indicators"][0],
                    {**full_body()["indicators"][1], "data_source": "HEARSAY"},
                ]
            },
            "AJ3",
        ),
        ({"application": {"annual_funds": {"total": "5.00", "fiscal": "4.00"}}}, "O2"),
    ],
)
async def test_a_rule_that_is_broken_in_a_form_names_the_cell(
    ready: Town, changed: Mapping[str, object], cell: str
) -> None:
    report = (await sent(ready, upload(form(**changed)))).json()
    assert [row["cell"] for row in report["refused"]] == [cell], report


async def test_only_who_may_draft_may_send_the_form(ready: Town, served: Api) -> None:
    refused = await sent(ready, Upload(Role.FB_BUDGET, "draft_target", form()), accept=True)
    assert refused.status_code == 403
    content = write_workbook(PROJECT_SHEET, [{"body": project_body("P9")}])
    foreign = Upload(Role.UNIT_BUSINESS, "register_project", content, region="653121")
    report = (await sent(ready, foreign)).json()
    assert [row["problem"].rpartition("/")[2] for row in report["refused"]] == ["unit-unknown"]
    assert (await served.get("/livez")).facts == []
