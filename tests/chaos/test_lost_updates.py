"""Nobody's update is lost: many writers of few jars, each deciding on what it has read (P4).

Each writer reads how far a jar is and what came last, thinks, and puts coins in on the version it
has read. What was accepted must lie at exactly the next version, and every reading must be what
the history has there in the end. How many tries: `P4_TRIES`; the full number is
`P4_TRIES=300000 pytest --timeout=0 -s tests/chaos/test_lost_updates.py`.
"""

import asyncio
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Final

from msgspec.structs import replace

from shared.asking import Answer, Ask, VersionStale
from shared.eventstore import VersionConflict
from shared.eventstore.codec import Codec
from shared.eventstore.connections import open_pool
from shared.eventstore.postgres import PostgresStore
from shared.handling import Handling
from tests.chaos.judge.ledger import check_ledger
from tests.chaos.judge.store import read_store
from tests.chaos.judge.verdict import Verdict
from tests.shared.counters import CoinsPut, PutCoins, aggregates, ask, jar_decider

TRIES: Final = int(os.environ.get("P4_TRIES", "1500"))
WRITERS: Final = 64
PROCESSES: Final = 4
JARS: Final = 10
THINKING_SECONDS_MAX: Final = 0.02
CONFLICTS_OF_ACCEPTED_MIN: Final = 0.1
NOTHING: Final = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a jar was, and the coins that came last; each command has coins of its own."""

    jar: str
    version: int = 0
    last: int = NOTHING


@dataclass(slots=True)
class Writers:
    """Writers of several processes, each of which believes its own cache."""

    store: PostgresStore
    numbers: Iterator[int]
    chance: Random
    readings: list[Reading] = field(default_factory=list)
    accepted: dict[int, tuple[Reading, int]] = field(default_factory=dict)
    known: dict[str, Reading] = field(default_factory=dict)
    refused: int = 0

    async def write(self, handling: Handling) -> None:
        """Read, think, write; whoever comes too late has lost this try."""
        for number in self.numbers:
            reading = await self._read(f"hot{self.chance.randrange(JARS)}")
            self.readings.append(reading)
            await asyncio.sleep(self.chance.uniform(0, THINKING_SECONDS_MAX))
            command = PutCoins(jar_id=reading.jar, coins=number)
            try:
                answer = await handling.handle(ask(command, expected_version=reading.version))
            except (VersionStale, VersionConflict):
                self.refused += 1
            else:
                self.accepted[number] = reading, answer.version

    async def _read(self, jar: str) -> Reading:
        """As it is stored now; what was read before is not read again."""
        before = self.known.get(jar, Reading(jar))
        stream = f"jar-{jar}"
        loaded = await self.store.load({stream: before.version}, snapshots=False)
        if stream not in loaded.streams:
            return before
        newest = loaded.streams[stream].events[-1]
        fact = Codec([jar_decider]).event(newest)
        assert isinstance(fact, CoinsPut)
        found = Reading(jar, newest.version, fact.coins)
        if found.version > self.known.get(jar, before).version:
            self.known[jar] = found
        return found


class Blind(Handling):
    """P4: takes whatever version there is for the one that was read."""

    async def handle(self, ask: Ask, *, dry_run: bool = False) -> Answer:
        """Without the version that its writer had read."""
        return await super().handle(replace(ask, expected_version=None), dry_run=dry_run)


async def written(
    url: str, tries: int, kind: type[Handling] = Handling
) -> tuple[Writers, Verdict, float]:
    """Everybody writes; what the judge says of it, and how many were accepted a second."""
    pool = await open_pool(url)
    store = PostgresStore(pool)
    writers = Writers(store, iter(range(1, tries + 1)), Random(4))  # noqa: S311
    processes = [kind(aggregates(), store) for _ in range(PROCESSES)]
    begun = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for n in range(WRITERS):
            group.create_task(writers.write(processes[n % PROCESSES]))
    seconds = time.monotonic() - begun
    await store.settle()
    while (await store.sequence()).taken:
        pass
    await pool.close()
    verdict = Verdict()
    await check_updates(url, writers, verdict)
    return writers, verdict, len(writers.accepted) / seconds


async def check_updates(url: str, writers: Writers, verdict: Verdict) -> None:
    """One history without gap or repetition, which every reading and every answer is a part of."""
    found = await read_store("jars", url)
    check_ledger(found, verdict)
    histories: dict[str, list[int]] = defaultdict(lambda: [NOTHING])
    in_order = sorted(
        (row["stream"], row["version"], data["coins"])
        for row, (_, _, data) in zip(found.events, found.told(), strict=True)
    )
    for stream, version, coins in in_order:
        if version != len(histories[stream]):
            verdict.wrong("versions", f"{stream}: {version} after {len(histories[stream]) - 1}")
        histories[stream].append(coins)
    for one in writers.readings:
        if histories[f"jar-{one.jar}"][one.version] != one.last:
            verdict.wrong("readings", str(one))
    for number, (reading, version) in writers.accepted.items():
        if version != reading.version + 1:
            verdict.wrong("overtaken", f"{number} at {version} was decided on {reading}")
        if histories[f"jar-{reading.jar}"][version] != number:
            verdict.wrong("lost", f"{number} is not at {version} of {reading.jar}")
    if sum(map(len, histories.values())) - len(histories) != len(writers.accepted):
        verdict.wrong("doubled", f"{len(in_order)} events of {len(writers.accepted)} commands")


async def test_no_update_is_lost(jars_url: str) -> None:
    writers, verdict, goodput = await written(jars_url, TRIES)
    accepted, refused = len(writers.accepted), writers.refused
    print(f"\n{TRIES} tries: {accepted} accepted, {refused} conflicts, {goodput:.0f} accepted a s")
    assert not verdict.violations, verdict.examples
    assert accepted + refused == TRIES
    assert refused >= CONFLICTS_OF_ACCEPTED_MIN * accepted


async def test_a_decision_on_what_is_no_longer_so_is_noticed(jars_url: str) -> None:
    _, verdict, _ = await written(jars_url, 300, Blind)
    assert set(verdict.violations) == {"overtaken"}
