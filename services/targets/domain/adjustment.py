"""Money and target change together, or not at all (`domain` §3.6).

What a unit asks for without money is in `adjustment_request.py`, who signs in `signatures.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from services.targets.domain.adjustment_words import NO_PARTNER, Partner
from services.targets.domain.approval_authority import approvals_of
from services.targets.domain.commands.target import (
    ApproveAdjustment,
    ReceiveAdjustment,
    RecordApproval,
    RefuseAdjustment,
)
from services.targets.domain.events.target import (
    TargetAdjusted,
    TargetAdjustmentRefused,
    TargetAdjustmentRequested,
    TargetAdjustmentSigned,
    TargetEvent,
)
from services.targets.domain.refusals import (
    AdjustedIndicatorUnknown,
    AdjustmentNotOpen,
    AdjustmentTooLate,
    ReasonMissing,
    TargetNotApproved,
)
from services.targets.domain.signatures import (
    agreed_values,
    approval,
    may_decide,
    missing,
    offices_needed,
    signature,
)
from services.targets.domain.target_states import (
    Adjusting,
    Approved,
    Closed,
    NoTarget,
    TargetState,
)
from services.targets.domain.values import Basis, Indicator, Level2, Operator
from shared.domain.money import Money
from shared.domain.workdays import business_date

LAST_DAY: Final = (11, 30)  # `domain` §3.3 (D): month and day; never after the year.
CENT: Final = Decimal("0.01")
PROPORTIONAL: Final = frozenset({Operator.AT_LEAST, Operator.EQUAL})


def last_day(fiscal_year: int) -> date:
    """The last day on which a target of this year can be adjusted."""
    return date(fiscal_year, *LAST_DAY)


def too_late(fiscal_year: int, day: date) -> bool:
    """Whether the year's targets may no longer be adjusted."""
    return day > last_day(fiscal_year)


def receive(command: ReceiveAdjustment, state: TargetState) -> Sequence[TargetEvent]:
    """What was heard is paired with the target, or refused as a fact; never as a refusal."""
    known = ended(state)
    if command.adjustment_id in known:
        return []
    match state:
        case Approved():
            if too_late(command.fiscal_year, business_date(command.now)):
                return [_turned_down(command, "not after 30 November of the fiscal year")]
            return [_requested(command, state)]
        case Adjusting(asked=asked):
            if asked.adjustment_id == command.adjustment_id:
                return []
            return [_turned_down(command, f"adjustment {asked.adjustment_id} is not decided yet")]
        case _:
            return [_turned_down(command, "the project has no approved target in this year")]


def _requested(command: ReceiveAdjustment, state: Approved) -> TargetAdjustmentRequested:
    adopted = command.rules.adopted if command.rules else None
    authority = approvals_of(adopted.stated if adopted else None)
    return TargetAdjustmentRequested(
        adjustment_id=command.adjustment_id,
        kind=command.kind,
        change=command.change,
        budget=command.budget,
        reason=command.reason,
        proposed_by=command.proposed_by,
        proposed_values=proportional(state.indicators, state.budget, command.budget),
        offices=authority.needed(
            command.kind,
            command.change,
            lowers_key=command.lowers_key_expenditure,
            changes_total=command.changes_total_budget,
        ),
        lowers_key_expenditure=command.lowers_key_expenditure,
        changes_total_budget=command.changes_total_budget,
        rule_set_version=adopted.rules.version if adopted else 0,
        rules_region=adopted.lent_to(command.region_code) if adopted else "",
        partner=command.partner,
        basis=state.basis,
    )


def approve_adjustment(
    command: ApproveAdjustment | RecordApproval, state: TargetState
) -> Sequence[TargetEvent]:
    """An agreement; with the last one the new amount and the new values, as one fact.

    Of a transfer the last one of both halves is meant: they change in the same transaction.
    """
    match state:
        case Adjusting(asked=asked) if asked.adjustment_id == command.adjustment_id:
            pass
        case NoTarget():
            raise TargetNotApproved
        case _ if command.adjustment_id in _adjusted(state):
            return []
        case _:
            raise AdjustmentNotOpen(adjustment_id=command.adjustment_id)
    signed = _signed(command, state)
    today = business_date(command.now)
    if too_late(command.fiscal_year, today):
        raise AdjustmentTooLate(fiscal_year=command.fiscal_year)
    if signed is None:
        return []
    with_it = replace(state, signatures={**state.signatures, signed.office: signed})
    # Values that the target cannot take are refused with the signature that sets them.
    changed = with_values(state.approved.indicators, agreed_values(with_it))
    if missing(with_it) or not _other_agrees(asked.partner, command.other):
        return [signed]
    return [signed, agreed(with_it, changed, today)]


def _signed(
    command: ApproveAdjustment | RecordApproval, state: Adjusting
) -> TargetAdjustmentSigned | None:
    if isinstance(command, RecordApproval):
        return approval(command, state)
    may_decide(command, state)
    return signature(command, state)


