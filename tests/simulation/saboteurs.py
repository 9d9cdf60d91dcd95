"""Planted bugs, each of which breaks a promise of the kernel the way a tired engineer would."""

import asyncio
from collections.abc import Sequence

from msgspec.structs import replace

from shared.bus import Ear, FeedWord
from shared.bus.memory import MemoryBus
from shared.eventstore import Append, SaidWord, Transaction
from shared.eventstore.memory import MemoryStore, _Staged

CRASH_EVERY = 5


class TakesAnyVersion(MemoryStore):
    """P4: the last writer wins; nobody compares versions."""

    def _stage_append(self, staged: _Staged, append: Append) -> None:
        for event in append.events:
            staged.events.setdefault(event.stream, []).append(event)


class MovesCursorLater(MemoryStore):
    """P7: applies what it heard, and moves the cursor in a second transaction."""

    async def commit(self, transaction: Transaction) -> None:
        """The effects, a moment in which the process may end, and the memory of having heard."""
        if not transaction.heard:
            return await super().commit(transaction)
        await super().commit(replace(transaction, heard=(), cursors=()))
        await asyncio.sleep(0.02)
        await super().commit(Transaction(heard=transaction.heard, cursors=transaction.cursors))
        return None


class AnswersBeforeCommit(MemoryStore):
    """P1: says yes, and now and then ends before it has written anything."""

    def __init__(self) -> None:
        """Nothing was promised yet."""
        super().__init__()
        self.promised = 0

    async def commit(self, transaction: Transaction) -> None:
        """The answer goes out; the commit, if it comes, comes afterwards."""
        self.promised += bool(transaction.records)
        if not transaction.records or self.promised % CRASH_EVERY:
            await super().commit(transaction)


class LetsDeadlinesFall(MemoryStore):
    """Time: a deadline is taken off before what it asks for is written."""

    async def commit(self, transaction: Transaction) -> None:
        """Two transactions, and a moment in between."""
        await super().commit(Transaction(deadlines=transaction.deadlines))
        await asyncio.sleep(0.02)
        await super().commit(replace(transaction, deadlines=()))


class PublishesBlindly(MemoryBus):
    """P6: the relay says what follows, wherever the feed may end by now."""

    async def publish(self, producer: str, words: Sequence[SaidWord]) -> int:
        """No compare-and-set."""
        feed = self._feed(producer)
        feed.words.extend(FeedWord(word.number, word.body, word.leaf_hash) for word in words)
        return words[-1].number


class ResumesFromAck(MemoryBus):
    """P8: the bus remembers what was delivered, and a hearer begins after that."""

    def __init__(self, patience: float) -> None:
        """Nothing was delivered."""
        super().__init__(patience)
        self.delivered: dict[tuple[str, str], int] = {}

    def ear(self, producer: str, hearer: str) -> Ear:
        """One that believes the bus more than its own cursor."""
        return _AckedEar(self, super().ear(producer, hearer), (producer, hearer))


class _AckedEar:
    def __init__(self, bus: ResumesFromAck, ear: Ear, whose: tuple[str, str]) -> None:
        self._bus = bus
        self._ear = ear
        self._whose = whose

    async def fetch(self, after: int, limit: int) -> Sequence[FeedWord]:
        words = await self._ear.fetch(self._bus.delivered.get(self._whose, after), limit)
        if words:
            self._bus.delivered[self._whose] = words[-1].number
        return words
