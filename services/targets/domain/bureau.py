"""The sections of a finance bureau and the departments each of them manages.

All sections of a bureau are one stream, so that a department can never have two of them on one
day: whoever gets it takes it from the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, assert_never

from services.targets.domain.commands.bureau import (
    AppointSectionChief,
    AssignDepartment,
    BureauCommand,
    CloseSection,
    RegisterSection,
)
from services.targets.domain.entries import Term, ended_by, expect_later
from services.targets.domain.events.bureau import (
    BureauEvent,
    DepartmentAssigned,
    SectionChiefAppointed,
    SectionClosed,
    SectionRegistered,
)
from services.targets.domain.refusals import (
    PersonUnnamed,
    PlaceEnded,
    RegionUnknown,
    SectionAlreadyRegistered,
    SectionStillManages,
    SectionUnknown,
    TermBackwards,
)
from services.targets.domain.region import Region
from shared.domain.decider import Decider, Owner, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section with those who led it."""

    registered: SectionRegistered
    chiefs: tuple[Term, ...] = ()
    last_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Managed:
    """A department in a section's hands from a day on."""

    section_code: str
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Bureau:
    """The sections by code, and the section that last got each department."""

    region_code: str = ""
    sections: Mapping[str, Section] = field(default_factory=dict)
    managed: Mapping[str, Managed] = field(default_factory=dict)


def decide(command: BureauCommand, state: Bureau) -> Sequence[BureauEvent]:
    """Facts, silence, or a refusal."""
    if isinstance(command, RegisterSection):
        return _register(command, state)
    section = state.sections.get(command.section_code)
    if section is None:
        raise SectionUnknown(section_code=command.section_code)
    match command:
        case AssignDepartment():
            return _assign(command, section, state.managed.get(command.department_code))
        case AppointSectionChief():
            return _appoint(command, section)
        case CloseSection():
            return _close(command, section, state)
        case _:
            assert_never(command)


def _register(command: RegisterSection, state: Bureau) -> Sequence[BureauEvent]:
    asked = SectionRegistered(
        region_code=command.region_code,
        section_code=command.section_code,
        name=command.name,
        from_on=command.from_on,
    )
    known = state.sections.get(command.section_code)
    if known is not None:
        if known.registered == asked:
            return []
        raise SectionAlreadyRegistered(name=known.registered.name)
    if not command.region_known:
        raise RegionUnknown(pointer="/region_code", region_code=command.region_code)
    return [asked]


def _assign(
    command: AssignDepartment, section: Section, before: Managed | None
) -> Sequence[BureauEvent]:
    if before is not None and before.section_code == command.section_code:
        return []
    _living(section)
    expect_later([] if before is None else [before], command.from_on)
    return [
        DepartmentAssigned(
            region_code=command.region_code,
            section_code=command.section_code,
            department_code=command.department_code,
            from_on=command.from_on,
            follows_on=None if before is None else before.from_on,
        )
    ]


def _appoint(command: AppointSectionChief, section: Section) -> Sequence[BureauEvent]:
    if not command.chief.strip():
        raise PersonUnnamed(pointer="/chief")
    last = section.chiefs[-1] if section.chiefs else None
    if last is not None and (last.person, last.until_on) == (command.chief, command.until_on):
        return []
    if command.until_on is not None and command.until_on < command.from_on:
        raise TermBackwards(pointer="/until_on")
    _living(section)
    expect_later(section.chiefs, command.from_on)
    term = Term(person=command.chief, from_on=command.from_on, until_on=command.until_on)
    return [
        SectionChiefAppointed(
            region_code=command.region_code,
            section_code=command.section_code,
            chief=command.chief,
            from_on=command.from_on,
            until_on=command.until_on,
            follows_on=ended_by(term, last),
        )
    ]


def _close(command: CloseSection, section: Section, state: Bureau) -> Sequence[BureauEvent]:
    if section.last_on == command.last_on:
        return []
    _living(section)
    expect_later([section.registered], command.last_on, pointer="/last_on")
    left = sorted(
        department
        for department, managed in state.managed.items()
        if managed.section_code == command.section_code
    )
    if left:
        raise SectionStillManages(
            remedy="Assign these departments to another section first.", departments=left
        )
    return [
        SectionClosed(
            region_code=command.region_code,
            section_code=command.section_code,
            last_on=command.last_on,
        )
    ]


def _living(section: Section) -> None:
    if section.last_on is not None:
        raise PlaceEnded(last_on=section.last_on)


def evolve(state: Bureau, event: BureauEvent) -> Bureau:
    """The bureau after this."""
    code = event.section_code
    match event:
        case SectionRegistered():
            section = Section(registered=event)
        case DepartmentAssigned(department_code=department, from_on=day):
            managed = Managed(section_code=code, from_on=day)
            return replace(state, managed={**state.managed, department: managed})
        case SectionChiefAppointed(chief=chief, from_on=day, until_on=until_on):
            section = state.sections[code]
            term = Term(person=chief, from_on=day, until_on=until_on)
            section = replace(section, chiefs=(*section.chiefs, term))
        case SectionClosed(last_on=last_on):
            section = replace(state.sections[code], last_on=last_on)
        case _:
            assert_never(event)
    return replace(state, region_code=event.region_code, sections={**state.sections, code: section})


def _consults(command: BureauCommand) -> Sequence[Reference]:
    if isinstance(command, RegisterSection):
        return [Reference("region", command.region_code)]
    return ()


def _inform(command: BureauCommand, states: Sequence[object]) -> BureauCommand:
    if isinstance(command, RegisterSection):
        return replace(command, region_known=isinstance(states[0], Region))
    return command


def _owner(state: Bureau) -> Owner | None:
    return Owner(region_code=state.region_code) if state.region_code else None


BUREAU: Final[Decider[BureauCommand, BureauEvent, Bureau]] = Decider(
    category="bureau",
    initial=Bureau(),
    commands=(RegisterSection, AssignDepartment, AppointSectionChief, CloseSection),
    events={
        "SectionRegistered": SectionRegistered,
        "DepartmentAssigned": DepartmentAssigned,
        "SectionChiefAppointed": SectionChiefAppointed,
        "SectionClosed": SectionClosed,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.region_code,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
