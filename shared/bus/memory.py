"""The promises of a bus kept in memory, for tests that run in milliseconds.

Damage can be done to it on purpose: `lose_tail`, `forget` and `damage` are what a broker has
been seen to do.
"""

import asyncio
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from shared.bus import (
    BATCH_MAX,
    FETCH_SECONDS,
    FIRST_NUMBER,
    Ear,
    FeedMissing,
    FeedWord,
    Overtaken,
    Unanswered,
    sound,
)
from shared.eventstore import SaidWord


class MemoryFeed:
    """A list of words that starts at some number."""

    def __init__(self, first: int) -> None:
        """Empty; the next word is `first`."""
        self.first = first
        self.words: list[FeedWord] = []
        self.grown = asyncio.Condition()

    @property
    def last(self) -> int:
        """The number of the last word."""
        return self.first + len(self.words) - 1

    def after(self, number: int, limit: int) -> Sequence[FeedWord]:
        """The words that follow a number."""
        start = max(0, number - self.first + 1)
        return self.words[start : start + limit]


class MemoryEar:
    """Reads one feed in memory."""

    def __init__(self, bus: "MemoryBus", producer: str) -> None:
        """Keep what to read."""
        self._bus = bus
        self._producer = producer

    async def fetch(self, after: int, limit: int) -> Sequence[FeedWord]:
        """The words that follow `after`, verified; waits a moment for one."""
        feed = self._bus.feeds.get(self._producer)
        if feed is None:
            await asyncio.sleep(self._bus.patience)
            return ()
        if feed.last <= after:
            await self._grown(feed, after)
        words = feed.after(after, min(limit, BATCH_MAX))
        if not words or words[0].number != after + 1:
            return ()
        return sound(words)

    async def _grown(self, feed: MemoryFeed, after: int) -> None:
        try:
            async with asyncio.timeout(self._bus.patience), feed.grown:
                await feed.grown.wait_for(lambda: feed.last > after)
        except TimeoutError:
            return


class MemoryBus:
    """All feeds, in one process. `available = False` is a broker nobody can reach."""

    def __init__(self, patience: float = FETCH_SECONDS) -> None:
        """No feeds. `patience` is how long an ear waits for a word."""
        self.feeds: dict[str, MemoryFeed] = {}
        self.patience = patience
        self.available = True
        self._listening: dict[str, list[Callable[[], None]]] = {}

    async def provision(self, producer: str, first: int = FIRST_NUMBER) -> None:
        """Make the feed where there is none."""
        self._reach()
        self.feeds.setdefault(producer, MemoryFeed(first))

    async def last_number(self, producer: str) -> int:
        """The number of the last word in the feed."""
        return self._feed(producer).last

    async def replicas_missing(self, producer: str) -> int:
        """None: there is one server, and it has it."""
        self._feed(producer)
        return 0

    async def publish(self, producer: str, words: Sequence[SaidWord]) -> int:
        """Say consecutive words, all or none."""
        feed = self._feed(producer)
        if words[0].number != feed.last + 1:
            raise Overtaken(f"{producer} ends at {feed.last}, not before {words[0].number}")
        feed.words.extend(FeedWord(word.number, word.body, word.leaf_hash) for word in words)
        async with feed.grown:
            feed.grown.notify_all()
        return feed.last

    async def read(self, producer: str, after: int, limit: int) -> Sequence[FeedWord]:
        """What lies in the feed after a number."""
        return self._feed(producer).after(after, limit)

    async def forget(self, producer: str) -> None:
        """The feed is gone."""
        self._reach()
        self.feeds.pop(producer, None)

    def ear(self, producer: str, hearer: str) -> Ear:  # noqa: ARG002 - the promise names it
        """A way to read one feed."""
        return MemoryEar(self, producer)

    async def ring(self, service: str) -> None:
        """Wake the service's worker."""
        for ring in self._listening.get(service, ()):
            ring()

    async def listen(self, service: str, ring: Callable[[], None]) -> None:
        """Call `ring` whenever somebody hints at the service's worker."""
        self._listening.setdefault(service, []).append(ring)

    async def close(self) -> None:
        """Nothing to leave."""

    def lose_tail(self, producer: str, count: int) -> None:
        """What a crash of a broker has been seen to do: acknowledged words are gone."""
        del self.feeds[producer].words[-count:]

    def damage(self, producer: str, number: int, body: bytes) -> None:
        """What a rotten disk does: other bytes under the same hash."""
        feed = self.feeds[producer]
        index = number - feed.first
        feed.words[index] = replace(feed.words[index], body=body)

    def _reach(self) -> None:
        if not self.available:
            raise Unanswered

    def _feed(self, producer: str) -> MemoryFeed:
        self._reach()
        try:
            return self.feeds[producer]
        except KeyError:
            raise FeedMissing(producer) from None
