"""Everything of one service's store, as rows of one snapshot."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import asyncpg

type Row = asyncpg.Record
type Connection = asyncpg.Connection[asyncpg.Record]
type Place = tuple[int, int]
"""The append and the place within it: what identifies an event or a word before its number."""


@dataclass(frozen=True, slots=True)
class Store:
    """The facts of one service and how far its readers say they are."""

    service: str
    appends: list[Row]
    events: list[Row]
    words: list[Row]
    ledger: list[Row]
    said: list[Row]
    checkpoints: list[Row]
    heard: list[Row]
    parked: list[Row]
    head: Row
    keys: frozenset[str]
    cursors: dict[str, int]
    unsequenced: int

    @property
    def dense(self) -> bool:
        """Whether positions and word numbers are 1, 2, 3 … as the head says."""
        positions = [row["position"] for row in self.ledger]
        numbers = [row["number"] for row in self.said]
        return positions == list(range(1, self.head["size"] + 1)) and numbers == list(
            range(1, self.head["words"] + 1)
        )

    def numbered_words(self) -> list[tuple[int, bytes]]:
        """What was said, in order."""
        bodies = {place(row): row["body"] for row in self.words}
        return [(row["number"], bodies[place(row)]) for row in self.said]

    def told(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Every event as stream, name and data."""
        for row in self.events:
            yield row["stream"], row["name"], json.loads(row["body"])["data"]


def place(row: Row) -> Place:
    """Where an event or a word lies."""
    return row["append_id"], row["idx"]


async def read_store(service: str, url: str) -> Store:
    """Read it all over one new connection, in one snapshot."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            return await read_over(service, connection)
    finally:
        await connection.close()


async def read_over(service: str, connection: Connection) -> Store:
    """Read it all over a connection, as its transaction sees it."""
    fetch = connection.fetch
    [head] = await fetch("SELECT * FROM es.head")
    return Store(
        service=service,
        appends=await fetch("SELECT * FROM es.append ORDER BY append_id"),
        events=await fetch("SELECT * FROM es.event ORDER BY append_id, idx"),
        words=await fetch("SELECT * FROM es.word ORDER BY append_id, idx"),
        ledger=await fetch("SELECT * FROM es.ledger ORDER BY position, append_id, idx"),
        said=await fetch("SELECT * FROM es.said ORDER BY number, append_id, idx"),
        checkpoints=await fetch("SELECT * FROM es.checkpoint ORDER BY kind, size"),
        heard=await fetch("SELECT * FROM es.heard ORDER BY producer, number"),
        parked=await fetch("SELECT * FROM es.parked ORDER BY reader, number"),
        head=head,
        keys=frozenset(key for (key,) in await fetch("SELECT key FROM es.command")),
        cursors={row[0]: row[1] for row in await fetch("SELECT * FROM es.cursor")},
        unsequenced=await connection.fetchval("SELECT count(*) FROM es.unsequenced"),
    )


async def read_sums(url: str, query: str) -> dict[Any, int]:
    """A read model as whole numbers: the last column by those before it."""
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(query)
    finally:
        await connection.close()
    return {_key(row): int(row[-1]) for row in rows}


def _key(row: Row) -> object:
    key = tuple(row[:-1])
    return key[0] if len(key) == 1 else key
