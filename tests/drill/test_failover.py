"""The primary is lost and its standby takes over: nothing that was acknowledged goes (P21)."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from shared.eventstore import connections
from shared.eventstore.postgres import PostgresStore
from shared.relay import FeedAhead
from tests.alive import eventually
from tests.chaos.town import Plan, Town
from tests.drill.load import Load, loaded, town_on
from tests.drill.standby import SECONDS_MAX, Pair, paired

BEFORE: Final = 30
AFTER: Final = 20
UNANSWERED: Final = 2
CALL_SECONDS: Final = 4
WAITING: Final = "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
NOBODY: Final = "somebody_else"
MORE: Final = int(os.environ.get("FAILOVERS", "2"))
"""How often the primary is lost under load; more of it is `FAILOVERS=50 pytest --timeout=0`."""


class Unassured(PostgresStore):
    """P21: takes for safe what it can read."""

    async def assure(self) -> None:
        """There it is, so all is well."""


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Two servers of our own, because one is lost."""
    with paired() as servers:
        yield servers


async def test_nothing_acknowledged_is_lost_or_doubled_by_a_failover(
    pair: Pair, tmp_path: Path
) -> None:
    async with town_on(pair, tmp_path) as place:
        async with loaded(place) as load:
            for round_ in range(MORE):
                await load.until(BEFORE)
                waits = round_ % 2 == 1
                await asyncio.to_thread(lose_while_waiting if waits else lose, pair)
                await asyncio.to_thread(pair.take_over)
                # The new one waits for a standby as the old one did: for a new one.
                await asyncio.to_thread(pair.follow)
                await load.until(AFTER)
        await load.ask_again(load.answers)
        await place.rest()
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert verdict.seen["ok"] == len(load.answers) == load.asked
    assert place.journal.counts["info"] > 0, "nobody noticed the failover"
    assert len(place.bus.feeds["jars"].words) == load.asked
    unknown = place.journal.counts["info"]
    told = f"{MORE} failovers, {load.asked:,} commands, {unknown:,} times asked again"
    print(told)  # noqa: T201 - a figure for `pytest -rP`


async def test_without_waiting_for_the_standby_the_judge_finds_what_is_lost(
    pair: Pair, tmp_path: Path
) -> None:
    pair.primary.run_sql("ALTER ROLE postgres SET synchronous_commit = off")
    async with town_on(pair, tmp_path) as place:
        await asyncio.to_thread(pair.caught_up)
        async with loaded(place) as load:
            await load.until(BEFORE)
            pair.cut_standby()
            await load.until(BEFORE)
            await asyncio.to_thread(fail_over, pair)
            pair.expect("")
            await load.until(AFTER)
        verdict = await settled(place)
    assert "lost" in verdict, verdict


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_commit_that_waits_while_the_primary_dies_has_one_effect(
    pair: Pair, tmp_path: Path, *, arrived: bool
) -> None:
    async with town_on(pair, tmp_path) as place:
        load = Load(place)
        await load.put(1)
        if arrived:
            pair.expect(NOBODY)  # the standby follows, and another one is waited for
        else:
            pair.cut_standby()
        asking = asyncio.create_task(load.put(2))
        await asyncio.to_thread(pair.wait_until, WAITING, "t")
        if arrived:
            await asyncio.to_thread(pair.caught_up)
        assert not asking.done()
        await asyncio.to_thread(fail_over, pair)
        there = int(pair.primary.run_sql("SELECT count(*) FROM es.command", "jars"))
        assert there == (2 if arrived else 1)
        pair.expect("")
        await asking
        await load.ask_again((1, 2))
        verdict = await settled(place)
    assert not verdict, verdict
    assert place.journal.counts["info"] > 0


@pytest.mark.parametrize("sabotaged", [False, True])
async def test_what_the_standby_does_not_have_is_neither_acknowledged_nor_said(
    pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, sabotaged: bool
) -> None:
    """A commit that waited in vain can be read afterwards; asking again must not make it true."""
    monkeypatch.setattr(connections, "CALL_SECONDS_MAX", CALL_SECONDS)
    plan = Plan(jars_store=Unassured) if sabotaged else Plan()
    async with town_on(pair, tmp_path, plan) as place:
        load = Load(place)
        await load.put(1)
        await place.rest()
        pair.cut_standby()
        asking = asyncio.create_task(load.put(2))

        async def asked_enough() -> bool:
            return place.journal.counts["info"] >= UNANSWERED or asking.done()

        await eventually(asked_enough, SECONDS_MAX)
        assert asking.done() == sabotaged
        with pytest.raises(TimeoutError):
            await place.jars.number()

        async def readable() -> bool:
            return (await place.jars.store.head()).number == 2

        await eventually(readable, SECONDS_MAX)
        if sabotaged:
            await place.relay().publish_next()
        else:
            with pytest.raises(TimeoutError):
                await place.relay().publish_next()
        await asyncio.to_thread(fail_over, pair)
        pair.expect("")
        await asking
        if sabotaged:
            with pytest.raises(FeedAhead):
                await place.relay().publish_next()
        verdict = set() if sabotaged else await settled(place)
        lost = "lost" in (await place.judged()).violations
    assert not verdict, verdict
    assert lost == sabotaged


def lose(pair: Pair) -> None:
    """In the middle of everything."""
    pair.lose_primary()


def lose_while_waiting(pair: Pair) -> None:
    """With commits of every client under way to a standby that has not got them."""
    pair.cut_standby()
    pair.wait_until(WAITING, "t")
    pair.lose_primary()
    pair.lose_what_is_under_way()


def fail_over(pair: Pair) -> None:
    """The primary is lost, and whatever the standby has not on its disk goes with it."""
    pair.lose_primary()
    pair.lose_what_is_under_way()
    pair.take_over()


async def settled(place: Town) -> set[str]:
    """What the judge finds once everything has come to rest, as far as it may."""
    with suppress(FeedAhead):
        await place.rest()
    return set((await place.judged()).violations)
