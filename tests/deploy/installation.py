"""A whole installation for a test: fresh data, free ports, gone afterwards."""

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
        layout = Layout(data=base / "up", first_port=free_port(len(SERVICES)), clock=clock)
        try:
            up(layout)
            yield Installation(layout, base)
        finally:
            down(layout)
