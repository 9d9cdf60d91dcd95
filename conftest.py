"""Marks every test that asks for a real server, so that `make test-fast` can leave it out."""

from typing import Final

import pytest

REAL_SERVERS: Final = frozenset({"postgres", "nats", "nats_server", "database"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Add the marker `real` by what a test asks for, never by hand."""
    for item in items:
        if REAL_SERVERS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.real)
