"""A message as the requests that make it true: for its statement, each ledger and page, each order.

They are committed together. A ledger recognises a line by its source, a statement its parts, so
sending everything again adds nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.monitoring.api.intake.gathering import Gathered
from services.monitoring.api.intake.hearing import heard_as
from services.monitoring.domain.ledger.commands import BookLines
from services.monitoring.domain.ledger.events import BreakOpened, LinesBooked, PaymentReturned
from services.monitoring.domain.statement.commands import TakeStatement
from services.monitoring.domain.statement.lines import DaySum
from services.monitoring.domain.statement.naming import source_of, statement_id
from services.monitoring.domain.treasury_line import LineOutcome
from shared.asking import Answer, Ask
from shared.domain.decider import Owner

LINES_PER_COMMAND: Final = 200
"""So many lines with long texts fit into one fact; a ledger rarely has as many in one file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends, as what, and how far that reaches."""

    actor: str
    region_code: str
    may: Callable[[Owner], bool]
    now: datetime
    correlation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What is known of a message beside its lines."""

    system: str
    message_id: str
    form: str
    digest: str
    parts: int = 1

    @property
    def source(self) -> str:
        """What the source id of each line begins with."""
        return source_of(self.system, self.message_id)

    @property
    def statement(self) -> str:
        """The id of its statement."""
        return statement_id(self.system, self.message_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many lines ended how, as the facts say it."""

    booked: int = 0
    breaks: int = 0
    duplicates: int = 0
    refused: int = 0
    heard: int = 0

    def __add__(self, other: "Counted") -> "Counted":
        """Both together."""
        return Counted(
            booked=self.booked + other.booked,
            breaks=self.breaks + other.breaks,
            duplicates=self.duplicates + other.duplicates,
            refused=self.refused + other.refused,
            heard=self.heard + other.heard,
        )

    def as_report(self) -> dict[str, int]:
        """By name."""
        return {
            "booked": self.booked,
            "breaks": self.breaks,
            "duplicates": self.duplicates,
            "refused": self.refused,
            "heard": self.heard,
        }


def asks_of(
    gathered: Gathered,
    envelope: Envelope,
    sender: Sender,
    *,
    days: Sequence[DaySum] = (),
    part: int = 0,
) -> list[Ask]:
    """What has to become true together."""
    return [
        taking(gathered, envelope, sender, days=days, part=part),
        *_booking(gathered, sender),
        *telling(gathered, envelope, sender),
    ]


def telling(gathered: Gathered, envelope: Envelope, sender: Sender) -> list[Ask]:
    """Each order hears what is said of it, in the order of the message."""
    source = envelope.source
    return [
        ask_of(one.command(source, sender.actor, sender.now), sender, source)
        for one in gathered.orders
    ]


def taking(
    gathered: Gathered,
    envelope: Envelope,
    sender: Sender,
    *,
    days: Sequence[DaySum] = (),
    part: int = 0,
) -> Ask:
    """The statement takes the message, or this part of it."""
    paid, returned = gathered.sums()
    command = TakeStatement(
        system=envelope.system,
        message_id=envelope.message_id,
        region_code=sender.region_code,
        form=envelope.form,
        digest=envelope.digest,
        part=part,
        parts=envelope.parts,
        lines=gathered.lines,
        paid=paid,
        returned=returned,
        kept=tuple(gathered.kept),
        refused=tuple(gathered.refused),
        days=tuple(days),
        by=sender.actor,
        now=sender.now,
    )
    return ask_of(command, sender, envelope.source)


def _booking(gathered: Gathered, sender: Sender) -> Iterable[Ask]:
    for (code, year), lines in sorted(gathered.ledgers.items()):
        for start in range(0, len(lines), LINES_PER_COMMAND):
            command = BookLines(
                project_code=code,
                fiscal_year=year,
                lines=tuple(lines[start : start + LINES_PER_COMMAND]),
                by=sender.actor,
                now=sender.now,
            )
            yield ask_of(command, sender, lines[0].source_id.rpartition("/")[0])


def ask_of(command: object, sender: Sender, source: str) -> Ask:
    """A command in the name of whoever sends, caused by a message."""
    return Ask(
        commands=(command,),
        actor=sender.actor,
        unit=sender.region_code,
        now=sender.now,
        correlation_id=sender.correlation_id,
        causation_id=f"treasury-{source}"[:200],
        may=sender.may,
    )


def counted(gathered: Gathered, answers: Sequence[Answer]) -> Counted:
    """What the facts of a commit say of its lines; what ledgers are silent about, they knew.

    Lines that a statement keeps are breaks the first time; it is silent about them afterwards.
    """
    booked = breaks = 0
    taken = False
    own = len(answers) - len(gathered.orders)
    for answer in answers[:own]:
        for fact in answer.facts:
            match fact.event:
                case LinesBooked(lines=lines):
                    booked += len(lines)
                case PaymentReturned():
                    booked += 1
                case BreakOpened():
                    breaks += 1
                case _:
                    taken = taken or answer.stream.startswith("statement-")
    kept = len(gathered.kept)
    by = Counter(heard_as(answer).outcome for answer in answers[own:])
    told = Counted(
        booked=by[LineOutcome.BOOKED],
        breaks=by[LineOutcome.BREAK],
        duplicates=by[LineOutcome.DUPLICATE],
        heard=by[LineOutcome.HEARD],
    )
    return told + Counted(
        booked=booked,
        breaks=breaks + (kept if taken else 0),
        duplicates=gathered.for_ledgers - booked - breaks + (0 if taken else kept),
        refused=len(gathered.refused),
    )


def ledger_streams(gathered: Gathered) -> Mapping[tuple[str, int], str]:
    """The stream of every ledger that has lines."""
    return {key: f"ledger-{key[0]}-{key[1]}" for key in gathered.ledgers}
