"""What was acknowledged survives; the rest is there once or not at all, and the key says which."""

import asyncio
from collections import Counter
from collections.abc import Iterator

import asyncpg
import pytest

from shared.eventstore import StoredEvent, VersionConflict
from shared.eventstore.connections import open_pool
from shared.eventstore.postgres import PostgresStore
from shared.eventstore.schema import v1
from shared.testing.servers import Postgres, private_postgres
from shared.testing.store_suite import appended, chain, only

WRITERS = 6
KILLS = 4
SECONDS_BETWEEN = 0.6
GONE = (OSError, asyncpg.InterfaceError, asyncpg.PostgresError, TimeoutError)


class Writers:
    """Each asks one command after another and repeats it with its key until it has an answer."""

    def __init__(self, store: PostgresStore) -> None:
        self.store = store
        self.answered: dict[str, StoredEvent] = {}
        self.unknown = 0
        self.stop = asyncio.Event()

    async def write(self, writer: int) -> None:
        n = 0
        while not self.stop.is_set():
            await self._ask(f"{writer}/{n}")
            n += 1

    async def number(self) -> None:
        while not self.stop.is_set():
            try:
                await self.store.sequence(appends_max=20)
            except GONE:
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.002)

    async def _ask(self, key: str) -> None:
        while True:
            try:
                loaded = await self.store.load({"note-shared": 0}, [key], snapshots=False)
                if key in loaded.records:
                    found = [
                        e for e in loaded.streams["note-shared"].events if e.body == key.encode()
                    ]
                    self.answered[key] = found[0]
                    return
                stream = loaded.streams.get("note-shared")
                last = stream.events[-1] if stream else None
                [event] = chain("note-shared", key.encode(), after=last)
                append = appended(event, words=(key.encode(),))
                await self.store.commit(only(append, keys=(key,)))
            except VersionConflict:
                continue
            except GONE:
                self.unknown += 1
                await asyncio.sleep(0.05)
                continue
            self.answered[key] = event
            return


@pytest.fixture
def server() -> Iterator[Postgres]:
    """A server of our own, because we kill it."""
    with private_postgres() as server:
        yield server


async def test_acknowledged_commands_survive_a_killed_server(server: Postgres) -> None:
    connection = await asyncpg.connect(server.url())
    await v1.install(connection)
    await connection.close()
    pool = await open_pool(server.url())
    writers = Writers(PostgresStore(pool))
    tasks = [asyncio.create_task(writers.write(n)) for n in range(WRITERS)]
    tasks += [asyncio.create_task(writers.number()) for _ in range(2)]
    for _ in range(KILLS):
        await asyncio.sleep(SECONDS_BETWEEN)
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
    await asyncio.sleep(SECONDS_BETWEEN)
    writers.stop.set()
    await asyncio.gather(*tasks)

    store = writers.store
    while (await store.sequence()).taken:
        pass
    ledger = await store.read_ledger(0, 100_000)
    words = await store.read_words(0, 100_000)
    await pool.close()
    assert writers.unknown >= KILLS
    assert len(writers.answered) >= WRITERS * KILLS
    assert [entry.position for entry in ledger] == list(range(1, len(ledger) + 1))
    assert [entry.event.version for entry in ledger] == list(range(1, len(ledger) + 1))
    stored = Counter(entry.event.body.decode() for entry in ledger)
    assert stored == Counter(writers.answered.keys())
    assert {entry.event for entry in ledger} == set(writers.answered.values())
    assert [word.body for word in words] == [entry.event.body for entry in ledger]
