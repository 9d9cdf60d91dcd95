"""Questions about payment orders, and the messages for the bank as files."""

from enum import StrEnum
from typing import Annotated, Final

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.monitoring.api.bank.outgoing.orders import block_of, payment_message
from services.monitoring.api.bank.outgoing.recalls import Recalled, bank_recall, customer_recall
from services.monitoring.api.order_views import (
    OrderBreakView,
    PaymentBatchView,
    PaymentOrderView,
    PaymentRecallView,
)
from services.monitoring.domain.payment_order.values import OrderStatus
from services.monitoring.projections import payment_orders as paid
from services.monitoring.projections.payment_orders import (
    OrderBreakRow,
    PaymentBatchRow,
    PaymentOrderRow,
)
from shared.domain.refusals import NotFound
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading, ReadingNow

router: Final = APIRouter(tags=["Payment orders"])
XML: Final = "application/xml"
_FILE: Final[dict[int | str, dict[str, object]]] = {200: {"content": {XML: {}}}}
Year = Annotated[int, Query(ge=2000, le=2100)]


class RecallForm(StrEnum):
    """To whom a recall is written: our own bank, or from bank to bank."""

    CAMT_055 = "camt.055"
    CAMT_056 = "camt.056"


@router.get("/payment-orders", operation_id="list_payment_orders")
async def list_payment_orders(
    read: Reading,
    page: PageRequest,
    fiscal_year: Year,
    status: OrderStatus | None = None,
    end_to_end_id: Annotated[str | None, Query(max_length=35)] = None,
) -> Page[PaymentOrderView]:
    """The orders of a year; `UNKNOWN` are those the bank has to be asked about."""
    mine = read.scope.where(
        region=PaymentOrderRow.region_code,
        department=PaymentOrderRow.department_code,
        unit=PaymentOrderRow.unit_code,
    )
    query = paid.orders(fiscal_year, status).where(mine)
    if end_to_end_id is not None:
        query = query.where(PaymentOrderRow.end_to_end_id == end_to_end_id)
    return await read.page(query, page, into=PaymentOrderView.of)


@router.get("/payment-orders/{order_id}", operation_id="get_payment_order")
async def get_payment_order(read: Reading, order_id: str) -> PaymentOrderView:
    """One order and where it stands."""
    row = await _order(read, order_id)
    read.tag(row.version)
    return PaymentOrderView.of(row)


@router.get("/payment-order-breaks", operation_id="list_order_breaks")
async def list_order_breaks(read: Reading, page: PageRequest) -> Page[OrderBreakView]:
    """Every contradiction of a bank that nobody has decided."""
    mine = read.scope.where(region=OrderBreakRow.region_code)
    return await read.page(paid.open_breaks().where(mine), page, into=OrderBreakView.of)


@router.get("/payment-batches/{batch_id}", operation_id="get_payment_batch")
async def get_payment_batch(read: Reading, batch_id: str) -> PaymentBatchView:
    """One message to the bank and the orders in it."""
    row = await _batch(read, batch_id)
    read.tag(row.version)
    return PaymentBatchView.of(row)


@router.get(
    "/payment-batches/{batch_id}/message",
    operation_id="get_payment_message",
    response_class=Response,
    responses=_FILE,
)
async def get_payment_message(read: ReadingNow, batch_id: str) -> Response:
    """The message for the bank as pain.001: the same bytes whenever it is read."""
    batch = await _batch(read, batch_id)
    rows = await read.all(paid.orders_of(batch_id))
    return _file(payment_message(batch, rows), f"{batch_id}.pain.001.xml")


@router.get("/payment-orders/{order_id}/recalls/{recall_id}", operation_id="get_payment_recall")
async def get_payment_recall(read: Reading, order_id: str, recall_id: str) -> PaymentRecallView:
    """One request for a payment back, and the answer."""
    await _order(read, order_id)
    return PaymentRecallView.of(await read.one(paid.recall(order_id, recall_id)))


@router.get(
    "/payment-orders/{order_id}/recalls/{recall_id}/message",
    operation_id="get_recall_message",
    response_class=Response,
    responses=_FILE,
)
async def get_recall_message(
    read: ReadingNow, order_id: str, recall_id: str, form: RecallForm = RecallForm.CAMT_055
) -> Response:
    """The recall for the bank as camt.055 or camt.056."""
    order = await _order(read, order_id)
    recall = await read.one(paid.recall(order_id, recall_id))
    batch = await read.first(paid.batch_of(order.batch_id or ""))
    if batch is None:
        raise NotFound
    rows = await read.all(paid.orders_of(batch.batch_id))
    recalled = Recalled(
        recall=recall, order=order, batch=batch, block_id=block_of(batch, rows, order_id)
    )
    write = bank_recall if form is RecallForm.CAMT_056 else customer_recall
    return _file(write(recalled), f"{recall_id}.{form}.xml")


def _file(content: bytes, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=XML, headers=headers)


async def _order(read: Read, order_id: str) -> PaymentOrderRow:
    row = await read.one(paid.order(order_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    return row


async def _batch(read: Read, batch_id: str) -> PaymentBatchRow:
    row = await read.one(paid.batch_of(batch_id))
    read.check(row.region_code)
    return row
