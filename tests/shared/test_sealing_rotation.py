"""The key of the installation changes: nobody is forgotten, nothing is unreadable in between."""

import asyncio
import signal
import sys
from contextlib import suppress

import asyncpg
import pytest

from shared.eventstore.connections import open_pool
from shared.sealing import MemoryKeys, Personal, PostgresKeys, Ring, SealingKeyMissing, Vault
from shared.sealing.rewrapping import Rewrapped, rewrap
from shared.sealing.ring import InstallationKey, Wrapped
from tests.shared.test_sealing import LI, ZHANG, kept

OLD, NEW, LATER = b"the key of last year", b"the key of this year", b"the key of next year"
PEOPLE = [
    Personal(identity=f"PERSON|{number}", fields={"name": f"{number}"}) for number in range(9)
]


async def again(url: str, ring: Ring, batch: int = 2) -> Rewrapped:
    """Wrap everything that is old."""
    connection = await asyncpg.connect(url)
    try:
        steps = [found async for found in rewrap(connection, ring, batch)]
    finally:
        await connection.close()
    return steps[-1] if steps else Rewrapped()


async def wrapped_by(url: str) -> set[str]:
    """The keys that still wrap something."""
    connection = await asyncpg.connect(url)
    rows = await connection.fetch(
        "SELECT wrapped_by FROM sealing.subject_key UNION SELECT wrapped_by FROM sealing.naming_key"
    )
    await connection.close()
    return {row[0] for row in rows}


async def test_what_the_old_key_wrapped_opens_before_during_and_after(database: str) -> None:
    async with kept(database) as pool:
        keys = PostgresKeys(pool)
        boxes = await Vault(Ring(OLD), keys).seal(PEOPLE)
        both = Vault(Ring(NEW, [OLD]), keys)
        assert await both.open(boxes) == [one.fields for one in PEOPLE]
        (fresh,) = await both.seal([ZHANG])
        # Whoever still wraps by the old key has got the new one to open with.
        assert await Vault(Ring(OLD, [NEW]), keys).open([fresh]) == [ZHANG.fields]
        assert await wrapped_by(database) == {InstallationKey(OLD).id, InstallationKey(NEW).id}
        assert (await again(database, Ring(NEW, [OLD]))).done == len(PEOPLE)
        assert await wrapped_by(database) == {InstallationKey(NEW).id}
        alone = Vault(Ring(NEW), keys)
        assert await alone.open(boxes) == [one.fields for one in PEOPLE]
        assert list(await alone.seal(PEOPLE)) == list(boxes)
        assert (await again(database, Ring(NEW))).done == 0


async def test_a_person_keeps_the_name_through_two_changes(database: str) -> None:
    async with kept(database) as pool:
        keys = PostgresKeys(pool)
        (first,) = await Vault(Ring(OLD), keys).seal([ZHANG])
        await again(database, Ring(NEW, [OLD]))
        await again(database, Ring(LATER, [NEW]))
        (last,) = await Vault(Ring(LATER), keys).seal([ZHANG])
        assert last == first


async def test_keys_of_before_keys_had_ids_name_as_they_did(database: str) -> None:
    async with kept(database) as pool:
        keys = PostgresKeys(pool)
        boxes = await Vault(Ring(OLD), keys).seal([ZHANG, LI])
        await pool.execute("UPDATE sealing.subject_key SET wrapped_by = ''")
        await pool.execute("DELETE FROM sealing.naming_key")
        # The very first start after the change of version has the new key already.
        both = Vault(Ring(NEW, [OLD]), keys)
        assert list(await both.seal([ZHANG, LI])) == list(boxes)
        assert (await again(database, Ring(NEW, [OLD]))).done == 2
        assert await Vault(Ring(NEW), keys).open(boxes) == [ZHANG.fields, LI.fields]


