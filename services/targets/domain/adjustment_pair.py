"""The two halves of a transfer: both targets change in one transaction, or neither does (§3.6).

Money that has left one project and has not reached the other would be neither's. So nothing
leaves before both halves have everything they need, and what stops one half stops the other.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from services.targets.domain.adjustment import agreed, ended, refused_now, with_values
from services.targets.domain.adjustment_undoing import undo
from services.targets.domain.adjustment_words import NO_PARTNER
from services.targets.domain.commands.adjusting import (
    CompletePair,
    DropPair,
    PairCommand,
    UndoAdjustment,
)
from services.targets.domain.events.target import (
    TargetAdjustmentRefused,
    TargetEvent,
)
from services.targets.domain.signatures import agreed_values, missing
from services.targets.domain.target_states import Adjusting, TargetState
from shared.domain.decider import Reference


def pair(command: PairCommand, state: TargetState) -> Sequence[TargetEvent]:
    """What the other half decided is followed, never refused."""
    match command:
        case CompletePair():
            return _complete(command, state)
        case DropPair():
            return _drop(command, state)
        case UndoAdjustment():
            return undo(command, state)
        case _:
            assert_never(command)


def _complete(command: CompletePair, state: TargetState) -> Sequence[TargetEvent]:
    match state:
        case Adjusting(asked=asked, approved=approved) if (
            asked.adjustment_id == command.adjustment_id and not missing(state)
        ):
            changed = with_values(approved.indicators, agreed_values(state))
            return [agreed(state, changed, command.adjusted_on)]
        case _:
            return []


def _drop(command: DropPair, state: TargetState) -> Sequence[TargetEvent]:
    match state:
        case Adjusting(asked=asked, approved=approved) if (
            asked.adjustment_id == command.adjustment_id
        ):
            refusal = refused_now(approved.basis, command.adjustment_id, command.reason)
            return [replace(refusal, partner=asked.partner)]
        case _ if command.adjustment_id in ended(state):
            return []
        case _:
            # Its proposal has not been heard yet; it is refused when it comes, because it is known.
            return [
                TargetAdjustmentRefused(
                    project_code=command.project_code,
                    fiscal_year=command.fiscal_year,
                    region_code=command.region_code,
                    unit_code=command.unit_code,
                    adjustment_id=command.adjustment_id,
                    reason=command.reason,
                    partner=command.partner,
                )
            ]


def other_half(state: TargetState) -> Sequence[Reference]:
    """The other target of a transfer that waits for signatures."""
    if not isinstance(state, Adjusting) or state.asked.partner == NO_PARTNER:
        return ()
    code, year = state.asked.partner.project_code, state.approved.basis.fiscal_year
    return (Reference("target", f"{code}-{year}"),)
