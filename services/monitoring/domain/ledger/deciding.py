"""What a ledger answers: one leaf per command, facts only while nothing goes below zero."""

from collections.abc import Sequence
from typing import assert_never

from services.monitoring.domain.ledger import refusals as no
from services.monitoring.domain.ledger.adjusting import adjust, undo
from services.monitoring.domain.ledger.breaks import decide_break
from services.monitoring.domain.ledger.commands import (
    AdjustQuota,
    AssignBreak,
    BookLines,
    ExpectRefund,
    FollowingCommand,
    LedgerCommand,
    OpenLedger,
    ReleaseHold,
    ReportBreak,
    ResolveBreak,
    ReturnPayment,
    SettlePayment,
    UndoAdjustment,
    WithdrawQuota,
)
from services.monitoring.domain.ledger.commitment_commands import (
    RegisterCommitment,
    ReleaseCommitment,
    VerifyCommitment,
)
from services.monitoring.domain.ledger.commitments import decide_commitment
from services.monitoring.domain.ledger.events import (
    LedgerEvent,
    LedgerOpened,
    QuotaWithdrawn,
    RefundExpected,
    WithdrawalRefused,
)
from services.monitoring.domain.ledger.quota import decide_quota, let_go
from services.monitoring.domain.ledger.state import Ledger, LedgerState, NotOpened
from services.monitoring.domain.ledger.suspending import held_back
from services.monitoring.domain.ledger.treasury import decide_lines
from services.monitoring.domain.ledger.unit_account import note_unit_account, taken_back
from services.monitoring.domain.ledger.unit_account_words import NoteUnitAccount
from shared.domain.money import ZERO
from shared.domain.workdays import business_date

type Facts = Sequence[LedgerEvent]


def decide(command: LedgerCommand, state: LedgerState) -> Facts:
    """The facts a command makes true, and what a suspension holds back of them."""
    facts = _decided(command, state)
    if not isinstance(state, Ledger):
        return facts
    return [*facts, *held_back(command, state, facts), *taken_back(state, facts)]


def _decided(command: LedgerCommand, state: LedgerState) -> Facts:  # noqa: PLR0911 - one per group
    match command:
        case OpenLedger():
            return _open(command, state)
        case WithdrawQuota():
            return _withdraw(command, state)
        case ExpectRefund() | AdjustQuota() | UndoAdjustment() | ReleaseHold():
            return _follow(command, state) if isinstance(state, Ledger) else []
        case SettlePayment() | ReturnPayment() | BookLines():
            return decide_lines(command, _opened(state))
        case ReportBreak() | AssignBreak() | ResolveBreak():
            return decide_break(command, _opened(state))
        case NoteUnitAccount():
            return note_unit_account(command, _opened(state))
        case RegisterCommitment() | VerifyCommitment() | ReleaseCommitment():
            return decide_commitment(command, _opened(state))
        case _:
            return decide_quota(command, _opened(state))


def _follow(command: FollowingCommand, ledger: Ledger) -> Facts:
    """What was decided elsewhere is followed, never refused."""
    match command:
        case ExpectRefund(recovery_id=key, amount=amount):
            known = key in ledger.refunds
            fact = RefundExpected(project=ledger.project, recovery_id=key, amount=amount)
            return [] if known else [fact]
        case AdjustQuota():
            return adjust(command, ledger)
        case UndoAdjustment():
            return undo(command, ledger)
        case ReleaseHold(adjustment_id=key):
            return let_go(ledger, key)
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


def _withdraw(command: WithdrawQuota, state: LedgerState) -> Facts:
    # What verified contracts will still cost is nobody's to take back (`domain` §4.9, V5).
    available = state.recoverable if isinstance(state, Ledger) else ZERO
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
