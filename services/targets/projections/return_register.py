"""What went back, by reason and responsible office."""

from collections.abc import Iterable
from typing import Any, Final

from sqlmodel import Field, col, func, select

from services.targets.domain.duties import ReturnReason, office_of
from services.targets.domain.events.ex_ante import ExAnteReportReturned
from services.targets.domain.events.target import TargetReturned
from services.targets.domain.values import Office
from services.targets.projections import Table
from services.targets.projections.ex_ante_register import ExAnteRow
from services.targets.projections.narrowing import narrowed
from services.targets.projections.target_register import TargetRow
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put


class ReturnRow(Table, table=True):
    """One reason of one return; `version` is that of the fact in its stream."""

    __tablename__ = "return_register"

    step: str = Field(primary_key=True)
    thing_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    reason: str = Field(primary_key=True)
    office: str


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact adds."""
    match recorded.event:
        case TargetReturned(codes=codes, office=office):
            yield from _returned("TARGET", recorded, codes, office)
        case ExAnteReportReturned(codes=codes):
            yield from _returned("EX_ANTE", recorded, codes, Office.BUSINESS)
        case _:
            return


def _returned(
    step: str, recorded: AnyRecorded, codes: Iterable[ReturnReason], office: Office
) -> Iterable[Change]:
    responsible = {code: office_of(code) for code in codes} or {ReturnReason.UNSTATED: office}
    for code, one in responsible.items():
        row = {"step": step, "thing_id": recorded.id, "version": recorded.version}
        yield Put(ReturnRow, {**row, "reason": code.value, "office": one.value})


return_register = Projection(
    name="return_register",
    streams=frozenset({"ex_ante", "target"}),
    tables=(ReturnRow,),
    project=project,
)


THINGS: Final = {"TARGET": TargetRow, "EX_ANTE": ExAnteRow}
"""Where what was returned stands, by the step in which it was."""


def counts(step: str, region_code: str, fiscal_year: int, *, tree: bool) -> Any:  # noqa: ANN401 - a select
    """How often each reason sent something back in a region and year."""
    row = ReturnRow
    thing = THINGS[step]
    key = TargetRow.target_id if step == "TARGET" else ExAnteRow.assessment_id
    rows: Any = select(col(row.reason), col(row.office), func.count())
    rows = rows.join(thing, col(key) == col(row.thing_id)).where(col(row.step) == step)
    rows = narrowed(rows, thing, region=region_code, tree=tree, fiscal_year=fiscal_year)
    return rows.group_by(col(row.reason), col(row.office))
