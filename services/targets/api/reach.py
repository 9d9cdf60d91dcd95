"""Finding a thing a reader may see; a foreign one answers as a missing one does."""

from services.targets.projections.target_register import TargetRow, target
from shared.http.reading import Read


async def readable_target(read: Read, target_id: str) -> TargetRow:
    """The row of a target, or `NotFound`."""
    row = await read.one(target(target_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    return row
