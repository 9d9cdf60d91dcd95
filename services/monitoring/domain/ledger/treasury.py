"""What the treasury's lines become, one at a time, and how a person ends a break.

A line is never refused because it disagrees with the ledger, and nothing is corrected on its
own: what cannot be booked is kept as a break, with the reason from a closed list.
"""

from collections.abc import Sequence

from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.commands import ResolveBreak, ReturnPayment, SettlePayment
from services.monitoring.domain.ledger.events import (
    BreakOpened,
    BreakResolved,
    LedgerEvent,
    PaymentReturned,
    PaymentSettled,
    QuotaWithdrawn,
)
from services.monitoring.domain.ledger.judging import Verdict, break_id, outcome_of
from services.monitoring.domain.ledger.kinds import BreakKind, BreakResolution
from services.monitoring.domain.ledger.state import Break, Ledger
from services.monitoring.domain.treasury_line import LineKind, LineOutcome, TreasuryLine
from shared.domain.money import ZERO, Money

type Facts = Sequence[LedgerEvent]


def positive(amount: Money) -> Money:
    """The amount, or a refusal where nothing would move."""
    if amount <= ZERO:
        raise no.AmountNotPositive(pointer="/amount")
    return amount


def covered(ledger: Ledger, amount: Money) -> None:
    """Refuse what available quota does not cover."""
    if amount > ledger.available:
        raise no.AvailableTooSmall(asked=str(amount), available=str(ledger.available))


def settle(command: SettlePayment, ledger: Ledger) -> Facts:
    """Book a payment; what the quota does not cover becomes a break."""
    line = TreasuryLine(
        source_id="",
        kind=LineKind.PAYMENT,
        payment_id=command.payment_id,
        amount=positive(command.amount),
        booked_on=command.settled_on,
        purpose=command.purpose,
    )
    verdict = outcome_of(line, ledger)
    if verdict.outcome is not LineOutcome.BOOKED:
        return _unbooked(line, verdict, ledger)
    settled = _settled(line, ledger)
    return (
        [settled] if verdict.earlier is None else [settled, booked_again(ledger, verdict.earlier)]
    )


def return_payment(command: ReturnPayment, ledger: Ledger) -> Facts:
    """Book money that came back; ordered back, it is withdrawn in the same act."""
    line = TreasuryLine(
        source_id="",
        kind=LineKind.RETURN,
        payment_id=command.payment_id,
        return_id=command.return_id,
        amount=positive(command.amount),
        booked_on=command.returned_on,
        recovery_id=command.recovery_id,
    )
    verdict = outcome_of(line, ledger)
    if verdict.outcome is not LineOutcome.BOOKED:
        return _unbooked(line, verdict, ledger)
    left = ledger.quota - line.amount
    return given_back(line, ledger, paid_total=ledger.paid - line.amount, quota=left)


def _unbooked(line: TreasuryLine, verdict: Verdict, ledger: Ledger) -> Facts:
    return [opened(line, verdict, ledger)] if verdict.outcome is LineOutcome.BREAK else []


def _settled(line: TreasuryLine, ledger: Ledger) -> PaymentSettled:
    return PaymentSettled(
        project=ledger.project,
        payment_id=line.payment_id,
        amount=line.amount,
        paid_total=ledger.paid + line.amount,
        settled_on=line.booked_on,
        purpose=line.purpose,
    )


def given_back(
    line: TreasuryLine, ledger: Ledger, *, paid_total: Money, quota: Money
) -> Sequence[LedgerEvent]:
    """Money that came back; ordered back, it may not be spent a second time."""
    returned = PaymentReturned(
        project=ledger.project,
        payment_id=line.payment_id,
        return_id=line.line_id,
        amount=line.amount,
        paid_total=paid_total,
        returned_on=line.booked_on,
        recovery_id=line.recovery_id,
        source_id=line.source_id,
    )
    if line.recovery_id is None:
        return [returned]
    withdrawn = QuotaWithdrawn(
        project=ledger.project,
        recovery_id=line.recovery_id,
        amount=line.amount,
        quota=quota,
        document_no=line.line_id,
        withdrawn_on=line.booked_on,
    )
    return [returned, withdrawn]


def opened(line: TreasuryLine, verdict: Verdict, ledger: Ledger) -> BreakOpened:
    """The break of a line that does not agree."""
    assert verdict.kind is not None
    return BreakOpened(
        project=ledger.project,
        break_id=break_id(verdict.kind, line.line_id, line.amount),
        kind=verdict.kind,
        line_id=line.line_id,
        amount=line.amount,
        booked_on=line.booked_on,
    )


def disagree(ledger: Ledger, line: Break, kind: BreakKind) -> Facts:
    """Open a break, once for the same line."""
    key = break_id(kind, line.line_id, line.amount)
    if key in ledger.breaks:
        return []
    return [
        BreakOpened(
            project=ledger.project,
            break_id=key,
            kind=kind,
            line_id=line.line_id,
            amount=line.amount,
            booked_on=line.booked_on,
        )
    ]


def booked_again(ledger: Ledger, earlier: Break) -> BreakResolved:
    """A line that lacked quota came again, and now there is enough."""
    note = "quota has been issued since; the line was sent again"
    return _resolved(ledger, earlier, BreakResolution.BOOKED, note)


def _resolved(
    ledger: Ledger, found: Break, resolution: BreakResolution, note: str
) -> BreakResolved:
    key = break_id(found.kind, found.line_id, found.amount)
    return BreakResolved(project=ledger.project, break_id=key, resolution=resolution, note=note)


def resolve(command: ResolveBreak, ledger: Ledger) -> Facts:
    """End a break as a person decided."""
    found = ledger.breaks.get(command.break_id)
    if found is None:
        raise no.BreakUnknown(break_id=command.break_id)
    if found.resolved:
        return []
    if command.resolution is BreakResolution.REJECTED:
        return [_resolved(ledger, found, command.resolution, command.note)]
    if found.kind is not BreakKind.BEYOND_AVAILABLE:
        raise no.BreakNotBookable(kind=found.kind)
    covered(ledger, found.amount)
    settled = PaymentSettled(
        project=ledger.project,
        payment_id=found.line_id,
        amount=found.amount,
        paid_total=ledger.paid + found.amount,
        settled_on=found.booked_on,
    )
    return [settled, _resolved(ledger, found, command.resolution, command.note)]
