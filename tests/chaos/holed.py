"""Two services, each behind a proxy before its database, and people who put coins into jars.

The jars are asked and looked at over HTTP; both workers are at work, on a bus in memory. What
is asked is journaled, and judged by the judge of the town.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

import httpx

from shared.bus import Bus
from shared.bus.memory import MemoryBus
from shared.embedded.server import LOOPBACK
from shared.eventstore.connections import open_pool
from shared.eventstore.postgres import PostgresStore
from shared.http.app import create_app
from shared.http.issuer import Bearer, Issuer
from shared.http.policy import Role
from tests.chaos.journal import Journal
from tests.chaos.proxy import Proxy, Toxic, before
from tests.chaos.town import Side, Town
from tests.shared.banks import banks
from tests.shared.http.jars import service

CLIENTS: Final = 6
READERS: Final = 6
PAUSE_SECONDS: Final = 0.05
AGAIN_SECONDS: Final = 0.2
SECONDS_MAX: Final = 120.0  # whatever else runs on the machine; on a quiet one it is half a minute
FIRST_COINS: Final = 1_000  # below lie those that break something
AWAY: Final = (503, "2")

type Told = tuple[int, str, str]


@dataclass(slots=True)
class People:
    """Who puts coins into jars, and asks again with the key until there is an answer."""

    http: httpx.AsyncClient
    journal: Journal
    stopping: bool = False
    asked: int = 0
    answers: dict[int, Told] = field(default_factory=dict)
    sent_away: int = 0
    slowest: float = 0.0

    async def run(self) -> None:
        """All of them, until they are told to stop."""
        await asyncio.gather(*(self._one() for _ in range(CLIENTS)))

    async def _one(self) -> None:
        while not self.stopping:
            self.asked += 1
            await self._put(self.asked)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _put(self, number: int) -> None:
        key, coins = _key(number), FIRST_COINS + number
        mark = f"jar-{key}/CoinsPut"
        self.journal.note("invoke", key, service="jars", mark=mark, fen=coins)
        while (answer := await self._asked(number)).is_error:
            assert (answer.status_code, answer.headers["retry-after"]) == AWAY, answer.text
            self.journal.note("info", key)
            self.sent_away += 1
            await asyncio.sleep(AGAIN_SECONDS)
        self.answers[number] = told = _told(answer)
        self.journal.note("ok", key, answer=repr(told))

    async def again(self, number: int) -> None:
        """Ask once more what was answered; the judge compares both."""
        self.journal.note("again", _key(number), answer=repr(_told(await self._asked(number))))

    async def _asked(self, number: int) -> httpx.Response:
        key, began = _key(number), time.monotonic()
        headers = {"idempotency-key": key, "if-match": "*"}
        body = {"coins": FIRST_COINS + number}
        answer = await self.http.post(f"/v1/jars/{key}/put", json=body, headers=headers)
        self.slowest = max(self.slowest, time.monotonic() - began)
        return answer


@dataclass(slots=True)
class Readers:
    """Who looks at the shelf of jars all the time, several at once."""

    http: httpx.AsyncClient
    people: People
    answered: int = 0
    sent_away: int = 0
    slowest: float = 0.0
    sent_away_at: float = 0.0

    async def run(self) -> None:
        """All of them, as long as somebody puts coins into jars."""
        await asyncio.gather(*(self._one() for _ in range(READERS)))

    async def _one(self) -> None:
        while not self.people.stopping:
            began = time.monotonic()
            answer = await self.http.get("/v1/jars", params={"limit": 1})
            now = time.monotonic()
            self.slowest = max(self.slowest, now - began)
            if answer.is_success:
                self.answered += 1
            else:
                assert (answer.status_code, answer.headers["retry-after"]) == AWAY, answer.text
                self.sent_away += 1
                self.sent_away_at = now
            await asyncio.sleep(PAUSE_SECONDS)


@dataclass(slots=True)
class Holed:
    """The town behind its proxies."""

    town: Town
    people: People
    readers: Readers
    proxies: Sequence[Proxy]
    deaths: list[str]
    load: asyncio.Future[tuple[None, None]]

    def infect(self, toxic: Toxic) -> None:
        """From now on every line is like this."""
        for proxy in self.proxies:
            proxy.toxic = toxic

    async def answered(self, numbers: int) -> float:
        """Wait until everything asked up to a number is answered; how long that took."""
        wanted = set(range(1, numbers + 1))

        async def done() -> bool:
            return wanted <= self.people.answers.keys()

        return await self._until(done)

    async def heard(self) -> float:
        """Wait until the banks have booked all that was asked, and all has its number; how long."""
        books, waiting = "SELECT count(*) FROM books", "SELECT count(*) FROM es.unsequenced"

        async def done() -> bool:
            booked = int(await self.town.banks.pool.fetchval(books))
            sides = (self.town.jars, self.town.banks)
            return booked == self.people.asked and not any(
                [await side.pool.fetchval(waiting) for side in sides]
            )

        return await self._until(done)

    async def _until(self, done: Callable[[], Awaitable[bool]]) -> float:
        began = time.monotonic()
        while not await done():
            if self.load.done():
                self.load.result()
            took = time.monotonic() - began
            assert took < SECONDS_MAX, f"{len(self.people.answers)} of {self.people.asked}"
            await asyncio.sleep(PAUSE_SECONDS)
        return time.monotonic() - began


@asynccontextmanager
async def holed(jars_url: str, banks_url: str, folder: Path) -> AsyncIterator[Holed]:
    """Both services at work, and the load."""
    chance, bus = Random(1), MemoryBus(patience=0.01)  # noqa: S311 - nothing is drawn
    journal, deaths = Journal(folder / "journal.jsonl"), list[str]()
    async with AsyncExitStack() as stack:
        stack.callback(journal.close)
        proxies, sides = list[Proxy](), list[Side]()
        for one, url in ((service, jars_url), (banks, banks_url)):
            proxy, through = await stack.enter_async_context(before(url, chance))
            pool = await open_pool(through)
            stack.callback(pool.terminate)
            side = Side(one, through, pool, PostgresStore(pool))
            proxies.append(proxy)
            sides.append(side)
            await stack.enter_async_context(_at_work(side, bus, deaths))
        http = await stack.enter_async_context(_asking(sides[0].url, folder))
        people = People(http, journal)
        readers = Readers(http, people)
        load = asyncio.gather(people.run(), readers.run())
        stack.callback(load.cancel)
        yield Holed(Town(sides[0], sides[1], journal, bus), people, readers, proxies, deaths, load)


@asynccontextmanager
async def _at_work(side: Side, bus: Bus, deaths: list[str]) -> AsyncIterator[None]:
    """A worker, and who starts it again."""

    async def connect() -> Bus:
        return bus

    async def kept_alive() -> None:
        while True:
            try:
                await side.worker.run(connect)
            except Exception as end:  # noqa: BLE001 - whatever it is, it is started again
                deaths.append(f"{side.service.name}: {end!r} {getattr(end, 'exceptions', '')}")
                side.restart()

    task = asyncio.create_task(kept_alive())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def _asking(database_url: str, folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who may put coins into jars, before an api of theirs."""
    settings = service.settings.model_validate(
        {
            "data_dir": folder / "data",
            "database_url": database_url,
            "nats_url": f"nats://{LOOPBACK}:9",
            "log_level": "ERROR",
        }
    )
    bearer = Bearer(subject="somebody", roles=[Role.FB_BUDGET], region_code="653100", unit_code="*")
    headers = {"authorization": f"Bearer {Issuer.of(settings).mint(bearer)}"}
    app = create_app(service, settings=settings)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=transport, base_url="http://jars", headers=headers, timeout=SECONDS_MAX
        ) as http,
    ):
        yield http


def _key(number: int) -> str:
    return f"chaos-{number}"


def _told(answer: httpx.Response) -> Told:
    return answer.status_code, answer.headers["etag"], answer.headers["abacus-position"]
