"""The processes of the services as the supervisor holds them: whence they come, how they are."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from deploy.local.layout import ROOT, Layout
from deploy.local.state import Running

BACK_OFF_SECONDS_MIN: Final = 0.5
BACK_OFF_SECONDS_MAX: Final = 15.0
STEADY_SECONDS: Final = 30.0
CLOSE_SECONDS_MAX: Final = 10.0


class NestFailed(Exception):
    """A service could not be imported, or its nest was killed."""


@dataclass(slots=True)
class Nest:
    """Where the processes of one service come from; hatched again when it is found dead."""

    service: str
    layout: Layout
    process: subprocess.Popen[str] | None = None

    def hatch(self) -> None:
        """Start it; it imports its service and then waits for orders."""
        # Starting four services is mostly importing: let the first start keep its bytecode.
        kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        with (self.layout.logs / f"{self.service}.log").open("ab") as log:
            self.process = subprocess.Popen(
                (sys.executable, "-m", "deploy.local.nest", self.service),
                cwd=ROOT,
                env=kept,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )

    def ask(self, **order: object) -> None:
        """Give an order; the answer is read by `answer`."""
        if self.process is None or self.process.poll() is not None:
            self.hatch()
        assert self.process is not None
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise NestFailed(self.service) from None

    def answer(self) -> dict[str, int]:
        """What the oldest open order came to."""
        assert self.process is not None
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise NestFailed(f"{self.service} could not be imported")
        found: dict[str, int] = json.loads(line)
        return found

    def close(self) -> None:
        """Without orders to come it ends by itself; one that still imports is not waited for."""
        if self.process is None or self.process.stdin is None:
            return
        self.process.stdin.close()
        self.process.terminate()
        self.process.wait(CLOSE_SECONDS_MAX)


@dataclass(slots=True, kw_only=True)
class Child:
    """One process of ours: how to start it, and when to start it again."""

    nest: Nest
    verb: str
    environment: Mapping[str, str]
    running: Running | None = None
    began_at: float = 0.0
    again_at: float = 0.0
    back_off_seconds: float = BACK_OFF_SECONDS_MIN

    @property
    def name(self) -> str:
        """`targets-serve`."""
        return f"{self.nest.service}-{self.verb}"

    def order(self, *, wait: bool = False) -> None:
        """Ask for it; `wait` until it has ended."""
        log = str(self.nest.layout.logs / f"{self.name}.log")
        self.nest.ask(
            name=self.name, verb=self.verb, wait=wait, log=log, environment=dict(self.environment)
        )

    def start(self) -> Running:
        """Start it with its own log file and its own session."""
        self.order()
        self.began_at = time.monotonic()
        self.running = Running.of(self.nest.answer()["pid"])
        return self.running

    @property
    def waits_no_longer(self) -> bool:
        """Whether it has ended and its pause is over."""
        return self.running is None and time.monotonic() >= self.again_at

    def notice_end(self) -> None:
        """Where it has ended, pause before the next start: longer each time it was short-lived."""
        if self.running is None or self.running.process() is not None:
            return
        if time.monotonic() - self.began_at > STEADY_SECONDS:
            self.back_off_seconds = BACK_OFF_SECONDS_MIN
        self.running = None
        self.pause()

    def pause(self) -> None:
        """Wait before the next start, longer each time."""
        self.again_at = time.monotonic() + self.back_off_seconds
        self.back_off_seconds = min(self.back_off_seconds * 2, BACK_OFF_SECONDS_MAX)
