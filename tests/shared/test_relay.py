"""Numbered words reach the feed exactly in their numbers, whatever happens to the feed."""

import asyncio
from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from shared.bus import FeedWord, Unanswered
from shared.bus.memory import MemoryBus
from shared.eventstore import SaidWord
from shared.reconciler import Finding, Reconciler
from shared.relay import FeedAhead
from shared.testing.bus_suite import word
from tests.shared.banks import jars
from tests.shared.worlds import Memory


async def drained(world: Memory) -> list[int]:
    """Let a fresh relay say everything; the numbers in the feed."""
    relay = world.relay
    while await relay.publish_next():
        pass
    return [one.number for one in world.bus.feeds["jars"].words]


async def test_everything_said_is_in_the_feed_word_for_word() -> None:
    world = Memory(jars)
    await world.say(*range(1, 1_201))
    assert await drained(world) == list(range(1, 1_201))
    said = await world.store.read_words(0, 2_000)
    assert [one.body for one in world.bus.feeds["jars"].words] == [one.body for one in said]


async def test_what_may_still_be_lost_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    world = Memory(jars)
    await world.say(1, 2)

    async def in_vain() -> None:
        raise TimeoutError

    with monkeypatch.context() as patched:
        patched.setattr(world.store, "assure", in_vain)
        with pytest.raises(TimeoutError):
            await world.relay.publish_next()
    assert not world.bus.feeds["jars"].words
    assert await drained(world) == [1, 2]


async def test_a_lost_tail_is_said_again() -> None:
    world = Memory(jars)
    await world.say(*range(1, 101))
    await drained(world)
    world.bus.lose_tail("jars", 30)
    assert await drained(world) == list(range(1, 101))


async def test_a_running_relay_notices_the_lost_tail_by_itself() -> None:
    world = Memory(jars)
    await world.say(1, 2, 3)
    relay = world.relay
    await relay.publish_next()
    world.bus.lose_tail("jars", 2)
    await world.say(4)
    with pytest.raises(Exception, match="ends at 1"):
        await relay.publish_next()
    assert await relay.publish_next() == 3
    assert await drained(world) == [1, 2, 3, 4]


async def test_a_deleted_feed_is_made_again() -> None:
    world = Memory(jars)
    await world.say(*range(1, 11))
    await drained(world)
    await world.bus.forget("jars")
    assert await drained(world) == list(range(1, 11))


async def test_two_relays_are_as_good_as_one() -> None:
    world = Memory(jars)
    await world.say(*range(1, 3_001))

    async def publish() -> None:
        relay = world.relay
        while (await world.store.head()).number > (
            await world.bus.last_number("jars") if "jars" in world.bus.feeds else 0
        ):
            await asyncio.gather(relay.publish_next(), asyncio.sleep(0), return_exceptions=True)

    await asyncio.gather(publish(), publish(), publish())
    assert await drained(world) == list(range(1, 3_001))


class ForgetfulBus(MemoryBus):
    """Publishes, and then says that it does not know."""

    async def publish(self, producer: str, words: Sequence[SaidWord]) -> int:
        """Do it, and lose the answer."""
        await super().publish(producer, words)
        raise Unanswered(producer)


async def test_an_unanswered_batch_is_not_said_twice() -> None:
    world = Memory(jars, bus=ForgetfulBus(patience=0.01))
    await world.say(*range(1, 701))
    relay = world.relay
    for _ in range(2):
        with pytest.raises(Unanswered):
            await relay.publish_next()
    assert await relay.publish_next() == 0
    assert [one.number for one in world.bus.feeds["jars"].words] == list(range(1, 701))


async def test_a_feed_ahead_of_its_store_halts_the_relay() -> None:
    world = Memory(jars)
    await world.say(1, 2, 3)
    await drained(world)
    restored = Memory(jars, bus=world.bus)
    await restored.say(1)
    with pytest.raises(FeedAhead):
        await restored.relay.publish_next()


async def test_nothing_rotten_or_missing_stays_in_the_feed() -> None:
    world = Memory(jars)
    await world.say(*range(1, 1_101))
    await drained(world)
    reconciler = Reconciler(world.store, world.bus, world.relay, "jars")
    assert await reconciler.reconcile() is Finding.EQUAL
    world.bus.damage("jars", 700, b"{}")
    assert await reconciler.reconcile() is Finding.DAMAGED
    await drained(world)
    assert await reconciler.reconcile(None) is Finding.EQUAL
    del world.bus.feeds["jars"].words[100]
    assert await reconciler.reconcile(None) is Finding.DAMAGED


class LateBus(MemoryBus):
    """Answers twice as a replica that has nothing yet."""

    late = 2

    async def read(self, producer: str, after: int, limit: int) -> Sequence[FeedWord]:
        """Nothing at first."""
        self.late -= 1
        return () if self.late >= 0 else await super().read(producer, after, limit)


async def test_a_late_replica_is_not_taken_for_a_damaged_feed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shared.reconciler.LATE_SECONDS", (0, 0, 0))
    world = Memory(jars, bus=LateBus(patience=0.01))
    await world.say(1, 2, 3)
    await drained(world)
    reconciler = Reconciler(world.store, world.bus, world.relay, "jars")
    assert await reconciler.reconcile() is Finding.EQUAL
    world.bus.feeds["jars"].words.clear()
    assert await reconciler._compare(0, 3) is Finding.DAMAGED  # noqa: SLF001 - it ended there just now


async def test_a_sound_word_the_store_does_not_know_halts_the_relay() -> None:
    world = Memory(jars)
    await world.say(1, 2, 3)
    await drained(world)
    other = word(2, "another story")
    world.bus.feeds["jars"].words[1] = replace(
        world.bus.feeds["jars"].words[1], body=other.body, leaf_hash=other.leaf_hash
    )
    relay = world.relay
    assert await Reconciler(world.store, world.bus, relay, "jars").reconcile() is (
        Finding.ANOTHER_STORY
    )
    assert relay.halted
