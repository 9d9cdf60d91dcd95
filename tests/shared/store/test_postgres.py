"""The store on PostgreSQL keeps the promises of an event store."""

import pytest

from shared.eventstore import EventStore
from shared.eventstore.postgres import PostgresStore
from shared.testing.store_suite import StoreSuite


class TestPostgresStore(StoreSuite):
    """The suite, on a real server."""

    @pytest.fixture
    def store(self, postgres_store: PostgresStore) -> EventStore:
        """An empty store."""
        return postgres_store
