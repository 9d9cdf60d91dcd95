"""The main job: a year through the public APIs comes to the figures it must, and keeps them.

The figures are compared as bytes. Nothing in their document may move while nobody writes: not
`event_position`, because a read model that is made again says nothing new, and not `as_of`,
because the question names it.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import httpx
import pytest

from deploy.demo.check import compare
from deploy.local.launcher import down, up
from deploy.local.layout import ROOT, environment
from services.disclosure.main import service as disclosure
from shared.manifest import Service
from tests.system.running import FISCAL_YEAR, MANIFESTS, REGION, Running, Year

FIGURES = 43
SEEN_MIN = 3
PAUSE_SECONDS = 0.1

pytestmark = pytest.mark.real


def test_the_figures_are_those_the_scenario_expects(year: Year) -> None:
    compared = list(compare(year.told, year.scenario.expected))
    assert len(compared) == FIGURES
    assert not [one for one in compared if not one.right]


async def test_the_report_stands_for_the_figures_as_they_were_told(year: Year) -> None:
    async with httpx.AsyncClient(base_url=year.running.urls["disclosure"]) as public:
        answer = await public.get(f"/v1/annual-reports/{REGION}-{FISCAL_YEAR}")
    first = answer.json()["editions"][0]
    stated = {
        figure["id"]: figure["value"] for figure in first["figures"] if figure["id"][0] == "F"
    }
    assert stated == {figure["id"]: figure["value"] for figure in year.told["figures"]}


async def test_the_year_is_closed_and_what_was_red_is_carried_over_by_name(year: Year) -> None:
    async with httpx.AsyncClient(base_url=year.running.urls["disclosure"]) as public:
        closed = (await public.get(f"/v1/fiscal-years/{REGION}/{FISCAL_YEAR}")).json()
        asked = f"region={REGION}&fiscal_year={FISCAL_YEAR}&kind=WARNING_OPEN&level=RED"
        red = (await public.get(f"/v1/loop/open-items?{asked}&limit=1000")).json()
    assert closed["closed"] is True
    assert {one["item_id"] for one in closed["carried"]} == {one["id"] for one in red["items"]}
    assert all(one["reason"] for one in closed["carried"])
    assert closed["corrected_figures"] == []


async def test_read_models_made_again_while_everybody_reads_are_equal(year: Year) -> None:
    await year.running.rest()
    before, rows = await figures(year), await every_row(year.running)
    async with reading_meanwhile(year) as seen:
        done = await asyncio.gather(*(rebuild(year.running, one) for one in MANIFESTS))
    for service, said in zip(MANIFESTS, done, strict=True):
        named = {line.partition(":")[0] for line in said.splitlines()}
        assert named >= {projection.name for projection in service.projections}
    assert len(seen) >= SEEN_MIN
    assert set(seen) == {before}
    assert await figures(year) == before
    assert await every_row(year.running) == rows


async def test_a_spoilt_read_model_is_made_again(year: Year) -> None:
    await year.running.rest()
    before, rows = await figures(year), await every_row(year.running)
    async with year.running.inside("disclosure") as connection:
        await connection.execute("DELETE FROM public.project_register")
    assert await figures(year) != before
    await rebuild(year.running, disclosure, "project_register")
    assert await figures(year) == before
    assert await every_row(year.running) == rows


async def test_a_restart_changes_no_figure(year: Year) -> None:
    await year.running.rest()
    before, rows = await figures(year), await every_row(year.running)
    began = year.running.installation.state.supervisor
    assert down(year.running.layout)
    assert up(year.running.layout).supervisor != began
    await year.running.rest()
    assert await figures(year) == before
    assert await every_row(year.running) == rows


async def figures(year: Year) -> bytes:
    """The whole document, as of the day on which it was told first."""
    async with httpx.AsyncClient(base_url=year.running.urls["disclosure"]) as public:
        answer = await public.get(
            f"/v1/annual-reports/{REGION}/{FISCAL_YEAR}/figures",
            params={"scope": "tree", "as_of": str(year.told["as_of"])},
        )
    assert answer.status_code == httpx.codes.OK, answer.text
    return answer.content


@asynccontextmanager
async def reading_meanwhile(year: Year) -> AsyncIterator[list[bytes]]:
    """Somebody who asks for the figures again and again."""
    seen: list[bytes] = []

    async def read() -> None:
        while True:
            seen.append(await figures(year))
            await asyncio.sleep(PAUSE_SECONDS)

    reader = asyncio.create_task(read(), name="reader")
    try:
        yield seen
        assert not reader.done(), reader
    finally:
        reader.cancel()
        await asyncio.gather(reader, return_exceptions=True)


async def rebuild(running: Running, service: Service, name: str = "all") -> str:
    """What `python -m services.<service> rebuild <name>` says, run as the owner of the tables."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", f"services.{service.name}", "rebuild", name,
        cwd=ROOT, env={**os.environ, **environment(
            running.layout, running.servers, service.name, "owner"
        )},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, complained = await process.communicate()
    assert process.returncode == 0, complained.decode()
    return said.decode()


async def every_row(running: Running) -> Mapping[str, str]:
    """A digest of every read model of every service."""
    found: dict[str, str] = {}
    for service in MANIFESTS:
        async with running.inside(service.name) as connection:
            for projection in service.projections:
                for table in projection.tables:
                    name = table.__table__.name
                    found[f"{service.name}.{name}"] = await connection.fetchval(
                        f"SELECT count(*) || md5(string_agg(r::text, E'\\n' ORDER BY r::text))"  # noqa: S608
                        f' FROM public."{name}" AS r'
                    )
    return found
