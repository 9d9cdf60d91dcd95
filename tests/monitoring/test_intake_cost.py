"""What a long list costs, in things that can be counted: trips, rows and bytes, never seconds."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import asyncpg
import pytest

from services.monitoring.domain.ledger import commands as ask
from services.monitoring.domain.values import Project
from shared.asking import Ask
from shared.domain.money import Money
from shared.eventstore import postgres
from shared.eventstore.postgres import PostgresStore
from shared.eventstore.writing import Copy
from tests.monitoring.bureau import CSV, FILES, HEAD, Bureau, bureau
from tests.monitoring.stories import at

LEDGERS = 100
EACH = 200
LINES = LEDGERS * EACH
PARTS_MAX = 128
TABLES_MAX = 12
BYTES_A_LINE_MAX = 300
MONEY = Money(10_000_000_00)


async def opened(here: Bureau) -> None:
    asks = []
    for number in range(LEDGERS):
        project = Project(
            code=f"L{number}",
            fiscal_year=2021,
            region_code="653101",
            department_code="D1",
            unit_code="U1",
        )
        of: dict[str, Any] = {"by": "test", "now": at(1, 5)}
        asks += [
            ask.OpenLedger(
                project=project, budget=MONEY, fund_type_code="", direct_fund_flag="", **of
            ),
            ask.IssueQuota(
                project_code=project.code,
                fiscal_year=2021,
                document_no="Q1",
                amount=MONEY,
                issued_on=at(1, 5).date(),
                **of,
            ),
        ]
    handling = here.told.runtime.handling
    assert handling is not None
    who = {"actor": "test", "unit": "", "correlation_id": "t", "causation_id": "t"}
    await handling.handle_all([Ask(commands=(one,), now=at(1, 5), **who) for one in asks])  # type: ignore[arg-type]


def a_list() -> bytes:
    rows = (
        f"5201,Z{n},,L{n % LEDGERS},2021,1.00,2021-{1 + n % 12:02}-{1 + n % 28:02},B{n},,2\n"
        for n in range(LINES)
    )
    return (HEAD + "".join(rows)).encode()


def counted(seen: Counter[str], run: Callable[..., Any]) -> Callable[..., Any]:
    async def counting(connection: object, query: object) -> None:
        seen["copies" if isinstance(query, Copy) else "statements"] += 1
        await run(connection, query)

    return counting


async def one(database: str, query: str) -> int:
    connection = await asyncpg.connect(database)
    found = await connection.fetchval(query)
    await connection.close()
    return int(found or 0)


async def test_a_list_costs_trips_by_part_and_rows_and_bytes_by_line(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: Counter[str] = Counter()
    async with bureau(database) as here:
        await opened(here)
        monkeypatch.setattr(postgres, "_run", counted(seen, postgres._run))  # noqa: SLF001
        answer = await here.told.client.post(
            FILES,
            params={"system": "GK", "message_id": "L1", "accept": "true"},
            headers={**here.treasury, "content-type": CSV},
            content=a_list(),
        )
        assert answer.json()["counts"]["booked"] == LINES
        store = here.told.runtime.store
        assert isinstance(store, PostgresStore)
        parts = (await here.ask("/treasury-statements/GK-L1"))["parts"]
        handling = here.told.runtime.handling
        assert handling is not None
        weight = handling._cache.weight  # noqa: SLF001 - how much it holds is what is promised
    assert weight <= 40_000
    assert seen["copies"] == parts <= PARTS_MAX, "payments are copied in, one COPY a part"
    assert seen["statements"] <= parts * TABLES_MAX, "no statement is made for one line"
    size = await one(
        database, "SELECT sum(octet_length(body)) FROM es.event WHERE name = 'LinesBooked'"
    )
    assert size <= LINES * BYTES_A_LINE_MAX
    facts = await one(database, "SELECT count(*) FROM es.event WHERE name = 'LinesBooked'")
    assert facts == LEDGERS
    assert await one(database, "SELECT count(*) FROM payment_list") == LINES
    read = await one(
        database,
        "SELECT coalesce(sum(seq_tup_read), 0) FROM pg_stat_user_tables"
        " WHERE relname = 'payment_list'",
    )
    assert read <= 2 * LINES, "a lookup reads its index, not all that is there"
