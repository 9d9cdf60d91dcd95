"""What lies between a process and what lasts: it is slow, it breaks, and answers get lost."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from shared.bus import Ear, FeedWord, Unanswered
from shared.bus.memory import MemoryBus
from shared.eventstore import (
    Head,
    HeardWord,
    LedgerEntry,
    Loaded,
    SaidWord,
    Sequenced,
    Transaction,
)
from shared.eventstore.memory import MemoryStore

SWIFT_SECONDS: Final = 0.002
SLOW_SECONDS: Final = 1.5


@dataclass(slots=True)
class Trouble:
    """What may go wrong, drawn from the seed; when it is over, nothing does."""

    chance: Random
    over: bool = False
    done: Counter[str] = field(default_factory=Counter)

    def strikes(self, what: str, probability: float) -> bool:
        """Whether it happens now; it is counted."""
        if self.over or self.chance.random() >= probability:
            return False
        self.done[what] += 1
        return True

    async def delay(self) -> None:
        """The way there or back, which now and then is very long."""
        seconds = self.chance.expovariate(1 / SWIFT_SECONDS)
        if self.strikes("long way", 0.01):
            seconds = self.chance.uniform(0.05, SLOW_SECONDS)
        await asyncio.sleep(seconds)


class ProcessGone(ConnectionError):
    """Whoever asked died meanwhile: it does not hear the answer."""


class StoreLine:
    """How one process reaches its store. A dead process reaches nothing any more."""

    def __init__(self, store: MemoryStore, trouble: Trouble) -> None:
        """Alive."""
        self._store = store
        self._trouble = trouble
        self.dead = False

    async def _there(self) -> None:
        self._living()
        await self._trouble.delay()
        self._living()
        if self._trouble.strikes("store unreachable", 0.01):
            raise ConnectionError

    def _living(self) -> None:
        if self.dead:
            raise ProcessGone

    def written(self, transaction: Transaction) -> Transaction:
        """There is nothing to write down."""
        return transaction

    async def load(
        self, streams: Mapping[str, int], keys: Sequence[str] = (), *, snapshots: bool = True
    ) -> Loaded:
        """Read streams and answered commands."""
        await self._there()
        return await self._store.load(streams, keys, snapshots=snapshots)

    async def commit(self, transaction: Transaction) -> None:
        """What lasts; whether it does is not always heard."""
        await self._there()
        await self._store.commit(transaction)
        await self._trouble.delay()
        if self._trouble.strikes("commit unanswered", 0.03):
            raise ConnectionError
        self._living()

    async def assure(self) -> None:
        """A look at the store, which may fail as any."""
        await self._there()

    async def sequence(self, appends_max: int = 500) -> Sequenced:
        """Number what has been committed, often only a little of it."""
        await self._there()
        few = 1 if self._trouble.strikes("short batch", 0.3) else appends_max
        taken = await self._store.sequence(few)
        await self._trouble.delay()
        return taken

    async def head(self) -> Head:
        """How far the numbers go."""
        await self._there()
        return await self._store.head()

    async def read_ledger(
        self, after: int, limit: int, names: Collection[str] = ()
    ) -> Sequence[LedgerEntry]:
        """Private events in order."""
        await self._there()
        return await self._store.read_ledger(after, limit, names)

    async def read_words(self, after: int, limit: int) -> Sequence[SaidWord]:
        """What was said."""
        await self._there()
        return await self._store.read_words(after, limit)

    async def read_heard(self, producer: str, after: int, limit: int) -> Sequence[HeardWord]:
        """What was heard."""
        await self._there()
        return await self._store.read_heard(producer, after, limit)

    async def cursor(self, name: str) -> int:
        """Where a reader stands."""
        await self._there()
        return await self._store.cursor(name)

    async def silence(self) -> float | None:
        """How long nothing was heard of the worker."""
        await self._there()
        return await self._store.silence()

    async def heard_version(self, producer: str, subject: str) -> int:
        """The last version that has been heard."""
        await self._there()
        return await self._store.heard_version(producer, subject)


@dataclass(frozen=True, slots=True)
class EarLine:
    """How one process hears: late, and a few words at a time."""

    ear: Ear
    trouble: Trouble

    async def fetch(self, after: int, limit: int) -> Sequence[FeedWord]:
        """The next words, or none of them yet."""
        await self.trouble.delay()
        if self.trouble.strikes("words late", 0.05):
            return ()
        few = self.trouble.chance.randint(1, 3) if self.trouble.strikes("few words", 0.3) else limit
        words = await self.ear.fetch(after, few)
        await self.trouble.delay()
        return words


class BusLine:
    """How one process reaches the bus."""

    def __init__(self, bus: MemoryBus, trouble: Trouble) -> None:
        """Connected."""
        self._bus = bus
        self._trouble = trouble

    async def _there(self) -> None:
        await self._trouble.delay()
        if self._trouble.strikes("bus unreachable", 0.01):
            raise Unanswered

    async def provision(self, producer: str, first: int = 1) -> None:
        """Make the feed where there is none."""
        await self._there()
        await self._bus.provision(producer, first)

    async def last_number(self, producer: str) -> int:
        """Where the feed ends."""
        await self._there()
        return await self._bus.last_number(producer)

    async def replicas_missing(self, producer: str) -> int:
        """How often the feed is kept less than wanted."""
        await self._there()
        return await self._bus.replicas_missing(producer)

    async def publish(self, producer: str, words: Sequence[SaidWord]) -> int:
        """Say words; whether they were taken is not always heard."""
        await self._there()
        last = await self._bus.publish(producer, words)
        await self._trouble.delay()
        if self._trouble.strikes("publish unanswered", 0.1):
            raise Unanswered
        return last

    async def read(self, producer: str, after: int, limit: int) -> Sequence[FeedWord]:
        """What lies in the feed."""
        await self._there()
        return await self._bus.read(producer, after, limit)

    async def forget(self, producer: str) -> None:
        """The feed is gone."""
        await self._there()
        await self._bus.forget(producer)

    def ear(self, producer: str, hearer: str) -> Ear:
        """A way to read one feed."""
        return EarLine(self._bus.ear(producer, hearer), self._trouble)

    async def ring(self, service: str) -> None:
        """Wake the service's worker, unless the hint gets lost."""
        if not self._trouble.strikes("poke lost", 0.2):
            await self._bus.ring(service)

    async def listen(self, service: str, ring: Callable[[], None]) -> None:
        """Call whenever somebody hints."""
        await self._bus.listen(service, ring)

    async def close(self) -> None:
        """Nothing to leave."""
