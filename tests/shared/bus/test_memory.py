"""The bus in memory keeps the promises of a bus."""

import pytest

from shared.bus import Bus
from shared.bus.memory import MemoryBus
from shared.testing.bus_suite import BusSuite


class TestMemoryBus(BusSuite):
    """The suite, in memory."""

    @pytest.fixture
    def bus(self) -> Bus:
        """An impatient bus."""
        return MemoryBus(patience=0.02)
