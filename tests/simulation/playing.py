"""One seed from its beginning to its verdict: a county is founded, tormented, and left alone."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from random import Random
from typing import Final

from services.monitoring.main import service as monitoring
from services.targets.main import service as targets
from shared.bus.memory import MemoryBus
from shared.eventstore.memory import MemoryStore
from tests.adjustments.acts import STORIES
from tests.adjustments.saga import NOW, founded
from tests.crashing.saga import World
from tests.simulation.county import SERVICES, Calendar, County, Premises
from tests.simulation.faults import Trouble
from tests.simulation.judging import at_rest, judged
from tests.simulation.people import NeverAnswered, People, told
from tests.simulation.tally import counting
from tests.simulation.virtual_time import replayed

ANY_TIME: Final = [one for one in STORIES if one.name != "transfer turned down by a busy target"]
"""Where the unit takes its own request back first, its target is not busy any more."""
EAR_SECONDS: Final = 0.5
REST_SECONDS_MAX: Final = 60.0
LOOK_SECONDS: Final = 0.25
LOOKS: Final = 3
LAST_DAYS: Final = 60
"""The last holds end within these; what else falls due then is the business of the county."""


@dataclass(frozen=True, slots=True)
class House:
    """Of what the county is built; a saboteur puts in a part of his own."""

    store: type[MemoryStore] = MemoryStore
    bus: type[MemoryBus] = MemoryBus


@dataclass(frozen=True, slots=True)
class Played:
    """What came of one seed."""

    seed: int
    wrong: Sequence[str]
    faults: Counter[str]
    answered: int
    seconds: float
    days: float
    digest: str


def beginnings() -> World:
    """A county in which everything may begin; it is made once and copied for each seed."""
    return replayed(founded(counting(monitoring), counting(targets)), 0)


def play(world: World, seed: int, house: House | None = None) -> Played:
    """Everything that happens under one seed."""
    return replayed(_play(world, seed, house or House()), seed)


def _county(world: World, seed: int, house: House) -> County:
    trouble = Trouble(Random(seed))  # noqa: S311 - a replayable choice
    calendar = Calendar(NOW)
    bus = house.bus(patience=EAR_SECONDS)
    for name in SERVICES:
        feed = world.bus.feeds[name]
        bus.feeds[name] = type(feed)(feed.first)
        bus.feeds[name].words.extend(feed.words)
    premises = {}
    for name in SERVICES:
        store = house.store()
        vars(store).update(deepcopy(vars(world.houses[name].store)))
        premises[name] = Premises(world.houses[name].service, store, bus, calendar, trouble)
    return County(premises, bus, calendar, trouble)


async def _play(world: World, seed: int, house: House) -> Played:
    county = _county(world, seed, house)
    people = People(county, told(ANY_TIME, seed))
    wrong: list[str] = []
    for one in county.premises.values():
        one.open()
    befalling = asyncio.create_task(county.befall())
    try:
        await people.live()
    except NeverAnswered:
        wrong.append("liveness: somebody was never answered")
    finally:
        befalling.cancel()
        with suppress(asyncio.CancelledError):
            await befalling
    county.pardon()
    county.calendar.jumped += timedelta(days=LAST_DAYS)
    if not wrong and not await _rested(county):
        wrong.append("liveness: it never came to rest")
    await county.close()
    if not wrong:
        wrong += await judged(county, people)
    return await _told(county, people, seed, wrong)


async def _rested(county: County) -> bool:
    """Whether everything comes right by itself, once nothing disturbs it any more."""
    looks = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(REST_SECONDS_MAX):
            while looks < LOOKS:
                await asyncio.sleep(LOOK_SECONDS)
                looks = looks + 1 if await at_rest(county) else 0
    return looks == LOOKS


async def _told(county: County, people: People, seed: int, wrong: Sequence[str]) -> Played:
    digest = sha256(repr(sorted(county.trouble.done.items())).encode())
    for one in county.premises.values():
        digest.update(repr((one.store.ledger_frontier, one.store.word_frontier)).encode())
    seconds = asyncio.get_running_loop().time()
    digest.update(repr(seconds).encode())
    answered = sum(len(keys) for keys in (*people.settled.values(), *people.held.values()))
    return Played(
        seed=seed,
        wrong=wrong,
        faults=county.trouble.done,
        answered=answered + len(people.story.acts),
        seconds=seconds,
        days=(county.calendar.now() - NOW).total_seconds() / 86_400,
        digest=digest.hexdigest(),
    )
