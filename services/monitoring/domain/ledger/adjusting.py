"""The quota moves with the target, in full or not at all; what was undone moves back (§3.6)."""

from collections.abc import Sequence
from datetime import datetime

from services.monitoring.domain.ledger.breaks import disagree
from services.monitoring.domain.ledger.commands import AdjustQuota, UndoAdjustment
from services.monitoring.domain.ledger.events import LedgerEvent, QuotaAdjusted
from services.monitoring.domain.ledger.kinds import BreakKind
from services.monitoring.domain.ledger.quota import let_go
from services.monitoring.domain.ledger.state import Break, Ledger
from shared.domain.money import ZERO, Money
from shared.domain.workdays import business_date

type Facts = Sequence[LedgerEvent]


def could_not_follow(ledger: Ledger, adjustment_id: str) -> bool:
    """Whether the money of an adjustment was looked for in vain."""
    return any(
        one.line_id == adjustment_id and one.kind is BreakKind.BUDGET_BELOW_QUOTA
        for one in ledger.breaks.values()
    )


def adjust(command: AdjustQuota, ledger: Ledger) -> Facts:
    """Move the quota as the target did. Where there is too little, nothing moves.

    Then a break says how much was missing, what was held is free again, and the target is
    changed back (ADR 0018).
    """
    key = command.adjustment_id
    if key in ledger.adjustments or could_not_follow(ledger, key):
        return []
    change = command.budget - command.budget_before
    freeze = ledger.freezes.get(key)
    open_freeze = freeze if freeze is not None and freeze.open and not freeze.suspends else None
    held = open_freeze.amount if open_freeze else ZERO
    if not change and not held:
        return []
    # Without a hold only what was already issued beyond the new budget has to come back.
    wanted = change if held or change > ZERO else min(ZERO, command.budget - ledger.issued)
    possible = ledger.available + held
    if possible + wanted < ZERO:
        missing = _missing(key, -wanted - possible, command.now)
        return [*disagree(ledger, missing), *(let_go(ledger, key) if held else [])]
    return [
        QuotaAdjusted(
            project=ledger.project,
            adjustment_id=key,
            change=wanted,
            from_frozen=held,
            budget=command.budget,
            quota=ledger.quota + wanted,
        )
    ]


def undo(command: UndoAdjustment, ledger: Ledger) -> Facts:
    """Move back what was moved: as far as it is there, a break tells the rest."""
    key = command.undone_id
    if command.adjustment_id not in ledger.adjustments or key in ledger.adjustments:
        return []
    change = command.budget - command.budget_before
    possible = max(change, -ledger.available)
    moved = QuotaAdjusted(
        project=ledger.project,
        adjustment_id=key,
        change=possible,
        from_frozen=ZERO,
        budget=command.budget,
        quota=ledger.quota + possible,
    )
    missing = _missing(key, possible - change, command.now)
    return [moved, *(disagree(ledger, missing) if missing.amount else [])]


def _missing(key: str, amount: Money, now: datetime) -> Break:
    return Break(
        kind=BreakKind.BUDGET_BELOW_QUOTA,
        line_id=key,
        amount=amount,
        booked_on=business_date(now),
    )
