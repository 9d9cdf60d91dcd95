"""Marks tests that ask for a real server (`make test-fast` leaves them out); sets up properties."""

from typing import Final

import pytest
from hypothesis import HealthCheck, settings

REAL_SERVERS: Final = frozenset({"postgres", "nats", "nats_server", "database"})

# A property is true or not; how busy the machine was is none of its business.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# `pytest --hypothesis-profile=many`: before something the properties guard is merged.
settings.register_profile("many", settings.get_profile("house"), max_examples=5000)
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Add the marker `real` by what a test asks for, never by hand."""
    for item in items:
        if REAL_SERVERS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.real)
