"""Who answers for which step of a project's year: one row while the same three answer for all."""

from collections.abc import Collection, Iterable, Mapping

from sqlmodel import Field, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.duties import EVERY_STEP, Step
from services.targets.domain.events.responsibility import (
    ResponsibilityAssigned,
    ResponsibilityTransferred,
)
from services.targets.projections import Table
from shared.messages import AnyRecorded
from shared.projections import Change, Drop, Projection, Put

NAMED_MAX = 5_000
ALL = "ALL"
"""The row for every step that has no row of its own."""


class DutyRow(Table, table=True):
    """The three who answer for a step."""

    __tablename__ = "responsibility_matrix"

    responsibility_id: str = Field(primary_key=True)
    step: str = Field(primary_key=True)
    business: str
    finance: str
    head: str
    reason: str = ""
    version: int = 0


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case ResponsibilityAssigned() as event:
            yield from _answered(recorded, event, "")
        case ResponsibilityTransferred(reason=reason) as event:
            if _is_whole(event.steps):
                keys = ({"responsibility_id": recorded.id, "step": s.value} for s in EVERY_STEP)
                yield from (Drop(DutyRow, key) for key in keys)
            yield from _answered(recorded, event, reason)
        case _:
            return


def _answered(
    recorded: AnyRecorded, event: ResponsibilityAssigned | ResponsibilityTransferred, reason: str
) -> Iterable[Change]:
    steps = [ALL] if _is_whole(event.steps) else [step.value for step in event.steps]
    three = event.responsible
    said = {
        "responsibility_id": recorded.id,
        "business": three.business,
        "finance": three.finance,
        "head": three.head,
        "reason": reason,
        "version": recorded.version,
    }
    return [Put(DutyRow, {**said, "step": step}) for step in steps]


def _is_whole(steps: Iterable[Step]) -> bool:
    return set(steps) == set(EVERY_STEP)


responsibility_matrix = Projection(
    name="responsibility_matrix",
    streams=frozenset({"responsibility"}),
    tables=(DutyRow,),
    project=project,
)


def naming(people: Collection[str], steps: Collection[Step]) -> SelectOfScalar[DutyRow]:
    """The rows that name one of these people for one of these steps."""
    row = DutyRow
    named = (col(place).in_(people) for place in (row.business, row.finance, row.head))
    rows = select(row).where(or_(*named), col(row.step).in_([ALL, *steps]))
    return rows.order_by(col(row.responsibility_id)).limit(NAMED_MAX)


def of_all(responsibility_ids: Collection[str]) -> SelectOfScalar[DutyRow]:
    """The rows of these matrices."""
    return select(DutyRow).where(col(DutyRow.responsibility_id).in_(responsibility_ids))


def by_step(rows: Iterable[DutyRow]) -> Mapping[Step, DutyRow]:
    """The row that holds for each step that somebody answers for."""
    found = {row.step: row for row in rows}
    held = {step: found.get(step.value, found.get(ALL)) for step in EVERY_STEP}
    return {step: row for step, row in held.items() if row is not None}
