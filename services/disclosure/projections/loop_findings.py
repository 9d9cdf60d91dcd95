"""Findings about key funds, and treasury lines that do not agree: until somebody ended them."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlmodel import Field

from services.disclosure.projections import Table
from shared.contracts import monitoring
from shared.domain.workdays import business_date
from shared.messages import AnyHeard
from shared.projections import Change, Projection, Put, Set

KEY_FUND: Final = "KEY_FUND"
TREASURY: Final = "TREASURY"


class FindingRow(Table, table=True):
    """A finding. One of the treasury that names no project and no year belongs to the day's."""

    __tablename__ = "loop_findings"

    finding_id: str = Field(primary_key=True)
    source: str
    kind: str
    level: str
    region_code: str = Field(index=True)
    project_code: str = Field(index=True)
    fiscal_year: int = Field(index=True)
    opened_on: date
    due_on: date | None = None
    judgement: str = ""
    closed_on: date | None = None


def _hear(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case monitoring.FundFindingOpened() as said:
            yield Put(
                FindingRow,
                {
                    "finding_id": said.finding_id,
                    "source": KEY_FUND,
                    "kind": said.kind,
                    "level": said.level,
                    "region_code": said.region_code,
                    "project_code": said.project_code,
                    "fiscal_year": said.fiscal_year,
                    "opened_on": said.opened_on,
                    "due_on": said.due_on,
                },
            )
        case monitoring.FundFindingClosed() as said:
            yield _closed(said.finding_id, said.judgement, said.closed_on)
        case monitoring.ReconciliationBreakOpened() as said:
            yield Put(
                FindingRow,
                {
                    "finding_id": said.break_id,
                    "source": TREASURY,
                    "kind": said.kind,
                    "level": "",
                    "region_code": said.region_code,
                    "project_code": said.project_code,
                    "fiscal_year": said.fiscal_year or said.opened_on.year,
                    "opened_on": said.opened_on,
                },
            )
        case monitoring.ReconciliationBreakResolved() as said:
            yield _closed(said.break_id, said.resolution, business_date(heard.said_at))
        case _:
            return


def _closed(finding_id: str, judgement: str, day: date) -> Change:
    return Set(FindingRow, {"finding_id": finding_id}, {"judgement": judgement, "closed_on": day})


loop_findings = Projection(name="loop_findings", tables=(FindingRow,), hear=_hear)
