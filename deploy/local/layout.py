"""What runs on the machine: names, ports, folders and environments, as plain values."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

type Role = Literal["owner", "app", "worker"]
type Clock = Literal["system", "adjustable"]

SERVICES: Final = ("targets", "monitoring", "evaluation", "disclosure")
ROOT: Final = Path(__file__).resolve().parents[2]
LOOPBACK: Final = "127.0.0.1"
FIRST_PORT: Final = 8101
ROLES: Final[tuple[Role, ...]] = ("owner", "app", "worker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One installation: its data folder and how it is run."""

    data: Path
    first_port: int = FIRST_PORT
    clock: Clock = "system"

    @property
    def state_file(self) -> Path:
        """What runs; written by the supervisor, read by everybody else."""
        return self.data / "state.json"

    @property
    def logs(self) -> Path:
        """One file per process."""
        return self.data / "logs"

    def port(self, service: str) -> int:
        """Where a service's api listens."""
        return self.first_port + SERVICES.index(service)

    def url(self, service: str) -> str:
        """The address of a service's api."""
        return f"http://{LOOPBACK}:{self.port(service)}"

    def secret(self, name: str) -> str:
        """A password of this installation, made at the first question."""
        folder = self.data / "secrets"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / name
        if not path.exists():
            path.touch(0o600)
            path.write_text(secrets.token_urlsafe(24))
        return path.read_text().strip()

    def login(self, service: str, role: Role) -> str:
        """The password of a database role."""
        return self.secret(f"postgres-{service}-{role}")


@dataclass(frozen=True, slots=True)
class Servers:
    """Where the two servers are: ours, or those of the surroundings."""

    postgres: str
    """A superuser's address without a database: `postgresql://user:password@host:port`."""
    nats: str
    nats_monitoring: str | None = None
    """Where a worker sees that the bus flushes every message before it trusts it."""

    def database(self, layout: Layout, service: str, role: Role) -> str:
        """The address of a service's database for one of its roles."""
        place = self.postgres.rpartition("@")[2]
        return f"postgresql://{service}_{role}:{layout.login(service, role)}@{place}/{service}"


def environment(layout: Layout, servers: Servers, service: str, role: Role) -> Mapping[str, str]:
    """The environment of one process of a service."""
    prefix = service.upper()
    watched = {"ABACUS_NATS_MONITORING_URL": servers.nats_monitoring or ""}
    return {
        **os.environ,
        **(watched if servers.nats_monitoring else {}),
        f"{prefix}_DATABASE_URL": servers.database(layout, service, role),
        f"{prefix}_HOST": LOOPBACK,
        f"{prefix}_PORT": str(layout.port(service)),
        # Grouping makes few connections enough, and each one is a process of PostgreSQL.
        f"{prefix}_DATABASE_CONNECTIONS_MAX": "3",
        f"{prefix}_READ_CONNECTIONS_MAX": "2",
        "ABACUS_NATS_URL": servers.nats,
        "ABACUS_DATA_DIR": str(layout.data),
        "ABACUS_CLOCK": layout.clock,
        "ABACUS_LOG_LEVEL": os.environ.get("ABACUS_LOG_LEVEL", "WARNING"),
        "PYTHONUNBUFFERED": "1",
        # The allocator keeps one arena per thread by default; two are enough for an event loop.
        "MALLOC_ARENA_MAX": "2",
    }
