"""What an api process keeps resident once it has worked, beside the bare endpoint's process."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Final

import httpx
import psutil
from fastapi.routing import APIRoute

from services.disclosure.main import service as disclosure
from services.evaluation.main import service as evaluation
from services.monitoring.main import service as monitoring
from services.targets.main import service as targets
from shared import migrations
from shared.embedded import LOOPBACK
from shared.http.policy import BUREAU_ROLES
from shared.manifest import Service
from shared.testing.servers import fresh_database
from tests.bench.ground import Ground, Served
from tests.bench.pressure import press
from tests.bench.table import Row, at_most
from tests.bench.web import request, token

SERVICES: Final = (targets, monitoring, evaluation, disclosure)
TURNS: Final = 5
CONNECTIONS: Final = 8
MEGABYTE: Final = 1_000_000
SECONDS_MAX: Final = 30.0
# As our images and the launcher run it: two arenas of the allocator are enough for an event loop.
SETTINGS: Final = {"MALLOC_ARENA_MAX": "2"}


async def measure(ground: Ground) -> list[Row]:
    """A row per service."""
    with ground.database() as url:
        async with ground.listening("tests.bench.bare", BENCH_URL=url, **SETTINGS) as served:
            await press(served.port, lambda: request("/put/j", b'{"coins":3}'), CONNECTIONS, 1)
            bare = _resident(served)
    return [
        Row(
            measure=f"resident memory, api of {service.name}",
            unit="MB",
            ours=[await _worked(ground, service)],
            limit=[bare],
            budget=at_most(120, "MB"),
        )
        for service in SERVICES
    ]


async def _worked(ground: Ground, service: Service) -> float:
    """What is resident after every list was read and every kind of thing asked for a few times."""
    with fresh_database(ground.postgres) as url:
        await asyncio.to_thread(lambda: asyncio.run(migrations.upgrade(service.name, url)))
        address = {f"{service.name.upper()}_DATABASE_URL": url}
        module = f"services.{service.name}"
        async with (
            ground.listening(module, "serve", **SETTINGS, **address) as served,
            _client(ground, served) as client,
        ):
            await asyncio.gather(*(_work(client, service, n) for n in range(CONNECTIONS)))
            return _resident(served)


@asynccontextmanager
async def _client(ground: Ground, served: Served) -> AsyncIterator[httpx.AsyncClient]:
    bearer = token(ground, *BUREAU_ROLES)
    async with httpx.AsyncClient(
        base_url=f"http://{LOOPBACK}:{served.port}/v1",
        headers={"authorization": f"Bearer {bearer}"},
        timeout=SECONDS_MAX,
    ) as client:
        yield client


async def _work(client: httpx.AsyncClient, service: Service, number: int) -> None:
    """Whether a request is refused does not matter here; a failure does."""
    lists = list(_lists(service))
    created = [one for one in service.commands if one.creates and "{" not in one.path]
    for turn in range(TURNS):
        for path in lists:
            _expect((await client.get(path)).status_code)
        for one in created:
            headers = {"idempotency-key": f"{number}-{turn}-{one.operation}"}
            answer = await client.post(one.path, json=dict(one.example), headers=headers)
            _expect(answer.status_code)


def _lists(service: Service) -> Iterable[str]:
    """The paths of all queries without a parameter in them, and with an end."""
    for router in service.queries:
        for route in router.routes:
            if isinstance(route, APIRoute) and "{" not in route.path and not _is_endless(route):
                yield route.path


def _is_endless(route: APIRoute) -> bool:
    return "text/event-stream" in route.responses.get(200, {}).get("content", {})


def _expect(status: int) -> None:
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise RuntimeError(f"answered {status}")


def _resident(served: Served) -> float:
    return float(psutil.Process(served.pid).memory_info().rss) / MEGABYTE
