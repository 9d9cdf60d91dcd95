"""Where the keys of persons are: one row each, found by the person or by the key's own id."""

from collections.abc import Sequence
from typing import Final, Protocol

import msgspec

from shared.eventstore.connections import Pool
from shared.sealing.ring import Wrapped


class SubjectKey(msgspec.Struct, frozen=True):
    """The data key of one person, wrapped by a key of the installation."""

    key_id: str
    subject: str
    wrapped: bytes
    wrapped_by: str = ""

    @property
    def about(self) -> bytes:
        """What it is bound to: moved to another person or key, it does not open."""
        return f"{self.subject}|{self.key_id}".encode()


class Keys(Protocol):
    """The keys of one service."""

    async def of(self, subjects: Sequence[str]) -> Sequence[SubjectKey]:
        """The keys these persons have now; fewer, where there is none."""

    async def keep(self, keys: Sequence[SubjectKey]) -> None:
        """Keep new keys; a person who has one keeps the one that was first."""

    async def find(self, key_ids: Sequence[str]) -> Sequence[SubjectKey]:
        """The keys of these ids that have not been destroyed."""

    async def naming(self) -> Wrapped | None:
        """The key by which persons are recognised, wrapped; `None` before it was kept."""

    async def keep_naming(self, wrapped: Wrapped) -> None:
        """Keep it; the one that was first stays."""

    async def unnamed(self) -> SubjectKey | None:
        """Any key that was wrapped before keys had ids."""


class MemoryKeys:
    """Keys as long as the process lives."""

    def __init__(self) -> None:
        """None yet."""
        self._keys: dict[str, SubjectKey] = {}
        self._naming: Wrapped | None = None

    async def of(self, subjects: Sequence[str]) -> Sequence[SubjectKey]:
        """The keys these persons have now."""
        return [self._keys[one] for one in subjects if one in self._keys]

    async def keep(self, keys: Sequence[SubjectKey]) -> None:
        """The first one stays."""
        for key in keys:
            self._keys.setdefault(key.subject, key)

    async def find(self, key_ids: Sequence[str]) -> Sequence[SubjectKey]:
        """The keys of these ids."""
        wanted = frozenset(key_ids)
        return [key for key in self._keys.values() if key.key_id in wanted]

    async def naming(self) -> Wrapped | None:
        """The key by which persons are recognised."""
        return self._naming

    async def keep_naming(self, wrapped: Wrapped) -> None:
        """The first one stays."""
        self._naming = self._naming or wrapped

    async def unnamed(self) -> SubjectKey | None:
        """Any key that was wrapped before keys had ids."""
        return next((key for key in self._keys.values() if not key.wrapped_by), None)

    def destroy(self, subject: str) -> None:
        """What a recorded erasure does in a database."""
        self._keys.pop(subject, None)


class PostgresKeys:
    """Keys in the service's own database. It can add and read them; only an erasure destroys."""

    def __init__(self, pool: Pool) -> None:
        """Use this pool."""
        self._pool = pool

    async def of(self, subjects: Sequence[str]) -> Sequence[SubjectKey]:
        """The keys these persons have now."""
        return await self._fetch(_OF, subjects)

    async def keep(self, keys: Sequence[SubjectKey]) -> None:
        """In a fixed order: two who keep the same keys do not wait in a circle."""
        ordered = sorted(keys, key=lambda key: key.subject)
        columns = (
            [key.key_id for key in ordered],
            [key.subject for key in ordered],
            [key.wrapped for key in ordered],
            [key.wrapped_by for key in ordered],
        )
        async with self._pool.held() as connection:
            await connection.execute(_KEEP, *columns)

    async def find(self, key_ids: Sequence[str]) -> Sequence[SubjectKey]:
        """The keys of these ids."""
        return await self._fetch(_FIND, key_ids)

    async def naming(self) -> Wrapped | None:
        """The key by which persons are recognised."""
        async with self._pool.held() as connection:
            row = await connection.fetchrow(_NAMING)
        return None if row is None else Wrapped(row["wrapped"], row["wrapped_by"])

    async def keep_naming(self, wrapped: Wrapped) -> None:
        """The first one stays."""
        async with self._pool.held() as connection:
            await connection.execute(_KEEP_NAMING, wrapped.content, wrapped.by)

    async def unnamed(self) -> SubjectKey | None:
        """Any key that was wrapped before keys had ids."""
        async with self._pool.held() as connection:
            row = await connection.fetchrow(_UNNAMED)
        return None if row is None else SubjectKey(*row)

    async def _fetch(self, query: str, wanted: Sequence[str]) -> Sequence[SubjectKey]:
        async with self._pool.held() as connection:
            rows = await connection.fetch(query, list(wanted))
        return [SubjectKey(*row) for row in rows]


_COLUMNS: Final = "SELECT key_id, subject, wrapped, wrapped_by FROM sealing.subject_key"
_OF: Final = f"{_COLUMNS} WHERE subject = ANY ($1::text[])"
_FIND: Final = f"{_COLUMNS} WHERE key_id = ANY ($1::text[])"
_KEEP: Final = """
INSERT INTO sealing.subject_key (key_id, subject, wrapped, wrapped_by)
SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[], $4::text[])
ON CONFLICT (subject) DO NOTHING
"""
_UNNAMED: Final = f"{_COLUMNS} WHERE wrapped_by = '' LIMIT 1"
_NAMING: Final = "SELECT wrapped, wrapped_by FROM sealing.naming_key"
_KEEP_NAMING: Final = """
INSERT INTO sealing.naming_key (wrapped, wrapped_by) VALUES ($1, $2) ON CONFLICT DO NOTHING
"""
