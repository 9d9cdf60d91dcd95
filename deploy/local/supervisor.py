"""Starts everything in order, keeps it alive, and ends it in reverse order."""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from deploy.local.layout import ROOT, SERVICES, Layout, Role, environment
from deploy.local.servers import OwnServers
from deploy.local.state import Phase, Running, State

POLL_SECONDS: Final = 0.1
BACK_OFF_SECONDS_MIN: Final = 0.5
BACK_OFF_SECONDS_MAX: Final = 15.0
STEADY_SECONDS: Final = 30.0
READY_SECONDS_MAX: Final = 90.0
STOP_SECONDS_MAX: Final = 30.0


@dataclass(slots=True, kw_only=True)
class Child:
    """One process of ours: how to start it, and when to start it again."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    began_at: float = 0.0
    again_at: float = 0.0
    back_off_seconds: float = BACK_OFF_SECONDS_MIN

    @property
    def runs(self) -> bool:
        """Whether it is alive."""
        return self.process is not None and self.process.poll() is None

    def start(self, layout: Layout) -> Running:
        """Start it with its own log file and its own session."""
        with (layout.logs / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.began_at = time.monotonic()
        return Running.of(self.process.pid)

    @property
    def waits_no_longer(self) -> bool:
        """Whether it has ended and its pause is over."""
        return self.process is None and time.monotonic() >= self.again_at

    def notice_end(self) -> None:
        """Where it has ended, pause before the next start: longer each time it was short-lived."""
        if self.process is None or self.runs:
            return
        now = time.monotonic()
        if now - self.began_at > STEADY_SECONDS:
            self.back_off_seconds = BACK_OFF_SECONDS_MIN
        self.again_at = now + self.back_off_seconds
        self.back_off_seconds = min(self.back_off_seconds * 2, BACK_OFF_SECONDS_MAX)
        self.process = None


@dataclass(slots=True)
class Supervisor:
    """Runs one installation until it is told to stop."""

    layout: Layout
    servers: OwnServers
    state: State
    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    def run(self) -> None:
        """Start, watch, stop. Whatever happens, nothing of ours is left behind."""
        for told in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(told, self._stop_soon)
        try:
            self._start()
            while not self._told_to_stop():
                self._watch()
                time.sleep(POLL_SECONDS)
        except Exception as problem:
            self._tell("failed", str(problem))
            raise
        finally:
            self._stop()

    def _start(self) -> None:
        self._tell("starting", "servers")
        for name, server in self.servers.running.items():
            self.servers.start(name)
            if server.pid is not None:
                self.state.processes[name] = Running.of(server.pid)
        self.state.servers = {
            "postgres": self.servers.addresses.postgres,
            "nats": self.servers.addresses.nats,
        }
        self._tell("starting", "databases")
        self.servers.create_databases()
        self._tell("starting", "migrations")
        self._once("migrate", "owner")
        self._tell("starting", "services")
        for service in SERVICES:
            self.children += [self._child(service, "serve", "app")]
            self.children += [self._child(service, "work", "worker")]
        for child in self.children:
            self.state.processes[child.name] = child.start(self.layout)
        self.state.urls = {service: self.layout.url(service) for service in SERVICES}
        self._tell("starting", "readiness")
        self._wait_until_ready()
        if not self._told_to_stop():
            self._tell("ready", "")

    def _child(self, service: str, verb: str, role: Role) -> Child:
        return Child(
            name=f"{service}-{verb}",
            command=(sys.executable, "-m", f"services.{service}", verb),
            environment=environment(self.layout, self.servers.addresses, service, role),
        )

    def _once(self, verb: str, role: Role) -> None:
        """Let every service do something once, all at the same time."""
        jobs = [self._child(service, verb, role) for service in SERVICES]
        for job in jobs:
            job.start(self.layout)
        for job in jobs:
            if job.process is not None and job.process.wait() != 0:
                raise RuntimeError(f"{job.name} failed, see {self.layout.logs / job.name}.log")

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS_MAX
        waiting = list(SERVICES)
        while waiting and not self._told_to_stop():
            self._watch()
            waiting = [service for service in waiting if not is_ready(self.layout.url(service))]
            if time.monotonic() > deadline:
                raise RuntimeError(f"not ready in time: {', '.join(waiting)}")
            time.sleep(POLL_SECONDS)

    def _watch(self) -> None:
        """Start again what has died; servers at once, the rest with a growing pause."""
        changed = False
        for name, server in self.servers.running.items():
            if server.pid is None and not self._told_to_stop():
                self.servers.start(name)
                changed = self._count(name, server.pid)
        for child in self.children:
            child.notice_end()
            if child.waits_no_longer:
                changed = self._count(child.name, child.start(self.layout).pid)
        if changed:
            self.state.write(self.layout.state_file)

    def _count(self, name: str, pid: int | None) -> bool:
        if pid is not None:
            self.state.processes[name] = Running.of(pid)
        self.state.restarts[name] = self.state.restarts.get(name, 0) + 1
        return True

    def _stop(self) -> None:
        if self.state.phase != "failed":
            self._tell("stopping", "")
        for child in self.children:
            if child.process is not None and child.runs:
                child.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS_MAX
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
        self.servers.stop()
        self.state.processes.clear()
        self.state.write(self.layout.state_file)

    def _stop_soon(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _told_to_stop(self) -> bool:
        """A signal may arrive between any two lines, so ask each time."""
        return self.stopping

    def _tell(self, phase: Phase, step: str) -> None:
        self.state.phase = phase
        self.state.step = step
        self.state.write(self.layout.state_file)


def is_ready(url: str) -> bool:
    """Whether a service says it can do its work, its worker included."""
    try:
        with urlopen(f"{url}/readyz", timeout=2) as answer:  # noqa: S310 - our own loopback address
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's OK
    except (URLError, OSError):
        return False


def main() -> None:
    """Supervise one installation until told to stop."""
    parser = argparse.ArgumentParser(prog="deploy.local.supervisor")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--clock", choices=("system", "adjustable"), required=True)
    given = parser.parse_args()
    layout = Layout(data=given.data, first_port=given.port, clock=given.clock)
    layout.logs.mkdir(parents=True, exist_ok=True)
    state = State(supervisor=Running.of(os.getpid()))
    Supervisor(layout, OwnServers(layout), state).run()


if __name__ == "__main__":
    main()
