"""The adjustment register: every proposal and what became of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain import adjustment as fact
from services.monitoring.domain.adjustment import AdjustmentStatus
from services.monitoring.projections import Table
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set


class AdjustmentRow(Table, table=True):
    """One adjustment of money and target."""

    __tablename__ = "adjustment_register"

    adjustment_id: str = Field(primary_key=True)
    project_code: str
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str
    kind: str
    change_fen: int = Field(sa_type=BigInteger)
    budget_fen: int = Field(sa_type=BigInteger)
    transfer_to: str | None = None
    reason: str
    status: str
    refused_because: str = ""
    proposed_on: date
    version: int


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    key = {"adjustment_id": recorded.id}
    match recorded.event:
        case fact.AdjustmentProposed(project=project) as event:
            row = AdjustmentRow(
                adjustment_id=recorded.id,
                project_code=project.code,
                fiscal_year=project.fiscal_year,
                region_code=project.region_code,
                department_code=project.department_code,
                unit_code=project.unit_code,
                kind=event.kind.value,
                change_fen=event.change.fen,
                budget_fen=event.budget.fen,
                transfer_to=event.transfer_to,
                reason=event.reason,
                status=AdjustmentStatus.PROPOSED.value,
                proposed_on=event.proposed_on,
                version=recorded.version,
            )
            yield Put(AdjustmentRow, row.model_dump())
        case fact.AdjustmentExecuted(budget=budget):
            values = {"status": AdjustmentStatus.EXECUTED.value, "budget_fen": budget.fen}
            yield Set(AdjustmentRow, key, {**values, "version": recorded.version})
        case fact.AdjustmentRefused(reason=reason):
            values = {"status": AdjustmentStatus.REFUSED.value, "refused_because": reason}
            yield Set(AdjustmentRow, key, {**values, "version": recorded.version})
        case _:
            return


adjustment_register: Final = Projection(
    name="adjustment_register", tables=(AdjustmentRow,), project=_fold
)


def adjustment(adjustment_id: str) -> SelectOfScalar[AdjustmentRow]:
    """One adjustment."""
    return select(AdjustmentRow).where(AdjustmentRow.adjustment_id == adjustment_id)


def adjustments(fiscal_year: int, status: str | None = None) -> SelectOfScalar[AdjustmentRow]:
    """The adjustments of a year, in one status if asked for."""
    query = select(AdjustmentRow).where(AdjustmentRow.fiscal_year == fiscal_year)
    return query if status is None else query.where(col(AdjustmentRow.status) == status)
