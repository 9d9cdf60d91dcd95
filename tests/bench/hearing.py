"""Whether evaluation takes in the words of targets as fast in a crowded region as in a new one.

The words are said by the domain of targets itself and lie ready; what is measured is the inbox
of evaluation with its reactions, on PostgreSQL. The limit are the first units of a region.
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Final, NamedTuple

from services.evaluation.main import service as evaluation
from services.targets.domain.commands.region import RegisterRegion
from services.targets.domain.commands.unit import RegisterUnit
from services.targets.domain.values import Origin
from services.targets.main import service as targets
from shared.asking import Answer
from shared.bus import FeedWord
from shared.clock import SystemClock
from shared.eventstore.memory import MemoryStore
from shared.eventstore.working import PostgresWorking
from shared.handling import Handling
from shared.inbox import Inbox
from shared.testing.servers import fresh_database, migrated
from shared.worker import Worker
from tests.bench.ground import ROUNDS, Ground, stored
from tests.bench.table import Row, ratio_at_least, ratio_at_most
from tests.shared.counters import NOW, ask

CROWD: Final = 20_000
HEARD: Final = 2_000
CROWDED: Final = "653100"
NEW: Final = tuple(f"65310{nth + 1}" for nth in range(ROUNDS))


class Heard(NamedTuple):
    """How fast words were heard, and what each cost this process."""

    per_second: float
    processor_ms: float


class Said:
    """An ear into words that lie ready."""

    def __init__(self, words: Sequence[FeedWord]) -> None:
        """Numbered from one."""
        self.words = words

    async def fetch(self, after: int, limit: int) -> Sequence[FeedWord]:
        """The next ones."""
        return self.words[after : after + limit]


async def measure(ground: Ground) -> list[Row]:
    """Rows for units of a region that has many, beside the first units of a region."""
    template = await asyncio.to_thread(migrated, ground.postgres, "evaluation")
    async with AsyncExitStack() as stack:
        inboxes: list[Inbox] = []
        for words in (
            await _said({CROWDED: CROWD + ROUNDS * HEARD}),
            await _said(dict.fromkeys(NEW, HEARD)),
        ):
            url = stack.enter_context(fresh_database(ground.postgres, template))
            pool, store = await stack.enter_async_context(stored(url))
            working = PostgresWorking(pool)
            worker = Worker(evaluation, store=store, working=working, clock=SystemClock())
            inboxes.append(Inbox(worker.desk, worker.understanding, "targets", Said(words)))
        await _hear(inboxes[0], CROWD)
        rounds = [[await _hear(one, HEARD) for one in inboxes] for _ in range(ROUNDS)]
    return [
        Row(
            measure=f"units → evaluation, {CROWD:,} in the region beside none",
            unit="/s",
            ours=[crowded.per_second for crowded, _ in rounds],
            limit=[new.per_second for _, new in rounds],
            budget=ratio_at_least(0.8),
        ),
        Row(
            measure="the same, processor of the worker for each",
            unit="ms",
            ours=[crowded.processor_ms for crowded, _ in rounds],
            limit=[new.processor_ms for _, new in rounds],
            budget=ratio_at_most(1.2),
        ),
    ]


async def _said(units: dict[str, int]) -> Sequence[FeedWord]:
    """Regions with so many units each, as targets says it."""
    store = MemoryStore()
    handling = Handling(targets.aggregates, store)
    for region, count in units.items():
        place = RegisterRegion(
            region_code=region,
            name=region,
            parent_code=None,
            approval_authority="人大常委会",
            by="bench",
            now=NOW,
        )
        commands = [place, *(_unit(region, nth) for nth in range(count))]
        outcomes = await handling.handle_all([ask(one) for one in commands])
        assert all(isinstance(one, Answer) for one in outcomes)
    while (await store.sequence()).taken:
        pass
    # A new region is a word, too: the units alone are counted.
    words = await store.read_words(0, len(units) + sum(units.values()))
    said = [one for one in words if ".UnitRegistered." in one.event_type]
    return [FeedWord(nth, one.body, one.leaf_hash) for nth, one in enumerate(said, 1)]


def _unit(region: str, nth: int) -> RegisterUnit:
    return RegisterUnit(
        unit_code=f"{region}101{nth:06d}",
        name=f"单位{nth}",
        region_code=region,
        department_code=f"{region}101",
        department_name="交通运输局",
        origin=Origin.SYNTHETIC,
        by="bench",
        now=NOW,
    )


async def _hear(inbox: Inbox, words: int) -> Heard:
    """So many words more."""
    began, processor, last = time.perf_counter(), time.process_time(), (inbox.cursor or 0) + words
    while (inbox.cursor or 0) < last:
        if not await inbox.step():
            raise RuntimeError(f"{inbox.reader} ends at {inbox.cursor}")
    return Heard(
        per_second=words / (time.perf_counter() - began),
        processor_ms=(time.process_time() - processor) / words * 1_000,
    )
