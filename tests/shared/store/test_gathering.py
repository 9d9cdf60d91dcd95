"""Changes gathered into a few statements do what they would have done one after another."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import asyncpg
import pytest
from sqlalchemy import ARRAY, BigInteger, Column, DateTime, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import Field, select

from shared import past
from shared.eventstore import Transaction
from shared.eventstore.connections import Pool
from shared.eventstore.gathering import Kind, gather
from shared.eventstore.memory import MemoryStore
from shared.eventstore.postgres import PostgresStore
from shared.projections import Add, Change, Drop, Put, Set
from shared.tables import service_table
from shared.testing.store_suite import Tally, appended, chain

KEY = {"region": "653100", "year": 2021}
OTHER = {"region": "653101", "year": 2021}
ROUNDS = 40
CHANGES = 30


class Light(StrEnum):
    GREEN = "green"
    RED = "red"


class Everything(service_table("gathering"), table=True):  # type: ignore[misc,call-arg]
    """One column of every kind that read models have."""

    __tablename__ = "everything"

    id: str = Field(primary_key=True)
    light: Light = Light.GREEN
    amount_fen: int = Field(default=0, sa_type=BigInteger)
    share: Decimal = Field(default=Decimal(0), max_digits=12, decimal_places=4)
    due_on: date | None = None
    seen_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    open: bool = True
    details: dict[str, object] = Field(default_factory=dict, sa_column=Column(JSONB))
    items: list[object] | None = Field(default=None, sa_column=Column(JSONB))
    tags: list[str] = Field(default_factory=list, sa_column=Column(ARRAY(String)))


def kinds(*changes: Change) -> list[list[Kind]]:
    return [[batch.kind for batch in batches] for batches in gather(changes)]


def test_changes_of_one_row_become_one() -> None:
    [[batch]] = gather(
        [
            Put(Tally, KEY | {"projects": 1}),
            Set(Tally, KEY, {"title": "old"}),
            Set(Tally, KEY, {"title": "new"}),
            Add(Tally, KEY, {"projects": 2}),
        ]
    )
    assert batch.kind is Kind.PUT
    assert batch.rows == [("653100", 2021, 3, "new", None)]


def test_additions_to_one_counter_are_summed() -> None:
    [[batch]] = gather([Add(Tally, KEY, {"projects": n}) for n in range(5)])
    assert batch.kind is Kind.ADD
    assert batch.columns == ("projects",)
    assert batch.rows == [("653100", 2021, 10, "", None)]


def test_rows_are_sorted_and_what_frees_comes_first() -> None:
    [batches] = gather([Put(Tally, OTHER), Put(Tally, KEY), Drop(Tally, KEY | {"year": 2020})])
    assert [batch.kind for batch in batches] == [Kind.DROP, Kind.PUT]
    assert [row[0] for row in batches[1].rows] == ["653100", "653101"]


def test_a_dropped_row_that_comes_back_starts_anew() -> None:
    put, drop = Put(Tally, KEY), Drop(Tally, KEY)
    assert kinds(put, drop, Add(Tally, KEY, {"projects": 1})) == [[Kind.PUT]]
    assert kinds(put, drop, Set(Tally, KEY, {"title": "x"})) == [[Kind.DROP]]


def test_what_cannot_be_merged_waits_for_the_next_round() -> None:
    set_, add = Set(Tally, KEY, {"title": "x"}), Add(Tally, KEY, {"projects": 1})
    assert kinds(set_, add, Put(Tally, OTHER)) == [[Kind.PUT, Kind.SET], [Kind.ADD]]


def test_an_unknown_column_is_an_error_at_once() -> None:
    with pytest.raises(ValueError, match="no column porjects"):
        gather([Put(Tally, KEY | {"porjects": 1})])


def any_change(chance: random.Random) -> Change:
    key = {"region": chance.choice("abc"), "year": 2021}
    text = chance.choice(["one", "two"])
    changes: list[Change] = [
        Put(Tally, key | {"projects": chance.randrange(9), "title": text}),
        Put(Tally, key),
        Set(Tally, key, {"title": text}),
        Set(Tally, key, {"note": text, "projects": 5}),
        Add(Tally, key, {"projects": chance.randrange(-3, 9)}),
        Drop(Tally, key),
    ]
    return chance.choice(changes)


async def test_gathered_is_the_same_as_one_after_another(
    postgres_store: PostgresStore, pool: Pool
) -> None:
    memory = MemoryStore()
    chance = random.Random(653100)  # noqa: S311 - a story that can be told again
    for turn in range(ROUNDS):
        changes = [any_change(chance) for _ in range(chance.randrange(1, CHANGES))]
        appends = [appended(*chain(f"note-{turn}", b"1"))] if turn % 2 else []
        transaction = Transaction(appends=appends, changes=changes)
        await memory.commit(transaction)
        await postgres_store.commit(transaction)
        async with pool.acquire() as connection:
            rows = await connection.fetch(
                "SELECT region, year, projects, title, note FROM tally ORDER BY region"
            )
        assert [dict(row) for row in rows] == memory.rows(Tally)


async def test_rivals_add_to_counters_without_losing_any(
    postgres_store: PostgresStore, pool: Pool
) -> None:
    """In opposite orders, too: rows are locked in one order."""
    ones = [Add(Tally, KEY, {"projects": 1}), Add(Tally, OTHER, {"projects": 1})]
    both = [Transaction(changes=ones), Transaction(changes=ones[::-1])]
    await asyncio.gather(*(postgres_store.commit(both[n % 2]) for n in range(100)))
    async with pool.acquire() as connection:
        rows = await connection.fetch("SELECT projects FROM tally")
    assert [row["projects"] for row in rows] == [100, 100]


@pytest.fixture
async def engine(store_url: str) -> AsyncIterator[AsyncEngine]:
    """SQLAlchemy on the database of the store, as queries use it."""
    engine = create_async_engine(store_url.replace("postgresql:", "postgresql+asyncpg:"))
    async with engine.begin() as connection:
        await connection.run_sync(Everything.metadata.create_all)
    owner = await asyncpg.connect(store_url)
    await owner.execute(past.keep("notes"))
    await owner.close()
    yield engine
    await engine.dispose()


async def test_a_query_reads_back_what_a_fold_has_put(
    postgres_store: PostgresStore, engine: AsyncEngine
) -> None:
    full = {
        "id": "full", "light": Light.RED, "amount_fen": 2**53, "share": Decimal("0.1250"),
        "due_on": date(2021, 9, 30), "seen_at": datetime(2021, 9, 30, 8, tzinfo=UTC),
        "open": False, "details": {"甲": [1, "b", None]}, "items": [{"a": 1}], "tags": ["x", "y"],
    }  # fmt: skip
    await postgres_store.commit(
        Transaction(
            changes=[
                Put(Everything, full),
                Put(Everything, {"id": "empty"}),
                Add(Everything, {"id": "counted"}, {"amount_fen": 5}),
            ]
        )
    )
    await postgres_store.commit(
        Transaction(
            changes=[
                Set(Everything, {"id": "counted"}, {"light": Light.RED, "tags": [], "items": []}),
                Add(Everything, {"id": "full"}, {"amount_fen": 1}),
            ]
        )
    )
    async with engine.connect() as connection:
        rows = (await connection.execute(select(Everything).order_by(Everything.id))).mappings()
        found = {row["id"]: dict(row) for row in rows}
    assert found["full"] == full | {"amount_fen": 2**53 + 1}
    empty = {
        "id": "empty", "light": Light.GREEN, "amount_fen": 0, "share": Decimal(0), "due_on": None,
        "seen_at": None, "open": True, "details": {}, "items": None, "tags": [],
    }  # fmt: skip
    assert found["empty"] == empty
    counted = {"id": "counted", "amount_fen": 5, "light": Light.RED, "items": []}
    assert found["counted"] == empty | counted
