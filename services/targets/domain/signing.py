"""How a target leaves its unit: both offices confirm, then the head signs (`domain` §6.1)."""

from collections.abc import Sequence
from dataclasses import replace

from services.targets.domain.assessed import assessed
from services.targets.domain.commands.target import (
    ConfirmTarget,
    RequestTargetAdjustment,
    SigningCommand,
    SubmitTarget,
)
from services.targets.domain.delegation import Delegation
from services.targets.domain.duties import Desk, Step
from services.targets.domain.events.target import TargetConfirmed, TargetEvent, TargetSubmitted
from services.targets.domain.ex_ante_states import assessment_of
from services.targets.domain.lint import against_assessment
from services.targets.domain.lint.likeness import compared_anew
from services.targets.domain.locks import LOCKS, left
from services.targets.domain.passing import expect_passable
from services.targets.domain.project_ending import expect_not_ended
from services.targets.domain.project_states import Project
from services.targets.domain.refusals import (
    LocksOfOneHand,
    OfficeNotYours,
    TargetNotConfirmed,
    TargetRejectedForGood,
)
from services.targets.domain.responsibility import duty_of, matrix_of
from services.targets.domain.signer import signature
from services.targets.domain.target_states import Draft, Rejected, TargetState
from services.targets.domain.values import Office
from shared.domain.decider import Reference

type Signed = SigningCommand | RequestTargetAdjustment


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
    signed = signature(command, Step.TARGET, office, promise.basis.unit_code)
    for lock in promise.locks.values():
        if signed.person == lock.person or command.by == lock.by:
            raise LocksOfOneHand(person=signed.person)
    return [
        TargetConfirmed(
            office=office,
            person=signed.person,
            in_place_of=signed.in_place_of,
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
    if command.project is not None:
        expect_not_ended(command.project)
    content, basis = promise.content, promise.basis
    # Since it was written its assessment may have gone on, and another project of the unit may
    # have come to say the same or have ceased to.
    findings = against_assessment(promise.findings, content, assessed(command.assessment))
    findings = compared_anew(findings, command.goals.alike(basis.project_code, content))
    expect_passable(findings, content.answers)
    signed = signature(command, Step.TARGET, Office.HEAD, basis.unit_code)
    open_ = [office for office in LOCKS if office not in promise.locks]
    if open_:
        raise TargetNotConfirmed(
            remedy="Let each of these offices confirm its part first.", offices=open_
        )
    return [
        TargetSubmitted(
            project_code=basis.project_code,
            fiscal_year=basis.fiscal_year,
            region_code=basis.region_code,
            unit_code=basis.unit_code,
            submitted_by=command.by,
            signed_by=signed.person,
            in_place_of=signed.in_place_of,
            stay=left(promise.desks, Desk.HEAD, command.now, basis.region_code),
            findings=None if findings == promise.findings else findings,
        )
    ]


def consulted(command: Signed) -> Sequence[Reference]:
    """What a signature depends on: who is named, and a delegation that is claimed.

    That of the head depends on the assessment and on the project, too.
    """
    about = [matrix_of(command.project_code, command.fiscal_year)]
    if isinstance(command, SubmitTarget):
        about.append(Reference("ex_ante", f"{command.project_code}-{command.fiscal_year}"))
        about.append(Reference("project", command.project_code))
    if command.delegation_id:
        about.append(Reference("delegation", command.delegation_id))
    return about


def informed[C: Signed](command: C, states: Sequence[object]) -> C:
    """The command with what those say."""
    matrix, *claimed = states
    given = next((one for one in claimed if isinstance(one, Delegation)), None)
    command = replace(command, duty=duty_of(matrix, Step.TARGET), delegation=given)
    if isinstance(command, SubmitTarget):
        project = next((one for one in claimed if isinstance(one, Project)), None)
        return replace(command, assessment=assessment_of(claimed[0]), project=project)
    return command
