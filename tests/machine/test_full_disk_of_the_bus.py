"""The disk of the bus is full under load: commands go on, and all words are said later (P18).

What `make up` keeps there beside the feeds lies on the same disk: the configuration of the server,
its log and the file that says what runs. The supervisor of `make up` looks after the server.
"""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import nats
import nats.errors
import pytest
from nats.js import JetStreamContext

from deploy.local.children import Nest
from deploy.local.layout import Layout
from deploy.local.servers import POSTGRES_URL, OwnServers
from deploy.local.state import Running, State
from deploy.local.supervisor import Supervisor
from shared.bus.connection import Address
from shared.embedded import Nats
from shared.http.app import create_app
from shared.testing.tokens import Tokens
from tests.alive import eventually
from tests.chaos.living import SECONDS_MAX, Living, Place, living
from tests.machine.small_disk import Filled, mounted

WORDS: Final = 100
MEGABYTES: Final = 24
KILLS: Final = 2
LOOK_SECONDS: Final = 0.1
RECOVERY_SECONDS_MAX: Final = 60.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A bus on a small disk, and who looks after it."""

    disk: Filled
    supervisor: Supervisor

    @property
    def bus(self) -> Nats:
        """The server."""
        server = self.supervisor.servers.running["nats"]
        assert isinstance(server, Nats)
        return server

    @property
    def restarts(self) -> int:
        """How often it was started again, as everybody can read."""
        told = State.read(self.supervisor.layout.state_file)
        return told.restarts.get("nats", 0) if told is not None else 0

    async def look_after(self) -> None:
        """For ever."""
        while True:
            await asyncio.to_thread(self.supervisor.watch)
            await asyncio.sleep(LOOK_SECONDS)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres: object) -> Iterator[Kept]:
    """The bus of an installation whose database is elsewhere; all of its data on a small disk."""
    assert postgres is not None
    monkeypatch.setenv(POSTGRES_URL, "postgresql://elsewhere")
    layout = Layout(data=tmp_path / "data")
    with mounted(layout.data, MEGABYTES) as disk:
        state = State(supervisor=Running.of(os.getpid()))
        one = Kept(disk, Supervisor(layout, OwnServers(layout), state, Nest(layout)))
        one.supervisor.servers.start("nats")
        try:
            yield one
        finally:
            one.bus.kill()


@asynccontextmanager
async def town(kept: Kept, jars_url: str, banks_url: str) -> AsyncIterator[Place]:
    """Both services and who keeps their bus running."""

    def address(name: str) -> Address:
        return Address(url=kept.bus.url, name=name, monitoring_url=kept.bus.monitoring_url)

    plan = Living(jars_url=jars_url, banks_url=banks_url, feeds=[kept.bus.url], address=address)
    async with living(plan) as place:
        keeping = asyncio.create_task(kept.look_after(), name="supervisor")
        try:
            yield place
            assert not keeping.done(), keeping.exception()
        finally:
            keeping.cancel()
            with suppress(asyncio.CancelledError):
                await keeping


@asynccontextmanager
async def asked(place: Place, kept: Kept) -> AsyncIterator[httpx.AsyncClient]:
    """The api of the jars."""
    side = place.jars
    settings = side.service.settings.model_validate(
        {"database_url": side.url, "nats_url": kept.bus.url}
    )
    app = create_app(side.service, settings=settings, keys=Tokens.fresh().keys)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://jars") as client:
            yield client


async def readiness(client: httpx.AsyncClient, bus: str) -> dict[str, Any]:
    """What `/readyz` says as soon as it says this of the bus; `/metrics` says the same."""
    until = time.monotonic() + SECONDS_MAX
    while (told := (await client.get("/readyz")).json())["bus"] != bus:
        assert time.monotonic() < until, told
        await asyncio.sleep(LOOK_SECONDS)
    return dict(told)


async def until(promise: Callable[[], bool]) -> None:
    """Wait until it is so."""

    async def look() -> bool:
        return promise()

    await eventually(look, SECONDS_MAX)


async def feed_of_a_stranger(kept: Kept) -> None:
    """Words that come one by one, whose file the server keeps open."""
    async with connected(kept) as feeds:
        await feeds.add_stream(name="STRANGER", subjects=["stranger"])
        await feeds.publish("stranger", b"word")


async def in_vain(kept: Kept) -> None:
    """Say something to a full disk: from then on this feed takes nothing, room or not."""
    async with connected(kept) as feeds:
        with suppress(nats.errors.TimeoutError):
            while True:
                await feeds.publish("stranger", bytes(20_000))


@asynccontextmanager
async def connected(kept: Kept) -> AsyncIterator[JetStreamContext]:
    """Somebody else on the same bus."""
    client = await nats.connect(kept.bus.url, allow_reconnect=False)
    try:
        yield client.jetstream(timeout=2)
    finally:
        await client.close()


async def test_commands_go_on_while_the_disk_of_the_bus_is_full_and_every_word_is_heard_once(
    kept: Kept, jars_url: str, banks_url: str
) -> None:
    async with town(kept, jars_url, banks_url) as place, asked(place, kept) as api:
        await place.put_some(WORDS)
        await place.heard_all()
        assert (await readiness(api, "ok"))["status"] == "ok"
        await feed_of_a_stranger(kept)
        kept.disk.fill()
        await in_vain(kept)
        first = len(place.acknowledged)
        began = time.monotonic()
        while (told := await api.get("/readyz")).json()["bus"] == "ok":
            await place.put_some(WORDS // 10)  # somewhere in a block there may be room for some
            assert time.monotonic() - began < SECONDS_MAX, told.text
        noticed = time.monotonic() - began
        assert told.status_code == httpx.codes.SERVICE_UNAVAILABLE
        await place.put_some(WORDS)
        assert 'abacus_bus_answers{service="jars"} 0.0' in (await api.get("/metrics")).text
        behind = await place.said() - await place.heard()
        assert kept.restarts == 0
        kept.disk.free()
        freed = time.monotonic()
        await place.put_some(WORDS)
        await until(lambda: kept.restarts == 1)
        await place.fed_all()
        await place.heard_all()
        async with connected(kept) as feeds:
            await feeds.publish("stranger", b"another word")
        took = time.monotonic() - freed
        await readiness(api, "ok")
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert verdict.seen["acknowledged"] == verdict.seen["heard"] == len(place.acknowledged)
    assert not place.deaths
    assert behind >= WORDS
    assert took < RECOVERY_SECONDS_MAX
    assert kept.restarts == 1, "the supervisor starts it anew, once and not again"
    print(  # noqa: T201 - a figure for `pytest -rP`
        f"{len(place.acknowledged) - first} commands, noticed after {noticed:.1f} s, "
        f"{behind} words behind, all heard {took:.1f} s after there was room"
    )


async def test_the_supervisor_outlives_a_disk_on_which_it_can_write_nothing(
    kept: Kept, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    kept.bus.kill()
    kept.supervisor.servers.running["nats"] = Nats(tmp_path / "elsewhere")
    kept.disk.fill()
    keeping = asyncio.create_task(kept.look_after(), name="supervisor")
    restarts = kept.supervisor.state.restarts
    await until(lambda: "nats" in restarts)
    for _ in range(KILLS):
        known, pid = restarts["nats"], kept.bus.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        await until(lambda: restarts["nats"] > known)  # noqa: B023 - waited for here
    assert kept.restarts == 0, "there was room after all"
    kept.disk.free()
    await until(lambda: kept.restarts == KILLS + 1)
    assert not keeping.done(), keeping.exception()
    keeping.cancel()
    with suppress(asyncio.CancelledError):
        await keeping
    assert capfd.readouterr().err.count("is written later") == 1
