"""Two processes of a service behind one port, replaced one after the other under load.

The port is opened once and given to each process, as systemd does: what waits at it waits for
whichever process comes next.
"""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from deploy.local.layout import ROOT
from shared.embedded import LOOPBACK, free_port

QUEUE: Final = 128
SECONDS_MAX: Final = 120.0


@dataclass(slots=True)
class Behind:
    """The processes behind one port."""

    url: str
    brood: Process
    codes: list[int] = field(default_factory=list)
    _running: list[int] = field(default_factory=list)

    async def begin(self) -> None:
        """One more process, once it answers."""
        self._running.append(await self._ask("begin"))

    async def replace(self) -> None:
        """SIGTERM to the oldest; when it has ended, another one in its place."""
        self.codes.append(await self._ask(f"end {self._running.pop(0)}"))
        await self.begin()

    async def _ask(self, order: str) -> int:
        assert self.brood.stdin is not None
        assert self.brood.stdout is not None
        self.brood.stdin.write(f"{order}\n".encode())
        async with asyncio.timeout(SECONDS_MAX):
            return int(await self.brood.stdout.readline())


@asynccontextmanager
async def behind_one_port(folder: Path, variables: Mapping[str, str]) -> AsyncIterator[Behind]:
    """A port that is open, and two processes that answer there."""
    port = free_port()
    log = folder / "serve.log"
    with socket.create_server((LOOPBACK, port), backlog=QUEUE) as door, log.open("ab") as written:
        brood = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.chaos.serving", str(door.fileno()),
            pass_fds=[door.fileno()], env={**os.environ, **variables}, cwd=ROOT,
            stdin=PIPE, stdout=PIPE, stderr=written,
        )  # fmt: skip
        behind = Behind(f"http://{LOOPBACK}:{port}", brood)
        try:
            for _ in range(2):
                await behind.begin()
            yield behind
        finally:
            assert brood.stdin is not None
            brood.stdin.close()
            await brood.wait()
            print(log.read_text(errors="replace")[-2_000:])
