"""What an event store promises, as values: load streams, commit one transaction, read in order.

Everything that must happen together is one `Transaction` value; a store applies it whole or
not at all. `memory.py` and `postgres.py` keep the same promises and pass the same suite.

Two orders exist. A *position* is the dense place of a private event in the ledger of its
service; a *word number* is the dense place of a public word in what the service has said.
Both are given by the sequencer after the commit (`docs/decisions`, late sequencing), never
by the writer, so no reader can step over a number that fills later.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final, Protocol
from uuid import UUID

import msgspec

from shared.messages import CalledOff, Deadline
from shared.projections import Change

GENESIS: Final = bytes(32)
EVENTS_PER_APPEND_MAX: Final = 500
BODY_BYTES_MAX: Final = 262_144


class VersionConflict(Exception):
    """Another writer appended to the stream first; load it again and decide again."""


class KeyReused(Exception):
    """The idempotency key belongs to another request."""


class CursorMoved(Exception):
    """Another worker has already applied these words; drop the work and read the cursor again."""


class StoredEvent(msgspec.Struct, frozen=True):
    """One private event as it lies in the store: bytes that are never written again."""

    event_id: UUID
    stream: str
    version: int
    name: str
    body: bytes
    prev_hash: bytes
    hash: bytes


class StoredWord(msgspec.Struct, frozen=True):
    """One public word, exactly as it was and will be said. `idx` counts within its append."""

    subject: str
    event_type: str
    body: bytes


class CommandRecord(msgspec.Struct, frozen=True):
    """The memory of an answered command: same key and fingerprint, same answer, for ever."""

    key: str
    fingerprint: bytes
    answer: bytes


class Append(msgspec.Struct, frozen=True, kw_only=True):
    """What accepted commands of one person leave behind: one, or several that came together.

    Its events stay together in the ledger.
    """

    actor: str
    unit: str
    events: Sequence[StoredEvent]
    words: Sequence[StoredWord] = ()


class Snapshot(msgspec.Struct, frozen=True):
    """A folded state that saves reading a long stream; thrown away when its schema changes."""

    stream: str
    version: int
    schema: int
    hash: bytes
    body: bytes


class HeardWord(msgspec.Struct, frozen=True):
    """A word of another service as it came from the bus. `number` is its word number.

    `heard_on` is the business day on which it was applied here, whenever it was said.
    """

    producer: str
    number: int
    event_type: str
    subject: str
    version: int
    body: bytes
    heard_on: date


class CursorMove(msgspec.Struct, frozen=True):
    """A reader goes from `before` to `after`; refused when it is no longer at `before`."""

    name: str
    before: int
    after: int


class Parked(msgspec.Struct, frozen=True):
    """A word that could not be applied, kept with its reason until someone redrives it."""

    reader: str
    producer: str
    number: int
    subject: str
    reason: str


class Transaction(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that becomes true together, or not at all.

    `day` is the business day of it, which read models remember their past by; a store asks its
    own clock where nobody says.
    """

    appends: Sequence[Append] = ()
    records: Sequence[CommandRecord] = ()
    changes: Sequence[Change] = ()
    snapshots: Sequence[Snapshot] = ()
    heard: Sequence[HeardWord] = ()
    cursors: Sequence[CursorMove] = ()
    parked: Sequence[Parked] = ()
    deadlines: Sequence[Deadline | CalledOff] = ()
    day: date | None = None


class LoadedStream(msgspec.Struct, frozen=True):
    """A stream after `version_after`: an optional snapshot and the events that follow it."""

    snapshot: Snapshot | None
    events: Sequence[StoredEvent]


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to `load`: only streams and keys that exist are in it."""

    streams: Mapping[str, LoadedStream] = msgspec.field(default_factory=dict)
    records: Mapping[str, CommandRecord] = msgspec.field(default_factory=dict)


class LedgerEntry(msgspec.Struct, frozen=True):
    """A private event with its dense position."""

    position: int
    event: StoredEvent


class SaidWord(msgspec.Struct, frozen=True):
    """A public word with its dense number and the RFC 6962 hash of its bytes."""

    number: int
    subject: str
    event_type: str
    body: bytes
    leaf_hash: bytes


class Head(msgspec.Struct, frozen=True):
    """How far the sequencer has come: ledger positions and word numbers given so far."""

    position: int
    number: int


class Sequenced(msgspec.Struct, frozen=True):
    """What one round of the sequencer did."""

    head: Head
    taken: int


class EventStore(Protocol):
    """The store of one service."""

    async def load(
        self, streams: Mapping[str, int], keys: Sequence[str] = (), *, snapshots: bool = True
    ) -> Loaded:
        """Read streams after the given versions, and answered commands by key, in one trip."""

    def written(self, transaction: Transaction) -> Transaction:
        """The same, with all the work on it done that can be done before its turn comes.

        Touches nothing but the transaction, so that a thread of its own may do it.
        """

    async def commit(self, transaction: Transaction) -> None:
        """Make all of it true and durable, or raise and leave nothing.

        Raises `VersionConflict`, `KeyReused` or `CursorMoved`.
        """

    async def assure(self) -> None:
        """Wait until whatever can be read by now is as safe as what is committed now.

        Most of the time it is. But a commit that waited for a standby in vain (its waiting was
        cancelled, or the server was started again meanwhile) can be read and may still be lost.
        """

    async def sequence(self, appends_max: int = 500) -> Sequenced:
        """Number what has been committed. Any number may run; one at a time numbers."""

    async def head(self) -> Head:
        """How far the numbers go."""

    async def read_ledger(
        self, after: int, limit: int, names: Collection[str] = ()
    ) -> Sequence[LedgerEntry]:
        """Private events in ledger order.

        With `names` those of these names alone, and the last one whatever its name: it says how
        far was read.
        """

    async def read_words(self, after: int, limit: int) -> Sequence[SaidWord]:
        """What this service has said, in order."""

    async def read_heard(self, producer: str, after: int, limit: int) -> Sequence[HeardWord]:
        """What this service has heard, in order."""

    async def cursor(self, name: str) -> int:
        """Where a reader stands; 0 before its first step."""

    async def silence(self) -> float | None:
        """For how many seconds nothing has been heard of the worker; nothing where it never was.

        By the store's clock alone, which wrote down the heartbeat, too.
        """

    async def heard_version(self, producer: str, subject: str) -> int:
        """The last version of a producer's stream that has been heard and applied; 0 for none."""
