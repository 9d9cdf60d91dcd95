"""Floods do not hurt others: one process as it is served, besieged in four ways (`reliability` S8).

What others feel is compared with what they felt just before and after, on the same machine.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from typing import Final

import pytest

from shared.testing.servers import Postgres, fresh_database, migrated
from tests.authority.flooding import (
    BULKS,
    OTHERS,
    Besieged,
    Seen,
    bulky,
    drip,
    hammer,
    others,
    request,
    tell,
)

LORIS: Final = int(os.environ.get("FLOOD_LORIS", "200"))
CONNECTIONS_MAX: Final = 180
PER_SECOND: Final = 10
HAMMERS: Final = 150
ROUNDS: Final = 3
SLOWER_MAX: Final = 25
NOTICED_SECONDS: Final = 1.0
SECONDS_MAX: Final = 300.0
BYTES_MAX: Final = 512 * 1_048_576
LARGE: Final = 4


@pytest.fixture(scope="module")
def besieged(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Besieged]:
    """The service of targets in a process of its own."""
    with fresh_database(postgres, migrated(postgres, "targets")) as url:
        server = Besieged(
            tmp_path_factory.mktemp("besieged"), url,
            connections_max=CONNECTIONS_MAX, requests_per_second_max=PER_SECOND,
            requests_burst_seconds=1,
        )  # fmt: skip
        with server:
            yield server
        log = server.log.read_text()
        assert "Traceback" not in log, log[-3_000:]


async def _window(besieged: Besieged, name: str, seen: Seen) -> None:
    """What others are answered for a while, three of them at a time; nobody asks often."""
    names = [[besieged.token(f"{name} {n} {k}") for k in range(OTHERS)] for n in range(3)]
    await asyncio.gather(*(others(besieged.port, one, OTHERS, seen) for one in names))


def _expect_served(calm: Seen, meanwhile: Seen) -> None:
    """Others got every answer, and none of the middle ones came much later than without a flood."""
    assert set(calm.statuses) | set(meanwhile.statuses) == {200}
    assert not meanwhile.hopeless
    bound = max(SLOWER_MAX * calm.late(0.5), NOTICED_SECONDS)
    assert meanwhile.late(0.5) <= bound, (calm.figures, meanwhile.figures)


async def test_one_principal_beyond_its_limit_is_refused_and_others_are_served(
    besieged: Besieged,
) -> None:
    flood, calm, meanwhile = Seen(), Seen(), Seen()
    sent = request("GET", "/v1/regions?limit=200", besieged.token("flooder"))
    for round_ in range(ROUNDS):
        await _window(besieged, f"calm {round_}", calm)
        stop = asyncio.Event()
        flooding = [
            asyncio.create_task(hammer(besieged.port, sent, stop, flood)) for _ in range(HAMMERS)
        ]
        await flood.reaches(429, (round_ + 1) * HAMMERS)
        await _window(besieged, f"flood {round_}", meanwhile)
        stop.set()
        await asyncio.gather(*flooding)
    tell("flood", calm, meanwhile, flood.statuses)
    assert set(flood.statuses) == {200, 429}
    assert flood.statuses[429] > flood.statuses[200]
    assert not flood.hopeless
    _expect_served(calm, meanwhile)
    assert besieged.peak_bytes <= BYTES_MAX


@pytest.mark.parametrize("part", ["head", "body"])
async def test_slow_clients_have_to_go_and_others_are_served(besieged: Besieged, part: str) -> None:
    calm, meanwhile = Seen(), Seen()
    await _window(besieged, f"calm {part}", calm)
    stop, ended = asyncio.Event(), Counter[str]()
    heads = [
        request("POST", "/v1/regions", besieged.token(f"slow {part} {number}"))
        .replace(b"length: 0", b"length: 9000")
        .replace(b"\r\n\r\n", b"\r\nx-slow: " if part == "head" else b"\r\n\r\n")
        for number in range(LORIS)
    ]
    slow = [asyncio.create_task(drip(besieged.port, head, stop, ended)) for head in heads]
    # As many as came have gone at least once, by their deadline or to make room.
    async with asyncio.timeout(SECONDS_MAX):
        turn = 0
        while ended.total() < LORIS:
            await _window(besieged, f"slow {part} {(turn := turn + 1)}", meanwhile)
    stop.set()
    await asyncio.gather(*slow)
    tell(f"slow {part}", calm, meanwhile, ended)
    _expect_served(calm, meanwhile)
    assert besieged.peak_bytes <= BYTES_MAX


async def test_large_and_deep_bodies_are_refused_and_others_are_served(besieged: Besieged) -> None:
    calm, meanwhile, flood, stop = Seen(), Seen(), Seen(), asyncio.Event()
    await _window(besieged, "calm", calm)
    large = [
        asyncio.create_task(bulky(besieged, kind, number, flood, stop))
        for kind in BULKS
        for number in range(LARGE)
    ]
    await flood.reaches(413, LARGE)
    await _window(besieged, "large", meanwhile)
    stop.set()
    await asyncio.gather(*large)
    tell("large", calm, meanwhile, flood.statuses, besieged.peak_bytes >> 20)
    assert set(flood.statuses) <= {400, 413, 429, 503}
    assert not flood.hopeless
    _expect_served(calm, meanwhile)
    assert besieged.peak_bytes <= BYTES_MAX
