"""Paired changes of money and target: waiting, approved or refused."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.targets.domain.events.target import (
    TargetAdjusted,
    TargetAdjustmentRefused,
    TargetAdjustmentRequested,
)
from services.targets.projections import Table
from services.targets.projections.stored_json import stored
from shared.messages import AnyRecorded
from shared.projections import Add, Change, Projection, Set


class AdjustmentRow(Table, table=True):
    """An adjustment of a target; the change is signed."""

    __tablename__ = "adjustment_register"

    adjustment_id: str = Field(primary_key=True)
    target_id: str = Field(default="", index=True)
    status: str = Field(default="REQUESTED", index=True)
    kind: str = ""
    change_fen: int = Field(default=0, sa_type=BigInteger)
    budget_fen: int = Field(default=0, sa_type=BigInteger)
    budget_before_fen: int | None = Field(default=None, sa_type=BigInteger)
    reason: str = ""
    proposed_by: str = ""
    proposed_values_json: str = "{}"
    remark: str = ""
    decided_on: date | None = None


def project(recorded: AnyRecorded) -> Iterable[Change]:
    """What a fact changes. A refusal may be the first that is known of an adjustment."""
    match recorded.event:
        case TargetAdjustmentRequested() as event:
            yield from _known(
                event.adjustment_id,
                target_id=recorded.id,
                kind=event.kind,
                change_fen=event.change.fen,
                budget_fen=event.budget.fen,
                reason=event.reason,
                proposed_by=event.proposed_by,
                proposed_values_json=stored(event.proposed_values),
            )
        case TargetAdjusted() as event:
            yield from _known(
                event.adjustment_id,
                status="APPROVED",
                budget_before_fen=event.budget_before.fen,
                budget_fen=event.budget.fen,
                decided_on=event.adjusted_on,
            )
        case TargetAdjustmentRefused() as event:
            yield from _known(
                event.adjustment_id, target_id=recorded.id, status="REFUSED", remark=event.reason
            )
        case _:
            return


def _known(adjustment_id: str, **values: object) -> Iterable[Change]:
    key = {"adjustment_id": adjustment_id}
    yield Add(AdjustmentRow, key, {"change_fen": 0})
    yield Set(AdjustmentRow, key, values)


adjustment_register = Projection(
    name="adjustment_register", tables=(AdjustmentRow,), project=project
)


def adjustments(target_id: str) -> SelectOfScalar[AdjustmentRow]:
    """The adjustments of a target."""
    return select(AdjustmentRow).where(col(AdjustmentRow.target_id) == target_id)
