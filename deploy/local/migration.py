"""Writes a new migration step by comparing the classes with a database that is up to date."""

import asyncio
import tempfile
from pathlib import Path

from shared import migrations
from shared.embedded import Postgres


def write_step(service: str, sentence: str) -> None:
    """Begin an empty PostgreSQL, migrate it, and let Alembic write down what is missing."""
    with (
        tempfile.TemporaryDirectory(prefix="abacus-") as folder,
        Postgres(Path(folder) / "postgres") as server,
    ):
        asyncio.run(_revise(service, server.url(), sentence))


async def _revise(service: str, url: str, sentence: str) -> None:
    await migrations.upgrade(service, url)
    await migrations.revise(service, url, sentence)
