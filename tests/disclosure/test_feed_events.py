"""Following the log: each word once, behind the last that arrived, never faster than it is read."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from services.disclosure.api.feed import events as following
from shared.http import list_formats_events
from tests.disclosure.test_feed import say
from tests.disclosure.world import World, world

pytestmark = pytest.mark.real
SECONDS_MAX = 60.0


@dataclass(slots=True)
class Follower:
    """A client of server-sent events, as close to the wire as a test can be."""

    app: FastAPI
    query: str = ""
    last: str | None = None
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    sent: int = 0
    reads: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Ask, and take what comes as long as it reads."""
        headers = [(b"host", b"test"), (b"accept", b"text/event-stream")]
        if self.last is not None:
            headers.append((b"last-event-id", self.last.encode()))
        scope: dict[str, Any] = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
            "scheme": "http", "path": "/v1/feed/events", "raw_path": b"/v1/feed/events",
            "root_path": "", "query_string": self.query.encode(), "headers": headers,
            "client": ("127.0.0.1", 1), "server": ("test", 80),
        }  # fmt: skip

        async def receive() -> dict[str, Any]:
            await self.gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:  # noqa: ANN401 - ASGI's
            if message["type"] == "http.response.start":
                self.status = message["status"]
                self.headers = {n.decode(): v.decode() for n, v in message["headers"]}
                return
            self.sent += 1
            await self.reads.wait()
            self.body += message.get("body", b"")

        await self.app(scope, receive, send)

    @property
    def words(self) -> list[dict[str, Any]]:
        """The events that have come, each with its id."""
        found = []
        for frame in self.body.decode().split("\n\n"):
            lines = dict(line.split(": ", 1) for line in frame.splitlines() if line[0] != ":")
            if "data" in lines:
                found.append({**json.loads(lines["data"]), "event_id": lines["id"]})
        return found

    @property
    def sequences(self) -> list[int]:
        """The words that have come."""
        assert all(word["event_id"] == str(word["sequence"]) for word in self.words)
        return [word["sequence"] for word in self.words]


def app_of(here: World) -> FastAPI:
    """The service that the world asks."""
    transport: Any = here.client._transport  # noqa: SLF001 - the way in that httpx has
    app: FastAPI = transport.app
    return app


@asynccontextmanager
async def follower(
    here: World, query: str = "", last: str | None = None, *, reads: bool = True
) -> AsyncIterator[Follower]:
    """Somebody follows until the block ends."""
    one = Follower(app_of(here), query, last)
    if reads:
        one.reads.set()
    task = asyncio.create_task(one.run())
    try:
        yield one
    finally:
        one.gone.set()
        one.reads.set()
        await asyncio.wait_for(task, SECONDS_MAX)


async def until(true: Callable[[], bool]) -> None:
    """It becomes true soon."""
    async with asyncio.timeout(SECONDS_MAX):
        while not true():  # noqa: ASYNC110 - another task makes it true
            await asyncio.sleep(0.02)


async def test_a_follower_hears_what_was_said_and_what_is_said_then(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await say(here, 150)
        async with follower(here) as one:
            await until(lambda: len(one.words) == 150)
            assert one.headers["content-type"].startswith("text/event-stream")
            assert one.headers["cache-control"] == "no-store"
            await say(here, 3)
            await until(lambda: len(one.words) == 153)
            assert one.sequences == list(range(1, 154))
            listed = (await here.get("/v1/feed?limit=1"))["items"][0]
            assert {k: v for k, v in one.words[0].items() if k != "event_id"} == listed


async def test_whoever_was_cut_off_goes_on_behind_the_last_word(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await say(here, 20)
        async with follower(here, "after=3", "12") as one:
            await until(lambda: len(one.words) == 8)
            assert one.sequences == list(range(13, 21))
        async with follower(here, "after=18") as one:
            await until(lambda: len(one.words) == 2)


async def test_a_filter_leaves_words_out_and_still_moves_the_place(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "HEARTBEAT_SECONDS", 0.1)
    async with world(database, tmp_path) as here:
        await say(here, 7)
        async with follower(here, "region=440500") as one:
            await until(lambda: b"id: 7" in one.body)
            assert one.words == []


async def test_quiet_is_filled_with_a_beat(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "HEARTBEAT_SECONDS", 0.1)
    async with world(database, tmp_path) as here, follower(here) as one:
        await until(lambda: one.body.count(b": here") > 3)
        assert one.words == []


async def test_a_place_is_given_back_by_whoever_leaves_and_refused_beyond_the_last(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        app = app_of(here)
        object.__setattr__(app.state.runtime.settings, "feed_followers_max", 2)
        async with follower(here) as first, follower(here) as second:
            await until(lambda: first.status == second.status == 200)
            refused = await here.client.get("/v1/feed/events")
            assert refused.status_code == 503
            assert refused.headers["retry-after"] == "30"
        await until(lambda: app.state.followers == 0)
        async with follower(here) as third:
            await until(lambda: third.status == 200)


async def test_nothing_is_read_for_a_client_that_does_not_take_it(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world(database, tmp_path) as here:
        await say(here, 500)
        async with follower(here, reads=False) as one:
            await until(lambda: one.sent == 1)
            await asyncio.sleep(0.3)
            assert (one.sent, one.body) == (1, b"")
            one.reads.set()
            await until(lambda: len(one.words) == 500)
        monkeypatch.setattr(list_formats_events, "SEND_SECONDS_MAX", 0.1)
        async with follower(here, reads=False):
            await until(lambda: app_of(here).state.followers == 1)
            await until(lambda: app_of(here).state.followers == 0)


async def test_a_process_that_stops_ends_its_streams(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        one = Follower(app_of(here))
        one.reads.set()
        task = asyncio.create_task(one.run())
        await until(lambda: one.status == 200)
        app_of(here).state.leaving = True
        await asyncio.wait_for(task, SECONDS_MAX)


@pytest.mark.parametrize("wrong", ["x", "-1", "1.5", "9" * 19, "³"])
async def test_a_place_that_is_none_is_refused_by_name(
    database: str, tmp_path: Path, wrong: str
) -> None:
    async with world(database, tmp_path) as here:
        headers = {b"last-event-id": wrong.encode("utf-8")}
        answer = await here.client.get("/v1/feed/events", headers=headers)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["parameter"] == "Last-Event-ID"


async def test_nobody_goes_on_behind_what_was_never_said(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path) as here:
        await say(here, 2)
        answer = await here.client.get("/v1/feed/events?after=3")
        assert answer.status_code == 422
        assert answer.json()["type"].endswith("/beyond-the-feed")
