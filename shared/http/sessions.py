"""Sessions of the queries: no caller waits for a line of the database that fell silent.

The server ends a query by itself, but nobody may hear of it: a switch that lost its power tells
neither side. A statement without an answer is left after `ANSWER_SECONDS_MAX`, its line ended, and
no line of before is used again, for who cut one may have cut them all.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, Final, override

from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

ANSWER_SECONDS_MAX: Final = 7.0
_patience: ContextVar[asyncio.Timeout | None] = ContextVar("patience", default=None)


class Session(AsyncSession):
    """A session whose statements are answered in time, or raise `TimeoutError`."""

    def __init__(self, engine: AsyncEngine, *, seconds_max: float = ANSWER_SECONDS_MAX) -> None:
        """Of an engine that `distrusting` made; waits so long for each answer."""
        super().__init__(engine, expire_on_commit=False)
        self._seconds_max = seconds_max

    @asynccontextmanager
    async def in_time(self) -> AsyncIterator[None]:
        """As long as one answer may take."""
        async with asyncio.timeout(self._seconds_max) as patience:
            mark = _patience.set(patience)
            try:
                yield
            finally:
                _patience.reset(mark)

    @override
    async def execute(self, *arguments: Any, **settings: Any) -> Any:
        """As the session of SQLAlchemy, in time."""
        async with self.in_time():
            return await super().execute(*arguments, **settings)

    @override
    async def stream(self, *arguments: Any, **settings: Any) -> Any:
        """As the session of SQLAlchemy, its beginning in time."""
        async with self.in_time():
            return await super().stream(*arguments, **settings)

    @override
    async def scalar(self, *arguments: Any, **settings: Any) -> Any:
        """As the session of SQLAlchemy, in time."""
        async with self.in_time():
            return await super().scalar(*arguments, **settings)


def distrusting(engine: AsyncEngine) -> AsyncEngine:
    """The engine, which uses no line of before any more when one of them was silent."""
    event.listen(engine.sync_engine, "handle_error", _distrust)
    return engine


def _distrust(context: ExceptionContext) -> None:
    """A caller who goes away leaves one line; one who waited in vain leaves all of them."""
    patience = _patience.get()
    if isinstance(context.original_exception, asyncio.CancelledError) and patience is not None:
        context.invalidate_pool_on_disconnect = patience.expired()
