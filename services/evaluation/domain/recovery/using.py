"""What becomes of booked money: reallocated to where it is needed, and closed."""

from collections.abc import Sequence

from services.evaluation.domain.recovery.commands import CloseRecovery, ReallocateRecovery
from services.evaluation.domain.recovery.events import (
    RecoveryClosed,
    RecoveryEvent,
    RecoveryReallocated,
)
from services.evaluation.domain.recovery.refusals import (
    MoneyLeftUnexplained,
    MoreThanBooked,
    ReturnedToItself,
)
from services.evaluation.domain.recovery.states import Booked, Recovery, Unclaimed
from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    NothingToRecover,
    RecoveryStepOutOfOrder,
    RecoveryUnknown,
)
from shared.domain.money import ZERO
from shared.domain.workdays import business_date


def reallocate(command: ReallocateRecovery, state: Recovery) -> Sequence[RecoveryEvent]:
    """Name where booked money goes; never more than is left of it, each entry once."""
    booked = _booked(state, "Only booked money is reallocated.")
    known = booked.used.get(command.entry)
    if known is not None:
        told = (known.to_project_code, known.amount, known.document_no)
        if told == (command.to_project_code, command.amount, command.document_no):
            return []
        raise AlreadyRecorded
    if booked.closed:
        raise RecoveryStepOutOfOrder("A closed recovery is not reallocated.")
    if command.to_project_code == booked.claim.whose.project_code:
        raise ReturnedToItself(pointer="/to_project_code")
    if command.amount <= ZERO:
        raise NothingToRecover(pointer="/amount")
    if command.amount > booked.left:
        raise MoreThanBooked(pointer="/amount", left=str(booked.left))
    return [
        RecoveryReallocated(
            whose=booked.claim.whose,
            entry=command.entry,
            to_project_code=command.to_project_code,
            to_unit_code=command.to_unit_code,
            purpose=command.purpose,
            amount=command.amount,
            left=booked.left - command.amount,
            document_no=command.document_no,
            reallocated_by=command.by,
            reallocated_on=business_date(command.now),
        )
    ]


def close(command: CloseRecovery, state: Recovery) -> Sequence[RecoveryEvent]:
    """The end; money that went nowhere is explained."""
    booked = _booked(state, "A recovery is closed after it was booked.")
    if booked.closed:
        return []
    if booked.left and not command.remark.strip():
        raise MoneyLeftUnexplained(pointer="/remark", left=str(booked.left))
    return [
        RecoveryClosed(
            left=booked.left,
            remark=command.remark,
            closed_by=command.by,
            closed_on=business_date(command.now),
        )
    ]


def _booked(state: Recovery, otherwise: str) -> Booked:
    if isinstance(state, Unclaimed):
        raise RecoveryUnknown
    if not isinstance(state, Booked):
        raise RecoveryStepOutOfOrder(otherwise)
    return state
