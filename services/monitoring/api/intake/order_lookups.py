"""Which of our payment orders a file means: by voucher, end-to-end id, batch or recall.

Only orders of the region of who sends the file; another region's answer as none does. The id of
an order follows from its number, so a number is found by the key of its row.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlmodel import ARRAY, String, any_, bindparam, cast, col, func, literal, literal_column, true
from sqlmodel import select as sqlmodel_select

from services.monitoring.api.bank.outgoing.orders import block_of
from services.monitoring.domain.payment_order.identity import order_id
from services.monitoring.domain.statement.for_orders import KnownOrder
from services.monitoring.domain.statement.lines import StatusReport
from services.monitoring.projections.payment_orders import (
    PaymentBatchRow,
    PaymentOrderRow,
    PaymentRecallRow,
)
from shared.domain.money import Money
from shared.eventstore.travelling import array_literal
from shared.http.reading import looking_up
from shared.http.runtime import Runtime

ASKED_AT_ONCE: Final = 2_000

select: Final[Any] = sqlmodel_select  # its types end at four columns

type Session = Any
"""The session of the kernel."""


async def orders_named(
    session: Session, region: str, numbers: Collection[str]
) -> Mapping[str, KnownOrder]:
    """The orders that these numbers name, by the number as it was told."""
    if not (await session.execute(_ANY_ORDER, {"region": region})).scalars().all():
        return {}  # a region that orders nothing: its lists have a million numbers all the same
    there: list[str] = []
    for some in some_of(sorted({order_id(region, number) for number in numbers})):
        there += (await session.execute(_ORDERS, probe(some, region))).scalars()
    if not there:
        return {}
    rows = {row.order_id: row for row in await _rows(session, there)}
    named = {number: order_id(region, number) for number in numbers}
    return {number: _known(rows[key]) for number, key in named.items() if key in rows}


async def orders_of_uetrs(
    session: Session, region: str, uetrs: Collection[str]
) -> Mapping[str, KnownOrder]:
    """The orders with these unique references, which banks keep on the whole way."""
    found: dict[str, KnownOrder] = {}
    for some in some_of(sorted(uetrs)):
        query = select(PaymentOrderRow).where(
            among(PaymentOrderRow.uetr, some), PaymentOrderRow.region_code == region
        )
        rows = (await session.execute(query)).scalars()
        found |= {row.uetr: _known(row) for row in rows}
    return found


async def orders_answered(
    runtime: Runtime, region: str, answers: Sequence[StatusReport]
) -> tuple[KnownOrder, ...]:
    """The orders that answers may be of: by name, by the message they were sent in, by recall."""
    keys = {order_id(region, one.end_to_end_id) for one in answers if one.end_to_end_id}
    sent_in = {one.original_message_id for one in answers if not one.end_to_end_id}
    cases = {one.case_id for one in answers if one.case_id}
    async with looking_up(runtime) as session:
        batches = await _batches(session, region, sent_in)
        recalls = await _recalls(session, region, keys, cases)
        uetrs = {one.uetr for one in answers if one.uetr}
        by_uetr = (await orders_of_uetrs(session, region, uetrs)).values()
        keys |= {one.order_id for one in by_uetr}
        keys |= {key for batch in batches for key in batch.orders} | recalls.keys()
        rows = {row.order_id: row for row in await _rows(session, keys)}
    blocks: dict[str, str] = {}
    for batch in batches:
        inside = [rows[key] for key in batch.orders if key in rows]
        blocks |= {one.order_id: block_of(batch, inside, one.order_id) for one in inside}
    return tuple(
        _known(row, block_id=blocks.get(key, ""), recalls=recalls.get(key, ()))
        for key, row in rows.items()
    )


async def _rows(session: Session, keys: Collection[str]) -> list[PaymentOrderRow]:
    found: list[PaymentOrderRow] = []
    for some in some_of(sorted(keys)):
        query = select(PaymentOrderRow).where(among(PaymentOrderRow.order_id, some))
        found += (await session.execute(query)).scalars()
    return found


async def _batches(session: Session, region: str, keys: Collection[str]) -> list[PaymentBatchRow]:
    found: list[PaymentBatchRow] = []
    for some in some_of(sorted(keys)):
        query = select(PaymentBatchRow).where(
            among(PaymentBatchRow.batch_id, some), PaymentBatchRow.region_code == region
        )
        found += (await session.execute(query)).scalars()
    return found


async def _recalls(
    session: Session, region: str, orders: Collection[str], cases: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """The recalls of these orders, and those with these ids, by order."""
    found: dict[str, list[str]] = defaultdict(list)
    for column, keys in (
        (PaymentRecallRow.order_id, orders),
        (PaymentRecallRow.recall_id, cases),
    ):
        for some in some_of(sorted(keys)):
            query = select(PaymentRecallRow).where(
                among(column, some), PaymentRecallRow.region_code == region
            )
            for row in (await session.execute(query)).scalars():
                if row.recall_id not in found[row.order_id]:
                    found[row.order_id].append(row.recall_id)
    return {key: tuple(some) for key, some in found.items()}


def _known(row: PaymentOrderRow, *, block_id: str = "", recalls: Iterable[str] = ()) -> KnownOrder:
    return KnownOrder(
        order_id=row.order_id,
        pay_cert_no=row.pay_cert_no,
        end_to_end_id=row.end_to_end_id,
        uetr=row.uetr,
        project_code=row.project_code,
        fiscal_year=row.fiscal_year,
        amount=Money(row.amount_fen),
        batch_id=row.batch_id or "",
        block_id=block_id,
        recalls=tuple(recalls),
    )


def among(column: str, values: Sequence[str]) -> Any:  # noqa: ANN401 - a condition of SQL
    """One array instead of a parameter for each value: a list asks for thousands."""
    return col(column) == any_(literal(list(values), ARRAY(String)))


def probing(
    column: Any,  # noqa: ANN401
    region: Any,  # noqa: ANN401
    wanted: Sequence[Any],
) -> Any:  # noqa: ANN401 - a query with two parameters, `values` and `region`
    """What is there of many values, each looked up by itself in the index of its column.

    Asked for thousands at once, PostgreSQL may read the whole table instead, and the table grows
    with every part of a list.
    """
    values = func.unnest(cast(bindparam("values", type_=String), ARRAY(String)))
    asked = values.table_valued("value", name="asked").render_derived()
    # OFFSET keeps the planner from turning many small questions into a large one.
    found = (
        select(*wanted)
        .where(col(column) == asked.c.value, col(region) == bindparam("region", type_=String))
        .offset(literal_column("0"))
        .lateral("found")
    )
    return select(*found.c).select_from(asked.join(found, true()))


def probe(values: Sequence[str], region: str) -> dict[str, str]:
    """What a query of `probing` is asked."""
    return {"values": array_literal(values) or _quoted(values), "region": region}


def _quoted(values: Iterable[str]) -> str:
    """The same with line breaks and the like in it, which JSON would write otherwise."""
    escaped = (one.replace("\\", r"\\").replace('"', r"\"") for one in values)
    return "{" + ",".join(f'"{one}"' for one in escaped) + "}"


def some_of(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many as are asked for in one query."""
    return (values[n : n + ASKED_AT_ONCE] for n in range(0, len(values), ASKED_AT_ONCE))


_ANY_ORDER: Final = (
    select(PaymentOrderRow.order_id)
    .where(col(PaymentOrderRow.region_code) == bindparam("region", type_=String))
    .limit(1)
)
_ORDERS: Final = probing(
    PaymentOrderRow.order_id,
    PaymentOrderRow.region_code,
    (PaymentOrderRow.order_id,),
)
