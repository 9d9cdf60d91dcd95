"""Wrapping again: every key of a person by the key of the installation that holds now.

A batch is one transaction, and what is wrapped anew says so: whoever stops in the middle, or is
killed, goes on where it ended. What was erased meanwhile is not there any more and does not come
back. Run by the owner of the tables; the service itself cannot change a key.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from shared.sealing.keys import SubjectKey
from shared.sealing.ring import Ring, SealingKeyMissing, Wrapped
from shared.sealing.vault import NAMES

if TYPE_CHECKING:
    import asyncpg

BATCH_MAX: Final = 500
_OLD: Final = """
SELECT key_id, subject, wrapped, wrapped_by FROM sealing.subject_key
WHERE wrapped_by <> $1 AND key_id > $2 ORDER BY key_id LIMIT $3 FOR UPDATE
"""
_WRAP: Final = """
UPDATE sealing.subject_key AS k SET wrapped = u.wrapped, wrapped_by = $3
FROM unnest($1::text[], $2::bytea[]) AS u(key_id, wrapped) WHERE k.key_id = u.key_id
"""
_NAMING: Final = "SELECT wrapped, wrapped_by FROM sealing.naming_key FOR UPDATE"
_WRAP_NAMING: Final = "UPDATE sealing.naming_key SET wrapped = $1, wrapped_by = $2"


@dataclass(slots=True)
class Rewrapped:
    """How far it is: `done` are wrapped anew, of `missing` the key is not here."""

    done: int = 0
    missing: int = 0
    wanted: str = ""


async def rewrap(
    connection: "asyncpg.Connection[asyncpg.Record]", ring: Ring, batch: int = BATCH_MAX
) -> AsyncIterator[Rewrapped]:
    """Wrap batch after batch; what cannot be opened is counted and left as it is."""
    found = Rewrapped()
    await _names(connection, ring)
    last = ""
    while True:
        async with connection.transaction():
            rows = await connection.fetch(_OLD, ring.current.id, last, batch)
            if not rows:
                break
            anew = _anew([SubjectKey(*row) for row in rows], ring, found)
            columns = [one.key_id for one in anew], [one.wrapped for one in anew]
            await connection.execute(_WRAP, *columns, ring.current.id)
        last = rows[-1]["key_id"]
        yield found


def _anew(keys: list[SubjectKey], ring: Ring, found: Rewrapped) -> list[SubjectKey]:
    anew: list[SubjectKey] = []
    for key in keys:
        try:
            content = ring.unwrap(Wrapped(key.wrapped, key.wrapped_by), key.about)
        except SealingKeyMissing as missing:
            found.missing, found.wanted = found.missing + 1, str(missing)
            continue
        wrapped = ring.current.wrap(content, key.about)
        anew.append(SubjectKey(key.key_id, key.subject, wrapped.content, wrapped.by))
    found.done += len(anew)
    return anew


async def _names(connection: "asyncpg.Connection[asyncpg.Record]", ring: Ring) -> None:
    """The key of the names, too; without it nobody is recognised again."""
    async with connection.transaction():
        row = await connection.fetchrow(_NAMING)
        if row is None or row["wrapped_by"] == ring.current.id:
            return
        naming = ring.unwrap(Wrapped(row["wrapped"], row["wrapped_by"]), NAMES)
        wrapped = ring.current.wrap(naming, NAMES)
        await connection.execute(_WRAP_NAMING, wrapped.content, wrapped.by)
