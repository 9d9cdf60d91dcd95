"""What every bus must do. A bus passes by subclassing `BusSuite` with a fixture `bus`."""

# ruff: noqa: PLR2004 - the numbers of a story are its data

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid4

import msgspec
import pytest

from shared.bus import Bus, Ear, FeedMissing, FeedWord, Overtaken, WordDamaged
from shared.contracts.envelope import CloudEvent
from shared.eventstore import SaidWord
from shared.eventstore.hashes import word_hash

SAID_AT = datetime(2021, 6, 1, 4, 0, tzinfo=UTC)


def word(number: int, text: str = "", *, leaf_hash: bytes | None = None) -> SaidWord:
    """A word of the producer `jars`, as its store would hold it."""
    body = msgspec.json.encode(
        CloudEvent(
            specversion="1.0",
            id=uuid4(),
            source="/abacus/653100/jars",
            type="jars.CoinsSeen.v1",
            subject=f"jar-{number % 7}",
            time=SAID_AT,
            datacontenttype="application/json",
            sequence=str(number),
            partitionkey=f"jar-{number % 7}",
            correlationid="c",
            causationid="c",
            effectivetime=SAID_AT,
            dataclassification="public",
            data=msgspec.Raw(msgspec.json.encode({"region_code": "653100", "text": text})),
        )
    )
    subject = "abacus.653100.jars.CoinsSeen.v1"
    return SaidWord(number, subject, "jars.CoinsSeen.v1", body, leaf_hash or word_hash(body))


def words(first: int, last: int) -> list[SaidWord]:
    """Words with consecutive numbers."""
    return [word(number) for number in range(first, last + 1)]


async def hear(ear: Ear, after: int, until: int, seconds_max: float = 20) -> list[FeedWord]:
    """Everything up to a number, as a hearer with its own cursor gets it."""
    heard: list[FeedWord] = []
    async with asyncio.timeout(seconds_max):
        while after < until:
            fetched = await ear.fetch(after, 500)
            heard += fetched
            after += len(fetched)
    return heard


def numbers(heard: Sequence[FeedWord]) -> list[int]:
    """The numbers of what was heard."""
    return [one.number for one in heard]


