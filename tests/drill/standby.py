"""Two servers of which one follows the other, and what people do when the first one is lost."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING, Final, Protocol

import psutil

from shared.testing.servers import LOOPBACK, MEMORY, MEMORY_BYTES_MIN, SUPERUSER, Postgres

if TYPE_CHECKING:
    from shared.embedded.server import Identity

STANDBY: Final = Path(__file__).parents[2] / "deploy" / "postgres" / "standby.sh"
NAME: Final = "abacus_standby"
SETTINGS: Final = {
    "wal_level": "replica",
    "max_wal_senders": "6",
    "max_replication_slots": "4",
    "hot_standby": "on",
    "shared_buffers": "32MB",
    # A killed server leaves nothing in the memory of the machine, for its folder goes, too.
    "dynamic_shared_memory_type": "mmap",
}
SECONDS_MAX: Final = 120
# Below those that are given to whoever asks for any: a server that comes back finds its port free.
PORTS: Final = (12_000, 32_000)
_STATE: Final = "SELECT sync_state FROM pg_stat_replication"


class Databases(Protocol):
    """One server or several, of which one takes writes."""

    primary: Postgres

    def url(self, database: str = SUPERUSER) -> str:
        """The address of a database, naming them all."""


class Pair:
    """A primary and its standby; after a failover the names stay with what they mean."""

    def __init__(self, folder: Path) -> None:
        """Nothing runs yet."""
        self.primary = Postgres(folder / "one", port=quiet_port(), settings=SETTINGS)
        self.standby = Postgres(folder / "other", port=quiet_port(), settings=SETTINGS)

    def url(self, database: str = SUPERUSER, user: str = SUPERUSER, password: str = "") -> str:
        """The address of both: whoever connects looks for the one that takes writes."""
        places = (f"{LOOPBACK}:{one.port}" for one in (self.primary, self.standby))
        told = password or self.primary.password
        return f"postgresql://{user}:{told}@{','.join(sorted(places))}/{database}"

    def follow(self) -> None:
        """A new standby, from a copy of the primary; whatever lay in its place is gone."""
        server, owner = self.standby, self.primary.data.stat()
        shutil.rmtree(server.folder, ignore_errors=True)
        server.folder.mkdir()
        os.chown(server.folder, owner.st_uid, owner.st_gid)
        secret = server.folder / "superuser.secret"
        secret.touch(0o600)
        secret.write_text(self.primary.password)
        os.chown(secret, owner.st_uid, owner.st_gid)
        self._run(server, "follow")
        server.start()
        self.wait_until(_STATE, "sync")

    def expect(self, names: str) -> None:
        """Commits wait for those from now on; for nobody where it is empty."""
        self.primary.run_sql(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
        self.primary.run_sql("SELECT pg_reload_conf()")
        self.wait_until("SHOW synchronous_standby_names", names)

    def wait_until(self, question: str, answer: str) -> None:
        """Ask the primary until it says so."""
        until = time.monotonic() + SECONDS_MAX
        while self.primary.run_sql(question).strip() != answer:
            assert time.monotonic() < until, question
            time.sleep(0.05)

    def caught_up(self) -> None:
        """The standby has applied whatever the primary has done by now, written yet or not."""
        written = self.primary.run_sql("CHECKPOINT; SELECT pg_current_wal_lsn()").strip()
        until = time.monotonic() + SECONDS_MAX
        question = f"SELECT pg_last_wal_replay_lsn() >= '{written}'"
        while self.standby.run_sql(question).strip() != "t":
            assert time.monotonic() < until, written
            time.sleep(0.05)

    def lose_primary(self) -> None:
        """The power goes: every process of it at once, and its disk is not seen again."""
        end_all(self.primary)

    def cut_standby(self) -> None:
        """The standby is there no more, as when its cable is pulled: nothing reaches it."""
        for process in _processes(self.standby):
            process.suspend()

    def lose_what_is_under_way(self) -> None:
        """Whatever had been sent to the standby and was not on its disk is gone; it starts anew."""
        end_all(self.standby)
        self.standby.start()

    def take_over(self) -> float:
        """The standby is promoted; answers the seconds until it takes writes."""
        began = time.monotonic()
        self._run(self.standby, "promote")
        self.primary, self.standby = self.standby, self.primary
        self.wait_until("SELECT pg_is_in_recovery()", "f")
        return time.monotonic() - began

    def stop(self) -> None:
        """Both end; nobody needs what is on their disks."""
        for server in (self.standby, self.primary):
            end_all(server)

    def _run(self, server: Postgres, verb: str) -> None:
        """One verb of `standby.sh` for this server; it must go well."""
        owner = server.folder.stat()
        who: Identity = {}
        if os.geteuid() == 0:
            who = {"user": owner.st_uid, "group": owner.st_gid}
        done = subprocess.run(
            ["/bin/sh", str(STANDBY), verb, str(server.data)],
            **who,
            env={
                "PATH": f"{server.programs}:/usr/bin:/bin",
                "PGHOST": LOOPBACK,
                "PGPORT": str(self.primary.port),
                "PGUSER": SUPERUSER,
                "PGPASSWORD": server.password,
            },
            cwd=server.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS_MAX,
        )
        assert done.returncode == 0, done.stderr


@contextmanager
def paired() -> Iterator[Pair]:
    """A primary that is followed: a commit is answered when its standby has it, too."""
    # Not pytest's own temporary folder: it is closed to the user PostgreSQL runs as.
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_BYTES_MIN
    folder = Path(tempfile.mkdtemp(prefix="abacus-", dir=MEMORY if roomy else None))
    pair = Pair(folder)
    try:
        pair.primary.start()
        pair.expect(NAME)
        pair.follow()
        yield pair
    finally:
        pair.stop()
        shutil.rmtree(folder, ignore_errors=True)


def quiet_port() -> int:
    """A port that nobody else of a test run is given by chance."""
    for port in SystemRandom().sample(range(*PORTS), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind((LOOPBACK, port))
            return port
    raise AssertionError("no port is free")


def _processes(server: Postgres) -> list[psutil.Process]:
    """The server and every process of it."""
    assert server.pid is not None
    postmaster = psutil.Process(server.pid)
    return [*postmaster.children(recursive=True), postmaster]


def end_all(server: Postgres) -> None:
    """Every process of it at once: first nobody does anything more, then nobody is there."""
    processes = _processes(server) if server.pid is not None else []
    for act in (psutil.Process.suspend, psutil.Process.kill):
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                act(process)
    server.kill()
    psutil.wait_procs(processes, timeout=SECONDS_MAX)
