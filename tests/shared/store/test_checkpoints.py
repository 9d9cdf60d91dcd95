"""Checkpoints are C2SP signed notes, and only a log that continues the last one is signed."""

from base64 import b64decode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shared.eventstore.checkpoints import (
    Checkpoint,
    HistoryChanged,
    Log,
    NotSigned,
    Signer,
    Verifier,
    sign_next,
)
from shared.eventstore.connections import Held, Pool
from shared.eventstore.log import MemoryLog, PostgresLog, Proofs
from shared.eventstore.memory import MemoryStore
from shared.eventstore.merkle import consistency_holds, inclusion_holds, root
from shared.eventstore.postgres import PostgresStore
from shared.eventstore.signing import Signing, signer_of
from shared.testing.store_suite import appended, chain, only

ORIGIN = "abacus.example/653100/targets/ledger"
SIGNER = Signer("abacus.example/targets", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
STRANGER = Signer("abacus.example/targets", Ed25519PrivateKey.from_private_bytes(bytes(32)))


async def fill(store: MemoryStore | PostgresStore, first: int, count: int) -> None:
    appends = [
        appended(*chain(f"note-{n}", b"%d" % n), words=(b"w%d" % n,))
        for n in range(first, first + count)
    ]
    await store.commit(only(*appends))
    await store.sequence()


async def tamper(connection: Held, statement: str) -> None:
    """As a superuser would who knows the schema."""
    for table in ("event", "word", "ledger", "said", "checkpoint"):
        await connection.execute(f"ALTER TABLE es.{table} DISABLE TRIGGER no_change")
    await connection.execute("ALTER TABLE es.event DROP CONSTRAINT IF EXISTS ck_event_hash")
    await connection.execute(statement)


def test_a_note_of_the_go_checksum_database_opens() -> None:
    key = b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    verifier = Verifier("PeterNeumann", Ed25519PublicKey.from_public_bytes(key[1:]))
    assert verifier.text == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    text = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    signature = (
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FF"
        "YC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    )
    assert verifier.read(f"{text}\n— PeterNeumann {signature}\n") == text


def test_a_note_opens_only_as_it_was_signed() -> None:
    checkpoint = Checkpoint(ORIGIN, 7, bytes(32))
    note = SIGNER.sign(checkpoint)
    assert SIGNER.verifier.open(note) == checkpoint
    for forged in (
        note.replace("\n7\n", "\n8\n"),
        note.replace("targets/ledger", "targets/words"),
        STRANGER.sign(checkpoint),
        checkpoint.text,
        "",
    ):
        with pytest.raises(NotSigned):
            SIGNER.verifier.open(forged)


async def follow(store: MemoryStore | PostgresStore, log: Log) -> None:
    assert await sign_next(log, "words", SIGNER, origin=ORIGIN) is None
    await fill(store, 0, 5)
    first = await sign_next(log, "ledger", SIGNER, origin=ORIGIN)
    assert await sign_next(log, "ledger", SIGNER, origin=ORIGIN) is None
    await fill(store, 5, 8)
    second = await sign_next(log, "ledger", SIGNER, origin=ORIGIN)
    assert first is not None
    assert second is not None
    assert (first.size, second.size) == (5, 13)
    assert await log.latest("ledger") == second
    old, new = SIGNER.verifier.open(first.note), SIGNER.verifier.open(second.note)
    proofs = Proofs(log, "ledger")
    between = await proofs.consistency(old.size, new.size)
    assert consistency_holds(old.size, new.size, between, old.root, new.root)
    for entry in await store.read_ledger(0, 13):
        proof = await proofs.inclusion(entry.position, new.size)
        assert inclusion_holds(entry.event.hash, entry.position - 1, new.size, proof, new.root)
    words = await sign_next(log, "words", SIGNER, origin=ORIGIN)
    assert words is not None
    assert await Proofs(log, "words").root(13) == root(words.frontier)


async def introduce(store: MemoryStore | PostgresStore, log: Log) -> None:
    assert await log.introduced() is None
    # As long as nothing is signed, the one who is to sign may be another.
    for signer in (STRANGER, SIGNER):
        await Signing(log, signer, origin=ORIGIN).sign()
        assert await log.introduced() == signer.verifier.key
    await fill(store, 0, 2)
    await Signing(log, SIGNER, origin=ORIGIN).sign()
    kept = await log.latest("words")
    with pytest.raises(NotSigned):
        await Signing(log, STRANGER, origin=ORIGIN).sign()
    await fill(store, 2, 2)
    with pytest.raises(NotSigned):
        await Signing(log, STRANGER, origin=ORIGIN).sign()
    assert await log.latest("words") == kept
    key = await log.introduced()
    assert key is not None
    assert kept is not None
    assert Verifier.of(SIGNER.verifier.name, key).open(kept.note).size == 2


FOLLOWER = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))


