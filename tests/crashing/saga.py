"""A saga of real services, played in the smallest moves, with the power going at any of them.

A story is what people ask for, in order. Between two acts everything may be delivered, or nothing:
that is the schedule's to say. Whoever tells a story says what is wrong at its end; the kit tells
it undisturbed, with power lost at every move, with every word heard twice, and in any order.
"""

import random
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final, Protocol

from shared.bus.memory import MemoryBus
from shared.domain.refusals import Refusal
from shared.eventstore.memory import MemoryStore
from shared.manifest import Service
from tests.crashing.house import House, PowerLost, copied, copied_bus

MOVES_MAX: Final = 2_000
PRODUCERS: Final = ("targets", "monitoring", "evaluation", "disclosure")

type Act = Callable[["World"], Awaitable[object]]
type Move = tuple[str, Callable[[], Awaitable[bool]]]


@dataclass(frozen=True, slots=True)
class Standing:
    """A clock that stands."""

    at: datetime

    def now(self) -> datetime:
        """The moment at which it stands."""
        return self.at


@dataclass(slots=True)
class World:
    """Services by name, and the feeds between them."""

    houses: Mapping[str, House]
    bus: MemoryBus
    moves: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def targets(self) -> House:
        """Who promises."""
        return self.houses["targets"]

    @property
    def monitoring(self) -> House:
        """Who watches."""
        return self.houses["monitoring"]

    @property
    def evaluation(self) -> House:
        """Who judges."""
        return self.houses["evaluation"]

    def copy(self) -> "World":
        """Another history from here on."""
        bus = copied_bus(self.bus)
        return World({name: copied(one, bus) for name, one in self.houses.items()}, bus)

    def ways(self) -> Sequence[Move]:
        """Everything that may happen by itself."""
        return tuple(self._ways())

    def _ways(self) -> Iterator[Move]:
        for name, house in self.houses.items():
            yield f"{name} number", house.number
            yield f"{name} tell", house.tell
        for name, house in self.houses.items():
            for producer in house.worker.understanding.hearing.producers:
                if producer in self.houses:
                    yield f"{name} hears {producer}", partial(house.hear, producer)

    def cut(self, side: str) -> None:
        """The power goes before or after the next thing that lasts; empty: it stays."""
        for house in self.houses.values():
            house.power.cut = side

    def restart(self) -> None:
        """Every process begins anew."""
        for house in self.houses.values():
            house.restart()

    async def rest(self) -> None:
        """Everything that was said has been heard."""
        while await self.step_any():
            pass

    async def step_any(self) -> bool:
        """Whatever can happen first."""
        for name, move in self.ways():
            if await move():
                self.told.append(name)
                return True
        return False

    async def facts(self) -> list[int]:
        """How much has happened everywhere."""
        return [await house.facts() for house in self.houses.values()]

    async def applied_again(self) -> None:
        """Every word that was heard is heard once more, everywhere."""
        for house in self.houses.values():
            await house.applied_again(house.clock.now())


async def built(now: datetime, *services: Service) -> World:
    """Empty services that hear each other; the clock stands at one moment."""
    bus, clock = MemoryBus(patience=0.0), Standing(now)
    for producer in PRODUCERS:
        await bus.provision(producer)
    houses = {one.name: House(one, bus, MemoryStore(), clock) for one in services}
    return World(houses, bus)


@dataclass(slots=True)
class Schedule:
    """When the power goes: around which move, and on which side of it."""

    at: int = -1
    cut: str = ""
    twice: bool = False


class Told(Protocol):
    """What people ask for, in order."""

    @property
    def acts(self) -> Sequence[Act]:
        """Each is asked when everything before it has come to rest, or any time."""


async def play(world: World, story: Told, schedule: Schedule) -> World:
    """Tell a story move by move, with one interruption; then let everything come to rest."""
    for act in story.acts:
        await _until_rest(world, schedule)
        name = f"act {getattr(act, '__qualname__', act)}"
        await _move(world, schedule, name, partial(_acted, world, act))
    await _until_rest(world, schedule)
    return world


