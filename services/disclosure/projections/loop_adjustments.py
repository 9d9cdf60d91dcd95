"""Adjustments of money and target from their proposal to their end."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlmodel import BigInteger, Field

from services.disclosure.projections import Table
from shared.contracts import monitoring
from shared.domain.workdays import business_date
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put, Set

EXECUTED: Final = "EXECUTED"
ENDED: Final = "ENDED"


class AdjustmentRow(Table, table=True):
    """An adjustment; `outcome` is empty while both halves of it are on their way."""

    __tablename__ = "loop_adjustments"

    adjustment_id: str = Field(primary_key=True)
    kind: str
    region_code: str = Field(index=True)
    unit_code: str
    project_code: str = Field(index=True)
    fiscal_year: int = Field(index=True)
    change_fen: int = Field(sa_type=BigInteger)
    proposed_on: date
    outcome: str = ""
    ended_on: date | None = None


def _hear(heard: AnyHeard) -> Iterable[Change]:
    day = business_date(heard.said_at)
    match heard.word:
        case monitoring.AdjustmentProposed() as said:
            yield Put(
                AdjustmentRow,
                {
                    "adjustment_id": said.adjustment_id,
                    "kind": said.kind,
                    "region_code": said.region_code,
                    "unit_code": said.unit_code,
                    "project_code": said.project_code,
                    "fiscal_year": said.fiscal_year,
                    "change_fen": said.change.fen,
                    "proposed_on": said.proposed_on,
                },
            )
        case monitoring.AdjustmentExecuted() as said:
            yield _ended(said.adjustment_id, EXECUTED, day)
        case monitoring.AdjustmentCompensated() as said:
            yield _ended(said.adjustment_id, said.outcome, day)
        case monitoring.SuspensionEnded() as said:
            yield _ended(said.adjustment_id, ENDED, said.ended_on)
        case _:
            return


def _ended(adjustment_id: str, outcome: str, day: date) -> Change:
    key = {"adjustment_id": adjustment_id}
    return Set(AdjustmentRow, key, {"outcome": outcome, "ended_on": day})


loop_adjustments = Projection(
    name="loop_adjustments", tables=(AdjustmentRow,), hear=_hear, money=True
)
