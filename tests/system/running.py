"""The running system as its stories see it: addresses, databases, tokens, and what was recorded."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import asyncpg

from deploy.demo.play import Play
from deploy.demo.scenario import DEFAULT, Scenario
from deploy.demo.stage import Stage
from deploy.local.layout import SERVICES, Layout, Role, Servers
from services.disclosure.main import service as disclosure
from services.evaluation.main import service as evaluation
from services.monitoring.main import service as monitoring
from services.targets.main import service as targets
from shared.http.issuer import Issuer
from shared.settings import ServiceSettings
from tests.chaos.rest import NEVER, Watch
from tests.deploy.installation import Installation

MANIFESTS: Final = (targets, monitoring, evaluation, disclosure)
REGION: Final = "653100"
FISCAL_YEAR: Final = 2021
PROJECTS: Final = 40
REST_SECONDS_MAX: Final = 60.0
LAST_WORDS: Final = 2_000
TRACES: Final = ("append", "event", "word", "command", "import_job")

type Connection = asyncpg.Connection[asyncpg.Record]
type Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Running:
    """All four services with their servers. Addresses are asked anew: a restart may move them."""

    installation: Installation

    @property
    def layout(self) -> Layout:
        """Where its data are and how it is run."""
        return self.installation.layout

    @property
    def urls(self) -> Mapping[str, str]:
        """The API of each service."""
        return self.installation.state.urls

    @property
    def servers(self) -> Servers:
        """PostgreSQL and NATS."""
        found = self.installation.state.servers
        return Servers(postgres=found["postgres"], nats=found["nats"])

    @property
    def issuer(self) -> Issuer:
        """Whose tokens all four services believe."""
        return Issuer.of(ServiceSettings(data_dir=self.layout.data))

    def database(self, service: str, role: Role) -> str:
        """The address with which a process of a service logs in."""
        return self.servers.database(self.layout, service, role)

    @asynccontextmanager
    async def stage(self) -> AsyncIterator[Stage]:
        """Somebody at the door of all four services, for one story."""
        stage = Stage.over(self.urls, self.issuer, REGION)
        async with stage.client:
            yield stage

    @asynccontextmanager
    async def inside(self, service: str) -> AsyncIterator[Connection]:
        """A look into the database of a service, as a superuser who is no part of the system."""
        connection = await asyncpg.connect(f"{self.servers.postgres}/{service}")
        try:
            yield connection
        finally:
            await connection.close()

    async def traces(self) -> Counts:
        """How much of everything that a request can leave there is in each database."""
        counted = await asyncio.gather(*(self._traces_of(service) for service in SERVICES))
        return {name: count for counts in counted for name, count in counts.items()}

    async def _traces_of(self, service: str) -> Counts:
        async with self.inside(service) as connection:
            return {
                f"{service}.{table}": await connection.fetchval(f"SELECT count(*) FROM es.{table}")  # noqa: S608
                for table in TRACES
            }

    async def rest(self) -> None:
        """Wait until everything said is heard and everything heard is told."""
        watch = Watch(
            urls=self.urls,
            databases={name: f"{self.servers.postgres}/{name}" for name in SERVICES},
            hears={one.name: sorted({word.producer for word in one.hears}) for one in MANIFESTS},
            readers={one.name: _later(one.name) for one in MANIFESTS},
        )
        seconds, moving = await watch.come_to_rest(REST_SECONDS_MAX)
        assert seconds != NEVER, moving


def _later(service: str) -> Sequence[str]:
    """The read models that a worker folds after the commit."""
    found = next(one for one in MANIFESTS if one.name == service)
    return [one.name for one in found.projections if one.project and not one.inline]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year that was played through the public APIs, and the figures as they were told."""

    running: Running
    play: Play
    told: Mapping[str, Any]

    @property
    def scenario(self) -> Scenario:
        """What it had to come to."""
        return self.play.scenario


async def play_a_year(running: Running) -> Year:
    """The main job, small: as `make demo PROJECTS=40` plays it."""
    async with running.stage() as stage:
        play = Play(stage, Scenario.read(DEFAULT).scaled(PROJECTS), _silence)
        told = await play.run()
    await running.rest()
    return Year(running=running, play=play, told=told)


def _silence(_text: str) -> None:
    """Nobody watches."""


def played(running: Running) -> Year:
    """For a fixture, which is not part of any loop. What went wrong comes with the last words."""
    try:
        return asyncio.run(play_a_year(running))
    except Exception as broken:
        for log in sorted(running.layout.logs.glob("*.log")):
            broken.add_note(f"{log.name}:\n{log.read_text()[-LAST_WORDS:]}")
        raise
