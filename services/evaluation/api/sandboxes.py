"""Replaying a year in the background: what was recorded, computed again, and the difference.

It reads streams and read models and writes only its own job. A process that dies leaves the job
as it was; the same request with the same key does the work again.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from services.evaluation.api.draft_rules import penalty_max_of, read_draft
from services.evaluation.api.sandbox_views import told
from services.evaluation.domain.history import Judged, Told, judged
from services.evaluation.domain.sandbox import Bound, Pair, difference, rebound, replayed
from services.evaluation.domain.self_evaluation.terms import terms_in
from shared.eventstore import LoadedStream
from shared.http.identity import Person
from shared.http.import_jobs import CHECKING, FAILED, REPORTED, ImportJob, ImportJobs
from shared.http.problems import Unavailable
from shared.http.runtime import Runtime

OPERATION: Final = "sandbox"
BATCH: Final = 25  # reports between two turns of the other requests: some 20 ms
NOTED_EVERY: Final = 250
MISSING_MAX: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What is replayed: the reports and the caps that the asker may see."""

    reports: Sequence[str]
    bounds: Sequence[Bound]


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
        """Compute every report and cap of the year again, and keep the difference."""
        rules = json.loads(job.rows)["rules"]
        draft = read_draft(rules)
        demand = terms_in(json.dumps(rules)).evidence
        pairs: list[Pair] = []
        missing: list[str] = []
        for start in range(0, len(year.reports), BATCH):
            for one, report in await self._judged(year.reports[start : start + BATCH]):
                pair = None if report is None else replayed(one, report, draft, demand)
                if pair is None:
                    missing.append(one)
                else:
                    pairs.append(pair)
            if start % NOTED_EVERY == 0:
                await self._jobs.note(job.id, start)
            await asyncio.sleep(0)
        by_unit: dict[str, list[Pair]] = defaultdict(list)
        for pair in pairs:
            by_unit[pair.unit_code].append(pair)
        most = penalty_max_of(rules)
        caps = [rebound(bound, by_unit[bound.unit_code], draft, most) for bound in year.bounds]
        found = told(difference(pairs, caps), missing[:MISSING_MAX])
        report_of = {**job.report, "done": len(year.reports), "difference": found}
        done = replace(job, state=REPORTED, report=report_of)
        await self._jobs.save(done)
        return done

    async def _judged(self, reports: Sequence[str]) -> list[tuple[str, Judged | None]]:
        """Reports with what they were judged by, as their streams have it."""
        store = self.runtime.store
        if store is None:
            raise Unavailable
        streams = {
            f"{category}-{one}": 0 for one in reports for category in ("self_evaluation", "watched")
        }
        found = (await store.load(streams, snapshots=False)).streams
        return [
            (
                one,
                judged(
                    self._told(found.get(f"self_evaluation-{one}")),
                    self._told(found.get(f"watched-{one}")),
                ),
            )
            for one in reports
        ]

    def _told(self, stream: LoadedStream | None) -> Sequence[Told]:
        handling = self.runtime.handling
        if stream is None or handling is None:
            return ()
        codec = handling.aggregates.codec
        return [Told(event_id=str(one.event_id), event=codec.event(one)) for one in stream.events]

    @property
    def _jobs(self) -> ImportJobs:
        if self.runtime.jobs is None:
            raise Unavailable
        return self.runtime.jobs


def asked(rules: dict[str, Any], **where: object) -> dict[str, Any]:
    """What a job remembers of its question, beside the draft itself."""
    return {"rule_set": str(rules.get("rule_set", "")), **where}
