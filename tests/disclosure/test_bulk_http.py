"""Exports over HTTP: taken up where they broke off, made once, kept for a while, never half."""

import asyncio
import gzip
import hashlib
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest

from services.disclosure.api.bulk.difference import OutOfOrder, Run, differences
from services.disclosure.api.bulk.every_dataset import dataset_of
from services.disclosure.api.bulk.places import last_of
from shared.asking import Ask
from shared.testing.servers import Postgres
from tests.disclosure.bulk_days import FIRST, SECOND, THIRD, after_three_days, lines, manifest
from tests.disclosure.first_year import KASHGAR, PUBLISHER, bulletin
from tests.disclosure.world import World

pytestmark = pytest.mark.real
WAITING = {"Prefer": "wait=30"}


@pytest.fixture
async def here(postgres: Postgres, tmp_path: Path) -> AsyncIterator[World]:
    """Three days are over."""
    async with after_three_days(postgres, tmp_path) as found:
        yield found


async def test_a_download_goes_on_where_it_broke_off(here: World) -> None:
    await manifest(here, FIRST)
    for form in ("full.ndjson.gz", "full.csv.gz", "full.xlsx"):
        path = f"/v1/exports/{FIRST}/disclosures/{form}"
        whole = await here.client.get(path)
        tag, half = whole.headers["etag"], len(whole.content) // 2
        assert tag == f'"{hashlib.sha256(whole.content).hexdigest()}"'
        assert int(whole.headers["content-length"]) == len(whole.content)
        rest = {"Range": f"bytes={half}-", "If-Range": tag}
        later = await here.client.get(path, headers=rest)
        assert later.status_code == 206
        assert whole.content[:half] + later.content == whole.content
        other = await here.client.get(path, headers={**rest, "If-Range": '"another"'})
        assert (other.status_code, other.content) == (200, whole.content)
        for strange in ("lines=1-2", "bytes=9-3", "bytes=a-", "bytes="):
            passed_over = await here.client.get(path, headers={"Range": strange})
            assert (passed_over.status_code, passed_over.content) == (200, whole.content)
        end = await here.client.get(path, headers={"Range": "bytes=-5"})
        assert (end.status_code, end.content) == (206, whole.content[-5:])
        beyond = await here.client.get(path, headers={"Range": "bytes=99999999-"})
        assert beyond.status_code == 416
        known = await here.client.get(path, headers={"If-None-Match": tag})
        assert (known.status_code, known.content) == (304, b"")


async def test_the_same_day_has_the_same_bytes_wherever_it_is_made(
    here: World, tmp_path: Path
) -> None:
    first = await here.client.get(f"/v1/exports/{SECOND}", headers=WAITING)
    shutil.rmtree(tmp_path / "exports")
    again = await here.client.get(f"/v1/exports/{SECOND}", headers=WAITING)
    assert again.content == first.content
    assert first.headers["cache-control"].endswith("immutable")


async def test_only_days_that_are_over_and_known_are_given(here: World) -> None:
    for day in ("2022-06-30", "2022-07-04", "2031-01-01"):
        refused = await here.get(f"/v1/exports/{day}", 404)
        assert refused["type"].endswith("/day-not-exported")
        assert (refused["details"]["first"], refused["details"]["last"]) == (
            str(FIRST),
            str(THIRD),
        )
        assert refused["errors"][0]["pointer"] == "/day"
    wrong = await here.get("/v1/exports/yesterday", 422)
    assert wrong["errors"][0]["parameter"] == "day"
    gone = await here.client.get(f"/v1/exports/{FIRST}/persons/full.csv.gz", headers=WAITING)
    assert gone.json()["type"].endswith("/export-unknown")
    for sly in ("..%2Fmanifest.json", "%2e%2e", "..\\..\\issuer.key.json"):
        answer = await here.client.get(f"/v1/exports/{FIRST}/projects/{sly}", headers=WAITING)
        assert answer.status_code == 404
    index = await here.get("/v1/exports")
    assert (index["first_on"], index["last_on"]) == (str(FIRST), str(THIRD))
    latest = await here.client.get("/v1/exports/latest", headers=WAITING)
    assert (latest.status_code, latest.headers["location"]) == (307, str(THIRD))


async def test_a_day_is_not_over_before_its_last_decision_has_been_committed(here: World) -> None:
    midnight = datetime(2022, 7, 4, 16, tzinfo=UTC)
    here.clock.moment = midnight + timedelta(minutes=9)
    assert (await here.get("/v1/exports"))["last_on"] == "2022-07-03"
    here.clock.moment = midnight + timedelta(minutes=10)
    assert (await here.get("/v1/exports"))["last_on"] == "2022-07-04"


