"""Numbered words → feed. The feed itself is the relay's only memory of how far it came.

A round asks the feed where it ends and says what follows, by compare-and-set: a second relay,
a crash or an unanswered batch can repeat work, never a word. A feed that is ahead of its store
means the store lost what it had acknowledged (a restored backup, a failover without its last
commits); then nothing may be said until a person has looked.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import Final

import structlog

from shared.bus import BATCH_MAX, Bell, Bus, FeedMissing, Overtaken, Unanswered
from shared.eventstore import EventStore, SaidWord
from shared.eventstore.hashes import word_hash
from shared.eventstore.working import is_defect
from shared.telemetry import LAG

IDLE_SECONDS: Final = 0.25  # our own sequencer rings; this is for one in another process
TROUBLE_SECONDS: Final = 0.25
HALTED_SECONDS: Final = 5.0
LOOK_SECONDS: Final = 1.0  # how soon a lost tail is noticed while nothing new is said
BATCH_BYTES_MAX: Final = 8_000_000

_OF_THE_BUS: Final = (Unanswered, Overtaken, FeedMissing)

log = structlog.get_logger()


class FeedAhead(Exception):
    """The feed holds words that the store does not have: one of the two has lost something."""


class Relay:
    """Publishes what one service has said, exactly in its numbers."""

    def __init__(self, store: EventStore, bus: Bus, producer: str) -> None:
        """May be thrown away and made anew at any time."""
        self._store = store
        self._bus = bus
        self._producer = producer
        self._published: int | None = None
        self._looked_at = 0.0
        self._in_doubt = True
        self.halted: str | None = None
        self.ahead: str | None = None
        self.unheard = False
        """Whether the bus did not take what was said to it last: it may be full."""

    @property
    def published(self) -> int:
        """The last number known to be in the feed."""
        return self._published or 0

    @property
    def stopped(self) -> str | None:
        """Why it says nothing: it was halted, or the feed is ahead of the store."""
        return self.halted or self.ahead

    def halt(self, reason: str) -> None:
        """Say nothing more until the process is started again: the feed tells another story."""
        self.halted = reason
        log.critical("relay_halted", producer=self._producer, reason=reason)

    async def run(self, numbered: Bell) -> None:
        """Publish for ever; `numbered` rings when there may be something to say."""
        while True:
            try:
                published = await self.publish_next() if self.halted is None else 0
                self.ahead, self.unheard = None, False
            except FeedAhead as ahead:
                self.ahead = str(ahead)
                log.critical("feed_ahead", producer=self._producer, reason=self.ahead)
                await asyncio.sleep(HALTED_SECONDS)
                continue
            except Exception as trouble:
                if is_defect(trouble) and not isinstance(trouble, _OF_THE_BUS):
                    raise
                log.warning("relay_looks_again", producer=self._producer, why=repr(trouble))
                self.unheard = isinstance(trouble, _OF_THE_BUS)
                self._published = None  # the database may be another one by now, too
                await asyncio.sleep(TROUBLE_SECONDS)
                continue
            if not published:
                await numbered.wait(IDLE_SECONDS)

    async def publish_next(self) -> int:
        """One batch; answers how many words were said. Looks at the feed first when in doubt."""
        published = await self._where_the_feed_ends()
        # Read after the feed: a second relay may publish meanwhile, and never beyond this.
        head = (await self._store.head()).number
        LAG.labels(self._producer, "relay").set(head - published)
        if published > head:
            self._published = None
            raise FeedAhead(f"the feed ends at {published}, the store at {head}")
        if self._in_doubt:
            await self._expect_own_word(published)
            self._in_doubt = False
        if published == head:
            return 0
        # Said is said: no failover may take back what can be read up to the head.
        await self._store.assure()
        limit = min(BATCH_MAX, head - published)
        words = _within(await self._store.read_words(published, limit), BATCH_BYTES_MAX)
        self._published = None  # until it is answered, nothing is known
        last = await self._bus.publish(self._producer, words)
        if last != words[-1].number:
            raise FeedAhead(f"word {words[-1].number} lies at {last} in the feed")
        self._published = last
        return len(words)

    async def _where_the_feed_ends(self) -> int:
        now = time.monotonic()
        if self._published is None or now - self._looked_at > LOOK_SECONDS:
            self._published = None
            try:
                self._published = await self._bus.last_number(self._producer)
            except FeedMissing:
                # Deleted, or never made: the whole history is said again under its numbers.
                await self._bus.provision(self._producer)
                self._published = await self._bus.last_number(self._producer)
            self._looked_at = now
            self._in_doubt = True
        return self._published

    async def _expect_own_word(self, number: int) -> None:
        """The feed ends with a word of this store, not with one that it lost and gave anew."""
        lying = await self._bus.read(self._producer, number - 1, 1) if number else ()
        said = await self._store.read_words(number - 1, 1) if lying else ()
        for found, ours in zip(lying, said, strict=False):
            if found.number != ours.number or found.leaf_hash == ours.leaf_hash:
                continue
            if word_hash(found.body) == found.leaf_hash:  # else it has rotted: the reconciler's
                self._published = None
                raise FeedAhead(f"word {number} of the feed is not the one of the store")


def _within(words: Sequence[SaidWord], bytes_max: int) -> Sequence[SaidWord]:
    """As many words as fit, at least one."""
    total = 0
    for count, word in enumerate(words):
        total += len(word.body)
        if total > bytes_max and count > 0:
            return words[:count]
    return words
