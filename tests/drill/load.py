"""Commands to a small town whose database comes and goes: each is asked until it is answered."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import asyncpg

from shared.asking import Answer
from shared.bus import FeedMissing, Overtaken, Unanswered
from shared.eventstore import CursorMoved
from shared.relay import FeedAhead
from tests.chaos.town import FIRST_FEN, Plan, Town, town
from tests.drill.standby import Databases
from tests.shared.banks import install
from tests.shared.counters import PutCoins, ask

PATIENCE_SECONDS: Final = 150.0
PAUSE_SECONDS: Final = 0.05
CLIENTS: Final = 6
GONE: Final = (
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    CursorMoved,
)


@dataclass(slots=True)
class Load:
    """Clients of a town who go on until they are told to stop, and a worker beside them."""

    town: Town
    stopping: bool = False
    asked: int = 0
    answers: dict[int, Answer] = field(default_factory=dict)

    async def client(self) -> None:
        """One command after the other."""
        while not self.stopping:
            self.asked += 1
            await self.put(self.asked)

    async def put(self, number: int) -> None:
        """One command, journaled, and asked again with its key until it is answered."""
        key, journal = f"chaos-{number}", self.town.journal
        mark, fen = f"jar-{key}/CoinsPut", coins(number)
        journal.note("invoke", key, service="jars", mark=mark, fen=fen)
        self.answers[number] = answer = await self.answered(number)
        journal.note("ok", key, answer=f"{answer.version} {answer.said}")

    async def ask_again(self, numbers: Iterable[int]) -> None:
        """The same once more: an answer is given once for ever."""
        for number in numbers:
            answer = await self.answered(number)
            told = f"{answer.version} {answer.said}"
            self.town.journal.note("again", f"chaos-{number}", answer=told)

    async def answered(self, number: int) -> Answer:
        """Asked until somebody knows."""
        key, until = f"chaos-{number}", time.monotonic() + PATIENCE_SECONDS
        command = PutCoins(jar_id=key, coins=coins(number))
        while True:
            handling = self.town.jars.worker.desk.handling
            try:
                return await handling.handle(ask(command, key=key))
            except GONE:
                self.town.journal.note("info", key)
                if time.monotonic() > until:
                    raise
                await asyncio.sleep(PAUSE_SECONDS)

    async def work(self) -> None:
        """Number and say what was committed, as a worker does while its database is there."""
        while not self.stopping:
            with suppress(*GONE, FeedAhead, FeedMissing, Overtaken, Unanswered):
                await self.town.jars.number()
                await self.town.relay().publish_next()
            await asyncio.sleep(PAUSE_SECONDS)

    async def until(self, answered: int) -> None:
        """Wait until so many commands more have been answered."""
        wanted, until = len(self.answers) + answered, time.monotonic() + PATIENCE_SECONDS
        while len(self.answers) < wanted:
            assert time.monotonic() < until, f"{len(self.answers)} answers, {wanted} wanted"
            await asyncio.sleep(PAUSE_SECONDS)


def coins(number: int) -> int:
    """What goes into the jar of this command."""
    return FIRST_FEN + 7 * number


@asynccontextmanager
async def loaded(place: Town) -> AsyncIterator[Load]:
    """Under load; at the end every command that was begun has been answered."""
    load = Load(place)
    async with asyncio.TaskGroup() as group:
        for number in range(CLIENTS):
            group.create_task(load.client(), name=f"client-{number}")
        group.create_task(load.work(), name="worker")
        try:
            yield load
        finally:
            load.stopping = True


@asynccontextmanager
async def town_on(place: Databases, folder: Path, plan: Plan | None = None) -> AsyncIterator[Town]:
    """A town whose services know all servers of a place."""
    for name in ("jars", "banks"):
        place.primary.run_sql(f"CREATE DATABASE {name}")
        await install(place.primary.url(name))
    async with town(plan or Plan(), place.url("jars"), place.url("banks"), folder) as found:
        yield found
