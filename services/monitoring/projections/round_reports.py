"""The signed reports of closed rounds: snapshots that never change."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import JSON, Field, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain import round_words as fact
from services.monitoring.projections import Table
from services.monitoring.projections.showing import shown
from shared.messages import Recorded
from shared.projections import Change, Projection, Put


class RoundReportRow(Table, table=True):
    """The report of one round, word for word as it was signed."""

    __tablename__ = "round_reports"

    round_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    fiscal_year: int
    node: str
    cut_off_on: date
    report: dict[str, Any] = Field(sa_type=JSON)
    report_sha256: str
    closed_by: str
    signatory: str
    closed_on: date | None


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    event = recorded.event
    if not isinstance(event, fact.RoundClosed) or event.report is None:
        return
    row = RoundReportRow(
        round_id=recorded.id,
        region_code=event.region_code,
        fiscal_year=event.fiscal_year,
        node=event.node,
        cut_off_on=event.cut_off_on,
        report=shown(event.report),
        report_sha256=event.report_sha256,
        closed_by=event.closed_by,
        signatory=event.signatory,
        closed_on=event.closed_on,
    )
    yield Put(RoundReportRow, row.model_dump())


round_reports: Final = Projection(
    name="round_reports", streams=frozenset({"round"}), tables=(RoundReportRow,), project=_fold
)


def round_report(round_id: str) -> SelectOfScalar[RoundReportRow]:
    """The report of one round."""
    return select(RoundReportRow).where(RoundReportRow.round_id == round_id)
