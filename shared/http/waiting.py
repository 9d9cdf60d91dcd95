"""Waiting until the read models know what a position tells of (read your own writes)."""

import asyncio
import re
import time
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.http.position import Position
from shared.http.problems import NotYet
from shared.http.runtime import Runtime

WAIT_SECONDS: Final = 2.0
WAIT_SECONDS_MAX: Final = 30.0
POLL_SECONDS: Final = 0.02
_PREFER_WAIT: Final = re.compile(r"(?:^|[,;])\s*wait\s*=\s*\"?(\d{1,4})\"?", re.ASCII)


def wait_seconds(prefer: str | None) -> float:
    """How long a caller prefers to wait (RFC 7240), within the limit."""
    found = _PREFER_WAIT.search(prefer or "")
    return min(float(found[1]), WAIT_SECONDS_MAX) if found else WAIT_SECONDS


async def wait_for(
    runtime: Runtime, session: AsyncSession, position: Position, seconds: float
) -> None:
    """Return when the read models know what the position tells of, or refuse with `NotYet`."""
    until = time.monotonic() + seconds
    while not await _arrived(runtime, session, position):
        if time.monotonic() >= until:
            raise NotYet(
                "It has not arrived here yet.",
                remedy="Ask again, or wait longer with `Prefer: wait=10`.",
                headers={"retry-after": "1"},
            )
        await asyncio.sleep(POLL_SECONDS)


async def _arrived(runtime: Runtime, session: AsyncSession, position: Position) -> bool:
    own = position.service == runtime.service
    if not own or (runtime.hears_itself and position.said):
        assert runtime.store is not None
        heard = await runtime.store.heard_version(position.service, position.stream)
        if heard < position.said:
            return False
    if not own or not runtime.later:
        return True
    place = {"stream": position.stream, "version": position.version, "cursors": list(runtime.later)}
    behind: int | None = await session.scalar(_BEHIND, place)
    return behind == 0


# How many later read models have not folded the event yet; all of them while it has no number.
_BEHIND: Final = text(
    """
    SELECT count(*) FROM unnest(CAST(:cursors AS text[])) AS reader (name)
    LEFT JOIN es.cursor USING (name)
    WHERE coalesce(cursor.position, 0) < coalesce(
      (SELECT ledger.position FROM es.event JOIN es.ledger USING (append_id, idx)
       WHERE event.stream = :stream AND event.version = :version),
      9223372036854775807)
    """
)
