"""An upgrade of a system that is in use: every step is taken over tables that hold rows (P14)."""

from collections.abc import Mapping
from typing import Any

import asyncpg
import pytest
from alembic.script import ScriptDirectory

from shared import migrations
from tests.evolution import old_rows
from tests.evolution.corpus import SERVICES

NAMES = [one.name for one in SERVICES]
type Contents = Mapping[str, list[dict[str, Any]]]


@pytest.mark.parametrize("service", NAMES)
async def test_no_step_stumbles_over_rows_or_loses_one(service: str, database: str) -> None:
    before: Contents = {}
    for step in steps(service):
        await migrations.upgrade(service, database, step)
        connection = await asyncpg.connect(database)
        try:
            after = await old_rows.contents(connection)
            assert lost(before, after) == [] or told(service, step), step
            await old_rows.fill(connection)
            before = await old_rows.contents(connection)
        finally:
            await connection.close()
    assert await migrations.is_current(service, database)
    assert sum(map(len, before.values())) >= old_rows.ROWS * len(before) > 0


async def test_a_step_that_forgets_rows_is_noticed(database: str) -> None:
    await migrations.upgrade("targets", database)
    connection = await asyncpg.connect(database)
    await old_rows.fill(connection)
    before = await old_rows.contents(connection)
    table = min(before)
    await connection.execute(f'DELETE FROM public."{table}"')  # noqa: S608 - a name of ours
    after = await old_rows.contents(connection)
    await connection.close()
    assert lost(before, after) == [table]


async def test_a_column_that_old_rows_cannot_fill_is_noticed(database: str) -> None:
    await migrations.upgrade("targets", database)
    connection = await asyncpg.connect(database)
    await old_rows.fill(connection)
    table = min(await old_rows.columns(connection))
    with pytest.raises(asyncpg.NotNullViolationError):
        await connection.execute(f'ALTER TABLE public."{table}" ADD COLUMN mood text NOT NULL')
    await connection.close()


def steps(service: str) -> list[str]:
    """From the first to the last."""
    script = ScriptDirectory.from_config(migrations._config(service))  # noqa: SLF001
    return [one.revision for one in reversed(list(script.walk_revisions()))]


def told(service: str, step: str) -> bool:
    """Whether the step says itself that a read model must be made again after it."""
    script = ScriptDirectory.from_config(migrations._config(service))  # noqa: SLF001
    return "ebuild `" in (script.get_revision(step).module.__doc__ or "")


def lost(before: Contents, after: Contents) -> list[str]:
    """Tables that are still there and hold fewer rows than they did."""
    return sorted(
        table for table, rows in before.items() if table in after and len(rows) > len(after[table])
    )
