"""Processes behind one port are replaced one by one, and no request that was accepted fails (P22).

`ROLLS` makes it longer, `RATE` is how many requests a second are wished for; how many there were is
printed (`pytest -s`).
"""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import asyncpg
import httpx
import pytest

from shared.embedded.server import LOOPBACK
from shared.http.issuer import Bearer, Issuer
from shared.http.policy import Role
from shared.testing.servers import Postgres, as_template, fresh_database
from tests.chaos.rolling import behind_one_port
from tests.shared.http.jars import install, service

ROLLS: Final = int(os.environ.get("ROLLS", "4"))
RATE: Final = float(os.environ.get("RATE", "200"))
CLIENTS: Final = 16
FRESH, KEPT = httpx.Limits(max_keepalive_connections=0), httpx.Limits()
_OPENED: Final = "SELECT stream FROM es.event WHERE name = 'JarOpened'"


@pytest.fixture
def database(postgres: Postgres) -> Iterator[str]:
    """The service's own, with its tables."""
    template = as_template(postgres, "jars_template", install)
    with fresh_database(postgres, template) as url:
        yield url


@dataclass(slots=True)
class Clients:
    """People who open jars until they are told to stop, and never try twice."""

    url: str
    headers: dict[str, str]
    limits: httpx.Limits
    stopping: bool = False
    answered: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    async def run(self) -> None:
        """All of them at once."""
        timeout = httpx.Timeout(60)
        async with httpx.AsyncClient(limits=self.limits, timeout=timeout) as client:
            await asyncio.gather(*(self._client(client, number) for number in range(CLIENTS)))

    async def _client(self, client: httpx.AsyncClient, number: int) -> None:
        """Its share of the rate, at even distances; who is late asks at once, and never twice."""
        count, due = 0, time.monotonic() + number / RATE
        while not self.stopping:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            count += 1
            await self._open(client, f"c{number}-{count}")
            due = max(due + CLIENTS / RATE, time.monotonic())

    async def _open(self, client: httpx.AsyncClient, jar: str) -> None:
        body = {"jar_id": jar, "unit_code": "u1"}
        try:
            answer = await client.post(f"{self.url}/v1/jars", json=body, headers=self.headers)
        except httpx.HTTPError as error:
            self.failed.append((jar, repr(error)))
            return
        if answer.is_success:
            self.answered.append(f"jar-{jar}")
        else:
            self.failed.append((jar, f"{answer.status_code} {answer.text[:300]}"))


@pytest.mark.parametrize("limits", [FRESH, KEPT], ids=["fresh", "kept"])
async def test_a_rolling_restart_fails_no_accepted_request(
    database: str, tmp_path: Path, limits: httpx.Limits
) -> None:
    settings = service.settings.model_validate({"data_dir": tmp_path / "data"})
    bearer = Bearer(subject="somebody", roles=[Role.FB_BUDGET], region_code="653100", unit_code="*")
    headers = {"authorization": f"Bearer {Issuer.of(settings).mint(bearer)}"}
    variables = {
        "JARS_DATABASE_URL": database,
        "ABACUS_DATA_DIR": str(tmp_path / "data"),
        "ABACUS_NATS_URL": f"nats://{LOOPBACK}:9",
        "ABACUS_LOG_LEVEL": "ERROR",
    }
    async with behind_one_port(tmp_path, variables) as behind:
        clients = Clients(behind.url, headers, limits)
        load, began = asyncio.create_task(clients.run()), time.monotonic()
        try:
            for _ in range(ROLLS):
                await behind.replace()
        finally:
            clients.stopping = True
            await load
        seconds = time.monotonic() - began
    opened = await _opened(database)
    told = f"{len(clients.answered)} answered, {len(clients.failed)} failed"
    print(f"{told}, {len(opened) / seconds:.0f} a second, a roll takes {seconds / ROLLS:.1f} s")
    # A connection that was kept may end just as it is used again; then nobody has read the request.
    assert not clients.failed or limits is KEPT
    assert opened == set(clients.answered)
    assert len(opened) > CLIENTS * ROLLS
    assert behind.codes == [-signal.SIGTERM] * ROLLS  # which uvicorn raises again at its end


async def _opened(database: str) -> set[str]:
    connection = await asyncpg.connect(database)
    try:
        return {row["stream"] for row in await connection.fetch(_OPENED)}
    finally:
        await connection.close()
