"""Whoever is left without an answer asks again with the key, and learns what is true (P11).

Callers are cancelled or run out of time at any moment, alone and as one of a group, and the
database calls statements off besides. How many commands: `P11_COMMANDS`; some twenty thousand are
left without an answer by `P11_COMMANDS=50000 pytest --timeout=0 -s tests/chaos/test_unknowns.py`.
"""

import asyncio
import os
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from random import Random
from typing import Final

import asyncpg

from shared.asking import Answer, Ask
from shared.eventstore import Transaction
from shared.eventstore.connections import POOL_CONNECTIONS_MAX, Pool, open_pool
from shared.eventstore.postgres import PostgresStore
from shared.handling import Handling
from tests.chaos.judge.ledger import check_ledger
from tests.chaos.judge.store import read_store
from tests.chaos.judge.verdict import Verdict
from tests.shared.counters import PutCoins, aggregates, ask

COMMANDS: Final = int(os.environ.get("P11_COMMANDS", "400"))
CLIENTS: Final = 12
JARS: Final = 7
CALLED_OFF_EVERY_SECONDS: Final = 0.05
WATCHED_EVERY_SECONDS: Final = 1.0
RESOLVED_SECONDS_MAX: Final = 30.0
WHOLE_SECONDS_MAX: Final = 8.0  # after ten the server ends what hangs, and all looks well
UNKNOWN: Final = (TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
HANGING: Final = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
AND state LIKE 'idle in transaction%' AND state_change < clock_timestamp() - interval '10 s'
"""
CALL_OFF: Final = """
SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
AND state = 'active' AND application_name = 'iron-abacus' ORDER BY random() LIMIT 1
"""


class Forgetful(PostgresStore):
    """P11: keeps what happened and not what was answered."""

    async def commit(self, transaction: Transaction) -> None:
        """The facts alone."""
        await super().commit(Transaction(appends=transaction.appends))


class Leaving(PostgresStore):
    """P11: whoever is cancelled leaves his connection in the middle of a transaction."""

    async def commit(self, transaction: Transaction) -> None:
        """Beside a transaction that only who stays to the end will end."""
        connection = await self._pool.acquire()
        await connection.execute("BEGIN")
        await super().commit(transaction)
        await connection.execute("COMMIT")
        await self._pool.release(connection)


@dataclass(slots=True)
class Impatient:
    """Clients who wait as long as it usually takes, or less, and then ask again with the key."""

    handling: Handling
    chance: Random
    numbers: Iterator[int]
    usual: float = 0.005
    answers: dict[int, Answer] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    async def client(self) -> None:
        """One command after the other, until there are no more."""
        for number in self.numbers:
            begun = time.monotonic()
            left = await self._left_without(number)
            answer = await self._answered(number)
            if left:
                self.seen["had happened" if answer.replayed else "had not"] += 1
                self.slowest = max(self.slowest, time.monotonic() - begun)
            self.answers[number] = answer

    async def _left_without(self, number: int) -> bool:
        """Whether the caller was gone before there was an answer."""
        seconds = self.chance.uniform(0, 2 * self.usual)
        question = asyncio.ensure_future(self._question(number))
        if self.chance.random() < 1 / 2:
            done = bool((await asyncio.wait([question], timeout=seconds))[0])
            question.cancel()
            await asyncio.wait([question])
            self.seen["cancelled"] += not done
            return not done or question.exception() is not None
        try:
            async with asyncio.timeout(seconds):
                await question
        except TimeoutError:
            self.seen["out of time"] += 1
            return True
        except UNKNOWN:
            self.seen["called off"] += 1
            return True
        return False

    async def _question(self, number: int) -> Answer:
        """Through the group that waits anyhow, or in a transaction of the caller's own."""
        if number % 2:
            return await self.handling.handle(asked(number))
        [outcome] = await self.handling.handle_all([asked(number)])
        assert isinstance(outcome, Answer), outcome
        return outcome

    async def _answered(self, number: int) -> Answer:
        """Asked again until somebody knows."""
        until = time.monotonic() + RESOLVED_SECONDS_MAX
        while True:
            begun = time.monotonic()
            try:
                answer = await self.handling.handle(asked(number))
            except UNKNOWN:
                self.seen["asked once more"] += 1
                assert time.monotonic() < until, f"{number} is still unknown"
            else:
                self.usual += (time.monotonic() - begun - self.usual) / 20
                return answer


def asked(number: int) -> Ask:
    """A command that nobody else sends: its coins are its name."""
    return ask(PutCoins(jar_id=f"{number % JARS}", coins=number), key=f"unknown-{number}")


@asynccontextmanager
async def trouble(url: str, found: Counter[str]) -> AsyncIterator[None]:
    """The database calls off a statement now and then; somebody looks who hangs."""

    async def over_and_over(query: str, name: str, seconds: float) -> None:
        connection = await asyncpg.connect(url)
        try:
            while True:
                found[name] += int(await connection.fetchval(query) or 0)
                await asyncio.sleep(seconds)
        finally:
            await connection.close()

    tasks = [
        asyncio.create_task(over_and_over(CALL_OFF, "statements", CALLED_OFF_EVERY_SECONDS)),
        asyncio.create_task(over_and_over(HANGING, "hanging", WATCHED_EVERY_SECONDS)),
    ]
    try:
        yield
        assert not any(task.done() for task in tasks), tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def asked_impatiently(
    url: str, pool: Pool, store: PostgresStore, commands: int
) -> tuple[Impatient, Verdict]:
    """Every command until it is answered, and what the judge says of what it left."""
    numbers = iter(range(1, commands + 1))
    clients = Impatient(Handling(aggregates(), store), Random(11), numbers)  # noqa: S311
    async with trouble(url, clients.seen), asyncio.TaskGroup() as group:
        for _ in range(CLIENTS):
            group.create_task(clients.client())
    await store.settle()
    while (await store.sequence()).taken:
        pass
    verdict = Verdict()
    await check_effects(url, clients.answers, verdict)
    if not await is_whole(pool):
        verdict.wrong("pool", f"{pool.get_size()} connections, {pool.get_idle_size()} idle")
    return clients, verdict


async def check_effects(url: str, answers: dict[int, Answer], verdict: Verdict) -> None:
    """Each command happened once, there where its answer says."""
    found = await read_store("jars", url)
    check_ledger(found, verdict)
    places: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for row, (_, _, data) in zip(found.events, found.told(), strict=True):
        places[data["coins"]].append((row["stream"], row["version"]))
    for number, answer in answers.items():
        if len(places[number]) != 1:
            verdict.wrong("effects", f"{number}: {places[number]}")
        elif places[number] != [(answer.stream, answer.version)]:
            verdict.wrong("answer", f"{number}: {places[number]}, told {answer.version}")
    if len(found.words) != len(found.events) or len(places) != len(answers):
        verdict.wrong("effects", f"{len(found.words)} words, {len(found.events)} events")


async def is_whole(pool: Pool, seconds: float = WHOLE_SECONDS_MAX) -> bool:
    """Whether as many connections as ever can be had, and none of them is in a transaction."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds), AsyncExitStack() as stack:
            for _ in range(POOL_CONNECTIONS_MAX):
                connection = await stack.enter_async_context(pool.held())
                if connection.is_in_transaction() or await connection.fetchval("SELECT 1") != 1:
                    return False
            return True
    return False


async def test_whoever_was_left_without_an_answer_learns_what_is_true(jars_url: str) -> None:
    pool = await open_pool(jars_url)
    store = PostgresStore(pool)
    clients, verdict = await asked_impatiently(jars_url, pool, store, COMMANDS)
    again = Handling(aggregates(), store)
    for number in list(clients.answers)[: min(COMMANDS, 2_000)]:
        answer, told = await again.handle(asked(number)), clients.answers[number]
        assert (answer.version, answer.said, answer.replayed) == (told.version, told.said, True)
    await pool.close()
    assert not verdict.violations, verdict.examples
    assert len(clients.answers) == COMMANDS
    assert clients.slowest <= RESOLVED_SECONDS_MAX
    seen = clients.seen
    print(f"\n{COMMANDS} commands: {dict(seen)}, {clients.slowest:.1f} s")
    assert seen["hanging"] == 0
    assert min(seen["cancelled"], seen["out of time"]) > COMMANDS / 20, seen
    assert min(seen["had happened"], seen["had not"], seen["statements"]) > 0, seen


async def test_keys_that_are_not_kept_are_noticed(jars_url: str) -> None:
    pool = await open_pool(jars_url)
    _, verdict = await asked_impatiently(jars_url, pool, Forgetful(pool), 100)
    await pool.close()
    assert "effects" in verdict.violations


async def test_a_connection_that_is_left_in_a_transaction_is_noticed(jars_url: str) -> None:
    pool = await open_pool(jars_url)
    store = Leaving(pool)
    assert await is_whole(pool)
    question = asyncio.create_task(Handling(aggregates(), store).handle_all([asked(1)]))
    while not store._under_way:  # noqa: SLF001, ASYNC110 - its commit has begun
        await asyncio.sleep(0)
    question.cancel()
    await asyncio.wait([question])
    await store.settle()
    assert not await is_whole(pool, seconds=2)
    pool.terminate()
