"""What a ledger answers: one leaf per command, facts only while nothing goes below zero."""

from collections.abc import Sequence
from typing import assert_never

from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.booking import book_lines
from services.monitoring.domain.ledger.commands import (
    AdjustQuota,
    BookLines,
    ExpectRefund,
    FreezeQuota,
    HoldForAdjustment,
    IssueQuota,
    LedgerCommand,
    OpenLedger,
    ReleaseHold,
    ReleaseQuota,
    ResolveBreak,
    ReturnPayment,
    SettlePayment,
    WithdrawQuota,
)
from services.monitoring.domain.ledger.events import (
    LedgerEvent,
    LedgerOpened,
    QuotaAdjusted,
    QuotaFrozen,
    QuotaIssued,
    QuotaReleased,
    QuotaWithdrawn,
    RefundExpected,
    WithdrawalRefused,
)
from services.monitoring.domain.ledger.kinds import BreakKind
from services.monitoring.domain.ledger.state import Break, Ledger, LedgerState, NotOpened
from services.monitoring.domain.ledger.treasury import (
    covered,
    disagree,
    positive,
    resolve,
    return_payment,
    settle,
)
from shared.domain.money import ZERO
from shared.domain.workdays import business_date

type Facts = Sequence[LedgerEvent]


def decide(command: LedgerCommand, state: LedgerState) -> Facts:
    """The facts a command makes true."""
    match command:
        case OpenLedger():
            return _open(command, state)
        case WithdrawQuota():
            return _withdraw(command, state)
        case ExpectRefund() | AdjustQuota() | ReleaseHold():
            return _follow(command, state) if isinstance(state, Ledger) else []
        case _:
            return _decide_opened(command, _opened(state))


def _decide_opened(  # noqa: PLR0911 - one leaf per command
    command: IssueQuota
    | SettlePayment
    | ReturnPayment
    | BookLines
    | FreezeQuota
    | ReleaseQuota
    | HoldForAdjustment
    | ResolveBreak,
    ledger: Ledger,
) -> Facts:
    match command:
        case IssueQuota():
            return _issue(command, ledger)
        case SettlePayment():
            return settle(command, ledger)
        case ReturnPayment():
            return return_payment(command, ledger)
        case BookLines():
            return book_lines(command, ledger)
        case FreezeQuota(freeze_id=key, amount=amount, reason=reason):
            return _freeze(
                ledger,
                QuotaFrozen(
                    project=ledger.project,
                    freeze_id=key,
                    amount=positive(amount),
                    reason=reason,
                ),
            )
        case ReleaseQuota():
            return _release(command, ledger)
        case HoldForAdjustment():
            return _hold(command, ledger)
        case ResolveBreak():
            return resolve(command, ledger)
        case _:
            assert_never(command)


def _follow(command: ExpectRefund | AdjustQuota | ReleaseHold, ledger: Ledger) -> Facts:
    """What was decided elsewhere is followed, never refused."""
    match command:
        case ExpectRefund(recovery_id=key, amount=amount):
            known = key in ledger.refunds
            fact = RefundExpected(project=ledger.project, recovery_id=key, amount=amount)
            return [] if known else [fact]
        case AdjustQuota():
            return _adjust(command, ledger)
        case ReleaseHold(adjustment_id=key):
            return _let_go(ledger, key)
        case _:
            assert_never(command)


def _opened(state: LedgerState) -> Ledger:
    if isinstance(state, NotOpened):
        raise no.LedgerNotOpened
    return state


def _open(command: OpenLedger, state: LedgerState) -> Facts:
    if isinstance(state, Ledger):
        return []
    return [
        LedgerOpened(
            project=command.project,
            budget=command.budget,
            fund_type_code=command.fund_type_code,
            direct_fund_flag=command.direct_fund_flag,
        )
    ]


