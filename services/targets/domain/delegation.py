"""A delegation: given with an expiry, withdrawn, and over by itself after its last day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, assert_never

from services.targets.domain.asker import seen
from services.targets.domain.commands.delegation import (
    DelegateSignature,
    DelegationCommand,
    WithdrawDelegation,
)
from services.targets.domain.events.delegation import (
    DelegationEvent,
    DelegationWithdrawn,
    SignatureDelegated,
)
from services.targets.domain.refusals import (
    DelegationAlreadyGiven,
    DelegationOver,
    DelegationToOneself,
    DelegationUnknown,
    OfficeNotYours,
    PersonUnnamed,
    ReasonMissing,
    TermBackwards,
    UnitUnknown,
)
from services.targets.domain.unit_states import Unit
from services.targets.domain.values import Office
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.workdays import business_date


@dataclass(frozen=True, slots=True)
class NoDelegation:
    """Nobody gave it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """It was given; `withdrawn_on` is the first day on which it no longer holds."""

    given: SignatureDelegated
    withdrawn_on: date | None = None

    def covers(self, office: Office, delegator: str, delegate: str, day: date) -> bool:
        """Whether this person may sign for that one on a day."""
        given = self.given
        same = (given.office, given.delegator, given.delegate) == (office, delegator, delegate)
        lasts = self.withdrawn_on is None or day < self.withdrawn_on
        return same and lasts and given.from_on <= day <= given.until_on


type DelegationState = NoDelegation | Delegation


def decide(command: DelegationCommand, state: DelegationState) -> Sequence[DelegationEvent]:
    """Facts, silence, or a refusal."""
    match command:
        case DelegateSignature():
            return _delegate(command, state)
        case WithdrawDelegation():
            return _withdraw(command, state)
        case _:
            assert_never(command)


def _delegate(command: DelegateSignature, state: DelegationState) -> Sequence[DelegationEvent]:
    unit = seen(command.unit, command.asker)
    if unit is None:
        raise UnitUnknown(pointer="/unit_code", unit_code=command.unit_code)
    asked = SignatureDelegated(
        delegation_id=command.delegation_id,
        region_code=unit.region_code,
        department_code=unit.department_code,
        unit_code=unit.unit_code,
        office=command.office,
        delegator=command.delegator,
        delegate=command.delegate,
        from_on=command.from_on,
        until_on=command.until_on,
    )
    if isinstance(state, Delegation):
        if state.given == asked:
            return []
        raise DelegationAlreadyGiven
    if command.office not in command.offices:
        raise OfficeNotYours(pointer="/office", office=command.office)
    for name in ("delegator", "delegate"):
        if not getattr(command, name).strip():
            raise PersonUnnamed(pointer=f"/{name}")
    if command.delegator == command.delegate:
        raise DelegationToOneself(pointer="/delegate")
    if command.until_on < command.from_on:
        raise TermBackwards(pointer="/until_on")
    if command.until_on < business_date(command.now):
        raise DelegationOver(pointer="/until_on", until_on=command.until_on)
    return [asked]


def _withdraw(command: WithdrawDelegation, state: DelegationState) -> Sequence[DelegationEvent]:
    if isinstance(state, NoDelegation):
        raise DelegationUnknown(delegation_id=command.delegation_id)
    if state.withdrawn_on is not None:
        return []
    today = business_date(command.now)
    if state.given.until_on < today:
        raise DelegationOver(until_on=state.given.until_on)
    if not command.reason.strip():
        raise ReasonMissing(pointer="/reason")
    return [DelegationWithdrawn(withdrawn_on=today, reason=command.reason)]


def evolve(state: DelegationState, event: DelegationEvent) -> DelegationState:
    """The delegation after this."""
    match event:
        case SignatureDelegated():
            return Delegation(given=event)
        case DelegationWithdrawn(withdrawn_on=day):
            return replace(state, withdrawn_on=day) if isinstance(state, Delegation) else state
        case _:
            assert_never(event)


def _consults(command: DelegationCommand) -> Sequence[Reference]:
    if isinstance(command, DelegateSignature):
        return [Reference("unit", command.unit_code)]
    return ()


def _inform(command: DelegationCommand, states: Sequence[object]) -> DelegationCommand:
    if isinstance(command, DelegateSignature):
        return replace(command, unit=states[0] if isinstance(states[0], Unit) else None)
    return command


def _owner(state: DelegationState) -> Owner | None:
    if isinstance(state, NoDelegation):
        return None
    given = state.given
    return Owner(
        region_code=given.region_code,
        department_code=given.department_code,
        unit_code=given.unit_code,
    )


DELEGATION: Final[Decider[DelegationCommand, DelegationEvent, DelegationState]] = Decider(
    category="delegation",
    initial=NoDelegation(),
    commands=(DelegateSignature, WithdrawDelegation),
    events={
        "SignatureDelegated": SignatureDelegated,
        "DelegationWithdrawn": DelegationWithdrawn,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.delegation_id,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
