"""An address may name several servers: whoever connects finds the one that takes writes."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, suppress
from pathlib import Path

import asyncpg
import pytest
import structlog
from sqlalchemy import text

from shared import servers
from shared.eventstore.connections import open_pool
from shared.eventstore.working import is_defect
from shared.http.app import create_app
from shared.http.failures import refusal_of
from shared.http.problems import Unavailable
from shared.http.reading import reading_engine
from shared.servers import NobodyWrites, Servers, addresses, connect, connect_patiently
from shared.testing.servers import LOOPBACK, Postgres
from shared.testing.tokens import Tokens
from shared.worker import leading
from tests.shared.http.jars import service as jars

NOBODY = f"{LOOPBACK}:9"
SOON = 20.0
SLEEPING = """
SELECT count(*) FROM pg_stat_activity
WHERE query LIKE '%pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()
AND datname = current_database()
"""


@contextmanager
def silent() -> Iterator[str]:
    """A machine that takes the call and never says a word, as one that has lost its power."""
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        listener.listen()
        yield f"{LOOPBACK}:{listener.getsockname()[1]}"


def before(first: str, url: str) -> str:
    """The same address with another server before it."""
    return url.replace("@", f"@{first},")


async def test_a_machine_that_is_silent_does_not_keep_anybody_from_the_next(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "CONNECT_SECONDS_MAX", 0.5)
    with silent() as dead:
        found = Servers(before(dead, database))
        began = time.monotonic()
        await (await found.connect()).close()
        waited = time.monotonic() - began
        await (await found.connect()).close()
    assert 0.5 <= waited < SOON
    assert found.first in database, "whoever was found last is asked first"


async def test_every_way_into_the_database_takes_several_servers(database: str) -> None:
    url = before(NOBODY, f"{database}?target_session_attrs=read-write")
    pool = await open_pool(url)
    assert await pool.fetchval("SELECT 1") == 1
    await pool.close()
    engine = reading_engine(url, 1)
    async with engine.connect() as connection:
        shown = await connection.execute(text("SHOW transaction_read_only"))
        assert shown.scalar() == "on"
    await engine.dispose()


async def test_where_nobody_takes_writes_callers_are_asked_to_come_again(
    postgres: Postgres,
) -> None:
    url = before(NOBODY, f"{postgres.url().replace(str(postgres.port), '9')}")
    with pytest.raises(NobodyWrites, match="ConnectionRefused") as nobody:
        await connect(url)
    assert isinstance(refusal_of(nobody.value), Unavailable)
    assert not is_defect(nobody.value)


async def test_who_starts_while_the_database_does_waits_for_it(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One that an earlier test has used goes on to write to where that one told it to.
    monkeypatch.setattr("shared.servers.log", structlog.get_logger())
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))  # refused until somebody listens
        port = listener.getsockname()[1]
        url = postgres.url().replace(f":{postgres.port}", f":{port}")
        with structlog.testing.capture_logs() as said:
            starting = asyncio.create_task(connect_patiently(url))
            async with asyncio.timeout(SOON):
                while not said:  # noqa: ASYNC110 - the log rings no bell
                    await asyncio.sleep(0.01)
            assert not starting.done()
            async with await asyncio.start_server(_forward_to(postgres), sock=listener):
                connection = await asyncio.wait_for(starting, SOON)
                assert await connection.fetchval("SELECT 1") == 1
                await connection.close()
    assert {one["event"] for one in said} == {"database_awaited"}
    assert "ConnectionRefused" in said[0]["why"]


def _forward_to(
    postgres: Postgres,
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while said := await reader.read(65_536):
                writer.write(said)
        writer.close()

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(LOOPBACK, postgres.port)
        await asyncio.gather(pour(reader, far_writer), pour(far_reader, writer))

    return forward


async def test_who_waits_for_a_database_does_not_wait_for_ever(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "START_SECONDS_MAX", 0.6)
    began = time.monotonic()
    with pytest.raises(NobodyWrites):
        await connect_patiently(postgres.url().replace(f":{postgres.port}", ":9"))
    assert 0.6 <= time.monotonic() - began < SOON
    with pytest.raises(asyncpg.InvalidPasswordError):
        await connect_patiently(postgres.url(password="wrong"))  # noqa: S106 - a wrong one


def a_worker(url: str, _folder: Path) -> AbstractAsyncContextManager[object]:
    """A worker, until it leads."""
    return leading(url)


def an_api(url: str, folder: Path) -> AbstractAsyncContextManager[object]:
    """An API, until it answers."""
    settings = jars.settings.model_validate({"data_dir": folder, "database_url": url})
    app = create_app(jars, settings=settings, keys=Tokens.fresh().keys)
    return app.router.lifespan_context(app)


@pytest.mark.parametrize("process", [a_worker, an_api])
async def test_every_process_waits_for_its_database_when_it_starts(
    process: Callable[[str, Path], AbstractAsyncContextManager[object]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(servers, "START_SECONDS_MAX", 0.6)
    began = time.monotonic()
    with pytest.raises(NobodyWrites):
        async with process(f"postgresql://jars@{NOBODY}/jars", tmp_path):
            pass
    assert time.monotonic() - began >= 0.6


@pytest.mark.parametrize("way", ["held", "of the driver"])
async def test_a_connection_that_is_lost_while_it_is_given_back_hides_no_end(
    way: str, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was cancelled ends: a complaint in place of that would be waited out for ever."""

    async def lost(_pool: object, _connection: object, **_how: object) -> None:
        raise asyncpg.InternalClientError("release() called on a free connection holder")

    pool = await open_pool(database)

    async def waits() -> None:
        if way == "held":
            async with pool.held() as connection:
                await connection.execute("SELECT pg_sleep(60)")
        else:
            await pool.execute("SELECT pg_sleep(60)")

    with monkeypatch.context() as patched:
        patched.setattr(asyncpg.Pool, "release", lost)
        waiting = asyncio.create_task(waits())
        watching = await connect(database)
        async with asyncio.timeout(SOON):
            while not await watching.fetchval(SLEEPING):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    await watching.close()
    pool.terminate()


async def test_a_wrong_password_is_said_at_once(postgres: Postgres) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await connect(before(NOBODY, postgres.url(password="wrong")))  # noqa: S106 - a wrong one


def test_an_address_of_several_servers_is_one_for_each() -> None:
    assert addresses("postgresql://a:p%40@x:1,y:2/d?sslmode=require&target_session_attrs=any") == [
        "postgresql://a:p%40@x:1/d?sslmode=require",
        "postgresql://a:p%40@y:2/d?sslmode=require",
    ]
    assert addresses("postgresql:///d") == ["postgresql:///d"]
