"""A disk so small that a test can fill it, and a server that lives on it."""

import asyncio
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from shared.embedded.postgres import SERVER_USERS
from shared.testing.servers import SUPERUSER, Postgres
from tests.drill.standby import quiet_port

MEGABYTES: Final = 256
CHUNK: Final = bytes(1 << 20)
SETTINGS: Final = {
    "shared_buffers": "32MB",
    "max_wal_size": "64MB",
    "min_wal_size": "32MB",
    "max_connections": "60",
}
TRY_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Filled:
    """A disk that somebody else fills."""

    place: Path

    def fill(self) -> None:
        """Something else takes all the room there is, down to the last byte; again if need be."""
        with self._filler.open("ab", buffering=0) as filler:
            size = len(CHUNK)
            while size:
                try:
                    filler.write(CHUNK[:size])
                except OSError:
                    size //= 2

    def free(self) -> None:
        """Somebody makes room."""
        self._filler.unlink()

    @property
    def _filler(self) -> Path:
        return self.place / "filler"


@dataclass(slots=True)
class SmallDisk:
    """A server whose data folder is a disk of its own, and who starts the server again."""

    primary: Postgres
    refusals: int = 0
    """How often it would not start."""
    _disk: Filled = field(init=False)

    def __post_init__(self) -> None:
        """The disk has room."""
        self._disk = Filled(self.primary.data)

    def url(self, database: str = SUPERUSER) -> str:
        """The address of a database."""
        return self.primary.url(database)

    def fill(self) -> None:
        """There is no room left."""
        self._disk.fill()

    def free(self) -> None:
        """Somebody makes room."""
        self._disk.free()

    async def supervise(self) -> None:
        """Start the server again whenever it has ended, as every installation does."""
        while True:
            await asyncio.sleep(TRY_SECONDS)
            if self.primary.pid is not None:
                continue
            try:
                await asyncio.to_thread(self.primary.start)
            except Exception:  # noqa: BLE001 - whatever it is, it is tried again
                self.refusals += 1


@contextmanager
def on_a_small_disk() -> Iterator[SmallDisk]:
    """A server on a disk of its own. Where no disk may be mounted, the test fails and says so."""
    folder = Path(tempfile.mkdtemp(prefix="abacus-"))
    server = Postgres(folder / "postgres", port=quiet_port(), settings=SETTINGS)
    known = {one.pw_name: one for one in pwd.getpwall()}
    owner = next(known[name] for name in SERVER_USERS if name in known)
    try:
        with mounted(server.data, MEGABYTES, f"mode=0700,uid={owner.pw_uid},gid={owner.pw_gid}"):
            try:
                server.start()
                yield SmallDisk(server)
            finally:
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def mounted(place: Path, megabytes: int, options: str = "mode=0700") -> Iterator[Filled]:
    """A file system of our own in a folder."""
    place.mkdir(parents=True)
    how = f"size={megabytes}m,{options}"
    command = ["/usr/bin/mount", "-t", "tmpfs", "-o", how, "abacus-small-disk", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    reason = f"no disk may be mounted here, so none can be filled: {done.stderr.strip()}"
    assert done.returncode == 0, reason
    try:
        yield Filled(place)
    finally:
        subprocess.run(["/usr/bin/umount", "--lazy", str(place)], check=False)
