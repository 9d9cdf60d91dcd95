"""Requests to the treasury, in the order in which they were made: a list to be pulled.

Folded from the ledger by the worker: `position` is dense and committed in its order, so whoever
has pulled up to a position has missed nothing before it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlmodel import BigInteger, DateTime, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain import treasury_request as fact
from services.monitoring.domain.treasury_values import RequestStatus
from services.monitoring.projections import Table
from shared.messages import Recorded
from shared.projections import Change, Projection, Put, Set


class TreasuryRequestRow(Table, table=True):
    """One request and its answer."""

    __tablename__ = "treasury_requests"

    request_id: str = Field(primary_key=True)
    position: int = Field(sa_type=BigInteger, index=True)
    project_code: str
    fiscal_year: int
    region_code: str = Field(index=True)
    department_code: str
    unit_code: str
    kind: str
    amount_fen: int = Field(sa_type=BigInteger)
    reason: str
    source_id: str
    document_no: str
    route: str
    opened_at: datetime = Field(sa_type=DateTime(timezone=True))
    status: str
    cur_amt_fen: int | None = Field(default=None, sa_type=BigInteger)
    available_fen: int | None = Field(default=None, sa_type=BigInteger)
    adj_batch_no: str = ""
    refused_because: str = ""
    version: int


def _fold(recorded: Recorded[Any]) -> Iterable[Change]:
    key = {"request_id": recorded.id}
    match recorded.event:
        case fact.TreasuryRequestOpened() as event:
            yield Put(TreasuryRequestRow, _opened(event, recorded).model_dump())
        case fact.TreasuryRequestAcknowledged():
            values = {"status": RequestStatus.ACKNOWLEDGED.value, "version": recorded.version}
            yield Set(TreasuryRequestRow, key, values)
        case fact.TreasuryRequestExecuted(cur_amt=cur_amt, adj_batch_no=number) as event:
            available = event.available
            values = {
                "status": RequestStatus.EXECUTED.value,
                "cur_amt_fen": cur_amt.fen,
                "available_fen": available.fen if available is not None else None,
                "adj_batch_no": number,
                "version": recorded.version,
            }
            yield Set(TreasuryRequestRow, key, values)
        case fact.TreasuryRequestRefused(reason=reason):
            values = {"status": RequestStatus.REFUSED.value, "refused_because": reason}
            yield Set(TreasuryRequestRow, key, {**values, "version": recorded.version})
        case _:
            return


def _opened(event: fact.TreasuryRequestOpened, recorded: Recorded[Any]) -> TreasuryRequestRow:
    project = event.project
    return TreasuryRequestRow(
        request_id=recorded.id,
        position=recorded.position or 0,
        project_code=project.code,
        fiscal_year=project.fiscal_year,
        region_code=project.region_code,
        department_code=project.department_code,
        unit_code=project.unit_code,
        kind=event.kind.value,
        amount_fen=event.amount.fen,
        reason=event.reason,
        source_id=event.source_id,
        document_no=event.document_no,
        route=event.route,
        opened_at=event.opened_at,
        status=RequestStatus.OPEN.value,
        version=recorded.version,
    )


treasury_requests: Final = Projection(
    name="treasury_requests", tables=(TreasuryRequestRow,), project=_fold, inline=False
)


def request(request_id: str) -> SelectOfScalar[TreasuryRequestRow]:
    """One request."""
    return select(TreasuryRequestRow).where(TreasuryRequestRow.request_id == request_id)


def requests(after: int, status: str | None = None) -> SelectOfScalar[TreasuryRequestRow]:
    """The requests made after a position, in one status if asked for."""
    query = select(TreasuryRequestRow).where(TreasuryRequestRow.position > after)
    return query if status is None else query.where(col(TreasuryRequestRow.status) == status)
