"""The way from one release to the next as the guide has it, under load (`docs/guides/upgrade.md`).

Tables first; then new apis and new workers beside the old ones; then the old processes end, one
after the other. Whatever must not be is said in `problems`.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

import asyncpg
import httpx

from deploy.local.layout import SERVICES
from tests.chaos.rest import Watch
from tests.chaos.witness import Witness
from tests.upgrade.beside import Beside, Doors
from tests.upgrade.expanding import Shape, narrowed, shape
from tests.upgrade.installation import House
from tests.upgrade.lead import Numbers, another_leads, heard, heard_what_is_said_now, leader

ALONE, ON_NEW_TABLES, BESIDE, AFTER_EACH, MIXED, ASKED_AGAIN = 300, 200, 400, 30, 200, 200
READY_SECONDS_MAX: Final = 90.0
POLL_SECONDS: Final = 0.2


class NotReady(Exception):
    """Something does not answer as it must, and the next step would show no more."""


@dataclass(slots=True)
class Steps:
    """An upgrade under way."""

    house: House
    doors: Doors
    load: Beside
    watch: Watch
    witness: Witness
    chance: Random
    problems: list[str] = field(default_factory=list)
    crossed: Counter[str] = field(default_factory=Counter)
    """How many words were heard by the workers of one release while the other answered, too."""

    async def go(self) -> None:
        """From the old release to the new one."""
        await self._step("the old release alone", self.load.until(ALONE))
        early = list(self.load.done)
        await self._step("new tables under old processes", self._tables())
        await self._step("new apis and workers beside old ones", self._beside())
        await self._step("old workers end", self._workers())
        await self._step("old apis end", self._apis())
        self.load.stopping = True
        chosen = self.chance.sample(early, min(ASKED_AGAIN, len(early)))
        asked = await self.load.ask_again(chosen)
        print(f"  {asked} commands that the old release had answered alone, asked again at the new")

    async def _step(self, title: str, step: Awaitable[None]) -> None:
        began, before = time.monotonic(), self.load.journal.counts["ok"]
        await step
        await self.witness.look()
        acknowledged = self.load.journal.counts["ok"] - before
        took = time.monotonic() - began
        print(f"  {title:<38} {acknowledged:>6,} acknowledged in {took:5.1f} s", flush=True)
        for side in (self.house.old, self.house.new):
            self.problems += [f"{name} of the {side.release} release ended" for name in side.gone()]
        if self.load.is_hopeless:
            raise NotReady(f"given up at: {title}")

    async def _tables(self) -> None:
        before = await self._shapes()
        await self.house.migrate()
        after = await self._shapes()
        for service, old in before.items():
            self.problems += [f"{service}: {one}" for one in narrowed(old, after[service])]
        await self.load.until(ON_NEW_TABLES)

    async def _shapes(self) -> dict[str, Shape]:
        found = {}
        for service, url in self.watch.databases.items():
            connection = await asyncpg.connect(url)
            try:
                found[service] = await shape(connection)
            finally:
                await connection.close()
        return found

    async def _beside(self) -> None:
        leading = await self._leaders()
        for service in SERVICES:
            self.house.begin(service, "serve")
            self.house.begin(service, "work")
        self.doors.open["new"] = {}
        for service in SERVICES:
            await _ready(self.house.new.urls[service])
            self.doors.open["new"][service] = self.house.new.urls[service]
        before = await self._heard()
        await self.load.until(BESIDE)
        self._count("old", before, await self._heard_now())
        if await self._leaders() != leading:
            self.problems.append("a new worker took the lead from an old one that was there")

    async def _workers(self) -> None:
        self.problems += [f"the old release had to start {name} again, {times} times"
                          for name, times in self.house.restarts().items()]  # fmt: skip
        self.house.dismiss_supervisor()
        for service in self._order():
            place = self.watch.databases[service]
            led = await leader(place)
            began = time.monotonic()
            await self.house.old.end(f"{service}-work")
            ended = time.monotonic()
            await another_leads(place, led)
            print(f"    {service}: ended in {ended - began:.1f} s, the new worker led after "
                  f"{time.monotonic() - ended:.1f} s")  # fmt: skip
            await self.load.until(AFTER_EACH)
        before = await self._heard()
        await self.load.until(MIXED)
        self._count("new", before, await self._heard_now())

    async def _apis(self) -> None:
        for service in self._order():
            self.doors.close("old", service)
            began = time.monotonic()
            await self.house.old.end(f"{service}-serve")
            print(f"    {service}: ended in {time.monotonic() - began:.1f} s")
            await self.load.until(AFTER_EACH)
        await self.load.until(MIXED)

    def _order(self) -> Sequence[str]:
        return self.chance.sample(SERVICES, len(SERVICES))

    def _count(self, release: str, before: Numbers, after: Numbers) -> None:
        self.crossed[release] += sum(after.values()) - sum(before.values())

    async def _leaders(self) -> dict[str, str]:
        return {service: await leader(url) for service, url in self.watch.databases.items()}

    async def _heard(self) -> Numbers:
        return await heard(self.watch.databases, self.watch.hears)

    async def _heard_now(self) -> Numbers:
        return await heard_what_is_said_now(self.watch.databases, self.watch.hears)


async def _ready(url: str) -> None:
    until = time.monotonic() + READY_SECONDS_MAX
    async with httpx.AsyncClient(timeout=5) as client:
        while True:
            try:
                if (await client.get(f"{url}/readyz")).is_success:
                    return
            except httpx.HTTPError:
                pass
            if time.monotonic() > until:
                raise NotReady(url)
            await asyncio.sleep(POLL_SECONDS)
