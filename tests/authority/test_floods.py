"""Floods do not hurt others: one process as it is served, besieged in six ways (`reliability` S8).

The flood is a process of its own, so what others feel is the server. How much later they are
answered than without it depends on the machine: `python -m tests.authority.flood_table` measures.
Here every answer is looked at, and that nothing is many times as late.
"""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Final

import pytest

from shared.testing.servers import Postgres, fresh_database, migrated
from tests.authority.flood_process import Flooding
from tests.authority.flooding import (
    LARGE,
    LIMITS,
    Besieged,
    bulks,
    forger,
    principal,
    slow_bodies,
    slow_heads,
    stranger,
)
from tests.authority.wire import LOOPBACK, Answer, Seen, ask, connected, request

LORIS: Final = int(os.environ.get("FLOOD_LORIS", "200"))
ROUNDS: Final = 2
SLOWER_MAX: Final = 25
NOTICED_SECONDS: Final = 1.0
BYTES_MAX: Final = 512 * 1_048_576
TRIES_MAX: Final = 500
REFUSED: Final = 30

type Again = Callable[[], Awaitable[None]]


@pytest.fixture(scope="module")
def besieged(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Besieged]:
    """The service of targets in a process of its own."""
    with fresh_database(postgres, migrated(postgres, "targets")) as url:
        server = Besieged(tmp_path_factory.mktemp("besieged"), url, **LIMITS)
        with server:
            yield server
        log = server.log.read_text()
        assert "Traceback" not in log, log[-3_000:]


@asynccontextmanager
async def others_served(
    besieged: Besieged, name: str
) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Others get every answer, and none of the middle ones much later than without a flood.

    Gives what asks for them once more while the flood is on.
    """
    calm, meanwhile, rounds = Seen(), Seen(), 0
    await besieged.window(f"{name} calm", calm)

    async def ask_again() -> None:
        nonlocal rounds
        await besieged.window(f"{name} {(rounds := rounds + 1)}", meanwhile)

    yield ask_again
    print(f"\n{name}: {calm.figures}, meanwhile {meanwhile.figures}")  # noqa: T201 - for `-s`
    assert set(calm.statuses) == set(meanwhile.statuses) == {200}
    bound = max(SLOWER_MAX * calm.late(0.5), NOTICED_SECONDS)
    assert meanwhile.late(0.5) <= bound, (calm.figures, meanwhile.figures)
    assert besieged.peak_bytes <= BYTES_MAX


@pytest.mark.parametrize(
    ("flooding", "served"), [(principal, "200"), (stranger, "200"), (forger, "401")]
)
async def test_one_beyond_the_limit_is_refused_and_others_are_served(
    besieged: Besieged, flooding: Callable[[Besieged], Flooding], served: str
) -> None:
    async with others_served(besieged, flooding.__name__) as ask_others:
        async with flooding(besieged) as flood:
            for number in range(ROUNDS):
                await flood.reaches((number + 1) * REFUSED, "429")
                await ask_others()
        assert set(flood.counts) == {served, "429"}
        assert not flood.hopeless


@pytest.mark.parametrize("slow", [slow_heads, slow_bodies])
async def test_slow_clients_have_to_go_and_others_are_served(
    besieged: Besieged, slow: Callable[[Besieged, int], Flooding]
) -> None:
    async with (
        others_served(besieged, slow.__name__) as ask_others,
        slow(besieged, LORIS) as flood,
    ):
        # As many as came have gone at least once, by their deadline or to make room.
        for part in range(1, ROUNDS + 1):
            await flood.reaches(LORIS * part // ROUNDS)
            await ask_others()


async def test_among_slow_clients_of_their_own_address_others_come_again_and_are_served(
    besieged: Besieged,
) -> None:
    """Nobody can tell them apart: who is refused is told when to come again, and then served."""
    seen = Seen()
    async with slow_heads(besieged, LORIS, LOOPBACK) as flood:
        await flood.reaches(LORIS)
        for number in range(20):
            token = besieged.token(f"neighbour {number}")
            for _ in range(TRIES_MAX):
                answer = await _asked_at_once(besieged.port, token)
                if answer is not None:
                    seen.note(answer)
                if answer is not None and answer.status == 200:
                    break
    assert seen.statuses[200] == 20
    assert set(seen.statuses) <= {200, 429, 503}
    assert not seen.hopeless


async def _asked_at_once(port: int, token: str) -> Answer | None:
    """An answer; nothing where the connection was closed before it could be asked on."""
    try:
        async with connected(port) as streams:
            return await ask(streams, request("GET", "/v1/regions?limit=5", token))
    except (OSError, EOFError):
        return None


async def test_large_and_deep_bodies_are_refused_and_others_are_served(besieged: Besieged) -> None:
    async with others_served(besieged, "large") as ask_others:
        async with bulks(besieged) as flood:
            await flood.reaches(LARGE, "413")
            await ask_others()
        assert set(flood.counts) <= {"400", "413", "429", "503"}
        assert not flood.hopeless


async def test_nobody_has_a_new_pace_by_saying_so(besieged: Besieged) -> None:
    """A header that only a gateway may write changes nothing: no gateway is configured here."""
    seen = Seen()
    async with connected(besieged.port, "127.0.0.9") as streams:
        for number in range(100):
            lie = f"x-forwarded-for: 198.51.100.{number}"
            seen.note(await ask(streams, request("GET", "/v1/vocabulary", "", b"", lie)))
            if seen.statuses[429]:
                break
    assert seen.statuses[429] == 1
