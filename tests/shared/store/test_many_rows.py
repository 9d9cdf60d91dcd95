"""Many rows at once: new ones are copied in, sums travel as text, and both are what they were."""

import random
from datetime import date

import pytest

from shared.eventstore import Transaction
from shared.eventstore.connections import Pool
from shared.eventstore.gathering import Kind, gather
from shared.eventstore.memory import MemoryStore
from shared.eventstore.postgres import PostgresStore
from shared.eventstore.travelling import MANY, array_literal
from shared.eventstore.writing import Copy, queries
from shared.projections import Add, Change, Drop, Fresh, Put, Set, Sums
from shared.testing.store_suite import Tally, appended, chain

COLUMNS = ("region", "year", "projects", "title", "note")
DAY = date(2021, 3, 1)
ODD = [
    "",
    "null",
    "NULL",
    "\\N",
    "\\.",
    'a "b"',
    "\\",
    '\\"',
    "{a,b}",
    "甲",
    "a,b",
    " a ",
    "]",
    "[",
]
KEY = ("region", "year")
ROUNDS = 30
TEXTS = [*ODD, *(one + other for one in ODD for other in ODD)]


def fresh(texts: list[str], *, note: bool = True) -> Fresh:
    rows = [(f"r{n:04}", 2021, n, text, text if n % 2 and note else None)
            for n, text in enumerate(texts)]  # fmt: skip
    return Fresh(Tally, COLUMNS, rows)


async def stored(pool: Pool) -> list[dict[str, object]]:
    async with pool.acquire() as connection:
        rows = await connection.fetch(
            'SELECT region, year, projects, title, note FROM tally ORDER BY region COLLATE "C"'
        )
    return [dict(row) for row in rows]


@pytest.mark.parametrize("more", [[], ["a\nb"], ["\x01", "tab\t"]])
async def test_copied_rows_say_what_was_written(
    postgres_store: PostgresStore, pool: Pool, more: list[str]
) -> None:
    memory = MemoryStore()
    transaction = Transaction(changes=[fresh([*TEXTS, *more])], day=DAY)
    assert any(isinstance(one, Copy) for one in queries(transaction)) is not bool(more)
    for store in (memory, postgres_store):
        await store.commit(transaction)
    assert await stored(pool) == memory.rows(Tally)


@pytest.mark.parametrize("more", [[], ["a\nb"]])
async def test_long_batches_say_what_short_ones_do(
    postgres_store: PostgresStore, pool: Pool, more: list[str]
) -> None:
    memory = MemoryStore()
    puts = [Put(Tally, dict(zip(COLUMNS, row, strict=True))) for row in fresh([*TEXTS, *more]).rows]
    sets = [
        Set(Tally, {name: put.row[name] for name in KEY}, {"title": put.row["note"] or "x"})
        for put in puts
    ]
    for changes in (puts, sets):
        await memory.commit(Transaction(changes=changes))
        await postgres_store.commit(Transaction(changes=changes))
    assert await stored(pool) == memory.rows(Tally)


async def test_a_new_row_that_is_there_stops_everything(
    postgres_store: PostgresStore, pool: Pool
) -> None:
    for many in (1, MANY):
        there = Transaction(changes=[Put(Tally, {"region": "r0000", "year": 2021})])
        again = Transaction(
            appends=[appended(*chain(f"note-{many}", b"1"))],
            changes=[fresh(["x"] * many)],
            day=DAY,
        )
        for store in (MemoryStore(), postgres_store):
            await store.commit(there)
            with pytest.raises(Exception, match=r"r0000|unique"):
                await store.commit(again)
        assert len(await stored(pool)) == 1
        assert not (await postgres_store.load({f"note-{many}": 0})).streams


async def test_sums_are_additions_wherever_they_stand(
    postgres_store: PostgresStore, pool: Pool
) -> None:
    memory = MemoryStore()
    chance = random.Random(653101)  # noqa: S311 - a story that can be told again

    def key() -> dict[str, object]:
        return {"region": chance.choice("abc"), "year": 2021}

    def some() -> Change:
        rows: dict[tuple[object, ...], list[int]] = {
            (chance.choice("abc"), 2021): [chance.randrange(-3, 9)] for _ in range(2)
        }
        changes: list[Change] = (
            [Sums(Tally, ("projects",), rows), Sums(Tally, ("projects",), {}),
             Put(Tally, key() | {"projects": 4}), Set(Tally, key(), {"title": "x"}),
             Add(Tally, key(), {"projects": 1}), Drop(Tally, key())]
        )  # fmt: skip
        return chance.choice(changes)

    for _ in range(ROUNDS):
        transaction = Transaction(changes=[some() for _ in range(chance.randrange(1, 20))])
        await memory.commit(transaction)
        await postgres_store.commit(transaction)
        assert await stored(pool) == memory.rows(Tally)


async def test_what_was_written_down_before_is_what_is_committed(
    postgres_store: PostgresStore, pool: Pool
) -> None:
    ready = postgres_store.written(Transaction(changes=[fresh(["x"] * MANY)], day=DAY))
    assert not ready.changes, "its rows are in the statements, and need not be kept twice"
    await postgres_store.commit(ready)
    assert len(await stored(pool)) == MANY


def test_many_sums_are_one_batch() -> None:
    days: dict[tuple[object, ...], list[int]] = {(f"r{n % 10}", 2021): [n] for n in range(50)}
    [[batch]] = gather([Sums(Tally, ("projects",), days)] * 3)
    assert (batch.kind, len(batch.rows)) == (Kind.ADD, 10)
    assert batch.rows[0] == ("r0", 2021, 120, "", None)


def test_an_array_is_written_only_where_it_reads_back() -> None:
    assert array_literal(["a", None, 'b"', "\\"]) == '{"a",null,"b\\"","\\\\"}'
    assert array_literal(["a\nb"]) is None
