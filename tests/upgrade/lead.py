"""Who works for a service, and how far it has heard: read in the databases, nobody is asked."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

import asyncpg

from shared.worker import LOCK

type Place = tuple[str, str]
"""Who hears, and whom."""
type Numbers = Mapping[Place, int]

POLL_SECONDS: Final = 0.2
SECONDS_MAX: Final = 60.0
# A backend is known by its id and the moment it began: ids are given again.
_LEADER: Final = """
SELECT string_agg(a.pid || ' since ' || a.backend_start, ', ' ORDER BY a.pid)
FROM pg_locks l JOIN pg_stat_activity a USING (pid)
WHERE l.locktype = 'advisory' AND l.granted AND l.classid = 0 AND l.objid = $1::bigint::oid
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
_HEARD: Final = "SELECT coalesce(max(position), 0) FROM es.cursor WHERE name = $1"
_SAID: Final = "SELECT words FROM es.head"


class NotInTime(Exception):
    """Something that must come did not."""


async def leader(url: str) -> str:
    """Which connection holds the lead of a service; nothing while nobody does, all that do."""
    return str(await _value(url, _LEADER, LOCK) or "")


async def another_leads(url: str, than: str) -> str:
    """Wait until somebody else has the lead."""
    until = time.monotonic() + SECONDS_MAX
    while (found := await leader(url)) in ("", than):
        if time.monotonic() > until:
            raise NotInTime(f"nobody took the lead from {than}")
        await asyncio.sleep(POLL_SECONDS)
    return found


async def heard(databases: Mapping[str, str], hears: Mapping[str, Sequence[str]]) -> Numbers:
    """How many words of each producer each hearer has taken."""
    return {
        (hearer, producer): int(await _value(databases[hearer], _HEARD, f"inbox:{producer}") or 0)
        for hearer, producers in hears.items()
        for producer in producers
    }


async def heard_what_is_said_now(
    databases: Mapping[str, str], hears: Mapping[str, Sequence[str]]
) -> Numbers:
    """Wait until every hearer has taken every word that has its number at this moment."""
    said = {one: int(await _value(url, _SAID) or 0) for one, url in databases.items()}
    until = time.monotonic() + SECONDS_MAX
    while True:
        found = await heard(databases, hears)
        if all(number >= said[producer] for (_, producer), number in found.items()):
            return found
        if time.monotonic() > until:
            raise NotInTime(f"not heard in time: {found} of {said}")
        await asyncio.sleep(POLL_SECONDS)


async def _value(url: str, query: str, *arguments: object) -> Any:  # noqa: ANN401 - one value
    connection = await asyncpg.connect(url, timeout=10)
    try:
        return await connection.fetchval(query, *arguments)
    finally:
        await connection.close()
