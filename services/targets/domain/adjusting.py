"""An approved target is asked to change: by the unit, or by money, and the offices answer."""

from collections.abc import Sequence
from typing import assert_never

from services.targets.domain.adjustment import approve_adjustment, refuse_adjustment
from services.targets.domain.adjustment_request import request_adjustment, withdraw_adjustment
from services.targets.domain.commands.target import (
    AdjustingCommand,
    ApproveAdjustment,
    RecordApproval,
    RefuseAdjustment,
    RequestTargetAdjustment,
    WithdrawAdjustment,
)
from services.targets.domain.events.target import TargetEvent
from services.targets.domain.target_states import TargetState


def adjust(command: AdjustingCommand, state: TargetState) -> Sequence[TargetEvent]:
    """Facts, silence, or a refusal."""
    match command:
        case RequestTargetAdjustment():
            return request_adjustment(command, state)
        case WithdrawAdjustment():
            return withdraw_adjustment(command, state)
        case ApproveAdjustment() | RecordApproval():
            return approve_adjustment(command, state)
        case RefuseAdjustment():
            return refuse_adjustment(command, state)
        case _:
            assert_never(command)
