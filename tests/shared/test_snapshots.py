"""Snapshots are taken of long streams, and believed of the very shape that states have now."""

from dataclasses import dataclass, make_dataclass, replace

import pytest

from shared.aggregates import Aggregates
from shared.eventstore import Snapshot, Transaction
from shared.eventstore.codec import encode_state
from shared.eventstore.memory import MemoryStore
from shared.handling import Handling
from shared.snapshots import SnapshotForm
from tests.shared.counters import (
    Jar,
    JarEmpty,
    PutCoins,
    TakeCoins,
    ask,
    jar_decider,
    publish,
    silent,
)

EVERY = 10


@dataclass(frozen=True, slots=True)
class Shard:
    """What is no jar."""

    unit_code: str | None = None
    coins: int = 0


def form(**changes: object) -> SnapshotForm:
    """The form of a jar's snapshots, with something else about the jar."""
    found = SnapshotForm.of(replace(jar_decider, **changes))  # type: ignore[arg-type]
    assert found is not None
    return found


def test_the_shape_of_the_states_and_the_meaning_of_the_facts_make_the_schema() -> None:
    fuller = make_dataclass("Jar", [("unit_code", str | None), ("coins", int), ("lid", str)])
    schemas = {
        form().schema,
        form(snapshot_of=fuller).schema,
        form(snapshot_of=Shard).schema,
        form(snapshot_version=2).schema,
    }
    assert len(schemas) == 4
    assert form().schema == form(snapshot_every=7).schema
    assert all(0 <= schema < 2**31 for schema in schemas)


def test_one_is_due_when_a_stream_passes_a_round_number() -> None:
    jar = Jar(coins=3)
    taken = [v for v in range(1, 31) if form().taken(v - 1, v, jar) is not None]
    assert taken == [EVERY, 2 * EVERY, 3 * EVERY]
    assert form().taken(EVERY - 1, EVERY + 5, jar) == encode_state(jar)
    assert form().taken(EVERY - 1, EVERY, Shard()) is None
    assert SnapshotForm.of(replace(jar_decider, snapshot_every=None)) is None


@pytest.mark.parametrize(
    ("told", "believed"),
    [({}, True), ({"snapshot_version": 2}, False), ({"snapshot_every": None}, False)],
    ids=["the same", "the facts mean something else", "none are taken any more"],
)
async def test_a_snapshot_of_another_release_is_passed_over(
    told: dict[str, object], *, believed: bool
) -> None:
    store = MemoryStore()
    for _ in range(2 * EVERY + 5):
        await _handling(store).handle(ask(PutCoins(jar_id="a", coins=1)))
    last = (await store.load({"jar-a": 0})).streams["jar-a"].snapshot
    assert last is not None
    wrong = encode_state(Jar(unit_code="u1", coins=999))
    version = last.version + 1
    [after] = [
        one
        for one in (await store.load({"jar-a": 0}, snapshots=False)).streams["jar-a"].events
        if one.version == version
    ]
    kept = Snapshot("jar-a", version, form().schema, after.hash, wrong)
    await store.commit(Transaction(snapshots=[kept]))
    taking = _handling(store, **told).handle(ask(TakeCoins(jar_id="a", coins=900)))
    if believed:
        await taking
    else:
        with pytest.raises(JarEmpty):
            await taking


def _handling(store: MemoryStore, **changes: object) -> Handling:
    """A process that has seen nothing yet."""
    decider = replace(jar_decider, **changes)  # type: ignore[arg-type]
    aggregates = Aggregates(deciders=[decider], projections=(), publish=publish, schedule=silent)
    return Handling(aggregates, store)