def _issue(command: IssueQuota, ledger: Ledger) -> Facts:
    amount = positive(command.amount)
    before = ledger.issues.get(command.document_no)
    if before is not None:
        if before != amount:
            raise no.DocumentReused(document_no=command.document_no, amount=str(before))
        return []
    if ledger.issued + amount > ledger.budget:
        raise no.QuotaBeyondBudget(
            budget=str(ledger.budget), issued=str(ledger.issued), asked=str(amount)
        )
    return [
        QuotaIssued(
            project=ledger.project,
            document_no=command.document_no,
            amount=amount,
            issued_on=command.issued_on,
        )
    ]


def _freeze(ledger: Ledger, freeze: QuotaFrozen) -> Facts:
    before = ledger.freezes.get(freeze.freeze_id)
    if before is not None:
        if before.amount != freeze.amount and not before.suspends:
            raise no.DocumentReused(freeze_id=freeze.freeze_id, amount=str(before.amount))
        return []
    covered(ledger, freeze.amount)
    return [freeze]


def _release(command: ReleaseQuota, ledger: Ledger) -> Facts:
    freeze = ledger.freezes.get(command.freeze_id)
    if freeze is None:
        raise no.FreezeUnknown(freeze_id=command.freeze_id)
    if freeze.adjustment and not freeze.suspends:
        raise no.FreezeBelongsToAdjustment(adjustment_id=command.freeze_id)
    return _let_go(ledger, command.freeze_id)


def _let_go(ledger: Ledger, key: str) -> Facts:
    freeze = ledger.freezes.get(key)
    if freeze is None or not freeze.open:
        return []
    return [QuotaReleased(project=ledger.project, freeze_id=key, amount=freeze.amount)]


def _hold(command: HoldForAdjustment, ledger: Ledger) -> Facts:
    if command.amount >= ZERO and not command.suspends:
        return []
    amount = ledger.available if command.suspends else -command.amount
    if command.adjustment_id not in ledger.freezes and amount == ZERO:
        raise no.AvailableTooSmall(available=str(ledger.available))
    return _freeze(
        ledger,
        QuotaFrozen(
            project=ledger.project,
            freeze_id=command.adjustment_id,
            amount=amount,
            reason="ADJUSTMENT",
            adjustment=True,
            suspends=command.suspends,
        ),
    )


def _adjust(command: AdjustQuota, ledger: Ledger) -> Facts:
    if command.adjustment_id in ledger.adjustments:
        return []
    change = command.budget - command.budget_before
    freeze = ledger.freezes.get(command.adjustment_id)
    open_freeze = freeze if freeze is not None and freeze.open and not freeze.suspends else None
    held = open_freeze.amount if open_freeze else ZERO
    if not change and not held:
        return []
    # Without a hold only what was already issued beyond the new budget has to come back.
    wanted = change if held or change > ZERO else min(ZERO, command.budget - ledger.issued)
    possible = max(wanted, -(ledger.available + held))
    adjusted = QuotaAdjusted(
        project=ledger.project,
        adjustment_id=command.adjustment_id,
        change=possible,
        from_frozen=held,
        budget=command.budget,
        quota=ledger.quota + possible,
    )
    if possible == wanted:
        return [adjusted]
    missing = Break(
        kind=BreakKind.BUDGET_BELOW_QUOTA,
        line_id=command.adjustment_id,
        amount=possible - wanted,
        booked_on=business_date(command.now),
    )
    return [adjusted, *disagree(ledger, missing, missing.kind)]


def _withdraw(command: WithdrawQuota, state: LedgerState) -> Facts:
    available = state.available if isinstance(state, Ledger) else ZERO
    ask = (command.amount, command.document_no, command.approved_on)
    if isinstance(state, Ledger) and command.recovery_id in state.withdrawn:
        return []
    if isinstance(state, Ledger) and ZERO < command.amount <= available:
        return [
            QuotaWithdrawn(
                project=state.project,
                recovery_id=command.recovery_id,
                amount=command.amount,
                quota=state.quota - command.amount,
                document_no=command.document_no,
                withdrawn_on=business_date(command.now),
            )
        ]
    if state.refused.get(command.recovery_id) == ask:
        return []
    return [
        WithdrawalRefused(
            project=command.project,
            recovery_id=command.recovery_id,
            asked=command.amount,
            available=available,
            document_no=command.document_no,
            approved_on=command.approved_on,
        )
    ]
