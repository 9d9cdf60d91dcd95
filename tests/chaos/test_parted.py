"""Three servers keep the feeds, and one of them loses sight of the others, or they of it (P9).

Clients reach all three all the while, and the one that is apart is the worst: the relay talks to
it, and it may lead the feed. `CLUSTER_WORDS` and `CLUSTER_ROUNDS` make it longer.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from tests.chaos.cluster import SERVERS, Cluster
from tests.chaos.living import Place, living
from tests.chaos.routes import ONE_WAY, Parting, Routes
from tests.chaos.saboteurs import ResumesFromAck
from tests.chaos.test_three_nodes import ROUNDS, WORDS, plan

TRIES_MAX: Final = 3
DEAF_SECONDS: Final = 30
HEARER: Final = ("JARS", "banks-from-jars")
_HELD: Final = """
SET LOCAL idle_in_transaction_session_timeout = 0;
SELECT position FROM es.cursor WHERE name = 'inbox:jars' FOR UPDATE
"""


@pytest.fixture
def routes() -> Routes:
    """What lies between the servers."""
    return Routes()


@pytest.fixture
async def cluster(tmp_path: Path, routes: Routes) -> AsyncIterator[Cluster]:
    """Three servers, gone afterwards."""
    cluster = Cluster(tmp_path, routes.configure)
    async with routes.passable():
        try:
            await cluster.start()
            yield cluster
        finally:
            routes.join()
            await cluster.stop()


@pytest.mark.parametrize("partings", [("cut",), ONE_WAY], ids=" and ".join)
async def test_who_leads_is_apart_and_every_word_arrives_once(
    cluster: Cluster, routes: Routes, jars_url: str, banks_url: str, partings: Sequence[Parting]
) -> None:
    async with living(plan(cluster, jars_url, banks_url)) as place:
        await place.put_some(WORDS)
        await place.heard_all()
        for parting in [*partings] * ROUNDS:
            apart = await cluster.where("jars-worker")
            await cluster.lead("JARS", apart)
            await parted(place, cluster, routes, parting, apart)
        await place.fed_all()
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert not place.deaths


async def test_who_follows_hears_or_is_heard_no_more_and_every_word_arrives_once(
    cluster: Cluster, routes: Routes, jars_url: str, banks_url: str
) -> None:
    async with living(plan(cluster, jars_url, banks_url)) as place:
        await place.put_some(WORDS)
        await place.heard_all()
        for parting in ONE_WAY * ROUNDS:
            apart = await cluster.where("jars-worker")
            await cluster.lead("JARS", (apart + 1) % SERVERS)
            await parted(place, cluster, routes, parting, apart)
        await place.fed_all()
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert not place.deaths


async def parted(
    place: Place, cluster: Cluster, routes: Routes, parting: Parting, apart: int
) -> None:
    """The server that the relay talks to is apart for as long as words are said and heard."""
    await cluster.whole("JARS")
    harm = routes.harm
    async with place.loaded():
        await routes.part(parting, apart)
        await place.put_some(WORDS)
        print(parting, "heard while apart after", await place.heard_all())
        assert routes.harm > harm
        routes.join()
        await cluster.whole("JARS")
    print(parting, "joined, heard after", await place.heard_all())


async def test_a_hearer_that_dies_beside_a_parting_resumes_from_its_own_cursor(
    cluster: Cluster, routes: Routes, jars_url: str, banks_url: str
) -> None:
    async with living(plan(cluster, jars_url, banks_url)) as place:
        await died_with_words(place, cluster, routes)
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert not place.deaths


async def test_a_hearer_that_believes_the_bus_is_found_beside_a_parting(
    cluster: Cluster, routes: Routes, jars_url: str, banks_url: str
) -> None:
    async with living(plan(cluster, jars_url, banks_url, ResumesFromAck)) as place:
        for _ in range(TRIES_MAX):  # a consumer that another server leads now gives away anew
            # Where it passes over words it may well stay deaf: that is found, too.
            await died_with_words(place, cluster, routes, deaf_after=DEAF_SECONDS)
            verdict = await place.judged()
            if verdict.violations:
                break
    assert {"heard", "projection"} <= set(verdict.violations), verdict.examples


async def died_with_words(
    place: Place, cluster: Cluster, routes: Routes, *, deaf_after: float | None = None
) -> None:
    """The banks die with words that the bus has given away and that they could not write down.

    Then they must hear all; with `deaf_after` they are waited for so many seconds and no longer.
    """
    await place.put_some(WORDS)
    await place.heard_all()
    await cluster.whole("JARS")
    heard = await place.heard()
    async with place.banks.pool.acquire() as connection, connection.transaction():
        await connection.execute(_HELD)
        await place.put_some(WORDS)
        await place.until(lambda: given(cluster), heard + 1)
        assert await place.heard() == heard
        busy = {await cluster.leader("JARS"), await cluster.leads(*HEARER)}
        await routes.part("mute", min({*range(SERVERS)} - busy))
        await place.stop(place.banks)
    place.start(place.banks)
    await place.put_some(WORDS)
    if deaf_after is None:
        print("started again, heard after", await place.heard_all())
    else:
        with suppress(AssertionError):
            await place.heard_all(deaf_after)
    routes.join()
    await cluster.whole("JARS")
    await place.fed_all()


async def given(cluster: Cluster) -> int:
    """How far the bus has given the banks the words of the jars."""
    return int((await cluster.hearing(*HEARER))["delivered"]["stream_seq"])
