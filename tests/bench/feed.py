"""The relay and the inbox on JetStream, beside the same batches without any of their promises."""

import asyncio
import time
from collections.abc import Sequence
from typing import Final
from uuid import uuid4

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy, Header

from shared.bus import BATCH_MAX
from shared.bus.connection import ANSWER_SECONDS_MAX, content
from shared.bus.streams import stream_name
from shared.clock import SystemClock
from shared.eventstore import SaidWord
from shared.eventstore.connections import Pool
from shared.eventstore.working import PostgresWorking
from shared.inbox import Inbox
from shared.relay import Relay
from shared.testing.servers import delete_all_streams
from shared.worker import Worker
from tests.bench.bare_ear import SUBJECT
from tests.bench.cast import banks
from tests.bench.ground import ROUNDS, Ground, stored
from tests.bench.imports import imported
from tests.bench.table import Row, share

WORDS: Final = 20_000
ATOMIC_MAX: Final = 1_000  # the broker's largest batch, and the fastest way to say many words
_KEEP: Final = """
WITH kept AS (INSERT INTO bare (jar, body) SELECT 'j', body FROM unnest($1::bytea[]) AS u(body))
UPDATE bare_cursor SET position = position + $2
"""


async def measure(ground: Ground) -> list[Row]:
    """A row for saying and one for hearing what was said."""
    history = await imported(ground)
    words = min(WORDS, history.streams // ROUNDS // BATCH_MAX * BATCH_MAX)
    await delete_all_streams(ground.nats)
    client = await nats.connect(ground.nats.url)
    try:
        relay = await _relay(ground, client, words)
        return [relay, await _inbox(ground, client, words)]
    finally:
        await client.close()


async def _relay(ground: Ground, client: Client, words: int) -> Row:
    """Numbered words into the feed, beside ready-made bytes in atomic batches."""
    assert ground.history is not None
    ours: list[float] = []
    limit: list[float] = []
    async with stored(ground.history.url) as (_, store), ground.bus("jars") as bus:
        await bus.provision("jars")
        await bus.provision("bare")
        relay = Relay(store, bus, "jars")
        ready = await store.read_words(0, words)
        for _ in range(ROUNDS):
            limit.append(words / await _said(client, ready))
            began, published = time.perf_counter(), 0
            while published < words:
                published += await relay.publish_next()
            ours.append(published / (time.perf_counter() - began))
    return Row(measure="relay → JetStream, words", unit="/s", ours=ours, limit=limit)


async def _said(client: Client, words: Sequence[SaidWord]) -> float:
    """The seconds that the broker and its client need for as many words."""
    began = time.perf_counter()
    for first in range(0, len(words), ATOMIC_MAX):
        part = words[first : first + ATOMIC_MAX]
        batch = uuid4().hex
        for index, word in enumerate(part[:-1], 1):
            headers = {Header.BATCH_ID.value: batch, Header.BATCH_SEQUENCE.value: str(index)}
            await client.publish(SUBJECT, word.body, headers=headers)
        last = {
            Header.BATCH_ID.value: batch,
            Header.BATCH_SEQUENCE.value: str(len(part)),
            Header.BATCH_COMMIT.value: "1",
        }
        content(await client.request(SUBJECT, part[-1].body, ANSWER_SECONDS_MAX, headers=last))
    return time.perf_counter() - began


async def _inbox(ground: Ground, client: Client, words: int) -> Row:
    """The feed into a database: words, rows and the cursor, beside an INSERT per batch."""
    ours: list[float] = []
    limit: list[float] = []
    with ground.database() as url:
        async with stored(url) as (pool, store), ground.bus("banks") as bus:
            worker = Worker(banks, store=store, working=PostgresWorking(pool), clock=SystemClock())
            ear = bus.ear("jars", "banks")
            inbox = Inbox(worker.desk, worker.understanding, "jars", ear)
            await inbox.step()
            for nth in range(ROUNDS):
                limit.append(words / await _heard(client, pool, nth * words, words))
                assert inbox.cursor is not None
                began, before = time.perf_counter(), inbox.cursor
                while inbox.cursor < (nth + 1) * words:
                    await inbox.step()
                ours.append((inbox.cursor - before) / (time.perf_counter() - began))
    return Row(
        measure="JetStream → PostgreSQL with cursor, words",
        unit="/s",
        ours=ours,
        limit=limit,
        budget=share(50_000, 76_140),
    )


async def _heard(client: Client, pool: Pool, after: int, words: int) -> float:
    """The seconds from asking for so many messages until all of them are committed."""
    arrived: asyncio.Queue[bytes] = asyncio.Queue()

    async def receive(message: Msg) -> None:
        arrived.put_nowait(message.data)

    stream = stream_name("jars")
    settings = ConsumerConfig(
        deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
        opt_start_seq=after + 1,
        ack_policy=AckPolicy.NONE,
    )
    consumer = await client.jetstream().add_consumer(stream, settings)
    inbox = await client.subscribe(client.new_inbox(), cb=receive)
    began = time.perf_counter()
    await client.publish(
        f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer.name}",
        b'{"batch":%d}' % words,
        reply=inbox.subject,
    )
    for _ in range(0, words, BATCH_MAX):
        bodies = [await arrived.get() for _ in range(BATCH_MAX)]
        await pool.execute(_KEEP, bodies, len(bodies))
    seconds = time.perf_counter() - began
    await inbox.unsubscribe()
    return seconds
