"""Replaying a year in the background: what was, what the draft makes of it, and the difference.

It reads streams and read models and writes only its own job. A process that dies leaves the job
as it was; the same request with the same key does the work again.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.monitoring.api.sandbox_views import told
from services.monitoring.domain.record.forecasting import YEARS_LOOKED_BACK
from services.monitoring.domain.round_words import RoundClosed
from services.monitoring.domain.rules import RulesInForce, in_force
from services.monitoring.domain.sandbox.difference import Compared, compare, difference
from services.monitoring.domain.sandbox.history import History, Told
from services.monitoring.domain.sandbox.passing_on import FundCompared, passed_on
from services.monitoring.domain.values import region_line
from shared.domain.draft_rules import read_draft
from shared.eventstore import LoadedStream
from shared.http.identity import Person
from shared.http.import_jobs import CHECKING, FAILED, REPORTED, ImportJob, ImportJobs
from shared.http.problems import Unavailable
from shared.http.runtime import Runtime

OPERATION: Final = "sandbox"
BATCH: Final = 10  # projects between two turns of the other requests
NOTED_EVERY: Final = 100
DRAFT: Final = "draft"

type Streams = Mapping[str, LoadedStream]
type Rules = Mapping[str, Sequence[Sequence[Told]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A project of the year."""

    watch_id: str
    project_code: str
    fiscal_year: int
    region_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What is replayed: what the asker may see of projects and batches of direct funds."""

    projects: Sequence[Watched]
    nodes: Mapping[str, Sequence[str]]
    warnings: Mapping[str, Sequence[str]]
    batches: Sequence[str] = ()

    @property
    def total(self) -> int:
        """How many lives are lived once more."""
        return len(self.projects) + len(self.batches)

    def streams(self, one: Watched) -> set[str]:
        """Everything that has to be read of a project."""
        code, key = one.project_code, one.watch_id
        names = {f"{category}-{key}" for category in ("watch", "ledger", "idleness")}
        for node in self.nodes.get(code, ()):
            names |= {f"record-{key}-{node}", *rounds_before(one, node)}
        return names | {f"warning-{warning}" for warning in self.warnings.get(code, ())}


@dataclass(frozen=True, slots=True)
class Sandboxes:
    """The replays of one process."""

    runtime: Runtime

    async def begin(self, job: ImportJob) -> ImportJob:
        """Keep what was asked before the answer that promises to work on it."""
        begun = replace(job, state=CHECKING, report={**job.report, "done": 0})
        await self._jobs.save(begun)
        return begun

    async def fail(self, job: ImportJob, why: str) -> None:
        """It could not be done; the job says why."""
        await self._jobs.save(replace(job, state=FAILED, report={**job.report, "failure": why}))

    async def find(self, sandbox_id: str, person: Person) -> ImportJob | None:
        """One's own sandbox; other people's do not exist."""
        job = await self._jobs.find(sandbox_id)
        mine = job is not None and job.actor == person.actor and job.operation == OPERATION
        return job if mine else None

    async def replay(self, job: ImportJob, year: Year) -> ImportJob:
        """Go through every project and batch of the year once more, and keep the difference."""
        draft = in_force(read_draft(json.loads(job.rows)["rules"]), DRAFT)
        held = await self._rules({(one.region_code, one.fiscal_year) for one in year.projects})
        compared: list[Compared] = []
        asked: set[str] = set()
        for start in range(0, len(year.projects), BATCH):
            batch = year.projects[start : start + BATCH]
            for history in await self._histories(year, batch, held):
                asked |= history.records.keys()
                compared.append(compare(history, draft))
            if start % NOTED_EVERY == 0:
                await self._jobs.note(job.id, start)
            await asyncio.sleep(0)
        funds = await self._funds(job, year, draft)
        found = told(difference(compared, funds), _nodes(draft, asked))
        report = {**job.report, "done": year.total, "difference": found}
        done = replace(job, state=REPORTED, report=report)
        await self._jobs.save(done)
        return done

    async def _funds(
        self, job: ImportJob, year: Year, draft: RulesInForce
    ) -> Sequence[FundCompared]:
        """Every batch of direct funds, under the terms of the draft."""
        found: list[FundCompared] = []
        until = self.runtime.clock.now()
        for start in range(0, len(year.batches), BATCH):
            names = [f"keyfund-{one}" for one in year.batches[start : start + BATCH]]
            streams = await self._load(set(names))
            compared = (passed_on(self._told(streams.get(name)), draft, until) for name in names)
            found += [one for one in compared if one is not None]
            if start % NOTED_EVERY == 0:
                await self._jobs.note(job.id, len(year.projects) + start)
            await asyncio.sleep(0)
        return found

    async def _rules(self, whose: set[tuple[str, int]]) -> Rules:
        """What rules each region heard, and those above it: read once for all its projects."""
        lines = {
            (region, year): [f"rules-{code}-{year}" for code in region_line(region)]
            for region, year in whose
        }
        streams = await self._load({name for line in lines.values() for name in line})
        heard = {name: self._told(stream) for name, stream in streams.items()}
        return {
            region: [heard.get(name, ()) for name in line] for (region, _), line in lines.items()
        }

    async def _histories(
        self, year: Year, batch: Sequence[Watched], held: Rules
    ) -> Sequence[History]:
        names = {name for one in batch for name in year.streams(one)}
        streams = await self._load(names)
        return [
            replace(self._history(one, year, streams), rules=held.get(one.region_code, ()))
            for one in batch
        ]

    def _history(self, row: Watched, year: Year, streams: Streams) -> History:
        code, key = row.project_code, row.watch_id
        return History(
            project_code=code,
            until=self.runtime.clock.now(),
            watch=self._told(streams.get(f"watch-{key}")),
            ledger=self._told(streams.get(f"ledger-{key}")),
            idleness=self._told(streams.get(f"idleness-{key}")),
            records={
                node: self._told(streams.get(f"record-{key}-{node}"))
                for node in year.nodes.get(code, ())
            },
            warnings={
                one: self._told(streams.get(f"warning-{one}"))
                for one in year.warnings.get(code, ())
            },
            earlier={
                node: [
                    told.event
                    for name in rounds_before(row, node)
                    for told in self._told(streams.get(name))
                    if isinstance(told.event, RoundClosed)
                ]
                for node in year.nodes.get(code, ())
            },
        )

    async def _load(self, names: set[str]) -> Streams:
        store = self.runtime.store
        if store is None:
            raise Unavailable
        return (await store.load(dict.fromkeys(names, 0), snapshots=False)).streams

    def _told(self, stream: LoadedStream | None) -> Sequence[Told]:
        handling = self.runtime.handling
        if stream is None or handling is None:
            return ()
        decoded = (handling.aggregates.codec.decode(one) for one in stream.events)
        return [
            Told(event_id=str(one.event_id), at=one.occurred_at, event=one.event) for one in decoded
        ]

    @property
    def _jobs(self) -> ImportJobs:
        if self.runtime.jobs is None:
            raise Unavailable
        return self.runtime.jobs


def rounds_before(row: Watched, node: str) -> Sequence[str]:
    """The rounds of earlier years that a forecast may go by."""
    years = range(row.fiscal_year - YEARS_LOOKED_BACK, row.fiscal_year)
    return [f"round-{row.region_code}-{year}-{node}" for year in reversed(years)]


def _nodes(draft: RulesInForce, asked: set[str]) -> dict[str, list[str]]:
    """Nodes that only one of the two has: nobody reported at a new one."""
    codes = {node.code for node in draft.monitoring.nodes}
    return {"gone": sorted(asked - codes), "without_reports": sorted(codes - asked)}
