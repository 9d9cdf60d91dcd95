"""Three servers keep the feeds: whichever dies, is emptied or is alone, every word arrives once.

`CLUSTER_WORDS` and `CLUSTER_ROUNDS` make it longer.
"""

import os
import shutil
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from random import Random
from typing import Final

import pytest

from shared.bus import Unanswered
from shared.bus.jetstream import JetStreamBus
from shared.bus.provision import plan as planned
from shared.bus.provision import provision, replicated
from shared.eventstore import SaidWord
from tests.chaos.cluster import SERVERS, Cluster
from tests.chaos.faults import flip
from tests.chaos.living import Living, living

WORDS: Final = int(os.environ.get("CLUSTER_WORDS", "200"))
ROUNDS: Final = int(os.environ.get("CLUSTER_ROUNDS", "1"))


@pytest.fixture
async def cluster(tmp_path: Path) -> AsyncIterator[Cluster]:
    """Three servers, gone afterwards."""
    cluster = Cluster(tmp_path)
    try:
        await cluster.start()
        yield cluster
    finally:
        await cluster.stop()


def plan(
    cluster: Cluster, jars_url: str, banks_url: str, bus: type[JetStreamBus] = JetStreamBus
) -> Living:
    """Both services, with every feed on three servers."""
    return Living(
        jars_url=jars_url, banks_url=banks_url, feeds=cluster.urls, address=cluster.address,
        replicas=SERVERS, bus=bus,
    )  # fmt: skip


async def test_leaders_die_and_a_disk_is_lost_and_every_word_arrives_once(
    cluster: Cluster, jars_url: str, banks_url: str
) -> None:
    async with living(plan(cluster, jars_url, banks_url)) as place:
        await place.put_some(WORDS)
        await place.heard_all()
        assert (await cluster.info("JARS"))["config"]["num_replicas"] == SERVERS
        for _ in range(ROUNDS):
            async with place.loaded():
                first = await cluster.leader("JARS")
                cluster.kill(first)
                await place.put_some(WORDS)
                print("leader killed, heard after", await place.heard_all())
                await cluster.start([first])
                await cluster.whole("JARS")
                second = await cluster.leader("JARS")
                cluster.kill(second)
                cluster.wipe(second)
                await place.put_some(WORDS)
                print("leader lost with its disk, heard after", await place.heard_all())
                await cluster.start([second])
                await cluster.whole("JARS")
        await place.fed_all()
        await place.heard_all()
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert verdict.seen["messages"] >= WORDS * (1 + 2 * ROUNDS)
    assert not place.deaths


async def test_one_of_three_acknowledges_nothing_and_all_goes_on_with_two(
    cluster: Cluster, jars_url: str, banks_url: str
) -> None:
    answered, unanswered = [0], [0]

    class Noted(JetStreamBus):
        """Notes how each batch ended, and each look that came to nothing."""

        async def last_number(self, producer: str) -> int:
            try:
                return await super().last_number(producer)
            except Unanswered:
                unanswered.append(0)
                raise

        async def publish(self, producer: str, words: Sequence[SaidWord]) -> int:
            try:
                last = await super().publish(producer, words)
            except Unanswered:
                unanswered.append(words[-1].number)
                raise
            answered.append(last)
            return last

    async with living(plan(cluster, jars_url, banks_url, Noted)) as place:
        for _ in range(ROUNDS):
            await place.put_some(WORDS)
            await place.heard_all()
            ended, tries = await place.heard(), len(unanswered)
            leader = await cluster.leader("JARS")
            dead = [number for number in range(SERVERS) if number != leader]
            cluster.kill(*dead)
            await place.put_some(WORDS)
            assert await place.said() == ended + WORDS
            await place.until(lambda: _counted(unanswered), tries + 1)
            assert answered[-1] == await place.heard() == ended
            await cluster.start(dead[:1])
            print("quorum back, heard after", await place.heard_all())
            await cluster.start(dead[1:])
            await cluster.whole("JARS")
        await place.fed_all()
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert not place.deaths


async def test_a_feed_that_is_lost_while_one_server_is_dead_is_made_again(
    cluster: Cluster, jars_url: str, banks_url: str
) -> None:
    async with living(plan(cluster, jars_url, banks_url)) as place:
        await place.put_some(WORDS)
        await place.heard_all()
        dead = (await cluster.leader("JARS") + 1) % SERVERS
        cluster.kill(dead)
        await cluster.delete("JARS")
        await place.put_some(WORDS)
        print("made again with two, heard after", await place.heard_all())
        await cluster.start([dead])
        await cluster.whole("JARS")
        assert (await cluster.info("JARS"))["config"]["num_replicas"] == SERVERS
        await place.fed_all()
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert not place.deaths


async def _counted(found: Sequence[int]) -> int:
    return len(found)


@pytest.mark.parametrize("harm", ["older", "rotten"])
async def test_an_older_or_rotten_disk_of_one_server_is_never_a_row(
    cluster: Cluster, jars_url: str, banks_url: str, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the one that leads, which the others must not follow; the banks hear all of it anew."""
    monkeypatch.setattr("shared.reconciler.RECENT_SECONDS", 0.5)
    chance = Random(harm)  # noqa: S311 - a replayable choice
    async with living(plan(cluster, jars_url, banks_url)) as place:
        await place.put_some(WORDS)
        await place.heard_all()
        await place.stop(place.banks)
        victim = await cluster.leader("JARS")
        data = cluster.nodes[victim].folder / "data"
        copy = data.with_name("copy")
        cluster.kill(victim)
        shutil.copytree(data, copy)
        await cluster.start([victim])
        await cluster.whole("JARS")
        await place.put_some(WORDS)
        await place.fed_all()
        cluster.kill(victim)
        if harm == "rotten":
            flip(data, chance)
        else:
            shutil.rmtree(data)
            shutil.copytree(copy, data)
        async with place.loaded():
            await cluster.start([victim])
            place.start(place.banks)
            await cluster.whole("JARS")
        print(harm, "heard after", await place.heard_all())
        await place.until(place.fed_soundly, await place.said())
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert not place.deaths


@pytest.mark.real
async def test_feeds_of_one_server_are_brought_to_three(cluster: Cluster) -> None:
    provisioner = cluster.address("provisioner")
    made = await provision(provisioner, planned())
    assert made == len(planned()["streams"]) + len(planned()["consumers"])  # type: ignore[arg-type]
    bus = await JetStreamBus.connect(cluster.address("targets"))
    try:
        three = replicated(planned(), SERVERS)
        assert await provision(provisioner, three) == made
        await cluster.whole("TARGETS")
        info = await cluster.info("TARGETS")
        assert info["config"]["num_replicas"] == SERVERS
        assert info["config"]["first_seq"] == 1
        assert await bus.last_number("targets") == 0
        assert await provision(provisioner, three) == 0
    finally:
        await bus.close()