async def play_at_random(world: World, story: Told, seed: int) -> World:
    """Tell it with words that come late, and with the power going every few moves."""
    chance = random.Random(seed)  # noqa: S311 - a schedule, not a secret
    waiting, left = list(story.acts), MOVES_MAX
    while left:
        left -= 1
        if waiting and chance.random() < 0.2:
            waiting = await _tried(world, waiting)
            continue
        name, way = chance.choice(world.ways())
        if chance.random() < 0.1:
            house = chance.choice(list(world.houses.values()))
            house.power.cut = chance.choice(("before", "after"))
        try:
            await way()
            world.told.append(name)
        except PowerLost:
            world.restart()
        if not waiting and chance.random() < 0.02:
            break
    assert not waiting, f"seed {seed}: people still wait to act"
    world.cut("")
    world.restart()
    await world.rest()
    return world


async def _tried(world: World, waiting: list[Act]) -> list[Act]:
    """Somebody acts; what has not come yet, or was not answered, is tried again."""
    try:
        await waiting[0](world)
    except PowerLost:
        world.restart()
    except Refusal:
        return waiting
    else:
        return waiting[1:]
    return waiting


async def _acted(world: World, act: Act) -> bool:
    await act(world)
    return True


async def _until_rest(world: World, schedule: Schedule) -> None:
    going = True
    while going:
        going = False
        for name, way in world.ways():
            going |= await _move(world, schedule, name, way)


async def _move(
    world: World, schedule: Schedule, name: str, way: Callable[[], Awaitable[bool]]
) -> bool:
    """One move, which the power may interrupt; it is then made again by a new process."""
    mine = world.moves == schedule.at
    if mine:
        world.cut(schedule.cut)
    try:
        moved = await way()
    except PowerLost:
        world.cut("")
        world.restart()
        moved = await way()
    finally:
        world.cut("")
    if moved or mine:
        world.moves += 1
        world.told.append(name)
    if mine:
        world.restart()
        if schedule.twice:
            await world.applied_again()
    return moved or mine


@dataclass(frozen=True, slots=True)
class Saga[S: Told]:
    """Stories of one kind: where they begin, and what is wrong at their end."""

    found: Callable[[], Awaitable[World]]
    judged: Callable[[World, S], Awaitable[list[str]]]

    async def undisturbed(self, story: S) -> None:
        """It ends as it should."""
        world = await play(await self.found(), story, Schedule())
        assert await self._wrong(world, story) == []

    async def power_lost(self, story: S, cut: str) -> None:
        """It does so when the power goes before or after any of its moves."""
        start = await self.found()
        moves = (await play(start.copy(), story, Schedule())).moves
        assert moves >= len(story.acts)
        for at in range(moves):
            world = await play(start.copy(), story, Schedule(at=at, cut=cut))
            assert await self._wrong(world, story) == [], (at, world.told[-5:])

    async def heard_twice(self, story: S) -> None:
        """Every word heard once more at any move changes nothing, and adds nothing."""
        start = await self.found()
        undisturbed = await play(start.copy(), story, Schedule())
        facts = await undisturbed.facts()
        for at in range(undisturbed.moves):
            world = await play(start.copy(), story, Schedule(at=at, twice=True))
            assert await self._wrong(world, story) == [], at
            assert await world.facts() == facts, at

    async def in_any_order(self, story: S, seeds: int) -> None:
        """It ends the same way when words come late and the power goes every few moves."""
        start = await self.found()
        for seed in range(seeds):
            world = await play_at_random(start.copy(), story, seed)
            assert await self._wrong(world, story) == [], seed

    async def _wrong(self, world: World, story: S) -> list[str]:
        for house in world.houses.values():
            assert house.store.parked == []
        return await self.judged(world, story)
