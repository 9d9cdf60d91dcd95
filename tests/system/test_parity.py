"""A read model made again is the same, byte for byte (P13), however the making went.

In pages of other lengths, with other hashes, and begun and broken off before: every table of all
four services, its past with it, holds the rows that the running service had folded.
"""

import asyncio
import os
import sys
from collections.abc import Mapping

import pytest

from deploy.local.layout import ROOT, SERVICES
from tests.system.parity import anew
from tests.system.running import MANIFESTS, Running, Year

pytestmark = pytest.mark.real

LENGTHS = [int(one) for one in os.environ.get("PARITY_PAGES", "60").split()]
"""`PARITY_PAGES="1 7 500"` takes others, too; the smaller ones take minutes."""


@pytest.mark.parametrize("page", LENGTHS)
async def test_whatever_the_pages_and_the_hashes_the_rows_are_the_same(
    year: Year, page: int
) -> None:
    await year.running.rest()
    before = await every_row_and_its_past(year.running)
    await asyncio.gather(*(in_a_process(year.running, name, page) for name in SERVICES))
    after = await every_row_and_its_past(year.running)
    assert {name for name in before if before[name] != after[name]} == set()
    assert len(before) > 2 * sum(len(one.projections) for one in MANIFESTS)


async def test_a_fold_that_counts_the_wrong_way_is_noticed(year: Year) -> None:
    await year.running.rest()
    before = await every_row_and_its_past(year.running)
    async with year.running.inside("targets") as connection:
        await connection.execute("DELETE FROM public.unit_register WHERE unit_code = "
                                 "(SELECT max(unit_code) FROM public.unit_register)")  # fmt: skip
    spoilt = await every_row_and_its_past(year.running)
    assert {name for name in before if before[name] != spoilt[name]} >= {"targets.unit_register"}
    targets = next(one for one in MANIFESTS if one.name == "targets")
    await anew(targets, year.running.database("targets", "owner"), 500, 0)
    assert await every_row_and_its_past(year.running) == before


async def in_a_process(running: Running, service: str, page: int) -> None:
    """A process of its own, so that its hashes are its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.system.parity",
        service, running.database(service, "owner"), str(page), "1",
        cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": str(page), "TZ": "Pacific/Auckland"},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()


async def every_row_and_its_past(running: Running) -> Mapping[str, str]:
    """A digest of every table of every service."""
    found: dict[str, str] = {}
    for service in MANIFESTS:
        async with running.inside(service.name) as connection:
            for projection in service.projections:
                for table in projection.tables:
                    name = table.__table__.name
                    for schema in ("public", "past"):
                        key = f"{service.name}.{name}" + (" past" if schema == "past" else "")
                        found[key] = await connection.fetchval(
                            f"SELECT count(*) || md5(string_agg(r::text, E'\\n' ORDER BY r::text))"  # noqa: S608
                            f' FROM {schema}."{name}" AS r'
                        )
    return found
