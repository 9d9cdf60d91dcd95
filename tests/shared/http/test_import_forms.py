"""An import as a form, in the background, and after the process that worked on it has died."""

import asyncio
import json
from collections.abc import Mapping
from io import BytesIO

import msgspec
import pytest
import xlsxwriter

from shared.documents.sheet import Column, Kind, Sheet
from shared.documents.writing import write_workbook
from shared.http.import_jobs import ACCEPTING, CHECKING
from shared.http.import_lines import Line
from shared.http.policy import Role
from shared.http.workbooks import NDJSON, XLSX, lines_of
from shared.testing.api_spec import Api
from tests.shared.counters import JarOpened
from tests.shared.http.conftest import Served
from tests.shared.http.jars import OPENINGS

OPEN = "/v1/imports?operation=open_jar"
FORM: Mapping[str, str] = {"content-type": XLSX}


def form(*jars: tuple[str, str]) -> bytes:
    """The form, filled."""
    lines = [{"body": {"jar_id": name, "unit_code": unit}} for name, unit in jars]
    return write_workbook(OPENINGS, lines)


SCORES = Sheet(
    operation="score",
    title="评分",
    columns=(Column(title="项目", pointer="/body/project_code"),),
    lines=(Column(title="分值", pointer="/score", kind=Kind.WHOLE),),
    lines_pointer="/body/scores",
)


def filled(*rows: tuple[object, ...]) -> bytes:
    """A workbook that somebody made, with its columns in an order of their own."""
    into = BytesIO()
    made = xlsxwriter.Workbook(into)
    page = made.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    made.close()
    return into.getvalue()


def read(text: bytes) -> tuple[int, list[int], list[int]]:
    """Where a line says that it stands."""
    line = msgspec.json.decode(text, type=Line)
    return line.row, line.lines, line.columns


async def test_a_form_is_imported_like_its_lines(jars: Api) -> None:
    sent = await jars.post(OPEN, content=form(("a", "u1"), ("b", "u1")), headers=FORM)
    report = sent.then(201).recorded_nothing().json
    assert (report["rows"], report["good"], report["done"]) == (2, 2, 2)
    accepted = (await jars.post(f"/v1/imports/{report['id']}/accept")).then(200)
    accepted.recorded(JarOpened(unit_code="u1"), JarOpened(unit_code="u1"))
    assert accepted.json["ids"] == ["a", "b"]


async def test_what_is_wrong_in_a_form_is_named_by_its_cell(jars: Api) -> None:
    content = form(("a", "u1"), ("Not a name", "u1"), ("c", "u3"), ("d", "u2"))
    report = (await jars.post(OPEN, content=content, headers=FORM)).then(201).json
    found = [
        (row["row"], row["cell"], row["problem"].rpartition("/")[2]) for row in report["refused"]
    ]
    assert found == [
        (3, "A3", "fields-invalid"),  # the name, by the rule of the command
        (4, "B4", "fields-invalid"),  # a unit that the form does not know
        (5, "A5", "not-found"),  # somebody else's unit
    ]
    good = await jars.post(f"/v1/imports/{report['id']}/accept?only_good_rows=true")
    good.then(200).recorded(JarOpened(unit_code="u1"))


async def test_a_cell_is_named_where_the_user_put_its_column(jars: Api) -> None:
    content = filled(
        ("备注", "单位", "jar_no"), ("x", "一单位", "a"), (), ("", "三单位", "b"), ("", "u1", "No")
    )
    report = (await jars.post(OPEN, content=content, headers=FORM)).then(201).json
    assert [(row["row"], row["cell"]) for row in report["refused"]] == [(4, "B4"), (5, "C5")]
    assert report["good"] == 1


