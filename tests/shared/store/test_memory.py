"""The store on lists keeps the promises of an event store."""

import pytest

from shared.eventstore import EventStore
from shared.eventstore.memory import MemoryStore
from shared.testing.store_suite import StoreSuite


class TestMemoryStore(StoreSuite):
    """The suite, on lists."""

    @pytest.fixture
    def store(self) -> EventStore:
        """An empty store."""
        return MemoryStore()
