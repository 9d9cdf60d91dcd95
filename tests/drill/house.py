"""The targets service as it is installed: api and worker as processes, beside a bus."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import httpx
import nats

from deploy.local.layout import ROOT, Layout, Role, Servers, environment
from services.targets.main import service
from shared.embedded.server import LOOPBACK, Server
from shared.http import policy
from shared.http.issuer import Bearer, Issuer
from shared.testing.servers import Nats, private_nats
from tests.chaos.judge.effects import check_effects, read_journal
from tests.chaos.judge.feed import check_feed, read_feed
from tests.chaos.judge.ledger import check_ledger
from tests.chaos.judge.store import read_store
from tests.chaos.judge.verdict import Verdict
from tests.chaos.rest import NEVER, Watch
from tests.drill.standby import Databases, quiet_port
from tests.machine.clocks import Clocks

type Verb = Literal["serve", "work"]
NAME: Final = "targets"
REGION: Final = "653100"
ROLES: Final[tuple[Role, ...]] = ("owner", "app", "worker")
SECONDS_MAX: Final = 120.0
WATCH_SECONDS: Final = 0.2


class Process(Server):
    """`python -m services.targets serve` or `work`."""

    def __init__(self, folder: Path, verb: str, variables: Mapping[str, str], port: int) -> None:
        """Nothing runs before `start`."""
        super().__init__(folder, port=port)
        self._verb = verb
        self._variables = variables

    def _command(self) -> list[str]:
        variables = [f"{name}={value}" for name, value in self._variables.items()]
        module = ["-m", f"services.{NAME}", self._verb]
        return ["/usr/bin/env", *variables, sys.executable, *module]

    def _ready(self) -> bool:
        if self._verb == "work":
            return True
        try:
            return httpx.get(f"http://{LOOPBACK}:{self.port}/livez", timeout=1).is_success
        except httpx.TransportError:
            return False


@dataclass(slots=True)
class House:
    """What runs; whoever supervises it starts a worker again that has ended."""

    databases: Databases
    bus: Nats
    api: Process
    worker: Process
    issuer: Issuer

    @property
    def url(self) -> str:
        """Where the api answers."""
        return f"http://{LOOPBACK}:{self.api.port}"

    def by(self, role: policy.Role, now: float | None = None) -> dict[str, str]:
        """The token of somebody of the region, minted at a moment."""
        bearer = Bearer(subject=role.lower(), roles=[role], region_code=REGION, unit_code="*")
        return {"authorization": f"Bearer {self.issuer.mint(bearer, now=now)}"}

    async def supervise(self) -> None:
        """For ever. The api must never end by itself."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            assert self.api.pid is not None, self.api.log.read_text()[-2000:]
            if self.worker.pid is None:
                await asyncio.to_thread(self.worker.start)

    async def move_in(self) -> None:
        """There is a region, in which things can be registered."""
        body = {"region_code": REGION, "name": "喀什地区"}
        headers = {**self.by(policy.Role.FB_PERFORMANCE), "if-match": "*"}
        async with httpx.AsyncClient(base_url=self.url, timeout=SECONDS_MAX) as client:
            answer = await client.post("/v1/regions", json=body, headers=headers)
        assert answer.is_success, answer.text

    async def come_to_rest(self) -> None:
        """Everything numbered and said, every reader at its end."""
        watch = Watch(
            urls={NAME: self.url},
            databases={NAME: self.databases.primary.url(NAME)},
            hears={NAME: []},
            readers={NAME: [p.name for p in service.projections if p.project and not p.inline]},
        )
        rested, moving = await watch.come_to_rest(SECONDS_MAX)
        assert rested != NEVER, moving

    async def ready(self) -> tuple[int, dict[str, object]]:
        """What `/readyz` says."""
        async with httpx.AsyncClient(timeout=SECONDS_MAX) as client:
            answer = await client.get(f"{self.url}/readyz")
        return answer.status_code, answer.json()

    async def judged(self, journal: Path) -> Verdict:
        """What the judge says of store, feed and answers."""
        verdict = Verdict()
        store = await read_store(NAME, self.databases.primary.url(NAME))
        check_ledger(store, verdict)
        client = await nats.connect(self.bus.url)
        try:
            check_feed(store, await read_feed(client, NAME.upper()), verdict)
        finally:
            await client.close()
        check_effects(read_journal(journal, verdict), {NAME: store}, verdict)
        return verdict


@asynccontextmanager
async def house(
    databases: Databases, folder: Path, clocks: Clocks | None = None
) -> AsyncIterator[House]:
    """The service over one server or several: its settings name them all."""
    with private_nats() as bus:
        layout = Layout(data=folder / "up", first_port=quiet_port())
        place = databases.url().rpartition("/")[0]
        servers = Servers(postgres=place, nats=bus.url, nats_monitoring=bus.monitoring_url)
        await asyncio.to_thread(_prepare, databases, layout, servers)

        def process(verb: Verb, role: Role) -> Process:
            variables = _own(environment(layout, servers, NAME, role))
            variables |= clocks.variables(verb) if clocks else {}
            return Process(folder / verb, verb, variables, layout.first_port)

        api, worker = process("serve", "app"), process("work", "worker")
        issuer = Issuer.of(service.settings.model_validate({"data_dir": layout.data}))
        found = House(databases, bus, api, worker, issuer)
        try:
            worker.start()
            await asyncio.to_thread(api.start)
            await found.move_in()
            supervising = asyncio.create_task(found.supervise(), name="supervisor")
            yield found
            assert not supervising.done(), supervising.exception()
            supervising.cancel()
        finally:
            for one in (worker, api):
                one.kill()


def _prepare(databases: Databases, layout: Layout, servers: Servers) -> None:
    """A database with its roles and tables, as `make up` makes them."""
    script = (ROOT / "deploy" / "postgres" / "service.sql").read_text()
    said = [f"\\set {role}_password '{layout.login(NAME, role)}'" for role in ROLES]
    databases.primary.run_sql("\n".join([f"\\set service {NAME}", *said, script]))
    done = subprocess.run(
        [sys.executable, "-m", f"services.{NAME}", "migrate"],
        env=dict(environment(layout, servers, NAME, "owner")),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _own(variables: Mapping[str, str]) -> dict[str, str]:
    """The variables that are said to a process beside those that it inherits."""
    wanted = ("ABACUS_", NAME.upper(), "PYTHON", "MALLOC")
    return {name: value for name, value in variables.items() if name.startswith(wanted)}