async def test_a_day_is_not_over_while_a_word_of_it_has_no_number(here: World) -> None:
    connection = await asyncpg.connect(here.database)
    await connection.execute(
        "INSERT INTO es.clock (business_at, set_at) VALUES ($1, clock_timestamp())",
        datetime(2022, 7, 3, 15, 59, tzinfo=UTC),
    )
    await connection.close()
    ask = Ask(
        commands=(bulletin(KASHGAR, 2021, 9),),
        actor=PUBLISHER,
        unit="",
        now=datetime(2022, 7, 3, 15, 59, tzinfo=UTC),
        correlation_id="story",
        causation_id="story",
    )
    await here.worker.desk.handling.handle_all([ask])
    assert (await here.get("/v1/exports"))["last_on"] == str(SECOND)
    while (await here.store.sequence()).taken:
        pass
    assert (await here.get("/v1/exports"))["last_on"] == str(THIRD)
    feed = await lines(here, THIRD, "feed", "delta")
    assert len(feed) == (await manifest(here, THIRD))["feed"]["delta"]["puts"] == 1


async def test_many_who_ask_at_once_make_the_day_once(here: World, tmp_path: Path) -> None:
    path = f"/v1/exports/{FIRST}"
    hasty = await here.client.get(path, headers={"Prefer": "wait=0"})
    assert hasty.status_code == 202
    assert hasty.json()["done"] < hasty.json()["total"]
    assert hasty.headers["retry-after"]
    file = await here.client.get(f"{path}/projects/full.csv.gz", headers={"Prefer": "wait=0"})
    assert (file.status_code, file.json()["type"].rpartition("/")[2]) == (503, "not-yet")
    assert len(list((tmp_path / "exports").glob(".making-*"))) <= 1
    answers = await asyncio.gather(*(here.client.get(path, headers=WAITING) for _ in range(5)))
    assert {one.status_code for one in answers} == {200}
    assert len({one.content for one in answers}) == 1
    assert [one.name for one in (tmp_path / "exports").iterdir()] == [str(FIRST)]


async def test_what_a_crash_left_half_made_is_never_given(here: World, tmp_path: Path) -> None:
    half = tmp_path / "exports" / str(FIRST)
    (half / "projects").mkdir(parents=True)
    (half / "projects" / "full.csv.gz").write_bytes(gzip.compress(b"half"))
    assert (await here.get("/v1/exports"))["kept"] == []
    told = await manifest(here, FIRST)
    assert told["projects"]["rows"] == 5
    file = await here.client.get(f"/v1/exports/{FIRST}/projects/full.csv.gz")
    assert hashlib.sha256(file.content).hexdigest() == told["projects"]["files"][1]["sha256"]


@pytest.mark.parametrize("seconds", [0.0, 0.2, 0.5, 1.0])
async def test_a_process_that_ends_leaves_nothing_half_made(
    postgres: Postgres, tmp_path: Path, seconds: float
) -> None:
    async with after_three_days(postgres, tmp_path) as here:
        hasty = await here.client.get(f"/v1/exports/{SECOND}", headers={"Prefer": "wait=0"})
        assert hasty.status_code == 202
        await asyncio.sleep(seconds)
    left = {one.name for one in (tmp_path / "exports").iterdir()}
    assert left <= {str(SECOND)}  # all of it, or nothing
    assert all((tmp_path / "exports" / name / "manifest.json").exists() for name in left)


async def test_only_so_many_days_are_kept_and_any_is_made_again(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCLOSURE_EXPORTS_DAYS_MAX", "2")
    async with after_three_days(postgres, tmp_path) as here:
        first = await here.client.get(f"/v1/exports/{FIRST}", headers=WAITING)
        for day in (SECOND, THIRD):
            await manifest(here, day)
        assert (await here.get("/v1/exports"))["kept"] == [str(SECOND), str(THIRD)]
        again = await here.client.get(f"/v1/exports/{FIRST}", headers=WAITING)
        assert again.content == first.content
        assert sorted(one.name for one in (tmp_path / "exports").iterdir()) == [
            str(FIRST),
            str(THIRD),
        ]


async def test_keys_out_of_order_are_found_and_never_compared() -> None:
    async def rows(*codes: str) -> AsyncIterator[list[bytes]]:
        yield [b'{"warning_id":"%b"}' % code.encode() for code in codes]

    key_of = dataset_of("warnings").key_of
    good = differences(Run(rows("A", "B"), key_of), Run(rows("B", "C"), key_of), ["warning_id"])
    assert [line async for line in good] == [
        b'{"change":"DROP","warning_id":"A"}',
        b'{"change":"PUT","warning_id":"C"}',
    ]
    wrong = differences(Run(rows("B", "A"), key_of), Run(rows("A"), key_of), ["warning_id"])
    with pytest.raises(OutOfOrder):
        [line async for line in wrong]


async def test_the_last_place_of_a_day_is_found_though_midnight_was_busy() -> None:
    days = [1, 1, 1, 2, 1, 2, 2, 3]  # one of the first day was numbered after one of the second
    at = [datetime(2022, 7, day, 4, tzinfo=UTC) for day in days]

    async def moments(after: int, limit: int) -> list[datetime]:
        return at[after : after + limit]

    found = [await last_of(moments, len(at), date(2022, 7, day)) for day in (1, 2, 3, 4)]
    assert found == [5, 7, 8, 8]
    assert await last_of(moments, len(at), date(2022, 6, 30)) == 0
    assert await last_of(moments, 0, date(2022, 7, 1)) == 0
