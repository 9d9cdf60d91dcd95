"""What a later read model folds of the ledger, and what it does not even decode."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from shared.ledger_reader import LedgerReader
from shared.messages import AnyRecorded
from shared.projections import Add, Change
from tests.shared.banks import Totals, jars, totals
from tests.shared.counters import CoinsPut, CoinsTaken
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
