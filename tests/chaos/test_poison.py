"""Poison under load stops what it must and says so; after the mend nothing is missing (P15).

`POISON_WORDS` makes it longer; one word of a hundred is poison.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

import httpx
import pytest

from shared.bus.connection import Address
from shared.embedded import LOOPBACK, Nats
from shared.http.app import create_app
from shared.manifest import Service
from shared.redriving import Redrive
from shared.testing.tokens import Tokens
from tests.chaos import poison
from tests.chaos.living import FIRST_COINS, Living, Place, living
from tests.shared.banks import banks
from tests.shared.worlds import worker

WORDS: Final = int(os.environ.get("POISON_WORDS", "600"))
POISONED: Final = WORDS // 100
JARS: Final = 40
SAID_SO_SECONDS_MAX: Final = 120.0  # 5 s on a quiet machine; how long it took is printed
STOPPED: Final = 'abacus_stopped_readers{service="banks"} 1.0'
_PARKED: Final = "SELECT number, subject FROM es.parked ORDER BY parked_at, number"
_BOOKED: Final = "SELECT jar, words FROM books"
_SAID: Final = """
SELECT number, body FROM es.said JOIN es.word USING (append_id, idx) ORDER BY number
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Nats]:
    """A server of our own."""
    with Nats(tmp_path / "nats") as server:
        yield server


def plan(server: Nats, jars_url: str, banks_url: str, hearing: Service) -> Living:
    """The jars, who say odd things, and one who hears them."""

    def address(name: str) -> Address:
        return Address(url=server.url, name=name, monitoring_url=server.monitoring_url)

    return Living(
        jars_url=jars_url, banks_url=banks_url, feeds=[server.url], address=address,
        jars=poison.bad_jars, banks=hearing, bus=poison.RottingBus,
    )  # fmt: skip


async def put_with_poison(place: Place, kinds: tuple[int, ...], first: int) -> set[str]:
    """Many good words, and poison among them; answers the jars that were poisoned."""
    chance = Random(first)  # noqa: S311 - a replayable choice
    coins = [(f"j{n % JARS}", FIRST_COINS + first + n) for n in range(WORDS)]
    jars = chance.sample(range(JARS), min(max(POISONED, len(kinds)), JARS // 2))
    poisoned = {f"j{jar}": kinds[n % len(kinds)] for n, jar in enumerate(jars)}
    for name, kind in poisoned.items():
        coins.insert(chance.randrange(WORDS), (name, kind))
    for name, one in coins:
        await place.put(one, jar=name)
    return {f"jar-{name}" for name in poisoned}


async def mend(place: Place) -> None:
    """The banks are replaced by ones that understand everything."""
    await place.stop(place.banks)
    place.banks.service = poison.mended_banks
    place.banks.restart()
    place.start(place.banks)


async def told(place: Place) -> tuple[dict[str, Any], str]:
    """What an api of the banks says of itself: its readiness and its numbers."""
    side = place.banks
    settings = side.service.settings.model_validate(
        {"database_url": side.url, "nats_url": f"nats://{LOOPBACK}:9"}
    )
    app = create_app(side.service, settings=settings, keys=Tokens.fresh().keys)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://banks") as client:
            ready = await client.get("/readyz")
            return ready.json(), (await client.get("/metrics")).text


async def redriven(place: Place) -> int:
    """Everything that was set aside is applied, as by `python -m services.… redrive`."""
    side = place.banks
    hands = worker(side.service, side.store, side.worker.desk.working)
    done = 0
    while once := await Redrive(hands.desk, hands.understanding, "jars").run():
        done += once
    return done


async def test_poison_parks_its_jars_in_order_while_the_others_go_on(
    server: Nats, jars_url: str, banks_url: str
) -> None:
    async with living(plan(server, jars_url, banks_url, banks)) as place:
        kinds = (*poison.PARKED, poison.NEW_VERSION)
        poisoned = await put_with_poison(place, kinds, 0)
        await place.heard_all()
        aside = await parked(place)
        assert len(kinds) - 1 <= len(aside) <= len(poisoned)
        assert aside.keys() <= poisoned
        assert all(numbers == sorted(numbers) for numbers in aside.values())
        await everything_else_is_booked(place, aside)
        ready, _ = await told(place)
        assert ready["parked_words"] == {"inbox:jars": sum(map(len, aside.values()))}
        assert ready["stopped_readers"] == 0
        await mend(place)
        async with place.loaded():
            assert await redriven(place) >= sum(map(len, aside.values()))
        await place.heard_all()
        await redriven(place)
        await place.fed_all()
        verdict = await place.judged(poison.worth)
    assert not verdict.violations, verdict.examples
    assert not place.deaths


async def parked(place: Place) -> dict[str, list[int]]:
    """What was set aside, by jar, in the order in which it was."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, subject in await place.banks.pool.fetch(_PARKED):
        found[subject].append(number)
    return dict(found)


async def everything_else_is_booked(place: Place, aside: dict[str, list[int]]) -> None:
    """Every word is either in the books or set aside, and of each jar first the one, then those."""
    booked = {row["jar"]: row["words"] for row in await place.banks.pool.fetch(_BOOKED)}
    said: dict[str, list[int]] = defaultdict(list)
    for number, body in await place.jars.pool.fetch(_SAID):
        word = json.loads(body)
        if word["type"] != poison.CoinsSeen2.event_type():
            said[word["subject"]].append(number)
    for jar, numbers in said.items():
        there = booked.get(jar, 0)
        assert numbers[there:] == aside.get(jar, []), jar


@pytest.mark.parametrize("kind", [*poison.STOPPING, poison.ROTTEN])
async def test_poison_stops_a_reader_of_money_which_says_so_and_goes_on_mended(
    server: Nats, jars_url: str, banks_url: str, kind: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.reconciler.RECENT_SECONDS", 0.5)
    monkeypatch.setattr(poison.RottingBus, "rots", True)
    async with living(plan(server, jars_url, banks_url, poison.strict_banks)) as place:
        await place.put_some(WORDS // 4)
        await place.heard_all()
        before = await place.said()
        await place.put(FIRST_COINS, kind, jar="poisoned")
        print(kind, "said so after", await place.marked("worker:stopped", 1, SAID_SO_SECONDS_MAX))
        ready, numbers = await told(place)
        assert ready["stopped_readers"] == 1
        assert STOPPED in numbers.splitlines()
        await place.put_some(WORDS // 4)
        await place.fed_all()
        assert await place.heard() <= before + 1
        assert not await parked(place)
        monkeypatch.setattr(poison.RottingBus, "rots", False)
        await mend(place)
        print("mended, heard after", await place.heard_all())
        await place.until(place.fed_soundly, await place.said())
        verdict = await place.judged(poison.worth)
    assert not verdict.violations, verdict.examples
    assert not place.deaths
