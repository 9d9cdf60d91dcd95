"""A region: entered once by itself or its superior, renamed, classified anew, merged.

Every entry keeps its days. Regions down to the county have a finance bureau of their own;
townships belong to the county that enters them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, assert_never

from services.targets.domain.commands.region import (
    AppointRegionLeader,
    ClassifyRegion,
    MergeRegion,
    RegionCommand,
    RegisterRegion,
    RenameRegion,
)
from services.targets.domain.entries import (
    SINCE_EVER,
    End,
    RegionEntry,
    RegionLevel,
    Term,
    begins_with,
    ended_by,
    expect_later,
    first_day,
)
from services.targets.domain.events.region import (
    RegionClassified,
    RegionEvent,
    RegionLeaderAppointed,
    RegionMerged,
    RegionRegistered,
    RegionRenamed,
)
from services.targets.domain.refusals import (
    PersonUnnamed,
    PlaceEnded,
    RegionAlreadyRegistered,
    RegionUnknown,
    SuccessorNotLiving,
    TermBackwards,
)
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.workdays import business_date


@dataclass(frozen=True, slots=True)
class UnknownRegion:
    """Nobody has registered it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A registered region: its entries and leaders in the order of their days, and its end."""

    region_code: str
    parent_code: str | None
    approval_authority: str
    entries: tuple[RegionEntry, ...]
    leaders: tuple[Term, ...] = ()
    end: End | None = None

    @property
    def name(self) -> str:
        """As last entered."""
        return self.entries[-1].name


type RegionState = UnknownRegion | Region


def decide(command: RegionCommand, state: RegionState) -> Sequence[RegionEvent]:
    """Facts, silence, or a refusal."""
    if isinstance(command, RegisterRegion):
        return _register(command, state)
    if isinstance(state, UnknownRegion):
        raise RegionUnknown(region_code=command.region_code)
    match command:
        case RenameRegion():
            level = state.entries[-1].level
            return _enter(state, _entry(command, command.name, level))
        case ClassifyRegion():
            return _enter(state, _entry(command, command.name, command.level))
        case MergeRegion():
            return _merge(state, command.end, lives=command.successor_lives)
        case AppointRegionLeader():
            return _appoint(state, _term(command))
        case _:
            assert_never(command)


def _register(command: RegisterRegion, state: RegionState) -> Sequence[RegionEvent]:
    facts = _joined(command)
    joined = REGION.fold(facts)
    if isinstance(state, Region) and isinstance(joined, Region):
        same = (
            (state.parent_code, state.approval_authority)
            == (joined.parent_code, joined.approval_authority)
            and begins_with(state.entries, joined.entries)
            and begins_with(state.leaders, joined.leaders)
            and joined.end in {None, state.end}
        )
        if same:
            return []
        raise RegionAlreadyRegistered(name=state.name, parent_code=state.parent_code)
    if command.parent_code is not None and not command.parent_known:
        raise RegionUnknown(
            pointer="/parent_code",
            remedy="Register the superior region first.",
            region_code=command.parent_code,
        )
    return facts


def _joined(command: RegisterRegion) -> Sequence[RegionEvent]:
    """The registration and its history, each change decided as if it came alone."""
    facts: list[RegionEvent] = [
        RegionRegistered(
            region_code=command.region_code,
            name=command.name,
            parent_code=command.parent_code,
            approval_authority=command.approval_authority,
            level=command.level,
            valid_from_on=command.valid_from_on,
        )
    ]
    state = evolve(UnknownRegion(), facts[0])
    assert isinstance(state, Region)
    for entry in command.history:
        facts += _enter(state, entry)
        state = _after(state, facts[-1])
    for term in command.leaders:
        facts += _appoint(state, term)
        state = _after(state, facts[-1])
    if command.end is not None:
        facts += _merge(state, command.end, lives=command.successor_lives)
    return facts


def _after(state: Region, fact: RegionEvent) -> Region:
    after = evolve(state, fact)
    assert isinstance(after, Region)
    return after


def _enter(state: Region, entry: RegionEntry) -> Sequence[RegionEvent]:
    if state.entries[-1] == entry:
        return []
    expect_later(state.entries, entry.from_on or SINCE_EVER, state.end)
    follows = first_day(state.entries[-1])
    if entry.level is state.entries[-1].level:
        return [RegionRenamed(region_code=state.region_code, entry=entry, follows_on=follows)]
    return [RegionClassified(region_code=state.region_code, entry=entry, follows_on=follows)]


def _merge(state: Region, end: End, *, lives: bool) -> Sequence[RegionEvent]:
    if state.end == end:
        return []
    if state.end is not None:
        raise PlaceEnded(last_on=state.end.last_on, successor_code=state.end.successor_code)
    expect_later(state.entries, end.last_on, pointer="/last_on")
    if not lives or end.successor_code == state.region_code:
        raise SuccessorNotLiving(pointer="/successor_code", successor_code=end.successor_code)
    follows = first_day(state.entries[-1])
    return [RegionMerged(region_code=state.region_code, end=end, follows_on=follows)]


def _appoint(state: Region, term: Term) -> Sequence[RegionEvent]:
    if not term.person.strip():
        raise PersonUnnamed(pointer="/leader")
    last = state.leaders[-1] if state.leaders else None
    if last is not None and (last.person, last.until_on) == (term.person, term.until_on):
        return []
    if term.until_on is not None and term.until_on < term.from_on:
        raise TermBackwards(pointer="/until_on")
    expect_later(state.leaders, term.from_on)
    return [
        RegionLeaderAppointed(
            region_code=state.region_code,
            leader=term.person,
            from_on=term.from_on,
            until_on=term.until_on,
            follows_on=ended_by(term, last),
        )
    ]


def _entry(
    command: RenameRegion | ClassifyRegion, name: str, level: RegionLevel | None
) -> RegionEntry:
    return RegionEntry(name=name, level=level, from_on=command.from_on, document=command.document)


def _term(command: AppointRegionLeader) -> Term:
    day = command.from_on or business_date(command.now)
    return Term(person=command.leader, from_on=day, until_on=command.until_on)


def evolve(state: RegionState, event: RegionEvent) -> RegionState:
    """The region after this."""
    if isinstance(event, RegionRegistered):
        entry = RegionEntry(name=event.name, level=event.level, from_on=event.valid_from_on)
        return Region(
            region_code=event.region_code,
            parent_code=event.parent_code,
            approval_authority=event.approval_authority,
            entries=(entry,),
        )
    if isinstance(state, UnknownRegion):
        return state
    match event:
        case RegionRenamed(entry=entry) | RegionClassified(entry=entry):
            return replace(state, entries=(*state.entries, entry))
        case RegionMerged(end=end):
            return replace(state, end=end)
        case RegionLeaderAppointed(leader=leader, from_on=day, until_on=until_on):
            term = Term(person=leader, from_on=day or SINCE_EVER, until_on=until_on)
            return replace(state, leaders=(*state.leaders, term))
        case _:
            assert_never(event)


def _consults(command: RegionCommand) -> Sequence[Reference]:
    match command:
        case RegisterRegion(parent_code=parent, end=end):
            codes = [parent, None if end is None else end.successor_code]
            return [Reference("region", code) for code in codes if code is not None]
        case MergeRegion(end=end):
            return [Reference("region", end.successor_code)]
        case _:
            return ()


def _inform(command: RegionCommand, states: Sequence[object]) -> RegionCommand:
    match command:
        case RegisterRegion(parent_code=parent, end=end):
            known = parent is not None and isinstance(states[0], Region)
            lives = end is not None and _lives_after(end, states[-1])
            return replace(command, parent_known=known, successor_lives=lives)
        case MergeRegion(end=end):
            return replace(command, successor_lives=_lives_after(end, states[0]))
        case _:
            return command


def _lives_after(end: End, successor: object) -> bool:
    """Whether a region exists on the day after the end of another."""
    if not isinstance(successor, Region):
        return False
    return successor.end is None or successor.end.last_on > end.last_on


def _owner(state: RegionState) -> Owner | None:
    # A superior bureau enters the regions below it, so the entry belongs to the superior.
    if isinstance(state, UnknownRegion):
        return None
    return Owner(region_code=state.parent_code or state.region_code)


REGION: Final[Decider[RegionCommand, RegionEvent, RegionState]] = Decider(
    category="region",
    initial=UnknownRegion(),
    commands=(RegisterRegion, RenameRegion, ClassifyRegion, MergeRegion, AppointRegionLeader),
    events={
        "RegionRegistered": RegionRegistered,
        "RegionRenamed": RegionRenamed,
        "RegionClassified": RegionClassified,
        "RegionMerged": RegionMerged,
        "RegionLeaderAppointed": RegionLeaderAppointed,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.region_code,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
