"""A bus that had one account for all is given an account for each: the feeds are said anew there.

The guide says how to move; nothing is copied, because every feed can be said again by its store.
"""

import shutil
from pathlib import Path
from typing import Final

from shared.bus.connection import Address
from shared.bus.jetstream import JetStreamBus
from shared.bus.provision import provision
from shared.bus.streams import consumer_settings, stream_name
from shared.embedded import Nats
from shared.relay import Relay
from shared.testing.bus_suite import hear
from tests.authority.bus_law import PROVISIONER, access, login
from tests.shared.banks import jars
from tests.shared.worlds import Memory

WORDS: Final = 1_200
HEARD: Final = 700
HEARER: Final = "monitoring"
SECONDS_MAX: Final = 60


def one_for_all() -> str:
    """As it was: every user in one account."""
    user = f'{{ user: jars, password: "{login("jars")}" }}'
    return f"accounts {{ ABACUS {{ jetstream: enabled, users: [{user}] }} }}"


def one_for_each() -> str:
    """The accounts of the deployment, where the jars stand for the first of the services."""
    return access().replace("TARGETS", "JARS").replace("targets", "jars")


def address(server: Nats, user: str) -> Address:
    """Where somebody joins."""
    return Address(
        url=server.url, name=user, monitoring_url=server.monitoring_url,
        user=user, password=login(user),
    )  # fmt: skip


async def said(world: Memory, server: Nats) -> int:
    """A relay that knows nothing says what is missing in the feed; its last number."""
    bus = await JetStreamBus.connect(address(server, "jars"))
    relay = Relay(world.store, bus, "jars")
    while await relay.publish_next():
        pass
    last = await bus.last_number("jars")
    await bus.close()
    return last


async def test_the_feeds_are_said_anew_and_every_cursor_stays(tmp_path: Path) -> None:
    world = Memory(jars)
    await world.say(*range(1, WORDS + 1))
    with Nats(tmp_path / "nats", access=one_for_all()) as server:
        assert await said(world, server) == WORDS
    shutil.rmtree(tmp_path / "nats" / "data")  # a server is not well while it has feeds of nobody
    with Nats(tmp_path / "nats", access=one_for_each()) as server:
        assert await said(world, server) == WORDS
        consumer = {
            "stream_name": stream_name("jars"),
            "config": dict(consumer_settings("jars", HEARER)),
        }
        wanted = {"streams": [], "consumers": [consumer]}
        assert await provision(address(server, PROVISIONER), wanted) == 1
        bus = await JetStreamBus.connect(address(server, HEARER))
        heard = await hear(bus.ear("jars", HEARER), HEARD, WORDS, SECONDS_MAX)
        await bus.close()
    words = await world.store.read_words(HEARD, WORDS)
    assert [(one.number, one.body) for one in heard] == [(one.number, one.body) for one in words]
