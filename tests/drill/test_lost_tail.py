"""A standby that nobody waited for takes over without the last facts, and says so (P20, P21)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from shared.bus import Bus
from shared.http.app import create_app
from shared.relay import FeedAhead
from shared.testing.tokens import Tokens
from tests.alive import eventually
from tests.chaos.town import Town
from tests.drill.load import Load, town_on
from tests.drill.standby import SECONDS_MAX, paired
from tests.shared.banks import jars

KEPT: Final = 3
LOST: Final = 2
MORE: Final = 4


async def test_a_store_that_lost_its_tail_says_nothing_and_is_not_ready(tmp_path: Path) -> None:
    with paired() as pair:
        async with town_on(pair, tmp_path) as place:
            pair.expect("")
            load = Load(place)
            for number in range(KEPT):
                await load.put(number)
            await asyncio.to_thread(pair.caught_up)
            async with served(place, pair.url("jars"), tmp_path) as client:
                await becomes(client, 200, feed="ok")
                pair.cut_standby()
                for number in range(KEPT, KEPT + LOST):
                    await load.put(number)
                words = place.bus.feeds["jars"].words
                await eventually(lambda: _reached(len(words), KEPT + LOST), SECONDS_MAX)
                await asyncio.to_thread(pair.lose_primary)
                await asyncio.to_thread(pair.lose_what_is_under_way)
                await asyncio.to_thread(pair.take_over)
                pair.expect("")
                said = list(words)
                await becomes(client, 503, feed="knows more than the database")
                # What is written now gets numbers that were used for something else.
                for number in range(KEPT + LOST, KEPT + LOST + MORE):
                    await load.put(number)
                await eventually(lambda: _numbered(place, KEPT + MORE), SECONDS_MAX)
                with pytest.raises(FeedAhead, match="word 5 of the feed"):
                    await place.relay().publish_next()
                await becomes(client, 503, feed="knows more than the database")
                assert list(words) == said
            assert "lost" in (await place.judged()).violations


@asynccontextmanager
async def served(place: Town, url: str, folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    """The jars with their worker and whoever asks how they are."""
    more: dict[str, Any] = {
        "database_url": url,
        "data_dir": folder,
        "nats_url": "nats://127.0.0.1:9",
    }
    settings = jars.settings.model_validate(more)
    app = create_app(jars, settings=settings, keys=Tokens.fresh().keys)

    async def connect() -> Bus:
        return place.bus

    await place.bus.provision("jars")
    working = asyncio.create_task(place.jars.worker.run(connect))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://jars") as client,
    ):
        yield client
        assert not working.done(), working.exception()
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working


async def becomes(client: httpx.AsyncClient, status: int, **shown: str) -> None:
    """Wait until `/readyz` says so."""

    async def says() -> bool:
        answer = await client.get("/readyz")
        return answer.status_code == status and shown.items() <= answer.json().items()

    await eventually(says, SECONDS_MAX)


async def _reached(found: int, wanted: int) -> bool:
    return found == wanted


async def _numbered(place: Town, wanted: int) -> bool:
    return (await place.jars.store.head()).number == wanted
