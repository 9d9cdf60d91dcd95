"""Where import jobs are kept between the report and its acceptance."""

import zlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Protocol

import asyncpg
import msgspec

CHECKING: Final = "CHECKING"
REPORTED: Final = "REPORTED"
ACCEPTING: Final = "ACCEPTING"
ACCEPTED: Final = "ACCEPTED"
FAILED: Final = "FAILED"
KNOWN_MAX: Final = 1_000  # jobs of which a process remembers that their lines are kept
UNFINISHED: Final = frozenset({CHECKING, ACCEPTING, FAILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportJob:
    """An uploaded file of command lines, and what is known of it.

    `sheet` says which form it was, where it was a workbook. A state that ends in -ING is left
    behind by a process that died; whoever asks next does the work again, with the same ids.
    """

    id: str
    operation: str
    actor: str
    created_at: datetime
    rows: bytes
    state: str = CHECKING
    sheet: str = ""
    report: dict[str, Any] = field(default_factory=dict)


class ImportJobs(Protocol):
    """The jobs of one service."""

    async def save(self, job: ImportJob) -> None:
        """Keep a job, or its new state."""

    async def find(self, job_id: str) -> ImportJob | None:
        """The job of this id."""

    async def note(self, job_id: str, done: int) -> None:
        """How many rows have been gone through, for whoever watches."""


class MemoryImportJobs:
    """Jobs as long as the process lives."""

    def __init__(self) -> None:
        """None yet."""
        self._jobs: dict[str, ImportJob] = {}

    async def save(self, job: ImportJob) -> None:
        """Keep a job; an accepted one stays accepted."""
        known = self._jobs.get(job.id)
        if known is None or known.state != ACCEPTED:
            self._jobs[job.id] = replace(job)

    async def find(self, job_id: str) -> ImportJob | None:
        """The job of this id."""
        return self._jobs.get(job_id)

    async def note(self, job_id: str, done: int) -> None:
        """How many rows have been gone through."""
        job = self._jobs[job_id]
        if job.state != ACCEPTED:
            self._jobs[job_id] = replace(job, report={**job.report, "done": done})


class PostgresImportJobs:
    """Jobs in the service's database; the lines are compressed."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        """Use this pool."""
        self._pool = pool
        self._there: dict[str, None] = {}

    async def save(self, job: ImportJob) -> None:
        """Keep a job; an accepted one stays accepted. Its lines are packed and sent once."""
        if job.id in self._there:
            report = msgspec.json.encode(job.report).decode()
            await self._pool.execute(_REPORT, job.id, report, job.state)
            return
        await self._pool.execute(
            _SAVE,
            job.id,
            job.operation,
            job.actor,
            job.created_at,
            zlib.compress(job.rows, 1),
            msgspec.json.encode(job.report).decode(),
            job.state,
            job.sheet,
        )
        self._there[job.id] = None
        if len(self._there) > KNOWN_MAX:
            del self._there[next(iter(self._there))]

    async def note(self, job_id: str, done: int) -> None:
        """How many rows have been gone through."""
        await self._pool.execute(_NOTE, job_id, done)

    async def find(self, job_id: str) -> ImportJob | None:
        """The job of this id."""
        row = await self._pool.fetchrow(_FIND, job_id)
        if row is None:
            return None
        return ImportJob(
            id=row["id"],
            operation=row["operation"],
            actor=row["actor"],
            created_at=row["created_at"],
            rows=zlib.decompress(row["rows"]),
            state=row["state"],
            sheet=row["sheet"],
            report=msgspec.json.decode(row["report"]),
        )


_SAVE: Final = """
INSERT INTO es.import_job (id, operation, actor, created_at, rows, report, state, sheet)
VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8)
ON CONFLICT (id) DO UPDATE SET report = excluded.report, state = excluded.state
WHERE import_job.state <> 'ACCEPTED'
"""
_REPORT: Final = """
UPDATE es.import_job SET report = $2::text::jsonb, state = $3
WHERE id = $1 AND state <> 'ACCEPTED'
"""
_NOTE: Final = """
UPDATE es.import_job SET report = report || jsonb_build_object('done', $2::int)
WHERE id = $1 AND state <> 'ACCEPTED'
"""
_FIND: Final = """
SELECT id, operation, actor, created_at, rows, report::text AS report, state, sheet
FROM es.import_job WHERE id = $1
"""
