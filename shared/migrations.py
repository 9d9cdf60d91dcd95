"""The body of every `env.py`, and migrations as functions: upgrade, revise, compare.

One chain of steps per service. The first creates the kernel's own tables in schema `es`, from
frozen SQL; the others are about read models, whose tables Alembic compares with the classes.
After the last step every read model gets its past (`shared/past.py`).
"""

import asyncio
import os
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import Any, Final

from alembic import command, context, op
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from shared import past
from shared.servers import connect

SERVICES: Final = Path(__file__).parent.parent / "services"


def run(service: str, projections: ModuleType) -> None:
    """Run what Alembic was asked to do, for the read models of one service."""
    metadata = read_models(projections)
    given: Connection | None = context.config.attributes.get("connection")
    if given is not None:
        _run(service, given, metadata)
        return
    url = os.environ[f"{service.upper()}_DATABASE_URL"]
    asyncio.run(_connected(url, lambda connection: _run(service, connection, metadata)))


def read_models(projections: ModuleType) -> MetaData:
    """Every table of a service: a read model that nobody imported would seem to be gone."""
    for module in walk_packages(projections.__path__, f"{projections.__name__}."):
        import_module(module.name)
    metadata: MetaData = projections.Table.metadata
    return metadata


def run_scripts(scripts: Sequence[str]) -> None:
    """Run scripts of several statements inside a migration step, in its transaction."""
    _run_on(op.get_bind(), scripts)


async def upgrade(service: str, url: str, revision: str = "head") -> None:
    """Bring the database of a service up to date. Harmless when it is."""
    await _alembic(service, url, lambda config: command.upgrade(config, revision))


async def downgrade(service: str, url: str, revision: str = "base") -> None:
    """Go back; without a revision to an empty database, facts and all."""
    await _alembic(service, url, lambda config: command.downgrade(config, revision))


async def revise(service: str, url: str, sentence: str) -> None:
    """Write a new step from the difference between tables and classes, to be read and edited."""
    await _alembic(
        service, url, lambda config: command.revision(config, sentence, autogenerate=True)
    )


async def differences(url: str, projections: ModuleType) -> Sequence[object]:
    """What the database lacks or has too much of, compared with the classes."""
    metadata = read_models(projections)
    found: list[object] = []

    def compare(connection: Connection) -> None:
        migrations = MigrationContext.configure(connection, opts={"include_name": _is_ours})
        found.extend(compare_metadata(migrations, metadata))

    await _connected(url, compare)
    return found


async def is_current(service: str, url: str) -> bool:
    """Whether every step of the service has been applied."""
    head = ScriptDirectory.from_config(_config(service)).get_current_head()
    found: list[str | None] = []

    def look(connection: Connection) -> None:
        found.append(MigrationContext.configure(connection).get_current_revision())

    await _connected(url, look)
    return found == [head]


def _config(service: str) -> Config:
    return Config(SERVICES / service / "alembic.ini")


async def _alembic(service: str, url: str, act: Callable[[Config], object]) -> None:
    config = _config(service)

    def run_with(connection: Connection) -> None:
        config.attributes["connection"] = connection
        act(config)

    await _connected(url, run_with)


async def _connected(url: str, act: Callable[[Connection], None]) -> None:
    engine = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=lambda: connect(url, statement_cache_size=0),
        poolclass=NullPool,
    )
    try:
        async with engine.connect() as connection:
            await _alone(connection)
            await connection.run_sync(act)
            await connection.commit()
    finally:
        await engine.dispose()


async def _alone(connection: AsyncConnection) -> None:
    """Two migrations at once wait for each other; the second then finds nothing to do."""
    await connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('abacus migrations'))")


def _run(service: str, connection: Connection, metadata: MetaData) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_name=_is_ours,
        compare_server_default=False,
    )
    _run_on(connection, [past.HIDE])
    with context.begin_transaction():
        context.run_migrations()
    kernel = connection.exec_driver_sql("SELECT to_regclass('es.event') IS NOT NULL").scalar()
    _run_on(connection, [past.keep(service) if kernel else past.FORGET])


def _run_on(connection: Connection, scripts: Sequence[str]) -> None:
    connection.exec_driver_sql("SELECT 1")  # the driver begins with the first statement
    adapted: Any = connection.connection.dbapi_connection
    for script in scripts:
        adapted.run_async(lambda raw, script=script: raw.execute(script))


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Alembic compares read models only; the kernel's schema and its columns are its own."""
    if kind == "schema":
        return name is None
    return name != (past.SINCE if kind == "column" else "alembic_version")
