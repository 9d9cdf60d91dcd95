"""The bus on NATS JetStream: atomic batches by compare-and-set, and pokes.

A publish that is not answered may have happened; the caller looks at the feed again instead of
guessing, and compare-and-set makes a second attempt harmless.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Self
from uuid import uuid4

import msgspec
import structlog
from nats.aio.msg import Msg
from nats.errors import Error, NoRespondersError
from nats.js.api import Header

from shared.bus import FIRST_NUMBER, Ear, FeedMissing, FeedWord, Overtaken, Unanswered
from shared.bus.connection import (
    ANSWER_SECONDS_MAX,
    LEAF_HASH,
    Address,
    Connection,
    Refused,
    content,
)
from shared.bus.ear import JetStreamEar, read_directly
from shared.bus.streams import poke_subject, stream_name, stream_settings, whole_replicas
from shared.contracts.envelope import CONTENT_TYPE
from shared.eventstore import SaidWord

STREAM_NOT_FOUND: Final = 10059
# The feed ends elsewhere; or the batch is unknown or incomplete; or an id was said a moment ago.
MOVED: Final = frozenset({10070, 10071, 10164, 10174, 10175, 10176, 10201})

log = structlog.get_logger()


class _Named(msgspec.Struct, frozen=True):
    """What the feed must know of a word: by its id a word that comes again is recognised."""

    id: str


_named: Final = msgspec.json.Decoder(_Named).decode


class JetStreamBus:
    """All feeds of one NATS, seen by one service."""

    def __init__(self, connection: Connection, *, replicas: int = 1) -> None:
        """Use `connect`."""
        self._connection = connection
        self._replicas = replicas

    @classmethod
    async def connect(cls, address: Address, *, replicas: int = 1) -> Self:
        """Join, however long it takes; refuses a server that acknowledges too early."""
        connection = Connection(address)
        await connection.connect()
        return cls(connection, replicas=replicas)

    async def provision(self, producer: str, first: int = FIRST_NUMBER) -> None:
        """Make the producer's feed where there is none."""
        stream = stream_name(producer)
        try:
            await self._connection.call(producer, f"STREAM.INFO.{stream}")
        except Refused as refused:
            if refused.code != STREAM_NOT_FOUND:
                raise _not_now(refused) from refused
            await self._make(producer, first)

    async def _make(self, producer: str, first: int) -> None:
        settings = stream_settings(producer, first, self._replicas)
        try:
            call = f"STREAM.CREATE.{stream_name(producer)}"
            await self._connection.call(producer, call, settings)
        except Refused as refused:
            raise _not_now(refused) from refused
        log.info("feed_made", producer=producer, first=first)

    async def last_number(self, producer: str) -> int:
        """The number of the last word in the feed."""
        return int((await self._info(producer))["state"]["last_seq"])

    async def replicas_missing(self, producer: str) -> int:
        """How many servers that are to keep the feed do not, or lag, or are away.

        The settings of a feed go on to say three when a server was removed or never comes back;
        only who is there counts.
        """
        cluster = (await self._info(producer)).get("cluster") or {}
        return max(0, self._replicas - 1 - len(whole_replicas(cluster)))

    async def _info(self, producer: str) -> Mapping[str, Any]:
        try:
            return await self._connection.call(producer, f"STREAM.INFO.{stream_name(producer)}")
        except Refused as refused:
            if refused.code == STREAM_NOT_FOUND:
                raise FeedMissing(producer) from None
            raise _not_now(refused) from refused

    async def publish(self, producer: str, words: Sequence[SaidWord]) -> int:
        """Say consecutive words as one atomic batch, right after the word before the first."""
        client = self._connection.client
        if not client.is_connected:
            raise Unanswered(producer)
        batch = uuid4().hex
        try:
            for index, word in enumerate(words[:-1], start=1):
                await client.publish(word.subject, word.body, headers=_headers(word, batch, index))
            last = {**_headers(words[-1], batch, len(words)), Header.BATCH_COMMIT: "1"}
            answer = await client.request(
                words[-1].subject, words[-1].body, ANSWER_SECONDS_MAX, headers=last
            )
        except NoRespondersError:
            raise FeedMissing(producer) from None
        except (Error, OSError, TimeoutError) as silence:
            raise Unanswered(producer) from silence
        try:
            return int(content(answer)["seq"])
        except Refused as refused:
            if refused.code in MOVED:
                raise Overtaken(str(refused)) from None
            raise _not_now(refused) from refused

    async def read(self, producer: str, after: int, limit: int) -> Sequence[FeedWord]:
        """What lies in the feed after a number, straight from the stream."""
        return await read_directly(self._connection, producer, after, limit)

    async def forget(self, producer: str) -> None:
        """Delete a damaged feed."""
        try:
            await self._connection.call(producer, f"STREAM.DELETE.{stream_name(producer)}")
        except Refused as refused:
            if refused.code != STREAM_NOT_FOUND:
                raise _not_now(refused) from refused

    def ear(self, producer: str, hearer: str) -> Ear:
        """A way to read one feed."""
        return JetStreamEar(
            self._connection, producer=producer, hearer=hearer, replicas=self._replicas
        )

    async def ring(self, service: str) -> None:
        """Hint to the service's worker that something was committed."""
        if self._connection.client.is_connected:
            await self._connection.client.publish(poke_subject(service))

    async def listen(self, service: str, ring: Callable[[], None]) -> None:
        """Call `ring` whenever somebody hints at the service's worker, from whichever process."""

        async def poked(_poke: Msg) -> None:
            ring()

        await self._connection.client.subscribe(poke_subject(service), cb=poked)

    async def close(self) -> None:
        """Leave."""
        await self._connection.close()


def _not_now(refused: Refused) -> Unanswered:
    """The server is full, has no leader or too few peers: it is asked again, the log says why."""
    return Unanswered(str(refused))


def _headers(word: SaidWord, batch: str, index: int) -> dict[str, str]:
    headers: dict[str, str] = {
        Header.BATCH_ID: batch,
        Header.BATCH_SEQUENCE: str(index),
        Header.MSG_ID: _named(word.body).id,
        "Content-Type": CONTENT_TYPE,
        LEAF_HASH: word.leaf_hash.hex(),
    }
    if index == 1:
        headers[Header.EXPECTED_LAST_SEQUENCE] = str(word.number - 1)
    return headers
