"""A file of the treasury: one fact for all that it books, a break for each line that disagrees."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.monitoring.domain.ledger.breaks import opened, resolved_again
from services.monitoring.domain.ledger.commands import BookLines
from services.monitoring.domain.ledger.commitments import Drawing
from services.monitoring.domain.ledger.events import (
    LedgerEvent,
    LinesBooked,
    PaymentReturned,
    QuotaWithdrawn,
)
from services.monitoring.domain.ledger.judging import Tally, Verdict
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.treasury_line import LineKind, LineOutcome, TreasuryLine
from shared.domain.money import Money

type Facts = Sequence[LedgerEvent]


@dataclass(slots=True)
class _Sorted:
    """The lines of a file by what became of them."""

    booked: list[TreasuryLine] = field(default_factory=list)
    ordered_back: list[TreasuryLine] = field(default_factory=list)
    solved: list[str] = field(default_factory=list)
    broken: list[tuple[TreasuryLine, Verdict]] = field(default_factory=list)


def book_lines(command: BookLines, ledger: Ledger) -> Facts:
    """Book a file. Sent again, it changes nothing; what is refused is left out."""
    found, drawing = _sorted(command, ledger), Drawing(ledger)
    paid, returned = _sums(found.booked)
    paid_total = ledger.paid + paid - returned
    booked = LinesBooked(
        project=ledger.project,
        lines=tuple(found.booked),
        paid=paid,
        returned=returned,
        paid_total=paid_total,
        drawn=drawing.draw(found.booked),
    )
    return [
        *([booked] if found.booked else []),
        # What was ordered back is a fact of its own: somebody waits for it, by its number.
        *given_back(found.ordered_back, ledger, drawing, paid_total=paid_total),
        # A line may break and fit later in the same file: its break is opened before it ends.
        *(opened(line, verdict, ledger) for line, verdict in found.broken),
        *(resolved_again(ledger, one, command.by) for one in found.solved),
    ]


def _sorted(command: BookLines, ledger: Ledger) -> _Sorted:
    tally, found = Tally(ledger), _Sorted()
    for line in command.lines:
        verdict = tally.judge(line)
        if verdict.outcome is LineOutcome.BREAK:
            found.broken.append((line, verdict))
        elif verdict.outcome is LineOutcome.BOOKED:
            back = line.kind is LineKind.RETURN and line.recovery_id is not None
            (found.ordered_back if back else found.booked).append(line)
            if verdict.earlier:
                found.solved.append(verdict.earlier)
    return found


def _sums(lines: Sequence[TreasuryLine]) -> tuple[Money, Money]:
    paid = sum(line.amount.fen for line in lines if line.kind is LineKind.PAYMENT)
    return Money(paid), Money(sum(line.amount.fen for line in lines) - paid)


def given_back(
    lines: Sequence[TreasuryLine], ledger: Ledger, drawing: Drawing, *, paid_total: Money
) -> Facts:
    """Money that came back; ordered back, it may not be spent a second time."""
    facts: list[LedgerEvent] = []
    quota = ledger.quota
    for line in lines:
        paid_total -= line.amount
        facts.append(
            PaymentReturned(
                project=ledger.project,
                payment_id=line.payment_id,
                return_id=line.line_id,
                amount=line.amount,
                paid_total=paid_total,
                returned_on=line.booked_on,
                recovery_id=line.recovery_id,
                source_id=line.source_id,
                uetr=line.uetr,
                clearing_ref=line.clearing_ref,
                drawn=drawing.draw([line]),
            )
        )
        if line.recovery_id is None:
            continue
        quota -= line.amount
        withdrawn = QuotaWithdrawn(
            project=ledger.project,
            recovery_id=line.recovery_id,
            amount=line.amount,
            quota=quota,
            document_no=line.line_id,
            withdrawn_on=line.booked_on,
        )
        facts.append(withdrawn)
    return facts
