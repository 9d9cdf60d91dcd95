"""What the bus keeps is put back, emptied or rots: it is the ledger again, and no row is wrong.

`ROLLBACKS` and `FLIPS` make it longer.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

import pytest

from shared.bus.connection import Address
from shared.embedded import Nats
from tests.chaos.faults import flip
from tests.chaos.living import Living, living

WORDS: Final = 150
ROLLBACKS: Final = int(os.environ.get("ROLLBACKS", "3"))
FLIPS: Final = int(os.environ.get("FLIPS", "3"))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Nats]:
    """A server of our own, with ports of its own that it keeps."""
    with Nats(tmp_path / "nats") as server:
        yield server


def plan(server: Nats, jars_url: str, banks_url: str) -> Living:
    """Both services on one server."""

    def address(name: str) -> Address:
        return Address(url=server.url, name=name, monitoring_url=server.monitoring_url)

    return Living(jars_url=jars_url, banks_url=banks_url, feeds=[server.url], address=address)


def put_back(server: Nats, copy: Path) -> None:
    """The store directory is an older one, as after a restored volume."""
    server.kill()
    shutil.rmtree(server.folder / "data")
    if copy.exists():
        shutil.copytree(copy, server.folder / "data")
    server.start()


async def test_an_older_store_directory_is_noticed_and_the_tail_said_again(
    server: Nats, jars_url: str, banks_url: str, tmp_path: Path
) -> None:
    async with living(plan(server, jars_url, banks_url)) as place:
        for round_ in range(ROLLBACKS):
            copy = tmp_path / f"copy-{round_}"
            await place.put_some(WORDS)
            await place.heard_all()
            await place.fed_all()
            if round_:  # the first time the directory is put back empty
                server.stop()
                shutil.copytree(server.folder / "data", copy)
                server.start()
                await place.put_some(WORDS)
                await place.heard_all()
                await place.fed_all()
            put_back(server, copy)
            print("whole again after", await place.fed_all())
            await place.put_some(1)
            print("heard again after", await place.heard_all())
            await place.fed_all()
            verdict = await place.judged()
            assert not verdict.violations, verdict.examples
    assert not place.deaths


async def test_an_older_store_directory_under_load(
    server: Nats, jars_url: str, banks_url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    async with living(plan(server, jars_url, banks_url)) as place:
        await place.put_some(WORDS)
        await place.fed_all()
        server.stop()
        shutil.copytree(server.folder / "data", copy)
        server.start()
        async with place.loaded():
            for _ in range(ROLLBACKS):
                await place.put_some(WORDS)
                await place.heard_all()
                put_back(server, copy)
        await place.fed_all()
        await place.heard_all()
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert verdict.seen["messages"] > WORDS * (1 + ROLLBACKS)
    assert not place.deaths


@pytest.mark.parametrize("ending", ["stopped", "killed"])
async def test_flipped_bytes_on_the_disk_of_the_bus_are_never_a_row(
    server: Nats, jars_url: str, banks_url: str, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """The banks begin only after the disk has rotted, and before the jars can mend their feed."""
    monkeypatch.setattr("shared.reconciler.RECENT_SECONDS", 0.5)
    chance = Random(ending)  # noqa: S311 - a replayable choice
    gone = 0
    async with living(plan(server, jars_url, banks_url)) as place:
        await place.heard_all()
        for _ in range(FLIPS):
            await place.stop(place.banks)
            await place.put_some(WORDS)
            await place.fed_all()
            await place.stop(place.jars)
            server.kill() if ending == "killed" else server.stop()
            flip(server.folder / "data", chance)
            server.start()
            place.start(place.banks)
            left = await place.fed_soundly()
            gone += await place.said() - left
            await place.until(place.heard, left)
            place.start(place.jars)
            print("lost", await place.said() - left, "heard after", await place.heard_all())
            print("whole after", await place.until(place.fed_soundly, await place.said()))
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert gone > 0
    assert not place.deaths
