"""Whether a command costs the same among many things as among a few.

One command after the other, so that its own time is seen and no group hides it.
"""

import random
import time
from collections.abc import Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from shared.eventstore.postgres import PostgresStore
from shared.handling import Handling
from tests.bench.cast import jars
from tests.bench.ground import ROUNDS, Ground, stored
from tests.bench.imports import imported
from tests.bench.table import Row, ratio_at_most
from tests.shared.counters import PutCoins, ask

FEW: Final = 1_000
COMMANDS: Final = 400
SEED: Final = 7
FLAT: Final = ratio_at_most(1.2)


@dataclass(slots=True)
class Place:
    """A store with so many things, and one process that has been at work on it for a while."""

    store: PostgresStore
    things: int
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311
    handling: Handling = field(init=False)

    def __post_init__(self) -> None:
        """Nothing is cached yet."""
        self.handling = Handling(jars.aggregates, self.store)

    async def unknown_ms(self) -> tuple[float, float]:
        """The p50 where the process does not know the things yet, and where it then does."""
        self.handling = Handling(jars.aggregates, self.store)
        things = self.chance.sample(range(self.things), COMMANDS)
        return await self._p50(things), await self._p50(things)

    async def any_ms(self) -> float:
        """The p50 over all things alike: it knows the last 2,000 of them."""
        return await self._p50(self.chance.choices(range(self.things), k=COMMANDS))

    async def know(self) -> None:
        """Work for as long as it takes to know a few things."""
        await self._p50(range(min(self.things, FEW)))

    async def _p50(self, things: Iterable[int]) -> float:
        seconds: list[float] = []
        for thing in things:
            began = time.perf_counter()
            await self.handling.handle(ask(PutCoins(jar_id=f"s{thing}", coins=1)))
            seconds.append(time.perf_counter() - began)
        return median(seconds) * 1_000


async def measure(ground: Ground) -> list[Row]:
    """Rows for a thing that is read first, for a known one, and for any."""
    history = await imported(ground)
    with ground.database() as url:
        async with AsyncExitStack() as stack:
            _, store = await stack.enter_async_context(stored(history.url))
            many = Place(store, history.streams)
            _, store = await stack.enter_async_context(stored(url))
            few = Place(store, FEW)
            await few.handling.handle_all(
                [ask(PutCoins(jar_id=f"s{number}", coins=1)) for number in range(FEW)]
            )
            return await _rows(many, few)


async def _rows(many: Place, few: Place) -> list[Row]:
    read: tuple[list[float], list[float]] = ([], [])
    known: tuple[list[float], list[float]] = ([], [])
    anything: tuple[list[float], list[float]] = ([], [])
    for place in (many, few):
        await place.unknown_ms()
    for _ in range(ROUNDS):
        for nth, place in enumerate((many, few)):
            first, again = await place.unknown_ms()
            read[nth].append(first)
            known[nth].append(again)
    for place in (many, few):
        await place.know()
    for _ in range(ROUNDS):
        for nth, place in enumerate((many, few)):
            anything[nth].append(await place.any_ms())
    return [
        _row(f"command p50, thing read, {many.things:,} beside {few.things:,}", read),
        _row(f"command p50, thing known, {many.things:,} beside {few.things:,}", known),
        _row(f"command p50, any of {many.things:,} beside any of {few.things:,}", anything),
    ]


def _row(measure: str, values: tuple[list[float], list[float]]) -> Row:
    return Row(measure=measure, unit="ms", ours=values[0], limit=values[1], budget=FLAT)
