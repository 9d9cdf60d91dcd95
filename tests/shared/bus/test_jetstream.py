"""The bus on JetStream keeps the promises of a bus, and what only a real server can break."""

import asyncio
import json
from collections.abc import AsyncIterator

import nats as nats_client
import pytest

from shared.bus import Bus, Unanswered, UnsafeBus, WordDamaged
from shared.bus.connection import Address, Connection, refuse_unsafe
from shared.bus.jetstream import JetStreamBus
from shared.bus.poke import poking
from shared.embedded import Nats
from shared.testing.bus_suite import BusSuite, hear, numbers, word, words
from shared.testing.servers import private_nats


def address(nats: Nats, name: str = "jars") -> Address:
    """Where the private server is."""
    return Address(url=nats.url, name=name, monitoring_url=nats.monitoring_url)


@pytest.fixture
async def bus(nats: Nats) -> AsyncIterator[JetStreamBus]:
    """A bus on a server without feeds."""
    bus = await JetStreamBus.connect(address(nats))
    yield bus
    await bus.close()


class TestJetStreamBus(BusSuite):
    """The suite, on a real server."""

    @pytest.fixture
    def bus(self, bus: JetStreamBus) -> Bus:
        """The real one."""
        return bus


async def api(nats: Nats, call: str, request: dict[str, object] | None = None) -> None:
    """Do something to the server behind the bus's back."""
    client = await nats_client.connect(nats.url)
    await client.request(f"$JS.API.{call}", json.dumps(request or {}).encode(), 2)
    await client.close()


async def test_a_killed_server_delays_and_loses_nothing(nats: Nats, bus: JetStreamBus) -> None:
    await bus.provision("jars")
    await bus.publish("jars", words(1, 100))
    ear = bus.ear("jars", "banks")
    await hear(ear, 0, 60)
    nats.kill()
    with pytest.raises(Unanswered):
        await bus.publish("jars", [word(101)])
    nats.start()
    heard = await hear(ear, 60, 100)
    assert numbers(heard) == list(range(61, 101))
    assert await bus.publish("jars", [word(await bus.last_number("jars") + 1)]) == 101
    assert numbers(await hear(ear, 100, 101)) == [101]


async def test_a_deleted_consumer_is_made_again(nats: Nats, bus: JetStreamBus) -> None:
    await bus.provision("jars")
    await bus.publish("jars", words(1, 10))
    ear = bus.ear("jars", "banks")
    await hear(ear, 0, 10)
    await api(nats, "CONSUMER.DELETE.JARS.banks-from-jars")
    await bus.publish("jars", words(11, 20))
    assert numbers(await hear(ear, 10, 20)) == list(range(11, 21))


@pytest.mark.parametrize("place", [1, 5, 1_000])
async def test_a_consumer_that_was_moved_is_not_believed(
    nats: Nats, bus: JetStreamBus, place: int
) -> None:
    await bus.provision("jars")
    await bus.publish("jars", words(1, 10))
    ear = bus.ear("jars", "banks")
    await hear(ear, 0, 10)
    await api(nats, "CONSUMER.RESET.JARS.banks-from-jars", {"seq": place})
    await bus.publish("jars", words(11, 20))
    assert numbers(await hear(ear, 10, 20)) == list(range(11, 21))


async def test_a_hash_that_is_none_damages_its_word(nats: Nats, bus: JetStreamBus) -> None:
    await bus.provision("jars")
    said = word(1)
    client = await nats_client.connect(nats.url)
    await client.jetstream().publish(said.subject, said.body, headers={"Leaf-Hash": "no hash"})
    await client.close()
    with pytest.raises(WordDamaged):
        await hear(bus.ear("jars", "banks"), 0, 1)
    assert [one.leaf_hash for one in await bus.read("jars", 0, 1)] == [b""]


