"""The database refuses what the code would not do: facts are appended, never changed."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from shared import past
from shared.eventstore.postgres import PostgresStore, open_pool
from shared.eventstore.schema import v1
from shared.testing.servers import Postgres
from shared.testing.store_suite import appended, chain, only

ROLES = """
DO $$ BEGIN
  CREATE ROLE sealed_owner LOGIN PASSWORD 'o';
  CREATE ROLE sealed_app LOGIN PASSWORD 'a';
  CREATE ROLE sealed_sequencer NOLOGIN;
  CREATE ROLE sealed_worker LOGIN PASSWORD 'w' IN ROLE sealed_app, sealed_sequencer;
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
"""
DELETE, TRUNCATE = "DELETE FROM es.%s", "TRUNCATE es.%s"
FACTS = ["append", "event", "word", "command", "ledger", "said", "root_at", "checkpoint", "heard"]


@pytest.fixture
async def sealed(postgres: Postgres) -> AsyncIterator[str]:
    """A database of a service with its roles, one event in it; its name."""
    name = "sealed"
    postgres.run_sql(ROLES)
    postgres.run_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    postgres.run_sql(f"CREATE DATABASE {name} OWNER sealed_owner")
    owner = await asyncpg.connect(postgres.url(name, "sealed_owner", "o"))
    await v1.install(owner, "sealed")
    await owner.execute("CREATE TABLE read_model (id int PRIMARY KEY)")
    await owner.execute(past.keep("sealed"))
    await owner.close()
    pool = await open_pool(postgres.url(name, "sealed_worker", "w"))
    store = PostgresStore(pool)
    await store.commit(only(appended(*chain("note-1", b"1"), words=(b"w",)), keys=("k",)))
    await store.sequence()
    await pool.close()
    yield name
    postgres.run_sql(f"DROP DATABASE {name} WITH (FORCE)")


async def refused(url: str, statement: str, before: str = "SELECT 1") -> str:
    """The SQLSTATE with which a statement is refused, after another that is not."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(before)
        await connection.execute(statement)
    except asyncpg.PostgresError as error:
        return error.sqlstate or ""
    finally:
        await connection.close()
    return "accepted"


async def test_the_app_appends_and_folds_but_changes_no_fact(
    postgres: Postgres, sealed: str
) -> None:
    app = postgres.url(sealed, "sealed_app", "a")
    pool = await open_pool(app)
    await PostgresStore(pool).commit(only(appended(*chain("note-2", b"1"))))
    await pool.close()
    assert await refused(app, "INSERT INTO read_model VALUES (1)") == "accepted"
    denied = "42501"
    for table in FACTS:
        assert await refused(app, DELETE % table) == denied
        assert await refused(app, TRUNCATE % table) == denied
    assert await refused(app, "INSERT INTO es.event DEFAULT VALUES") == denied
    assert await refused(app, "UPDATE es.event SET body = ''") == denied
    assert await refused(app, "INSERT INTO es.ledger VALUES (9, 9, 9, '')") == denied
    assert await refused(app, "UPDATE es.head SET size = 9") == denied
    assert await refused(app, "DELETE FROM es.unsequenced") == denied
    assert await refused(app, "SELECT es.sequence_batch(1, 1)") == denied
    assert await refused(app, "SELECT es.extend('ledger', 0, '{}', '{}')") == denied
    assert await refused(app, "SELECT nextval('es.append_id')") == denied
    assert await refused(app, "ALTER TABLE es.event DISABLE TRIGGER ALL") == denied


async def test_only_the_worker_numbers(postgres: Postgres, sealed: str) -> None:
    worker = postgres.url(sealed, "sealed_worker", "w")
    assert await refused(worker, "SELECT es.sequence_batch(1, 1)") == "accepted"
    assert await refused(worker, "UPDATE es.ledger SET leaf_hash = ''") == "42501"


@pytest.mark.parametrize("way", ["SELECT 1", "SET session_replication_role = replica;"])
async def test_even_a_superuser_is_stopped_by_mistake(
    postgres: Postgres, sealed: str, way: str
) -> None:
    superuser = postgres.url(sealed)
    for table in FACTS:
        for statement in (DELETE, TRUNCATE):
            assert await refused(superuser, statement % table, way) == "ES403"
    assert await refused(superuser, "UPDATE es.event SET body = ''", way) == "ES403"


async def test_the_database_checks_every_hash(postgres: Postgres, sealed: str) -> None:
    owner = postgres.url(sealed)
    rewritten = (
        "ALTER TABLE es.event DISABLE TRIGGER no_change;"
        "UPDATE es.event SET body = 'changed' WHERE stream = 'note-1'"
    )
    assert await refused(owner, rewritten) == "23514"


async def test_the_past_is_written_by_nobody_but_the_change_itself(
    postgres: Postgres, sealed: str
) -> None:
    url = postgres.url(sealed, "sealed_app", "a")
    told = "INSERT INTO read_model (id, _since) VALUES (1, '2021-05-03')"
    assert await refused(url, told) == "accepted"
    later = "UPDATE read_model SET id = 2, _since = '2021-05-04'"
    assert await refused(url, later) == "accepted"
    for statement in ("DELETE FROM past.read_model", "UPDATE past.read_model SET id = 7"):
        assert await refused(url, statement) == "42501"
    asked = "SELECT set_config('abacus.as_of', '2021-05-03', false)"
    assert await refused(url, "SELECT 1 / (2 - id) FROM as_of.read_model", asked) == "accepted"
