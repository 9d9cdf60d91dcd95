"""The planted bugs: each breaks one promise the way a tired engineer would."""

import asyncio
from collections.abc import Sequence
from typing import Final

import asyncpg
from msgspec.structs import replace

from shared.bus import Ear, FeedWord, Unanswered
from shared.bus.connection import Refused
from shared.bus.ear import JetStreamEar
from shared.bus.jetstream import JetStreamBus
from shared.bus.memory import MemoryBus
from shared.bus.streams import durable_name, stream_name
from shared.eventstore import SaidWord, Transaction
from shared.eventstore.connections import Pool
from shared.eventstore.hashes import event_hash
from shared.eventstore.postgres import PostgresStore
from tests.chaos.cluster import SERVERS
from tests.chaos.judge.ledger import frontier

CRASH_EVERY: Final = 5


class Crash(ConnectionError):
    """The process ends here; its caller learns nothing."""


class AnswersBeforeCommit(PostgresStore):
    """P1: says yes, means to commit a little later, and dies now and then before it has."""

    def __init__(self, pool: Pool) -> None:
        """Nothing was promised yet."""
        super().__init__(pool)
        self._promised = 0

    async def commit(self, transaction: Transaction) -> None:
        """The answer goes out; the commit, if it comes, comes afterwards."""
        self._promised += 1
        if self._promised % CRASH_EVERY:
            await super().commit(transaction)


class RemembersKeysApart(PostgresStore):
    """P3: the idempotency row has a transaction of its own, and a crash finds the gap."""

    def __init__(self, pool: Pool) -> None:
        """No crash yet."""
        super().__init__(pool)
        self._commits = 0

    async def commit(self, transaction: Transaction) -> None:
        """The facts, then the memory of having answered."""
        self._commits += 1
        records = transaction.records
        await super().commit(replace(transaction, records=[]))
        if self._commits % CRASH_EVERY == 0:
            raise Crash
        await super().commit(Transaction(records=records))


class MovesCursorLater(PostgresStore):
    """P7: applies what it heard, and moves the cursor in a second transaction."""

    def __init__(self, pool: Pool) -> None:
        """No crash yet."""
        super().__init__(pool)
        self._crashed = False

    async def commit(self, transaction: Transaction) -> None:
        """The effects, then the memory of having heard."""
        await super().commit(replace(transaction, heard=(), cursors=()))
        if transaction.cursors and not self._crashed:
            self._crashed = True
            raise Crash
        await super().commit(Transaction(heard=transaction.heard, cursors=transaction.cursors))


class ResumesFromAck(JetStreamBus):
    """P8: a hearer that begins goes on after what the bus has given it, not after its cursor."""

    def ear(self, producer: str, hearer: str) -> Ear:
        """One that believes the bus."""
        return _AckedEar(self._connection, producer=producer, hearer=hearer, replicas=SERVERS)


class _AckedEar(JetStreamEar):
    _place: int | None = None

    async def fetch(self, after: int, limit: int) -> Sequence[FeedWord]:
        """What follows the words that were given away."""
        if self._place is None:
            self._place = await self._given(after)
        words = await super().fetch(self._place, limit)
        if words:
            self._place = words[-1].number
        return words

    async def _given(self, after: int) -> int:
        durable = durable_name(self._producer, self._hearer)
        call = f"CONSUMER.INFO.{stream_name(self._producer)}.{durable}"
        while True:
            try:
                told = await self._connection.call(self._producer, call)
            except Unanswered:
                continue
            except Refused:
                return after  # it was never given anything
            return int(told["delivered"]["stream_seq"])


class PublishesBlindly(MemoryBus):
    """P6: the relay says what follows, wherever the feed may end by now."""

    async def publish(self, producer: str, words: Sequence[SaidWord]) -> int:
        """No compare-and-set."""
        feed = self.feeds[producer]
        await asyncio.sleep(0)
        feed.words.extend(FeedWord(word.number, word.body, word.leaf_hash) for word in words)
        return words[-1].number


def through_float(yuan: str) -> int:
    """P10: an amount on its way through binary fractions."""
    return int(float(yuan) * 100)


async def rewrite_function(url: str, name: str, found: str, instead: str) -> None:
    """Replace a part of a function of the kernel in this database."""
    connection = await asyncpg.connect(url)
    try:
        source: str = await connection.fetchval(
            "SELECT pg_get_functiondef(oid) FROM pg_proc "
            "WHERE proname = $1 AND pronamespace = 'es'::regnamespace",
            name,
        )
        assert found in source
        await connection.execute(source.replace(found, instead))
    finally:
        await connection.close()


async def skip_late_commits(url: str) -> None:
    """P5: numbers are given to what lies after the last one, as if commits came in order."""
    taken = "WHERE append_id <= (SELECT max(append_id) FROM queue WHERE before < p_rows)"
    last = "SELECT coalesce(max(append_id), 0) FROM es.ledger"
    await rewrite_function(url, "sequence_batch", taken, f"{taken} AND append_id > ({last})")


async def take_away_fence(url: str) -> None:
    """P5: two sequencers work at once, and nothing but their own care keeps numbers apart."""
    await rewrite_function(url, "sequence_batch", "FROM es.head FOR UPDATE;", "FROM es.head;")
    await _execute(
        url,
        "ALTER TABLE es.ledger DROP CONSTRAINT pk_ledger",
        "ALTER TABLE es.said DROP CONSTRAINT pk_said",
    )


async def drop_unique_versions(url: str) -> None:
    """P4: the index is still there, the promise is not."""
    await _execute(
        url,
        "ALTER TABLE es.event DROP CONSTRAINT uq_event_stream_version",
        "CREATE INDEX ix_event_stream_version ON es.event (stream, version)",
    )


async def change_event(url: str, position: int, *, thoroughly: bool) -> None:
    """P12: a superuser changes one byte of a body and hashes anew, once or all the way up."""
    connection = await asyncpg.connect(url)
    try:
        for table in ("event", "ledger"):
            await connection.execute(f"ALTER TABLE es.{table} DISABLE TRIGGER no_change")
        [event] = await connection.fetch(
            "SELECT e.* FROM es.ledger l JOIN es.event e USING (append_id, idx) "
            "WHERE position = $1",
            position,
        )
        body = event["body"].replace(b'"correlation_id":"c"', b'"correlation_id":"d"')
        assert body != event["body"]
        hashed = event_hash(
            event["event_id"], event["stream"], event["version"], event["prev_hash"], body
        )
        place = event["append_id"], event["idx"]
        await connection.execute(
            "UPDATE es.event SET body = $3, hash = $4 WHERE append_id = $1 AND idx = $2",
            *place, body, hashed,
        )  # fmt: skip
        if thoroughly:
            await connection.execute(
                "UPDATE es.ledger SET leaf_hash = $3 WHERE append_id = $1 AND idx = $2",
                *place, hashed,
            )  # fmt: skip
            leaves = await connection.fetch("SELECT leaf_hash FROM es.ledger ORDER BY position")
            await connection.execute(
                "UPDATE es.head SET frontier = $1", frontier([leaf for (leaf,) in leaves])
            )
    finally:
        await connection.close()


async def _execute(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()
