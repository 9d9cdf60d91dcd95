"""What a long list costs, in things that can be counted: trips, rows and bytes, never seconds."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import asyncpg
import pytest
from sqlalchemy import event

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
LOOKUPS_MAX = 4
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


def asked(seen: Counter[str]) -> Callable[..., None]:
    """Counts lookups, and those on a connection that may scan a whole table for them."""
    by_index: set[int] = set()

    def asking(connection: Any, _cursor: object, statement: str, *_more: object) -> None:  # noqa: ANN401
        held = id(connection.connection.dbapi_connection)
        if statement.startswith("SET enable_seqscan = off"):
            by_index.add(held)
        elif statement.startswith("RESET enable_seqscan"):
            by_index.discard(held)
        elif "unnest" in statement:
            seen["lookups"] += 1
            seen["scanning"] += held not in by_index

    return asking


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
        engine = here.told.runtime.engine
        assert engine is not None
        event.listen(engine.sync_engine, "before_cursor_execute", asked(seen))
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
    assert 0 < seen["lookups"] <= parts * LOOKUPS_MAX, "numbers are looked up by the thousand"
    assert not seen["scanning"], "a plan made on an empty table must not read all of a full one"
    size = await one(
        database, "SELECT sum(octet_length(body)) FROM es.event WHERE name = 'LinesBooked'"
    )
    assert size <= LINES * BYTES_A_LINE_MAX
    facts = await one(database, "SELECT count(*) FROM es.event WHERE name = 'LinesBooked'")
    assert facts == LEDGERS
    assert await one(database, "SELECT count(*) FROM payment_list") == LINES
