"""A region with a finance bureau of its own, entered once by itself or its superior."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, assert_never

from services.targets.domain.commands.region import (
    AppointRegionLeader,
    RegionCommand,
    RegisterRegion,
)
from services.targets.domain.events.region import (
    RegionEvent,
    RegionLeaderAppointed,
    RegionRegistered,
)
from services.targets.domain.refusals import PersonUnnamed, RegionAlreadyRegistered, RegionUnknown
from shared.domain.decider import Decider, Owner, Reference


@dataclass(frozen=True, slots=True)
class UnknownRegion:
    """Nobody has registered it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A registered region."""

    region_code: str
    name: str
    parent_code: str | None
    approval_authority: str
    leader: str = ""


type RegionState = UnknownRegion | Region


def decide(command: RegionCommand, state: RegionState) -> Sequence[RegionEvent]:
    """Facts, silence, or a refusal."""
    match command:
        case RegisterRegion():
            return _register(command, state)
        case AppointRegionLeader():
            return _appoint(command, state)
        case _:
            assert_never(command)


def _register(command: RegisterRegion, state: RegionState) -> Sequence[RegionEvent]:
    asked = RegionRegistered(
        region_code=command.region_code,
        name=command.name,
        parent_code=command.parent_code,
        approval_authority=command.approval_authority,
    )
    if isinstance(state, Region):
        if replace(state, leader="") == evolve(UnknownRegion(), asked):
            return []
        raise RegionAlreadyRegistered(name=state.name, parent_code=state.parent_code)
    if command.parent_code is not None and not command.parent_known:
        raise RegionUnknown(
            pointer="/parent_code",
            remedy="Register the superior region first.",
            region_code=command.parent_code,
        )
    return [asked]


def _appoint(command: AppointRegionLeader, state: RegionState) -> Sequence[RegionEvent]:
    if isinstance(state, UnknownRegion):
        raise RegionUnknown(region_code=command.region_code)
    if not command.leader.strip():
        raise PersonUnnamed(pointer="/leader")
    if state.leader == command.leader:
        return []
    return [RegionLeaderAppointed(region_code=command.region_code, leader=command.leader)]


def evolve(state: RegionState, event: RegionEvent) -> RegionState:
    """The region after this."""
    match event:
        case RegionRegistered():
            return Region(
                region_code=event.region_code,
                name=event.name,
                parent_code=event.parent_code,
                approval_authority=event.approval_authority,
            )
        case RegionLeaderAppointed(leader=leader):
            return replace(state, leader=leader) if isinstance(state, Region) else state
        case _:
            assert_never(event)


def _consults(command: RegionCommand) -> Sequence[Reference]:
    if isinstance(command, RegisterRegion) and command.parent_code is not None:
        return [Reference("region", command.parent_code)]
    return ()


def _inform(command: RegionCommand, states: Sequence[object]) -> RegionCommand:
    if isinstance(command, RegisterRegion) and states:
        return replace(command, parent_known=isinstance(states[0], Region))
    return command


def _owner(state: RegionState) -> Owner | None:
    # A superior bureau enters the regions below it, so the entry belongs to the superior.
    if isinstance(state, UnknownRegion):
        return None
    return Owner(region_code=state.parent_code or state.region_code)


REGION: Final[Decider[RegionCommand, RegionEvent, RegionState]] = Decider(
    category="region",
    initial=UnknownRegion(),
    commands=(RegisterRegion, AppointRegionLeader),
    events={
        "RegionRegistered": RegionRegistered,
        "RegionLeaderAppointed": RegionLeaderAppointed,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.region_code,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
