"""Models and migrations agree, in both directions, on the real PostgreSQL."""

from importlib import import_module

import asyncpg
import pytest

from shared import migrations
from tests.architecture.house import SERVICES


@pytest.mark.parametrize("service", SERVICES)
async def test_the_tables_are_what_the_classes_say(service: str, database: str) -> None:
    await migrations.upgrade(service, database)
    projections = import_module(f"services.{service}.projections")
    assert await migrations.differences(database, projections) == []
    assert await migrations.is_current(service, database)


@pytest.mark.parametrize("service", SERVICES)
async def test_the_way_back_leaves_nothing(service: str, database: str) -> None:
    await migrations.upgrade(service, database)
    await migrations.downgrade(service, database)
    connection = await asyncpg.connect(database)
    left = await connection.fetch(
        "SELECT schemaname || '.' || tablename AS name FROM pg_tables "
        "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    )
    await connection.close()
    assert {row["name"] for row in left} <= {"public.alembic_version"}


async def test_a_planted_column_is_found(database: str) -> None:
    await migrations.upgrade("targets", database)
    connection = await asyncpg.connect(database)
    await connection.execute("CREATE TABLE planted (id int PRIMARY KEY)")
    await connection.close()
    projections = import_module("services.targets.projections")
    assert await migrations.differences(database, projections)
