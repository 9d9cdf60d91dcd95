"""Targets with everything their forms show, read for a whole list or for one."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched

from services.targets.api.forms.gathering import PART_MAX, by_code
from services.targets.api.forms.target_lines import Registered, Stated
from services.targets.projections.project_register import ProjectRow, project_rows
from services.targets.projections.target_register import TargetRow
from services.targets.projections.target_versions import DRAFT_VERSION, TargetVersionRow, whole
from services.targets.projections.unit_register import UnitRow, units
from shared.http.reading import Read


@dataclass(frozen=True, slots=True, kw_only=True)
class Registers:
    """The entries that some targets refer to."""

    projects: Mapping[str, ProjectRow]
    units: Mapping[str, UnitRow]

    def of(self, row: TargetRow) -> Registered:
        """Those of one target."""
        project, unit = self.projects.get(row.project_code), self.units.get(row.unit_code)
        return Registered(project=project, unit=unit)


async def registers(read: Read, rows: Iterable[TargetRow]) -> Registers:
    """The projects and units of these targets."""
    known = list(rows)
    return Registers(
        projects=await by_code(
            read, project_rows, "project_code", (row.project_code for row in known)
        ),
        units=await by_code(read, units, "unit_code", (row.unit_code for row in known)),
    )


async def stated(read: Read, rows: Sequence[TargetRow]) -> list[Stated]:
    """What these targets say: the draft's words and notes, the indicators that stand."""
    found: list[Stated] = []
    for part in batched(rows, PART_MAX):
        versions: dict[tuple[str, int], TargetVersionRow] = {
            (said.target_id, said.target_version): said
            for said in await read.all(whole([row.target_id for row in part]))
        }
        found += [
            Stated(
                row=row,
                draft=versions[row.target_id, DRAFT_VERSION],
                standing=versions[row.target_id, row.target_version],
            )
            for row in part
        ]
        await asyncio.sleep(0)
    return found
