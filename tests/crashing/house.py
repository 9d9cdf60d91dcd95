"""Two real services that talk to each other, word by word, and may lose power at any moment.

Every move is the smallest there is: one append is numbered, one word is said, one word is heard.
What a process knows besides its store is thrown away when it loses power: before a commit, after
it without having heard so, or in between.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared.asking import Answer, Ask
from shared.bus import Ear, FeedWord
from shared.bus.memory import MemoryBus
from shared.clock import Clock
from shared.eventstore import SaidWord, Transaction
from shared.eventstore.memory import MemoryStore
from shared.eventstore.working import MemoryWorking
from shared.handling import Handling
from shared.inbox import Inbox
from shared.manifest import Service
from shared.relay import Relay
from shared.worker import Worker


class PowerLost(BaseException):
    """The process is gone, in the middle of what it did."""


@dataclass(slots=True)
class Power:
    """When the power goes: `before` or `after` the next thing that lasts."""

    cut: str = ""

    def before(self) -> None:
        """Nothing has lasted yet."""
        if self.cut == "before":
            self.cut = ""
            raise PowerLost

    def after(self) -> None:
        """It has lasted, and nobody was told."""
        if self.cut == "after":
            self.cut = ""
            raise PowerLost


class Fragile:
    """A store whose process can lose power around a commit; words are read one at a time."""

    def __init__(self, store: MemoryStore, power: Power) -> None:
        """Everything else is the store's own."""
        self._store = store
        self._power = power

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the store has
        """What has nothing to do with power."""
        return getattr(self._store, name)

    async def commit(self, transaction: Transaction) -> None:
        """What lasts."""
        self._power.before()
        await self._store.commit(transaction)
        self._power.after()

    async def read_words(self, after: int, _limit: int) -> Sequence[SaidWord]:
        """The next word."""
        return await self._store.read_words(after, 1)


class FragileBus:
    """A bus whose publisher can lose power around a word."""

    def __init__(self, bus: MemoryBus, power: Power) -> None:
        """Everything else is the bus's own."""
        self._bus = bus
        self._power = power

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the bus has
        """What has nothing to do with power."""
        return getattr(self._bus, name)

    async def publish(self, producer: str, words: Sequence[SaidWord]) -> int:
        """What lasts."""
        self._power.before()
        last = await self._bus.publish(producer, words)
        self._power.after()
        return last


@dataclass(frozen=True, slots=True)
class OneWord:
    """Hears one word at a time."""

    ear: Ear

    async def fetch(self, after: int, _limit: int) -> Sequence[FeedWord]:
        """The next word, if there is one."""
        return await self.ear.fetch(after, 1)


@dataclass(slots=True)
class House:
    """One service: what lasts, and the processes that come and go."""

    service: Service
    bus: MemoryBus
    store: MemoryStore
    clock: Clock
    power: Power = field(default_factory=Power)
    worker: Worker = field(init=False)
    api: Handling = field(init=False)

    def __post_init__(self) -> None:
        """Power on."""
        self.restart()

    @property
    def name(self) -> str:
        """Of the service."""
        return self.service.name

    def restart(self) -> None:
        """All processes begin anew: they know what the store says, and nothing else."""
        fragile: Any = Fragile(self.store, self.power)
        self.api = Handling(self.service.aggregates, fragile)
        self.worker = Worker(
            self.service,
            store=fragile,
            working=MemoryWorking(self.store),
            clock=self.clock,
        )

    async def number(self) -> bool:
        """One append is numbered."""
        return bool((await self.store.sequence(1)).taken)

    async def tell(self) -> bool:
        """One word is said; who says it looks at the feed first, as after a restart."""
        bus: Any = FragileBus(self.bus, self.power)
        await self.bus.provision(self.name)
        return bool(await Relay(self.worker.desk.store, bus, self.name).publish_next())

    async def hear(self, producer: str) -> bool:
        """One word is heard."""
        ear: Any = OneWord(self.bus.ear(producer, self.name))
        desk, understanding = self.worker.desk, self.worker.understanding
        return bool(await Inbox(desk, understanding, producer, ear).step())

    async def ask(self, *commands: object, by: str, now: datetime) -> Answer:
        """A person asks; the refusal is raised."""
        ask = Ask(
            commands=commands,
            actor=by,
            unit="",
            now=now,
            correlation_id="story",
            causation_id="story",
        )
        [outcome] = await self.api.handle_all([ask])
        if isinstance(outcome, Answer):
            return outcome
        raise outcome

    async def state(self, stream: str) -> Any:  # noqa: ANN401 - whatever its decider folds to
        """What a stream comes to, read from the store alone."""
        loaded = await self.store.load({stream: 0}, snapshots=False)
        return self.service.aggregates.restore(stream, loaded).state

    async def facts(self) -> int:
        """How much has happened here."""
        while await self.number():
            pass
        return len(await self.store.read_ledger(0, 100_000))

    async def applied_again(self, now: datetime) -> None:
        """Every word that was heard is heard once more, past every fence, by a new process."""
        for producer in self.worker.understanding.hearing.producers:
            heard = await self.store.cursor(f"inbox:{producer}")
            for word in await self.bus.read(producer, 0, heard):
                taken = self.worker.understanding.take(word, producer, now)
                outcomes = await self.worker.desk.handling.handle_all(list(taken.asks))
                refused = [one for one in outcomes if not isinstance(one, Answer)]
                assert not refused, (self.name, word.number, refused)


def copied(house: House, bus: MemoryBus) -> House:
    """The same house with a history of its own from here on."""
    return House(house.service, bus, deepcopy(house.store), house.clock)


def copied_bus(bus: MemoryBus) -> MemoryBus:
    """The same feeds."""
    new = MemoryBus(patience=bus.patience)
    for producer, feed in bus.feeds.items():
        new.feeds[producer] = type(feed)(feed.first)
        new.feeds[producer].words.extend(feed.words)
    return new
