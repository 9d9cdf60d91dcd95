"""A year of payments loaded as one list: `LINES=1000000 python -m tests.monitoring.million_lines`.

The service is a process of its own over a PostgreSQL of its own; the list is sent over HTTP as
CSV, its lines in no order of projects. Printed are lines a second, the largest memory of the
process, and how long the statement of a ledger takes afterwards. Sent again, it adds nothing.
"""

import asyncio
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import httpx
import psutil
import uvloop

from services.monitoring.domain.ledger.commands import IssueQuota, OpenLedger
from services.monitoring.domain.values import Project
from services.monitoring.main import service
from services.monitoring.settings import MonitoringSettings
from shared import migrations
from shared.asking import Ask
from shared.domain.money import Money
from shared.embedded import LOOPBACK, free_port
from shared.eventstore.postgres import PostgresStore, open_pool
from shared.handling import Handling
from shared.http.issuer import Bearer, Issuer
from shared.http.policy import Role
from shared.testing.servers import fresh_database, private_postgres
from tests.bench.ground import Processors

LINES: Final = int(os.environ.get("LINES", "1000000"))
LEDGERS: Final = int(os.environ.get("LEDGERS", "7524"))
REGION: Final = "653101"
YEAR: Final = 2021
BUDGET: Final = Money(10_000_000_00)
NOW: Final = datetime(2021, 1, 5, tzinfo=UTC)
SEEDED_AT_ONCE: Final = 500
READS: Final = 300
LOOK_SECONDS: Final = 0.2
SECONDS_MAX: Final = 3_600.0
BLOCK: Final = 2_000
HEAD: Final = "voucher_no,pay_cert_no,pro_code,fiscal_year,xpay_amt,xpay_date,agent_business_no\n"


