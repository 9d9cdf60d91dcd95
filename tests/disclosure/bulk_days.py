"""Three days of a year, one after the other, and what a reader takes home of them."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from services.disclosure.api.bulk.difference import applied
from services.disclosure.api.bulk.every_dataset import DATASETS, dataset_of
from services.disclosure.domain.idea import DropIdea
from services.disclosure.domain.item_words import CorrectDisclosure
from shared import migrations
from shared.testing.servers import Postgres, as_template, fresh_database
from tests.disclosure import years
from tests.disclosure.first_year import (
    CITY,
    KASHGAR,
    PUBLISHER,
    A,
    first_year,
    first_year_here,
)
from tests.disclosure.settled import settle
from tests.disclosure.world import World, world
from tests.disclosure.years import Project

NOON: Final = datetime(2022, 7, 1, 4, tzinfo=UTC)
FIRST, SECOND, THIRD = (date(2022, 7, day) for day in (1, 2, 3))
Z: Final = Project(code="Z", region=CITY, unit="653101002", yuan=700_000)
SEALING: Final = "5e" * 32
"""One key for all copies: contacts of commenters are wrapped by it."""
EVERY: Final = [one.name for one in DATASETS]


def three_days_in(database: str) -> None:
    """A database in which the three days have passed: a template for stories."""

    async def passed() -> None:
        with TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "sealing.key").write_text(SEALING)
            async with world(database, folder) as here:
                await three_days(here)

    asyncio.run(migrations.upgrade("disclosure", database))
    asyncio.run(passed())


@asynccontextmanager
async def after_three_days(postgres: Postgres, folder: Path) -> AsyncIterator[World]:
    """The morning after, in a database of its own."""
    template = await asyncio.to_thread(as_template, postgres, "three_days", three_days_in)
    (folder / "sealing.key").write_text(SEALING)
    with fresh_database(postgres, template) as url:
        async with world(url, folder, now=NOON + timedelta(days=3)) as here:
            yield here


async def three_days(here: World) -> None:
    """All of a year on the first day, changes on the second, nothing on the third, and a night."""
    here.clock.moment = NOON
    await here.hear(*first_year())
    await here.given(*first_year_here(), now=NOON)
    await settle(here)
    here.clock.moment = NOON + timedelta(days=1)
    await here.hear(years.warned(A, 2021, "RED"), years.registered(Z, 2022))
    await here.given(
        CorrectDisclosure(
            item_id="TARGET-A-2021",
            fields={"annual_goal": "修渠12公里"},
            reason="录入错误",
            by=PUBLISHER,
            now=here.clock.moment,
        ),
        DropIdea(
            idea_id=f"{KASHGAR}-I1",
            dropped_on=SECOND,
            by=PUBLISHER,
            now=here.clock.moment,
        ),
        now=here.clock.moment,
    )
    await settle(here)
    here.clock.moment = NOON + timedelta(days=3)


async def manifest(here: World, day: date) -> dict[str, dict[str, Any]]:
    """The datasets of a day by name."""
    answer = await here.client.get(f"/v1/exports/{day}", headers={"Prefer": "wait=30"})
    assert answer.status_code == 200, answer.text
    return {one["name"]: one for one in answer.json()["datasets"]}


async def lines(here: World, day: date, dataset: str, kind: str) -> list[bytes]:
    """The lines of an NDJSON, unpacked."""
    path = f"/v1/exports/{day}/{dataset}/{kind}.ndjson.gz"
    answer = await here.client.get(path, headers={"Prefer": "wait=30"})
    assert answer.status_code == 200, answer.text
    return gzip.decompress(answer.content).splitlines()


async def rebuilt(here: World, day: date, dataset: str) -> list[bytes]:
    """The rows of the day before with the changes of the day applied, in the order of the keys."""
    key_of = dataset_of(dataset).key_of
    base = await lines(here, day - timedelta(days=1), dataset, "full")
    delta = await lines(here, day, dataset, "delta")
    rows = applied({key_of(row): row for row in base}, delta, key_of)
    return [rows[key] for key in sorted(rows)]


async def listed(here: World, dataset: str, day: date) -> list[Any]:
    """Every row that the list of the API shows on that day, over all years and regions."""
    path, _, query = dataset_of(dataset).listed.partition("?")
    if dataset == "feed":
        said = await _pages(here, f"{path}?limit=1000")
        return [row for row in said if row["said_at"][:10] <= str(day)]
    found: dict[str, Any] = {}
    # What has a state on every day is asked for on that day; the others list what is of a year.
    years_asked = [day.year] if dataset in {"policies", "ideas"} else range(2020, 2025)
    for year in years_asked:
        for region in (KASHGAR, CITY):
            asked = f"{path}?{query}&region={region}&fiscal_year={year}&as_of={day}&limit=2"
            for row in await _pages(here, asked):
                found[json.dumps(row, sort_keys=True)] = row
    return list(found.values())


async def _pages(here: World, path: str) -> list[Any]:
    rows: list[Any] = []
    cursor = ""
    while True:
        page = await here.get(f"{path}{cursor}")
        rows += page["items"]
        if page["next"] is None:
            return rows
        cursor = f"&cursor={page['next']}"
