"""Quota: issued, amended and taken back by documents; held and let go."""

from collections.abc import Sequence
from typing import assert_never

from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.commands import (
    AmendQuota,
    ExpireFreeze,
    FreezeQuota,
    HoldForAdjustment,
    IssueQuota,
    QuotaCommand,
    RecallQuota,
    ReleaseQuota,
)
from services.monitoring.domain.ledger.events import (
    LedgerEvent,
    QuotaAmended,
    QuotaFrozen,
    QuotaIssued,
    QuotaRecalled,
    QuotaReleased,
)
from services.monitoring.domain.ledger.guarding import (
    covered,
    of_its_purpose,
    positive,
    said_before,
    unused_elsewhere,
    within_budget,
)
from services.monitoring.domain.ledger.state import Ledger
from shared.domain.money import ZERO
from shared.domain.workdays import business_date

type Facts = Sequence[LedgerEvent]


def decide_quota(command: QuotaCommand, ledger: Ledger) -> Facts:  # noqa: PLR0911 - one per command
    """What becomes of the quota."""
    match command:
        case IssueQuota():
            return _issue(command, ledger)
        case AmendQuota():
            return _amend(command, ledger)
        case RecallQuota():
            return _recall(command, ledger)
        case FreezeQuota():
            return _freeze_by_hand(command, ledger)
        case ReleaseQuota():
            return _release(command, ledger)
        case ExpireFreeze():
            return _expire(command, ledger)
        case HoldForAdjustment():
            return _hold(command, ledger)
        case _:
            assert_never(command)


def _issue(command: IssueQuota, ledger: Ledger) -> Facts:
    amount = positive(command.amount)
    if said_before(ledger.issues, command.document_no, amount):
        return []
    unused_elsewhere(command.document_no, ledger.amendments, ledger.recalled)
    of_its_purpose(ledger, command.line)
    within_budget(ledger, amount)
    return [
        QuotaIssued(
            project=ledger.project,
            document_no=command.document_no,
            amount=amount,
            issued_on=command.issued_on,
            line=command.line,
        )
    ]


def _amend(command: AmendQuota, ledger: Ledger) -> Facts:
    change = command.change
    if not change:
        raise no.NothingAmended(pointer="/change")
    if said_before(ledger.amendments, command.document_no, change):
        return []
    unused_elsewhere(command.document_no, ledger.issues, ledger.recalled)
    of_its_purpose(ledger, command.line)
    if change > ZERO:
        within_budget(ledger, change)
    else:
        covered(ledger, -change)
    return [
        QuotaAmended(
            project=ledger.project,
            document_no=command.document_no,
            change=change,
            quota=ledger.quota + change,
            amended_on=command.amended_on,
            reason=command.reason,
            line=command.line,
        )
    ]


def _recall(command: RecallQuota, ledger: Ledger) -> Facts:
    amount = positive(command.amount)
    if said_before(ledger.recalled, command.document_no, amount):
        return []
    unused_elsewhere(command.document_no, ledger.issues, ledger.amendments)
    of_its_purpose(ledger, command.line)
    covered(ledger, amount)
    return [
        QuotaRecalled(
            project=ledger.project,
            document_no=command.document_no,
            amount=amount,
            quota=ledger.quota - amount,
            recalled_on=command.recalled_on,
            reason=command.reason,
            line=command.line,
        )
    ]


def _freeze_by_hand(command: FreezeQuota, ledger: Ledger) -> Facts:
    today = business_date(command.now)
    known = command.freeze_id in ledger.freezes
    if command.until_on is not None and command.until_on < today and not known:
        raise no.FreezeEndsBeforeToday(pointer="/until_on", today=today.isoformat())
    return _freeze(
        ledger,
        QuotaFrozen(
            project=ledger.project,
            freeze_id=command.freeze_id,
            amount=command.amount if command.suspends else positive(command.amount),
            reason=command.reason,
            until_on=command.until_on,
            suspends=command.suspends,
        ),
    )


def _freeze(ledger: Ledger, freeze: QuotaFrozen) -> Facts:
    before = ledger.freezes.get(freeze.freeze_id)
    if before is not None:
        same = (before.amount, before.until_on) == (freeze.amount, freeze.until_on)
        if not same and not before.suspends:
            raise no.DocumentReused(freeze_id=freeze.freeze_id, amount=str(before.amount))
        return []
    covered(ledger, freeze.amount)
    return [freeze]


def _release(command: ReleaseQuota, ledger: Ledger) -> Facts:
    freeze = ledger.freezes.get(command.freeze_id)
    if freeze is None:
        raise no.FreezeUnknown(freeze_id=command.freeze_id)
    if freeze.part_of:
        raise no.FreezeBelongsToAdjustment(
            "It came in during a suspension and is let go with it.",
            remedy="End the suspension, or release its own freeze.",
            adjustment_id=freeze.part_of,
        )
    if freeze.adjustment and not freeze.suspends:
        raise no.FreezeBelongsToAdjustment(adjustment_id=command.freeze_id)
    return let_go(ledger, command.freeze_id)


def _expire(command: ExpireFreeze, ledger: Ledger) -> Facts:
    """The clock asks; a freeze that was released or has days left is left alone."""
    freeze = ledger.freezes.get(command.freeze_id)
    if freeze is None or freeze.until_on is None or business_date(command.now) <= freeze.until_on:
        return []
    return let_go(ledger, command.freeze_id, expired=True)


def let_go(ledger: Ledger, key: str, *, expired: bool = False) -> Facts:
    """Release a freeze that is still open; of a suspension, all that came in meanwhile first."""
    freeze = ledger.freezes.get(key)
    if freeze is None or not freeze.open:
        return []
    parts = ledger.suspensions.get(key, ())
    return [
        QuotaReleased(
            project=ledger.project,
            freeze_id=one,
            amount=ledger.freezes[one].amount,
            expired=expired,
        )
        for one in (*parts, key)
    ]


def _hold(command: HoldForAdjustment, ledger: Ledger) -> Facts:
    if command.amount >= ZERO and not command.suspends:
        return []
    # A project with nothing left is suspended all the same: what comes in is held (`domain` §3.6).
    amount = ledger.available if command.suspends else -command.amount
    return _freeze(
        ledger,
        QuotaFrozen(
            project=ledger.project,
            freeze_id=command.adjustment_id,
            amount=amount,
            reason="ADJUSTMENT",
            adjustment=True,
            suspends=command.suspends,
            until_on=command.until_on,
        ),
    )
