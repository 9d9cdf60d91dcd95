"""Finding a thing a reader may see; a foreign one answers as a missing one does."""

from typing import Any

from services.targets.projections.target_register import TargetRow, target
from shared.http.reading import Read


def own_rows(read: Read, row: Any) -> Any:  # noqa: ANN401 - any row with an owner
    """The rows of a register that a reader may see, as a condition on it."""
    return read.scope.where(
        region=row.region_code, department=row.department_code, unit=row.unit_code
    )


def check_region(read: Read, region_code: str) -> None:
    """Let pass who may see what a region keeps for all: its entry, its sections, its rules.

    The units and departments of a region see that as well (`domain` §2.3), though no row of it
    is theirs alone; lists say the same by `Scope.where(region=…)`.
    """
    if read.scope.region_code != region_code:
        read.check(region_code)


async def readable_target(read: Read, target_id: str) -> TargetRow:
    """The row of a target, or `NotFound`."""
    row = await read.one(target(target_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    return row
