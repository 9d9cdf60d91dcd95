"""A region by file, as an installation runs it: watched, accepted in part, and killed half-way."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Final

import asyncpg
import pytest

from shared.testing.servers import Postgres, fresh_database, migrated
from tests.targets import region_files as files
from tests.targets.own_process import Region, Serving
from tests.targets.whole_region import (
    WRITER,
    accepting,
    begun,
    found,
    measure,
    taken,
    watched,
)

PROJECTS: Final = 500
SPOILT: Final = frozenset({3, 250, 499})
SECONDS_MAX: Final = 60
POLL_SECONDS: Final = 0.02
TABLES: Final = ("target_register", "target_versions", "target_opinions")

type Kill = Callable[["Scene", Region, str], Awaitable[None]]


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait until it holds."""
    for _ in range(int(SECONDS_MAX / POLL_SECONDS)):
        if await holds():
            return
        await asyncio.sleep(POLL_SECONDS)
    raise AssertionError(holds)


class Scene:
    """A process of the service, its database, and somebody who looks into it."""

    def __init__(self, serving: Serving, database: asyncpg.Connection) -> None:
        self.serving = serving
        self.database = database

    async def drafted(self) -> set[int]:
        """How many targets there are: as facts, and in each of their read models."""
        counts = [await self.database.fetchval(f"SELECT count(*) FROM {name}") for name in TABLES]  # noqa: S608
        facts = "SELECT count(*) FROM es.event WHERE name = 'TargetDrafted'"
        return {*counts, await self.database.fetchval(facts)}

    async def waits_for_a_lock(self) -> bool:
        """Whether the service is in the middle of a transaction that somebody holds up."""
        waiting = """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'
        """
        return bool(await self.database.fetchval(waiting))

    async def left_alone(self) -> None:
        """Until the database has noticed that the process is gone."""
        others = """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
              AND backend_type = 'client backend'
        """

        async def alone() -> bool:
            return not await self.database.fetchval(others)

        await eventually(alone)


@pytest.fixture
async def scene(postgres: Postgres, tmp_path: Path) -> AsyncIterator[Scene]:
    """A fresh database with a process of the service over it."""
    template = await asyncio.to_thread(migrated, postgres, "targets")
    with fresh_database(postgres, template) as url, Serving(tmp_path, url) as serving:
        database = await asyncpg.connect(url)
        yield Scene(serving, database)
        await database.close()


def test_the_files_are_the_same_every_time() -> None:
    assert files.targets(3) == files.targets(3)
    assert files.projects(3) == files.projects(3)
    assert files.PROJECTS % files.PROJECTS_PER_UNIT == 0


async def test_five_hundred_projects_come_in_and_go_out(scene: Scene) -> None:
    figures = await asyncio.to_thread(measure, scene.serving, PROJECTS)
    assert figures["draft_target rows"] == PROJECTS
    assert figures["draft_target dry run seconds"] < SECONDS_MAX
    assert figures["draft_target acceptance seconds"] < SECONDS_MAX
    assert await scene.drafted() == {PROJECTS}
    errors = await scene.database.fetchval("SELECT max(errors) FROM target_register")
    assert errors == 0


async def test_the_good_rows_are_taken_and_the_bad_ones_named(scene: Scene) -> None:
    region = Region(scene.serving, files.REGION)
    prepared(region)
    place = begun(region, "draft_target", files.targets(PROJECTS, SPOILT))
    report, _ = watched(region, place)
    assert (report["state"], report["refused_rows"]) == ("REPORTED", len(SPOILT))
    rows = {2 + number * len(files.PROMISES) for number in SPOILT}
    assert {row["row"] for row in report["refused"]} == rows
    assert {row["problem"].rpartition("/")[2] for row in report["refused"]} == {"not-found"}
    refused = region.send(WRITER, f"{place.removeprefix('/v1')}/accept")
    assert (refused.status_code, refused.json()["details"]["id"]) == (409, report["id"])
    assert refused.json()["remedy"]
    assert await scene.drafted() == {0}
    accepting(region, place, only_good_rows=True)
    accepted, _ = watched(region, place)
    assert (accepted["state"], accepted["good"]) == ("ACCEPTED", PROJECTS - len(SPOILT))
    assert await scene.drafted() == {PROJECTS - len(SPOILT)}


def prepared(region: Region) -> None:
    """The projects are known."""
    found(region, PROJECTS)
    assert taken(region, WRITER, "register_project", files.projects(PROJECTS))["good"] == PROJECTS


async def at_once(scene: Scene, region: Region, place: str) -> None:
    """While it reads and decides."""
    accepting(region, place)
    assert region.report(WRITER, place)["state"] == "ACCEPTING"
    scene.serving.kill()


async def while_it_writes(scene: Scene, region: Region, place: str) -> None:
    """In the middle of its transaction: facts are written, a read model is not."""
    async with scene.database.transaction():
        await scene.database.execute("LOCK TABLE target_opinions IN SHARE ROW EXCLUSIVE MODE")
        accepting(region, place)
        await eventually(scene.waits_for_a_lock)
        scene.serving.kill()


@pytest.mark.parametrize("kill", [at_once, while_it_writes], ids=lambda kill: kill.__name__)
async def test_a_process_that_dies_leaves_nothing_half_done(scene: Scene, kill: Kill) -> None:
    region = Region(scene.serving, files.REGION)
    prepared(region)
    place = begun(region, "draft_target", files.targets(PROJECTS))
    report, _ = watched(region, place)
    assert (report["state"], report["good"]) == ("REPORTED", PROJECTS)
    await kill(scene, region, place)
    await scene.left_alone()
    assert await scene.drafted() in ({0}, {PROJECTS})
    await asyncio.to_thread(scene.serving.start)
    assert region.report(WRITER, place)["state"] == "ACCEPTING"
    accepting(region, place)
    accepted, _ = watched(region, place)
    assert (accepted["state"], accepted["good"]) == ("ACCEPTED", PROJECTS)
    assert len(set(accepted["ids"])) == PROJECTS
    assert await scene.drafted() == {PROJECTS}
