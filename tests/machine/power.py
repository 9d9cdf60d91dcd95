"""A machine whose power can be cut: what was not flushed to its disk by then is gone.

The disk is an ext4 of its own in a file. `EXT4_IOC_SHUTDOWN` without flushing is what the file
system's own tests use for the same: from that moment on nothing reaches the disk any more, and
what lies in memory only is never written. Mounted again, the file system recovers by its journal
and the database by its log.
"""

import ctypes
import fcntl
import os
import shutil
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from shared.embedded import Nats
from shared.testing.servers import MEMORY, MEMORY_BYTES_MIN, SUPERUSER, Postgres
from tests.drill.standby import SECONDS_MAX, end_all, quiet_port

MEGABYTES: Final = 512
SHUTDOWN: Final = 0x8004587D  # EXT4_IOC_SHUTDOWN
WITHOUT_FLUSHING: Final = struct.pack("I", 2)  # EXT4_GOING_FLAGS_NOLOGFLUSH
SETTINGS: Final = {"shared_buffers": "32MB", "max_wal_size": "128MB"}
PAGE: Final = 4096
WRITE_AND_WAIT: Final = 7  # of sync_file_range(2): before, write, after


@dataclass(frozen=True, slots=True)
class Disk:
    """An ext4 in a file."""

    image: Path
    mounted: Path

    def flush(self) -> None:
        """Everything is on the disk."""
        subprocess.run(["/usr/bin/sync", "--file-system", str(self.mounted)], check=True)

    def write_back_some(self, chance: Random) -> None:
        """Some pages of some files reach the disk, as the kernel pleases when nobody flushes.

        Of a file that grew, pages in between may be missing then: they are zeros.
        """
        library = ctypes.CDLL(None, use_errno=True)
        for path in _files(self.mounted):
            if chance.random() < 1 / 2:
                continue
            try:
                file = os.open(path, os.O_RDONLY)
            except FileNotFoundError:
                continue  # the server that runs on this disk has put it away meanwhile
            try:
                pages = os.fstat(file).st_size // PAGE + 1
                first = ctypes.c_int64(chance.randrange(pages) * PAGE)
                length = ctypes.c_int64(chance.randint(1, pages) * PAGE)
                library.sync_file_range(file, first, length, WRITE_AND_WAIT)
            finally:
                os.close(file)
        whole = self.mounted / "journal-of-the-disk-is-written"
        with whole.open("ab") as note:
            note.write(b"\0")
            note.flush()
            os.fsync(note.fileno())

    def cut(self) -> None:
        """From now on nothing reaches it."""
        disk = os.open(self.mounted, os.O_RDONLY)
        try:
            fcntl.ioctl(disk, SHUTDOWN, WITHOUT_FLUSHING)
        finally:
            os.close(disk)

    def unmount(self) -> None:
        """Nobody uses it any more."""
        until = time.monotonic() + SECONDS_MAX
        while subprocess.run(["/usr/bin/umount", str(self.mounted)], check=False).returncode:
            assert time.monotonic() < until, "somebody still uses the disk"
            time.sleep(0.1)

    def mount(self) -> None:
        """It recovers."""
        subprocess.run(_mounting(self.image, self.mounted), check=True)


@dataclass(slots=True)
class Machine:
    """One server on one disk."""

    primary: Postgres
    disk: Disk

    def url(self, database: str = SUPERUSER) -> str:
        """The address of a database."""
        return self.primary.url(database)

    def cut_power(self) -> None:
        """In the middle of everything. The server's processes end after that, as they may."""
        self.disk.cut()
        end_all(self.primary)
        self.disk.unmount()

    def switch_on(self) -> None:
        """The disk recovers, then the server does."""
        self.disk.mount()
        self.primary.start()


@dataclass(slots=True)
class BusMachine:
    """The bus on one disk."""

    bus: Nats
    disk: Disk

    def cut_power(self) -> None:
        """In the middle of everything."""
        self.disk.cut()
        self.bus.kill()
        self.disk.unmount()

    def switch_on(self) -> None:
        """The disk recovers, then the server does."""
        self.disk.mount()
        self.bus.start()


@contextmanager
def machine(settings: dict[str, str] | None = None) -> Iterator[Machine]:
    """A machine that runs. Where no disk may be mounted, the test fails and says so."""
    told = {**SETTINGS, **(settings or {})}
    with _disk() as disk:
        server = Postgres(disk.mounted / "server", port=quiet_port(), settings=told)
        try:
            server.start()
            disk.flush()  # its password lies on the disk, too
            yield Machine(server, disk)
        finally:
            end_all(server)


@contextmanager
def bus_machine(sync: str = "always") -> Iterator[BusMachine]:
    """A machine of a bus that runs; with another `sync` it acknowledges before its disk has it."""
    with _disk() as disk:
        server = Nats(disk.mounted / "nats", sync=sync)
        try:
            server.start()
            yield BusMachine(server, disk)
        finally:
            server.kill()


@contextmanager
def _disk() -> Iterator[Disk]:
    """An empty disk."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_BYTES_MIN
    folder = Path(tempfile.mkdtemp(prefix="abacus-", dir=MEMORY if roomy else None))
    disk = Disk(folder / "disk", folder / "mounted")
    disk.mounted.mkdir()
    try:
        with disk.image.open("wb") as file:
            file.truncate(MEGABYTES << 20)
        _try("/usr/sbin/mkfs.ext4", "-q", "-F", str(disk.image))
        _try(*_mounting(disk.image, disk.mounted))
        try:
            yield disk
        finally:
            subprocess.run(["/usr/bin/umount", "--lazy", str(disk.mounted)], check=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _files(place: Path) -> list[Path]:
    """What lies there, while a server makes and removes files; what is gone is left out."""
    there = (Path(folder) / name for folder, _, names in os.walk(place) for name in names)
    return sorted(path for path in there if path.is_file())


def _mounting(image: Path, place: Path) -> list[str]:
    """A disk in a file."""
    return ["/usr/bin/mount", "-o", "loop", str(image), str(place)]


def _try(*command: str) -> None:
    """What is not allowed everywhere."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = f"no power can be cut here: {' '.join(command)}: {done.stderr.strip()}"
    assert done.returncode == 0, told
