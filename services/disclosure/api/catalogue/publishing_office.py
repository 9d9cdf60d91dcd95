"""Who publishes: the region whose installation this is, and the years its facts are of."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, func, select

from services.disclosure.projections.project_register import ProjectRow
from services.disclosure.projections.region_register import region
from shared.http.reading import Read


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The finance office of a region. Without any fact there are no years.

    `promised_year` is the last one in which a project has a target.
    """

    code: str
    name: str
    first_year: int | None = None
    last_year: int | None = None
    promised_year: int | None = None

    @property
    def covers(self) -> tuple[date, date] | None:
        """From the first day of the first year to the last of the last."""
        if self.first_year is None or self.last_year is None:
            return None
        return date(self.first_year, 1, 1), date(self.last_year, 12, 31)


async def office_of(read: Read) -> Office:
    """Ask the registers."""
    code = read.runtime.settings.region
    row = await read.first(region(code))
    year = ProjectRow.fiscal_year
    has_target = col(ProjectRow.approved_on).is_not(None)
    years = select(func.min(year), func.max(year), func.max(year).filter(has_target))
    ((first, last, promised),) = await read.rows(years)
    name = row.name if row is not None else code
    return Office(code=code, name=name, first_year=first, last_year=last, promised_year=promised)
