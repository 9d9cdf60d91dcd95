"""How a target leaves its unit: both offices confirm, then the head signs (`domain` §6.1)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.targets.domain.commands.target import ConfirmTarget, SigningCommand, SubmitTarget
from services.targets.domain.delegation import Delegation
from services.targets.domain.duties import Desk, Step
from services.targets.domain.events.target import TargetConfirmed, TargetEvent, TargetSubmitted
from services.targets.domain.locks import LOCKS, left
from services.targets.domain.passing import expect_passable
from services.targets.domain.promise import Promise
from services.targets.domain.refusals import (
    DelegationUnknown,
    LocksOfOneHand,
    OfficeNotYours,
    ResponsibilityUnassigned,
    SignerNotNamed,
    TargetNotConfirmed,
    TargetRejectedForGood,
)
from services.targets.domain.responsibility import duty_of, matrix_of
from services.targets.domain.target_states import Draft, Rejected, TargetState
from services.targets.domain.values import Office, Responsible
from shared.domain.decider import Reference
from shared.domain.workdays import business_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed, and in whose place, if in somebody's."""

    person: str
    in_place_of: str = ""


def confirm(command: ConfirmTarget, state: TargetState) -> Sequence[TargetEvent]:
    """An office closes its lock."""
    match state:
        case Draft(promise=promise):
            pass
        case Rejected():
            raise TargetRejectedForGood
        case _:
            return []
    office = command.office
    if office not in command.offices:
        raise OfficeNotYours(pointer="/office", office=office)
    if office in promise.locks:
        return []
    signature = _signature(command, office, promise)
    for lock in promise.locks.values():
        if signature.person == lock.person or command.by == lock.by:
            raise LocksOfOneHand(person=signature.person)
    return [
        TargetConfirmed(
            office=office,
            person=signature.person,
            in_place_of=signature.in_place_of,
            confirmed_by=command.by,
            stay=left(promise.desks, Desk(office), command.now, promise.basis.region_code),
        )
    ]


def submit(command: SubmitTarget, state: TargetState) -> Sequence[TargetEvent]:
    """The head signs, last of three."""
    match state:
        case Draft(promise=promise):
            pass
        case Rejected():
            raise TargetRejectedForGood
        case _:
            return []
    expect_passable(promise.findings, promise.content.answers)
    signature = _signature(command, Office.HEAD, promise)
    open_ = [office for office in LOCKS if office not in promise.locks]
    if open_:
        raise TargetNotConfirmed(
            remedy="Let each of these offices confirm its part first.", offices=open_
        )
    basis = promise.basis
    return [
        TargetSubmitted(
            project_code=basis.project_code,
            fiscal_year=basis.fiscal_year,
            region_code=basis.region_code,
            unit_code=basis.unit_code,
            submitted_by=command.by,
            signed_by=signature.person,
            in_place_of=signature.in_place_of,
            stay=left(promise.desks, Desk.HEAD, command.now, basis.region_code),
        )
    ]


def _signature(command: SigningCommand, office: Office, promise: Promise) -> Signature:
    if command.duty is None:
        raise ResponsibilityUnassigned(
            remedy="Name the three who answer for the target first.", steps=[Step.TARGET]
        )
    named = _named(command.duty, office)
    given = _claimed(command, promise)
    person = command.person or (named if given is None else given.given.delegate)
    if person == named:
        return Signature(person=named)
    today = business_date(command.now)
    if given is None or not given.covers(office, named, person, today):
        raise SignerNotNamed(pointer="/person", person=person, named=named)
    return Signature(person=person, in_place_of=named)


def _claimed(command: SigningCommand, promise: Promise) -> Delegation | None:
    """The delegation that is claimed, if any is; another unit's is not there."""
    if not command.delegation_id:
        return None
    given = command.delegation
    if given is None or given.given.unit_code != promise.basis.unit_code:
        raise DelegationUnknown(pointer="/delegation_id", delegation_id=command.delegation_id)
    return given


def _named(duty: Responsible, office: Office) -> str:
    match office:
        case Office.BUSINESS:
            return duty.business
        case Office.FINANCE:
            return duty.finance
        case Office.HEAD:
            return duty.head


def consulted(command: SigningCommand) -> Sequence[Reference]:
    """What a signature depends on: who is named, and the delegation, if one is claimed."""
    matrix = matrix_of(command.project_code, command.fiscal_year)
    if not command.delegation_id:
        return [matrix]
    return [matrix, Reference("delegation", command.delegation_id)]


def informed[C: SigningCommand](command: C, states: Sequence[object]) -> C:
    """The command with what those say."""
    matrix, *claimed = states
    given = next((one for one in claimed if isinstance(one, Delegation)), None)
    return replace(command, duty=duty_of(matrix, Step.TARGET), delegation=given)
