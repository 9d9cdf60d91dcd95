"""What is heard has its effect exactly once, in order; what cannot be applied is never dropped."""

import asyncio
from dataclasses import replace
from typing import ClassVar

import pytest

from shared.bus.memory import MemoryBus
from shared.contracts.public_event import PublicEvent
from shared.eventstore import CursorMoved, Transaction
from shared.eventstore.hashes import word_hash
from shared.inbox import LARGE_MAX, Inbox, Stopped
from shared.manifest import Service
from shared.messages import AnyRecorded, Large
from shared.redriving import Redrive
from tests.shared.banks import (
    REFUSED,
    UNFOLDABLE,
    UNREACTABLE,
    Books,
    banks,
    jars,
    strict_banks,
)
from tests.shared.counters import CoinsPut, PutCoins, publish
from tests.shared.worlds import Memory, eventually


class World:
    """Jars that speak and banks that hear, on one bus."""

    def __init__(self, hearer: Service = banks) -> None:
        """Nothing said yet."""
        bus = MemoryBus(patience=0.01)
        self.jars = Memory(jars, bus=bus)
        self.banks = Memory(hearer, bus=bus)
        self.inbox: Inbox = self.banks.inbox("jars")

    async def say(self, *coins: int, jar: str = "a") -> None:
        """Say it as far as the feed."""
        await self.jars.say(*coins, jar=jar)
        relay = self.jars.relay
        while await relay.publish_next():
            pass

    async def hear(self) -> None:
        """Until nothing is left to hear."""
        while await self.inbox.step():
            pass

    @property
    def books(self) -> dict[str, tuple[int, int]]:
        """Jar → coins and words."""
        rows = self.banks.store.rows(Books)
        return {str(r["jar"]): (int(str(r["coins"])), int(str(r["words"]))) for r in rows}

    async def mirrored(self, jar: str) -> int:
        """How many events the reaction left in the banks' own jar."""
        streams = (await self.banks.store.load({f"jar-{jar}": 0})).streams
        found = streams.get(f"jar-{jar}")
        return found.events[-1].version if found else 0

    @property
    def parked(self) -> list[int]:
        """The numbers of parked words."""
        return [one.number for one in self.banks.store.parked]


async def test_a_word_is_reacted_to_folded_and_remembered_together() -> None:
    world = World()
    await world.say(3, 4)
    await world.hear()
    assert world.books == {"jar-a": (7, 2)}
    assert await world.mirrored("a") == 3
    assert [one.number for one in await world.banks.store.read_heard("jars", 0, 9)] == [1, 2]
    assert await world.banks.store.heard_version("jars", "jar-a") == 2


async def test_an_inbox_that_starts_again_continues_where_its_cursor_is() -> None:
    world = World()
    await world.say(1, 2)
    await world.hear()
    await world.say(3)
    world.inbox = world.banks.inbox("jars")
    await world.hear()
    assert world.books == {"jar-a": (6, 3)}


async def test_two_inboxes_have_one_effect() -> None:
    world = World()
    await world.say(*([1] * 1_500))
    both = [world.banks.inbox("jars"), world.banks.inbox("jars")]
    tasks = [asyncio.create_task(inbox.run()) for inbox in both]

    async def booked() -> object:
        return world.books.get("jar-a")

    await eventually(booked, (1_500, 1_500))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert await world.banks.store.cursor("inbox:jars") == 1_500


async def test_an_outrun_inbox_leaves_nothing_behind() -> None:
    world = World()
    await world.say(1, 2)
    other = world.banks.inbox("jars")
    other.cursor = 0
    await world.hear()
    with pytest.raises(CursorMoved):
        await other.step()
    assert world.books == {"jar-a": (3, 2)}


@pytest.mark.parametrize("poison", [UNREACTABLE, REFUSED, UNFOLDABLE])
async def test_poison_parks_its_subject_in_order_and_nothing_else(poison: int) -> None:
    world = World()
    await world.say(1, poison, 2)
    await world.say(5, 6, jar="b")
    await world.hear()
    await world.say(3)
    await world.hear()
    assert world.books == {"jar-a": (1, 1), "jar-b": (11, 2)}
    assert world.parked == [2, 3, 6]
    assert [one.reason for one in world.banks.store.parked][1:] == [
        "an earlier word of the same subject is parked"
    ] * 2


async def test_poison_stays_parked_for_an_inbox_that_starts_again() -> None:
    world = World()
    await world.say(UNREACTABLE)
    await world.hear()
    world.inbox = world.banks.inbox("jars")
    await world.say(2)
    await world.hear()
    assert world.parked == [1, 2]


async def test_an_unreadable_word_is_parked_under_its_own_number() -> None:
    world = World()
    await world.say(1, 2, 3)
    feed = world.jars.bus.feeds["jars"]
    broken = b'{"specversion":"1.0","type":"jars.CoinsSeen.v1"}'
    world.jars.bus.damage("jars", 2, broken)
    feed.words[1] = type(feed.words[1])(2, broken, word_hash(broken))
    await world.hear()
    assert world.books == {"jar-a": (4, 2)}
    assert world.parked == [2]


class CoinsSeen(PublicEvent):
    """What a later release of the jars says of a large sum."""

    producer = "jars"
    version: ClassVar[int] = 2

    coins: int


