"""Breaks: a line that does not agree is kept, given to somebody, and ended by a person."""

from collections.abc import Sequence
from typing import assert_never

from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.commands import (
    AssignBreak,
    BreakCommand,
    ReportBreak,
    ResolveBreak,
)
from services.monitoring.domain.ledger.commitments import Drawing
from services.monitoring.domain.ledger.events import (
    BreakAssigned,
    BreakOpened,
    BreakResolved,
    LedgerEvent,
    PaymentSettled,
)
from services.monitoring.domain.ledger.guarding import covered, positive
from services.monitoring.domain.ledger.judging import Verdict, break_id
from services.monitoring.domain.ledger.kinds import (
    ENDINGS,
    FIRST_OWNER,
    REPORTED,
    BreakKind,
    BreakResolution,
)
from services.monitoring.domain.ledger.state import Break, Ledger
from services.monitoring.domain.treasury_line import LineKind, TreasuryLine

type Facts = Sequence[LedgerEvent]


def decide_break(command: BreakCommand, ledger: Ledger) -> Facts:
    """What becomes of a break."""
    match command:
        case ReportBreak():
            return _report(command, ledger)
        case AssignBreak():
            return _assign(command, ledger)
        case ResolveBreak():
            return _resolve(command, ledger)
        case _:
            assert_never(command)


def opened(line: TreasuryLine, verdict: Verdict, ledger: Ledger) -> BreakOpened:
    """The break of a line that does not agree."""
    assert verdict.kind is not None
    return BreakOpened(
        project=ledger.project,
        break_id=verdict.break_id,
        kind=verdict.kind,
        line_id=line.line_id,
        amount=line.amount,
        booked_on=line.booked_on,
        owner=FIRST_OWNER[verdict.kind],
        source_id=line.source_id,
        payment_id=line.payment_id,
        purpose=line.purpose,
        contract_no=line.contract_no,
        note=line.reason_code,
        known=verdict.known,
        available=verdict.available,
        direction=line.kind,
    )


def disagree(ledger: Ledger, line: Break, *, note: str = "", source_id: str = "") -> Facts:
    """Open a break that no single line shows, once."""
    key = break_id(line.kind, line.line_id, line.amount)
    if key in ledger.breaks:
        return []
    known = ledger.payments.get(line.line_id)
    return [
        BreakOpened(
            project=ledger.project,
            break_id=key,
            kind=line.kind,
            line_id=line.line_id,
            amount=line.amount,
            booked_on=line.booked_on,
            owner=FIRST_OWNER[line.kind],
            source_id=source_id,
            note=note,
            known=known.amount if known else None,
            available=ledger.available,
        )
    ]


def _report(command: ReportBreak, ledger: Ledger) -> Facts:
    if command.kind not in REPORTED:
        raise no.BreakFoundByLedger(pointer="/kind", kinds=sorted(REPORTED))
    internal = command.kind is BreakKind.UNMATCHED_INTERNAL
    if internal and command.line_id not in ledger.payments:
        raise no.PaymentUnknown(payment_id=command.line_id)
    line = Break(
        kind=command.kind,
        line_id=command.line_id,
        amount=positive(command.amount),
        booked_on=command.booked_on,
    )
    return disagree(ledger, line, note=command.note, source_id=command.source_id)


def _found(ledger: Ledger, key: str) -> Break:
    found = ledger.breaks.get(key)
    if found is None:
        raise no.BreakUnknown(break_id=key)
    return found


def _assign(command: AssignBreak, ledger: Ledger) -> Facts:
    found = _found(ledger, command.break_id)
    if found.resolved:
        raise no.BreakEnded(break_id=command.break_id)
    if found.owner == command.owner:
        return []
    return [
        BreakAssigned(
            project=ledger.project,
            break_id=command.break_id,
            owner=command.owner,
            assigned_by=command.by,
        )
    ]


def resolved_again(ledger: Ledger, earlier: str, by: str) -> BreakResolved:
    """A line that did not fit came again, and now it does."""
    return BreakResolved(
        project=ledger.project,
        break_id=earlier,
        resolution=BreakResolution.BOOKED,
        note="The line was sent again, and it fits now.",
        resolved_by=by,
    )


def _resolve(command: ResolveBreak, ledger: Ledger) -> Facts:
    """End a break as a person decided."""
    found = _found(ledger, command.break_id)
    if found.resolved:
        return []
    if command.resolution not in ENDINGS[found.kind]:
        if command.resolution is BreakResolution.BOOKED:
            raise no.BreakNotBookable(kind=found.kind)
        raise no.BreakEndsOtherwise(
            pointer="/resolution", kind=found.kind, allowed=sorted(ENDINGS[found.kind])
        )
    if command.resolution is BreakResolution.CARRIED_TO_INCOME and not command.slip_no:
        raise no.SlipMissing(pointer="/slip_no")
    resolved = BreakResolved(
        project=ledger.project,
        break_id=command.break_id,
        resolution=command.resolution,
        note=command.note,
        resolved_by=command.by,
        slip_no=command.slip_no,
    )
    if command.resolution is BreakResolution.BOOKED:
        return [*_booked(found, ledger), resolved]
    return [resolved]


def _booked(found: Break, ledger: Ledger) -> Facts:
    """Settle the payment of a break, unless its number was booked meanwhile (`domain` §7.4).

    The end-to-end id stands for one payment: with the same amount it is this one, and there is
    nothing left to book; with another amount only one of the two can have been made.
    """
    paid = ledger.payments.get(found.line_id)
    booked = paid.amount if paid is not None else ledger.sources.get(found.source_id)
    if booked is not None and booked != found.amount:
        raise no.PaymentBookedBefore(
            f"Payment {found.line_id} is booked with {booked}; the break is {found.amount}.",
            remedy="End the break as REJECTED or MATCHED, or have the bank correct its line.",
            payment_id=found.line_id,
            booked=str(booked),
            asked=str(found.amount),
        )
    if booked is not None:
        return []
    covered(ledger, found.amount)
    line = TreasuryLine(
        source_id="",
        kind=LineKind.PAYMENT,
        payment_id=found.line_id,
        amount=found.amount,
        booked_on=found.booked_on,
        purpose=found.purpose,
        contract_no=found.contract_no,
    )
    return [settled(line, ledger)]


def settled(line: TreasuryLine, ledger: Ledger) -> PaymentSettled:
    """The fact that a payment was made."""
    return PaymentSettled(
        project=ledger.project,
        payment_id=line.payment_id,
        amount=line.amount,
        paid_total=ledger.paid + line.amount,
        settled_on=line.booked_on,
        purpose=line.purpose,
        contract_no=line.contract_no,
        drawn=Drawing(ledger).draw([line]),
        bank_ref=line.bank_ref,
        source_id=line.source_id,
        uetr=line.uetr,
    )
