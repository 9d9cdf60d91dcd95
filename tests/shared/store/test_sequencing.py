"""Numbers are dense, follow cause, and skip nothing, whatever order transactions commit in."""

import asyncio
import random
from collections.abc import Sequence

import pytest

from shared.eventstore import LedgerEntry, StoredEvent, VersionConflict
from shared.eventstore.appending import APPEND, append_arguments
from shared.eventstore.connections import Pool
from shared.eventstore.hashes import word_hash
from shared.eventstore.merkle import extend, root
from shared.eventstore.postgres import PostgresStore
from shared.testing.store_suite import appended, chain, only

WRITERS = 8
COMMANDS = 40
STREAMS = 5


async def everything(store: PostgresStore) -> Sequence[LedgerEntry]:
    while (await store.sequence()).taken:
        pass
    return await store.read_ledger(0, 100_000)


async def test_a_slow_transaction_is_numbered_later_and_never_skipped(
    postgres_store: PostgresStore, pool: Pool
) -> None:
    slow = appended(*chain("note-slow", b"1", b"2"), words=(b"slow",))
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute(APPEND, *append_arguments([slow], []))
        await postgres_store.commit(only(appended(*chain("note-fast", b"1"), words=(b"fast",))))
        assert (await postgres_store.sequence()).head.position == 1
        await transaction.commit()
    ledger = await everything(postgres_store)
    assert [(entry.position, entry.event.stream) for entry in ledger] == [
        (1, "note-fast"),
        (2, "note-slow"),
        (3, "note-slow"),
    ]
    words = await postgres_store.read_words(0, 10)
    assert [(word.number, word.body) for word in words] == [(1, b"fast"), (2, b"slow")]


async def test_a_transaction_that_fails_leaves_no_hole(
    postgres_store: PostgresStore, pool: Pool
) -> None:
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute(APPEND, *append_arguments([appended(*chain("note-1", b"1"))], []))
        await transaction.rollback()
    await postgres_store.commit(only(appended(*chain("note-2", b"1"))))
    assert [entry.position for entry in await everything(postgres_store)] == [1]


async def write(store: PostgresStore, pool: Pool, seed: int) -> list[StoredEvent]:
    """Read a hot stream, think, write it together with a stream of one's own; some are slow."""
    chance = random.Random(seed)  # noqa: S311 - a story that can be told again
    written: list[StoredEvent] = []
    for n in range(COMMANDS):
        stream = f"note-hot{chance.randrange(STREAMS)}"
        found = (await store.load({stream: 0})).streams.get(stream)
        last = found.events[-1] if found else None
        cause = b"" if last is None else last.event_id.bytes
        events = [
            *chain(stream, b"%d/%d" % (seed, n), after=last),
            *chain(f"note-own{seed}-{n}", cause),
        ]
        try:
            if chance.random() < 0.1:
                await _slowly(pool, events, chance.random() / 20)
            else:
                await store.commit(only(appended(*events, words=(events[0].body,))))
        except VersionConflict:
            continue
        written += events
    return written


async def _slowly(pool: Pool, events: list[StoredEvent], seconds: float) -> None:
    append = appended(*events, words=(events[0].body,))
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        try:
            await connection.execute(APPEND, *append_arguments([append], []))
        except Exception as lost:
            await transaction.rollback()
            raise VersionConflict from lost
        await asyncio.sleep(seconds)
        await transaction.commit()


async def number(store: PostgresStore, stop: asyncio.Event) -> None:
    while not stop.is_set():
        await store.sequence(appends_max=7)
        await asyncio.sleep(0.001)


