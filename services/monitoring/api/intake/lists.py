"""Payment lists that are booked as they come: part by part, each in a transaction of its own.

While one part is being committed the next one is read and decided, on what will be true then:
should the commit fail, what was decided on it is thrown away. Whoever sends the list again after
a crash begins at the first part that is not yet there; nothing is booked twice.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from services.monitoring.api.intake.booking import Counted, Envelope, asks_of, counted
from services.monitoring.api.intake.files import TreasuryFiles, answers_or_raise
from services.monitoring.api.intake.gathering import Gathered
from services.monitoring.api.intake.hearing import Reported
from services.monitoring.api.intake.parts import Parts
from services.monitoring.api.intake.plain import PlainRows
from services.monitoring.api.intake.reporting import of_statement
from services.monitoring.api.intake.spooling import Spool
from services.monitoring.domain.statement.refusals import MessageReused
from services.monitoring.domain.statement.statement import Statement
from shared.asking import Answer, Ask
from shared.eventstore import KeyReused, VersionConflict
from shared.handling import Prepared
from shared.http.identity import Person
from shared.http.import_jobs import ACCEPTED, ImportJob
from shared.http.position import Position

LINES_SHOWN_MAX: Final = 1_000


@dataclass(slots=True)
class _Progress:
    """How far a list is."""

    counts: Counted = field(default_factory=Counted)
    lines: int = 0
    shown: list[Reported] = field(default_factory=list)
    position: str | None = None


@dataclass(frozen=True, slots=True)
class _Decided:
    """A part that only has to be committed."""

    gathered: Gathered
    asks: Sequence[Ask]
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class TreasuryLists:
    """Books the list of one request or task."""

    files: TreasuryFiles

    async def book(self, job: ImportJob, spool: Spool, person: Person) -> ImportJob:
        """Every part that is not there yet; the job says at the end what became of the lines."""
        file = job.report["file"]
        envelope = Envelope(
            system=file["system"],
            message_id=file["message_id"],
            form=spool.kind,
            digest=spool.digest,
            parts=len(spool.parts),
        )
        statement = await self._statement(envelope)
        if statement.taken and statement.digest != envelope.digest:
            raise MessageReused(remedy="Ask the sender for a list with a number of its own.")
        waiting = [part for part in spool.parts if part not in statement.parts]
        plain = PlainRows(envelope.source, spool.vouchers, spool.names)
        parts = Parts(self.files, spool, self.files.sender(person), plain)
        progress = await self._booked(job, parts, envelope, waiting)
        return await self._accepted(job, envelope, spool, progress)

    async def _booked(
        self, job: ImportJob, parts: Parts, envelope: Envelope, waiting: Sequence[int]
    ) -> _Progress:
        """Commit one part after the other, each decided while the one before was committed."""
        progress = _Progress()
        ahead = self._ahead(parts, envelope, waiting[0]) if waiting else None
        try:
            for following in [*waiting[1:], None]:
                if ahead is None:
                    break
                decided = await ahead
                commit = asyncio.create_task(self.files.handling.commit(decided.prepared))
                ahead = self._ahead(parts, envelope, following, decided.prepared)
                try:
                    await commit
                    outcomes = decided.prepared.outcomes
                except (VersionConflict, KeyReused):
                    # Somebody else was first: this part is decided again, and what stood on it.
                    await _dropped(ahead)
                    outcomes = await self.files.handling.handle_all(decided.asks)
                    ahead = self._ahead(parts, envelope, following)
                self._note(decided.gathered, answers_or_raise(outcomes), progress)
                await self.files.jobs.note(job.id, progress.lines)
        finally:
            await _dropped(ahead)
        return progress

    def _ahead(
        self, parts: Parts, envelope: Envelope, part: int | None, upon: Prepared | None = None
    ) -> asyncio.Task[_Decided] | None:
        if part is None:
            return None
        return asyncio.create_task(self._decided(parts, envelope, part, upon))

    async def _decided(
        self, parts: Parts, envelope: Envelope, part: int, upon: Prepared | None
    ) -> _Decided:
        gathered = await parts.read(part)
        asks = asks_of(gathered, envelope, parts.sender, part=part)
        prepared = await self.files.handling.prepare(asks, upon=upon)
        answers_or_raise(prepared.outcomes)
        return _Decided(gathered, asks, await self.files.handling.written(prepared))

    async def _statement(self, envelope: Envelope) -> Statement:
        stream = f"statement-{envelope.statement}"
        found = (await self.files.handling.states([stream])).get(stream)
        return found if isinstance(found, Statement) else Statement()

    def _note(self, gathered: Gathered, answers: Sequence[Answer], progress: _Progress) -> None:
        progress.counts += counted(gathered, answers)
        progress.lines += gathered.lines
        room = LINES_SHOWN_MAX - len(progress.shown)
        progress.shown += list(of_statement(gathered, Statement()))[:room]
        first = answers[0]
        service = self.files.runtime.service
        progress.position = Position(service, first.stream, first.version, first.said).token()

    async def _accepted(
        self, job: ImportJob, envelope: Envelope, spool: Spool, progress: _Progress
    ) -> ImportJob:
        before = spool.lines - progress.lines
        counts = progress.counts + Counted(duplicates=before)
        report: dict[str, Any] = {
            **job.report,
            "form": envelope.form,
            "statement_id": envelope.statement,
            "counts": {"lines": spool.lines, **counts.as_report()},
            "lines": progress.shown,
            "done": spool.lines,
        }
        if progress.position is not None:
            report["position"] = progress.position
        found = replace(job, state=ACCEPTED, report=report)
        await self.files.jobs.save(found)
        return found


async def _dropped(ahead: asyncio.Task[_Decided] | None) -> None:
    """What was decided ahead is not wanted; that it could not be decided does not matter then."""
    if ahead is None:
        return
    ahead.cancel()
    await asyncio.gather(ahead, return_exceptions=True)
