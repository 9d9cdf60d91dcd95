"""Payment lists that are booked as they come: part by part, each in a transaction of its own.

While one part is being committed the next one is read. Whoever sends the list again after a
crash begins at the first part that is not yet there; nothing is booked twice.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from services.monitoring.api.bank.columns import Record
from services.monitoring.api.intake.booking import (
    Counted,
    Envelope,
    Sender,
    asks_of,
    counted,
)
from services.monitoring.api.intake.files import TreasuryFiles, answers_or_raise
from services.monitoring.api.intake.gathering import Gathered, put, put_plain
from services.monitoring.api.intake.hearing import Reported
from services.monitoring.api.intake.lookups import Wanted, known_of
from services.monitoring.api.intake.plain import Plain, in_reach, plain_line
from services.monitoring.api.intake.reporting import of_statement
from services.monitoring.api.intake.spooling import Spool
from services.monitoring.domain.statement.lines import BankLine
from services.monitoring.domain.statement.refusals import MessageReused
from services.monitoring.domain.statement.sorting import Known
from services.monitoring.domain.statement.statement import Statement
from shared.http.identity import Person
from shared.http.import_jobs import ACCEPTED, ImportJob
from shared.http.position import Position

LINES_SHOWN_MAX: Final = 1_000
YIELD_EVERY: Final = 500


@dataclass(slots=True)
class _Progress:
    """How far a list is."""

    counts: Counted = field(default_factory=Counted)
    lines: int = 0
    shown: list[Reported] = field(default_factory=list)
    position: str | None = None


@dataclass(slots=True)
class _Row:
    """A row of a part: plain, or a line of the long road."""

    place: int
    record: Record | str
    plain: Plain | None = None
    line: BankLine | None = None


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
        progress = _Progress()
        waiting = [part for part in spool.parts if part not in statement.parts]
        sender = self.files.sender(person)
        following = self._reading(spool, waiting, envelope, sender)
        for part in waiting:
            gathered = await following
            rest = waiting[waiting.index(part) + 1 :]
            if rest:
                following = self._reading(spool, rest, envelope, sender)
            await self._commit(gathered, envelope, sender, part, progress)
            await self.files.jobs.note(job.id, progress.lines)
        return await self._accepted(job, envelope, spool, progress)

    def _reading(
        self, spool: Spool, waiting: list[int], envelope: Envelope, sender: Sender
    ) -> asyncio.Task[Gathered]:
        return asyncio.create_task(self._read(spool, waiting, envelope, sender))

    async def _read(
        self, spool: Spool, waiting: list[int], envelope: Envelope, sender: Sender
    ) -> Gathered:
        if not waiting:
            return Gathered()
        rows: list[_Row] = []
        for place, record in spool.read(waiting[0]):
            rows.append(self._row(spool, place, record, envelope.source))
            if len(rows) % YIELD_EVERY == 0:
                # A commit under way is answered meanwhile.
                await asyncio.sleep(0)
        known = await self._known(rows, sender)
        found = Gathered()
        for row in rows:
            if row.plain is not None and in_reach(row.plain, known):
                put_plain(found, *row.plain)
            else:
                put(found, row.line or spool.line(row.place, row.record), envelope.source, known)
        return found

    def _row(self, spool: Spool, place: int, record: Record | str, source: str) -> _Row:
        if not isinstance(record, str):
            plain = plain_line(record, source, place, spool.vouchers)
            if plain is not None:
                return _Row(place, record, plain=plain)
        return _Row(place, record, line=spool.line(place, record))

    async def _known(self, rows: Sequence[_Row], sender: Sender) -> Known:
        lines = [row.line for row in rows if row.line is not None]
        plain = [row.plain for row in rows if row.plain is not None]
        keys = {key for key, _ in plain}
        references = {line.bank_ref for _, line in plain if line.bank_ref}
        accounts = self.files.settings.treasury_accounts
        numbers = {line.payment_id for _, line in plain}
        wanted = Wanted(lines=lines, keys=keys, references=references, numbers=numbers)
        return await known_of(self.files.runtime, sender.region_code, wanted, accounts)

    async def _statement(self, envelope: Envelope) -> Statement:
        stream = f"statement-{envelope.statement}"
        found = (await self.files.handling.states([stream])).get(stream)
        return found if isinstance(found, Statement) else Statement()

    async def _commit(
        self,
        gathered: Gathered,
        envelope: Envelope,
        sender: Sender,
        part: int,
        progress: _Progress,
    ) -> None:
        asks = asks_of(gathered, envelope, sender, part=part)
        outcomes = await self.files.handling.handle_all(asks)
        answers = answers_or_raise(outcomes)
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
