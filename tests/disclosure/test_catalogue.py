"""The catalogue by its standards: DCAT 3, Data Package, OCDS 1.1, IATI 2.03, and equal counts."""

import asyncio
import csv
import gzip
import io
import json
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft4Validator, Draft202012Validator, FormatChecker
from lxml import etree
from referencing import Registry, Resource

from shared.testing.servers import Postgres
from tests.disclosure.bulk_days import EVERY, FIRST, THIRD, after_three_days, lines, manifest
from tests.disclosure.dcat_rules import addresses, broken
from tests.disclosure.first_year import CITY, KASHGAR
from tests.disclosure.world import World, world

pytestmark = pytest.mark.real
STANDARDS: Final = Path(__file__).parent / "standards"
OCDS: Final = "/v1/catalogue/ocds/budget-breakdown"
IATI: Final = "/v1/catalogue/iati/results"
YEAR: Final = f"region={KASHGAR}&fiscal_year=2021"


@pytest.fixture
async def here(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """Three days are over."""
    monkeypatch.setenv("ABACUS_REGION", KASHGAR)
    async with after_three_days(postgres, tmp_path) as found:
        yield found


async def test_the_catalogue_is_dcat_and_all_of_it_leads_somewhere(here: World) -> None:
    told_sums = await manifest(here, THIRD)
    answer = await here.client.get("/v1/catalogue")
    assert answer.headers["content-type"] == "application/ld+json"
    told = answer.json()
    assert broken(told) == []
    names = [one["dct:identifier"] for one in told["dcat:dataset"]]
    assert names == [*EVERY, "ocds-budget-breakdown", "iati-results"]
    assert told["dct:publisher"]["foaf:name"] == "喀什地区"
    assert told["dct:temporal"]["dcat:startDate"]["@value"] == "2021-01-01"
    for dataset in told["dcat:dataset"][: len(EVERY)]:
        files = {one["path"]: one for one in told_sums[dataset["dct:identifier"]]["files"]}
        for one in dataset["dcat:distribution"][1:]:
            path = one["dcat:downloadURL"]["@id"].removeprefix("http://test/v1/exports/")
            assert one["spdx:checksum"]["spdx:checksumValue"]["@value"] == files[path]["sha256"]
            assert one["dcat:byteSize"]["@value"] == str(files[path]["bytes"])
    for address in addresses(told, "http://test"):
        shown = await here.client.get(address)
        assert shown.status_code == 200, (address, shown.text[:300])


async def test_a_broken_catalogue_is_found(here: World) -> None:
    told = await here.get("/v1/catalogue")
    first = told["dcat:dataset"][0]
    first["dcat:title"] = first.pop("dct:title")
    first["dcat:distribution"][0]["dcat:mediaType"] = "json"
    del first["dcat:distribution"][1]["dct:license"]
    assert len(broken(told)) == 4


async def test_the_data_package_is_valid_for_all_and_for_money(here: World) -> None:
    told = await here.get("/v1/catalogue/datapackage.json")
    for name in ("data-package.json", "fiscal-data-package.json"):
        schema = json.loads((STANDARDS / name).read_text("utf-8"))
        Draft4Validator(schema, format_checker=FormatChecker()).validate(told)
    assert [one["name"] for one in told["resources"]] == EVERY
    by_name = {one["name"]: one for one in told["resources"]}
    types = {one["name"]: one.get("columnType") for one in by_name["projects"]["schema"]["fields"]}
    assert types["fiscal_year"] == "date:fiscal-year"
    assert types["budget"] == types["approved"] == "value"
    assert types["origin"] is None
    for measure in told["model"]["measures"].values():
        fields = by_name[measure["resource"]]["schema"]["fields"]
        assert measure["source"] in {one["name"] for one in fields}


async def test_every_table_of_the_package_keeps_to_its_schema(here: World) -> None:
    await manifest(here, THIRD)
    told = await here.get("/v1/catalogue/datapackage.json")
    for one in told["resources"]:
        answer = await here.client.get(one["path"])
        assert (len(answer.content), one["hash"]) == (
            one["bytes"],
            f"sha256:{answer.headers['etag'].strip('"')}",
        )
        table = io.StringIO(gzip.decompress(answer.content).decode(), newline="")
        rows = list(csv.DictReader(table))
        fields = {field["name"]: field["type"] for field in one["schema"]["fields"]}
        assert rows == [] or list(rows[0]) == list(fields)
        keys = [tuple(row[key] for key in one["schema"]["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)
        for row in rows:
            for name, text in row.items():
                assert _reads(text, fields[name]), (one["name"], name, text)


async def test_every_row_keeps_to_the_schema_of_its_dataset(here: World) -> None:
    for name in EVERY:
        schema = await here.get(f"/v1/catalogue/schemas/{name}")
        valid = Draft202012Validator(schema, format_checker=FormatChecker())
        for row in await lines(here, THIRD, name, "full"):
            valid.validate(json.loads(row))
    unknown = await here.get("/v1/catalogue/schemas/persons", 404)
    assert unknown["type"].endswith("/dataset-unknown")


async def test_budgets_are_valid_ocds_and_as_many_as_the_api_has(here: World) -> None:
    valid = _ocds()
    for region, as_of in ((KASHGAR, ""), (CITY, ""), (KASHGAR, f"&as_of={FIRST}")):
        asked = f"region={region}&fiscal_year=2021{as_of}"
        answer = await here.client.get(f"{OCDS}?{asked}")
        told = json.loads(answer.content, parse_float=Decimal)
        valid.validate(answer.json())
        listed = (await here.get(f"/v1/projects?{asked}&with_target=true"))["items"]
        assert len(told["releases"]) == len(listed) > 0
        for release, project in zip(told["releases"], listed, strict=True):
            budget = release["planning"]["budget"]
            parts = sum(one["amount"]["amount"] for one in budget["budgetBreakdown"])
            assert parts == budget["amount"]["amount"] == Decimal(project["budget"])
            assert budget["projectID"] == project["project_code"]
    assert "immutable" in answer.headers["cache-control"]
    none = await here.get(f"{OCDS}?region={KASHGAR}&fiscal_year=2019", 404)
    assert none["type"].endswith("/nothing-to-tell")  # the standard wants one release at least


async def test_results_are_valid_iati_and_as_many_as_the_api_has(here: World) -> None:
    schema = etree.XMLSchema(etree.parse(STANDARDS / "iati-activities-schema.xsd"))
    answer = await here.client.get(f"{IATI}?{YEAR}")
    told = etree.fromstring(answer.content)
    schema.assertValid(told)
    assert told.get("version") == "2.03"
    listed = (await here.get(f"/v1/projects?{YEAR}&with_target=true"))["items"]
    activities = told.findall("iati-activity")
    assert len(activities) == len(listed) == 4
    scores = {
        one["project_code"]: one["final_score"]
        for one in (await here.get(f"/v1/self-evaluations?{YEAR}"))["items"]
    }
    for activity, project in zip(activities, listed, strict=True):
        money = "result[title/narrative='预算执行']/indicator/period"
        assert _values(activity, f"{money}/target") == [project["budget"]]
        judged = "result[title/narrative='绩效自评']/indicator/period/actual"
        assert _values(activity, judged) == [scores[project["project_code"]]]
    promised = "result[title/narrative='修渠长度']/indicator/period"
    assert _values(activities[0], f"{promised}/target") == ["10"]
    assert _values(activities[0], f"{promised}/actual") == []  # nobody told it
    assert _values(activities[3], f"{promised}/target") == []  # its target is withheld
    none = await here.get(f"{IATI}?region={KASHGAR}&fiscal_year=2019", 404)
    assert none["type"].endswith("/nothing-to-tell")


async def test_a_day_that_has_not_come_is_refused(here: World) -> None:
    for path in (OCDS, IATI):
        refused = await here.get(f"{path}?{YEAR}&as_of=2031-01-01", 422)
        assert refused["errors"][0]["pointer"] == "/as_of"


@pytest.mark.parametrize("path", [OCDS, IATI])
async def test_a_reader_who_takes_long_holds_no_connection(here: World, path: str) -> None:
    begun, read_on = asyncio.Event(), asyncio.Event()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body":
            begun.set()
            await read_on.wait()

    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1",
        "method": "GET", "scheme": "http", "path": path, "raw_path": path.encode(),
        "query_string": YEAR.encode(), "root_path": "", "headers": [(b"host", b"test")],
        "client": ("127.0.0.1", 1), "server": ("test", 80),
    }  # fmt: skip
    answering = asyncio.create_task(here.app(scope, receive, send))
    async with asyncio.timeout(30):
        await begun.wait()
        runtime = here.app.state.runtime
        engines = (runtime.engine, runtime.past_engine)
        assert [engine.pool.checkedout() for engine in engines] == [0, 0]
        read_on.set()
        await answering


async def test_before_anything_is_known_the_catalogue_is_valid_and_honest(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        told = await here.get("/v1/catalogue")
        assert broken(told) == []
        assert [one["dct:identifier"] for one in told["dcat:dataset"]] == EVERY
        assert "dct:temporal" not in told
        package = await here.get("/v1/catalogue/datapackage.json")
        schema = json.loads((STANDARDS / "fiscal-data-package.json").read_text("utf-8"))
        Draft4Validator(schema).validate(package)
        index = await here.get("/v1/exports")
        assert (index["first_on"], index["latest"], index["kept"]) == (None, None, [])
        refused = await here.get(f"/v1/exports/{FIRST}", 404)
        assert refused["type"].endswith("/day-not-exported")


def _ocds() -> Draft4Validator:
    """The package schema with the releases' own and the extension merged into it (RFC 7386)."""
    package = json.loads((STANDARDS / "ocds-1.1.5-release-package-schema.json").read_text("utf-8"))
    release = json.loads((STANDARDS / "ocds-1.1.5-release-schema.json").read_text("utf-8"))
    added = json.loads((STANDARDS / "ocds-budget-breakdown-release-schema.json").read_text("utf-8"))
    merged = Resource.from_contents(_merged(release, added))
    registry: Registry[Any] = Registry().with_resource(release["id"], merged)
    return Draft4Validator(package, registry=registry, format_checker=FormatChecker())


def _merged(target: Any, patch: Any) -> Any:  # noqa: ANN401 - JSON is what it is
    if not isinstance(patch, dict):
        return patch
    found = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        found[name] = _merged(found.get(name), value)
    return found


def _values(activity: etree._Element, path: str) -> list[str]:
    found = activity.xpath(f"{path}/@value")
    assert isinstance(found, list)
    return [str(one) for one in found]


_READ: Final[dict[str, Callable[[str], object]]] = {
    "integer": int,
    "number": Decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "array": json.loads,
    "object": json.loads,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def _reads(text: str, kind: str) -> bool:
    """Whether a cell reads as its column says; an empty one has no value."""
    try:
        return not text or _READ.get(kind, str)(text) is not None
    except (ValueError, KeyError, ArithmeticError):
        return False
