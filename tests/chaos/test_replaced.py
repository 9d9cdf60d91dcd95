"""A machine of the bus is lost for good, and an empty one of another name replaces it (P9).

`CLUSTER_WORDS` makes it longer.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from shared.bus.connection import Refused
from shared.bus.removal import NOT_A_MEMBER, remove
from tests.chaos.cluster import SERVERS, Cluster, open_to_all
from tests.chaos.living import Place, living
from tests.chaos.test_three_nodes import WORDS, plan

OPERATOR: Final = "operator"
_ACCOUNTS: Final = """
accounts {
  ALL { jetstream: enabled, users: [{ user: all, password: all }] }
  SYS { users: [{ user: operator, password: operator }] }
}
system_account: SYS
no_auth_user: all
"""


def operated(number: int, routes: Sequence[int]) -> str:
    """Open to all, with one who operates it."""
    return open_to_all(number, routes) + _ACCOUNTS


@pytest.fixture
async def cluster(tmp_path: Path) -> AsyncIterator[Cluster]:
    """Three servers, gone afterwards."""
    cluster = Cluster(tmp_path, operated)
    try:
        await cluster.start()
        yield cluster
    finally:
        await cluster.stop()


async def test_a_lost_machine_is_told_and_one_of_another_name_takes_its_place(
    cluster: Cluster, jars_url: str, banks_url: str
) -> None:
    async with living(plan(cluster, jars_url, banks_url)) as place:
        await place.put_some(WORDS)
        await place.heard_all()
        lost = await cluster.leader("JARS")
        cluster.kill(lost)
        cluster.wipe(lost)
        async with place.loaded():
            print("told after", await place.until(lambda: missing(place), 1))
            await take_out(cluster, lost)
            await place.until(lambda: unkept(cluster), 1)
            assert (await cluster.info("JARS"))["config"]["num_replicas"] == SERVERS
            assert await missing(place) == 1
            new = await cluster.another()
            kept = await cluster.whole("JARS")
            print("well after", await place.until(lambda: kept_again(place), 0))
        assert kept == {*range(SERVERS), new} - {lost}
        await place.heard_all()
        # With two of three a feed goes on: so it does without another one of those who had it.
        cluster.kill((lost + 1) % SERVERS)
        await place.put_some(WORDS)
        print("another one killed, heard after", await place.heard_all())
        await place.fed_all()
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert not place.deaths


async def take_out(cluster: Cluster, lost: int) -> None:
    """As the operator does; a second time there is none of that name."""
    operator = replace(cluster.address(OPERATOR), user=OPERATOR, password=OPERATOR)
    await remove(operator, f"n{lost}")
    with pytest.raises(Refused) as refused:
        await remove(operator, f"n{lost}")
    assert refused.value.code == NOT_A_MEMBER


async def missing(place: Place) -> int:
    """What the heartbeat of the jars says."""
    query = "SELECT position FROM es.cursor WHERE name = 'worker:replicas_missing'"
    return await place.value(place.jars, query)


async def unkept(cluster: Cluster) -> int:
    """How many servers fewer have the feed than its settings say."""
    told = await cluster.info("JARS")
    others: Sequence[object] = told["cluster"].get("replicas", ())
    return int(told["config"]["num_replicas"]) - 1 - len(others)


async def kept_again(place: Place) -> int:
    """Nothing, when nothing is missing."""
    return -await missing(place)
