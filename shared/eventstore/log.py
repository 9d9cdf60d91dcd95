"""The two Merkle logs of a store, as kept in PostgreSQL and on lists, and proofs from them."""

from collections.abc import AsyncIterator, Sequence
from struct import Struct
from typing import Final

from shared.eventstore.checkpoints import Log, LogKind, SignedCheckpoint
from shared.eventstore.connections import Pool
from shared.eventstore.memory import MemoryStore
from shared.eventstore.merkle import Frontier, Tree

PAGE: Final = 5_000

# Leaves are computed from the events and the words themselves, not read from what the
# sequencer wrote beside the number: a changed body must change the root.
_LEAVES: Final[dict[LogKind, str]] = {
    "ledger": """
SELECT sha256('\\x00'::bytea || uuid_send(event_id) || int4send(version) || prev_hash
              || int4send(octet_length(stream)) || convert_to(stream, 'UTF8') || body)
FROM es.ledger l JOIN es.event e USING (append_id, idx)
WHERE l.position > $1 AND l.position <= $2 ORDER BY l.position
""",
    "words": """
SELECT sha256('\\x00'::bytea || body) FROM es.said s JOIN es.word w USING (append_id, idx)
WHERE s.number > $1 AND s.number <= $2 ORDER BY s.number
""",
}
_FRONTIER: Final[dict[LogKind, str]] = {
    "ledger": "SELECT size, frontier FROM es.head",
    "words": "SELECT words, word_frontier FROM es.head",
}
_LATEST: Final = """
SELECT size, note, frontier FROM es.checkpoint WHERE kind = $1 ORDER BY size DESC LIMIT 1
"""
_KEEP: Final = """
INSERT INTO es.checkpoint (kind, size, note, frontier) VALUES ($1, $2, $3, $4)
ON CONFLICT (kind, size) DO NOTHING
"""
# Numbers by name are all that lies beside the cursors: the key is four of them.
_INTRODUCE: Final = """
INSERT INTO es.cursor (name, position)
SELECT 'signer:' || place, number FROM unnest($1::bigint[]) WITH ORDINALITY AS of (number, place)
ON CONFLICT (name) DO UPDATE SET position = excluded.position
"""
_INTRODUCED: Final = "SELECT position FROM es.cursor WHERE name LIKE 'signer:_' ORDER BY name"
_KEY: Final = Struct(">4q")


class PostgresLog:
    """The logs of one database. Keeping checkpoints needs the rights of the sequencer."""

    def __init__(self, pool: Pool) -> None:
        """Use this pool."""
        self._pool = pool

    async def frontier(self, kind: LogKind) -> tuple[int, Frontier]:
        """The size and the frontier, as the sequencer left them."""
        async with self._pool.held() as connection:
            [(size, frontier)] = await connection.fetch(_FRONTIER[kind])
        return size, tuple(frontier)

    async def leaves(self, kind: LogKind, after: int, upto: int) -> AsyncIterator[Sequence[bytes]]:
        """Leaf hashes, computed from what is stored, page by page."""
        for start in range(after, upto, PAGE):
            async with self._pool.held() as connection:
                rows = await connection.fetch(_LEAVES[kind], start, min(start + PAGE, upto))
            yield [row[0] for row in rows]

    async def latest(self, kind: LogKind) -> SignedCheckpoint | None:
        """The last checkpoint that was signed."""
        async with self._pool.held() as connection:
            for size, note, frontier in await connection.fetch(_LATEST, kind):
                return SignedCheckpoint(size, note, tuple(frontier))
        return None

    async def keep(self, kind: LogKind, signed: SignedCheckpoint) -> None:
        """Keep a checkpoint for ever. Keeping it twice is harmless."""
        row = kind, signed.size, signed.note, signed.frontier
        async with self._pool.held() as connection:
            await connection.execute(_KEEP, *row)

    async def introduce(self, key: bytes) -> None:
        """Say with which public key checkpoints are verified from now on."""
        async with self._pool.held() as connection:
            await connection.execute(_INTRODUCE, _KEY.unpack(key))

    async def introduced(self) -> bytes | None:
        """The public key of whoever signs; nothing before the first signature."""
        async with self._pool.held() as connection:
            numbers = [row[0] for row in await connection.fetch(_INTRODUCED)]
        return _KEY.pack(*numbers) if numbers else None


class MemoryLog:
    """The logs of a store on lists."""

    def __init__(self, store: MemoryStore) -> None:
        """No checkpoint yet."""
        self._store = store
        self._kept: dict[LogKind, list[SignedCheckpoint]] = {"ledger": [], "words": []}
        self._key: bytes | None = None

    async def frontier(self, kind: LogKind) -> tuple[int, Frontier]:
        """The size and the frontier, as the sequencer left them."""
        head = await self._store.head()
        if kind == "ledger":
            return head.position, self._store.ledger_frontier
        return head.number, self._store.word_frontier

    async def leaves(self, kind: LogKind, after: int, upto: int) -> AsyncIterator[Sequence[bytes]]:
        """Leaf hashes in one page."""
        if kind == "ledger":
            entries = await self._store.read_ledger(after, upto - after)
            yield [entry.event.hash for entry in entries]
        else:
            yield [word.leaf_hash for word in await self._store.read_words(after, upto - after)]

    async def latest(self, kind: LogKind) -> SignedCheckpoint | None:
        """The last checkpoint that was signed."""
        return self._kept[kind][-1] if self._kept[kind] else None

    async def keep(self, kind: LogKind, signed: SignedCheckpoint) -> None:
        """Keep a checkpoint."""
        self._kept[kind].append(signed)

    async def introduce(self, key: bytes) -> None:
        """Say with which public key checkpoints are verified from now on."""
        self._key = key

    async def introduced(self) -> bytes | None:
        """The public key of whoever signs; nothing before the first signature."""
        return self._key


class Proofs:
    """Answers for one log; reads only what was added since it was last asked."""

    def __init__(self, log: Log, kind: LogKind) -> None:
        """Nothing is read yet."""
        self._log = log
        self._kind: LogKind = kind
        self._tree = Tree()

    async def inclusion(self, place: int, size: int) -> list[bytes]:
        """What proves that the leaf at this position or word number (from 1) is in the log."""
        await self._grow(size)
        return self._tree.inclusion_proof(place - 1, size)

    async def consistency(self, old: int, new: int) -> list[bytes]:
        """What proves that the log of `new` only continues the log of `old`."""
        await self._grow(new)
        return self._tree.consistency_proof(old, new)

    async def root(self, size: int) -> bytes:
        """The root of the log at a size."""
        await self._grow(size)
        return self._tree.root(size)

    async def _grow(self, size: int) -> None:
        if size > len(self._tree):
            async for leaves in self._log.leaves(self._kind, len(self._tree), size):
                for leaf in leaves:
                    self._tree.add(leaf)
