"""One county per story, on the real databases of both services."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shared.bus import Bus
from shared.bus.connection import Address
from shared.bus.jetstream import JetStreamBus
from shared.bus.memory import MemoryBus
from shared.testing.servers import Nats, Postgres
from tests.adjustments.county import County, county


@pytest.fixture
async def here(postgres: Postgres, tmp_path: Path) -> AsyncIterator[County]:
    """Both services with their workers, and two projects with money."""
    bus = MemoryBus(patience=0.02)

    async def connect() -> Bus:
        return bus

    async with county(postgres, tmp_path, connect) as told:
        yield told


@pytest.fixture
async def really_here(postgres: Postgres, nats: Nats, tmp_path: Path) -> AsyncIterator[County]:
    """The same with a real bus between them, on which every worker has a line of its own."""
    lines: list[JetStreamBus] = []

    async def connect() -> Bus:
        name = f"worker-{len(lines)}"
        address = Address(url=nats.url, name=name, monitoring_url=nats.monitoring_url)
        lines.append(await JetStreamBus.connect(address))
        return lines[-1]

    async with county(postgres, tmp_path, connect) as told:
        yield told
    for line in lines:
        await line.close()
