"""Store ↔ feed: the feed is compared with what was said, and made again when it differs.

A word whose bytes no longer match its own hash has rotted, and a missing one was lost: the feed
is deleted and the relay says everything again under the same numbers, so every hearer's cursor
stays valid. A sound word that the store does not know is something else: the store lost it.
Then the relay is halted, because only a person can decide which of the two is right.
"""

import asyncio
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

import structlog

from shared.bus import BATCH_MAX, Bus, FeedMissing, FeedWord, Unanswered, WordDamaged
from shared.eventstore import EventStore, SaidWord
from shared.relay import Relay

RECENT_WORDS: Final = 10_000
RECENT_SECONDS: Final = 60.0
WHOLE_EVERY: Final = 24 * 60  # rounds: once a day the whole feed is compared
LATE_SECONDS: Final = (0.2, 1.0, 3.0)  # between looks at a replica that still catches up

log = structlog.get_logger()


class Finding(StrEnum):
    """What a comparison found."""

    EQUAL = "equal"
    DAMAGED = "damaged"
    ANOTHER_STORY = "another story"


class Reconciler:
    """Compares the feed of one service with its store."""

    def __init__(self, store: EventStore, bus: Bus, relay: Relay, producer: str) -> None:
        """`relay` is halted when the feed tells another story."""
        self._store = store
        self._bus = bus
        self._relay = relay
        self._producer = producer

    async def run(self) -> None:
        """Compare for ever: what is recent every minute, everything once a day."""
        rounds = 0
        while True:
            await asyncio.sleep(RECENT_SECONDS)
            rounds += 1
            words = None if rounds % WHOLE_EVERY == 0 else RECENT_WORDS
            try:
                await self.reconcile(words)
            except (Unanswered, OSError) as trouble:
                log.warning("reconciler_waits", producer=self._producer, why=repr(trouble))

    async def reconcile(self, words: int | None = RECENT_WORDS) -> Finding:
        """Compare the last `words` (all of them for `None`) and heal what can be healed."""
        try:
            end = await self._bus.last_number(self._producer)
        except FeedMissing:
            return Finding.EQUAL  # the relay makes it again
        start = 0 if words is None else max(0, end - words)
        finding = await self._compare(start, end)
        if finding is Finding.DAMAGED:
            log.critical("feed_damaged", producer=self._producer)
            await self._bus.forget(self._producer)
        elif finding is Finding.ANOTHER_STORY:
            self._relay.halt("the feed holds a word that the store does not know")
        return finding

    async def _compare(self, start: int, end: int) -> Finding:
        while start < end:
            said = await self._store.read_words(start, min(BATCH_MAX, end - start))
            if not said:
                return Finding.EQUAL  # the feed is ahead, and the relay says so
            lying = await self._lying(start, len(said))
            last = lying[-1].number if lying else 0
            # An answer may be cut short; what it holds must be whole.
            due = [word for word in said if word.number <= last] or said
            finding = _compare(due, {word.number: word for word in lying})
            if finding is not Finding.EQUAL:
                return finding
            start = due[-1].number
        return Finding.EQUAL

    async def _lying(self, start: int, count: int) -> Sequence[FeedWord]:
        """What follows a number; asked again where it is nothing, for any replica may answer."""
        for pause in LATE_SECONDS:
            if lying := await self._bus.read(self._producer, start, count):
                return lying
            await asyncio.sleep(pause)
        return await self._bus.read(self._producer, start, count)


def _compare(said: Sequence[SaidWord], lying: Mapping[int, FeedWord]) -> Finding:
    for word in said:
        found = lying.get(word.number)
        if found is None:
            return Finding.DAMAGED
        try:
            found.verify()
        except WordDamaged:
            return Finding.DAMAGED
        if found.leaf_hash != word.leaf_hash:
            return Finding.ANOTHER_STORY
    return Finding.EQUAL
