"""An adjustment whose money could not follow is undone: both have changed, or neither (§3.6)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.targets.domain.commands.adjusting import UndoAdjustment
from services.targets.domain.events.target import TargetAdjusted, TargetEvent
from services.targets.domain.target_states import Adjusting, Approved, Before, TargetState
from services.targets.domain.values import Indicator


def undone_id(adjustment_id: str) -> str:
    """The adjustment that takes another one back."""
    return f"{adjustment_id}-undone"


def undo(command: UndoAdjustment, state: TargetState) -> Sequence[TargetEvent]:
    """A new version with the amount and the values of before; heard, so never refused.

    What has changed since for another reason stays. Undone twice, or never made: silence.
    """
    binding = state.approved if isinstance(state, Adjusting) else state
    if not isinstance(binding, Approved):
        return []
    before = binding.before.get(command.adjustment_id)
    if before is None:
        return []
    made = before.change
    return [
        TargetAdjusted(
            basis=binding.basis,
            adjustment_id=undone_id(command.adjustment_id),
            target_version=binding.version + 1,
            budget_before=binding.budget,
            budget=binding.budget - (made.budget - made.budget_before),
            indicators=tuple(_restored(binding, before)),
            reason=command.reason,
            adjusted_on=command.undone_on,
            annual_goal=binding.annual_goal,
            kind=made.kind,
            partner=made.partner,
            undoes=command.adjustment_id,
        )
    ]


def _restored(binding: Approved, before: Before) -> Sequence[Indicator]:
    old, made = _by_id(before.indicators), _by_id(before.change.indicators)
    return [_one(current, old, made) for current in binding.indicators]


def _one(
    current: Indicator, old: Mapping[str, Indicator], made: Mapping[str, Indicator]
) -> Indicator:
    key = current.indicator_id
    if key not in old or key not in made or made[key].target_value != current.target_value:
        return current
    was = old[key]
    return replace(current, target_value=was.target_value, milestones=was.milestones)


def _by_id(indicators: Sequence[Indicator]) -> Mapping[str, Indicator]:
    return {indicator.indicator_id: indicator for indicator in indicators}
