"""A budget unit with its department, its history, and the persons who answer for it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, assert_never

from services.targets.domain.commands.unit import (
    CloseUnit,
    Named,
    NameResponsiblePersons,
    RegisterUnit,
    RenameUnit,
    TransferUnit,
    UnitCommand,
)
from services.targets.domain.entries import (
    SINCE_EVER,
    End,
    UnitEntry,
    begins_with,
    expect_later,
    first_day,
)
from services.targets.domain.events.unit import (
    ResponsiblePersonsNamed,
    UnitClosed,
    UnitEvent,
    UnitRegistered,
    UnitRenamed,
    UnitTransferred,
)
from services.targets.domain.refusals import (
    OneOfficeForBoth,
    PersonUnnamed,
    PlaceEnded,
    RegionUnknown,
    SuccessorNotLiving,
    UnitAlreadyRegistered,
    UnitUnknown,
)
from services.targets.domain.region import Region
from services.targets.domain.unit_states import Unit, UnitState, UnknownUnit, evolve
from services.targets.domain.values import Responsible
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.workdays import business_date


def check_responsible(responsible: Responsible) -> None:
    """Three names; the two offices that push work to each other are two persons (§6.1)."""
    for office in ("business", "finance", "head"):
        if not getattr(responsible, office).strip():
            raise PersonUnnamed(pointer=f"/responsible/{office}")
    if responsible.business.strip() == responsible.finance.strip():
        raise OneOfficeForBoth(pointer="/responsible/finance")


def decide(command: UnitCommand, state: UnitState) -> Sequence[UnitEvent]:
    """Facts, silence, or a refusal."""
    if isinstance(command, RegisterUnit):
        return _register(command, state)
    if isinstance(state, UnknownUnit):
        raise UnitUnknown(unit_code=command.unit_code)
    match command:
        case RenameUnit():
            changed = replace(state.entries[-1], name=command.name, document=command.document)
            return _enter(state, replace(changed, from_on=command.from_on))
        case TransferUnit():
            return _enter(state, _transferred(command, state.entries[-1]))
        case CloseUnit():
            return _close(state, command.end, lives=command.successor_lives)
        case NameResponsiblePersons():
            day = command.from_on or business_date(command.now)
            return _name(state, Named(responsible=command.responsible, from_on=day))
        case _:
            assert_never(command)


def _register(command: RegisterUnit, state: UnitState) -> Sequence[UnitEvent]:
    facts = _joined(command)
    joined = UNIT.fold(facts)
    if isinstance(state, Unit) and isinstance(joined, Unit):
        same = (
            (state.region_code, state.origin) == (joined.region_code, joined.origin)
            and begins_with(state.entries, joined.entries)
            and begins_with(state.persons, joined.persons)
            and joined.end in {None, state.end}
        )
        if same:
            return []
        raise UnitAlreadyRegistered(name=state.name, department_code=state.department_code)
    if not command.region_known:
        raise RegionUnknown(
            pointer="/region_code",
            remedy="Register the region first.",
            region_code=command.region_code,
        )
    return facts


def _joined(command: RegisterUnit) -> Sequence[UnitEvent]:
    """The registration and its history, each change decided as if it came alone."""
    facts: list[UnitEvent] = [
        UnitRegistered(
            unit_code=command.unit_code,
            name=command.name,
            region_code=command.region_code,
            department_code=command.department_code,
            department_name=command.department_name,
            origin=command.origin,
            credit_code=command.credit_code,
            manage_mof_dep_code=command.manage_mof_dep_code,
            valid_from_on=command.valid_from_on,
        )
    ]
    state = _after(UnknownUnit(), facts[0])
    for entry in command.history:
        facts += _enter(state, entry)
        state = _after(state, facts[-1])
    for named in command.persons:
        facts += _name(state, named)
        state = _after(state, facts[-1])
    if command.end is not None:
        facts += _close(state, command.end, lives=command.successor_lives)
    return facts


def _after(state: UnitState, fact: UnitEvent) -> Unit:
    after = evolve(state, fact)
    assert isinstance(after, Unit)
    return after


def _enter(unit: Unit, entry: UnitEntry) -> Sequence[UnitEvent]:
    if unit.entries[-1] == entry:
        return []
    expect_later(unit.entries, entry.from_on or SINCE_EVER, unit.end)
    follows = first_day(unit.entries[-1])
    if _seat(entry) == _seat(unit.entries[-1]):
        return [UnitRenamed(unit_code=unit.unit_code, entry=entry, follows_on=follows)]
    return [UnitTransferred(unit_code=unit.unit_code, entry=entry, follows_on=follows)]


def _seat(entry: UnitEntry) -> tuple[str, str, str]:
    return entry.department_code, entry.department_name, entry.manage_mof_dep_code


def _transferred(command: TransferUnit, before: UnitEntry) -> UnitEntry:
    return replace(
        before,
        department_code=command.department_code,
        department_name=command.department_name,
        manage_mof_dep_code=command.manage_mof_dep_code,
        from_on=command.from_on,
        document=command.document,
    )


def _close(unit: Unit, end: End, *, lives: bool) -> Sequence[UnitEvent]:
    if unit.end == end:
        return []
    if unit.end is not None:
        raise PlaceEnded(last_on=unit.end.last_on, successor_code=unit.end.successor_code)
    expect_later(unit.entries, end.last_on, pointer="/last_on")
    if end.successor_code and (not lives or end.successor_code == unit.unit_code):
        raise SuccessorNotLiving(pointer="/successor_code", successor_code=end.successor_code)
    follows = first_day(unit.entries[-1])
    return [UnitClosed(unit_code=unit.unit_code, end=end, follows_on=follows)]


def _name(unit: Unit, named: Named) -> Sequence[UnitEvent]:
    check_responsible(named.responsible)
    if unit.persons and unit.persons[-1].responsible == named.responsible:
        return []
    expect_later(unit.persons, named.from_on)
    return [
        ResponsiblePersonsNamed(
            unit_code=unit.unit_code,
            responsible=named.responsible,
            from_on=named.from_on,
            follows_on=unit.persons[-1].from_on if unit.persons else None,
        )
    ]


def _consults(command: UnitCommand) -> Sequence[Reference]:
    match command:
        case RegisterUnit(region_code=region_code, end=end):
            heir = [] if end is None or not end.successor_code else [end.successor_code]
            return [Reference("region", region_code), *(Reference("unit", one) for one in heir)]
        case CloseUnit(end=end) if end.successor_code:
            return [Reference("unit", end.successor_code)]
        case _:
            return ()


def _inform(command: UnitCommand, states: Sequence[object]) -> UnitCommand:
    match command, states:
        case RegisterUnit(), [region, *heirs]:
            lives = any(_lives_after(command.end, heir) for heir in heirs)
            known = isinstance(region, Region)
            return replace(command, region_known=known, successor_lives=lives)
        case CloseUnit(end=end), [heir]:
            return replace(command, successor_lives=_lives_after(end, heir))
        case _:
            return command


def _lives_after(end: End | None, heir: object) -> bool:
    """Whether a unit exists on the day after the end of another."""
    if end is None or not isinstance(heir, Unit):
        return False
    return heir.end is None or heir.end.last_on > end.last_on


def _owner(state: UnitState) -> Owner | None:
    if isinstance(state, UnknownUnit):
        return None
    return Owner(
        region_code=state.region_code,
        department_code=state.department_code,
        unit_code=state.unit_code,
    )


UNIT: Final[Decider[UnitCommand, UnitEvent, UnitState]] = Decider(
    category="unit",
    initial=UnknownUnit(),
    commands=(RegisterUnit, RenameUnit, TransferUnit, CloseUnit, NameResponsiblePersons),
    events={
        "UnitRegistered": UnitRegistered,
        "UnitRenamed": UnitRenamed,
        "UnitTransferred": UnitTransferred,
        "UnitClosed": UnitClosed,
        "ResponsiblePersonsNamed": ResponsiblePersonsNamed,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.unit_code,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
