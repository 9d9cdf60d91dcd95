"""Bulk import of any command: a report first, then acceptance in one transaction.

Nothing is stored but the file and its report until somebody accepts. The role, the scope and
every rule are those of the single command, because the same `Operation` reads each line.
"""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from shared.asking import Answer, Outcome
from shared.documents.sheet import Sheet, Whereabouts
from shared.domain.refusals import Conflict, Refusal
from shared.http.failures import refusal_of
from shared.http.identity import Person
from shared.http.import_jobs import (
    ACCEPTED,
    ACCEPTING,
    CHECKING,
    FAILED,
    REPORTED,
    ImportJob,
    ImportJobs,
)
from shared.http.import_lines import Reader, ReadLines, numbered
from shared.http.language import Language
from shared.http.operations import Operation
from shared.http.policy import Role
from shared.http.position import Position
from shared.http.problems import FieldError, FieldsInvalid, RoleMissing, Unavailable
from shared.http.runtime import Runtime

REFUSED_SHOWN_MAX: Final = 1_000
NOTE_SECONDS: Final = 1.0

type Watched = Callable[[int], Awaitable[None]]


class ImportRefused(Conflict):
    """Some rows are refused, so nothing was imported."""

    title_zh = "部分行被拒绝，未导入任何内容"


@dataclass(frozen=True, slots=True)
class Importing:
    """Runs the imports of one service."""

    runtime: Runtime
    operations: Mapping[str, Operation]
    sheets: Sequence[Sheet] = ()
    by_operation: Mapping[str, Sheet] = field(init=False)

    def __post_init__(self) -> None:
        """Index the forms. Their commands are known once the app is complete."""
        object.__setattr__(self, "by_operation", {sheet.operation: sheet for sheet in self.sheets})

    def operation(self, name: str, person: Person) -> Operation:
        """The operation of an import, if the person holds a role that may call it."""
        operation = self.operations.get(name)
        if operation is None:
            known = FieldError("No command has this name.", parameter="operation")
            raise FieldsInvalid(f"{name[:100]} is no command.", errors=[known])
        if Role.PUBLIC not in operation.admitted and not person.roles & operation.admitted:
            raise RoleMissing
        return operation

    async def report(self, job: ImportJob, person: Person, language: Language) -> ImportJob:
        """Decide every line in order, keep nothing of it, and remember what was found."""
        await self._jobs.save(replace(job, state=CHECKING, report=_counts(job, 0)))
        lines = await self._read(job, person)
        outcomes = await self._decide(job, lines, dry_run=True)
        return await self._kept(job, lines, outcomes, language)

    async def accept(
        self, job: ImportJob, person: Person, language: Language, *, only_good_rows: bool
    ) -> ImportJob:
        """Make the rows true together; what is accepted already stays as it is."""
        if job.state == ACCEPTED:
            return job
        if only_good_rows and job.state in {CHECKING, FAILED}:
            # Which rows are good is not known; without leaving any out, nobody need know.
            job = await self.report(job, person, language)
        bad = {row["line"] for row in job.report.get("refused", ())}
        if bad and not only_good_rows:
            # Whoever watches must see that nothing goes on any more.
            await self._jobs.save(replace(job, state=REPORTED))
            raise _refused(job)
        if job.report.get("refused_rows", 0) > len(bad):
            raise ImportRefused("Too many rows are refused to go on without them.")
        await self._jobs.save(replace(job, state=ACCEPTING, report={**job.report, "done": 0}))
        lines = await self._read(job, person, without=bad)
        outcomes = await self._decide(job, lines, dry_run=bool(lines.refused))
        if lines.refused or any(not isinstance(o, Answer) for o in outcomes.values()):
            found = await self._kept(job, lines, outcomes, language)
            raise _refused(found)
        return await self._accepted(job, outcomes)

    async def begin(self, job: ImportJob) -> ImportJob:
        """Keep the file before the answer that promises to work on it."""
        state = CHECKING if job.state in {CHECKING, FAILED} else ACCEPTING
        begun = replace(job, state=state, report={**_counts(job, 0), **job.report, "done": 0})
        await self._jobs.save(begun)
        return begun

    async def fail(self, job: ImportJob, why: str) -> None:
        """It could not be done; the file stays, so that it can be tried again."""
        report = {**_counts(job, 0), **job.report, "failure": why}
        await self._jobs.save(replace(job, state=FAILED, report=report))

    async def find(self, import_id: str, person: Person) -> ImportJob | None:
        """The job of this id; other people's do not exist."""
        job = await self._jobs.find(import_id)
        # A service may keep files of its own kind beside those of commands.
        mine = job is not None and job.actor == person.actor and job.operation in self.operations
        return job if mine else None

    @property
    def _jobs(self) -> ImportJobs:
        if self.runtime.jobs is None:
            raise Unavailable
        return self.runtime.jobs

    async def _read(
        self, job: ImportJob, person: Person, without: frozenset[int] | set[int] = frozenset()
    ) -> ReadLines:
        operation = self.operation(job.operation, person)
        reader = Reader(job, operation, person, self.runtime.clock.now())
        return await reader.read(lambda number: number not in without)

    async def _decide(
        self, job: ImportJob, lines: ReadLines, *, dry_run: bool
    ) -> dict[int, Outcome]:
        assert self.runtime.handling is not None
        outcomes = await self.runtime.handling.handle_all(
            list(lines.asks.values()),
            dry_run=dry_run,
            all_or_nothing=True,
            watched=self._noting(job),
        )
        return dict(zip(lines.asks, outcomes, strict=True))

    def _noting(self, job: ImportJob) -> Watched:
        """Tells whoever watches how far it is, now and then."""
        noted = time.monotonic()

        async def note(done: int) -> None:
            nonlocal noted
            if time.monotonic() - noted >= NOTE_SECONDS:
                noted = time.monotonic()
                await self._jobs.note(job.id, done)

        return note

    async def _kept(
        self,
        job: ImportJob,
        lines: ReadLines,
        outcomes: Mapping[int, Outcome],
        language: Language,
    ) -> ImportJob:
        refused = dict(lines.refused)
        for number, outcome in outcomes.items():
            if not isinstance(outcome, Answer):
                refused[number] = refusal_of(outcome)
        shown = [
            entry
            for number in sorted(refused)[:REFUSED_SHOWN_MAX]
            for entry in self._rows(
                job, (number, lines.rows.get(number)), refused[number], language
            )
        ]
        report = {**_counts(job, len(refused)), "refused": shown, "ids": []}
        found = replace(job, state=REPORTED, report={**report, "done": report["rows"]})
        await self._jobs.save(found)
        return found

    async def _accepted(self, job: ImportJob, outcomes: Mapping[int, Outcome]) -> ImportJob:
        answers = [outcome for outcome in outcomes.values() if isinstance(outcome, Answer)]
        rows = len(numbered(job.rows))
        report = {
            "refused": [],
            **job.report,
            **_counts(job, rows - len(answers)),
            "done": rows,
            "ids": [answer.id for answer in answers],
            "position": self._last(answers),
        }
        found = replace(job, report=report, state=ACCEPTED)
        await self._jobs.save(found)
        return found

    def _last(self, answers: Sequence[Answer]) -> str | None:
        if not answers:
            return None
        last = answers[-1]
        return Position(self.runtime.service, last.stream, last.version, last.said).token()

    def _rows(
        self,
        job: ImportJob,
        place: tuple[int, Whereabouts | None],
        refusal: Refusal,
        language: Language,
    ) -> list[dict[str, Any]]:
        line, where = place
        sheet = self.by_operation.get(job.operation) if job.sheet else None
        document = self.runtime.problems.document(refusal, language)
        errors = document.get("errors") or [{"detail": document["detail"]}]
        return [
            {
                "line": line,
                "row": where.row if where else line,
                "cell": sheet.cell(where, error.get("pointer")) if sheet and where else None,
                "problem": document["type"],
                "detail": error["detail"],
                "pointer": error.get("pointer"),
                "remedy": error.get("remedy") or document.get("remedy"),
            }
            for error in errors
        ]


def _counts(job: ImportJob, refused: int) -> dict[str, Any]:
    rows = len(numbered(job.rows))
    return {"rows": rows, "good": rows - refused, "refused_rows": refused}


def _refused(job: ImportJob) -> ImportRefused:
    count = job.report["refused_rows"]
    return ImportRefused(
        f"{count} of {job.report['rows']} rows are refused; nothing was imported.",
        detail_zh=f"{job.report['rows']} 行中有 {count} 行被拒绝，未导入任何内容。",
        remedy="Read the report, then send the corrected file or accept the good rows only.",
        remedy_zh="请查看报告，更正后重新上传，或仅接受正确的行。",
        headers={"location": f"/v1/imports/{job.id}"},
        report=job.report,
        id=job.id,
    )
