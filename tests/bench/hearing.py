"""Whether words are taken in as fast where a region is crowded as where it is new.

Evaluation hears of units, monitoring of targets. The words lie ready as targets says them; what is
measured is the inbox with its reactions, on PostgreSQL. The limit are the first units and targets
of a region.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from services.evaluation.main import service as evaluation
from services.monitoring.main import service as monitoring
from services.targets.domain.commands.region import RegisterRegion
from services.targets.domain.commands.unit import RegisterUnit
from services.targets.domain.values import Origin
from services.targets.main import service as targets
from shared.asking import Answer
from shared.bus import FeedWord
from shared.clock import SystemClock
from shared.contracts.envelope import say
from shared.contracts.targets import TargetApproved
from shared.domain.money import Money
from shared.eventstore.hashes import word_hash
from shared.eventstore.memory import MemoryStore
from shared.eventstore.working import PostgresWorking
from shared.handling import Handling
from shared.inbox import Inbox
from shared.manifest import Service
from shared.messages import Recorded
from shared.testing.servers import fresh_database, migrated
from shared.worker import Worker
from tests.bench.ground import ROUNDS, Ground, stored
from tests.bench.table import Row, ratio_at_least, ratio_at_most
from tests.monitoring.test_reactions import ROAD
from tests.shared.counters import NOW, ask

CROWD: Final = 20_000
HEARD: Final = 2_000
CROWDED: Final = "653100"
NEW: Final = tuple(f"65310{nth + 1}" for nth in range(ROUNDS))
IN_A_CROWD: Final = {CROWDED: CROWD + ROUNDS * HEARD}
IN_NEW_REGIONS: Final = dict.fromkeys(NEW, HEARD)
YEAR: Final = 2026


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
    """Rows for a region that has many, beside the first ones of a region."""
    units = [await _registered(regions) for regions in (IN_A_CROWD, IN_NEW_REGIONS)]
    approved = [_approved(regions) for regions in (IN_A_CROWD, IN_NEW_REGIONS)]
    return [
        *await _measured(ground, evaluation, "units → evaluation", units),
        *await _measured(ground, monitoring, "targets → monitoring", approved),
    ]


async def _measured(
    ground: Ground, service: Service, what: str, said: Sequence[Sequence[FeedWord]]
) -> list[Row]:
    """How fast a service hears the words of a crowded region, and those of new ones."""
    template = await asyncio.to_thread(migrated, ground.postgres, service.name)
    async with AsyncExitStack() as stack:
        inboxes: list[Inbox] = []
        workings: list[PostgresWorking] = []
        for words in said:
            url = stack.enter_context(fresh_database(ground.postgres, template))
            pool, store = await stack.enter_async_context(stored(url))
            working = PostgresWorking(pool)
            worker = Worker(service, store=store, working=working, clock=SystemClock())
            inboxes.append(Inbox(worker.desk, worker.understanding, "targets", Said(words)))
            workings.append(working)
        await _hear(inboxes[0], CROWD)
        rounds = [[await _hear(one, HEARD) for one in inboxes] for _ in range(ROUNDS)]
        for one, working in zip(inboxes, workings, strict=True):
            assert not await working.parked(one.reader, one.producer)
    return [
        Row(
            measure=f"{what}, {CROWD:,} in the region beside none",
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


async def _registered(units: Mapping[str, int]) -> Sequence[FeedWord]:
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


def _approved(targets_of: Mapping[str, int]) -> Sequence[FeedWord]:
    """Regions with so many binding targets each, one a project, as targets says it."""
    bodies = (_target(region, nth) for region, count in targets_of.items() for nth in range(count))
    return [FeedWord(nth, body, word_hash(body)) for nth, body in enumerate(bodies, 1)]


def _target(region: str, nth: int) -> bytes:
    code = f"{region}{nth:08d}"
    word = TargetApproved(
        region_code=region,
        project_code=code,
        project_name=f"项目{nth}",
        fiscal_year=YEAR,
        unit_code=f"{region}101001",
        department_code=f"{region}101",
        target_version=1,
        budget=Money(1_000_000),
        scheme="A",
        annual_goal="修路",
        indicators=(ROAD,),
        approved_on=date(YEAR, 2, 1),
        rule_set_version=1,
    )
    return say(
        word,
        Recorded(
            event=word,
            event_id=UUID(int=int(code)),
            stream=f"target-{code}-{YEAR}",
            version=1,
            actor="bench",
            unit="",
            occurred_at=NOW,
            effective_at=NOW,
            correlation_id=code,
            causation_id=code,
        ),
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
