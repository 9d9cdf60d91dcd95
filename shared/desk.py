"""What every loop of a worker works with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from shared.clock import Clock
from shared.eventstore import EventStore
from shared.eventstore.working import WorkingStore
from shared.handling import Handling


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One per worker. `committed` wakes the sequencer after a commit."""

    service: str
    handling: Handling
    store: EventStore
    working: WorkingStore
    clock: Clock
    committed: Callable[[], Awaitable[None]]

    @property
    def actor(self) -> str:
        """As whom the service itself acts."""
        return f"abacus|{self.service}"
