"""What a unit asks to be changed in its own target, and how it takes that back (`domain` §3.3).

Four causes are allowed, each with evidence; weights never change (101号). Money changes only in
the paired adjustment that monitoring proposes, and there the unit may ask for its own values.
"""

from collections.abc import Sequence

from services.targets.domain.adjustment import ended, too_late, with_values
from services.targets.domain.adjustment_words import TARGET_ONLY, AdjustmentCause
from services.targets.domain.commands.target import RequestTargetAdjustment, WithdrawAdjustment
from services.targets.domain.duties import Step
from services.targets.domain.events.target import (
    TargetAdjustmentRequested,
    TargetAdjustmentWithdrawn,
    TargetEvent,
    TargetValuesProposed,
)
from services.targets.domain.refusals import (
    AdjustmentAlreadyOpen,
    AdjustmentBeingSigned,
    AdjustmentNotOpen,
    AdjustmentPaired,
    AdjustmentTooLate,
    EvidenceMissing,
    MoneyChangesInPairs,
    NothingToAdjust,
    ReasonMissing,
    TargetNotApproved,
)
from services.targets.domain.refusals.adjustments import ShownValueStale
from services.targets.domain.signer import signature
from services.targets.domain.target_states import Adjusting, Approved, TargetState
from services.targets.domain.values import Office
from shared.domain.money import ZERO
from shared.domain.workdays import business_date


def request_adjustment(
    command: RequestTargetAdjustment, state: TargetState
) -> Sequence[TargetEvent]:
    """The head asks for other values; with changed money, inside the pair that is open."""
    match state:
        case Adjusting(asked=asked) if asked.adjustment_id == command.adjustment_id:
            return []
        case Adjusting(asked=asked):
            if command.cause is AdjustmentCause.BUDGET_CHANGED and asked.change:
                return _join(command, state)
            raise AdjustmentAlreadyOpen(adjustment_id=asked.adjustment_id)
        case Approved() if command.adjustment_id in ended(state):
            return []
        case Approved():
            pass
        case _:
            raise TargetNotApproved
    if command.cause is AdjustmentCause.BUDGET_CHANGED:
        raise MoneyChangesInPairs(
            pointer="/cause",
            remedy="Let the fund adjustment be proposed with monitoring; the target then follows.",
        )
    _check(command, state)
    signed = signature(command, Step.TARGET, Office.HEAD, state.basis.unit_code)
    return [
        TargetAdjustmentRequested(
            adjustment_id=command.adjustment_id,
            kind=TARGET_ONLY,
            change=ZERO,
            budget=state.budget,
            reason=command.reason,
            proposed_by=command.by,
            proposed_values=command.target_values,
            cause=command.cause,
            evidence=command.evidence,
            signed_by=signed.person,
        )
    ]


def _join(command: RequestTargetAdjustment, state: Adjusting) -> Sequence[TargetEvent]:
    proposal = TargetValuesProposed(
        adjustment_id=state.asked.adjustment_id,
        reason=command.reason,
        evidence=command.evidence,
        proposed_values=command.target_values,
        proposed_by=command.by,
    )
    if proposal == state.proposal:
        return []
    if state.signatures:
        raise AdjustmentBeingSigned(offices=sorted(state.signatures))
    _check(command, state.approved)
    return [proposal]


def _check(command: RequestTargetAdjustment, approved: Approved) -> None:
    if too_late(command.fiscal_year, business_date(command.now)):
        raise AdjustmentTooLate(fiscal_year=command.fiscal_year)
    if not command.reason.strip():
        raise ReasonMissing(pointer="/reason")
    if not command.evidence:
        raise EvidenceMissing(pointer="/evidence")
    current = {one.indicator_id: one.target_value for one in approved.indicators}
    stale = sorted(key for key, was in command.shown_values.items() if current.get(key) != was)
    if stale:
        raise ShownValueStale(pointer="/values", indicators=stale)
    if with_values(approved.indicators, command.target_values) == approved.indicators:
        raise NothingToAdjust(pointer="/target_values")


def withdraw_adjustment(command: WithdrawAdjustment, state: TargetState) -> Sequence[TargetEvent]:
    """The unit takes back what it asked for itself, as long as nobody has decided."""
    match state:
        case Adjusting(asked=asked) if asked.adjustment_id == command.adjustment_id:
            if asked.cause is None:
                raise AdjustmentPaired(adjustment_id=command.adjustment_id)
            return [TargetAdjustmentWithdrawn(adjustment_id=command.adjustment_id)]
        case Approved(withdrawn=withdrawn) | Adjusting(approved=Approved(withdrawn=withdrawn)) if (
            command.adjustment_id in withdrawn
        ):
            return []
        case _:
            raise AdjustmentNotOpen(adjustment_id=command.adjustment_id)
