"""A whole installation for a test: fresh data, free ports, gone afterwards."""

import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local.launcher import down, up
from deploy.local.layout import SERVICES, Clock, Layout
from deploy.local.state import State
from shared.embedded import free_port


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
    """The first of as many neighbouring ports as there are services, all free just now."""
    for _ in range(100):
        first = free_port()
        if all(_is_free(first + place) for place in range(len(SERVICES))):
            return first
    raise AssertionError("no four neighbouring ports are free")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
