"""`python -m tests.bench.statement`: a statement among a million payments, and a file going in.

One project has half of all payments, so that the size of a ledger shows, too. The rows are
made by the database itself; everything that is measured is the product's own code path.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any, Final

import asyncpg
import httpx
import uvloop
from sqlalchemy.dialects.postgresql.asyncpg import dialect

from services.monitoring.domain.ledger import commands as ask
from services.monitoring.domain.treasury_line import LineKind, TreasuryLine
from services.monitoring.domain.values import Project
from services.monitoring.main import service
from services.monitoring.projections.statement import Place, bookings, page
from services.monitoring.settings import MonitoringSettings
from shared import migrations
from shared.asking import Answer, Ask
from shared.clock import SystemClock
from shared.domain.money import Money
from shared.eventstore.postgres import PostgresStore, open_pool
from shared.handling import Handling
from shared.http.app import create_app
from shared.http.policy import Role
from shared.telemetry import configure_logging
from shared.testing.servers import fresh_database, private_postgres
from shared.testing.tokens import AUDIENCE, ISSUER, Tokens

PAYMENTS: Final = 1_000_000
OTHERS: Final = 500
ASKED: Final = 300
FILE_LEDGERS: Final = 100
FILE_LINES: Final = 1_000
NOW: Final = datetime(2021, 12, 1, tzinfo=UTC)
FIRST: Final = date(2021, 1, 4)
_PAYMENTS: Final = """
INSERT INTO payment_list (ledger_id, payment_id, region_code, amount_fen, settled_on, purpose,
                          contract_no, source_id, bank_ref, version, line)
SELECT CASE WHEN n % 2 = 0 THEN 'BIG-2021' ELSE 'P' || (n / 2) % $2 || '-2021' END, 'Z' || n,
       '653101', 100 + n % 900, DATE '2021-01-04' + (n / 7) % 330, '', '', 'GK/1/' || n, '',
       2 + n / 1000, n % 1000
FROM generate_series(0, $1 - 1) n"""
_DAYS: Final = """
INSERT INTO ledger_days (ledger_id, booked_on, postings, treasury_fen, appropriated_fen,
                         frozen_fen, paid_fen, returned_fen, withdrawn_fen, committed_fen)
SELECT ledger_id, settled_on, count(*), 0, -sum(amount_fen), 0, sum(amount_fen), 0, 0, 0
FROM payment_list GROUP BY 1, 2"""
_LEDGERS: Final = """
INSERT INTO ledger_statement (ledger_id, project_code, fiscal_year, region_code, department_code,
  unit_code, fund_type_code, direct_fund_flag, budget_fen, treasury_fen, appropriated_fen,
  frozen_fen, paid_fen, returned_fen, withdrawn_fen, committed_fen, payments, version)
