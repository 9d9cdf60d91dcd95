"""Persons in every story, and none of them in anything that the public can read (S13)."""

import gzip
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest

from docs.generator.examples import example
from services.disclosure.main import service
from services.disclosure.reactions import HEARS, react
from shared.contracts import evaluation, monitoring, targets
from shared.contracts.classification import Classification, classes_of, parts_of
from shared.contracts.public_event import PublicEvent
from shared.domain.money import Money
from shared.http.policy import EVERYONE, Role
from tests.disclosure import years
from tests.disclosure.first_year import KASHGAR, A, first_year, first_year_here
from tests.disclosure.settled import settle
from tests.disclosure.test_api import ITEM, post
from tests.disclosure.test_reactions import heard
from tests.disclosure.world import World, world
from tests.portal.crawling import LINKS_MAX, crawl
from tests.portal.year import RIGHT, rankings, units

CANARY: Final = "金丝雀"
PERSONS: Final = 2_500
"""Of each of four: who answers in two offices, who heads, who signs. 10,000 in all (S13)."""
OWNERS: Final = 40
"""How many answer for the problems of one self-evaluation."""
MOBILE: Final = "13800138000"


def person(role: str, number: int) -> str:
    """Somebody who must never be read."""
    return f"{CANARY}{role}{number:04d}"


def planted(word: type[PublicEvent]) -> PublicEvent:
    """The word with a canary in every text that is not public, in its parts, too."""
    if word is targets.RuleSetAdopted:
        return years.rules(KASHGAR, 2021)
    made = _planted(word, example(word))
    return word.model_validate(made)


