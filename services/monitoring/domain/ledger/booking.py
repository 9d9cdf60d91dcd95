"""A file of the treasury: one fact for all that it books, a break for each line that disagrees."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.monitoring.domain.ledger.commands import BookLines
from services.monitoring.domain.ledger.events import LedgerEvent, LinesBooked
from services.monitoring.domain.ledger.judging import Tally, Verdict
from services.monitoring.domain.ledger.state import Break, Ledger
from services.monitoring.domain.ledger.treasury import booked_again, given_back, opened
from services.monitoring.domain.treasury_line import LineKind, LineOutcome, TreasuryLine
from shared.domain.money import Money


@dataclass(slots=True)
class _Sorted:
    """The lines of a file by what became of them."""

    booked: list[TreasuryLine] = field(default_factory=list)
    ordered_back: list[TreasuryLine] = field(default_factory=list)
    solved: list[Break] = field(default_factory=list)
    broken: list[tuple[TreasuryLine, Verdict]] = field(default_factory=list)


def book_lines(command: BookLines, ledger: Ledger) -> Sequence[LedgerEvent]:
    """Book a file. Sent again, it changes nothing; what is refused is left out."""
    tally, found = Tally(ledger), _Sorted()
    for line in command.lines:
        verdict = tally.judge(line)
        if verdict.outcome is LineOutcome.BREAK:
            found.broken.append((line, verdict))
        elif verdict.outcome is LineOutcome.BOOKED:
            back = line.kind is LineKind.RETURN and line.recovery_id is not None
            (found.ordered_back if back else found.booked).append(line)
            if verdict.earlier is not None:
                found.solved.append(verdict.earlier)
    return [
        *_lines(found.booked, ledger),
        *_ordered_back(found, ledger),
        *(booked_again(ledger, one) for one in found.solved),
        *(opened(line, verdict, ledger) for line, verdict in found.broken),
    ]


def _sums(lines: Sequence[TreasuryLine]) -> tuple[Money, Money]:
    paid = sum(line.amount.fen for line in lines if line.kind is LineKind.PAYMENT)
    return Money(paid), Money(sum(line.amount.fen for line in lines) - paid)


def _lines(booked: Sequence[TreasuryLine], ledger: Ledger) -> Sequence[LedgerEvent]:
    if not booked:
        return []
    paid, returned = _sums(booked)
    return [
        LinesBooked(
            project=ledger.project,
            lines=tuple(booked),
            paid=paid,
            returned=returned,
            paid_total=ledger.paid + paid - returned,
        )
    ]


def _ordered_back(found: _Sorted, ledger: Ledger) -> Sequence[LedgerEvent]:
    """What was ordered back is a fact of its own: somebody waits for it, by its number."""
    paid, returned = _sums(found.booked)
    paid_total, quota = ledger.paid + paid - returned, ledger.quota
    facts: list[LedgerEvent] = []
    for line in found.ordered_back:
        paid_total -= line.amount
        quota -= line.amount
        facts += given_back(line, ledger, paid_total=paid_total, quota=quota)
    return facts
