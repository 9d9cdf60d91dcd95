"""Hearing one feed: a durable pull consumer that follows our cursor, and a way round it.

A pull stays open at the server, so a word arrives as soon as it is stored. The consumer's own
place is never believed: where it is not at our cursor it is reset, and where that does not
work the words are fetched straight from the stream. We pull by hand because the client's
`fetch` waits for a full batch once the first word is there.
"""

import asyncio
import json
import time
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import structlog
from nats.aio.msg import Msg
from nats.errors import Error
from nats.js.api import Header

from shared.bus import (
    BATCH_MAX,
    FETCH_SECONDS,
    SILENCE_SECONDS_MAX,
    FeedWord,
    Unanswered,
    WordDamaged,
    sound,
)
from shared.bus.connection import (
    ANSWER_SECONDS_MAX,
    LEAF_HASH,
    SEQUENCE,
    Connection,
    Json,
    Refused,
)
from shared.bus.streams import consumer_settings, durable_name, stream_name

if TYPE_CHECKING:
    from nats.aio.subscription import Subscription

STATUS: Final = "Status"
NOBODY_THERE: Final = "503"
PULL_ENDED: Final = frozenset({"404", "408"})  # nothing there, or time over
PULL_DONE: Final = frozenset({"Batch Completed", "Message Size Exceeds MaxBytes"})
NANOSECONDS: Final = 1_000_000_000
PULL_BYTES_MAX: Final = 16_000_000
GRACE_SECONDS: Final = 0.5  # the server ends a pull on time; its answer needs a moment
DIRECT_SECONDS: Final = 0.1  # between looks past a consumer that cannot be used
REFUSED_SECONDS: Final = 1.0  # before a missing consumer is tried again
UNANSWERED_SECONDS: Final = 30.0  # the same where trying costs a timeout: we may not make it
# `$JS.ACK.<stream>.<consumer>.<delivered>.<stream sequence>.…`; with a domain and an account
# before the stream it has more parts.
REPLY_PARTS: Final = 9
SEQUENCE_PART: Final = 5
SEQUENCE_PART_WITH_DOMAIN: Final = 7

log = structlog.get_logger()


class Pull:
    """An inbox with at most one open pull. What an older one still gets finds nobody."""

    def __init__(self, connection: Connection, producer: str, hearer: str) -> None:
        """Not listening yet."""
        self._client = connection.client
        place = f"{stream_name(producer)}.{durable_name(producer, hearer)}"
        self._subject = connection.subject(producer, f"CONSUMER.MSG.NEXT.{place}")
        self.words: deque[Msg] = deque()
        self.broken = False
        self._arrived = asyncio.Event()
        self._inbox: Subscription | None = None
        self._open = 0
        self._open_until = 0.0

    async def listen(self) -> None:
        """Subscribe to an inbox of our own."""
        self._inbox = await self._client.subscribe(self._client.new_inbox(), cb=self._receive)

    async def leave(self) -> None:
        """Stop listening."""
        if self._inbox is not None and not self._client.is_closed:
            await self._inbox.unsubscribe()

    async def keep_open(self) -> None:
        """Have the next words sent while the last ones are being applied."""
        over = self._open <= 0 or time.monotonic() > self._open_until
        if over and len(self.words) < BATCH_MAX:
            await self._ask()

    async def wait(self) -> None:
        """Wait a moment for a word."""
        self._arrived.clear()
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                await self._arrived.wait()
        except TimeoutError:
            return

    async def _ask(self) -> None:
        request = {
            "batch": BATCH_MAX,
            "max_bytes": PULL_BYTES_MAX,
            "expires": int(FETCH_SECONDS * NANOSECONDS),
        }
        self._open = BATCH_MAX
        self._open_until = time.monotonic() + FETCH_SECONDS + GRACE_SECONDS
        if self._inbox is not None:
            await self._client.publish(
                self._subject, json.dumps(request).encode(), reply=self._inbox.subject
            )

    async def _receive(self, message: Msg) -> None:
        if message.headers and STATUS in message.headers:
            self._open = 0
            description = message.headers.get(Header.DESCRIPTION, "").strip()
            ended = message.headers[STATUS] in PULL_ENDED or description in PULL_DONE
            self.broken |= not ended
        else:
            self._open -= 1
            self.words.append(message)
        self._arrived.set()


