"""Three servers keep the feeds, and one of them loses sight of the others (P9).

Clients reach all three all the while, and the one that is apart is the worst: it leads the feed,
and the relay talks to it. `CLUSTER_WORDS` and `CLUSTER_ROUNDS` make it longer.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chaos.cluster import Cluster
from tests.chaos.living import living
from tests.chaos.routes import Routes
from tests.chaos.test_three_nodes import ROUNDS, WORDS, plan


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
            await cluster.stop()


async def test_one_server_is_parted_from_two_and_every_word_arrives_once(
    cluster: Cluster, routes: Routes, jars_url: str, banks_url: str
) -> None:
    async with living(plan(cluster, jars_url, banks_url)) as place:
        await place.put_some(WORDS)
        await place.heard_all()
        for _ in range(ROUNDS):
            await cluster.whole("JARS")
            apart = await cluster.where("jars-worker")
            await cluster.lead("JARS", apart)
            async with place.loaded():
                await routes.part(apart)
                await place.put_some(WORDS)
                print("heard while apart after", await place.heard_all())
                routes.join()
                await cluster.whole("JARS")
            print("joined, heard after", await place.heard_all())
        assert routes.harm > 0
        await place.fed_all()
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert not place.deaths