def following(*previous: Signer | Verifier) -> Signer:
    """A signer with a new key."""
    return Signer(SIGNER.verifier.name, FOLLOWER, previous=previous)


async def succeed(store: MemoryStore | PostgresStore, log: Log) -> None:
    """A key is changed: first both sign, then the new one alone."""
    await fill(store, 0, 2)
    await Signing(log, SIGNER, origin=ORIGIN).sign()
    both = Signing(log, following(SIGNER), origin=ORIGIN)
    await both.sign()
    # Nothing has been added, so nothing is signed by the new key: the old one stands.
    assert await log.introduced() == SIGNER.verifier.key
    with pytest.raises(NotSigned):
        await Signing(log, following(), origin=ORIGIN).sign()
    await fill(store, 2, 2)
    await both.sign()
    new = following().verifier
    assert await log.introduced() == new.key
    for kind in ("ledger", "words"):
        note = await log.latest(kind)
        assert note is not None
        told = SIGNER.verifier.open(note.note)
        assert told == new.open(note.note)
        assert (told.size, told.successor) == (4, new.text)
    await fill(store, 4, 1)
    await Signing(log, following(), origin=ORIGIN).sign()
    last = await log.latest("words")
    assert last is not None
    assert (new.open(last.note).size, new.open(last.note).successor) == (5, "")
    with pytest.raises(NotSigned):
        SIGNER.verifier.open(last.note)
    with pytest.raises(NotSigned):
        await Signing(log, SIGNER, origin=ORIGIN).sign()


async def test_a_new_key_is_named_by_the_old_one_and_goes_on_alone(
    postgres_store: PostgresStore, pool: Pool
) -> None:
    store = MemoryStore()
    await succeed(store, MemoryLog(store))
    await succeed(postgres_store, PostgresLog(pool))


async def test_a_lost_key_is_followed_by_one_that_it_could_not_name() -> None:
    store = MemoryStore()
    log = MemoryLog(store)
    await fill(store, 0, 2)
    await Signing(log, SIGNER, origin=ORIGIN).sign()
    await fill(store, 2, 2)
    with pytest.raises(NotSigned):
        await Signing(log, following(STRANGER.verifier), origin=ORIGIN).sign()
    await Signing(log, following(SIGNER.verifier), origin=ORIGIN).sign()
    last = await log.latest("words")
    assert last is not None
    assert following().verifier.open(last.note) == Checkpoint(
        ORIGIN + "/words", 4, await Proofs(log, "words").root(4)
    )


def test_the_line_that_names_the_new_key_cannot_be_exchanged() -> None:
    note = following(SIGNER).sign(Checkpoint(ORIGIN, 7, bytes(32)))
    new = following().verifier
    for forged in (
        note.replace(new.text, STRANGER.verifier.text),
        note.replace(f"successor {new.text}\n", ""),
    ):
        assert forged != note
        for verifier in (SIGNER.verifier, new):
            with pytest.raises(NotSigned):
                verifier.open(forged)


