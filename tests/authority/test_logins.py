"""What the database refuses to the logins of a service, whatever its code would do.

The roles are made by `deploy/postgres/service.sql` and the tables by the service's own migrations,
as in an installation. Source: `reliability` S4; decision 0022 says what is promised and why.
"""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import asyncpg
import pytest

from shared import migrations
from shared.http.reading import past_engine, reading_engine
from shared.testing.servers import Postgres

SERVICE: Final = "monitoring"
OTHER: Final = "evaluation"
SCRIPT: Final = Path(__file__).parents[2] / "deploy" / "postgres" / "service.sql"
DENIED: Final = "42501"
READ_ONLY: Final = "25006"
FACTS: Final = ("append", "event", "word", "command", "ledger", "said", "root_at", "checkpoint")
LOGINS: Final = ("app", "worker")


@dataclass(frozen=True, slots=True)
class Installed:
    """A server with the database of one service, and of another."""

    server: Postgres

    def url(self, login: str, database: str = SERVICE) -> str:
        """How a login of the service comes in."""
        return self.server.url(database, f"{SERVICE}_{login}", f"{login}-secret")


@pytest.fixture(scope="module")
def installed(postgres: Postgres) -> Iterator[Installed]:
    """The databases as they are installed."""
    for name in (SERVICE, OTHER):
        variables = [f"\\set service {name}"]
        variables += [f"\\set {r}_password '{r}-secret'" for r in ("owner", "app", "worker")]
        postgres.run_sql("\n".join([*variables, SCRIPT.read_text()]))
    found = Installed(postgres)
    asyncio.run(migrations.upgrade(SERVICE, found.url("owner")))
    yield found
    for name in (SERVICE, OTHER):
        postgres.run_sql(f"DROP DATABASE {name} WITH (FORCE)")


async def outcome(url: str, statement: str) -> str:
    """The SQLSTATE that refused a statement or its connection; empty if nothing did."""
    try:
        connection = await asyncpg.connect(url)
    except asyncpg.PostgresError as refused:
        return refused.sqlstate or ""
    trying = connection.transaction()
    await trying.start()
    try:
        await connection.execute(statement)
    except asyncpg.PostgresError as refused:
        return refused.sqlstate or ""
    finally:
        await trying.rollback()
        await connection.close()
    return ""


async def test_no_login_is_more_than_it_seems(installed: Installed) -> None:
    asked = (
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'monitoring%' AND "
        "(rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)"
    )
    owned = (
        "SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner "
        "WHERE r.rolname = ANY($1::text[])"
    )
    unsafe = (
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname IN ('es', 'past', 'as_of', 'public') AND p.prosecdef "
        "AND coalesce(array_to_string(p.proconfig, ','), '') NOT LIKE '%search_path%'"
    )
    connection = await asyncpg.connect(installed.server.url(SERVICE))
    logins = [f"{SERVICE}_{login}" for login in LOGINS]
    assert await connection.fetch(asked) == []
    assert await connection.fetch(owned, logins) == []
    assert await connection.fetch(unsafe) == [], "a function of the owner follows the caller's path"
    tables = await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    await connection.close()
    assert tables >= 20


@pytest.mark.parametrize("login", LOGINS)
async def test_a_login_becomes_nobody_else(installed: Installed, login: str) -> None:
    roles = [f"{SERVICE}_owner", f"{OTHER}_owner", f"{OTHER}_app", f"{OTHER}_worker", "postgres"]
    roles += [f"{SERVICE}_worker", f"{SERVICE}_sequencer"] if login == "app" else []
    for role in roles:
        for way in (f"SET ROLE {role}", f"SET SESSION AUTHORIZATION {role}"):
            assert await outcome(installed.url(login), way) in {DENIED, "22023"}, way
    for grant in (
        f"GRANT {SERVICE}_owner TO {SERVICE}_{login}",
        "ALTER ROLE postgres PASSWORD 'x'",
    ):
        assert await outcome(installed.url(login), grant) == DENIED


