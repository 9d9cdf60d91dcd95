"""Every list in every form, on a real database: one page, one cursor, one freshness."""

import asyncio
import csv
import io
import json
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from httpx import Response

from shared.documents.reading import read_workbook
from shared.documents.sheet import Column, Sheet
from shared.http.policy import Role
from tests.shared.http.conftest import Served

pytestmark = pytest.mark.real
NAMES = [f"jar-{number:02d}" for number in range(7)]
FORMS = {
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ndjson": "application/x-ndjson",
    "jsonfeed": "application/feed+json",
    "atom": "application/atom+xml",
    "sse": "text/event-stream",
}
ATOM = "{http://www.w3.org/2005/Atom}"


async def ask(served: Served, path: str, **headers: str) -> Response:
    """The bureau asks."""
    by = served.tokens.of(Role.FB_BUDGET)
    answer = await served.client.get(path, headers={**by, **headers})
    assert answer.status_code == 200, answer.text
    return answer


def named(form: str, answer: Response) -> list[str]:  # noqa: PLR0911 - one answer per form
    """The jars that an answer names, in its order."""
    match form:
        case "json":
            return [row["jar_id"] for row in answer.json()["items"]]
        case "csv":
            rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
            return [row["jar_id"] for row in rows]
        case "xlsx":
            columns = (Column(title="jar_id", pointer="/body/jar_id"),)
            sheet = Sheet(operation="x", title="v1-jars", columns=columns)
            return [
                str(one.fields["body"]["jar_id"]) for one in read_workbook(answer.content, sheet)
            ]
        case "ndjson":
            return [json.loads(line)["jar_id"] for line in answer.content.splitlines()]
        case "jsonfeed":
            return [item["_abacus"]["row"]["jar_id"] for item in answer.json()["items"]]
        case "atom":
            feed = ET.fromstring(answer.content)  # noqa: S314 - our own document
            return [one.text or "" for one in feed.iterfind(f"{ATOM}entry/{ATOM}title")]
        case _:
            return [json.loads(one["data"])["jar_id"] for one in events(answer)]


def events(answer: Response) -> list[dict[str, str]]:
    """The events of a stream that has ended."""
    found = [
        dict(line.split(": ", 1) for line in frame.splitlines() if not line.startswith(":"))
        for frame in answer.text.split("\n\n")
    ]
    return [one for one in found if "id" in one]


@pytest.mark.parametrize("form", FORMS)
async def test_a_form_shows_the_rows_of_the_page_by_parameter_and_by_header(
    real_jars: Served, form: str
) -> None:
    await real_jars.open(*NAMES)
    by_name = await ask(real_jars, f"/v1/jars?format={form}")
    by_type = await ask(real_jars, "/v1/jars", accept=f"text/html;q=0.1, {FORMS[form]}")
    for answer in (by_name, by_type):
        assert answer.headers["content-type"].startswith(FORMS[form])
        assert named(form, answer) == NAMES
        assert "abacus-as-of" in answer.headers
        assert answer.headers["abacus-event-position"].isdigit()


@pytest.mark.parametrize("form", sorted(FORMS.keys() - {"sse"}))
async def test_a_form_has_the_filters_and_the_cursor_of_its_list(
    real_jars: Served, form: str
) -> None:
    await real_jars.open(*NAMES, coins=1)
    await real_jars.open("empty")
    seen: list[str] = []
    url: str | None = f"/v1/jars?limit=3&at_least=1&format={form}"
    while url is not None:
        page = await ask(real_jars, url)
        assert page.headers["content-type"].startswith(FORMS[form])
        seen += named(form, page)
        url = str(page.url.join(page.links["next"]["url"])) if "next" in page.links else None
    assert seen == NAMES


async def test_a_cursor_of_one_form_leads_on_in_another(real_jars: Served) -> None:
    await real_jars.open(*NAMES)
    cursor = (await ask(real_jars, "/v1/jars?limit=4")).json()["next"]
    rest = await ask(real_jars, f"/v1/jars?limit=4&format=csv&cursor={cursor}")
    assert named("csv", rest) == NAMES[4:]
    feed = (await ask(real_jars, "/v1/jars?limit=4&format=jsonfeed")).json()
    assert named("jsonfeed", await ask(real_jars, feed["next_url"])) == NAMES[4:]


async def test_a_stream_goes_through_all_pages_and_on_behind_any_event(real_jars: Served) -> None:
    await real_jars.open(*NAMES)
    whole = await ask(real_jars, "/v1/jars?limit=3&format=sse")
    assert named("sse", whole) == NAMES
    assert whole.text.endswith("event: end\ndata: {}\n\n")
    for place, one in enumerate(events(whole), 1):
        again = await ask(real_jars, "/v1/jars?limit=3&format=sse", **{"last-event-id": one["id"]})
        assert named("sse", again) == NAMES[place:]
    await real_jars.open("jar-99")
    more = await ask(real_jars, "/v1/jars?format=sse", **{"last-event-id": events(whole)[-1]["id"]})
    assert named("sse", more) == ["jar-99"]


