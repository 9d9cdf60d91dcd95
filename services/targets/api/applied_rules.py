"""Which rules made a result: the places of the values that mattered, and whose they are."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from services.targets.domain.governing import line
from services.targets.domain.office_clock import OfficeClock, clock_of
from services.targets.projections import rule_sets
from services.targets.projections.rule_sets import RuleSetVersionRow
from shared.http.reading import Read

EX_ANTE_PLACES: Final = ("/grades", "/ex_ante")
LINT_PLACES: Final = ("/weights", "/monitoring/nodes")
GRADE_PLACES: Final = ("/grades",)


async def nearest_in_force(
    read: Read, region_code: str, fiscal_year: int
) -> RuleSetVersionRow | None:
    """The version that binds a region: its own, or that of its nearest superior."""
    regions = line(region_code)
    rows = await read.all(rule_sets.current(regions, fiscal_year))
    return min(rows, key=lambda row: regions.index(row.region_code), default=None)


async def clocks_of(
    read: Read, places: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], OfficeClock]:
    """The clocks that the rules in force set, for regions and fiscal years."""
    regions_of: dict[int, set[str]] = defaultdict(set)
    for region_code, fiscal_year in places:
        regions_of[fiscal_year].add(region_code)
    clocks = {}
    for fiscal_year, regions in regions_of.items():
        above = {code for region_code in regions for code in line(region_code)}
        rows = {
            row.region_code: row
            for row in await read.all(rule_sets.current(sorted(above), fiscal_year))
        }
        for region_code in regions:
            row = next((rows[code] for code in line(region_code) if code in rows), None)
            clocks[region_code, fiscal_year] = clock_of(row.stated if row else None)
    return clocks


async def rules_of_cap(
    read: Read, region_code: str, basis_fiscal_year: int, version: int
) -> RuleSetVersionRow | None:
    """The rules that a cap comes from. Linkage tells no more of them than the version.

    It looks in the year after the basis first, then in the basis itself and the budget year,
    and in each year from the region upwards; so does this.
    """
    regions = line(region_code)
    years = (basis_fiscal_year + 1, basis_fiscal_year, basis_fiscal_year + 2)
    rows = await read.all(rule_sets.numbered(regions, years, version))
    return min(
        rows,
        key=lambda row: (years.index(row.fiscal_year), regions.index(row.region_code)),
        default=None,
    )