def test_keys_of_before_are_given_drawn_or_known_by_their_verifier(tmp_path: Path) -> None:
    """Each of them has signed a note that the new signer goes on from."""
    checkpoint = Checkpoint(ORIGIN, 7, bytes(32))
    given = signer_of(tmp_path / "none", "targets", "a-secret")
    drawn = signer_of(tmp_path, "targets")
    previous = ("a-secret", given.verifier.text)
    for before, one in ((given, previous[:1]), (given, previous[1:]), (drawn, ())):
        signer = signer_of(tmp_path, "targets", "new", previous=one)
        assert signer.open(before.sign(checkpoint)).size == 7
    with pytest.raises(NotSigned):
        signer_of(tmp_path, "targets", "new").open(given.sign(checkpoint))
    with pytest.raises(ValueError, match="no Ed25519 verifier key"):
        signer_of(tmp_path, "targets", "new", previous=[given.verifier.text.replace("+", "+0", 1)])


async def test_checkpoints_follow_a_log_on_lists() -> None:
    store = MemoryStore()
    await follow(store, MemoryLog(store))


async def test_whoever_signs_says_with_which_key_and_nobody_takes_their_place(
    postgres_store: PostgresStore, pool: Pool
) -> None:
    store = MemoryStore()
    await introduce(store, MemoryLog(store))
    await introduce(postgres_store, PostgresLog(pool))


def test_a_key_that_is_given_outlives_the_folder(tmp_path: Path) -> None:
    """A worker that is replaced with its disk goes on where the last one stopped."""
    first, second = (
        signer_of(tmp_path / name, "targets", "a-secret").verifier.text for name in "ab"
    )
    assert first == second
    assert not list(tmp_path.iterdir())
    assert signer_of(tmp_path, "monitoring", "a-secret").verifier.key.hex() not in first
    others = {signer_of(tmp_path / name, "targets").verifier.text for name in "ab"}
    others |= {signer_of(tmp_path, "targets", "another").verifier.text}
    assert len(others) == 3
    assert first not in others


async def test_checkpoints_follow_a_log_on_postgres(
    postgres_store: PostgresStore, pool: Pool
) -> None:
    await follow(postgres_store, PostgresLog(pool))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE es.event SET body = 'changed' WHERE stream = 'note-3'",
        "UPDATE es.event SET version = 9 WHERE stream = 'note-3'",
        "DELETE FROM es.event WHERE stream = 'note-3'",
        "DELETE FROM es.ledger WHERE position = 4",
        "UPDATE es.ledger SET append_id = 99, idx = 1 WHERE position = 5",
        "UPDATE es.head SET size = size - 1",
        "UPDATE es.head SET frontier = '{}'",
        "UPDATE es.checkpoint SET size = 2",
        "UPDATE es.checkpoint SET frontier = '{}'",
        "UPDATE es.checkpoint SET note = replace(note, E'\\n3\\n', E'\\n2\\n')",
    ],
)
async def test_nothing_is_signed_over_a_changed_past(
    postgres_store: PostgresStore, pool: Pool, change: str
) -> None:
    """The rewritten event is younger than the last checkpoint, or the checkpoint is rewritten."""
    log = PostgresLog(pool)
    await fill(postgres_store, 0, 3)
    await sign_next(log, "ledger", SIGNER, origin=ORIGIN)
    await fill(postgres_store, 3, 3)
    async with pool.acquire() as connection:
        await tamper(connection, change)
    with pytest.raises((HistoryChanged, NotSigned)):
        await sign_next(log, "ledger", SIGNER, origin=ORIGIN)


async def test_a_rewritten_signed_past_contradicts_its_checkpoint(
    postgres_store: PostgresStore, pool: Pool
) -> None:
    """An insider who recomputes every hash cannot recompute what others hold."""
    log = PostgresLog(pool)
    await fill(postgres_store, 0, 4)
    signed = await sign_next(log, "ledger", SIGNER, origin=ORIGIN)
    assert signed is not None
    published = SIGNER.verifier.open(signed.note)
    assert await Proofs(log, "ledger").root(4) == published.root
    forged = chain("note-2", b"forged")[0]
    async with pool.acquire() as connection:
        await tamper(connection, "SELECT 1")
        await connection.execute(
            "UPDATE es.event SET body = $1, hash = $2, event_id = $3 WHERE stream = 'note-2'",
            forged.body,
            forged.hash,
            forged.event_id,
        )
    assert await Proofs(log, "ledger").root(4) != published.root
