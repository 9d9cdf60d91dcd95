"""Files that are reported before they are booked: kept as a job, accepted as a whole.

The report is made from what ledgers and statement say now; accepting decides again.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from services.monitoring.api.bank.files import read_file
from services.monitoring.api.bank.refusals import FileNotReported
from services.monitoring.api.intake.booking import (
    Envelope,
    Sender,
    asks_of,
    counted,
    ledger_streams,
    taking,
    telling,
)
from services.monitoring.api.intake.gathering import Gathered, gather, gather_answers
from services.monitoring.api.intake.lookups import Wanted, known_of, proposals_for
from services.monitoring.api.intake.order_lookups import orders_answered
from services.monitoring.api.intake.pages_told import beside_other_pages
from services.monitoring.api.intake.reporting import report_lines
from services.monitoring.api.intake.returns_doubted import endings
from services.monitoring.api.intake.returns_told import told_alike
from services.monitoring.domain.statement.for_orders import each_of
from services.monitoring.domain.statement.lines import BankMessage
from services.monitoring.domain.statement.vouchers import Voucher
from services.monitoring.settings import MonitoringSettings
from shared.asking import Answer, Outcome
from shared.handling import Handling
from shared.http.identity import Person, scope_in
from shared.http.import_jobs import (
    ACCEPTED,
    ACCEPTING,
    CHECKING,
    FAILED,
    REPORTED,
    ImportJob,
    ImportJobs,
)
from shared.http.position import Position
from shared.http.problems import Unavailable
from shared.http.runtime import Runtime
from shared.telemetry import current_correlation

OPERATION: Final = "create_treasury_file"


@dataclass(frozen=True, slots=True)
class _Read:
    """A file, read and looked up."""

    message: BankMessage
    envelope: Envelope
    gathered: Gathered


@dataclass(frozen=True, slots=True)
class TreasuryFiles:
    """Works on the files of one request or task."""

    runtime: Runtime

    async def report(self, job: ImportJob, person: Person) -> ImportJob:
        """What would become of every line; nothing is stored but the file and this."""
        read = await self._read(job, person)
        sender = self.sender(person)
        # A number that another message has is told before anybody accepts.
        await self.handling.handle(
            taking(read.gathered, read.envelope, sender, days=read.message.days), dry_run=True
        )
        return await self._kept(job, read, REPORTED, sender)

    async def accept(self, job: ImportJob, person: Person) -> ImportJob:
        """Make it true in one transaction; what is accepted already stays as it is."""
        if job.state == ACCEPTED:
            return job
        if job.state == CHECKING:
            raise FileNotReported(remedy="Read the report first, or send the file again.")
        read = await self._read(job, person)
        sender = self.sender(person)
        found = await self._kept(job, read, ACCEPTING, sender)
        asks = asks_of(read.gathered, read.envelope, sender, days=read.message.days)
        ending = await endings(self.runtime, read.envelope, read.message, sender)
        answers = answers_or_raise(await self.handling.handle_all([*asks, *ending]))
        return await self._accepted(found, read, answers[: len(asks)])

    async def begin(self, job: ImportJob) -> ImportJob:
        """Keep the file before the answer that promises to work on it."""
        state = CHECKING if job.state in {CHECKING, FAILED} else ACCEPTING
        begun = replace(job, state=state)
        await self.jobs.save(begun)
        return begun

    async def fail(self, job: ImportJob, why: str) -> None:
        """It could not be done; the file stays, so that it can be tried again."""
        await self.jobs.save(replace(job, state=FAILED, report={**job.report, "failure": why}))

    async def find(self, file_id: str, person: Person) -> ImportJob | None:
        """One's own file; other people's do not exist."""
        job = await self.jobs.find(file_id)
        mine = job is not None and job.actor == person.actor and job.operation == OPERATION
        return job if mine else None

    @property
    def jobs(self) -> ImportJobs:
        """Where files are kept between report and acceptance."""
        if self.runtime.jobs is None:
            raise Unavailable
        return self.runtime.jobs

    @property
    def handling(self) -> Handling:
        """The transaction."""
        if self.runtime.handling is None:
            raise Unavailable
        return self.runtime.handling

    @property
    def vouchers(self) -> Mapping[str, Voucher]:
        """What the vouchers stand for in this installation."""
        return self.settings.voucher_uses

    @property
    def settings(self) -> MonitoringSettings:
        """The service's own."""
        assert isinstance(self.runtime.settings, MonitoringSettings)
        return self.runtime.settings

    def sender(self, person: Person) -> Sender:
        """Who sends, within what their role reaches."""
        admitted = self.runtime.policy[OPERATION]
        return Sender(
            actor=person.actor,
            region_code=person.region_code or "",
            may=scope_in(person, admitted).may_write,
            now=self.runtime.clock.now(),
            correlation_id=current_correlation(),
        )

    async def _read(self, job: ImportJob, person: Person) -> _Read:
        file = job.report["file"]
        message = read_file(job.rows, file["kind"], file["message_id"], self.vouchers)
        envelope = Envelope(
            system=file["system"],
            message_id=message.message_id,
            form=message.form,
            digest=sha256(job.rows).hexdigest(),
        )
        region = person.region_code or ""
        if message.answers:
            orders = await orders_answered(self.runtime, region, message.answers)
            answers = each_of(message.answers, orders)
            return _Read(message, envelope, gather_answers(answers, orders))
        accounts = self.settings.treasury_accounts
        message = await beside_other_pages(self.handling, region, message)
        known = await known_of(self.runtime, region, Wanted(lines=message.lines), accounts)
        lines = await told_alike(self.runtime, (region, envelope.statement), message, known)
        gathered = gather(lines, envelope.source, known)
        if gathered.kept:
            gathered.propose(await proposals_for(self.runtime, region, gathered.kept))
        return _Read(message, envelope, gathered)

    async def _heard(self, read: _Read, sender: Sender) -> Sequence[Answer]:
        """What the orders would answer, each after those before it; nothing is stored."""
        asks = telling(read.gathered, read.envelope, sender)
        return answers_or_raise(await self.handling.handle_all(asks, dry_run=True)) if asks else ()

    async def _kept(self, job: ImportJob, read: _Read, state: str, sender: Sender) -> ImportJob:
        streams = [*ledger_streams(read.gathered).values(), f"statement-{read.envelope.statement}"]
        states = await self.handling.states(streams)
        lines = report_lines(
            read.message,
            read.envelope,
            read.gathered,
            states,
            heard=await self._heard(read, sender),
        )
        report: dict[str, Any] = {
            "file": {**job.report["file"], "message_id": read.envelope.message_id},
            "form": read.envelope.form,
            "statement_id": read.envelope.statement,
            "counts": _counts(lines),
            "lines": lines,
        }
        found = replace(job, state=state, report=report)
        await self.jobs.save(found)
        return found

    async def _accepted(self, job: ImportJob, read: _Read, answers: list[Answer]) -> ImportJob:
        counts = counted(read.gathered, answers)
        first = answers[0]
        position = Position(self.runtime.service, first.stream, first.version, first.said)
        told = {"counts": {"lines": read.gathered.lines, **counts.as_report()}}
        report = {**job.report, **told, "position": position.token()}
        found = replace(job, state=ACCEPTED, report=report)
        await self.jobs.save(found)
        return found


def answers_or_raise(outcomes: Sequence[Outcome]) -> list[Answer]:
    """The answers, if nothing was refused."""
    answers = [one for one in outcomes if isinstance(one, Answer)]
    if len(answers) < len(outcomes):
        raise next(one for one in outcomes if not isinstance(one, Answer))
    return answers


def _counts(lines: list[dict[str, Any]]) -> dict[str, int]:
    by = Counter(str(line["outcome"]) for line in lines)
    return {
        "lines": len(lines),
        "booked": by["BOOKED"],
        "breaks": by["BREAK"],
        "duplicates": by["DUPLICATE"],
        "refused": by["REFUSED"],
        "heard": by["HEARD"],
    }
