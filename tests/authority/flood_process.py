"""A flood as its besieger sees it: started, counted, and ended."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import Sequence
from typing import Final, Self

ADDRESS: Final = "127.0.0.2"
"""Where floods come from: not where others do."""
SECONDS_MAX: Final = 300.0
LINE_BYTES_MAX: Final = 1 << 20

type Client = tuple[bytes, *tuple[str, ...]]
"""What one client sends, and what more its kind has to know."""


class Flooding:
    """`async with Flooding("hammer", port, clients) as flood: …`: clients from one address."""

    def __init__(
        self, does: str, port: int, clients: Sequence[Client], address: str = ADDRESS
    ) -> None:
        """Nothing runs yet. `does` is the name of what each client does."""
        self.counts = Counter[str]()
        self.hopeless: list[str] = []
        told = [(sent.decode("latin-1"), *more) for sent, *more in clients]
        self._order = {"does": does, "port": port, "address": address, "clients": told}
        self._more = asyncio.Event()
        self._process: Process | None = None
        self._reading: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.authority.flood_clients",
            stdin=PIPE, stdout=PIPE, limit=LINE_BYTES_MAX,
        )  # fmt: skip
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(self._order).encode() + b"\n")
        self._reading = asyncio.create_task(self._read(self._process))
        return self

    async def __aexit__(self, *_: object) -> None:
        """End, and know what came of all of it."""
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._reading is not None
        self._process.stdin.close()
        try:
            async with asyncio.timeout(SECONDS_MAX):
                await self._reading
                await self._process.wait()
        finally:
            if self._process.returncode is None:
                self._process.kill()
                await self._process.wait()

    async def reaches(self, times: int, *names: str) -> None:
        """Wait until so much came of it; by these names, or by any."""
        async with asyncio.timeout(SECONDS_MAX):
            while sum(n for name, n in self.counts.items() if name in names or not names) < times:
                assert self._reading is not None
                assert not self._reading.done(), "the flood has ended"
                self._more.clear()
                await self._more.wait()

    async def _read(self, process: Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            said = json.loads(line)
            self.counts, self.hopeless = Counter(said["counts"]), said["hopeless"]
            self._more.set()
        self._more.set()
