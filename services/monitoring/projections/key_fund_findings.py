"""Findings about key funds, with what became of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.fund_finding import events as fact
from services.monitoring.domain.fund_finding.finding import STATUS_OF
from services.monitoring.projections import Table
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set


class FindingRow(Table, table=True):
    """One finding."""

    __tablename__ = "key_fund_findings"

    finding_id: str = Field(primary_key=True)
    region_code: str = Field(index=True)
    department_code: str | None = None
    unit_code: str | None = None
    fiscal_year: int = Field(index=True)
    batch_id: str = Field(default="", index=True)
    project_code: str = ""
    kind: str
    level: str
    status: str = "SUSPECTED"
    amount_fen: int | None = Field(default=None, sa_type=BigInteger)
    due_on: date | None = None
    opened_on: date
    note: str = ""
    judgement: str | None = None
    opinion: str = ""
    result: str = ""
    closed_on: date | None = None
    version: int = 1


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    key = {"finding_id": recorded.id}
    match recorded.event:
        case fact.FundFindingOpened() as event:
            yield Put(FindingRow, _opened(event, recorded.id))
        case fact.FundFindingJudged(judgement=judgement, opinion=opinion):
            status = STATUS_OF[judgement].value
            said = {"judgement": judgement.value, "opinion": opinion, "status": status}
            yield Set(FindingRow, key, {**said, "version": recorded.version})
        case fact.FundFindingRectified(result=result):
            said = {"result": result, "status": "RECTIFIED"}
            yield Set(FindingRow, key, {**said, "version": recorded.version})
        case fact.FundFindingClosed(closed_on=day):
            ended = {"closed_on": day, "status": "CLOSED", "version": recorded.version}
            yield Set(FindingRow, key, ended)
        case _:
            return


def _opened(event: fact.FundFindingOpened, finding_id: str) -> dict[str, object]:
    concern = event.concern
    row = FindingRow(
        finding_id=finding_id,
        region_code=concern.region_code,
        department_code=concern.department_code,
        unit_code=concern.unit_code,
        fiscal_year=concern.fiscal_year,
        batch_id=concern.batch_id,
        project_code=concern.project_code,
        kind=event.kind.value,
        level=event.level.value,
        amount_fen=None if event.amount is None else event.amount.fen,
        due_on=event.due_on,
        opened_on=event.opened_on,
        note=event.note,
    )
    return row.model_dump()


key_fund_findings: Final = Projection(
    name="key_fund_findings",
    streams=frozenset({"fundfinding"}),
    tables=(FindingRow,),
    project=_fold,
)


def finding(finding_id: str) -> SelectOfScalar[FindingRow]:
    """One finding."""
    return select(FindingRow).where(FindingRow.finding_id == finding_id)


def findings(
    *,
    fiscal_year: int | None = None,
    level: str | None = None,
    status: str | None = None,
    kind: str | None = None,
) -> SelectOfScalar[FindingRow]:
    """The findings that match everything asked for."""
    query = select(FindingRow)
    wanted = {"fiscal_year": fiscal_year, "level": level, "status": status, "kind": kind}
    for column, value in wanted.items():
        if value is not None:
            query = query.where(col(getattr(FindingRow, column)) == value)
    return query


def of_batches(batch_ids: Iterable[str]) -> SelectOfScalar[FindingRow]:
    """What was found about these batches."""
    return select(FindingRow).where(col(FindingRow.batch_id).in_(list(batch_ids)))
