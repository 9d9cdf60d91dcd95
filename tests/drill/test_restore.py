"""The disk of the database is lost under load: what was acknowledged comes back from the backup."""

import asyncio
import os
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import asyncpg
import pytest

from shared.relay import FeedAhead
from shared.testing.servers import LOOPBACK, SUPERUSER, Postgres, private_postgres
from tests.alive import eventually
from tests.chaos.town import COMMANDS, Plan, Town, town
from tests.shared.banks import install

if TYPE_CHECKING:
    from shared.embedded.server import Identity

BACKUP: Final = Path(__file__).parents[2] / "deploy" / "postgres" / "backup.sh"
SETTINGS: Final = {"wal_level": "replica", "max_wal_senders": "6", "max_replication_slots": "2"}
FOLLOWED: Final = "ALTER SYSTEM SET synchronous_standby_names = 'abacus_backup'"
FOLLOWING: Final = (
    "SELECT count(*) FROM pg_stat_replication WHERE application_name = 'abacus_backup'"
)
SECONDS_MAX: Final = 60
MORE: Final = 20


class Backups:
    """What whoever looks after the server does, as the user that the server runs as."""

    def __init__(self, server: Postgres) -> None:
        """Nothing has been copied yet."""
        self.server = server
        self.folder = server.folder / "backups"
        self.folder.mkdir()
        owner = server.data.stat()
        os.chown(self.folder, owner.st_uid, owner.st_gid)
        self._as_its_user: Identity = {}
        if os.geteuid() == 0:
            self._as_its_user = {"user": owner.st_uid, "group": owner.st_gid}
        self._programs = server.programs

    def run(self, *words: str) -> str:
        """One verb of `backup.sh`; it must go well."""
        done = subprocess.run(
            self._command(*words),
            **self._as_its_user,
            env=self._environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS_MAX,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    @contextmanager
    def following(self) -> Iterator[None]:
        """Every change is taken away as it is committed; no commit is answered before."""
        process = subprocess.Popen(
            self._command("follow", str(self.folder)),
            **self._as_its_user,
            env=self._environment(),
            cwd=self.folder,
        )
        try:
            self._wait_for_follower()
            yield
        finally:
            process.terminate()
            process.wait(SECONDS_MAX)

    def lose_the_disk(self) -> None:
        """The server dies, and its data are gone."""
        self.server.kill()
        shutil.rmtree(self.server.data)

    def restore(self) -> float:
        """A new disk from the backup; answers the seconds until it takes writes again."""
        began = time.monotonic()
        self.run("restore", str(self.folder), str(self.server.data))
        self.server.start()
        while self.server.run_sql("SELECT pg_is_in_recovery()").strip() != "f":
            assert time.monotonic() - began < SECONDS_MAX
            time.sleep(0.05)
        return time.monotonic() - began

    def _wait_for_follower(self) -> None:
        until = time.monotonic() + SECONDS_MAX
        while self.server.run_sql(FOLLOWING).strip() != "1":
            assert time.monotonic() < until, "nobody follows"
            time.sleep(0.05)

    def _command(self, *words: str) -> list[str]:
        return ["/bin/sh", str(BACKUP), *words]

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": f"{self._programs}:/usr/bin:/bin",
            "PGHOST": LOOPBACK,
            "PGPORT": str(self.server.port),
            "PGUSER": SUPERUSER,
            "PGPASSWORD": self.server.password,
        }


@pytest.fixture
def backups() -> Iterator[Backups]:
    """A server of our own, because its disk is lost."""
    with private_postgres(SETTINGS) as server:
        yield Backups(server)


async def prepared(server: Postgres, name: str) -> str:
    """A database with the kernel's tables."""
    server.run_sql(f"CREATE DATABASE {name}")
    await install(server.url(name))
    return server.url(name)


