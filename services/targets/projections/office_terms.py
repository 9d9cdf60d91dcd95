"""Persons in office: who held which office of a region, a section or a unit, from when to when."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlmodel import Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.entries import SINCE_EVER
from services.targets.domain.events.bureau import SectionChiefAppointed
from services.targets.domain.events.region import RegionLeaderAppointed
from services.targets.domain.events.unit import ResponsiblePersonsNamed
from services.targets.domain.values import Office
from services.targets.projections import Table
from services.targets.projections.days import not_ended
from services.targets.projections.section_register import section_id
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set

REGION_LEADER = "REGION_LEADER"
SECTION_CHIEF = "SECTION_CHIEF"


class TermRow(Table, table=True):
    """A person in an office. The place is a region, a section or a unit, by its id."""

    __tablename__ = "office_terms"

    place: str = Field(primary_key=True)
    office: str = Field(primary_key=True)
    from_on: date = Field(primary_key=True)
    until_on: date | None = None
    person: str = Field(index=True)


type _Appointed = RegionLeaderAppointed | SectionChiefAppointed


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case RegionLeaderAppointed(leader=person) as event:
            yield from _held(event.region_code, REGION_LEADER, person, event)
        case SectionChiefAppointed(chief=person) as event:
            place = section_id(event.region_code, event.section_code)
            yield from _held(place, SECTION_CHIEF, person, event)
        case ResponsiblePersonsNamed(responsible=three) as event:
            people = {
                Office.BUSINESS: three.business,
                Office.FINANCE: three.finance,
                Office.HEAD: three.head,
            }
            for office, person in people.items():
                yield from _held(event.unit_code, office.value, person, event)
        case _:
            return


def _held(
    place: str, office: str, person: str, event: _Appointed | ResponsiblePersonsNamed
) -> Iterable[Change]:
    key = {"place": place, "office": office}
    from_on = event.from_on or SINCE_EVER
    if event.follows_on is not None:
        before = {**key, "from_on": event.follows_on}
        yield Set(TermRow, before, {"until_on": from_on - timedelta(days=1)})
    until = None if isinstance(event, ResponsiblePersonsNamed) else event.until_on
    yield Put(TermRow, {**key, "from_on": from_on, "until_on": until, "person": person})


office_terms = Projection(
    name="office_terms",
    streams=frozenset({"bureau", "region", "unit"}),
    tables=(TermRow,),
    project=project,
)


def terms(places: Sequence[str], day: date | None) -> SelectOfScalar[TermRow]:
    """Who held the offices of these places: on a day, or ever."""
    row = TermRow
    rows = select(row).where(col(row.place).in_(places))
    rows = rows.order_by(col(row.place), col(row.office), col(row.from_on))
    if day is None:
        return rows
    return rows.where(col(row.from_on) <= day, not_ended(row.until_on, day))
