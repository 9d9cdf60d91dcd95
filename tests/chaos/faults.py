"""The fault injector: kills only what the run itself has started, by pid, and remembers it."""

import os
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Final

import asyncpg
import psutil

from deploy.local.layout import SERVICES, Layout
from deploy.local.state import State

STOPPED_SECONDS: Final = 2.0


@dataclass(slots=True)
class Faults:
    """One fault at a time, drawn from the seed."""

    layout: Layout
    chance: Random
    done: Counter[str] = field(default_factory=Counter)

    async def inject(self) -> str:
        """Do something bad; answers what."""
        kinds = ("api", "worker", "worker", "nats", "backend", "terminate", "pause")
        kind = self.chance.choice(kinds)
        done = await self._do(kind)
        if done:
            self.done[kind] += 1
        return kind if done else "missed"

    async def _do(self, kind: str) -> bool:
        match kind:
            case "api":
                return self._kill(f"{self.chance.choice(SERVICES)}-serve")
            case "worker":
                return self._kill(f"{self.chance.choice(SERVICES)}-work")
            case "nats":
                return self._kill("nats")
            case "pause":
                return self._pause(f"{self.chance.choice(SERVICES)}-work")
            case "backend":
                return await self._kill_backend()
            case _:
                return await self._terminate_backend()

    def _process(self, name: str) -> psutil.Process | None:
        state = State.read(self.layout.state_file)
        running = state.processes.get(name) if state else None
        return running.process() if running else None

    def _kill(self, name: str) -> bool:
        process = self._process(name)
        if process is None:
            return False
        process.kill()
        return True

    def _pause(self, name: str) -> bool:
        process = self._process(name)
        if process is None:
            return False
        process.send_signal(signal.SIGSTOP)
        time.sleep(STOPPED_SECONDS)
        try:
            process.send_signal(signal.SIGCONT)
        except psutil.NoSuchProcess:
            return False
        return True

    async def _kill_backend(self) -> bool:
        """SIGKILL of one backend: PostgreSQL then restarts all of them and recovers."""
        pids = await self._backends()
        postmaster = self._process("postgres")
        if not pids or postmaster is None:
            return False
        ours = {child.pid for child in postmaster.children(recursive=True)}
        victims = [pid for pid in pids if pid in ours]
        if not victims:
            return False
        os.kill(self.chance.choice(victims), signal.SIGKILL)
        return True

    async def _terminate_backend(self) -> bool:
        pids = await self._backends()
        if not pids:
            return False
        connection = await self._connect()
        if connection is None:
            return False
        try:
            await connection.execute("SELECT pg_terminate_backend($1)", self.chance.choice(pids))
        finally:
            await connection.close()
        return True

    async def _backends(self) -> list[int]:
        connection = await self._connect()
        if connection is None:
            return []
        try:
            rows = await connection.fetch(
                "SELECT pid FROM pg_stat_activity WHERE datname = ANY($1) ORDER BY pid",
                list(SERVICES),
            )
        finally:
            await connection.close()
        return [row["pid"] for row in rows]

    async def _connect(self) -> "asyncpg.Connection[asyncpg.Record] | None":
        state = State.read(self.layout.state_file)
        if state is None:
            return None
        try:
            return await asyncpg.connect(state.servers["postgres"] + "/postgres", timeout=5)
        except (OSError, asyncpg.PostgresError, TimeoutError):
            return None  # it is recovering from the last fault
