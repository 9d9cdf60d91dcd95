"""What a later read model folds of the ledger, and what it does not even decode, or cannot."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from shared.aggregates import Aggregates
from shared.eventstore.codec import UnknownEvent
from shared.handling import Handling
from shared.ledger_reader import LedgerReader, ReaderStopped
from shared.messages import AnyRecorded
from shared.projections import Add, Change
from tests.shared.banks import Totals, jars, totals
from tests.shared.counters import (
    CoinsPut,
    CoinsTaken,
    PutCoins,
    ask,
    jar_decider,
    publish,
    silent,
)
from tests.shared.worlds import Memory, put

SEEN: list[object] = []


def seen(recorded: AnyRecorded) -> Iterable[Change]:
    """Everything that this fold is shown."""
    SEEN.append(type(recorded.event))
    yield Add(Totals, {"unit": recorded.id}, {"coins": 1})


async def folded(facts: frozenset[type]) -> tuple[Any, int | None]:
    """The rows of a jar that was opened, filled and filled again, and where the reader is."""
    SEEN.clear()
    world = Memory(jars)
    await put(world.worker, [("a", 2), ("a", 3)])
    await world.store.sequence(10_000)
    reader = LedgerReader(world.worker.desk, replace(totals, project=seen, facts=facts))
    while await reader.step():
        pass
    return world.store.rows(Totals), reader.cursor


async def test_a_reader_that_names_its_facts_is_shown_those_alone() -> None:
    rows, cursor = await folded(frozenset({CoinsPut}))
    assert set(SEEN) == {CoinsPut}
    assert (len(SEEN), cursor) == (2, 2)
    assert [row["coins"] for row in rows] == [2]


async def test_a_reader_goes_on_past_what_it_does_not_fold() -> None:
    rows, cursor = await folded(frozenset({CoinsTaken}))
    assert (SEEN, rows, cursor) == ([], [], 2)


async def test_a_reader_that_names_none_is_shown_all() -> None:
    _, cursor = await folded(frozenset())
    assert (len(SEEN), cursor) == (2, 2)


async def later_release(world: Memory) -> None:
    """Puts coins in, and means something else by it."""
    decider = replace(
        jar_decider, versions={"CoinsPut": 2}, upcasters={("CoinsPut", 1): lambda data: data}
    )
    aggregates = Aggregates(deciders=[decider], projections=(), publish=publish, schedule=silent)
    await Handling(aggregates, world.store).handle(ask(PutCoins(jar_id="a", coins=50)))
    await world.store.sequence(10_000)


async def test_what_a_later_release_wrote_is_set_aside_and_nothing_behind_it_is_folded() -> None:
    world = Memory(jars)
    await world.say(1)
    await later_release(world)
    await world.say(7, jar="b")
    reader = LedgerReader(world.worker.desk, totals)
    while await reader.step():
        pass
    assert world.store.rows(Totals) == [{"unit": "u1", "coins": 8, "events": 2}]
    assert [(one.number, one.subject) for one in world.store.parked] == [(2, "jar-a")]
    assert "CoinsPut v2" in world.store.parked[0].reason


async def test_what_a_later_release_wrote_stops_a_reader_of_money() -> None:
    world = Memory(jars)
    await world.say(1)
    await later_release(world)
    await world.say(7, jar="b")
    reader = LedgerReader(world.worker.desk, replace(totals, money=True))
    for _ in range(2):
        with pytest.raises(ReaderStopped, match=r"position 2: .*CoinsPut v2"):
            await reader.step()
    assert (reader.cursor, world.store.parked) == (1, [])
    assert world.store.rows(Totals) == [{"unit": "u1", "coins": 1, "events": 1}]


async def test_nobody_decides_on_what_a_later_release_wrote() -> None:
    world = Memory(jars)
    await world.say(1)
    await later_release(world)
    fresh = Memory(jars, store=world.store).worker.desk.handling
    with pytest.raises(UnknownEvent, match=r"^CoinsPut v2$"):
        await fresh.handle(ask(PutCoins(jar_id="a", coins=2)))
    found = (await world.store.load({"jar-a": 0})).streams["jar-a"]
    assert found.events[-1].version == 2
    await fresh.handle(ask(PutCoins(jar_id="b", coins=2)))
