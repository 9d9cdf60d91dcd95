"""What the treasury's lines become: booked, already known, or a break a person resolves.

A line is never refused because it disagrees with the ledger, and nothing is corrected on its
own: what cannot be booked is kept as a break, with the reason from a closed list.
"""

from collections.abc import Sequence

from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.commands import ResolveBreak, ReturnPayment, SettlePayment
from services.monitoring.domain.ledger.events import (
    BreakKind,
    BreakOpened,
    BreakResolution,
    BreakResolved,
    LedgerEvent,
    PaymentReturned,
    PaymentSettled,
    QuotaWithdrawn,
)
from services.monitoring.domain.ledger.state import Break, Ledger
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
    amount = positive(command.amount)
    line = Break(
        kind=BreakKind.BEYOND_AVAILABLE,
        line_id=command.payment_id,
        amount=amount,
        booked_on=command.settled_on,
    )
    booked = ledger.payments.get(command.payment_id)
    if booked is not None:
        other = BreakKind.AMOUNT_MISMATCH
        return [] if booked.amount == amount else disagree(ledger, line, other)
    earlier = ledger.breaks.get(break_id(BreakKind.BEYOND_AVAILABLE, command.payment_id, amount))
    if earlier is not None and earlier.resolved:
        return []
    if amount > ledger.available:
        return disagree(ledger, line, BreakKind.BEYOND_AVAILABLE)
    settled = PaymentSettled(
        project=ledger.project,
        payment_id=command.payment_id,
        amount=amount,
        paid_total=ledger.paid + amount,
        settled_on=command.settled_on,
        purpose=command.purpose,
    )
    if earlier is None:
        return [settled]
    note = "quota has been issued since; the line was sent again"
    return [settled, _resolved(ledger, earlier, BreakResolution.BOOKED, note)]


def return_payment(command: ReturnPayment, ledger: Ledger) -> Facts:
    """Book money that came back; ordered back, it is withdrawn in the same act."""
    amount = positive(command.amount)
    line = Break(
        kind=BreakKind.UNMATCHED_EXTERNAL,
        line_id=command.return_id,
        amount=amount,
        booked_on=command.returned_on,
    )
    paid = ledger.payments.get(command.payment_id)
    if paid is None:
        return disagree(ledger, line, BreakKind.UNMATCHED_EXTERNAL)
    booked = paid.returned.get(command.return_id)
    if booked is not None and booked[0] == amount:
        return []
    if booked is not None or amount > paid.outstanding:
        return disagree(ledger, line, BreakKind.AMOUNT_MISMATCH)
    if command.returned_on.year > ledger.project.fiscal_year:
        # The execution rate of a closed year does not change (`domain` §7.2).
        return disagree(ledger, line, BreakKind.LATE_RETURN)
    returned = PaymentReturned(
        project=ledger.project,
        payment_id=command.payment_id,
        return_id=command.return_id,
        amount=amount,
        paid_total=ledger.paid - amount,
        returned_on=command.returned_on,
        recovery_id=command.recovery_id,
    )
    if command.recovery_id is None:
        return [returned]
    # Money that was ordered back may not be spent a second time.
    withdrawn = QuotaWithdrawn(
        project=ledger.project,
        recovery_id=command.recovery_id,
        amount=amount,
        quota=ledger.quota - amount,
        document_no=command.return_id,
        withdrawn_on=command.returned_on,
    )
    return [returned, withdrawn]


def break_id(kind: BreakKind, line_id: str, amount: Money) -> str:
    """The same disagreement has the same name, however often the line is sent."""
    return f"{kind}:{line_id}:{amount}"


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
