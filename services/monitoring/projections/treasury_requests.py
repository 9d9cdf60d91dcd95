"""Requests to the treasury, in the order in which they were made: a list to be pulled.

Folded from our own words in their dense numbers, which are their `position`: whoever has pulled
up to a position has missed nothing before it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlmodel import BigInteger, DateTime, Field, col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.monitoring.domain.treasury_values import RequestStatus
from services.monitoring.projections import Table
from shared.contracts import monitoring as said
from shared.messages import AnyHeard
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


def _fold(heard: AnyHeard) -> Iterable[Change]:
    match heard.word:
        case said.TreasuryRequestOpened() as word:
            yield Put(TreasuryRequestRow, _opened(word, heard).model_dump())
        case said.TreasuryRequestAcknowledged(request_id=key):
            yield _moved(key, heard, RequestStatus.ACKNOWLEDGED)
        case said.TreasuryRequestExecuted(request_id=key) as word:
            available = word.available.fen if word.available is not None else None
            yield _moved(
                key,
                heard,
                RequestStatus.EXECUTED,
                cur_amt_fen=word.cur_amt.fen,
                available_fen=available,
                adj_batch_no=word.adj_batch_no,
            )
        case said.TreasuryRequestRefused(request_id=key, reason=reason):
            yield _moved(key, heard, RequestStatus.REFUSED, refused_because=reason)
        case _:
            return


def _moved(key: str, heard: AnyHeard, status: RequestStatus, **more: object) -> Change:
    values = {"status": status.value, "version": heard.version, **more}
    return Set(TreasuryRequestRow, {"request_id": key}, values)


def _opened(word: said.TreasuryRequestOpened, heard: AnyHeard) -> TreasuryRequestRow:
    return TreasuryRequestRow(
        request_id=word.request_id,
        position=heard.number,
        project_code=word.project_code,
        fiscal_year=word.fiscal_year,
        region_code=word.region_code,
        department_code="",
        unit_code=word.unit_code,
        kind=word.kind,
        amount_fen=word.amount.fen,
        reason=word.reason,
        source_id=word.source_id,
        document_no=word.document_no,
        route=word.route,
        opened_at=heard.said_at,
        status=RequestStatus.OPEN.value,
        version=heard.version,
    )


treasury_requests: Final = Projection(
    name="treasury_requests", tables=(TreasuryRequestRow,), hear=_fold
)


def request(request_id: str) -> SelectOfScalar[TreasuryRequestRow]:
    """One request."""
    return select(TreasuryRequestRow).where(TreasuryRequestRow.request_id == request_id)


def requests(after: int, status: str | None = None) -> SelectOfScalar[TreasuryRequestRow]:
    """The requests made after a position, in one status if asked for."""
    query = select(TreasuryRequestRow).where(TreasuryRequestRow.position > after)
    return query if status is None else query.where(col(TreasuryRequestRow.status) == status)
