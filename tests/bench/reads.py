"""Reading the public feed: whoever has the newest page is told so, five thousand times a second.

One process of disclosure, a log of words, and clients that poll with `If-None-Match`. Rates of a
busy machine mean little, so the processor time that the server used per answer stands beside them:
a fifth of a millisecond is five thousand a second on one processor.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import httpx
import psutil

from services.disclosure.domain.report import Figure, IssueAnnualReport
from services.disclosure.main import service
from shared import migrations
from shared.asking import Ask
from shared.clock import SystemClock
from shared.embedded import LOOPBACK
from shared.handling import Handling
from shared.testing.servers import fresh_database
from tests.bench.ground import ROUNDS, Ground, Served, stored
from tests.bench.pressure import Window, press
from tests.bench.table import Row, at_most, rate_at_least

HOST: Final = "budget.example.cn"
WORDS: Final = 2_000
SECONDS: Final = 2.0
SECONDS_MAX: Final = 60.0
CONNECTIONS: Final = 16
PATHS: Final = ("/v1/feed.json", "/v1/feed.json?before=101", "/v1/feed.atom?page=1")
WANTED: Final = 5_000
MILLISECONDS_MAX: Final = 1_000 / WANTED
NOT_MODIFIED: Final = b"HTTP/1.1 304"

type Measured = tuple[list[float], list[float]]


async def measure(ground: Ground) -> list[Row]:
    """Rows for pages that are had already, by rate and by processor time, and for whole ones."""
    rows: list[Row] = []
    with fresh_database(ground.postgres) as url:
        await migrations.upgrade("disclosure", url)
        await _told(url)
        async with (
            _served(ground, url) as served,
            ground.listening("tests.bench.bare_page") as bare,
        ):
            limit = await _pressed(bare, _request("/", 'if-none-match: W/"1"'), NOT_MODIFIED)
            for path in PATHS:
                rows += await _had(served, path, limit)
            rows += await _whole(served, PATHS[0])
    return rows


@asynccontextmanager
async def _served(ground: Ground, url: str) -> AsyncIterator[Served]:
    settings = {"DISCLOSURE_DATABASE_URL": url, "DISCLOSURE_HOST": LOOPBACK}
    async with ground.listening("services.disclosure", "serve", **settings) as served:
        yield served


async def _had(served: Served, path: str, limit: Measured) -> list[Row]:
    """Clients that have the page, beside an application that answers so to everybody."""
    base = f"http://{LOOPBACK}:{served.port}"
    async with httpx.AsyncClient(base_url=base, timeout=SECONDS_MAX) as client:
        tag = (await client.get(path, headers={"host": HOST})).headers["etag"]
    asking = _request(path, f"if-none-match: {tag}")
    name = f"304 of {path}"
    rates, costs = await _pressed(served, asking, NOT_MODIFIED)
    return [
        Row(measure=name, unit="/s", ours=rates, limit=limit[0], budget=rate_at_least(WANTED)),
        Row(measure=f"{name}, processor", unit="ms", ours=costs, limit=limit[1],
            budget=at_most(MILLISECONDS_MAX, "ms")),
    ]  # fmt: skip


async def _whole(served: Served, path: str) -> list[Row]:
    """Clients that have nothing yet."""
    rates, costs = await _pressed(served, _request(path), b"HTTP/1.1 200")
    return [
        Row(measure=f"200 of {path}", unit="/s", ours=rates),
        Row(measure=f"200 of {path}, processor", unit="ms", ours=costs),
    ]


async def _pressed(served: Served, asking: bytes, good: bytes) -> Measured:
    process = psutil.Process(served.pid)
    await press(served.port, lambda: asking, CONNECTIONS, SECONDS / 4, (good,))
    rates: list[float] = []
    costs: list[float] = []
    for _ in range(ROUNDS):
        before = sum(process.cpu_times()[:2])
        seen: Window = await press(served.port, lambda: asking, CONNECTIONS, SECONDS, (good,))
        used = sum(process.cpu_times()[:2]) - before
        assert not seen.bad, seen.bad[0]
        rates.append(seen.rate)
        costs.append(used / seen.answers * 1_000)
    return rates, costs


def _request(path: str, *headers: str) -> bytes:
    lines = "".join(f"{line}\r\n" for line in (f"host: {HOST}", *headers))
    return f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode()


async def _told(url: str) -> None:
    """A log of words: annual reports of as many regions, numbered."""
    now = SystemClock().now()
    figure = Figure(id="F06", label="项目数", value="7", unit="projects")
    asks = [
        Ask(
            commands=(
                IssueAnnualReport(
                    region_code=f"R{number}", fiscal_year=2021, figures=(figure,), by="b", now=now
                ),
            ),
            actor="b",
            unit="",
            now=now,
            correlation_id="bench",
            causation_id="bench",
        )
        for number in range(WORDS)
    ]
    async with stored(url) as (_, store):
        await Handling(service.aggregates, store).handle_all(asks)
        while (await store.sequence()).taken:
            pass
        assert (await store.head()).number == WORDS
