"""Connections for the hot path: asyncpg's pool, less what it does around every statement."""

from contextlib import suppress
from types import TracebackType
from typing import Any, Final

import asyncpg
from asyncpg.pool import PoolConnectionProxy
from asyncpg.protocol import protocol

from shared.servers import Servers

POOL_CONNECTIONS_MIN: Final = 2
POOL_CONNECTIONS_MAX: Final = 6
KEPT_MAX: Final = 2
CALL_SECONDS_MAX: Final = 8
"""The server ends a statement before; only a line that fell silent is waited for so long."""
GIVING_BACK_SECONDS_MAX: Final = 2
"""The driver asks the server to leave off what was not waited for; nobody may hear it."""
# Sent when a connection is opened: no SET, hence nothing to reset when it is given back.
SESSION: Final = {
    "application_name": "iron-abacus",
    "statement_timeout": "6s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "10s",
    "timezone": "UTC",
    "jit": "off",
    "work_mem": "16MB",
    # Our statements take arrays and find rows by key. Planning them anew finds nothing better,
    # and a plan made while a table was small must not scan it when it has grown.
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
}

# asyncpg asks every element of an array whether it is an array itself, and asks abstract classes:
# that takes longer than encoding it. Ours are lists and tuples, and so are those of SQLAlchemy.
vars(protocol).update(IterableABC=(list, tuple), SizedABC=(list, tuple))

type Held = PoolConnectionProxy[asyncpg.Record]


class Pool(asyncpg.Pool):
    """A pool that keeps a few connections at hand between two statements.

    Acquiring and releasing cost a task, a timer and a proxy, more than a short statement does.
    `async with pool.held() as connection` takes one that lies ready, else acquires one.
    """

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401 - as asyncpg's
        """Nothing is kept yet."""
        super().__init__(*arguments, **settings)
        self.kept: list[Held] = []

    def held(self) -> "Holding":
        """One connection, for as long as the block takes."""
        return Holding(self)

    async def release(self, connection: Held, *, timeout: float | None = None) -> None:  # noqa: ASYNC109 - asyncpg's
        """Give it back; one that was lost in this very moment is back already.

        The driver complains of it, and where somebody was cancelled the complaint would take the
        place of that: a loop that waits for better times would never end. One that answers nothing,
        not even that the server leaves off, is ended, and none that was there before it is used.
        """
        with suppress(asyncpg.InternalClientError):
            try:
                await super().release(connection, timeout=timeout or GIVING_BACK_SECONDS_MAX)
            except TimeoutError:
                await self.distrust()

    async def distrust(self) -> None:
        """Use no line of before any more: one was silent, and who cut it may have cut them all."""
        await self.expire_connections()
        while self.kept:
            await self.drop(self.kept.pop())

    async def drop(self, connection: Held) -> None:
        """End it without a word: nobody may be there to take leave of."""
        with suppress(asyncpg.InterfaceError):  # it has ended already
            connection.terminate()
        await self.release(connection)

    async def close(self) -> None:
        """Give back what is kept and wait for what is in use."""
        while self.kept:
            await self.release(self.kept.pop())
        await super().close()


class Holding:
    """A connection for one block."""

    __slots__ = ("_connection", "_pool")

    def __init__(self, pool: Pool) -> None:
        """Take nothing yet."""
        self._pool = pool
        self._connection: Held | None = None

    async def __aenter__(self) -> Held:
        """A living connection outside of any transaction."""
        while self._pool.kept:
            self._connection = self._pool.kept.pop()
            if _is_alive(self._connection):
                return self._connection
            await self._pool.release(self._connection)
        self._connection = await self._pool.acquire()
        return self._connection

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep it, unless something happened to it; then the pool knows what to do."""
        connection = self._connection
        if connection is None:
            return
        kept = self._pool.kept
        if isinstance(error, asyncpg.InternalClientError):
            # The server said that it ends this connection while nobody was listening; what we
            # wanted to say was not sent.
            await self._pool.drop(connection)
            raise asyncpg.ConnectionDoesNotExistError(str(error)) from error
        if kind is None and len(kept) < KEPT_MAX and not self._pool.is_closing():
            kept.append(connection)
        else:
            await self._pool.release(connection)


async def open_pool(url: str, *, connections_max: int = POOL_CONNECTIONS_MAX) -> Pool:
    """Connections for the hot path, to whoever takes writes. The caller closes the pool."""
    return await Pool(
        url,
        min_size=min(POOL_CONNECTIONS_MIN, connections_max),
        max_size=connections_max,
        max_queries=1_000_000_000,
        max_inactive_connection_lifetime=300.0,
        connection_class=asyncpg.Connection,
        record_class=asyncpg.Record,
        connect=Servers(url).connect,
        setup=None,
        init=None,
        loop=None,
        reset=_leave_as_it_is,
        command_timeout=CALL_SECONDS_MAX,
        statement_cache_size=400,
        max_cached_statement_lifetime=0,
        server_settings=SESSION,
    )


def _is_alive(connection: Held) -> bool:
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:  # it ended while it was kept; the pool has taken it back
        return False


async def _leave_as_it_is(_connection: object) -> None:
    """Spare the round trip that resets a session: nothing here changes one."""
