"""Starts a supervisor that stays behind, waits for it, shows where things are, and ends it."""

import os
import socket
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Final

import psutil

from deploy.local.layout import LOOPBACK, ROOT, SERVICES, Layout
from deploy.local.state import State
from deploy.local.supervisor import READY_SECONDS_MAX, STOP_SECONDS_MAX

POLL_SECONDS: Final = 0.1
START_SECONDS_MAX: Final = READY_SECONDS_MAX + 90
LOG_LINES: Final = 15
TITLES: Final = {
    "targets": "targets     事前 promise",
    "monitoring": "monitoring  事中 watch",
    "evaluation": "evaluation  事后 judge",
    "disclosure": "disclosure  公开 tell",
}


class NotStarted(Exception):
    """The system did not come up; the message says why and where to look."""


def up(layout: Layout) -> State:
    """Start the system, or find it running; answers when it is ready."""
    running = State.read(layout.state_file)
    if running is not None and running.alive:
        return _wait(layout)
    _end_leftovers(running)
    _refuse_taken_ports(layout)
    layout.logs.mkdir(parents=True, exist_ok=True)
    layout.state_file.unlink(missing_ok=True)
    _leave_behind(
        layout.logs / "supervisor.log",
        [
            sys.executable, "-m", "deploy.local.supervisor", "--data", str(layout.data),
            "--port", str(layout.first_port), "--clock", layout.clock,
        ],
    )  # fmt: skip
    return _wait(layout)


def down(layout: Layout) -> bool:
    """End exactly the processes that `up` started; false when there were none."""
    state = State.read(layout.state_file)
    if state is None:
        return False
    supervisor = state.supervisor.process()
    if supervisor is not None:
        supervisor.terminate()
        # Servers are stopped after the services and may take as long again.
        supervisor.wait(STOP_SECONDS_MAX * 4)
    left = _end_leftovers(State.read(layout.state_file))
    return supervisor is not None or left


def links(state: State) -> str:
    """Where a person goes from here."""
    lines = [f"  {TITLES[name]}   {state.urls[name]}/docs" for name in SERVICES]
    feed = f"{state.urls['disclosure']}/v1/feed.json"
    portal = f"{state.urls['disclosure']}/"
    return "\n".join(
        [*lines, f"  public portal              {portal}", f"  public feed                {feed}"]
    )


def memory_bytes(state: State) -> int:
    """What all processes together take, pages that several share counted once."""
    supervisor = state.supervisor.process()
    if supervisor is None:
        return 0
    total = 0
    for process in (supervisor, *supervisor.children(recursive=True)):
        try:
            total += process.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return total


def _leave_behind(log: Path, command: list[str]) -> None:
    """Start a program that goes on when we end: own session, no terminal, nobody waits for it."""
    writing = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    os.posix_spawn(
        command[0],
        command,
        {**os.environ, "PYTHONPATH": str(ROOT)},
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(log), writing, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
    )


def _wait(layout: Layout) -> State:
    """Follow the supervisor until it is ready, naming each step."""
    deadline = time.monotonic() + START_SECONDS_MAX
    step = ""
    while time.monotonic() < deadline:
        state = State.read(layout.state_file)
        if state is not None and state.step not in ("", step):
            step = state.step
            print(f"  {step} …", flush=True)
        if state is not None and state.phase == "ready":
            return state
        if state is not None and not state.alive:
            raise NotStarted(f"{state.step}\n{_tails(layout)}")
        time.sleep(POLL_SECONDS)
    raise NotStarted(f"not ready after {START_SECONDS_MAX:.0f} seconds\n{_tails(layout)}")


def _tails(layout: Layout) -> str:
    """The last lines of every log that has any."""
    parts = []
    for path in sorted(layout.logs.glob("*.log")):
        lines = path.read_text(errors="replace").splitlines()[-LOG_LINES:]
        if lines:
            parts.append("\n".join([f"── {path}", *lines]))
    return "\n".join(parts)


def _end_leftovers(state: State | None) -> bool:
    """Processes whose supervisor was killed; only those that are the same as when written."""
    if state is None:
        return False
    found = [running.process() for running in state.processes.values()]
    left = [process for process in found if process is not None]
    for process in left:
        process.terminate()
    _, stubborn = psutil.wait_procs(left, timeout=STOP_SECONDS_MAX)
    for process in stubborn:
        process.kill()
    psutil.wait_procs(stubborn, timeout=STOP_SECONDS_MAX)
    return bool(left)


def _refuse_taken_ports(layout: Layout) -> None:
    for service in SERVICES:
        with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
            if probe.connect_ex((LOOPBACK, layout.port(service))) == 0:
                raise NotStarted(
                    f"port {layout.port(service)} of {service} is taken by another program; "
                    "`make down` ends what was started here, PORT=9101 chooses other ports"
                )
