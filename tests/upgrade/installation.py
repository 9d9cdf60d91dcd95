"""Two releases over the same servers and the same data: the one that was there, and this one.

The servers stay where releases come and go, as in the composition, so neither release owns them.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from deploy.local.children import Nest
from deploy.local.launcher import down
from deploy.local.layout import SERVICES, Layout, Role, Servers, environment
from deploy.local.state import Running, State
from shared.embedded import Nats, Postgres

FIRST_PORT: Final = 8501
NEW_PORT: Final = 8511
POLL_SECONDS: Final = 0.1
END_SECONDS_MAX: Final = 60.0
ROLES: Final[Mapping[str, Role]] = {"serve": "app", "work": "worker", "migrate": "owner"}

type Name = str
"""`targets-serve`: a service and what the process does for it."""


class NotEnded(Exception):
    """A process did not do as SIGTERM told it."""


@dataclass(slots=True)
class Side:
    """The processes of one release."""

    release: str
    urls: Mapping[str, str]
    running: dict[Name, Running] = field(default_factory=dict)

    def gone(self) -> list[Name]:
        """Those that ended and were not told to."""
        return [name for name, one in self.running.items() if one.process() is None]

    async def end(self, name: Name) -> None:
        """SIGTERM, and wait until it is gone."""
        one = self.running.pop(name)
        process = one.process()
        if process is not None:
            process.terminate()
        until = time.monotonic() + END_SECONDS_MAX
        while one.process() is not None:
            if time.monotonic() > until:
                raise NotEnded(f"{name} of the {self.release} release")
            await asyncio.sleep(POLL_SECONDS)


@dataclass(slots=True)
class House:
    """One installation on its way from a release to the next."""

    data: Path
    servers: Servers
    old: Side
    new: Side
    nest: Nest

    def database(self, service: str) -> str:
        """The address of a service's database for one who may see everything."""
        return f"{self.servers.postgres}/{service}"

    async def migrate(self) -> None:
        """Tables first: the new release's steps, for all services at the same time."""
        begun = {service: self._begin(service, "migrate") for service in SERVICES}
        codes = {
            service: await asyncio.to_thread(self.nest.code_of, one.pid)
            for service, one in begun.items()
        }
        assert set(codes.values()) == {0}, f"migrations ended with {codes}; see {self.data}"

    def begin(self, service: str, verb: str) -> None:
        """One more process of the new release."""
        self.new.running[f"{service}-{verb}"] = self._begin(service, verb)

    def _begin(self, service: str, verb: str) -> Running:
        surroundings = environment(self.nest.layout, self.servers, service, ROLES[verb])
        pid = self.nest.begin(
            service=service,
            name=f"{service}-{verb}",
            verb=verb,
            log=str(self.nest.layout.logs / f"new-{service}-{verb}.log"),
            environment=dict(surroundings),
        )
        return Running.of(pid)

    def restarts(self) -> Mapping[str, int]:
        """What the old release had to start again."""
        return _state(self.data).restarts

    def dismiss_supervisor(self) -> None:
        """Nobody starts old processes again from here on; they themselves go on."""
        state = _state(self.data)
        supervisor = state.supervisor.process()
        assert supervisor is not None, "the supervisor of the old release has ended"
        self.old.running.update(state.processes)
        supervisor.kill()
        supervisor.wait(END_SECONDS_MAX)


@contextmanager
def installed(data: Path, tree: Path) -> Iterator[House]:
    """The old release, started by its own code out of its own tree; at the end nothing runs."""
    postgres, nats = Postgres(data / "postgres"), Nats(data / "nats")
    old = Layout(data=data / "up", first_port=FIRST_PORT, clock="adjustable")
    new = Layout(data=data / "up", first_port=NEW_PORT, clock="adjustable")
    with postgres, nats:
        servers = Servers(
            postgres=postgres.url().rpartition("/")[0],
            nats=nats.url,
            nats_monitoring=nats.monitoring_url,
        )
        nest = Nest(new)
        before, after = (
            Side(release, {one: layout.url(one) for one in SERVICES})
            for release, layout in (("old", old), ("new", new))
        )
        house = House(data, servers, before, after, nest)
        try:
            _start(data, tree, servers)
            nest.hatch()
            yield house
        finally:
            _end(house)
            down(old)


def _start(data: Path, tree: Path, servers: Servers) -> None:
    place = ("--data", str(data), "--port", str(FIRST_PORT))
    subprocess.run(
        [sys.executable, "-m", "deploy.local", *place, "up", "--clock", "adjustable"],
        cwd=tree,
        env={
            **os.environ,
            "PYTHONPATH": str(tree),
            "ABACUS_POSTGRES_URL": servers.postgres,
            "ABACUS_NATS_URL": servers.nats,
            "ABACUS_NATS_MONITORING_URL": servers.nats_monitoring or "",
        },
        check=True,
    )


def _end(house: House) -> None:
    """Whatever is left of the new release, also where the run broke off."""
    found = [one.process() for one in house.new.running.values()]
    left = [process for process in found if process is not None]
    for process in left:
        process.terminate()
    until = time.monotonic() + END_SECONDS_MAX
    while any(process.is_running() and process.status() != "zombie" for process in left):
        if time.monotonic() > until:
            for process in left:
                process.kill()
        time.sleep(POLL_SECONDS)
    house.nest.close()


def _state(data: Path) -> State:
    state = State.read(data / "up" / "state.json")
    assert state is not None
    return state