@pytest.mark.parametrize("login", LOGINS)
async def test_facts_are_appended_and_never_changed(installed: Installed, login: str) -> None:
    url = installed.url(login)
    assert await outcome(url, "SELECT count(*) FROM es.event") == ""
    for table in FACTS:
        for statement in (f"DELETE FROM es.{table}", f"TRUNCATE es.{table}"):  # noqa: S608
            assert await outcome(url, statement) == DENIED, statement
    for statement in (
        "UPDATE es.event SET body = ''", "INSERT INTO es.event DEFAULT VALUES",
        "UPDATE es.head SET size = 9", "SELECT nextval('es.append_id')",
        "COPY es.event TO PROGRAM 'cat'", "COPY es.event FROM '/etc/passwd'",
        "SELECT pg_read_file('/etc/passwd')", "SELECT lo_import('/etc/passwd')",
    ):  # fmt: skip
        assert await outcome(url, statement) == DENIED, statement


async def test_a_planted_grant_is_seen(installed: Installed) -> None:
    connection = await asyncpg.connect(installed.server.url(SERVICE))
    try:
        await connection.execute(f"GRANT DELETE ON es.event TO {SERVICE}_app")
        with pytest.raises(AssertionError, match=r"DELETE FROM es\.event"):
            await test_facts_are_appended_and_never_changed(installed, "app")
    finally:
        await connection.execute(f"REVOKE DELETE ON es.event FROM {SERVICE}_app")
        await connection.close()


@pytest.mark.parametrize("login", LOGINS)
async def test_nobody_makes_alters_or_drops_anything(installed: Installed, login: str) -> None:
    url = installed.url(login)
    connection = await asyncpg.connect(installed.server.url(SERVICE))
    some = await connection.fetchval("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    await connection.close()
    for statement in (
        "CREATE TABLE more (id int)", "CREATE TABLE es.more (id int)", "CREATE SCHEMA more",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE EXTENSION dblink",
        f"ALTER TABLE {some} ADD COLUMN more int", f"DROP TABLE {some}",
        f"ALTER TABLE {some} DISABLE TRIGGER ALL", f"ALTER TABLE {some} OWNER TO {SERVICE}_app",
        "ALTER TABLE es.event DISABLE TRIGGER ALL", "DROP TABLE es.event",
        "SET session_replication_role = replica", f"CREATE POLICY p ON {some} USING (true)",
        f"CREATE RULE r AS ON INSERT TO {some} DO INSTEAD NOTHING",
        f"CREATE TRIGGER t BEFORE INSERT ON {some} EXECUTE FUNCTION lo_manage()",
        "ALTER SYSTEM SET log_statement = 'all'", "CREATE ROLE more", "CREATE DATABASE more",
        f"ALTER DATABASE {SERVICE} SET search_path = more",
    ):  # fmt: skip
        assert await outcome(url, statement) in {DENIED, "25001"}, statement


async def test_only_the_worker_numbers_and_nobody_writes_what_was(installed: Installed) -> None:
    assert await outcome(installed.url("app"), "SELECT es.sequence_batch(1, 1)") == DENIED
    assert await outcome(installed.url("worker"), "SELECT es.sequence_batch(1, 1)") == ""
    connection = await asyncpg.connect(installed.server.url(SERVICE))
    kept = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'past'")
    await connection.close()
    assert len(kept) >= 20
    for login in LOGINS:
        for row in kept:
            statement = f'DELETE FROM past."{row["tablename"]}"'  # noqa: S608
            assert await outcome(installed.url(login), statement) == DENIED, statement


@pytest.mark.parametrize("login", LOGINS)
async def test_no_other_database_can_be_reached(installed: Installed, login: str) -> None:
    assert await outcome(installed.url(login, OTHER), "SELECT 1") == DENIED
    assert await outcome(installed.url(login), "SELECT 1") == ""
    wrong = installed.server.url(SERVICE, f"{SERVICE}_{login}", "guessed")
    with suppress(AssertionError):
        assert await outcome(wrong, "SELECT 1") in {"28P01", "28000"}


async def test_connections_that_read_cannot_write(installed: Installed) -> None:
    for engine in (reading_engine(installed.url("app"), 1), past_engine(installed.url("app"), 1)):
        async with engine.connect() as connection:
            for statement in (
                "INSERT INTO es.cursor VALUES ('x', 1)", "DELETE FROM es.cursor",
                "CREATE TEMP TABLE more (id int)",
            ):  # fmt: skip
                with pytest.raises(Exception, match=r"read-only transaction|permission denied"):
                    await connection.exec_driver_sql(statement)
        await engine.dispose()
