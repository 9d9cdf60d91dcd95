"""What the treasury's lines become, one at a time.

A line is never refused because it disagrees with the ledger, and nothing is corrected on its
own: what cannot be booked is kept as a break, with the reason from a closed list.
"""

from collections.abc import Sequence

from services.monitoring.domain.ledger.booking import book_lines, given_back
from services.monitoring.domain.ledger.breaks import opened, resolved_again, settled
from services.monitoring.domain.ledger.commands import (
    BookLines,
    LineCommand,
    ReturnPayment,
    SettlePayment,
)
from services.monitoring.domain.ledger.commitments import Drawing
from services.monitoring.domain.ledger.events import LedgerEvent
from services.monitoring.domain.ledger.guarding import positive
from services.monitoring.domain.ledger.judging import Verdict, outcome_of
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.treasury_line import LineKind, LineOutcome, TreasuryLine

type Facts = Sequence[LedgerEvent]


def decide_lines(command: LineCommand, ledger: Ledger) -> Facts:
    """What one line, or a file of them, makes true."""
    match command:
        case BookLines():
            return book_lines(command, ledger)
        case SettlePayment():
            line = _payment(command)
        case ReturnPayment():
            line = _return(command)
    verdict = outcome_of(line, ledger)
    if verdict.outcome is LineOutcome.BREAK:
        return [opened(line, verdict, ledger)]
    if verdict.outcome is not LineOutcome.BOOKED:
        return []
    return [*_booked(line, ledger), *_ended(verdict, ledger, command.by)]


def _payment(command: SettlePayment) -> TreasuryLine:
    return TreasuryLine(
        source_id=command.source_id,
        kind=LineKind.PAYMENT,
        payment_id=command.payment_id,
        amount=positive(command.amount),
        booked_on=command.settled_on,
        purpose=command.purpose,
        bank_ref=command.bank_ref,
        contract_no=command.contract_no,
        uetr=command.uetr,
    )


def _return(command: ReturnPayment) -> TreasuryLine:
    return TreasuryLine(
        source_id=command.source_id,
        kind=LineKind.RETURN,
        payment_id=command.payment_id,
        return_id=command.return_id,
        amount=positive(command.amount),
        booked_on=command.returned_on,
        recovery_id=command.recovery_id,
        uetr=command.uetr,
        clearing_ref=command.clearing_ref,
    )


def _booked(line: TreasuryLine, ledger: Ledger) -> Facts:
    if line.kind is LineKind.PAYMENT:
        return [settled(line, ledger)]
    return given_back([line], ledger, Drawing(ledger), paid_total=ledger.paid)


def _ended(verdict: Verdict, ledger: Ledger, by: str) -> Facts:
    return [resolved_again(ledger, verdict.earlier, by)] if verdict.earlier else []