async def test_without_the_key_nothing_starts_and_the_sentence_says_which(database: str) -> None:
    async with kept(database) as pool:
        keys = PostgresKeys(pool)
        boxes = await Vault(Ring(OLD), keys).seal([ZHANG])
        with pytest.raises(SealingKeyMissing) as caught:
            await Vault(Ring(NEW), keys).ready()
        said = str(caught.value)
        assert InstallationKey(OLD).id in said
        assert "ABACUS_SEALING_KEYS_PREVIOUS" in said
        # A key that cannot be opened is counted and left as it is.
        await pool.execute("UPDATE sealing.subject_key SET wrapped_by = 'gone'")
        found = await again(database, Ring(NEW, [OLD]))
        assert (found.done, found.missing) == (0, 1)
        assert "gone" in found.wanted
        await pool.execute("UPDATE sealing.subject_key SET wrapped_by = ''")
        assert await Vault(Ring(NEW, [OLD]), keys).open(boxes) == [ZHANG.fields]


async def test_who_is_erased_meanwhile_does_not_come_back(database: str) -> None:
    async with kept(database) as pool:
        keys = PostgresKeys(pool)
        mine, his = await Vault(Ring(OLD), keys).seal([ZHANG, LI])
        connection = await asyncpg.connect(database)
        async for _ in rewrap(connection, Ring(NEW, [OLD]), 1):
            await pool.execute("DELETE FROM sealing.subject_key WHERE subject = $1", his.subject)
        await connection.close()
        assert await Vault(Ring(NEW), keys).open([mine, his]) == [ZHANG.fields, None]


PROGRAM = """
import asyncio, asyncpg, sys
from shared.sealing import Ring
from shared.sealing.rewrapping import rewrap
async def main():
    connection = await asyncpg.connect(sys.argv[1])
    async for found in rewrap(connection, Ring(sys.argv[2].encode(), [sys.argv[3].encode()]), 2):
        print(found.done, flush=True)
asyncio.run(main())
"""


async def test_killed_in_the_middle_it_goes_on_where_it_ended(database: str) -> None:
    async with kept(database) as pool:
        keys = PostgresKeys(pool)
        boxes = await Vault(Ring(OLD), keys).seal(PEOPLE)
        middle = await pool.fetchval(
            "SELECT key_id FROM sealing.subject_key ORDER BY key_id OFFSET 5 LIMIT 1"
        )
        holder = await asyncpg.connect(database)
        held = holder.transaction()
        await held.start()
        await holder.execute(
            "SELECT 1 FROM sealing.subject_key WHERE key_id = $1 FOR UPDATE", middle
        )
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", PROGRAM, database, NEW.decode(), OLD.decode(),
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            assert process.stdout is not None
            for done in (b"2\n", b"4\n"):
                assert await asyncio.wait_for(process.stdout.readline(), 30) == done
        finally:
            # Killed once: whoever asks a dead child for its end takes it from the one who waits.
            with suppress(ProcessLookupError):
                process.kill()
            assert await process.wait() == -signal.SIGKILL
        await held.rollback()
        await holder.close()
        both = Vault(Ring(NEW, [OLD]), keys)
        assert await both.open(boxes) == [one.fields for one in PEOPLE]
        assert len(await wrapped_by(database)) == 2
        assert (await again(database, Ring(NEW, [OLD]))).done == 5
        assert await Vault(Ring(NEW), keys).open(boxes) == [one.fields for one in PEOPLE]


async def test_two_processes_that_start_at_once_agree_on_the_names(database: str) -> None:
    async with kept(database) as pool:
        other = await open_pool(database)
        found = await asyncio.gather(
            Vault(Ring(OLD, [NEW]), PostgresKeys(pool)).seal([ZHANG]),
            Vault(Ring(NEW, [OLD]), PostgresKeys(other)).seal([ZHANG]),
        )
        await other.close()
        assert found[0][0].subject == found[1][0].subject


async def test_in_memory_as_well() -> None:
    keys = MemoryKeys()
    (box,) = await Vault(Ring(OLD), keys).seal([ZHANG])
    assert await Vault(Ring(NEW, [OLD]), keys).open([box]) == [ZHANG.fields]
    with pytest.raises(SealingKeyMissing):
        await Vault(Ring(NEW), keys).open([box])
    key = InstallationKey(OLD)
    wrapped = key.wrap(b"x", b"about")
    assert Ring(NEW, [OLD]).opened(Wrapped(wrapped.content), b"about")[0].id == key.id
