"""A bad network between services and their bus: commands do not notice, words are only late (P16).

`BUS_FAULT_SECONDS` makes each bad time longer, `BUS_HOLE_SECONDS` the ones in which nobody hears.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

import pytest

from shared.bus.connection import Address
from shared.bus.poke import poking
from shared.embedded import Nats
from shared.handling import Handling
from tests.chaos.living import Living, Place, living
from tests.chaos.proxy import HOLES, TOXICS, Proxy, Toxic, before

WORDS: Final = 60
COMMANDS_MIN: Final = 5  # while the bus is away: one that waited for it would be the only one
FAULT_SECONDS: Final = float(os.environ.get("BUS_FAULT_SECONDS", "3"))
HOLE_SECONDS: Final = float(os.environ.get("BUS_HOLE_SECONDS", "10"))

# Of a line on which nobody answered its greeting the NATS client lets go without closing it.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in.*StreamWriter:pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Nats]:
    """A server of our own."""
    with Nats(tmp_path / "nats") as server:
        yield server


@dataclass(frozen=True, slots=True)
class Apart:
    """The living town, with a proxy before the bus for each service."""

    place: Place
    proxies: dict[str, Proxy]

    def infect(self, toxic: Toxic) -> None:
        """From now on every line is like this."""
        for proxy in self.proxies.values():
            proxy.toxic = toxic


@asynccontextmanager
async def apart(server: Nats, jars_url: str, banks_url: str, toxic: Toxic) -> AsyncIterator[Apart]:
    """Both services; commands are taken by an api of its own, which pokes over the bus too."""
    chance = Random(toxic)  # noqa: S311 - a replayable choice
    async with AsyncExitStack() as stack:
        proxies: dict[str, Proxy] = {}
        urls: dict[str, str] = {}
        for name in ("jars", "banks"):
            proxies[name], urls[name] = await stack.enter_async_context(before(server.url, chance))

        def address(name: str) -> Address:
            return Address(
                url=urls[name.partition("-")[0]], name=name, monitoring_url=server.monitoring_url
            )

        plan = Living(jars_url=jars_url, banks_url=banks_url, feeds=[server.url], address=address)
        place = await stack.enter_async_context(living(plan))
        poke = await stack.enter_async_context(poking(address("jars-api"), "jars"))
        jars = place.jars
        place.handling = Handling(jars.service.aggregates, jars.store, committed=poke)
        yield Apart(place, proxies)


@pytest.mark.parametrize("toxic", [*TOXICS, *HOLES])
async def test_commands_go_on_and_every_word_arrives_once(
    server: Nats, jars_url: str, banks_url: str, toxic: Toxic
) -> None:
    async with apart(server, jars_url, banks_url, toxic) as town:
        place = town.place
        await place.put_some(WORDS)
        await place.heard_all()
        town.infect(toxic)
        before_it = len(place.acknowledged)
        async with place.loaded():
            await asyncio.sleep(HOLE_SECONDS if toxic in HOLES else FAULT_SECONDS)
            behind = await place.said() - await place.heard()
        assert len(place.acknowledged) - before_it > COMMANDS_MIN
        town.infect("none")
        print(toxic, "heard after", await place.heard_all(), "behind", behind)
        await place.fed_all()
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert sum(proxy.done[toxic] for proxy in town.proxies.values()) > 0
    assert behind > 0 or toxic not in HOLES
    assert not place.deaths


async def test_a_number_that_rots_on_the_way_is_never_a_row(
    server: Nats, jars_url: str, banks_url: str
) -> None:
    async with apart(server, jars_url, banks_url, "rot") as town:
        place = town.place
        await place.heard_all()
        town.infect("rot")
        await place.put_some(WORDS)
        await place.marked("worker:stopped", 1)
        assert await place.heard() < await place.said()
        town.infect("none")
        await place.heard_all()
        await place.fed_all()
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert town.proxies["banks"].done["rot"] > 0
    assert not place.deaths
