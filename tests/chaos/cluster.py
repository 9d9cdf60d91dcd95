"""Three NATS servers that keep every feed together, each to be killed, stopped or emptied."""

import asyncio
import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, override
from urllib.request import urlopen

import nats
import nats.errors

from shared.bus.connection import Address
from shared.embedded import LOOPBACK, Nats, free_port

SERVERS: Final = 3
PORTS_EACH: Final = 3
POLLS_SECONDS: Final = 0.05
PROBE: Final = "/healthz?js-server-only=true"
_CLUSTER: Final = """
server_name: n{number}
cluster {{ name: abacus, listen: {host}:{port}, routes: [{routes}] }}
"""

type Configure = Callable[[int, Sequence[int]], str]
"""What a server is told of the others: by its number, and the ports of all for each other."""


def open_to_all(number: int, routes: Sequence[int]) -> str:
    """Without logins."""
    others = ", ".join(f'"nats://{LOOPBACK}:{port}"' for port in routes)
    return _CLUSTER.format(number=number, host=LOOPBACK, port=routes[number], routes=others)


async def _unheard(_error: Exception) -> None:
    """What the client complains of while servers come and go."""


def _encoded(request: Mapping[str, Any] | None) -> bytes:
    return json.dumps(request).encode() if request else b""


def _clients(monitoring_url: str) -> set[str]:
    """Who is connected to a server, by name; nobody, where it does not say."""
    try:
        with urlopen(f"{monitoring_url}/connz", timeout=2) as answer:  # noqa: S310 - our own
            return {one["name"] for one in json.load(answer)["connections"] if "name" in one}
    except OSError:
        return set()


class Member(Nats):
    """A server that has started when it belongs to the others again, as an operator's probe asks.

    Its feeds may still choose who leads them, with two of three for longer than a start may take;
    whether they do is for a story to wait for.
    """

    @override
    def _ready(self) -> bool:
        try:
            with urlopen(f"{self.monitoring_url}{PROBE}", timeout=1) as answer:  # noqa: S310
                return bool(answer.status == HTTPStatus.OK)
        except OSError:
            return False


@dataclass(slots=True)
class Cluster:
    """The servers by name, `n0`, `n1` and `n2`; others may come."""

    folder: Path
    configure: Configure = open_to_all
    routes: list[int] = field(init=False)
    nodes: list[Nats] = field(init=False)

    def __post_init__(self) -> None:
        """Nothing runs before `start`."""
        first = free_port(SERVERS * PORTS_EACH)
        places = range(first, first + SERVERS * PORTS_EACH, PORTS_EACH)
        self.routes = [place + 2 for place in places]
        self.nodes = [self._node(number, place) for number, place in enumerate(places)]

    def _node(self, number: int, place: int) -> Nats:
        return Member(
            self.folder / f"n{number}",
            port=place,
            monitoring_port=place + 1,
            access=self.configure(number, self.routes),
        )

    def address(self, name: str) -> Address:
        """Where a service joins: at whichever server is there."""
        return Address(
            url=",".join(self.urls),
            name=name,
            monitoring_url=",".join(node.monitoring_url for node in self.nodes),
        )

    @property
    def urls(self) -> list[str]:
        """Every server's address."""
        return [node.url for node in self.nodes]

    async def start(self, numbers: Iterable[int] = range(SERVERS)) -> None:
        """Start these at once, for one alone has no quorum and would not be ready."""
        await asyncio.gather(*(asyncio.to_thread(self.nodes[n].start) for n in numbers))

    async def another(self) -> int:
        """One more server, with a name of its own and nothing on its disk; its number."""
        place, number = free_port(PORTS_EACH), len(self.nodes)
        self.routes.append(place + 2)
        self.nodes.append(self._node(number, place))
        await self.start([number])
        return number

    async def stop(self) -> None:
        """Stop all."""
        await asyncio.gather(*(asyncio.to_thread(node.stop) for node in self.nodes))

    def kill(self, *numbers: int) -> None:
        """SIGKILL, as a crash would."""
        for number in numbers:
            self.nodes[number].kill()

    def wipe(self, number: int) -> None:
        """What a server that does not run has kept is gone, as with its disk."""
        shutil.rmtree(self.nodes[number].folder / "data")

    async def info(self, stream: str) -> dict[str, Any]:
        """What the cluster says of a stream, asked until one leads it."""
        return await self._led(f"STREAM.INFO.{stream}")

    async def hearing(self, stream: str, hearer: str) -> dict[str, Any]:
        """What the cluster says of a hearer's consumer, asked until one leads it."""
        return await self._led(f"CONSUMER.INFO.{stream}.{hearer}")

    async def _led(self, call: str) -> dict[str, Any]:
        while True:
            told = await self._call(call)
            if told.get("cluster", {}).get("leader"):
                return told
            await asyncio.sleep(POLLS_SECONDS)

    async def delete(self, stream: str) -> None:
        """Somebody deletes a stream, as soon as there is one who can."""
        told: dict[str, Any] = {}
        while not told.get("success"):
            told = await self._call(f"STREAM.DELETE.{stream}")

    async def _call(self, call: str, request: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What the cluster answers; nothing, where it does not."""
        try:
            client = await nats.connect(
                self.urls, connect_timeout=2, allow_reconnect=False, error_cb=_unheard
            )
            try:
                answer = await client.request(f"$JS.API.{call}", _encoded(request), 2)
            finally:
                await client.close()
        except (OSError, nats.errors.Error, TimeoutError):
            return {}
        told: dict[str, Any] = json.loads(answer.data)
        return told

    async def leader(self, stream: str) -> int:
        """Which server leads a stream now."""
        return int((await self.info(stream))["cluster"]["leader"][1:])

    async def leads(self, stream: str, hearer: str) -> int:
        """Which server leads a hearer's consumer now."""
        return int((await self.hearing(stream, hearer))["cluster"]["leader"][1:])

    async def lead(self, stream: str, number: int) -> None:
        """From now on this server leads a stream."""
        preferred = {"placement": {"preferred": f"n{number}"}}
        while await self.leader(stream) != number:
            await self._call(f"STREAM.LEADER.STEPDOWN.{stream}", preferred)
            await asyncio.sleep(POLLS_SECONDS)

    async def where(self, name: str) -> int:
        """The server that a client is connected to, once it is."""
        while True:
            for number, node in enumerate(self.nodes):
                if name in await asyncio.to_thread(_clients, node.monitoring_url):
                    return number
            await asyncio.sleep(POLLS_SECONDS)

    async def whole(self, stream: str) -> set[int]:
        """Wait until every replica of a stream is there and current; which servers these are."""
        while True:
            told = (await self.info(stream))["cluster"]
            peers: Sequence[dict[str, Any]] = told.get("replicas", [])
            if len(peers) == SERVERS - 1 and all(
                peer["current"] and not peer.get("offline") for peer in peers
            ):
                return {int(one["name"][1:]) for one in (*peers, {"name": told["leader"]})}
            await asyncio.sleep(POLLS_SECONDS)
