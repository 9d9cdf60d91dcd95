"""A library as a file: what was imported is exported as an equal file, as lines and as a form."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import pytest

from services.targets.api.library_sheets import CASES, INDICATORS, case_lines
from shared.documents.writing import write_workbook
from shared.http.policy import Role
from shared.http.workbooks import NDJSON, XLSX
from tests.targets.test_library_http import CASE, KEEPER, PASS_RATE, class_body, published
from tests.targets.town import Town

SIZES = [("XJ_INDUSTRY", 37, 1964), ("KS_CORE", 26, 271), ("XJ_MODEL_CASE", 19, 319)]


def spread(count: int, parts: int) -> Sequence[int]:
    """A number as nearly equal parts."""
    return [count // parts + (part < count % parts) for part in range(parts)]


def made(library: str, part: int, number: int) -> dict[str, object]:
    """An entry that says something else than the others."""
    code = f"{part:02d}-{number:03d}"
    if library == "XJ_MODEL_CASE":
        return {**CASE, "code": code, "name": f"案例{code}"}
    return {**PASS_RATE, "code": code, "name": f"指标{code}", "reference_value": f"{number}.50"}


def lines(library: str, classes: int, entries: int) -> list[dict[str, Any]]:
    """A library as command lines."""
    return [
        {
            "path": {},
            "body": class_body(
                *(made(library, part, number) for number in range(count)),
                library=library,
                class_code=f"{part:02d}",
            ),
        }
        for part, count in enumerate(spread(entries, classes), start=1)
    ]


def as_text(found: Sequence[Mapping[str, Any]]) -> bytes:
    """Command lines as a file."""
    dumped = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in found)
    return "".join(f"{line}\n" for line in dumped).encode()


async def exported(town: Town, library: str, form: str, **query: str) -> bytes:
    """The file of a library."""
    answer = await town.client.get(
        f"/v1/libraries/{library}/export",
        params={"form": form, **query},
        headers=town.by(KEEPER),
    )
    assert answer.headers["content-type"] == (NDJSON if form == "ndjson" else XLSX)
    return answer.content


async def sent(
    town: Town, operation: str, content: bytes, kind: str, role: Role = KEEPER
) -> httpx.Response:
    """A file is imported, if nothing in it is wrong."""
    return await town.client.post(
        "/v1/imports",
        params={"operation": operation, "accept": "true"},
        content=content,
        headers={**town.by(role), "content-type": kind},
    )


@pytest.mark.parametrize(("library", "classes", "entries"), SIZES)
async def test_an_imported_file_exports_to_an_equal_file(
    real_town: Town, library: str, classes: int, entries: int
) -> None:
    town = real_town
    file = as_text(lines(library, classes, entries))
    report = await sent(town, "import_library_class", file, NDJSON)
    assert report.json()["good"] == classes, report.text
    await town.done(KEEPER, f"/libraries/{library}/publish")
    assert await exported(town, library, "ndjson") == file
    figures = await town.read(f"/libraries/{library}/statistics")
    assert (figures["class_count"], figures["entry_count"]) == (classes, entries)
    await published(town, {"code": "X", "name": "另一条"}, library=library)
    assert await exported(town, library, "ndjson") != file
    assert await exported(town, library, "ndjson", version="1") == file


@pytest.mark.parametrize(("library", "classes", "entries"), SIZES)
async def test_an_imported_form_exports_to_an_equal_form(
    real_town: Town, library: str, classes: int, entries: int
) -> None:
    town = real_town
    found = lines(library, classes, entries)
    if library == "XJ_MODEL_CASE":
        form, operation = write_workbook(CASES, case_lines(found)), "import_model_cases"
    else:
        form, operation = write_workbook(INDICATORS, found), "import_library_class"
    report = await sent(town, operation, form, XLSX)
    assert (report.status_code, report.json()["good"]) == (201, classes), report.text[:500]
    assert await exported(town, library, "xlsx") == form
    assert await exported(town, library, "ndjson") == as_text(found)


async def test_what_is_wrong_in_a_form_is_named_by_its_cell(real_town: Town) -> None:
    town = real_town
    wrong = lines("KS_CORE", 1, 3)
    wrong[0]["body"]["entries"][1] |= {"level2": "SOCIAL"}
    report = await sent(town, "import_library_class", write_workbook(INDICATORS, wrong), XLSX)
    assert report.status_code == 409, report.text
    checked = await town.client.post(
        "/v1/imports",
        params={"operation": "import_library_class"},
        content=write_workbook(INDICATORS, wrong),
        headers={**town.by(KEEPER), "content-type": XLSX},
    )
    [row] = checked.json()["refused"]
    assert (row["cell"], row["problem"].rpartition("/")[2]) == ("H3", "library-levels-disagree")
    assert row["remedy"] == "One of QUANTITY, QUALITY, TIMELINESS, COST."
    cases = case_lines(lines("XJ_MODEL_CASE", 1, 2))
    row = cases[0]["body"]["rows"][7]
    row["indicator"] = {**row["indicator"], "weight": "0.50"}
    checked = await town.client.post(
        "/v1/imports",
        params={"operation": "import_model_cases"},
        content=write_workbook(CASES, cases),
        headers={**town.by(KEEPER), "content-type": XLSX},
    )
    [row] = checked.json()["refused"]
    assert (row["cell"], row["problem"].rpartition("/")[2]) == ("M9", "case-weights-wrong")


async def test_only_the_keepers_import_and_no_version_is_invented(real_town: Town) -> None:
    town = real_town
    form = write_workbook(INDICATORS, lines("KS_CORE", 1, 1))
    refused = await sent(town, "import_library_class", form, XLSX, Role.UNIT_BUSINESS)
    assert refused.status_code == 403
    headers = town.by(KEEPER)
    path = "/v1/libraries/KS_CORE/export"
    missing = await town.client.get(path, params={"version": "1"}, headers=headers)
    assert missing.status_code == 404
    odd = await town.client.get(path, params={"form": "docx"}, headers=headers)
    assert odd.status_code == 422
