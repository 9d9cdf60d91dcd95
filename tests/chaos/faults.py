"""The fault injector: harms only what the run itself has started, by pid, and remembers it."""

import asyncio
import os
import signal
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

import asyncpg
import nats
import nats.errors
import psutil

from deploy.local.layout import SERVICES, Layout
from deploy.local.state import State

STOPPED_SECONDS: Final = (1.0, 4.0)
DECK: Final = ("api", "worker", "worker", "worker", "nats", "nats", "backend", "terminate",
               "terminate", "pause api", "pause worker", "stream")  # fmt: skip
KINDS: Final = frozenset(DECK)


async def _unheard(_error: Exception) -> None:
    """What the client complains of while the server is going away."""


@dataclass(slots=True)
class Faults:
    """One fault at a time, drawn from the seed; no kind waits longer than one deck."""

    layout: Layout
    chance: Random
    done: Counter[str] = field(default_factory=Counter)
    _deck: list[str] = field(default_factory=list)

    async def inject(self) -> None:
        """Do something bad; what found no victim is tried again later."""
        if not self._deck:
            self._deck = list(DECK)
            self.chance.shuffle(self._deck)
        kind = self._deck.pop()
        victim = self.chance.choice(SERVICES)
        if await self._do(kind, victim):
            self.done[kind] += 1
        else:
            self._deck.insert(0, kind)

    async def _do(self, kind: str, victim: str) -> bool:
        names = {"api": f"{victim}-serve", "worker": f"{victim}-work", "nats": "nats"}
        match kind.split():
            case ["pause", what]:
                return await self._pause(names[what])
            case ["backend"]:
                return await self._kill_backend(victim)
            case ["stream"]:
                return await self._delete_stream(victim)
            case ["terminate"]:
                return await self._terminate_backend(victim)
            case _:
                return self._kill(names[kind])

    def _process(self, name: str) -> psutil.Process | None:
        state = State.read(self.layout.state_file)
        running = state.processes.get(name) if state else None
        return running.process() if running else None

    def _kill(self, name: str) -> bool:
        process = self._process(name)
        if process is None:
            return False
        try:
            process.kill()
        except psutil.NoSuchProcess:
            return False
        return True

    async def _pause(self, name: str) -> bool:
        """SIGSTOP and, a few seconds later, SIGCONT: it believes that no time has passed."""
        process = self._process(name)
        if process is None:
            return False
        try:
            process.send_signal(signal.SIGSTOP)
            try:
                await asyncio.sleep(self.chance.uniform(*STOPPED_SECONDS))
            finally:
                process.send_signal(signal.SIGCONT)
        except psutil.NoSuchProcess:
            return False
        return True

    async def _kill_backend(self, service: str) -> bool:
        """SIGKILL of one backend: PostgreSQL then restarts all of them and recovers."""
        postmaster = self._process("postgres")
        connection = await self._connect()
        if connection is None or postmaster is None:
            return False
        try:
            pids = await self._backends(connection, service)
        finally:
            await connection.close()
        ours = {child.pid for child in postmaster.children(recursive=True)}
        victims = [pid for pid in pids if pid in ours]
        if not victims:
            return False
        os.kill(self.chance.choice(victims), signal.SIGKILL)
        return True

    async def _terminate_backend(self, service: str) -> bool:
        connection = await self._connect()
        if connection is None:
            return False
        try:
            pids = await self._backends(connection, service)
            if not pids:
                return False
            victim = self.chance.choice(pids)
            return bool(await connection.fetchval("SELECT pg_terminate_backend($1)", victim))
        finally:
            await connection.close()

    async def _delete_stream(self, service: str) -> bool:
        """Somebody deletes the whole feed of a service; its relay has to say everything again."""
        state = State.read(self.layout.state_file)
        if state is None:
            return False
        try:
            client = await nats.connect(
                state.servers["nats"], connect_timeout=2, allow_reconnect=False, error_cb=_unheard
            )
        except (OSError, nats.errors.Error, TimeoutError):
            return False  # it is starting again
        try:
            return await client.jetstream().delete_stream(service.upper())
        except (OSError, nats.errors.Error, TimeoutError):
            return False
        finally:
            await client.close()

    async def _backends(
        self, connection: "asyncpg.Connection[asyncpg.Record]", service: str
    ) -> list[int]:
        rows = await connection.fetch(
            "SELECT pid FROM pg_stat_activity WHERE datname = $1 ORDER BY pid", service
        )
        return [pid for (pid,) in rows]

    async def _connect(self) -> "asyncpg.Connection[asyncpg.Record] | None":
        state = State.read(self.layout.state_file)
        if state is None:
            return None
        try:
            return await asyncpg.connect(state.servers["postgres"] + "/postgres", timeout=5)
        except (OSError, asyncpg.PostgresError, TimeoutError):
            return None  # it is recovering from the last fault


def flip(data: Path, chance: Random) -> None:
    """One bit in the words of the jars as they lie on the disk."""
    [*blocks] = sorted(data.rglob("JARS/msgs/*.blk"))
    block = chance.choice(blocks)
    content = bytearray(block.read_bytes())
    at = chance.randrange(len(content))
    content[at] ^= 1 << chance.randrange(8)
    block.write_bytes(content)