def _say_later(recorded: AnyRecorded) -> PublicEvent | None:
    if isinstance(recorded.event, CoinsPut) and recorded.event.coins > 9:
        return CoinsSeen(region_code="653100", coins=recorded.event.coins)
    return publish(recorded)


@pytest.mark.parametrize("hearer", [banks, strict_banks], ids=["any", "money"])
async def test_a_word_in_a_version_that_nobody_here_knows_is_passed_by_and_never_guessed(
    hearer: Service,
) -> None:
    world = World(hearer)
    world.jars = Memory(replace(jars, publish=_say_later), bus=world.jars.bus)
    await world.say(1, 20, 3)
    types = [word.body.count(b"jars.CoinsSeen.v2") for word in world.jars.bus.feeds["jars"].words]
    assert types == [0, 1, 0]
    await world.hear()
    assert world.books == {"jar-a": (4, 2)}
    assert await world.mirrored("a") == 3, "opened, and filled twice"
    assert world.parked == []
    assert world.inbox.cursor == 3


def _large() -> Service:
    return replace(
        banks,
        react=lambda heard: [
            Large(command=PutCoins(jar_id=heard.subject[4:], coins=heard.word.coins))
        ],
    )


@pytest.mark.parametrize("producer", ["cans", "jar"])
async def test_a_word_that_claims_the_type_of_another_service_is_not_believed(
    producer: str,
) -> None:
    """Who has taken a service over owns its feed; it speaks for that service and no other."""
    world = World()
    await world.say(3, 4)
    feeds = world.jars.bus.feeds
    feeds[producer] = feeds["jars"]
    inbox = world.banks.inbox(producer)
    while await inbox.step():
        pass
    assert world.books == {}
    assert world.parked == [1, 2]
    await world.hear()
    assert world.books == {"jar-a": (7, 2)}, "jars itself is heard as ever"


async def test_large_effects_share_a_transaction_with_few_others() -> None:
    world = World(_large())
    commit = world.banks.store.commit
    moved: list[int] = []

    async def watched(transaction: Transaction) -> None:
        moved.extend(move.after for move in transaction.cursors)
        await commit(transaction)

    world.banks.store.commit = watched  # type: ignore[method-assign]
    await world.say(*([1] * (2 * LARGE_MAX + 3)))
    await world.hear()
    assert moved == [LARGE_MAX, 2 * LARGE_MAX, 2 * LARGE_MAX + 3]
    assert world.books == {"jar-a": (2 * LARGE_MAX + 3, 2 * LARGE_MAX + 3)}
    assert await world.mirrored("a") == 2 * LARGE_MAX + 3


async def test_trouble_behind_the_first_part_repeats_nothing_of_it() -> None:
    world = World(_large())
    commit = world.banks.store.commit
    tries: list[Transaction] = []

    async def troubled(transaction: Transaction) -> None:
        tries.append(transaction)
        if len(tries) == 2:
            raise ZeroDivisionError
        await commit(transaction)

    world.banks.store.commit = troubled  # type: ignore[method-assign]
    await world.say(*([1] * (LARGE_MAX + 3)))
    await world.hear()
    assert world.books == {"jar-a": (LARGE_MAX + 3, LARGE_MAX + 3)}
    assert await world.mirrored("a") == LARGE_MAX + 3
    assert world.parked == []


async def test_money_stops_at_poison_and_says_so() -> None:
    world = World(strict_banks)
    await world.say(1, 2, UNFOLDABLE, 4)
    with pytest.raises(Stopped, match="word 3"):
        await world.hear()
    assert world.books == {"jar-a": (3, 2)}
    assert world.parked == []
    with pytest.raises(Stopped):
        await world.hear()
    assert await world.banks.store.cursor("inbox:jars") == 2


async def test_what_was_parked_can_be_redriven_once_it_is_mended() -> None:
    world = World()
    await world.say(1, UNREACTABLE, 2)
    await world.hear()
    redrive = Redrive(world.banks.worker.desk, world.banks.worker.understanding, "jars")
    assert await redrive.run() == 0
    mended = Memory(_mended(), bus=world.banks.bus, store=world.banks.store)
    repaired = Redrive(mended.worker.desk, mended.worker.understanding, "jars")
    assert await repaired.run() == 2
    assert await repaired.run() == 0
    assert world.books == {"jar-a": (1 + UNREACTABLE + 2, 3)}
    await world.say(5)
    await world.hear()
    assert world.books["jar-a"] == (1 + UNREACTABLE + 2 + 5, 4)


async def test_a_redrive_that_crashed_before_it_cleaned_up_has_one_effect() -> None:
    world = World()
    await world.say(UNREACTABLE)
    await world.hear()
    left_over = list(world.banks.store.parked)
    mended = Memory(_mended(), bus=world.banks.bus, store=world.banks.store)
    redrive = Redrive(mended.worker.desk, mended.worker.understanding, "jars")
    await redrive.run()
    world.banks.store.parked.extend(left_over)
    assert await redrive.run() == 1
    assert world.books == {"jar-a": (UNREACTABLE, 1)}
    assert world.parked == []


def _mended() -> Service:
    return replace(
        banks,
        react=lambda heard: [PutCoins(jar_id=heard.subject[4:], coins=heard.word.coins)],
    )
