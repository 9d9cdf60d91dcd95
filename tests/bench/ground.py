"""What a measure stands on: servers of our own, databases with every table, processes by role."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Self

import asyncpg
import psutil
import uvloop
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from shared import past
from shared.bus.connection import Address
from shared.bus.jetstream import JetStreamBus
from shared.embedded import LOOPBACK, Nats, Postgres, free_port
from shared.eventstore.connections import Pool, open_pool
from shared.eventstore.postgres import PostgresStore
from shared.eventstore.schema import v1
from shared.testing.servers import as_template, fresh_database, private_nats, private_postgres
from tests.shared.banks import BOOKS_SQL
from tests.shared.http.jars import JarShelf

ROUNDS: Final = 3
BODY_BYTES: Final = 510
TEMPLATE: Final = "bench_v1"
OPEN_SECONDS_MAX: Final = 60.0
PREFIXES: Final = ("BENCH", "JARS", "TARGETS", "MONITORING", "EVALUATION", "DISCLOSURE")
# Made last: only read models keep their past, the bare limits do not.
BARE_SQL: Final = """
CREATE TABLE bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                   jar text NOT NULL, body bytea NOT NULL);
CREATE TABLE bare_cursor (one boolean PRIMARY KEY DEFAULT true, position bigint NOT NULL);
INSERT INTO bare_cursor (position) VALUES (0);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A database with many imported streams, all numbered, and how fast each file went in."""

    url: str
    streams: int
    imported: tuple[float, ...]
    copied: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Served:
    """A process that listens."""

    port: int
    pid: int


@dataclass(slots=True, kw_only=True)
class Ground:
    """Made once for all measures."""

    postgres: Postgres
    nats: Nats
    folder: Path
    streams: int
    stack: ExitStack = field(default_factory=ExitStack)
    history: History | None = None

    @contextmanager
    def database(self) -> Iterator[str]:
        """A new database: the kernel's tables, read models, and tables for the bare limits."""
        with fresh_database(self.postgres, TEMPLATE) as url:
            yield url

    @contextmanager
    def process(self, module: str, *arguments: str, **settings: str) -> Iterator[int]:
        """A process of its own for one role; answers its id."""
        command = [sys.executable, "-m", module, *arguments]
        with subprocess.Popen(command, env=self._environment(settings)) as process:
            try:
                yield process.pid
            finally:
                process.terminate()
                process.wait()

    @asynccontextmanager
    async def listening(
        self, module: str, *arguments: str, **settings: str
    ) -> AsyncIterator[Served]:
        """A process that serves HTTP, once it does. Whatever service it is, it is told the port."""
        port = free_port()
        ports = {f"{prefix}_PORT": str(port) for prefix in PREFIXES}
        with self.process(module, *arguments, **ports, **settings) as pid:
            await _until_open(port)
            yield Served(port, pid)

    @asynccontextmanager
    async def bus(self, name: str) -> AsyncIterator[JetStreamBus]:
        """The bus as a process of this name sees it."""
        bus = await JetStreamBus.connect(self.address(name))
        try:
            yield bus
        finally:
            await bus.close()

    def address(self, name: str) -> Address:
        """Where NATS is for a process of this name."""
        return Address(url=self.nats.url, name=name, monitoring_url=self.nats.monitoring_url)

    def _environment(self, settings: Mapping[str, str]) -> Mapping[str, str]:
        return {
            **os.environ,
            "ABACUS_DATA_DIR": str(self.folder),
            "ABACUS_NATS_URL": self.nats.url,
            "ABACUS_NATS_MONITORING_URL": self.nats.monitoring_url,
            "ABACUS_LOG_LEVEL": "ERROR",
            # One principal is the whole world here.
            "ABACUS_REQUESTS_PER_SECOND_MAX": "0",
            # And one address, whose requests are counted as ever.
            "ABACUS_ADDRESS_REQUESTS_PER_SECOND_MAX": "1000000",
            **settings,
        }


@contextmanager
def ground(streams: int) -> Iterator[Ground]:
    """Servers of our own for as long as the block takes."""
    with (
        private_postgres() as postgres,
        private_nats() as nats,
        TemporaryDirectory(prefix="abacus-bench-") as folder,
    ):
        as_template(postgres, TEMPLATE, lambda url: uvloop.run(_prepare(url)))
        made = Ground(postgres=postgres, nats=nats, folder=Path(folder), streams=streams)
        with made.stack:
            yield made


@asynccontextmanager
async def stored(url: str) -> AsyncIterator[tuple[Pool, PostgresStore]]:
    """A pool as the processes of a service have it, and the store over it."""
    pool = await open_pool(url)
    store = PostgresStore(pool)
    try:
        yield pool, store
    finally:
        await store.settle()
        await pool.close()


@dataclass(frozen=True, slots=True)
class Processors:
    """The seconds that all processors have worked, those of them for us, and all there were."""

    busy: float
    own: float
    total: float

    @classmethod
    def look(cls) -> Self:
        """Until now."""
        times = psutil.cpu_times()
        total = sum(times)
        return cls(total - times.idle - times.iowait, _own_seconds(), total)

    def others(self) -> float:
        """The share that somebody else has used since then, between 0 and 1."""
        now = Processors.look()
        foreign = (now.busy - self.busy) - (now.own - self.own)
        return min(1.0, max(0.0, foreign / max(now.total - self.total, 1e-9)))


def _own_seconds() -> float:
    """Of our own process and of everything it started, also of what has ended since."""
    own = psutil.Process()
    used = 0.0
    for process in (own, *own.children(recursive=True)):
        try:
            used += sum(process.cpu_times()[:4])
        except psutil.NoSuchProcess:
            continue
    return used


async def _until_open(port: int) -> None:
    async with asyncio.timeout(OPEN_SECONDS_MAX):
        while True:
            try:
                _, writer = await asyncio.open_connection(LOOPBACK, port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


async def _prepare(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await v1.install(connection, "jars")
        table = CreateTable(JarShelf.__table__)  # type: ignore[attr-defined]
        dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
        await connection.execute(str(table.compile(dialect=dialect)))
        await connection.execute(BOOKS_SQL + past.keep("jars") + BARE_SQL)
    finally:
        await connection.close()
