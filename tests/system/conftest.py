"""One installation for the whole folder, and one year of which every story may read.

Starting costs seconds, so what one story finds may be what another one left. A story asserts
what it changed itself, never how much there is. Strangers change what they like, a unit's
department among it, so they come after everybody else.
"""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from deploy.demo.stage import Stage
from tests.deploy.installation import installed
from tests.system.running import Running, Year, played

HERE = Path(__file__).parent
STRANGERS = HERE / "test_strangers.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The stories of the whole system come last and together: then it is up for them alone."""
    items.sort(key=lambda item: (HERE in item.path.parents, item.path == STRANGERS))


@pytest.fixture(scope="session")
def running() -> Iterator[Running]:
    """The system as `make up` starts it, with business time that can be set."""
    with installed(clock="adjustable") as installation:
        yield Running(installation)


@pytest.fixture(scope="session")
def year(running: Running) -> Year:
    """The year 2021 of Kashgar with few projects, told to the end."""
    return played(running)


@pytest.fixture
async def stage(running: Running) -> AsyncIterator[Stage]:
    """Somebody at the door of all four services, for one story."""
    async with running.stage() as found:
        yield found
