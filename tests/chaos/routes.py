"""The lines between three servers of a bus, each of which can be cut or held; clients have theirs.

Every server dials every other through a proxy of its own, and is announced at an address where
nobody listens, so that no gossip of the cluster finds a way round.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import permutations
from random import Random
from typing import Final, Literal

from shared.embedded import LOOPBACK, free_port
from tests.chaos.cluster import SERVERS
from tests.chaos.proxy import Proxy

type Parting = Literal["cut", "deaf", "mute"]
ONE_WAY: Final[tuple[Parting, ...]] = ("deaf", "mute")
"""One speaks and does not hear the others; or hears them and is not heard. What is on its way
waits, as behind a link whose other direction still works, and nobody is told."""

type Way = tuple[int, int]
"""From one server to another."""

PINGS: Final = "ping_interval: 2s, ping_max: 2"
"""How soon a server takes another for away that does not answer, as deployed (`cluster.conf`)."""

_CLUSTER: Final = """
server_name: n{number}
cluster {{
  name: abacus, listen: {host}:{port}, advertise: "{host}:1", routes: [{routes}]
  {pings}
}}
"""


@dataclass(slots=True)
class Road(Proxy):
    """The way by which one server dials another; each direction can be held."""

    cut: bool = False
    passing: dict[bool, asyncio.Event] = field(default_factory=dict)
    """By whether it is the one who dials that speaks."""

    def __post_init__(self) -> None:
        """Open."""
        self.passing = {True: asyncio.Event(), False: asyncio.Event()}
        self.open()

    def open(self) -> None:
        """What was held goes on, what was cut may be dialled again."""
        self.cut = False
        for one in self.passing.values():
            one.set()

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

    async def _through(self, data: bytes, *, asked: bool) -> list[bytes]:
        self.done["held"] += not self.passing[asked].is_set()
        await self.passing[asked].wait()
        return [data]


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
            number=number,
            host=LOOPBACK,
            port=ports[number],
            routes=", ".join(mine),
            pings=PINGS,
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
                road.open()
                await road.close()
            with suppress(TimeoutError):
                async with asyncio.timeout(2):
                    await asyncio.gather(*(server.wait_closed() for server in servers))

    async def part(self, parting: Parting, one: int) -> None:
        """From now on a server is apart from the others."""
        others = [number for number in range(SERVERS) if number != one]
        match parting:
            case "cut":
                for other in others:
                    await self.roads[one, other].end()
                    await self.roads[other, one].end()
            case "deaf":
                self._hold([(other, one) for other in others])
            case "mute":
                self._hold([(one, other) for other in others])

    def _hold(self, ways: Iterable[Way]) -> None:
        """What is said this way waits, whoever has dialled."""
        for speaker, hearer in ways:
            self.roads[speaker, hearer].passing[True].clear()
            self.roads[hearer, speaker].passing[False].clear()

    def join(self) -> None:
        """Every server reaches every other again."""
        for road in self.roads.values():
            road.open()

    @property
    def harm(self) -> int:
        """How many lines were cut, and how often something was held."""
        return sum(road.done["cut"] + road.done["held"] for road in self.roads.values())