class JetStreamEar:
    """Reads one feed after a cursor that its owner keeps."""

    def __init__(
        self, connection: Connection, *, producer: str, hearer: str, replicas: int = 1
    ) -> None:
        """Nothing is asked of the server before the first `fetch`."""
        self._connection = connection
        self._producer = producer
        self._hearer = hearer
        self._replicas = replicas
        self._pull: Pull | None = None
        self._next: int | None = None
        self._reset_after = 0.0
        self._heard_at = time.monotonic()

    async def fetch(self, after: int, limit: int) -> Sequence[FeedWord]:
        """The words after `after` without a gap, verified; empty when none came in time."""
        limit = min(limit, BATCH_MAX)
        try:
            pull = await self._placed(after)
            words = await self._pulled(pull, after, limit) if pull is not None else ()
            if not words and self._doubtful():
                words = await self._past_the_consumer(after, limit)
        except (Unanswered, Refused, Error, OSError) as trouble:
            log.warning("ear_deaf", producer=self._producer, hearer=self._hearer, why=repr(trouble))
            self._next = None
            words = ()
            await asyncio.sleep(DIRECT_SECONDS)
        if words:
            self._heard_at = time.monotonic()
            words = self._sound(words)
        return words

    def _sound(self, words: Sequence[FeedWord]) -> Sequence[FeedWord]:
        try:
            whole = sound(words)
        except WordDamaged:
            self._next = None
            raise
        if len(whole) < len(words):
            self._next = None
        return whole

    async def _placed(self, after: int) -> Pull | None:
        """The pull of a consumer that stands at our cursor; nothing while it cannot."""
        if self._pull is not None and not self._pull.broken and self._next == after + 1:
            return self._pull
        if time.monotonic() < self._reset_after:
            return None
        if self._pull is not None:
            await self._pull.leave()
        self._pull, self._next = None, None
        pull = Pull(self._connection, self._producer, self._hearer)
        await pull.listen()
        try:
            config = consumer_settings(self._producer, self._hearer, self._replicas)
            await place_consumer(self._connection, self._producer, config, after + 1)
        except (Unanswered, Refused) as trouble:
            log.warning("ear_lost", producer=self._producer, hearer=self._hearer, why=repr(trouble))
            pause = REFUSED_SECONDS if isinstance(trouble, Refused) else UNANSWERED_SECONDS
            self._reset_after = time.monotonic() + pause
            await pull.leave()
            return None
        self._pull, self._next = pull, after + 1
        return pull

    async def _pulled(self, pull: Pull, after: int, limit: int) -> Sequence[FeedWord]:
        """What follows without a gap; what we know is dropped, a gap makes us start anew."""
        await pull.keep_open()
        if not pull.words:
            await pull.wait()
        words: list[FeedWord] = []
        expected = after + 1
        while pull.words and len(words) < limit:
            message = pull.words.popleft()
            number = _number(message)
            if number < expected:
                continue
            if number > expected:
                log.warning("feed_gap", producer=self._producer, expected=expected, number=number)
                self._next = None
                return words
            words.append(_word(message, number))
            expected += 1
        self._next = expected
        return words

    def _doubtful(self) -> bool:
        """Silence is suspicious when the consumer is not where it belongs, or when it lasts."""
        return self._next is None or time.monotonic() - self._heard_at > SILENCE_SECONDS_MAX

    async def _past_the_consumer(self, after: int, limit: int) -> Sequence[FeedWord]:
        """Was anything said that the consumer did not tell? Then it is stuck: start it anew."""
        self._heard_at = time.monotonic()
        words: list[FeedWord] = []
        for word in await read_directly(self._connection, self._producer, after, limit):
            if word.number != after + 1 + len(words):
                break
            words.append(word)
        if words and self._next is not None:
            log.warning("ear_stuck", producer=self._producer, hearer=self._hearer, after=after)
        if words:
            self._next = None
        elif self._next is None:
            await asyncio.sleep(DIRECT_SECONDS)
        return words


async def place_consumer(connection: Connection, producer: str, config: Json, start: int) -> None:
    """Let the durable consumer continue at `start`; make it where we are allowed to."""
    stream, durable = stream_name(producer), config["durable_name"]
    try:
        await connection.call(producer, f"CONSUMER.INFO.{stream}.{durable}")
    except Refused:
        # The consumer is missing, or the stream, which is the producer's to make: then so is this.
        await connection.call(
            producer,
            f"CONSUMER.DURABLE.CREATE.{stream}.{durable}",
            {"stream_name": stream, "config": config},
        )
        log.info("ear_made", producer=producer, consumer=durable)
    await connection.call(producer, f"CONSUMER.RESET.{stream}.{durable}", {"seq": start})


async def read_directly(
    connection: Connection, producer: str, after: int, limit: int
) -> Sequence[FeedWord]:
    """Words straight from the stream, from any replica, without a consumer."""
    client = connection.client
    words: list[FeedWord] = []
    end = asyncio.Event()
    status = ""

    async def receive(message: Msg) -> None:
        nonlocal status
        headers = message.headers or {}
        if STATUS in headers:
            status = headers[STATUS]
            end.set()
        else:
            words.append(_word(message, int(headers[SEQUENCE])))

    inbox = await client.subscribe(client.new_inbox(), cb=receive)
    request = {"seq": after + 1, "batch": limit}
    subject = connection.subject(producer, f"DIRECT.GET.{stream_name(producer)}")
    try:
        await client.publish(subject, json.dumps(request).encode(), reply=inbox.subject)
        async with asyncio.timeout(ANSWER_SECONDS_MAX):
            await end.wait()
    except TimeoutError as silence:
        raise Unanswered(subject) from silence
    finally:
        if not client.is_closed:
            await inbox.unsubscribe()
    if status == NOBODY_THERE:
        raise Unanswered(subject)  # no replica serves the feed now, which says nothing about it
    return words


def _word(message: Msg, number: int) -> FeedWord:
    headers = message.headers or {}
    try:
        leaf_hash = bytes.fromhex(headers.get(LEAF_HASH, ""))
    except ValueError:
        leaf_hash = b""  # rotten itself: no word has this one
    return FeedWord(number, message.data, leaf_hash)


def _number(message: Msg) -> int:
    parts = message.reply.split(".")
    return int(parts[SEQUENCE_PART if len(parts) == REPLY_PARTS else SEQUENCE_PART_WITH_DOMAIN])
