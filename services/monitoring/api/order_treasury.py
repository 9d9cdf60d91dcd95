"""Requests to the treasury: pulled as a list, acknowledged and answered."""

from datetime import datetime
from typing import Annotated, Final, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.monitoring.api import order_schemas as schemas
from services.monitoring.domain.treasury_request import (
    AcknowledgeTreasuryRequest,
    ExecuteTreasuryRequest,
    RefuseTreasuryRequest,
)
from services.monitoring.domain.treasury_values import RequestKind, RequestStatus
from services.monitoring.projections import treasury_requests as asked_for
from services.monitoring.projections.treasury_requests import TreasuryRequestRow
from shared.contracts.fields import Yuan
from shared.domain.money import Money
from shared.http.commands import Asked, CommandEndpoint
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading, ReadingNow

router: Final = APIRouter(tags=["Treasury requests"])
_REQUEST: Final = "/treasury-requests/{request_id}"


def acknowledge_treasury_request(asked: Asked, request_id: str) -> AcknowledgeTreasuryRequest:
    """Say that the request has arrived. Twice is harmless."""
    return AcknowledgeTreasuryRequest(request_id=request_id, by=asked.actor, now=asked.now)


def execute_treasury_request(
    asked: Asked, request_id: str, body: schemas.ExecuteTreasuryRequestBody
) -> ExecuteTreasuryRequest:
    """Say that it was done, with the balance after it and the number of the batch."""
    return ExecuteTreasuryRequest(
        request_id=request_id,
        cur_amt=body.cur_amt,
        adj_batch_no=body.adj_batch_no,
        by=asked.actor,
        now=asked.now,
    )


def refuse_treasury_request(
    asked: Asked, request_id: str, body: schemas.RefuseTreasuryRequestBody
) -> RefuseTreasuryRequest:
    """Say that it will not be done, and why."""
    return RefuseTreasuryRequest(
        request_id=request_id, reason=body.reason, by=asked.actor, now=asked.now
    )


TREASURY_COMMANDS: Final = (
    CommandEndpoint(
        path=f"{_REQUEST}/acknowledge",
        translate=acknowledge_treasury_request,
        tag="Treasury requests",
    ),
    CommandEndpoint(
        path=f"{_REQUEST}/execute", translate=execute_treasury_request, tag="Treasury requests"
    ),
    CommandEndpoint(
        path=f"{_REQUEST}/refuse", translate=refuse_treasury_request, tag="Treasury requests"
    ),
)


class TreasuryRequestView(BaseModel):
    """One request. `position` is where to go on; `difference` is its balance less ours."""

    request_id: str
    position: int
    kind: RequestKind
    status: RequestStatus
    project_code: str
    fiscal_year: int
    unit_code: str
    amount: Yuan
    reason: str
    source_id: str
    document_no: str
    route: str
    opened_at: datetime
    cur_amt: Yuan | None
    adj_batch_no: str
    difference: Yuan | None
    refused_because: str
    version: int

    @classmethod
    def of(cls, row: TreasuryRequestRow) -> Self:
        """A row in yuan."""
        known = set(cls.model_fields) - {"amount", "cur_amt", "difference", "kind", "status"}
        cur_amt, available = row.cur_amt_fen, row.available_fen
        compared = cur_amt is not None and available is not None
        return cls(
            **row.model_dump(include=known),
            kind=RequestKind(row.kind),
            status=RequestStatus(row.status),
            amount=Money(row.amount_fen),
            cur_amt=None if cur_amt is None else Money(cur_amt),
            difference=Money((cur_amt or 0) - (available or 0)) if compared else None,
        )


@router.get("/treasury-requests", operation_id="list_treasury_requests")
async def list_treasury_requests(
    read: ReadingNow,
    page: PageRequest,
    after: Annotated[int, Query(ge=0, description="Only those after this `position`.")] = 0,
    status: RequestStatus | None = None,
) -> Page[TreasuryRequestView]:
    """What the treasury is asked for, in order; nothing appears later before a position seen."""
    mine = read.scope.where(
        region=TreasuryRequestRow.region_code,
        department=TreasuryRequestRow.department_code,
        unit=TreasuryRequestRow.unit_code,
    )
    query = asked_for.requests(after, status).where(mine)
    order = (TreasuryRequestRow.position,)
    return await read.page(query, page, order=order, into=TreasuryRequestView.of)


@router.get(_REQUEST, operation_id="get_treasury_request")
async def get_treasury_request(read: Reading, request_id: str) -> TreasuryRequestView:
    """One request and its answer."""
    row = await _row(read, request_id)
    read.tag(row.version)
    return TreasuryRequestView.of(row)


async def _row(read: Read, request_id: str) -> TreasuryRequestRow:
    row = await read.one(asked_for.request(request_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    return row
