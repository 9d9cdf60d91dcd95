"""What one release has answered under a key is asked at the other, and a difference is noticed."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Thread
from typing import Final

import asyncpg
import pytest

from deploy.demo.cast import assemble
from deploy.demo.promise import by_region
from deploy.demo.scenario import DEFAULT, Scenario
from deploy.demo.stage import SERVICES, Stage
from shared.http.issuer import Issuer
from shared.settings import ServiceSettings
from shared.worker import leading
from tests.chaos.journal import Journal
from tests.chaos.judge.effects import read_journal
from tests.chaos.judge.verdict import Verdict
from tests.chaos.requests import Inventor
from tests.upgrade.beside import Beside, Doors
from tests.upgrade.lead import POLL_SECONDS, another_leads, leader

ACKNOWLEDGED: Final = 60
ASKS_SECONDS_MAX: Final = 60.0
# Who was answered says no more until it asks again: its connection is idle meanwhile.
_ANSWERED: Final = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND query ~ 'pg_try_advisory_lock' AND state = 'idle'
"""


@contextmanager
def answering(status: int, body: str) -> Iterator[str]:
    """A release that has one answer to everything; its address."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            serving.join()


@asynccontextmanager
async def load_over(folder: Path, old: str, new: str) -> AsyncIterator[Beside]:
    """A load for the doors of both releases."""
    urls = {"old": dict.fromkeys(SERVICES, old), "new": dict.fromkeys(SERVICES, new)}
    scenario = Scenario.read(DEFAULT).scaled(26)
    groups = by_region(assemble(scenario).projects)
    stage = Stage.over(urls["old"], Issuer.of(ServiceSettings(data_dir=folder)), "653100")
    chance = Random(1)  # noqa: S311 - a replayable choice
    journal = Journal(folder / "journal.jsonl")
    load = Beside(
        stage, journal, Inventor(groups, scenario.fiscal_year, chance), chance,
        doors=Doors({name: dict(doors) for name, doors in urls.items()}), urls=urls,
    )  # fmt: skip
    try:
        yield load
    finally:
        await stage.client.aclose()
        journal.close()


@pytest.mark.parametrize("other", ["{}", '{"is":"another"}'])
async def test_another_answer_to_the_same_key_is_noticed(other: str, tmp_path: Path) -> None:
    with answering(201, "{}") as old, answering(201, other) as new:
        async with load_over(tmp_path, old, new) as load:
            async with asyncio.TaskGroup() as group:
                group.create_task(load.run(2))
                await load.until(ACKNOWLEDGED)
                load.stopping = True
            for service in SERVICES:
                load.doors.close("old", service)
            before = load.answers["old", 201]
            at_old = {one.key for one in load.done if "old" in load.known_at[one.key]}
            await load.ask_again(load.done)
            assert load.answers["old", 201] == before
    asked = read_journal(tmp_path / "journal.jsonl", Verdict())
    differing = [one for one in asked.values() if len(one.answers) > 1]
    assert at_old
    assert all(load.known_at[key] == {"old", "new"} for key in at_old)
    assert bool(differing) == (other != "{}")


async def test_an_answer_that_no_release_may_give_is_kept(tmp_path: Path) -> None:
    with answering(201, "{}") as old, answering(500, "no such column") as new:
        async with load_over(tmp_path, old, new) as load:
            request = load.inventor.invent()
            for one in request.requests:
                load.journal.note("invoke", one.key)
            assert await load.ask_again([request, request]) == 2
    assert load.broken == [f"new {request.sent.path}: no such column"]
    assert load.answers == {("old", 201): 1, ("new", 500): 1}


async def answered_about_the_lead(database: str, askers: int) -> None:
    """Wait until so many have asked for the lead and know whether they have it."""
    connection = await asyncpg.connect(database)
    try:
        async with asyncio.timeout(ASKS_SECONDS_MAX):
            while await connection.fetchval(_ANSWERED) < askers:  # noqa: ASYNC110 - others ask
                await asyncio.sleep(POLL_SECONDS)
    finally:
        await connection.close()


async def test_who_leads_is_seen_and_that_another_does(database: str) -> None:
    async with leading(database):
        first = await leader(database)
        second = asyncio.create_task(lead_until_cancelled(database))
        await answered_about_the_lead(database, 2)
        assert await leader(database) == first
    assert await another_leads(database, first) not in ("", first)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    assert first


async def lead_until_cancelled(database: str) -> None:
    """What a second worker does."""
    async with leading(database):
        await asyncio.Event().wait()
