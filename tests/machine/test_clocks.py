"""Clocks of whole processes are wrong and jump: order and keys do not depend on them (P19)."""

import os
import time
from pathlib import Path
from random import Random
from typing import Final

import asyncpg
import httpx

from shared.http.policy import Role
from shared.testing.servers import SUPERUSER, Postgres
from tests.alive import eventually
from tests.chaos.journal import Journal
from tests.drill.asking import asking
from tests.drill.house import NAME, REGION, House, house
from tests.machine.clocks import EVERYBODY, own_clocks

JUMPS: Final = int(os.environ.get("JUMPS", "12"))
"""How often a clock is set under load; more of it is `JUMPS=60 pytest --timeout=0`."""
SEED: Final = int(os.environ.get("SEED", "7"))
DAY: Final = 86_400
OFFSETS: Final = (3_600, -3_600, 30 * DAY, -DAY, 0)
BETWEEN: Final = 6
LIFE: Final = 900
SECONDS_MAX: Final = 60.0
ROLE: Final = Role.FB_PERFORMANCE
SETTINGS: Final = {"shared_buffers": "32MB"}


class Alone:
    """One server."""

    def __init__(self, server: Postgres) -> None:
        """It runs."""
        self.primary = server

    def url(self, database: str = SUPERUSER) -> str:
        """Its address."""
        return self.primary.url(database)


async def test_wrong_clocks_change_neither_order_nor_effects_nor_who_may(tmp_path: Path) -> None:
    journal, chance = Journal(tmp_path / "journal.jsonl"), Random(SEED)  # noqa: S311 - replayable
    with own_clocks() as clocks, clocks.server(SETTINGS) as server:
        async with house(Alone(server), tmp_path, clocks) as place:
            async with asking(place.url, place.by(ROLE), journal, REGION) as asked:
                for number in range(JUMPS):
                    who = EVERYBODY[number % len(EVERYBODY)]
                    offset = chance.choice(OFFSETS)
                    clocks.set(who, offset)
                    if who == "serve":
                        await only_good_tokens(place, offset)
                        asked.headers = place.by(ROLE, time.time() + offset)
                    await asked.until(BETWEEN)
                for who in EVERYBODY:
                    clocks.set(who, 0)
                asked.headers = place.by(ROLE)
            await place.come_to_rest()
            journal.close()
            verdict = await place.judged(journal.path)
            connection = await asyncpg.connect(server.url(NAME))
            registered = await connection.fetchval("SELECT count(*) FROM unit_register")
            disordered = await connection.fetchval(DISORDERED)
            await connection.close()
    assert not verdict.violations, verdict.examples
    assert not asked.improper, asked.improper
    assert verdict.seen["ok"] == verdict.seen["again"] == asked.asked == registered
    assert disordered > 0, "no clock went back, so nothing was shown"


DISORDERED: Final = """
SELECT count(*) FROM (
  SELECT recorded_at < lag(recorded_at) OVER (ORDER BY append_id) AS back FROM es.append
) AS told WHERE back
"""


async def only_good_tokens(place: House, offset: int) -> None:
    """By the clock of the api: who is early or late by more than the leeway is a stranger."""
    now = time.time() + offset
    async with httpx.AsyncClient(base_url=place.url, timeout=60) as client:
        for issued, status in ((now, 200), (now - LIFE - 45, 401), (now + 90, 401)):
            answer = await client.get("/v1/units?limit=1", headers=place.by(ROLE, issued))
            assert answer.status_code == status, (offset, issued - now, answer.text)

        async def worker_is_heard_of() -> bool:
            return bool((await client.get("/readyz")).json()["worker"] == "ok")

        # When the database's own clock jumps, the next heartbeat comes first.
        await eventually(worker_is_heard_of, SECONDS_MAX)
