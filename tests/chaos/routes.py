"""The lines between three servers of a bus, each of which can be cut; clients have theirs.

Every server dials every other through a proxy of its own, and is announced at an address where
nobody listens, so that no gossip of the cluster finds a way round.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import permutations
from random import Random
from typing import Final

from shared.embedded import LOOPBACK, free_port
from tests.chaos.cluster import SERVERS
from tests.chaos.proxy import Proxy

type Way = tuple[int, int]
"""From one server to another."""

_CLUSTER: Final = """
server_name: n{number}
cluster {{
  name: abacus, listen: {host}:{port}, advertise: "{host}:1", routes: [{routes}]
}}
"""


@dataclass(slots=True)
class Road(Proxy):
    """The way by which one server dials another."""

    cut: bool = False

    async def end(self) -> None:
        """Every line ends, and none begins."""
        self.cut = True
        self.done["cut"] += len(self._lines)
        await self.close()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, unless none may begin."""
        if self.cut:
            writer.transport.abort()
            return
        await Proxy.serve(self, reader, writer)


@dataclass(slots=True)
class Routes:
    """All roads by who dials whom. `configure` tells the servers of a cluster."""

    first_port: int = field(default_factory=lambda: free_port(SERVERS * (SERVERS - 1)))
    roads: dict[Way, Road] = field(default_factory=dict)

    def configure(self, number: int, ports: Sequence[int]) -> str:
        """One server's part; the ports of all are where the roads lead."""
        chance = Random(number)  # noqa: S311 - nothing is drawn
        for way in permutations(range(SERVERS), 2):
            self.roads.setdefault(way, Road(LOOPBACK, ports[way[1]], chance))
        mine = [f'"nats://{LOOPBACK}:{self._port(way)}"' for way in self.roads if way[0] == number]
        return _CLUSTER.format(
            number=number, host=LOOPBACK, port=ports[number], routes=", ".join(mine)
        )

    def _port(self, way: Way) -> int:
        return self.first_port + list(permutations(range(SERVERS), 2)).index(way)

    @asynccontextmanager
    async def passable(self) -> AsyncIterator[None]:
        """The roads, until the end."""
        servers = [
            await asyncio.start_server(road.serve, LOOPBACK, self._port(way))
            for way, road in self.roads.items()
        ]
        try:
            yield
        finally:
            for server in servers:
                server.close()
            for road in self.roads.values():
                await road.close()
            with suppress(TimeoutError):
                async with asyncio.timeout(2):
                    await asyncio.gather(*(server.wait_closed() for server in servers))

    async def part(self, one: int) -> None:
        """From now on a server does not reach the others, nor they it."""
        for way, road in self.roads.items():
            if one in way:
                await road.end()

    def join(self) -> None:
        """Every server reaches every other again."""
        for road in self.roads.values():
            road.cut = False

    @property
    def harm(self) -> int:
        """How many lines were cut."""
        return sum(road.done["cut"] for road in self.roads.values())