def _other_agrees(partner: Partner, other: TargetState | None) -> bool:
    """Whether the other half of a transfer lacks nothing; what is no transfer has none."""
    if partner == NO_PARTNER:
        return True
    return (
        isinstance(other, Adjusting)
        and other.asked.adjustment_id == partner.adjustment_id
        and not missing(other)
    )


def agreed(state: Adjusting, changed: tuple[Indicator, ...], today: date) -> TargetAdjusted:
    """The change that everybody agreed to."""
    approved, asked = state.approved, state.asked
    return TargetAdjusted(
        basis=approved.basis,
        adjustment_id=asked.adjustment_id,
        target_version=approved.version + 1,
        budget_before=approved.budget,
        budget=asked.budget,
        indicators=changed,
        reason=asked.reason,
        adjusted_on=today,
        annual_goal=approved.annual_goal,
        kind=asked.kind,
        partner=asked.partner,
    )


def refuse_adjustment(command: RefuseAdjustment, state: TargetState) -> Sequence[TargetEvent]:
    """Both stay as they are."""
    match state:
        case Adjusting(approved=approved, asked=asked) if (
            asked.adjustment_id == command.adjustment_id
        ):
            may_decide(command, state)
        case _ if command.adjustment_id in _refused(state):
            return []
        case _:
            raise AdjustmentNotOpen(adjustment_id=command.adjustment_id)
    if not command.reason.strip():
        raise ReasonMissing(pointer="/reason")
    refusing = next(o for o in offices_needed(asked) if o in command.offices)
    refusal = refused_now(approved.basis, command.adjustment_id, command.reason)
    return [replace(refusal, office=refusing, partner=asked.partner)]


def proportional(
    indicators: Sequence[Indicator], before: Money, after: Money
) -> dict[str, Decimal]:
    """Quantities that grow with the money, scaled; a person confirms or changes them."""
    if before == after or not before:
        return {}
    ratio = after.ratio_to(before)
    return {
        indicator.indicator_id: (indicator.target_value * ratio).quantize(CENT, ROUND_HALF_UP)
        for indicator in indicators
        if indicator.level2 is Level2.QUANTITY
        and indicator.operator in PROPORTIONAL
        and indicator.target_value is not None
    }


def with_values(
    indicators: tuple[Indicator, ...], values: Mapping[str, Decimal]
) -> tuple[Indicator, ...]:
    """The indicators with new target values; weights never change, milestones keep pace."""
    unknown = values.keys() - {i.indicator_id for i in indicators if i.target_value is not None}
    if unknown:
        raise AdjustedIndicatorUnknown(pointer="/target_values", unknown=sorted(unknown))
    return tuple(
        _scaled(indicator, values[indicator.indicator_id])
        if indicator.indicator_id in values
        else indicator
        for indicator in indicators
    )


def _scaled(indicator: Indicator, value: Decimal) -> Indicator:
    before = indicator.target_value
    if not before:
        return replace(indicator, target_value=value)
    pace = {
        node: (milestone * value / before).quantize(CENT, ROUND_HALF_UP)
        for node, milestone in indicator.milestones.items()
    }
    return replace(indicator, target_value=value, milestones=pace)


def _refused(state: TargetState) -> frozenset[str]:
    return state.approved.refused if isinstance(state, Adjusting | Closed) else state.refused


def _adjusted(state: TargetState) -> frozenset[str]:
    match state:
        case Adjusting(approved=approved) | Closed(approved=approved):
            return approved.adjusted
        case Approved(adjusted=adjusted):
            return adjusted
        case _:
            return frozenset()


def _withdrawn(state: TargetState) -> frozenset[str]:
    match state:
        case Adjusting(approved=approved) | Closed(approved=approved):
            return approved.withdrawn
        case Approved(withdrawn=withdrawn):
            return withdrawn
        case _:
            return frozenset()


def ended(state: TargetState) -> frozenset[str]:
    """The adjustments that were decided or taken back."""
    return _refused(state) | _adjusted(state) | _withdrawn(state)


def refused_now(basis: Basis, adjustment_id: str, reason: str) -> TargetAdjustmentRefused:
    """The refusal of what had waited for a decision."""
    return TargetAdjustmentRefused(
        project_code=basis.project_code,
        fiscal_year=basis.fiscal_year,
        region_code=basis.region_code,
        unit_code=basis.unit_code,
        adjustment_id=adjustment_id,
        reason=reason,
        was_open=True,
    )


def _turned_down(command: ReceiveAdjustment, reason: str) -> TargetAdjustmentRefused:
    return TargetAdjustmentRefused(
        project_code=command.project_code,
        fiscal_year=command.fiscal_year,
        region_code=command.region_code,
        unit_code=command.unit_code,
        adjustment_id=command.adjustment_id,
        reason=reason,
        partner=command.partner,
    )
