"""What every page needs to know of the whole site: its regions, its years, what is generated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import col, select

from services.disclosure.projections.portal_sums import generated_origins, years_known
from services.disclosure.projections.region_register import RegionRow
from shared.http.reading import Read

SITE_FED_BY: Final = "targets"
"""Regions, years and origins are what targets said; a test holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """`names` are those of the regions, superiors first. `synthetic`: not all is official."""

    names: Mapping[str, str]
    parents: Mapping[str, str | None]
    years: Sequence[int]
    year: int
    synthetic: bool

    @property
    def root(self) -> str:
        """The region that no other known region is above; empty before any is known."""
        return next((code for code, up in self.parents.items() if up not in self.names), "")

    def below(self, region_code: str) -> Sequence[str]:
        """The regions right below."""
        return [code for code, up in self.parents.items() if up == region_code]

    def way_to(self, region_code: str) -> Sequence[str]:
        """The superiors of a region, the highest first."""
        way: list[str] = []
        above = self.parents.get(region_code)
        while above is not None and above in self.names and above not in way:
            way.insert(0, above)
            above = self.parents.get(above)
        return way


async def site_of(read: Read, today: date) -> Site:
    """Ask the registers."""
    regions = await read.all(select(RegionRow).order_by(col(RegionRow.region_code)))
    years = await read.rows(years_known())
    bound = [year for year, with_target in years if with_target and year <= today.year]
    return Site(
        names={row.region_code: row.name for row in regions},
        parents={row.region_code: row.parent_code for row in regions},
        years=[year for year, _ in years] or [today.year],
        year=bound[-1] if bound else today.year,
        synthetic=await read.first(generated_origins()) is not None,
    )