async def test_two_sequencers_and_many_writers_make_one_dense_ledger(
    postgres_store: PostgresStore, pool: Pool
) -> None:
    stop = asyncio.Event()
    sequencers = [asyncio.create_task(number(postgres_store, stop)) for _ in range(2)]
    written = await asyncio.gather(*(write(postgres_store, pool, n) for n in range(WRITERS)))
    stop.set()
    await asyncio.gather(*sequencers)
    ledger = await everything(postgres_store)

    accepted = {event.event_id for events in written for event in events}
    assert len(accepted) > WRITERS * COMMANDS / 10
    assert [entry.position for entry in ledger] == list(range(1, len(ledger) + 1))
    assert len(ledger) == len(accepted)
    assert {entry.event.event_id for entry in ledger} == accepted

    place = {entry.event.event_id.bytes: entry.position for entry in ledger}
    versions: dict[str, int] = {}
    for entry in ledger:
        event = entry.event
        assert event.version == versions.get(event.stream, 0) + 1
        versions[event.stream] = event.version
        if event.stream.startswith("note-own"):
            assert place[event.body] < entry.position if event.body else True
            assert ledger[entry.position - 2].event.body.startswith(event.stream[8:9].encode())

    words = await postgres_store.read_words(0, 100_000)
    assert [word.number for word in words] == list(range(1, len(ledger) // 2 + 1))
    async with pool.acquire() as connection:
        [(size, frontier, said, word_frontier)] = await connection.fetch(
            "SELECT size, frontier, words, word_frontier FROM es.head"
        )
    assert (size, said) == (len(ledger), len(words))
    assert root(frontier) == root(extend((), 0, [entry.event.hash for entry in ledger]))
    assert root(word_frontier) == root(extend((), 0, [word_hash(word.body) for word in words]))


async def test_every_thousandth_frontier_is_kept(postgres_store: PostgresStore, pool: Pool) -> None:
    appends = [
        appended(*chain(f"note-{n}", *[b"%d" % m for m in range(300)]), words=(b"w",))
        for n in range(8)
    ]
    await postgres_store.commit(only(*appends))
    ledger = await everything(postgres_store)
    async with pool.acquire() as connection:
        kept = await connection.fetch("SELECT kind, size, frontier FROM es.root_at ORDER BY size")
    assert [(kind, size) for kind, size, _ in kept] == [("ledger", 1000), ("ledger", 2000)]
    for _, size, frontier in kept:
        assert tuple(frontier) == extend((), 0, [entry.event.hash for entry in ledger[:size]])


async def test_a_round_is_bounded_by_rows_too(postgres_store: PostgresStore, pool: Pool) -> None:
    appends = [appended(*chain(f"note-{n}", b"1", b"2", b"3")) for n in range(10)]
    await postgres_store.commit(only(*appends))
    async with pool.acquire() as connection:
        taken = await connection.fetchval("SELECT taken FROM es.sequence_batch(500, 7)")
    assert taken == 3
    assert (await postgres_store.head()).position == 9


async def test_a_cancelled_commit_is_finished_all_the_same(
    postgres_store: PostgresStore, pool: Pool
) -> None:
    """The caller does not know what happened; the key tells it, and no connection hangs."""
    for n in range(20):
        transaction = only(appended(*chain(f"note-{n}", b"1")), keys=(f"k{n}",))
        work = asyncio.create_task(postgres_store.commit(transaction))
        await asyncio.sleep(n / 10_000)
        work.cancel()
        await asyncio.wait([work])
    await postgres_store.settle()
    loaded = await postgres_store.load(
        {f"note-{n}": 0 for n in range(20)}, [f"k{n}" for n in range(20)]
    )
    assert {key[1:] for key in loaded.records} == {name[5:] for name in loaded.streams}
    async with pool.acquire() as connection:
        hanging = await connection.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
        )
    assert hanging == 0


async def test_a_pool_survives_a_server_that_ends_its_connections(
    postgres_store: PostgresStore, pool: Pool
) -> None:
    await postgres_store.commit(only(appended(*chain("note-1", b"1"))))
    async with pool.acquire() as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert (await postgres_store.load({"note-1": 0})).streams
    with pytest.raises(VersionConflict):
        await postgres_store.commit(only(appended(*chain("note-1", b"again"))))
