"""Bodies of the registers of places as values of the domain."""

from typing import TypedDict

from services.targets.api.place_schemas import (
    CloseBody,
    MergeBody,
    NamedBody,
    RegionBody,
    TermBody,
    UnitEntryBody,
)
from services.targets.api.translation import responsible
from services.targets.domain.commands.unit import Named
from services.targets.domain.entries import End, RegionEntry, Term, UnitEntry
from services.targets.domain.refusals import SectionUnknown


class SectionParts(TypedDict):
    """Which section a command is about."""

    region_code: str
    section_code: str


def section_parts(text: str) -> SectionParts:
    """The parts of `<region>-<section>`."""
    region_code, _, section_code = text.partition("-")
    if not region_code or not section_code:
        raise SectionUnknown(id=text)
    return {"region_code": region_code, "section_code": section_code}


def region_entries(body: RegionBody) -> tuple[RegionEntry, ...]:
    """The history of a region; an entry that names no class keeps the one before."""
    level, entries = body.level, []
    for one in body.history:
        level = one.level or level
        entries.append(
            RegionEntry(name=one.name, level=level, from_on=one.from_on, document=one.document)
        )
    return tuple(entries)


def unit_entry(body: UnitEntryBody) -> UnitEntry:
    """A later entry of a unit."""
    return UnitEntry(**body.model_dump())


def term(body: TermBody) -> Term:
    """A leader's term."""
    return Term(person=body.leader, from_on=body.from_on, until_on=body.until_on)


def named(body: NamedBody) -> Named:
    """Who answered for a unit from a day on."""
    return Named(responsible=responsible(body.responsible), from_on=body.from_on)


def end_of(body: MergeBody | CloseBody | None) -> End | None:
    """The end of a place, where there is one."""
    if body is None:
        return None
    return End(
        last_on=body.last_on, successor_code=body.successor_code or "", document=body.document
    )