@pytest.mark.parametrize("form", FORMS)
async def test_a_question_in_any_script_is_answered_in_every_form(
    real_jars: Served, form: str
) -> None:
    await real_jars.open(*NAMES[:2])
    assert named(form, await ask(real_jars, f"/v1/jars?format={form}&bom=是")) == NAMES[:2]


async def test_a_form_that_nobody_knows_is_refused_by_name(real_jars: Served) -> None:
    by = real_jars.tokens.of(Role.FB_BUDGET)
    answer = await real_jars.client.get("/v1/jars?format=pdf", headers=by)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["parameter"] == "format"
    assert "xlsx" in error["detail"]
    assert error["remedy"]
    lenient = await ask(real_jars, "/v1/jars", accept="application/pdf")
    assert lenient.headers["content-type"] == "application/json"


async def test_what_is_no_list_has_no_forms(real_jars: Served) -> None:
    await real_jars.open("a")
    one = await ask(real_jars, "/v1/jars/a?format=csv")
    assert one.json()["jar_id"] == "a"
    missing = await real_jars.client.get(
        "/v1/jars/b", headers={**real_jars.tokens.of(Role.FB_BUDGET), "accept": "text/csv"}
    )
    assert missing.status_code == 404
    refused = await real_jars.client.get("/v1/jars?format=csv")
    assert refused.status_code == 401


@pytest.mark.parametrize("form", FORMS)
async def test_a_past_day_is_the_same_bytes_for_ever(real_jars: Served, form: str) -> None:
    real_jars.wall.shows = datetime(2021, 5, 3, 1, tzinfo=UTC)
    await real_jars.open(*NAMES[:3])
    real_jars.wall.shows = datetime(2021, 5, 4, 1, tzinfo=UTC)
    url = f"/v1/jars?as_of=2021-05-03&limit=2&format={form}"
    first = await ask(real_jars, url)
    assert named(form, first) == (NAMES[:3] if form == "sse" else NAMES[:2])
    await real_jars.open(*NAMES[3:], coins=4)
    real_jars.wall.shows = datetime(2021, 9, 4, 1, tzinfo=UTC)
    again = await ask(real_jars, url)
    assert again.content == first.content
    assert again.headers["abacus-as-of"] == "2021-05-03"
    assert "abacus-age-seconds" not in again.headers
    if form != "sse":
        assert "immutable" in again.headers["cache-control"]


@pytest.mark.parametrize("form", sorted(FORMS.keys() - {"json", "sse"}))
async def test_whoever_has_the_page_is_told_so(real_jars: Served, form: str) -> None:
    await real_jars.open("a")
    first = await ask(real_jars, f"/v1/jars?format={form}")
    tag = first.headers["etag"]
    assert (await again(real_jars, form, tag)) == 304
    await real_jars.open("b")
    assert (await again(real_jars, form, tag)) == 200


async def again(served: Served, form: str, tag: str) -> int:
    """The status for whoever has the page with this tag."""
    headers = {**served.tokens.of(Role.FB_BUDGET), "if-none-match": tag}
    return (await served.client.get(f"/v1/jars?format={form}", headers=headers)).status_code


async def test_an_age_counts_from_the_worker_that_was_last_heard_of(real_jars: Served) -> None:
    await real_jars.open("a")
    assert "abacus-age-seconds" not in (await ask(real_jars, "/v1/jars")).headers
    ago = int((datetime.now(UTC).timestamp() - 40) * 1_000)
    await real_jars.run(
        "INSERT INTO es.cursor VALUES ('worker:beat_ms', $1), ('worker:lag_ms', 2000)", ago
    )
    await asyncio.sleep(0.15)
    told = await ask(real_jars, "/v1/jars?format=jsonfeed")
    assert 42 <= float(told.headers["abacus-age-seconds"]) < 60
    assert told.json()["_abacus"]["age_seconds"] >= 42


async def test_many_lists_at_once_do_not_wait_for_one_another(real_jars: Served) -> None:
    """More than there are connections for queries: nobody may need a second one to end."""
    await real_jars.open("a")
    await asyncio.sleep(0.15)
    async with asyncio.timeout(15):
        answers = await asyncio.gather(*(ask(real_jars, "/v1/jars") for _ in range(24)))
    assert all("abacus-event-position" in answer.headers for answer in answers)
