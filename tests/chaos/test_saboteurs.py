"""The judge would notice: each planted bug is reported as what it is, and nothing else is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.bus import Overtaken
from shared.eventstore.appending import APPEND, append_arguments
from shared.eventstore.checkpoints import Signer
from shared.eventstore.connections import Pool, open_pool
from shared.eventstore.log import PostgresLog
from shared.eventstore.postgres import PostgresStore
from shared.eventstore.signing import Signing
from shared.relay import FeedAhead
from shared.testing.store_suite import appended, chain
from tests.chaos import saboteurs
from tests.chaos.judge.history import check_history
from tests.chaos.judge.ledger import check_ledger
from tests.chaos.judge.store import read_store
from tests.chaos.judge.verdict import Verdict
from tests.chaos.town import COMMANDS, Plan, exactly, town

CHANGED_BODY = b'{"data":{"coins":1}}'


@pytest.fixture
async def pool(jars_url: str) -> AsyncIterator[Pool]:
    """Connections to the first of them."""
    pool = await open_pool(jars_url)
    yield pool
    await pool.close()


PLANS = {
    "control": (Plan(), exactly, set()),
    "P1": (Plan(jars_store=saboteurs.AnswersBeforeCommit), exactly, {"lost"}),
    "P3": (Plan(jars_store=saboteurs.RemembersKeysApart), exactly, {"doubled"}),
    "P7": (Plan(banks_store=saboteurs.MovesCursorLater), exactly, {"projection"}),
    "P10": (Plan(), saboteurs.through_float, {"balance"}),
}


@pytest.mark.parametrize("promise", PLANS)
async def test_a_planted_bug_is_reported_as_what_it_is(
    promise: str, jars_url: str, banks_url: str, tmp_path: Path
) -> None:
    plan, intake, expected = PLANS[promise]
    async with town(plan, jars_url, banks_url, tmp_path) as place:
        await place.live(intake=intake)
        verdict = await place.judged()
    assert set(verdict.violations) == expected, verdict.examples
    assert verdict.seen["ok"] == COMMANDS


@pytest.mark.parametrize("sabotaged", [False, True])
async def test_p6_two_relays_without_compare_and_set(
    jars_url: str, banks_url: str, tmp_path: Path, *, sabotaged: bool
) -> None:
    plan = Plan(bus=saboteurs.PublishesBlindly) if sabotaged else Plan()
    async with town(plan, jars_url, banks_url, tmp_path) as place:
        await place.live()
        await place.put(COMMANDS)
        await place.jars.number()
        relays = [place.relay(), place.relay()]
        outcomes = await asyncio.gather(
            *(relay.publish_next() for relay in relays), return_exceptions=True
        )
        assert sabotaged or any(isinstance(one, Overtaken) for one in outcomes)
        with suppress(FeedAhead):
            await place.rest()
        verdict = await place.judged()
    # The relay stops before a feed it did not say, so what follows from it is missing, too.
    consequences = {"heard", "late", "projection"}
    wrong = {"feed"} | consequences if sabotaged else set()
    assert set(verdict.violations) == wrong, verdict.examples


@pytest.mark.parametrize("sabotaged", [False, True])
async def test_p4_two_writers_of_one_version(jars_url: str, pool: Pool, *, sabotaged: bool) -> None:
    if sabotaged:
        await saboteurs.drop_unique_versions(jars_url)
    first, second = (appended(*chain("jar-hot", body)) for body in (b'{"data":{}}', CHANGED_BODY))
    async with pool.acquire() as one, pool.acquire() as other:
        transaction = one.transaction()
        await transaction.start()
        await one.execute(APPEND, *append_arguments([first], []))
        late = asyncio.create_task(other.execute(APPEND, *append_arguments([second], [])))
        await asyncio.wait([late], timeout=0.2)
        await transaction.commit()
        with suppress(asyncpg.UniqueViolationError):
            await late
    assert await _judged(jars_url, PostgresStore(pool)) == ({"overwritten"} if sabotaged else set())


@pytest.mark.parametrize("sabotaged", [False, True])
async def test_p5_a_late_commit_is_not_skipped(
    jars_url: str, pool: Pool, *, sabotaged: bool
) -> None:
    if sabotaged:
        await saboteurs.skip_late_commits(jars_url)
    store = PostgresStore(pool)
    slow, fast = (appended(*chain(f"jar-{n}", CHANGED_BODY), words=(b"{}",)) for n in range(2))
    async with pool.acquire() as one, pool.acquire() as other:
        transaction = one.transaction()
        await transaction.start()
        await one.execute(APPEND, *append_arguments([slow], []))
        await other.execute(APPEND, *append_arguments([fast], []))
        await store.sequence()
        await transaction.commit()
    assert await _judged(jars_url, store) == ({"lost"} if sabotaged else set())


@pytest.mark.parametrize("sabotaged", [False, True])
async def test_p5_two_sequencers_give_no_number_twice(
    jars_url: str, pool: Pool, *, sabotaged: bool
) -> None:
    if sabotaged:
        await saboteurs.take_away_fence(jars_url)
    store = PostgresStore(pool)
    appends = [appended(*chain(f"jar-{n}", CHANGED_BODY), words=(b"{}",)) for n in range(4)]
    async with pool.acquire() as one, pool.acquire() as other:
        await one.execute(APPEND, *append_arguments(appends, []))
        transaction = one.transaction()
        await transaction.start()
        await one.execute("SELECT es.sequence_batch(2, 1000)")
        late = asyncio.create_task(other.execute("SELECT es.sequence_batch(4, 1000)"))
        await asyncio.wait([late], timeout=0.2)
        await transaction.commit()
        await late
    assert await _judged(jars_url, store) == ({"order"} if sabotaged else set())


@pytest.mark.parametrize(
    ("thoroughly", "with_notes", "expected"),
    [
        (False, False, {"chain"}),
        (True, False, set()),  # nobody inside would notice: hence the checkpoints
        (True, True, {"history"}),
    ],
)
async def test_p12_a_changed_byte_is_seen_by_who_kept_a_checkpoint(
    jars_url: str, pool: Pool, *, thoroughly: bool, with_notes: bool, expected: set[str]
) -> None:
    store = PostgresStore(pool)
    body = b'{"correlation_id":"c","data":{"coins":1}}'
    for n in range(12):
        await pool.execute(APPEND, *append_arguments([appended(*chain(f"jar-{n}", body))], []))
    await store.sequence()
    signer = Signer("abacus/jars", Ed25519PrivateKey.generate())
    await Signing(PostgresLog(pool), signer, origin="abacus/653100/jars").sign()
    notes = [note for (note,) in await pool.fetch("SELECT note FROM es.checkpoint")]
    assert len(notes) == 1
    untouched = Verdict()
    check_history(await read_store("jars", jars_url), signer.verifier.text, notes, untouched)
    assert not untouched.violations

    await saboteurs.change_event(jars_url, 5, thoroughly=thoroughly)
    verdict = Verdict()
    changed = await read_store("jars", jars_url)
    check_ledger(changed, verdict)
    check_history(changed, signer.verifier.text, notes if with_notes else [], verdict)
    assert set(verdict.violations) == expected, verdict.examples


async def _judged(url: str, store: PostgresStore) -> set[str]:
    """What the judge finds in one store once everything has a number."""
    while (await store.sequence()).taken:
        pass
    verdict = Verdict()
    check_ledger(await read_store("jars", url), verdict)
    assert verdict.seen["jars events"]
    return set(verdict.violations)
