"""The log in every form, valid by the standards of each; fresh, filtered, revalidated, for ever."""

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest
from jsonschema import Draft7Validator, FormatChecker

from tests.disclosure.atom_rules import broken
from tests.disclosure.first_year import CITY, KASHGAR, bulletin, first_year, first_year_here
from tests.disclosure.test_feed import say, validator
from tests.disclosure.world import World, world

pytestmark = pytest.mark.real
STANDARDS: Final = Path(__file__).parent / "standards"
YEAR: Final = f"region={KASHGAR}&fiscal_year=2021"
LISTS: Final = (
    "disclosures", "bulletins", "policies", "policies/ideas", "trainings", "publicity/articles",
    "publicity/adoptions", "projects", "ex-ante-assessments", "libraries", "monitoring-rounds",
    "warnings", "self-evaluations", "evaluations", "recoveries", "budget-cuts",
    "external-ranks", "external-scores",
)  # fmt: skip


@pytest.fixture
async def here(database: str, tmp_path: Path) -> AsyncIterator[World]:
    """The first year, told."""
    async with world(database, tmp_path) as found:
        await found.hear(*first_year())
        await found.given(*first_year_here())
        yield found


async def test_every_list_is_a_valid_feed_and_a_table_of_the_same_rows(here: World) -> None:
    told = 0
    for name in (*(f"{one}?{YEAR}" for one in LISTS), "feed?limit=1000"):
        rows = (await here.get(f"/v1/{name}"))["items"]
        told += len(rows)
        feed = await here.client.get(f"/v1/{name}&format=jsonfeed")
        validator().validate(feed.json())
        assert [one["_abacus"]["row"] for one in feed.json()["items"]] == rows, name
        atom = await here.client.get(f"/v1/{name}&format=atom")
        assert broken(atom.content) == [], name
        lines = await here.client.get(f"/v1/{name}&format=ndjson")
        assert [json.loads(line) for line in lines.content.splitlines()] == rows, name
        table = await here.client.get(f"/v1/{name}&format=csv")
        read = list(csv.DictReader(io.StringIO(table.content.decode(), newline="")))
        assert len(read) == len(rows), name
        book = await here.client.get(f"/v1/{name}&format=xlsx")
        assert book.content[:2] == b"PK", name
        for answer in (feed, atom, lines, table, book):
            assert answer.headers["abacus-event-position"].isdigit()
    assert told > 50


async def test_amounts_of_a_table_are_those_of_the_list(here: World) -> None:
    rows = (await here.get(f"/v1/projects?{YEAR}"))["items"]
    table = await here.client.get(f"/v1/projects?{YEAR}&format=csv&bom=1")
    read = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"), newline="")))
    money = [name for name in rows[0] if any("." in str(row[name]) for row in rows)]
    assert money
    assert [[row[name] or "" for name in money] for row in rows] == [
        [row[name] for name in money] for row in read
    ]


