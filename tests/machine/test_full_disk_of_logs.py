"""The disk of the logs is full: only who reads them notices, and they go on by themselves (P18).

Denials are logged, so a caller without a token makes a line of log in the middle of a request.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import httpx
import pytest

from shared.embedded.server import Server
from shared.http.policy import Role
from shared.testing.servers import SUPERUSER, Postgres
from tests.alive import eventually
from tests.chaos.journal import Journal
from tests.drill.asking import Asking, asking
from tests.drill.house import REGION, House, house
from tests.drill.standby import quiet_port
from tests.machine.small_disk import Filled, mounted

BEFORE: Final = 20
DENIALS: Final = 120
"""More than what a process keeps of its log in memory."""
MEGABYTES: Final = 2
PAGE: Final = 4096
SECONDS_MAX: Final = 120.0
START_SECONDS_MAX: Final = 240.0


class Alone:
    """One server."""

    def __init__(self, server: Postgres) -> None:
        """It runs."""
        self.primary = server

    def url(self, database: str = SUPERUSER) -> str:
        """Its address."""
        return self.primary.url(database)


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Filled]:
    """A disk for the logs alone; who starts may take its time on a loaded machine."""
    monkeypatch.setattr("shared.embedded.server.START_SECONDS_MAX", START_SECONDS_MAX)
    with mounted(tmp_path / "logs", MEGABYTES) as disk:
        yield disk


def log_there(folder: Path, logs: Filled) -> None:
    """The log of whoever lives in this folder lies on that disk."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "server.log"
    if log.exists():
        shutil.move(log, logs.place / folder.name)
    log.symlink_to(logs.place / folder.name)


@pytest.fixture
def databases(logs: Filled) -> Iterator[Alone]:
    """A server that logs there, too."""
    folder = Path(f"/tmp/abacus-{quiet_port()}")  # noqa: S108 - PostgreSQL's user cannot enter ours
    server = Postgres(folder / "postgres", port=quiet_port(), settings={"shared_buffers": "32MB"})
    log_there(server.folder, logs)
    try:
        server.start()
        yield Alone(server)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def size(server: Server) -> int:
    """How long its log is."""
    return server.log.stat().st_size


async def denied(place: House, times: int) -> None:
    """Strangers, each told so."""
    async with httpx.AsyncClient(base_url=place.url, timeout=SECONDS_MAX) as client:
        for _ in range(times):
            answer = await client.get("/v1/units")
            assert answer.status_code == httpx.codes.UNAUTHORIZED, answer.text


async def while_full(place: House, server: Postgres, asked: Asking) -> None:
    """Everybody has something to log; one of them is killed, and comes back."""
    await denied(place, DENIALS)
    server.run_sql("DO $$ BEGIN RAISE WARNING '%', repeat('x', 100000); END $$")
    await asked.until(BEFORE)
    place.worker.kill()  # started again by its supervisor, with the same log
    await asked.until(BEFORE)

    async def ready() -> bool:
        status, told = await place.ready()
        return (status, told.get("worker")) == (200, "ok")

    await eventually(ready, SECONDS_MAX)


async def everybody_logs(place: House, server: Postgres, full: dict[Server, int]) -> None:
    """The bus goes and comes: everybody has something to say about it."""
    place.bus.stop()
    place.bus.start()
    server.run_sql("DO $$ BEGIN RAISE WARNING 'there is room'; END $$")
    await denied(place, 1)

    async def logged_again() -> bool:
        return all(size(one) > before for one, before in full.items())

    await eventually(logged_again, SECONDS_MAX)


async def test_a_full_disk_of_logs_stops_nobody_and_logging_goes_on_afterwards(
    tmp_path: Path, logs: Filled, databases: Alone
) -> None:
    journal, server = Journal(tmp_path / "journal.jsonl"), databases.primary
    for verb in ("serve", "work"):
        log_there(tmp_path / verb, logs)
    async with house(databases, tmp_path) as place:
        place.bus.stop()
        log_there(place.bus.folder, logs)
        place.bus.start()
        api, database = place.api.pid, server.pid
        async with asking(place.url, place.by(Role.FB_PERFORMANCE), journal, REGION) as asked:
            await asked.until(BEFORE)
            await denied(place, 1)
            logs.fill()
            full: dict[Server, int] = {
                one: size(one) for one in (place.api, place.worker, place.bus, server)
            }
            await while_full(place, server, asked)
            grown = {one: size(one) - before for one, before in full.items()}
            assert max(grown.values()) < PAGE, "there was room after all"
            logs.free()
            await asked.until(BEFORE)
        await everybody_logs(place, server, full)
        await place.come_to_rest()
        journal.close()
        verdict = await place.judged(journal.path)
        assert (place.api.pid, server.pid) == (api, database)
        lines = [line for line in place.api.log.read_text().splitlines() if line]
    assert not verdict.violations, verdict.examples
    assert not asked.improper, asked.improper
    assert asked.unavailable == 0
    assert verdict.seen["ok"] == verdict.seen["again"] == asked.asked
    assert all(isinstance(json.loads(line), dict) for line in lines), "a torn line"
