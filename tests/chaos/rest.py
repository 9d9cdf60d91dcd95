"""Whether a system has come to rest: ready, everything numbered, every reader at its end."""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import asyncpg
import httpx

POLL_SECONDS: Final = 0.5
QUIET_ROUNDS: Final = 3
NEVER: Final = float("inf")
_AT_REST: Final = """
SELECT (SELECT words FROM es.head), (SELECT size FROM es.head),
       (SELECT count(*) FROM es.unsequenced),
       (SELECT json_object_agg(name, position)::text FROM es.cursor)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What to look at: addresses, who hears whom, what is folded later."""

    urls: Mapping[str, str]
    databases: Mapping[str, str]
    hears: Mapping[str, Sequence[str]]
    readers: Mapping[str, Sequence[str]]

    async def come_to_rest(self, seconds_max: float) -> tuple[float, str]:
        """How long it took, and what was last seen moving.

        `NEVER` if for so many seconds no reader came any further: how long a backlog takes is a
        matter of its length, standing still is not.
        """
        began = rested = advanced = time.monotonic()
        quiet, moving, furthest = 0, "", 0
        async with httpx.AsyncClient(timeout=5) as client:
            while time.monotonic() - advanced < seconds_max:
                seen = await self._moving(client)
                read = await self._read()
                if read > furthest:
                    furthest, advanced = read, time.monotonic()
                if not seen:
                    rested = rested if quiet else time.monotonic()
                    quiet += 1
                    if quiet == QUIET_ROUNDS:
                        return rested - began, moving
                else:
                    quiet, moving = 0, seen
                await asyncio.sleep(POLL_SECONDS)
        return NEVER, moving

    async def _moving(self, client: httpx.AsyncClient) -> str:
        """The first thing that is not at rest; empty when all is."""
        try:
            for service, url in self.urls.items():
                answer = await client.get(f"{url}/readyz")
                told = answer.json()
                behind = {name: lag for name, lag in told.get("lag_entries", {}).items() if lag}
                if answer.status_code != httpx.codes.OK or behind or told.get("stopped_readers"):
                    return f"{service}: {told}"
            return await self._behind()
        except (httpx.HTTPError, OSError, asyncpg.PostgresError, TimeoutError) as away:
            return repr(away)

    async def _read(self) -> int:
        """How far all readers are together; nowhere while a database is away."""
        try:
            heads = {service: await self._head(service) for service in self.databases}
        except (OSError, asyncpg.PostgresError, TimeoutError):
            return 0
        # Beside the places of readers lie heartbeats, which always move, and digests.
        return sum(
            cursors.get(reader, 0)
            for service, (*_, cursors) in heads.items()
            for reader in (*map("inbox:{}".format, self.hears[service]), *self.readers[service])
        )

    async def _behind(self) -> str:
        heads = {service: await self._head(service) for service in self.databases}
        for service, (_, size, waiting, cursors) in heads.items():
            if waiting:
                return f"{service}: {waiting} commands wait for their numbers"
            for producer in self.hears[service]:
                if cursors.get(f"inbox:{producer}", 0) != heads[producer][0]:
                    return f"{service} has not heard all of {producer}"
            for reader in self.readers[service]:
                if cursors.get(reader, 0) != size:
                    return f"{service}: {reader} is behind"
        return ""

    async def _head(self, service: str) -> tuple[int, int, int, dict[str, int]]:
        connection = await asyncpg.connect(self.databases[service], timeout=5)
        try:
            words, size, waiting, cursors = (await connection.fetch(_AT_REST))[0]
        finally:
            await connection.close()
        return words, size, waiting, json.loads(cursors or "{}")
