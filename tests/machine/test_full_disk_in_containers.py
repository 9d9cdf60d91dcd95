"""In a container nobody but `start.sh` looks after the bus: it ends it when there is room (P18).

Whoever runs containers starts it again: `restart: unless-stopped`, or the kubelet.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import nats
import nats.errors
import pytest

from deploy.local.layout import ROOT
from shared.embedded import LOOPBACK, Nats
from tests.alive import eventually
from tests.machine.small_disk import Filled, mounted

START: Final = ROOT / "deploy" / "nats" / "start.sh"
MEGABYTES: Final = 24
SECONDS_MAX: Final = 120.0
NC: Final = f"""#!{sys.executable} -IS
import socket, sys
with socket.create_connection((sys.argv[-2], int(sys.argv[-1])), 3) as line:
    line.sendall(sys.stdin.buffer.read())
    while told := line.recv(65536):
        sys.stdout.buffer.write(told)
"""
"""What the image has: one line to a port."""


class Contained(Nats):
    """The server as its container starts it, on a disk of its own."""

    def _command(self) -> list[str]:
        told = {
            "NATS_CONFIG": str(self.folder / "nats.conf"),
            "NATS_STORE": str(self.folder),
            "NATS_MONITORING_PORT": str(self.monitoring_port),
            "PATH": f"{self.folder.parent}:{Path(sys.prefix) / 'bin'}:{os.environ['PATH']}",
        }
        variables = [f"{name}={value}" for name, value in told.items()]
        return ["/usr/bin/env", *variables, "/bin/sh", str(START)]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Filled]:
    """With little room."""
    with mounted(tmp_path / "nats", MEGABYTES) as found:
        yield found


@contextmanager
def contained(disk: Filled) -> Iterator[Contained]:
    """It runs; nobody starts it again."""
    tool = disk.place.parent / "nc"
    tool.write_text(NC)
    tool.chmod(0o755)
    server = Contained(disk.place)
    server.start()
    try:
        yield server
    finally:
        server.kill()


async def test_a_server_that_could_not_write_ends_when_there_is_room_and_not_before(
    disk: Filled,
) -> None:
    with contained(disk) as server:
        client = await nats.connect(f"nats://{LOOPBACK}:{server.port}", allow_reconnect=False)
        feeds = client.jetstream(timeout=1)
        await feeds.add_stream(name="JARS", subjects=["jars"])
        await feeds.publish("jars", b"word")
        disk.fill()

        async def refused() -> bool:
            try:
                await feeds.publish("jars", bytes(20_000))
            except nats.errors.TimeoutError:
                return True
            return False

        await eventually(refused, SECONDS_MAX)

        async def looked_for_room() -> bool:
            """Whoever opened the file has seen the write error before."""
            return (disk.place / "room").exists()

        await eventually(looked_for_room, SECONDS_MAX)
        assert server.pid is not None, "there is no room yet"
        disk.free()

        async def ended() -> bool:
            return server.pid is None

        await eventually(ended, SECONDS_MAX)
        await client.close()
        server.start()
        again = await nats.connect(f"nats://{LOOPBACK}:{server.port}", allow_reconnect=False)
        assert (await again.jetstream().publish("jars", bytes(20_000))).seq > 1
        await again.close()


def test_nothing_of_it_keeps_an_ended_server_alive(tmp_path: Path) -> None:
    server = tmp_path / "nats-server"
    server.write_text("#!/bin/sh\nexit 5\n")
    server.chmod(0o700)
    told = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["/bin/sh", START], env=told, check=False, timeout=SECONDS_MAX)
    assert done.returncode == 5
