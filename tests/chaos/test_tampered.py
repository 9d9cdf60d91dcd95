"""What a superuser does to the past is found by who kept the checkpoints; nobody else is accused.

A small store is filled, numbered and signed by the code of the services; then one thing is done to
it, as whoever owns the server can do it, hashes made to fit or not. The judge, which imports
nothing of ours, reads the tables and the notes that were taken away (P12).

How many: `TAMPERINGS` and `CLEAN`, others with another `SEED`; the full numbers are
`TAMPERINGS=1000 CLEAN=10000 pytest --timeout=0 -s tests/chaos/test_tampered.py`.
"""

import json
import os
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from random import Random
from typing import TYPE_CHECKING, Final, cast

import asyncpg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deploy.verify.verify import Tampered, check_root, leaf_of, opened
from shared.eventstore.checkpoints import Signer
from shared.eventstore.log import PostgresLog
from shared.eventstore.postgres import PostgresStore
from shared.eventstore.signing import Signing
from shared.testing.store_suite import appended, chain, only
from tests.chaos.judge.history import check_history, check_shown
from tests.chaos.judge.ledger import check_ledger
from tests.chaos.judge.store import Store, read_over
from tests.chaos.judge.verdict import Verdict
from tests.chaos.tampering import ORIGIN, Connection, open_up, rewrite, tamperings

if TYPE_CHECKING:
    from shared.eventstore import StoredEvent
    from shared.eventstore.connections import Pool

TAMPERINGS: Final = int(os.environ.get("TAMPERINGS", "80"))
CLEAN: Final = int(os.environ.get("CLEAN", "60"))
SEED: Final = int(os.environ.get("SEED", "0"))
JARS_MAX: Final = 5
APPENDS_MAX: Final = 9
SIGNER: Final = Signer("abacus/jars", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


class Alone:
    """A pool of one connection, whose transaction is never committed."""

    def __init__(self, connection: Connection) -> None:
        """The one."""
        self.connection = connection

    @asynccontextmanager
    async def held(self) -> AsyncIterator[Connection]:
        """Always the same."""
        yield self.connection


@pytest.fixture
async def superuser(jars_url: str) -> AsyncIterator[Connection]:
    """Whoever owns the server."""
    connection = await asyncpg.connect(jars_url)
    yield connection
    await connection.close()


@asynccontextmanager
async def store_of_a_moment(connection: Connection, chance: Random) -> AsyncIterator[list[str]]:
    """A store that is filled, numbered and signed, with its notes; it is gone afterwards."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        yield await filled(connection, chance)
    finally:
        await transaction.rollback()


async def filled(connection: Connection, chance: Random) -> list[str]:
    """A few commands with what they say, by the code of the services; the notes are public."""
    pool = cast("Pool", Alone(connection))
    store, signing = PostgresStore(pool), Signing(PostgresLog(pool), SIGNER, origin=ORIGIN)
    last: dict[str, StoredEvent] = {}
    for n in range(chance.randint(2, APPENDS_MAX)):
        stream = f"jar-{chance.randrange(JARS_MAX)}"
        bodies = [some_text(chance) for _ in range(chance.randint(1, 3))]
        events = chain(stream, *bodies, after=last.get(stream))
        last[stream] = events[-1]
        words = tuple(some_text(chance) for _ in range(chance.randint(n == 0, 2) + (n == 0)))
        await store.commit(only(appended(*events, words=words)))
        if chance.random() < 1 / 3:
            await store.sequence()
            await signing.sign()
    await store.sequence()
    await signing.sign()
    return [note for (note,) in await connection.fetch("SELECT note FROM es.checkpoint")]


def some_text(chance: Random) -> bytes:
    """A body that no other has."""
    return json.dumps({"coins": chance.randrange(10**6), "salt": chance.random()}).encode()


def judged(store: Store, notes: Sequence[str]) -> Verdict:
    """What the judge finds, who has the tables and the notes that were taken away."""
    verdict = Verdict()
    check_ledger(store, verdict)
    check_history(store, SIGNER.verifier.text, notes, verdict)
    check_shown(store, SIGNER.verifier.text, notes, verdict)
    return verdict


def accused(store: Store, notes: Sequence[str]) -> bool:
    """Whether the verifier for strangers accuses, who has the log of words as it is served."""
    bodies = {(row["append_id"], row["idx"]): row["body"] for row in store.words}
    try:
        leaves = []
        for place, row in enumerate(store.said, 1):
            body = bodies.get((row["append_id"], row["idx"]), b"").decode()
            line = {"sequence": row["number"], "leaf_hash": row["leaf_hash"].hex(), "word": body}
            leaves.append(leaf_of(json.dumps(line), place)[1])
        for note in notes:
            if note.partition("\n")[0].endswith("/words"):
                check_root(leaves, opened(note, SIGNER.verifier.text))
    except Tampered:
        return True
    return False


def served(store: Store) -> list[tuple[int, bytes]]:
    """The words by their numbers."""
    bodies = {(row["append_id"], row["idx"]): row["body"] for row in store.words}
    return [(row["number"], bodies.get((row["append_id"], row["idx"]), b"")) for row in store.said]


async def test_every_tampering_is_found(superuser: Connection) -> None:
    chance, tried, by_strangers = Random(f"tampered {SEED}"), Counter[str](), 0  # noqa: S311
    kinds = tamperings(SIGNER)
    for n in range(TAMPERINGS):
        kind = [*kinds][n % len(kinds)]
        async with store_of_a_moment(superuser, chance) as notes:
            before = await read_over("jars", superuser)
            await open_up(superuser)
            await kinds[kind](superuser, chance)
            after = await read_over("jars", superuser)
        assert judged(after, notes).violations, f"{kind}, the {n}th"
        tried[kind] += 1
        if served(before) != served(after):
            assert accused(after, notes), f"{kind}, the {n}th"
            by_strangers += 1
    print(f"\n{TAMPERINGS} found, {by_strangers} by strangers too: {dict(tried)}")
    assert len(tried) == min(len(kinds), TAMPERINGS)
    assert by_strangers > TAMPERINGS / 5


async def test_no_sound_store_is_accused(superuser: Connection) -> None:
    chance, seen = Random(f"sound {SEED}"), Counter[str]()  # noqa: S311 - stories, no secrets
    for n in range(CLEAN):
        async with store_of_a_moment(superuser, chance) as notes:
            found = await read_over("jars", superuser)
        verdict = judged(found, notes)
        assert not verdict.violations, (n, verdict.examples)
        assert not accused(found, notes), n
        seen.update(events=len(found.events), words=len(found.words), notes=len(notes))
    print(f"\n{CLEAN} sound stores: {dict(seen)}")
    assert min(seen.values()) > 2 * CLEAN


async def test_who_took_no_note_away_believes_a_history_that_was_signed_anew(
    superuser: Connection,
) -> None:
    async with store_of_a_moment(superuser, Random(14)) as notes:  # noqa: S311
        await open_up(superuser)
        await rewrite(superuser, Random(14), signer=SIGNER)  # noqa: S311
        after = await read_over("jars", superuser)
    assert judged(after, notes).violations
    shown = [row["note"] for row in after.checkpoints]
    verdict = Verdict()
    check_history(after, SIGNER.verifier.text, shown, verdict)
    assert not verdict.violations, verdict.examples
