"""One look at the head serves everybody who waits for it, also where it fails."""

import asyncio
from typing import Final, override

import pytest

from shared.eventstore import Head
from shared.eventstore.memory import MemoryStore
from shared.http.freshness import Freshness, Seen
from shared.testing.api_spec import Api

CALLERS: Final = 50


class Slow(MemoryStore):
    """A store that answers when it is let, with the head as it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = 0
        self.away = False
        self.asked = asyncio.Event()
        self.let = asyncio.Event()

    @override
    async def head(self) -> Head:
        self.looks += 1
        mine = self.looks
        self.asked.set()
        await self.let.wait()
        if self.away:
            raise ConnectionResetError
        return Head(position=mine, number=mine)


@pytest.fixture
def fresh(jars: Api) -> tuple[Freshness, Slow]:
    """The head of a store that is slow."""
    runtime = jars.app.state.runtime
    runtime.store = store = Slow()
    return Freshness(runtime), store


async def _waiting(fresh: Freshness, store: Slow) -> list[asyncio.Task[Seen]]:
    """Callers of a list, all there before the one look is answered."""
    asked = [asyncio.create_task(fresh.lately()) for _ in range(CALLERS)]
    await store.asked.wait()
    return asked


async def test_one_look_serves_all_who_wait(fresh: tuple[Freshness, Slow]) -> None:
    head, store = fresh
    asked = await _waiting(head, store)
    asked.pop().cancel()
    store.let.set()
    assert {seen.position for seen in await asyncio.gather(*asked)} == {1}
    assert (await head.lately()).position == 1
    assert store.looks == 1


async def test_nobody_waits_for_the_failures_of_others_in_turn(
    fresh: tuple[Freshness, Slow],
) -> None:
    head, store = fresh
    store.away = True
    asked = await _waiting(head, store)
    store.let.set()
    found = await asyncio.gather(*asked, return_exceptions=True)
    assert {type(failure) for failure in found} == {ConnectionResetError}
    assert store.looks == 1
    store.away = False
    assert (await head.lately()).position == 2


async def test_the_head_as_it_is_comes_from_a_look_after_the_question(
    fresh: tuple[Freshness, Slow],
) -> None:
    head, store = fresh
    earlier = await _waiting(head, store)
    now = asyncio.create_task(head.now())
    await asyncio.sleep(0)
    store.let.set()
    assert (await now).position == 2
    assert {seen.position for seen in await asyncio.gather(*earlier)} == {1}
