"""A whole installation for a test: fresh data, free ports, gone afterwards."""

import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from typing import Final

from deploy.local.launcher import down, up
from deploy.local.layout import SERVICES, Clock, Layout
from deploy.local.state import State
from shared.embedded import LOOPBACK

PORTS: Final = (12_000, 32_000)


@dataclass(frozen=True, slots=True)
class Installation:
    """Where it is and what runs."""

    layout: Layout
    base: Path

    @property
    def state(self) -> State:
        """What runs at this moment."""
        found = State.read(self.layout.state_file)
        assert found is not None
        return found


@contextmanager
def installed(clock: Clock = "system") -> Iterator[Installation]:
    """The system as `make up` starts it."""
    with tempfile.TemporaryDirectory(prefix="abacus-") as folder:
        base = Path(folder)
        layout = Layout(data=base / "up", first_port=free_ports(), clock=clock)
        try:
            up(layout)
            yield Installation(layout, base)
        finally:
            down(layout)


def free_ports() -> int:
    """The first of as many neighbouring ports as there are services, all free just now.

    They lie below those that the system gives to outgoing connections and to whoever asks for
    any: nobody else of a test run takes one before the services do.
    """
    for first in SystemRandom().sample(range(*PORTS, len(SERVICES)), 100):
        if all(_is_free(first + place) for place in range(len(SERVICES))):
            return first
    raise AssertionError("no four neighbouring ports are free")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True
