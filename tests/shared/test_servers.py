"""An address may name several servers: whoever connects finds the one that takes writes."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
import pytest
from sqlalchemy import text

from shared import servers
from shared.eventstore.connections import open_pool
from shared.eventstore.working import is_defect
from shared.http.failures import refusal_of
from shared.http.problems import Unavailable
from shared.http.reading import reading_engine
from shared.servers import NobodyWrites, Servers, addresses, connect
from shared.testing.servers import LOOPBACK, Postgres

NOBODY = f"{LOOPBACK}:9"
SOON = 20.0


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


async def test_a_wrong_password_is_said_at_once(postgres: Postgres) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await connect(before(NOBODY, postgres.url(password="wrong")))  # noqa: S106 - a wrong one


def test_an_address_of_several_servers_is_one_for_each() -> None:
    assert addresses("postgresql://a:p%40@x:1,y:2/d?sslmode=require&target_session_attrs=any") == [
        "postgresql://a:p%40@x:1/d?sslmode=require",
        "postgresql://a:p%40@y:2/d?sslmode=require",
    ]
    assert addresses("postgresql:///d") == ["postgresql:///d"]