class BusSuite:
    """The promises of `Bus`, as stories."""

    async def test_words_are_heard_as_they_were_said_and_in_order(self, bus: Bus) -> None:
        """Same bytes, same numbers, same order, over several batches."""
        await bus.provision("jars")
        said = words(1, 1_200)
        for start in range(0, 1_200, 500):
            await bus.publish("jars", said[start : start + 500])
        heard = await hear(bus.ear("jars", "banks"), 0, 1_200)
        assert [(w.number, w.body) for w in heard] == [(w.number, w.body) for w in said]

    async def test_a_number_is_said_once_whatever_is_tried(self, bus: Bus) -> None:
        """Compare-and-set: the same, an older or a later batch is refused whole."""
        await bus.provision("jars")
        assert await bus.publish("jars", words(1, 3)) == 3
        for stale in (words(1, 3), words(3, 5), words(9, 10), words(2, 2)):
            with pytest.raises(Overtaken):
                await bus.publish("jars", stale)
        assert await bus.last_number("jars") == 3
        assert await bus.replicas_missing("jars") == 0
        assert await bus.publish("jars", words(4, 4)) == 4

    async def test_of_two_publishers_one_wins(self, bus: Bus) -> None:
        """Two relays with the same words: every number once."""
        await bus.provision("jars")
        said = words(1, 200)
        results = await asyncio.gather(
            *(bus.publish("jars", said) for _ in range(4)), return_exceptions=True
        )
        assert sorted(type(one).__name__ for one in results) == ["Overtaken"] * 3 + ["int"]
        assert await bus.last_number("jars") == 200

    async def test_a_hearer_goes_where_its_own_cursor_is(self, bus: Bus) -> None:
        """Back, forth, and beside another hearer: the bus's memory of us does not count."""
        await bus.provision("jars")
        await bus.publish("jars", words(1, 50))
        banks, towns = bus.ear("jars", "banks"), bus.ear("jars", "towns")
        assert numbers(await hear(banks, 0, 50)) == list(range(1, 51))
        assert numbers(await hear(banks, 10, 50)) == list(range(11, 51))
        assert numbers(await hear(towns, 30, 50)) == list(range(31, 51))
        assert numbers(await hear(bus.ear("jars", "banks"), 48, 50)) == [49, 50]

    async def test_no_more_is_heard_than_was_asked_for(self, bus: Bus) -> None:
        """The rest comes with the next fetch."""
        await bus.provision("jars")
        await bus.publish("jars", words(1, 20))
        ear = bus.ear("jars", "banks")
        heard: list[int] = []
        async with asyncio.timeout(20):
            while len(heard) < 20:
                fetched = numbers(await ear.fetch(len(heard), 7))
                assert len(fetched) <= 7
                heard += fetched
        assert heard == list(range(1, 21))

    async def test_silence_ends_by_itself(self, bus: Bus) -> None:
        """A fetch answers with nothing after a while, and with a word as soon as there is one."""
        await bus.provision("jars")
        ear = bus.ear("jars", "banks")
        assert not await ear.fetch(0, 10)
        fetching = asyncio.create_task(hear(ear, 0, 1))
        await asyncio.sleep(0.05)
        await bus.publish("jars", words(1, 1))
        assert numbers(await fetching) == [1]

    async def test_a_feed_that_is_not_there_is_said_to_be_missing(self, bus: Bus) -> None:
        """Publishing and asking both say so; hearing is silent until it is there."""
        with pytest.raises(FeedMissing):
            await bus.last_number("jars")
        with pytest.raises(FeedMissing):
            await bus.replicas_missing("jars")
        with pytest.raises(FeedMissing):
            await bus.publish("jars", words(1, 2))
        ear = bus.ear("jars", "banks")
        assert not await ear.fetch(0, 10)
        await bus.provision("jars")
        await bus.publish("jars", words(1, 2))
        assert numbers(await hear(ear, 0, 2)) == [1, 2]

    async def test_a_deleted_feed_is_said_again_under_its_numbers(self, bus: Bus) -> None:
        """Whoever was at 60 hears 61 next, from the feed that was made anew."""
        await bus.provision("jars")
        said = words(1, 80)
        await bus.publish("jars", said[:60])
        ear = bus.ear("jars", "banks")
        await hear(ear, 0, 60)
        await bus.forget("jars")
        await bus.provision("jars")
        await bus.publish("jars", said)
        assert numbers(await hear(ear, 60, 80)) == list(range(61, 81))

    async def test_a_feed_may_begin_late(self, bus: Bus) -> None:
        """Its first word carries the number it was made for."""
        await bus.provision("jars", 1_001)
        assert await bus.last_number("jars") == 1_000
        assert await bus.publish("jars", words(1_001, 1_002)) == 1_002
        assert not await bus.ear("jars", "banks").fetch(10, 5)

    async def test_a_damaged_word_never_reaches_a_hearer(self, bus: Bus) -> None:
        """Other bytes than the hash promises: the hearer gets what is before, then a refusal."""
        await bus.provision("jars")
        rotten = word(2, leaf_hash=word_hash(b"what was really said"))
        await bus.publish("jars", [word(1), rotten, word(3)])
        ear = bus.ear("jars", "banks")
        assert numbers(await hear(ear, 0, 1)) == [1]
        with pytest.raises(WordDamaged):
            await hear(ear, 1, 3)

    async def test_what_lies_in_a_feed_can_be_read_without_hearing(self, bus: Bus) -> None:
        """For comparing: from any number, without moving anybody."""
        await bus.provision("jars")
        await bus.publish("jars", words(1, 30))
        assert numbers(await bus.read("jars", 0, 10)) == list(range(1, 11))
        assert numbers(await bus.read("jars", 25, 500)) == list(range(26, 31))
        assert not await bus.read("jars", 30, 500)

    async def test_a_ring_is_heard(self, bus: Bus) -> None:
        """Whoever listens for a service is told that something was committed."""
        rung = asyncio.Event()
        await bus.listen("jars", rung.set)
        await asyncio.sleep(0.05)
        await bus.ring("towns")
        await bus.ring("jars")
        async with asyncio.timeout(20):
            await rung.wait()
