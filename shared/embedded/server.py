"""One child process with a folder, a port and a log: started, watched, stopped, killed."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from random import SystemRandom
from types import TracebackType
from typing import ClassVar, Final, Self, TypedDict

LOOPBACK: Final = "127.0.0.1"
START_SECONDS_MAX: Final = 60.0
STOP_SECONDS_MAX: Final = 30.0
POLL_SECONDS: Final = 0.02
PORTS: Final = (12_000, 32_000)
PORT_TRIES: Final = 100


class Identity(TypedDict, total=False):
    """Who a process runs as; nothing where that is us."""

    user: int
    group: int


class ServerFailed(Exception):
    """A server did not start; the message ends with the last lines of its log."""


def free_port(neighbours: int = 1) -> int:
    """The first of as many neighbouring TCP ports, all of them free at this moment.

    They lie below those that the system gives to outgoing connections: a server that is started
    again finds its port free, whoever has called somebody meanwhile.
    """
    for first in SystemRandom().sample(range(*PORTS, neighbours), PORT_TRIES):
        if all(_is_free(first + place) for place in range(neighbours)):
            return first
    raise ServerFailed(f"no {neighbours} neighbouring ports are free")


def _is_free(port: int) -> bool:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


class Server:
    """One child process with a log file. Subclasses say how to start it and when it is ready."""

    stop_signal = signal.SIGTERM
    environment: ClassVar[Mapping[str, str]] = {}

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        """Keep the folder; nothing runs before `start`. The port stays the same over restarts."""
        self.folder = folder.absolute()
        self.port = port or free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """Where the server writes what happens to it."""
        return self.folder / "server.log"

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        running = self._process is not None and self._process.poll() is None
        return self._process.pid if running and self._process is not None else None

    def start(self) -> None:
        """Start and wait until it answers. Harmless when it runs."""
        if self.pid is not None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self._prepare()
        with self.log.open("ab") as log:
            # Its own session: a Ctrl-C reaches the launcher alone, which stops servers last.
            self._process = subprocess.Popen(  # noqa: S603 - our own binaries
                self._command(),
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environment},
                start_new_session=True,
                **self._identity(),
            )
        deadline = time.monotonic() + START_SECONDS_MAX
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                tail = self.log.read_text(errors="replace")[-2000:]
                raise ServerFailed(f"{type(self).__name__} did not start: {tail}")
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """Stop in order; kill it when it does not obey."""
        if self._process is None:
            return
        self._process.send_signal(self.stop_signal)
        try:
            self._process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """SIGKILL, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @property
    def is_stuck(self) -> bool:
        """Whether it runs and will not do its work before it is started anew."""
        return False

    def __enter__(self) -> Self:
        """Start it."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it."""
        self.stop()

    def _prepare(self) -> None:
        """Make the folder ready; called before every start."""

    def _command(self) -> list[str]:
        """The command line."""
        raise AssertionError(type(self))

    def _identity(self) -> Identity:
        """`user` and `group` for a process that must not run as root."""
        return {}

    def _ready(self) -> bool:
        """Whether it answers."""
        raise AssertionError(type(self))
