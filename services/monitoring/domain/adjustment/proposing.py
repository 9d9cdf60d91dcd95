"""A proposal is made where it can be carried out, once, and of a transfer in both halves."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from services.monitoring.domain.adjustment import refusals as no
from services.monitoring.domain.adjustment.commands import ProposeAdjustment, ProposeReceiving
from services.monitoring.domain.adjustment.events import AdjustmentProposed
from services.monitoring.domain.adjustment.state import Adjustment, AdjustmentState
from services.monitoring.domain.adjustment.words import AdjustmentKind, signed_change
from services.monitoring.domain.ledger.refusals import AmountNotPositive, LedgerNotOpened
from services.monitoring.domain.ledger.state import Ledger
from shared.domain.money import ZERO
from shared.domain.workdays import business_date

LAST_DAY: Final = (11, 30)  # `domain` §3.3 (D): month and day; never after the year.


def receiving_id(adjustment_id: str) -> str:
    """The other half of a transfer, at the project that receives."""
    return f"{adjustment_id}-in"


def propose(command: ProposeAdjustment, state: AdjustmentState) -> Sequence[AdjustmentProposed]:
    """Say what is to change. The same proposal again is silent."""
    ledger = command.ledger
    if ledger is None:
        raise LedgerNotOpened
    change = signed_change(command.kind, command.amount, receives=command.receives)
    if isinstance(state, Adjustment):
        before = state.proposal
        same = (before.project.id, before.kind, before.change, before.transfer_to)
        if same != (ledger.project.id, command.kind, change, command.transfer_to):
            raise no.AdjustmentReused(adjustment_id=command.adjustment_id)
        return []
    if command.kind is not AdjustmentKind.SUSPENSION and command.amount <= ZERO:
        raise AmountNotPositive(pointer="/amount")
    _check_receiver(command, ledger)
    today = business_date(command.now)
    # What receives by a word of before the halves went together is turned down by its target.
    if not command.receives and today > date(command.fiscal_year, *LAST_DAY):
        raise no.AdjustmentAfterLastDay(fiscal_year=command.fiscal_year)
    receiver = command.transfer_to
    return [
        AdjustmentProposed(
            project=ledger.project,
            kind=command.kind,
            change=change,
            budget=ledger.budget + change,
            reason=command.reason,
            proposed_by=command.by,
            proposed_on=today,
            transfer_to=receiver,
            lowers_key_expenditure=command.lowers_key_expenditure,
            changes_total_budget=command.changes_total_budget,
            partner_project=receiver or "",
            partner_adjustment_id=receiving_id(command.adjustment_id) if receiver else "",
            fund_type_code=ledger.fund_type_code,
            direct_fund_flag=ledger.direct_fund_flag,
            adjustment_id=command.adjustment_id,
        )
    ]


def receive(command: ProposeReceiving, state: AdjustmentState) -> Sequence[AdjustmentProposed]:
    """The half of the project that receives; its giver has been checked against it."""
    ledger = command.ledger
    if isinstance(state, Adjustment):
        raise no.AdjustmentReused(adjustment_id=command.adjustment_id)
    if ledger is None:
        raise no.ReceiverNotOpened(project_code=command.project_code)
    return [
        AdjustmentProposed(
            project=ledger.project,
            kind=AdjustmentKind.INTERNAL_TRANSFER,
            change=command.amount,
            budget=ledger.budget + command.amount,
            reason=command.reason,
            proposed_by=command.proposed_by,
            proposed_on=command.proposed_on,
            lowers_key_expenditure=command.lowers_key_expenditure,
            changes_total_budget=command.changes_total_budget,
            partner_project=command.giver_code,
            partner_adjustment_id=command.giver_adjustment_id,
            fund_type_code=ledger.fund_type_code,
            direct_fund_flag=ledger.direct_fund_flag,
            adjustment_id=command.adjustment_id,
        )
    ]


def _check_receiver(command: ProposeAdjustment, ledger: Ledger) -> None:
    transfers = command.kind is AdjustmentKind.INTERNAL_TRANSFER and not command.receives
    if transfers != (command.transfer_to is not None):
        raise no.ReceiverMissing(pointer="/transfer_to")
    if not transfers:
        return
    if command.transfer_to == command.project_code:
        raise no.ReceiverIsGiver(pointer="/transfer_to")
    receiver = command.receiver
    if receiver is None:
        raise no.ReceiverNotOpened(project_code=command.transfer_to)
    if _purpose(receiver) != _purpose(ledger):
        raise no.PurposeDiffers(project_code=command.transfer_to)


def _purpose(ledger: Ledger) -> tuple[str, str, str]:
    """Unit, kind of fund and flag of direct funds: money stays where all three are the same."""
    return ledger.project.unit_code, ledger.fund_type_code, ledger.direct_fund_flag