async def test_a_line_says_where_it_stands_only_where_it_stands_otherwise() -> None:
    usual = filled(("项目", "分值"), ("P1", 1), ("", 2), ("P2", 3))
    assert [read(line) for line in (await lines_of(usual, SCORES)).splitlines()] == [
        (2, [], []),
        (4, [], []),
    ]
    other = filled(("分值", "项目"), (1, "P1"), (), (2, ""), (3, "P2"))
    assert [read(line) for line in (await lines_of(other, SCORES)).splitlines()] == [
        (2, [2, 4], [1, 0]),
        (5, [], [1, 0]),
    ]


async def test_only_what_has_a_form_is_read_as_one(jars: Api) -> None:
    put = "/v1/imports?operation=put_coins"
    refused = (await jars.post(put, content=form(("a", "u1")), headers=FORM)).then(415)
    assert refused.headers["accept-post"] == NDJSON


async def test_a_file_that_is_no_workbook_is_refused(jars: Api) -> None:
    refused = (await jars.post(OPEN, content=b"PK", headers=FORM)).then(422)
    refused.refused("workbook-unreadable").recorded_nothing()


async def watched(jars: Served, place: str, by: Mapping[str, str]) -> list[dict[str, object]]:
    """The reports until it has ended."""
    seen: list[dict[str, object]] = []
    while not seen or str(seen[-1]["state"]).endswith("ING"):
        seen.append((await jars.client.get(place, headers=dict(by))).json())
        await asyncio.sleep(0.01)
    return seen


@pytest.mark.real
async def test_a_large_file_is_worked_on_in_the_background(real_jars: Served) -> None:
    by = real_jars.tokens.of(Role.UNIT_FINANCE, unit="u1")
    background = {**by, "content-type": NDJSON, "prefer": "respond-async"}
    rows = "\n".join(json.dumps({"body": {"jar_id": f"j{n}"}}) for n in range(4_000))
    sent = await real_jars.client.post(OPEN, content=rows, headers=background)
    assert sent.status_code == 202, sent.text
    assert sent.headers["preference-applied"] == "respond-async"
    place = sent.headers["location"]
    assert (await watched(real_jars, place, by))[-1]["state"] == "REPORTED"
    accepted = await real_jars.client.post(
        f"{place}/accept", headers={**by, "prefer": "respond-async"}
    )
    assert accepted.status_code == 202
    last = (await watched(real_jars, place, by))[-1]
    assert (last["state"], last["good"], last["done"]) == ("ACCEPTED", 4_000, 4_000)


@pytest.mark.real
async def test_what_is_refused_in_the_background_ends(real_jars: Served) -> None:
    by = real_jars.tokens.of(Role.UNIT_FINANCE, unit="u1")
    sent = await real_jars.client.post(
        OPEN, content=b'{"body": {"jar_id": "B"}}', headers={**by, "content-type": NDJSON}
    )
    place = sent.headers["location"]
    accepted = await real_jars.client.post(
        f"{place}/accept", headers={**by, "prefer": "respond-async"}
    )
    assert accepted.status_code == 202
    last = (await watched(real_jars, place, by))[-1]
    assert (last["state"], last["refused_rows"]) == ("REPORTED", 1)


@pytest.mark.real
@pytest.mark.parametrize("state", [CHECKING, ACCEPTING])
async def test_what_a_dead_process_left_is_begun_again(real_jars: Served, state: str) -> None:
    by = real_jars.tokens.of(Role.UNIT_FINANCE, unit="u1")
    sent = await real_jars.client.post(
        OPEN,
        content=b'{"body": {"jar_id": "a"}}',
        headers={**by, "content-type": NDJSON, "idempotency-key": "k"},
    )
    place = sent.headers["location"]
    await real_jars.run("UPDATE es.import_job SET state = $1", state)
    for _ in range(2):
        accepted = await real_jars.client.post(f"{place}/accept", headers=by)
        assert accepted.json()["state"] == "ACCEPTED", accepted.text
    assert await real_jars.run("SELECT name FROM es.event") == [("JarOpened",)]
