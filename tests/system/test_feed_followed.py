"""Whoever follows the feed hears each word once, in order, though everything is restarted."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import httpx
import pytest

from shared.http.issuer import Bearer
from shared.http.policy import Role
from tests.system.running import Running

pytestmark = pytest.mark.real
ELSEWHERE: Final = "440500"  # a region of which nobody else tells
SECONDS_MAX: Final = 180.0
PAUSE_SECONDS: Final = 0.2
SILENCE_SECONDS_MAX: Final = 15.0
WORDS: Final = 3
# Named as the supervisor names them; the last one is asked to stop, the others are not asked.
RESTARTS: Final = (
    ("disclosure-serve", signal.SIGKILL),
    ("disclosure-work", signal.SIGKILL),
    ("nats", signal.SIGKILL),
    ("postgres", signal.SIGINT),
    ("disclosure-serve", signal.SIGTERM),
)


@dataclass(slots=True)
class Follower:
    """A client as any browser is one: it reconnects with the last id that it got."""

    running: Running
    last: int
    heard: list[dict[str, Any]] = field(default_factory=list)
    connections: int = 0

    async def run(self) -> None:
        """Follow for ever."""
        while True:
            with suppress(httpx.HTTPError):
                await self._follow()
            await asyncio.sleep(PAUSE_SECONDS)

    async def _follow(self) -> None:
        url = f"{self.running.urls['disclosure']}/v1/feed/events"
        headers = {"last-event-id": str(self.last), "accept": "text/event-stream"}
        patience = httpx.Timeout(5, read=SILENCE_SECONDS_MAX)
        async with (
            httpx.AsyncClient(timeout=patience) as client,
            client.stream("GET", url, headers=headers) as answer,
        ):
            answer.raise_for_status()
            self.connections += 1
            async for line in answer.aiter_lines():
                name, _, value = line.partition(": ")
                if name == "id":
                    self.last = int(value)
                elif name == "data":
                    self.heard.append(json.loads(value))


async def test_each_word_is_heard_once_through_restarts_of_everything(running: Running) -> None:
    start = await head(running)
    async with following(running, start) as one:
        said = await tell(running, WORDS)
        await until(lambda: len(one.heard) == said)
        for name, how in RESTARTS:
            connections = one.connections
            before = began(running, name)
            end(running, name, how)
            said += await tell(running, WORDS)
            await until(lambda: len(one.heard) >= said)  # noqa: B023 - it is waited for here
            await until(lambda: began(running, name) != before)  # noqa: B023
            if name == "disclosure-serve":
                assert one.connections > connections
        await running.rest()
        assert [word["sequence"] for word in one.heard] == list(range(start + 1, start + said + 1))
        async with httpx.AsyncClient(base_url=running.urls["disclosure"]) as public:
            listed = (await public.get("/v1/feed/lines", params={"after": start})).text
        assert [word["leaf_hash"] for word in one.heard] == [
            json.loads(line)["leaf_hash"] for line in listed.split("\n") if line
        ]


@asynccontextmanager
async def following(running: Running, start: int) -> AsyncIterator[Follower]:
    """Somebody follows, until the block ends."""
    one = Follower(running, start)
    task = asyncio.create_task(one.run(), name="follower")
    try:
        yield one
        assert not task.done(), task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def tell(running: Running, words: int) -> int:
    """Annual reports, each another one; asked again under its key until it is answered."""
    for _ in range(words):
        key = str(uuid4())
        figure = {"id": "F06", "label": "项目数", "value": key, "unit": "projects"}
        body = {"region_code": ELSEWHERE, "fiscal_year": 2021, "figures": [figure]}
        await answered(running, body, key)
    return words


async def answered(running: Running, body: dict[str, Any], key: str) -> None:
    """Ask until the service is there again."""
    bearer = Bearer(
        subject="leader", roles=[Role.FB_LEADER], region_code=ELSEWHERE, unit_code=None,
        department_code=None,
    )  # fmt: skip
    token = running.issuer.mint(bearer, seconds=600)
    headers = {"authorization": f"Bearer {token}", "idempotency-key": key}
    async with asyncio.timeout(SECONDS_MAX):
        while True:
            try:
                async with httpx.AsyncClient(timeout=10) as client:
                    url = f"{running.urls['disclosure']}/v1/annual-reports"
                    answer = await client.post(url, json=body, headers=headers)
                if answer.status_code < 500:
                    assert answer.is_success, answer.text
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(PAUSE_SECONDS)


async def head(running: Running) -> int:
    """How much was said already."""
    async with httpx.AsyncClient(base_url=running.urls["disclosure"]) as public:
        items = (await public.get("/v1/feed.json?limit=1")).json()["items"]
    return items[0]["_abacus"]["sequence"] if items else 0


def began(running: Running, name: str) -> tuple[int, float]:
    """Which process it is that the supervisor holds."""
    found = running.installation.state.processes[name]
    return found.pid, found.began_at


def end(running: Running, name: str, how: signal.Signals) -> None:
    """One process of the installation gets a signal."""
    process = running.installation.state.processes[name].process()
    assert process is not None
    process.send_signal(how)


async def until(true: Callable[[], bool]) -> None:
    """It becomes true within the time that restarts take."""
    async with asyncio.timeout(SECONDS_MAX):
        while not true():  # noqa: ASYNC110 - others make it true
            await asyncio.sleep(PAUSE_SECONDS)