SELECT ledger_id, split_part(ledger_id, '-', 1), 2021, '653101', 'D1', 'U1', '111', '01', 0, 0,
       -sum(amount_fen), 0, sum(amount_fen), 0, 0, 0, count(*), 2 FROM payment_list GROUP BY 1"""


def _percentiles(seconds: list[float]) -> str:
    seconds.sort()
    at = [seconds[int(len(seconds) * share)] * 1_000 for share in (0.5, 0.99)]
    return f"p50 {at[0]:6.1f} ms   p99 {at[1]:6.1f} ms"


async def _generate(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(_PAYMENTS, PAYMENTS, OTHERS)
    await connection.execute(_DAYS)
    await connection.execute(_LEDGERS)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


async def _timed(ask_once: Callable[[int], Awaitable[httpx.Response]]) -> str:
    seconds: list[float] = []
    cpu = time.process_time()
    for n in range(ASKED):
        began = time.perf_counter()
        answer = await ask_once(n)
        seconds.append(time.perf_counter() - began)
        assert answer.status_code == httpx.codes.OK, answer.text
    own = (time.process_time() - cpu) / ASKED * 1_000
    return f"{_percentiles(seconds)}   processor of the service {own:4.1f} ms"


async def _statements(url: str) -> None:
    tokens = Tokens.fresh()
    head = tokens.of(Role.FB_TREASURY, region="653100", subject="treasury")
    settings = MonitoringSettings.model_validate(
        {"database_url": url, "issuer": ISSUER, "audience": AUDIENCE}
    )
    async with AsyncExitStack() as stack:
        app = create_app(service, settings=settings, clock=SystemClock(), keys=tokens.keys)
        await stack.enter_async_context(app.router.lifespan_context(app))
        transport = httpx.ASGITransport(app)
        client = httpx.AsyncClient(transport=transport, base_url="http://bench", headers=head)

        async def statement(project: str, **query: Any) -> httpx.Response:  # noqa: ANN401
            path = f"/v1/ledgers/{project}/2021/statement"
            return await client.get(path, params=query)

        def day(n: int) -> str:
            return (FIRST + timedelta(days=n % 330)).isoformat()

        await statement("BIG", on=day(0))
        await _in_the_database(url)
        big = await _timed(lambda n: statement("BIG", on=day(n)))
        print(f"first page, any day, a ledger of {PAYMENTS // 2:,}    {big}")
        month = await _timed(lambda n: statement("BIG", from_on=day(n), on=day(n + 30)))
        print(f"from any day on, the same ledger               {month}")
        small = await _timed(lambda n: statement(f"P{n % OTHERS}", on=day(n)))
        print(f"first page, ledgers of {PAYMENTS // 2 // OTHERS:,}                   {small}")
        page = (await statement("BIG", on="2021-12-31", limit=1000)).json()
        cursors = [page["next"]]
        for _ in range(99):
            page = (await statement("BIG", on="2021-12-31", limit=1000, cursor=cursors[-1])).json()
            cursors.append(page["next"])

        async def deep(n: int) -> httpx.Response:
            # A cursor belongs to its question; the size of the page does not.
            return await statement("BIG", on="2021-12-31", cursor=cursors[n % len(cursors)])

        print(f"a page after up to 100,000 bookings            {await _timed(deep)}")


async def _in_the_database(url: str) -> None:
    """What PostgreSQL itself says it needs for the largest ledger: without our own code."""
    connection = await asyncpg.connect(url)
    year = (FIRST, date(2021, 12, 31))
    middle = Place(FIRST + timedelta(days=160), 300, 500)
    for name, question in (
        ("bookings alone", bookings("BIG-2021", year, None, 51)),
        ("first page", page("BIG-2021", year, None, 51)),
        ("page in the middle", page("BIG-2021", year, middle, 51)),
    ):
        compiled = question.query.compile(dialect=dialect())  # type: ignore[no-untyped-call]
        values = {**compiled.params, **question.values}
        arguments = [values[key] for key in compiled.positiontup]
        explain = f"EXPLAIN (ANALYZE, FORMAT JSON) {compiled}"
        plans = [json.loads(await connection.fetchval(explain, *arguments)) for _ in range(9)]
        took = median(plan[0]["Execution Time"] for plan in plans)
        print(f"PostgreSQL alone, {name:28} p50 {took:6.2f} ms")
    await connection.close()


def _asks(project: Project, lines: Sequence[TreasuryLine]) -> list[Ask]:
    who = {"by": "bench", "now": NOW}
    of: dict[str, Any] = {"project_code": project.code, "fiscal_year": 2021, **who}
    money = Money(10**12)
    opening = ask.OpenLedger(
        project=project, budget=money, fund_type_code="", direct_fund_flag="", by="bench", now=NOW
    )
    quota = ask.IssueQuota(**of, document_no="Q", amount=money, issued_on=FIRST)
    return [
        Ask(
            commands=(command,),
            actor="bench",
            unit="",
            now=NOW,
            correlation_id="bench",
            causation_id="bench",
        )
        for command in (opening, quota, ask.BookLines(**of, lines=tuple(lines)))
    ]


async def _file(url: str) -> None:
    pool = await open_pool(url)
    handling = Handling(service.aggregates, PostgresStore(pool))
    opened: list[Ask] = []
    files: list[Ask] = []
    for n in range(FILE_LEDGERS):
        project = Project(
            code=f"F{n}",
            fiscal_year=2021,
            region_code="653101",
            department_code="D1",
            unit_code="U1",
        )
        lines = [
            TreasuryLine(
                source_id=f"GK/{n}/{m}",
                kind=LineKind.PAYMENT,
                payment_id=f"F{n}-{m}",
                amount=Money(100),
                booked_on=FIRST + timedelta(days=m % 300),
            )
            for m in range(FILE_LINES)
        ]
        first, second, file = _asks(project, lines)
        opened += [first, second]
        files.append(file)
    await handling.handle_all(opened)
    began = time.perf_counter()
    for start in range(0, len(files), 10):
        outcomes = await handling.handle_all(files[start : start + 10])
        assert all(isinstance(outcome, Answer) for outcome in outcomes)
    took = time.perf_counter() - began
    count = FILE_LEDGERS * FILE_LINES
    print(f"{count:,} lines in {FILE_LEDGERS} ledgers: {count / took:,.0f} lines/s")
    await pool.close()


async def _measure(url: str) -> None:
    await migrations.upgrade("monitoring", url)
    await _file(url)
    await _generate_and_read(url)


async def _generate_and_read(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("TRUNCATE payment_list, ledger_days, ledger_statement")
    await connection.close()
    await _generate(url)
    await _statements(url)


def main() -> None:
    """Measure on a server of our own."""
    configure_logging("bench", "CRITICAL")
    with private_postgres() as server, fresh_database(server) as url:
        uvloop.run(asyncio.wait_for(_measure(url), 600))


if __name__ == "__main__":
    main()