@pytest.fixture
async def place(backups: Backups, tmp_path: Path) -> AsyncIterator[Town]:
    """A town on that server, whose every commit is followed from now on."""
    jars, banks = [await prepared(backups.server, name) for name in ("jars", "banks")]
    async with town(Plan(), jars, banks, tmp_path) as place:
        yield place


async def lived(place: Town, numbers: range) -> None:
    """Commands by several clients."""
    left = list(numbers)

    async def client() -> None:
        while left:
            await place.put(left.pop(0))

    await asyncio.gather(*(client() for _ in range(4)))


async def again(place: Town) -> None:
    """New processes over the restored databases."""
    for side in (place.jars, place.banks):
        await side.pool.expire_connections()
        side.restart()

    async def answers() -> bool:
        try:
            await place.jars.store.head()
            await place.banks.store.head()
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False
        return True

    await eventually(answers, SECONDS_MAX)


async def test_nothing_acknowledged_is_lost_with_the_disk(backups: Backups, place: Town) -> None:
    with backups.following():
        backups.server.run_sql(FOLLOWED)
        backups.server.run_sql("SELECT pg_reload_conf()")
        copying = asyncio.create_task(asyncio.to_thread(backups.run, "copy", str(backups.folder)))
        await place.live()
        await copying
        await lived(place, range(COMMANDS, COMMANDS + MORE))
        await place.rest()
        said = len(place.bus.feeds["jars"].words)
        await lived(place, range(COMMANDS + MORE, COMMANDS + 2 * MORE))
        backups.lose_the_disk()
    await asyncio.to_thread(backups.restore)
    with backups.following():
        await again(place)
        await lived(place, range(COMMANDS + 2 * MORE, COMMANDS + 3 * MORE))
        await place.rest()
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples
    assert verdict.seen["ok"] == COMMANDS + 3 * MORE
    assert len(place.bus.feeds["jars"].words) > said


async def test_a_store_behind_its_feed_says_nothing_and_the_changes_heal_it(
    backups: Backups, place: Town
) -> None:
    with backups.following():
        await asyncio.to_thread(backups.run, "copy", str(backups.folder))
        backups.server.run_sql(FOLLOWED)
        backups.server.run_sql("SELECT pg_reload_conf()")
        await place.live()
        backups.lose_the_disk()
    said = list(place.bus.feeds["jars"].words)
    # Somebody restores the copy alone: all that was said since is unknown to the store.
    changes = backups.folder / "changes"
    aside = changes.rename(backups.folder / "aside")
    await asyncio.to_thread(backups.restore)
    aside.rename(changes)
    backups.server.run_sql("ALTER SYSTEM RESET synchronous_standby_names; SELECT pg_reload_conf()")
    await again(place)
    with pytest.raises(FeedAhead, match="the store at 0"):
        await place.relay().publish_next()
    assert list(place.bus.feeds["jars"].words) == said
    backups.lose_the_disk()
    await asyncio.to_thread(backups.restore)
    with backups.following():
        await again(place)
        await place.put(COMMANDS)
        await place.rest()
        verdict = await place.judged()
    assert not verdict.violations, verdict.examples


def test_old_copies_go_with_the_changes_that_only_they_need(backups: Backups) -> None:
    with backups.following():
        for _ in range(3):
            backups.run("copy", str(backups.folder))
            backups.server.run_sql("SELECT pg_switch_wal()")
            time.sleep(1.1)  # a copy is named by its second
        changes = backups.folder / "changes"
        before = sorted(one.name for one in changes.iterdir())
        backups.run("prune", str(backups.folder), "2")
        left = sorted(one.name for one in changes.iterdir())
    copies = sorted(backups.folder.glob("copy-*"))
    assert len(copies) == 2
    assert set(left) < set(before)
    first = (copies[0] / "backup_label").read_text().splitlines()[0]
    assert left[0] in first, "the oldest copy that is left can still be brought up to date"
    backups.lose_the_disk()
    backups.restore()