def say(text: str) -> None:
    """Tell whoever waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def code(number: int) -> str:
    """The project of a number, as the national tables write it."""
    return f"65310121T{number:012d}"


def written(path: Path) -> int:
    """The list; the bytes of it."""
    chance = random.Random(7)  # noqa: S311 - a file of figures, not a secret
    first = date(YEAR, 1, 1)
    with path.open("w") as file:
        file.write(HEAD)
        for number in range(LINES):
            project = code(chance.randrange(LEDGERS))
            day = first + timedelta(days=chance.randrange(365))
            amount = f"{chance.randrange(1, 5_000)}.{chance.randrange(100):02d}"
            file.write(f"5201,ZF{number:012d},{project},{YEAR},{amount},{day},GH{number:012d}\n")
    return path.stat().st_size


async def seeded(url: str) -> None:
    """Every ledger, with its quota."""
    pool = await open_pool(url)
    store = PostgresStore(pool)
    handling = Handling(service.aggregates, store)
    for start in range(0, LEDGERS, SEEDED_AT_ONCE):
        numbers = range(start, min(start + SEEDED_AT_ONCE, LEDGERS))
        await handling.handle_all([_opening(number) for number in numbers])
    await pool.execute("ANALYZE")
    await store.settle()
    await pool.close()


def _opening(number: int) -> Ask:
    project = Project(
        code=code(number),
        fiscal_year=YEAR,
        region_code=REGION,
        department_code="D1",
        unit_code=f"U{number % 200}",
    )
    opening = OpenLedger(
        project=project,
        budget=BUDGET,
        fund_type_code="111",
        direct_fund_flag="",
        by="bench",
        now=NOW,
    )
    quota = IssueQuota(
        project_code=project.code,
        fiscal_year=YEAR,
        document_no="Q1",
        amount=BUDGET,
        issued_on=NOW.date(),
        by="bench",
        now=NOW,
    )
    return Ask(
        commands=(opening, quota),
        actor="bench",
        unit="",
        now=NOW,
        correlation_id="bench",
        causation_id="bench",
    )


@contextmanager
def served(url: str, folder: Path) -> Iterator[tuple[int, int]]:
    """The api as a process; its port and its id."""
    port = free_port()
    environment = {
        **os.environ,
        "MONITORING_DATABASE_URL": url,
        "MONITORING_PORT": str(port),
        "ABACUS_DATA_DIR": str(folder),
        "ABACUS_LOG_LEVEL": "ERROR",
        "MALLOC_ARENA_MAX": "2",
    }
    command = [sys.executable, "-m", "services.monitoring", "serve"]
    with subprocess.Popen(command, env=environment) as process:
        try:
            yield port, process.pid
        finally:
            process.terminate()
            process.wait()


async def until_open(client: httpx.AsyncClient) -> None:
    """The process has started."""
    while True:
        try:
            await client.get("/livez")
        except httpx.TransportError:
            await asyncio.sleep(0.1)
        else:
            return


async def sent(client: httpx.AsyncClient, path: Path) -> tuple[float, dict[str, int]]:
    """The seconds from the first byte to the answer that everything is booked."""
    began = time.perf_counter()
    answer = await client.post(
        "/v1/treasury-files",
        params={"system": "GK", "message_id": f"Y{YEAR}", "accept": "true"},
        headers={"content-type": "text/csv"},
        content=_blocks(path),
    )
    seconds = time.perf_counter() - began
    if answer.status_code != httpx.codes.CREATED:
        raise RuntimeError(answer.text[:1_000])
    counts: dict[str, int] = answer.json()["counts"]
    return seconds, counts


async def _blocks(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(1 << 18):
            yield block


async def watched(pid: int, seen: list[float]) -> None:
    """The memory of a process, now and then, in MB."""
    process = psutil.Process(pid)
    while True:
        seen.append(process.memory_info().rss / 1e6)
        await asyncio.sleep(LOOK_SECONDS)


def worked(pid: int, url: str) -> tuple[float, float]:
    """The seconds of a processor that the api and its database connections have used so far."""
    name = url.rpartition("/")[2].partition("?")[0]
    database = 0.0
    for one in psutil.process_iter(["cmdline"]):
        if any(name in word for word in one.info["cmdline"] or ()):
            database += sum(one.cpu_times()[:2])
    return sum(psutil.Process(pid).cpu_times()[:2]), database


async def asked(client: httpx.AsyncClient, path: str) -> list[float]:
    """The milliseconds of many reads, each of another ledger."""
    chance = random.Random(11)  # noqa: S311 - which ledger is read is no secret
    found: list[float] = []
    for _ in range(READS):
        place = path.format(code=code(chance.randrange(LEDGERS)), year=YEAR)
        began = time.perf_counter()
        answer = await client.get(place)
        found.append((time.perf_counter() - began) * 1_000)
        answer.raise_for_status()
    return sorted(found)


def told(name: str, milliseconds: Sequence[float]) -> str:
    """Median and the hundredth part that is slowest."""
    p99 = milliseconds[int(len(milliseconds) * 0.99)]
    return f"{name}: p50 {statistics.median(milliseconds):.1f} ms, p99 {p99:.1f} ms"


async def measure(url: str, folder: Path, path: Path) -> None:
    """Load, read, load again."""
    await seeded(url)
    bearer = Bearer(subject="gk", roles=[Role.FB_TREASURY], region_code=REGION)
    settings = MonitoringSettings.model_validate({"data_dir": folder, "token_seconds_max": 86_400})
    token = Issuer.of(settings).mint(bearer)
    with served(url, folder) as (port, pid):
        headers = {"authorization": f"Bearer {token}"}
        address = f"http://{LOOPBACK}:{port}"
        async with httpx.AsyncClient(
            base_url=address, headers=headers, timeout=SECONDS_MAX
        ) as client:
            await until_open(client)
            memory: list[float] = []
            watching = asyncio.create_task(watched(pid, memory))
            before, others = worked(pid, url), Processors.look()
            seconds, counts = await sent(client, path)
            api, database = (b - a for a, b in zip(before, worked(pid, url), strict=True))
            say(f"{counts} in {seconds:.1f} s: {LINES / seconds:,.0f} lines/s")
            say(
                f"processor: api {api:.1f} s, database {database:.1f} s, together "
                f"{LINES / (api + database):,.0f} lines per second of one; "
                f"{others.others():.0%} of the machine was used by others"
            )
            at = [memory[int((len(memory) - 1) * share)] for share in (0.1, 0.5, 1.0)]
            say(
                f"memory: {memory[0]:.0f} MB before, {at[0]:.0f} MB after a tenth of the time, "
                f"{at[1]:.0f} MB after half, {at[2]:.0f} MB at the end, {max(memory):.0f} MB most"
            )
            watching.cancel()
            say(told("ledger", await asked(client, "/v1/ledgers/{code}/{year}")))
            say(told("statement", await asked(client, "/v1/ledgers/{code}/{year}/statement")))
            again, counts = await sent(client, path)
            say(f"again: {counts} in {again:.1f} s")


def main() -> None:
    """Print what was measured; others on the machine disturb it."""
    with private_postgres() as postgres, TemporaryDirectory(prefix="abacus-lines-") as place:
        folder = Path(place)
        path = folder / "list.csv"
        size = written(path)
        say(f"{LINES:,} lines, {size / 1e6:.0f} MB, {LEDGERS:,} ledgers")
        with fresh_database(postgres) as url:
            asyncio.run(migrations.upgrade("monitoring", url))
            uvloop.run(measure(url, folder, path))


if __name__ == "__main__":
    main()
