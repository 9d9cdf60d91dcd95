"""Private servers for tests: the real PostgreSQL and NATS, on free ports, gone afterwards."""

import asyncio
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

import nats as client

from shared import migrations
from shared.embedded import LOOPBACK, SUPERUSER, Nats, Postgres, free_port

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - the folder made in it is our own
MEMORY_BYTES_MIN: Final = 8_000_000_000

__all__ = [
    "LOOPBACK",
    "SUPERUSER",
    "Nats",
    "Postgres",
    "as_template",
    "delete_all_streams",
    "free_port",
    "fresh_database",
    "migrated",
    "private_nats",
    "private_postgres",
]


@contextmanager
def private_postgres(settings: Mapping[str, str] | None = None) -> Iterator[Postgres]:
    """A PostgreSQL of our own in a new folder; both are gone at the end."""
    with _folder() as folder, Postgres(folder / "postgres", settings=settings) as server:
        yield server


@contextmanager
def private_nats(access: str = "", sync: str = "always") -> Iterator[Nats]:
    """A NATS of our own in a new folder; both are gone at the end."""
    with _folder() as folder, Nats(folder / "nats", access=access, sync=sync) as server:
        yield server


@contextmanager
def fresh_database(server: Postgres, template: str = "template1") -> Iterator[str]:
    """The address of a new database, copied from a template and dropped afterwards."""
    name = f"test_{uuid4().hex[:12]}"
    server.run_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield server.url(name)
    finally:
        server.run_sql(f"DROP DATABASE {name} WITH (FORCE)")


def as_template(server: Postgres, name: str, prepare: Callable[[str], None]) -> str:
    """A database that `prepare(url)` filled once; pass its name to `fresh_database`."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
        raise ValueError(name)
    existing = server.run_sql("SELECT datname FROM pg_database").split()
    if name not in existing:
        server.run_sql(f"CREATE DATABASE {name}")
        prepare(server.url(name))
    return name


def migrated(server: Postgres, service: str) -> str:
    """A template with the tables of a service, for `fresh_database`: its steps run once a server.

    Called where no loop runs; within one, `asyncio.to_thread(migrated, server, service)`.
    """
    return as_template(
        server, f"{service}_migrated", lambda url: asyncio.run(migrations.upgrade(service, url))
    )


async def delete_all_streams(server: Nats) -> None:
    """Leave a server as if nothing had ever been said."""
    connection = await client.connect(server.url)
    jetstream = connection.jetstream()
    for stream in await jetstream.streams_info():
        if stream.config.name is not None:
            await jetstream.delete_stream(stream.config.name)
    await connection.close()


def _roomy_memory() -> Path | None:
    """Memory that looks like a disk, where there is plenty: killed servers keep it all the same."""
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_BYTES_MIN:
        return MEMORY
    return None


@contextmanager
def _folder() -> Iterator[Path]:
    # Not pytest's own temporary folder: it is closed to the user PostgreSQL runs as.
    folder = Path(tempfile.mkdtemp(prefix="abacus-", dir=_roomy_memory()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