async def test_what_the_server_refuses_for_now_is_no_defect(nats: Nats) -> None:
    """One server cannot keep a feed three times; the two that are missing may still come."""
    bus = await JetStreamBus.connect(address(nats), replicas=3)
    with pytest.raises(Unanswered):
        await bus.provision("jars")
    await bus.close()


async def test_a_feed_that_nobody_serves_is_not_an_empty_one(bus: JetStreamBus) -> None:
    with pytest.raises(Unanswered):
        await bus.read("jars", 0, 1)


async def test_a_feed_that_is_kept_less_often_than_wanted_is_told(
    nats: Nats, bus: JetStreamBus
) -> None:
    await bus.provision("jars")
    wanting = await JetStreamBus.connect(address(nats), replicas=3)
    assert await wanting.replicas_missing("jars") == 2
    assert await bus.replicas_missing("jars") == 0
    await wanting.close()


async def test_of_several_addresses_one_that_answers_is_enough(nats: Nats) -> None:
    gone = "nats://127.0.0.1:1", "http://127.0.0.1:1"
    several = Address(
        url=f"{gone[0]}, {nats.url}",
        name="jars",
        monitoring_url=f"{gone[1]},{nats.monitoring_url}",
    )
    bus = await JetStreamBus.connect(several)
    await bus.provision("jars")
    assert await bus.last_number("jars") == 0
    await bus.close()


async def test_of_several_servers_an_unsafe_one_is_too_many(nats: Nats) -> None:
    with private_nats(sync="2m") as unsafe, pytest.raises(UnsafeBus):
        await JetStreamBus.connect(
            Address(
                url=nats.url,
                name="jars",
                monitoring_url=f"{nats.monitoring_url},{unsafe.monitoring_url}",
            )
        )


async def test_where_nobody_answers_for_a_feed_another_server_is_tried(
    nats: Nats, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both names are one server here, which is enough to see who is left."""
    monkeypatch.setattr("shared.bus.connection.ELSEWHERE_SECONDS", 0.0)
    names = f"nats://127.0.0.1:{nats.port},nats://localhost:{nats.port}"
    connection = Connection(Address(url=names, name="jars"))
    await connection.connect()
    try:
        first = connection.client.connected_url
        async with asyncio.timeout(20):
            while connection.client.connected_url in {first, None}:
                with pytest.raises(Unanswered):
                    await connection.call("jars", "NOBODY")
                await asyncio.sleep(0.05)
    finally:
        await connection.close()


async def test_two_who_share_a_consumer_both_hear_everything(bus: JetStreamBus) -> None:
    await bus.provision("jars")
    await bus.publish("jars", words(1, 300))
    first, second = bus.ear("jars", "banks"), bus.ear("jars", "banks")
    both = await asyncio.gather(hear(first, 0, 300), hear(second, 0, 300))
    assert [numbers(one) for one in both] == [list(range(1, 301))] * 2


async def test_what_was_lost_at_the_end_can_be_said_again(bus: JetStreamBus) -> None:
    """The ids are the same, a moment later: no duplicate window may stand in the way."""
    await bus.provision("jars")
    said = words(1, 20)
    await bus.publish("jars", said)
    await bus.forget("jars")
    await bus.provision("jars")
    assert await bus.publish("jars", said) == 20


def test_a_server_that_does_not_flush_is_refused(nats_server: Nats) -> None:
    refuse_unsafe(nats_server.monitoring_url)
    with private_nats(sync="2m") as unsafe, pytest.raises(UnsafeBus):
        refuse_unsafe(unsafe.monitoring_url)


async def test_a_poke_finds_its_worker_and_does_not_mind_a_missing_server(
    nats: Nats, bus: JetStreamBus
) -> None:
    rung = asyncio.Event()
    await bus.listen("jars", rung.set)
    async with poking(address(nats, "jars-api"), "jars") as poke, asyncio.timeout(20):
        while not rung.is_set():
            await poke()
            await asyncio.sleep(0.01)
    nowhere = Address(url="nats://127.0.0.1:1", name="jars-api")
    async with poking(nowhere, "jars") as poke:
        await poke()
