"""Personal fields: sealed with the key of their person, opened with it, gone with it."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from shared.domain.sealed import Sealed
from shared.eventstore.connections import Pool, open_pool
from shared.eventstore.schema import v1
from shared.sealing import MemoryKeys, Personal, PostgresKeys, Ring, Vault, schema
from shared.sealing.vault import BoxBroken
from shared.testing.servers import Postgres

SECRET = b"the key of this installation"
ZHANG = Personal(identity="PERSON|11010519491231002X", fields={"name": "张三", "number": "1X"})
LI = Personal(identity="PERSON|110105199001011239", fields={"name": "李四", "number": "2"})


def vault(keys: MemoryKeys | None = None, secret: bytes = SECRET) -> Vault:
    return Vault(Ring(secret), keys or MemoryKeys())


async def test_what_is_sealed_opens_and_shows_nothing_before() -> None:
    safe = vault()
    boxes = await safe.seal([ZHANG, LI, ZHANG])
    assert await safe.open(boxes) == [ZHANG.fields, LI.fields, ZHANG.fields]
    for one in boxes:
        raw = base64.b64decode(one.box)
        assert "张三".encode() not in raw
        assert "11010519491231002X" not in f"{one.subject}{one.key_id}{one.box}"


async def test_the_same_person_is_recognised_and_the_same_line_is_the_same_box() -> None:
    safe = vault()
    first, other, again = await safe.seal([ZHANG, LI, ZHANG])
    assert first == again
    assert first.subject != other.subject
    spelled = Personal(identity=ZHANG.identity.lower(), fields={"name": "张 三"})
    (same,) = await safe.seal([spelled])
    assert (same.subject, same.key_id) == (first.subject, first.key_id)
    assert same.box != first.box
    (elsewhere,) = await vault(secret=b"another installation").seal([ZHANG])
    assert elsewhere.subject != first.subject


async def test_a_destroyed_key_opens_nothing_and_a_new_one_does_not_bring_it_back() -> None:
    keys = MemoryKeys()
    safe = vault(keys)
    old, other = await safe.seal([ZHANG, LI])
    keys.destroy(old.subject)
    assert await safe.open([old, other]) == [None, LI.fields]
    (new,) = await safe.seal([ZHANG])
    assert await safe.open([old, new]) == [None, ZHANG.fields]
    assert new.subject == old.subject


async def test_a_box_that_was_changed_or_moved_is_found() -> None:
    safe = vault()
    mine, his = await safe.seal([ZHANG, LI])
    moved = Sealed(subject=his.subject, key_id=his.key_id, box=mine.box)
    raw = bytearray(base64.b64decode(mine.box))
    raw[-1] ^= 1
    changed = Sealed(subject=mine.subject, key_id=mine.key_id, box=base64.b64encode(raw).decode())
    renamed = Sealed(subject=his.subject, key_id=mine.key_id, box=mine.box)
    for wrong in (moved, changed, renamed):
        with pytest.raises(BoxBroken):
            await safe.open([wrong])


async def test_two_who_seal_at_once_agree_on_one_key() -> None:
    keys = MemoryKeys()
    found = await asyncio.gather(vault(keys).seal([ZHANG]), vault(keys).seal([ZHANG]))
    assert found[0] == found[1]


@asynccontextmanager
async def kept(url: str) -> AsyncIterator[Pool]:
    """A database with facts and keys."""
    owner = await asyncpg.connect(url)
    await v1.install(owner)
    for script in (*schema.steps("test"), *schema.rotation_steps("test")):
        await owner.execute(script)
    await owner.close()
    pool = await open_pool(url)
    try:
        yield pool
    finally:
        await pool.close()


async def test_a_recorded_erasure_destroys_the_key_in_its_own_transaction(database: str) -> None:
    async with kept(database) as pool:
        safe = Vault(Ring(SECRET), PostgresKeys(pool))
        mine, his = await safe.seal([ZHANG, LI])
        assert list(await safe.seal([ZHANG, LI])) == [mine, his]
        await _recorded(pool, "SubjectErased", f"other-{his.subject}", 1)
        await _recorded(pool, "SubjectSeen", f"subject-{his.subject}", 1)
        assert await safe.open([mine, his]) == [ZHANG.fields, LI.fields]
        async with pool.held() as connection, connection.transaction():
            await connection.execute(
                _FACT, 7, f"subject-{mine.subject}", "SubjectErased", b"{}", b"\0" * 32
            )
            assert await connection.fetchval(_LEFT, mine.subject) == 0
        assert await safe.open([mine, his]) == [None, LI.fields]


async def test_the_service_cannot_destroy_or_change_a_key_itself(
    postgres: Postgres, database: str
) -> None:
    roles = postgres.run_sql("SELECT rolname FROM pg_roles").split()
    if "test_app" not in roles:
        postgres.run_sql("CREATE ROLE test_app")
    async with kept(database) as pool:
        (mine,) = await Vault(Ring(SECRET), PostgresKeys(pool)).seal([ZHANG])
        async with pool.held() as connection:
            await connection.execute("SET ROLE test_app")
            assert await connection.fetchval(_LEFT, mine.subject) == 1
            for wrong in (
                "DELETE FROM sealing.subject_key",
                "UPDATE sealing.subject_key SET wrapped = wrapped",
                "UPDATE sealing.naming_key SET wrapped = wrapped",
                "DELETE FROM sealing.naming_key",
                "TRUNCATE sealing.subject_key",
                "SELECT sealing.destroy()",
            ):
                with pytest.raises(asyncpg.PostgresError):
                    await connection.execute(wrong)
            await connection.execute("RESET ROLE")


async def _recorded(pool: Pool, name: str, stream: str, append: int) -> None:
    async with pool.held() as connection:
        await connection.execute(_FACT, append + len(name), stream, name, b"{}", b"\0" * 32)


_LEFT = "SELECT count(*) FROM sealing.subject_key WHERE subject = $1"
_FACT = """
INSERT INTO es.event (append_id, idx, version, event_id, stream, name, body, prev_hash, hash)
SELECT $1, 1, 1, id, $2, $3, $4, $5, sha256(
  '\\x00'::bytea || uuid_send(id) || int4send(1) || $5
  || int4send(octet_length($2)) || convert_to($2, 'UTF8') || $4)
FROM (SELECT gen_random_uuid() AS id) AS fresh
"""
