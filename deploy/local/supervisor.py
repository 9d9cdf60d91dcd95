"""Starts everything in order, keeps it alive, and ends it in reverse order."""

import argparse
import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from deploy.local.children import Child, Nest, NestFailed, Patience
from deploy.local.layout import SERVICES, Layout, Role, environment
from deploy.local.servers import OwnServers
from deploy.local.state import Phase, Running, State
from shared.embedded import ServerFailed

POLL_SECONDS: Final = 0.1
READY_SECONDS_MAX: Final = 90.0
STOP_SECONDS_MAX: Final = 30.0
STUCK_LOOK_SECONDS: Final = 5.0


@dataclass(slots=True)
class Supervisor:
    """Runs one installation until it is told to stop."""

    layout: Layout
    servers: OwnServers
    state: State
    nest: Nest
    children: list[Child] = field(default_factory=list)
    patience: dict[str, Patience] = field(default_factory=dict)
    stopping: bool = False
    untold: bool = False
    """Whether the state file is older than the state: there was no room for it."""
    looks_again_at: float = 0.0

    def run(self) -> None:
        """Start, watch, stop. Whatever happens, nothing of ours is left behind."""
        for told in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(told, self._stop_soon)
        try:
            self._start()
            while not self._told_to_stop():
                self.watch()
                time.sleep(POLL_SECONDS)
        except Exception as problem:
            self._tell("failed", str(problem))
            raise
        finally:
            self._stop()

    def _start(self) -> None:
        self._tell("starting", "servers")
        self.nest.hatch()
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
            self.state.processes[child.name] = child.start()
        self.state.urls = {service: self.layout.url(service) for service in SERVICES}
        self._tell("starting", "readiness")
        self._wait_until_ready()
        if not self._told_to_stop():
            self._tell("ready", "")

    def _child(self, service: str, verb: str, role: Role) -> Child:
        return Child(
            nest=self.nest,
            service=service,
            verb=verb,
            environment=environment(self.layout, self.servers.addresses, service, role),
        )

    def _once(self, verb: str, role: Role) -> None:
        """Let every service do something once, all at the same time."""
        jobs = [self._child(service, verb, role) for service in SERVICES]
        begun = {job.name: job.begin() for job in jobs}
        failed = [name for name, pid in begun.items() if self.nest.code_of(pid) != 0]
        if failed:
            raise RuntimeError(f"{', '.join(failed)} failed, see {self.layout.logs}")

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS_MAX
        waiting = list(SERVICES)
        while waiting and not self._told_to_stop():
            self.watch()
            waiting = [service for service in waiting if not is_ready(self.layout.url(service))]
            if time.monotonic() > deadline:
                raise RuntimeError(f"not ready in time: {', '.join(waiting)}")
            time.sleep(POLL_SECONDS)

    def watch(self) -> None:
        """Start again what has died: servers at once, the rest, and who fails, after a pause."""
        self._end_what_is_stuck()
        for name, server in self.servers.running.items():
            patience = self.patience.setdefault(name, Patience())
            if server.pid is None and patience.is_over and not self._told_to_stop():
                self._serve_again(name, patience)
        for child in self.children:
            child.notice_end()
            if child.waits_no_longer:
                self._start_again(child)
        if self.untold:
            self._write()

    def _end_what_is_stuck(self) -> None:
        if time.monotonic() < self.looks_again_at or self._told_to_stop():
            return
        self.looks_again_at = time.monotonic() + STUCK_LOOK_SECONDS
        for name, server in self.servers.running.items():
            if server.pid is not None and server.is_stuck:
                _say(f"{name} runs and takes nothing: it is started anew")
                server.stop()

    def _serve_again(self, name: str, patience: Patience) -> None:
        """What a killed server still holds (memory, its port) it lets go of by and by."""
        try:
            self.servers.start(name)
            self._count(name, self.servers.running[name].pid)
            patience.forget()
        except (ServerFailed, OSError, psutil.NoSuchProcess) as problem:
            _say(f"{name} is tried again: {problem}")
            patience.pause()

    def _start_again(self, child: Child) -> None:
        try:
            self._count(child.name, child.start().pid)
        except (NestFailed, OSError, psutil.NoSuchProcess):
            child.patience.pause()

    def _count(self, name: str, pid: int | None) -> None:
        if pid is not None:
            self.state.processes[name] = Running.of(pid)
        self.state.restarts[name] = self.state.restarts.get(name, 0) + 1
        self._write()

    def _stop(self) -> None:
        if self.state.phase != "failed":
            self._tell("stopping", "")
        self.nest.close()
        found = [child.running.process() for child in self.children if child.running is not None]
        ours = [process for process in found if process is not None]
        for process in ours:
            process.terminate()
        _, stubborn = psutil.wait_procs(ours, timeout=STOP_SECONDS_MAX)
        for process in stubborn:
            process.kill()
        psutil.wait_procs(stubborn, timeout=STOP_SECONDS_MAX)
        self.servers.stop()
        self.state.processes.clear()
        self._write()

    def _stop_soon(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _told_to_stop(self) -> bool:
        """A signal may arrive between any two lines, so ask each time."""
        return self.stopping

    def _tell(self, phase: Phase, step: str) -> None:
        self.state.phase = phase
        self.state.step = step
        self._write()

    def _write(self) -> None:
        """Tell everybody what runs; on a full disk it is told when there is room."""
        try:
            self.state.write(self.layout.state_file)
        except OSError as problem:
            if not self.untold:
                _say(f"{self.layout.state_file} is written later: {problem}")
            self.untold = True
        else:
            self.untold = False


def _say(line: str) -> None:
    """To whoever reads the log; nobody does where there is no room for it."""
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)


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
    Supervisor(layout, OwnServers(layout), state, Nest(layout)).run()


if __name__ == "__main__":
    main()
