"""A machine whose power can be cut: what was not flushed to its disk by then is gone.

The disk is an ext4 of its own in a file. `EXT4_IOC_SHUTDOWN` without flushing is what the file
system's own tests use for the same: from that moment on nothing reaches the disk any more, and
what lies in memory only is never written. Mounted again, the file system recovers by its journal
and the database by its log.
"""

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
from typing import Final

from shared.testing.servers import MEMORY, MEMORY_BYTES_MIN, SUPERUSER, Postgres
from tests.drill.standby import SECONDS_MAX, end_all, quiet_port

MEGABYTES: Final = 512
SHUTDOWN: Final = 0x8004587D  # EXT4_IOC_SHUTDOWN
WITHOUT_FLUSHING: Final = struct.pack("I", 2)  # EXT4_GOING_FLAGS_NOLOGFLUSH
SETTINGS: Final = {"shared_buffers": "32MB", "max_wal_size": "128MB"}


@dataclass(slots=True)
class Machine:
    """One server on one disk."""

    primary: Postgres
    image: Path
    mounted: Path

    def url(self, database: str = SUPERUSER) -> str:
        """The address of a database."""
        return self.primary.url(database)

    def flush(self) -> None:
        """Everything is on the disk."""
        subprocess.run(["/usr/bin/sync", "--file-system", str(self.mounted)], check=True)

    def cut_power(self) -> None:
        """In the middle of everything. The server's processes end after that, as they may."""
        disk = os.open(self.mounted, os.O_RDONLY)
        try:
            fcntl.ioctl(disk, SHUTDOWN, WITHOUT_FLUSHING)
        finally:
            os.close(disk)
        end_all(self.primary)
        until = time.monotonic() + SECONDS_MAX
        while subprocess.run(["/usr/bin/umount", str(self.mounted)], check=False).returncode:
            assert time.monotonic() < until, "somebody still uses the disk"
            time.sleep(0.1)

    def switch_on(self) -> None:
        """The disk recovers, then the server does."""
        subprocess.run(_mounting(self.image, self.mounted), check=True)
        self.primary.start()


@contextmanager
def machine(settings: dict[str, str] | None = None) -> Iterator[Machine]:
    """A machine that runs. Where no disk may be mounted, the test fails and says so."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_BYTES_MIN
    folder = Path(tempfile.mkdtemp(prefix="abacus-", dir=MEMORY if roomy else None))
    image, mounted = folder / "disk", folder / "mounted"
    mounted.mkdir()
    try:
        with image.open("wb") as disk:
            disk.truncate(MEGABYTES << 20)
        _try("/usr/sbin/mkfs.ext4", "-q", "-F", str(image))
        _try(*_mounting(image, mounted))
        told = {**SETTINGS, **(settings or {})}
        found = Machine(
            Postgres(mounted / "server", port=quiet_port(), settings=told), image, mounted
        )
        try:
            found.primary.start()
            found.flush()  # its password lies on the disk, too
            yield found
        finally:
            end_all(found.primary)
            subprocess.run(["/usr/bin/umount", "--lazy", str(mounted)], check=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _mounting(image: Path, place: Path) -> list[str]:
    """A disk in a file."""
    return ["/usr/bin/mount", "-o", "loop", str(image), str(place)]


def _try(*command: str) -> None:
    """What is not allowed everywhere."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = f"no power can be cut here: {' '.join(command)}: {done.stderr.strip()}"
    assert done.returncode == 0, told
