"""The processes of the services as the supervisor holds them: whence they come, how they are."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from deploy.local.layout import ROOT, SERVICES, Layout
from deploy.local.state import Running

BACK_OFF_SECONDS_MIN: Final = 0.5
BACK_OFF_SECONDS_MAX: Final = 15.0
STEADY_SECONDS: Final = 30.0
CLOSE_SECONDS_MAX: Final = 10.0
# Eight processes on a small machine: what an import took is given back when it is done (glibc).
FRUGAL: Final = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "1048576"}


class NestFailed(Exception):
    """A service could not be imported, or the nest was killed."""


@dataclass(slots=True)
class Nest:
    """Where the processes of all services come from; hatched again when it is found dead."""

    layout: Layout
    process: subprocess.Popen[str] | None = None

    def hatch(self) -> None:
        """Start it; it imports the services and then waits for orders."""
        # Starting is mostly importing: let the first start keep its bytecode.
        kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | FRUGAL
        with (self.layout.logs / "nest.log").open("ab") as log:
            self.process = subprocess.Popen(
                (sys.executable, "-m", "deploy.local.nest", *SERVICES),
                cwd=ROOT,
                env=kept,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )

    def begin(self, **order: object) -> int:
        """Start a process; answers its id."""
        if self.process is None or self.process.poll() is not None:
            self.hatch()
        return self._ask(order)["pid"]

    def code_of(self, pid: int) -> int:
        """Wait until a process has ended; answers its exit code."""
        return self._ask({"pid": pid})["code"]

    def _ask(self, order: Mapping[str, object]) -> dict[str, int]:
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise NestFailed("the nest was killed") from None
        line = self.process.stdout.readline()
        if not line:
            raise NestFailed("the services could not be imported")
        found: dict[str, int] = json.loads(line)
        return found

    def close(self) -> None:
        """Without orders to come it ends by itself; one that still imports is not waited for."""
        if self.process is None or self.process.stdin is None:
            return
        self.process.stdin.close()
        self.process.terminate()
        self.process.wait(CLOSE_SECONDS_MAX)


@dataclass(slots=True)
class Patience:
    """The pause before something is started again: none at first, then longer each time."""

    again_at: float = 0.0
    seconds: float = BACK_OFF_SECONDS_MIN

    @property
    def is_over(self) -> bool:
        """Whether it may be tried again."""
        return time.monotonic() >= self.again_at

    def pause(self) -> None:
        """Wait before the next start, and twice as long before the one after it."""
        self.again_at = time.monotonic() + self.seconds
        self.seconds = min(self.seconds * 2, BACK_OFF_SECONDS_MAX)

    def forget(self) -> None:
        """It ran well: the next pause is a short one."""
        self.seconds = BACK_OFF_SECONDS_MIN


@dataclass(slots=True, kw_only=True)
class Child:
    """One process of ours: how to start it, and when to start it again."""

    nest: Nest
    service: str
    verb: str
    environment: Mapping[str, str]
    running: Running | None = None
    began_at: float = 0.0
    patience: Patience = field(default_factory=Patience)

    @property
    def name(self) -> str:
        """`targets-serve`."""
        return f"{self.service}-{self.verb}"

    def begin(self) -> int:
        """Start it with its own log file and its own session; answers its id."""
        return self.nest.begin(
            service=self.service,
            name=self.name,
            verb=self.verb,
            log=str(self.nest.layout.logs / f"{self.name}.log"),
            environment=dict(self.environment),
        )

    def start(self) -> Running:
        """Start it, to be kept alive."""
        self.running = Running.of(self.begin())
        self.began_at = time.monotonic()
        return self.running

    @property
    def waits_no_longer(self) -> bool:
        """Whether it has ended and its pause is over."""
        return self.running is None and self.patience.is_over

    def notice_end(self) -> None:
        """Where it has ended, pause before the next start: longer each time it was short-lived."""
        if self.running is None or self.running.process() is not None:
            return
        if time.monotonic() - self.began_at > STEADY_SECONDS:
            self.patience.forget()
        self.running = None
        self.patience.pause()