async def test_the_whole_log_is_valid_atom_and_json_feed(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await say(here, 205)
        for path in ("", "?page=1", "?page=2"):
            assert broken((await here.client.get(f"/v1/feed.atom{path}")).content) == []
        newest = await here.get("/v1/feed.json?limit=3")
        validator().validate(newest)
        assert newest["_abacus"]["position"] >= 205


async def test_a_page_of_the_archive_is_for_ever_once_the_next_one_is_closed(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await say(here, 205)
        kept = {path: await here.client.get(f"/v1/{path}") for path in (
            "feed.atom?page=1", "feed.json?before=101", "feed/lines?after=100&limit=100",
        )}  # fmt: skip
        assert all("immutable" in one.headers["cache-control"] for one in kept.values())
        last = await here.client.get("/v1/feed.atom?page=2")
        assert "immutable" not in last.headers["cache-control"]
        await say(here, 310)
        for path, before in kept.items():
            assert (await here.client.get(f"/v1/{path}")).content == before.content, path
        later = await here.client.get("/v1/feed.atom?page=2")
        assert b"next-archive" in later.content
        assert "immutable" in later.headers["cache-control"]


async def test_a_filter_shows_the_words_of_a_region_a_unit_a_kind_and_a_type(here: World) -> None:
    every = (await here.get("/v1/feed?limit=1000"))["items"]
    city = (await here.get(f"/v1/feed?limit=1000&region={CITY}"))["items"]
    assert 0 < len(city) < len(every)
    assert {row["region_code"] for row in city} == {CITY}
    one = next(row for row in every if row["unit_code"] and row["kind"])
    for name in ("unit", "kind"):
        code = one[f"{name}_code"] if name == "unit" else one[name]
        wanted = [row for row in every if code in (row["unit_code"], row["kind"])]
        assert (await here.get(f"/v1/feed?limit=1000&{name}={code}"))["items"] == wanted
    wanted = [row for row in every if row["event_type"] == one["event_type"]]
    found = await here.get(f"/v1/feed?limit=1000&event_type={one['event_type']}")
    assert found["items"] == wanted
    newest = await here.get(f"/v1/feed.json?limit=1000&region={CITY}")
    assert [i["_abacus"]["sequence"] for i in newest["items"]] == [
        row["sequence"] for row in reversed(city)
    ]


async def test_filtered_pages_lead_through_the_whole_log(here: World) -> None:
    every = (await here.get(f"/v1/feed?limit=1000&region={CITY}"))["items"]
    forwards = await walk(here, f"/v1/feed?limit=2&region={CITY}")
    assert forwards == [row["sequence"] for row in every]
    seen: list[int] = []
    path: str | None = f"/v1/feed.json?limit=2&region={CITY}"
    while path is not None:
        page = await here.get(path)
        seen += [one["_abacus"]["sequence"] for one in page["items"]]
        path = page.get("next_url")
    assert seen == forwards[::-1]


async def walk(here: World, path: str) -> list[int]:
    """The sequences of a list, page by page."""
    seen: list[int] = []
    while True:
        page = await here.client.get(path)
        seen += [row["sequence"] for row in page.json()["items"]]
        if "next" not in page.links:
            return seen
        path = str(page.url.join(page.links["next"]["url"]))


async def test_the_raw_lines_are_cloud_events_and_hash_to_their_leaves(here: World) -> None:
    schema = json.loads((STANDARDS / "cloudevents.cd41f28.schema.json").read_text("utf-8"))
    check = Draft7Validator(schema, format_checker=FormatChecker())
    answer = await here.client.get("/v1/feed/lines")
    lines = [json.loads(text) for text in answer.content.decode().split("\n")[:-1]]
    assert [line["sequence"] for line in lines] == list(range(1, len(lines) + 1))
    for line in lines:
        word = json.loads(line["word"])
        check.validate(word)
        assert word["specversion"] == "1.0"
        assert sha256(b"\0" + line["word"].encode()).hexdigest() == line["leaf_hash"]
    first = await here.client.get("/v1/feed/lines?limit=2")
    assert first.links["next"]["url"] == "?after=2&limit=2"


async def test_whoever_has_the_newest_is_told_so_until_more_is_said(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.given(bulletin(KASHGAR, 2021, 3))
        tags: dict[str, str] = {}
        for path in ("feed.json", "feed.atom", "feed", "feed/lines", "feed?format=csv"):
            tags[path] = (await here.client.get(f"/v1/{path}")).headers["etag"]
            known = await here.client.get(f"/v1/{path}", headers={"if-none-match": tags[path]})
            assert (known.status_code, known.content) == (304, b""), path
            assert known.headers["etag"] == tags[path]
            assert known.headers["abacus-event-position"].isdigit()
        await here.given(bulletin(KASHGAR, 2021, 4))
        await until_looked_at()
        for path, tag in tags.items():
            again = await here.client.get(f"/v1/{path}", headers={"if-none-match": tag})
            assert again.status_code == 200, path


async def until_looked_at() -> None:
    """What is known of the head is at most a tenth of a second old."""
    await asyncio.sleep(0.12)


async def test_a_list_of_a_past_day_is_what_was_known_then_for_ever(here: World) -> None:
    """Everything was heard on 2022-07-01: nothing of it was known the day before."""
    path = f"/v1/projects?{YEAR}&as_of=2022-06-30&format="
    for form in ("json", "csv", "jsonfeed", "atom"):
        before = await here.client.get(f"{path}{form}")
        assert "immutable" in before.headers["cache-control"]
        assert before.headers["abacus-as-of"] == "2022-06-30"
        assert b"653101" not in before.content
    today = date(2022, 7, 1).isoformat()
    assert (await here.get(f"/v1/projects?{YEAR}&as_of={today}"))["items"]
