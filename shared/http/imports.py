"""Bulk import of any command: a report first, then acceptance in one transaction.

Nothing is stored but the file and its report until somebody accepts. The role, the scope and
every rule are those of the single command, because the same `Operation` reads each line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from shared.asking import Answer, Outcome
from shared.domain.refusals import Conflict, Refusal
from shared.http.failures import refusal_of
from shared.http.identity import Person
from shared.http.import_jobs import ACCEPTED, ImportJob
from shared.http.import_lines import Reader, ReadLines, numbered
from shared.http.language import Language
from shared.http.operations import Operation
from shared.http.policy import Role
from shared.http.position import Position
from shared.http.problems import FieldError, FieldsInvalid, RoleMissing, Unavailable
from shared.http.runtime import Runtime

REFUSED_SHOWN_MAX: Final = 1_000


class ImportRefused(Conflict):
    """Some rows are refused, so nothing was imported."""

    title_zh = "部分行被拒绝，未导入任何内容"


class Importing:
    """Runs the imports of one service."""

    def __init__(self, runtime: Runtime, operations: Mapping[str, Operation]) -> None:
        """Know the operations that can be imported: every command."""
        self._runtime = runtime
        self._operations = operations

    def operation(self, name: str, person: Person) -> Operation:
        """The operation of an import, if the person holds a role that may call it."""
        operation = self._operations.get(name)
        if operation is None:
            known = FieldError("No command has this name.", parameter="operation")
            raise FieldsInvalid(f"{name[:100]} is no command.", errors=[known])
        if Role.PUBLIC not in operation.admitted and not person.roles & operation.admitted:
            raise RoleMissing
        return operation

    async def report(self, job: ImportJob, person: Person, language: Language) -> ImportJob:
        """Decide every line in order, keep nothing of it, and remember what was found."""
        lines = await self._read(job, person)
        outcomes = await self._decide(lines, dry_run=True)
        return await self._kept(job, lines, outcomes, language)

    async def accept(
        self, job: ImportJob, person: Person, language: Language, *, only_good_rows: bool
    ) -> ImportJob:
        """Make the rows true together; what is accepted already stays as it is."""
        if job.state == ACCEPTED:
            return job
        bad = {row["row"] for row in job.report.get("refused", ())}
        if bad and not only_good_rows:
            raise _refused(job)
        if job.report.get("refused_rows", 0) > len(bad):
            raise ImportRefused("Too many rows are refused to go on without them.")
        lines = await self._read(job, person, without=bad)
        outcomes = await self._decide(lines, dry_run=bool(lines.refused))
        if lines.refused or any(not isinstance(o, Answer) for o in outcomes.values()):
            found = await self._kept(job, lines, outcomes, language)
            raise _refused(found)
        return await self._accepted(job, outcomes)

    async def find(self, import_id: str, person: Person) -> ImportJob | None:
        """The job of this id; other people's do not exist."""
        if self._runtime.jobs is None:
            raise Unavailable
        job = await self._runtime.jobs.find(import_id)
        return job if job is not None and job.actor == person.actor else None

    async def _save(self, job: ImportJob) -> None:
        if self._runtime.jobs is None:
            raise Unavailable
        await self._runtime.jobs.save(job)

    async def _read(
        self, job: ImportJob, person: Person, without: frozenset[int] | set[int] = frozenset()
    ) -> ReadLines:
        operation = self.operation(job.operation, person)
        reader = Reader(job, operation, person, self._runtime.clock.now())
        return await reader.read(lambda number: number not in without)

    async def _decide(self, lines: ReadLines, *, dry_run: bool) -> dict[int, Outcome]:
        assert self._runtime.handling is not None
        outcomes = await self._runtime.handling.handle_all(
            list(lines.asks.values()), dry_run=dry_run, all_or_nothing=True
        )
        return dict(zip(lines.asks, outcomes, strict=True))

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
            for entry in self._rows(number, refused[number], language)
        ]
        rows = len(numbered(job.rows))
        counts = {"rows": rows, "good": rows - len(refused), "refused_rows": len(refused)}
        found = replace(job, report={**counts, "refused": shown, "ids": []})
        await self._save(found)
        return found

    async def _accepted(self, job: ImportJob, outcomes: Mapping[int, Outcome]) -> ImportJob:
        answers = [outcome for outcome in outcomes.values() if isinstance(outcome, Answer)]
        rows = len(numbered(job.rows))
        counts = {"rows": rows, "good": len(answers), "refused_rows": rows - len(answers)}
        ids = [answer.id for answer in answers]
        report = {
            "refused": [],
            **job.report,
            **counts,
            "ids": ids,
            "position": self._last(answers),
        }
        found = replace(job, report=report, state=ACCEPTED)
        await self._save(found)
        return found

    def _last(self, answers: Sequence[Answer]) -> str | None:
        if not answers:
            return None
        last = answers[-1]
        return Position(self._runtime.service, last.stream, last.version, last.said).token()

    def _rows(self, number: int, refusal: Refusal, language: Language) -> list[dict[str, Any]]:
        document = self._runtime.problems.document(refusal, language)
        common = {"row": number, "problem": document["type"]}
        errors = document.get("errors") or [{"detail": document["detail"]}]
        return [
            {
                **common,
                "detail": error["detail"],
                "pointer": error.get("pointer"),
                "remedy": error.get("remedy") or document.get("remedy"),
            }
            for error in errors
        ]


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
