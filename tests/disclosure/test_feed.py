"""The public feed: valid JSON Feed, valid Atom with archives, and proofs that hold."""

import json
from base64 import b64decode
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from services.disclosure.domain.report import Figure, IssueAnnualReport
from shared.eventstore.merkle import consistency_holds, inclusion_holds
from tests.disclosure.first_year import KASHGAR, bulletin
from tests.disclosure.world import AFTERWARDS, World, world

STANDARDS: Final = Path(__file__).parent / "standards"
ATOM: Final = "{http://www.w3.org/2005/Atom}"
HISTORY: Final = "{http://purl.org/syndication/history/1.0}"


def report(value: int) -> IssueAnnualReport:
    """An edition of the report: another value makes another word."""
    figure = Figure(id="F06", label="项目数", value=str(value), unit="projects")
    return IssueAnnualReport(
        region_code=KASHGAR,
        fiscal_year=2021,
        figures=(figure,),
        by="iss|bureau",
        now=AFTERWARDS,
    )


def validator() -> Draft4Validator:
    """The schema of JSON Feed 1.1, which refers to that of 1.0."""
    names = {"feed-1": "feed-1.schema.json", "feed-1.1": "feed-1.1.schema.json"}
    resources = [
        (
            f"https://json.schemastore.org/{name}",
            Resource.from_contents(_json(path), default_specification=DRAFT4),
        )
        for name, path in names.items()
    ]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft4Validator(_json("feed-1.1.schema.json"), registry=registry)


def _json(name: str) -> Any:  # noqa: ANN401 - JSON is what it is
    return json.loads((STANDARDS / name).read_text("utf-8"))


async def say(here: World, words: int) -> None:
    """So many words are said."""
    await here.given(*(report(value) for value in range(words)))


async def test_the_json_feed_is_valid_and_leads_to_the_first_word(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await say(here, 25)
        seen: list[int] = []
        path: str | None = "/v1/feed.json?limit=10"
        while path is not None:
            answer = await here.client.get(path)
            assert answer.headers["content-type"].startswith("application/feed+json")
            feed = answer.json()
            validator().validate(feed)
            seen += [item["_abacus"]["sequence"] for item in feed["items"]]
            path = feed.get("next_url")
        assert seen == list(range(25, 0, -1))


async def test_an_entry_shows_what_was_said_and_its_hash(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await here.given(bulletin(KASHGAR, 2021, 3))
        [item] = (await here.get("/v1/feed.json"))["items"]
        assert item["title"] == "653100 2021年3月预算绩效工作月报"
        said = item["_abacus"]
        assert said["event_type"] == "disclosure.MonthlyBulletinIssued.v1"
        assert said["data"]["issued_on"] == date(2022, 7, 1).isoformat()
        [word] = await here.store.read_words(0, 1)
        assert said["leaf_hash"] == word.leaf_hash.hex()


async def test_atom_keeps_closed_pages_as_archives(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await say(here, 205)
        current = await atom(here, "/v1/feed.atom")
        assert [entries(current), archive(current)] == [[205, 204, 203, 202, 201], False]
        older = links(current)["prev-archive"]
        second = await atom(here, older)
        assert entries(second) == list(range(200, 100, -1))
        assert archive(second)
        first = await atom(here, links(second)["prev-archive"])
        assert entries(first) == list(range(100, 0, -1))
        assert "prev-archive" not in links(first)
        assert links(first)["next-archive"] == older
        for feed in (current, second, first):
            assert feed.find(f"{ATOM}id") is not None
            assert feed.find(f"{ATOM}updated") is not None
            assert all(entry.find(f"{ATOM}id") is not None for entry in feed.iter(f"{ATOM}entry"))
        archived = await here.client.get(links(second)["prev-archive"])
        assert "immutable" in archived.headers["cache-control"]
        missing = await here.client.get("/v1/feed.atom?page=3")
        assert missing.status_code == 404


async def atom(here: World, path: str) -> ET.Element:
    """An Atom document."""
    answer = await here.client.get(path)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    return ET.fromstring(answer.content)  # noqa: S314 - our own document


def entries(feed: ET.Element) -> Sequence[int]:
    """The sequences of its entries."""
    found = feed.iter("{urn:abacus:feed:1}sequence")
    return [int(one.text or 0) for one in found]


def links(feed: ET.Element) -> dict[str, str]:
    """Its links by relation."""
    return {one.attrib["rel"]: one.attrib["href"] for one in feed.findall(f"{ATOM}link")}


def archive(feed: ET.Element) -> bool:
    """Whether it says that it never changes again."""
    return feed.find(f"{HISTORY}archive") is not None


async def test_proofs_hold_for_every_word_and_every_size(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await say(here, 7)
        leaves = [word.leaf_hash for word in await here.store.read_words(0, 10)]
        for sequence in range(1, 8):
            path = f"/v1/feed/proofs/inclusion?sequence={sequence}&size=7"
            proof = await here.get(path)
            hashes, root = [b64decode(one) for one in proof["hashes"]], b64decode(proof["root"])
            assert inclusion_holds(leaves[sequence - 1], sequence - 1, 7, hashes, root)
            other = leaves[sequence % 7]
            assert not inclusion_holds(other, sequence - 1, 7, hashes, root)
        roots = {
            size: b64decode(
                (await here.get(f"/v1/feed/proofs/inclusion?sequence=1&size={size}"))["root"]
            )
            for size in range(1, 8)
        }
        for old in range(1, 7):
            proof = await here.get(f"/v1/feed/proofs/consistency?from={old}&to=7")
            hashes = [b64decode(one) for one in proof["hashes"]]
            assert consistency_holds(old, 7, hashes, roots[old], roots[7])


async def test_nobody_gets_a_proof_of_what_was_not_said(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await say(here, 2)
        for path in (
            "/v1/feed/proofs/inclusion?sequence=3&size=3",
            "/v1/feed/proofs/inclusion?sequence=2&size=1",
            "/v1/feed/proofs/consistency?from=2&to=1",
            "/v1/feed/proofs/consistency?from=1&to=9",
        ):
            answer = await here.client.get(path)
            assert answer.json()["type"].endswith("/proof-out-of-range"), path
        assert (await here.client.get("/v1/feed/checkpoint")).status_code == 404