def _planted(model: type[Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    parts = [part for part in parts_of(model) if part is not model]
    made = dict(fields)
    for name, value in fields.items():
        secret = classes_of(model).get(name) is not Classification.PUBLIC
        if secret and isinstance(value, str) and model.model_fields[name].annotation is str:
            made[name] = person(name, 1)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            [inside] = [part for part in parts if set(part.model_fields) >= set(value[0])]
            made[name] = [_planted(inside, one) for one in value]
    return made


@pytest.mark.parametrize("word", HEARS, ids=lambda word: word.__name__)
def test_whatever_is_heard_leaves_no_person_behind(word: type[PublicEvent]) -> None:
    fact = heard(planted(word))
    changes = [one for p in service.projections if p.hear for one in p.hear(fact)]
    left = repr((react(fact), changes))
    assert CANARY not in left


def with_persons() -> Iterable[PublicEvent]:
    """People who answer, sign, own and are paid."""
    for n in range(PERSONS):
        yield targets.ResponsibilityAssigned(
            region_code=KASHGAR, project_code=f"P{n}", fiscal_year=2021, unit_code=A.unit,
            steps=("TARGET",), business=person("business", n), finance=person("finance", n),
            head=person("head", n),
        )  # fmt: skip
        yield targets.TargetAdjustmentSigned(
            region_code=KASHGAR, project_code="A", fiscal_year=2021, unit_code=A.unit,
            adjustment_id=f"adj{n}", body="LEADER", signed_by=person("signer", n),
        )  # fmt: skip
    problems = tuple(
        evaluation.CoreProblem(subject=f"i{n}", name="长度", lost="1", owner=person("owner", n))  # type: ignore[arg-type] # read as text
        for n in range(OWNERS)
    )
    judged = years.evaluated(A, 2021)
    yield judged.model_copy(update={"core_problems": problems})
    place = monitoring.key_funds.PlaceTotal(
        place_code="01", payees=40, households=40, persons=40, enterprises=0,
        amount=Money(100),
    )  # fmt: skip
    yield monitoring.BeneficiariesPublished(
        region_code=KASHGAR, project_code="A", fiscal_year=2021, unit_code=A.unit,
        month="2021-06", places=(place,), published_on=date(2021, 7, 2),
    )  # fmt: skip


FOLLOWED: Final = "follow_feed"  # it never ends, and sends what `get_feed_lines` holds


async def scan(here: World) -> dict[str, str]:
    """Every address that needs no token, asked with what the story knows; text by address."""
    document = (await here.client.get("/openapi.json")).json()
    known = {
        "item_id": "SELF_EVALUATION-A-2021", "ranking_id": RIGHT,
        "region": KASHGAR, "region_code": KASHGAR,
        "fiscal_year": "2021", "year": "2021", "month": "2", "project_code": "A",
        "bulletin_id": f"{KASHGAR}-2021-02", "report_id": f"{KASHGAR}-2021", "table": "targets",
        "figure_id": "F06", "case_number": "PL-1", "number": "1", "policy_id": "KS-1",
        "dataset": "projects", "session_id": "T-1",
        "article_id": "A-1", "webhook_id": "w1", "import_id": "i1",
    }  # fmt: skip
    found: dict[str, str] = {}
    for path, operations in document["paths"].items():
        operation = operations.get("get", {}).get("operationId")
        if operation is None or service.policy.get(operation) != EVERYONE:
            continue
        if operation == FOLLOWED or "{day}" in path:  # `exported` reads those of a day
            continue
        address = path.format(**known) if "{" in path else path
        query = f"region={KASHGAR}&fiscal_year=2021&limit=1000&sequence=1&size=1&from=0&to=1"
        answer = await here.client.get(f"{address}?{query}")
        found[f"{path} {answer.status_code}"] = f"{answer.headers} {answer.text}"
    for path in ("/metrics", "/v1/feed.atom?page=1", "/v1/disclosures/tables/self-evaluations"):
        answer = await here.client.get(f"{path}", params={"region": KASHGAR, "fiscal_year": 2021})
        found[f"{path} {answer.status_code}"] = f"{answer.headers} {answer.text}"
    return found


async def test_no_person_is_found_in_anything_the_public_can_read(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.hear(*units(), *with_persons(), *first_year(), *rankings())
        await here.given(*first_year_here())
        unit = here.tokens.of(Role.UNIT_BUSINESS, unit=A.unit, subject=person("unit", 0))
        bureau = here.tokens.of(Role.FB_PERFORMANCE, subject=person("bureau", 0))
        item = "/v1/disclosures/SELF_EVALUATION-A-2021"
        fix = {"fields": {"explanation": "已整改"}, "reason": "补充说明"}
        await post(here, f"{item}/correct", fix, bureau)
        query = f"region={KASHGAR}&fiscal_year=2021&status=OWED"
        owed = (await here.get(f"/v1/disclosures?{query}"))["items"]
        own = next(one["item_id"] for one in owed if one["unit_code"] == A.unit)
        await post(here, f"/v1/disclosures/{own}/prepare", {"supplement": {"note": "无"}}, unit)
        await commented(here, bureau)
        await settle(here)
        found = {**await scan(here), **await portal(here), **await exported(here)}
        answered = [address for address in found if address.endswith(" 200")]
        assert len(answered) > 40, sorted(set(found) - set(answered))
        assert "SELF_EVALUATION-A-2021" in json.dumps(found), "the story can be read"
        pages = [address for address in found if address.startswith("http://test/portal/")]
        assert len(pages) > 100, len(pages)
        books = [address for address in found if "format=xlsx" in address]
        assert len(books) > 10, books
        files = [address for address in found if address.startswith("/v1/exports/")]
        assert len(files) > 60, files
        leaked = [address for address, text in found.items() if shows(text)]
        assert not leaked, leaked
        assert (await here.get(ITEM))["item_id"] == "TARGET-A-2021"


async def commented(here: World, bureau: dict[str, str]) -> None:
    """Somebody comments with name and contact, and somebody answers."""
    written = {
        "region_code": KASHGAR,
        "about": "PROJECT",
        "about_id": "A",
        "text": f"请答复，电话{MOBILE}",
        "name": person("commenter", 0),
        "contact": MOBILE,
    }
    answer = await here.client.post("/v1/comments", json=written)
    case = f"/v1/comments/{answer.json()['case_number']}"
    await post(here, f"{case}/publish", {"redactions": []}, bureau)
    await post(here, f"{case}/answer", {"text": "请见公开事项。"}, bureau)


async def portal(here: World) -> dict[str, str]:
    """Every page of the portal and every download it leads to, in both languages."""
    seen = await crawl(here.client)
    assert len(seen) < LINKS_MAX, "nothing is left out"
    english = await crawl(here.client, "en")
    told = {f"{link} {one.status}": one.text for link, one in seen.items()}
    return told | {f"{link} {one.status} en": one.text for link, one in english.items()}


async def exported(here: World) -> dict[str, str]:
    """Every file of the export of the day, unpacked."""
    here.clock.moment += timedelta(days=1)
    day = (await here.get("/v1/exports"))["last_on"]
    manifest = await here.client.get(f"/v1/exports/{day}", headers={"Prefer": "wait=60"})
    found: dict[str, str] = {"/v1/exports/manifest": manifest.text}
    for dataset in manifest.json()["datasets"]:
        for file in dataset["files"]:
            path = f"/v1/exports/{file['path']}"
            content = (await here.client.get(path)).content
            found[path] = unpacked(content)
    return found


def unpacked(content: bytes) -> str:
    """The text of a file in gzip, or of every part of a workbook."""
    if not content.startswith(b"PK"):
        return gzip.decompress(content).decode()
    with zipfile.ZipFile(BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


def shows(text: str) -> bool:
    """Whether a canary is in a text, as it is or escaped."""
    return any(one in text for one in (CANARY, json.dumps(CANARY)[1:-1], MOBILE))
