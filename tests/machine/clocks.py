"""The clock of every process of an installation, set by whoever tests: libfaketime (Debian)."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from shared.testing.servers import Postgres

type Who = Literal["postgres", "serve", "work"]
EVERYBODY: Final[tuple[Who, ...]] = ("postgres", "serve", "work")
PLACES: Final = "/usr/lib"
LIBRARY: Final = "*/faketime/libfaketime.so.1"


@dataclass(frozen=True, slots=True)
class Clocks:
    """How far the clock of each process is off; the one that is never set runs on as it does."""

    folder: Path
    library: Path

    def set(self, who: Who, seconds: int) -> None:
        """From now on this process is so far ahead, or behind."""
        draft = self.folder / f"{who}.draft"
        draft.write_text(f"{seconds:+d}")
        draft.chmod(0o644)
        draft.rename(self.folder / who)

    def variables(self, who: Who) -> dict[str, str]:
        """What a process must find in its environment."""
        return {
            "LD_PRELOAD": str(self.library),
            "FAKETIME_TIMESTAMP_FILE": str(self.folder / who),
            "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def server(self, settings: dict[str, str]) -> Postgres:
        """A server that lives by its own clock; nothing runs yet."""
        told = {**Postgres.environment, **self.variables("postgres")}

        class Clocked(Postgres):
            """With the library before all others."""

            environment = told

        return Clocked(self.folder / "server", settings=settings)


@contextmanager
def own_clocks() -> Iterator[Clocks]:
    """Clocks that are right so far. Where the library is missing, the test fails and says so."""
    library = next(Path(PLACES).glob(LIBRARY), None)
    assert library is not None, "no clock can be set here: install Debian's package libfaketime"
    folder = Path(tempfile.mkdtemp(prefix="abacus-"))
    folder.chmod(0o755)
    clocks = Clocks(folder, library)
    for who in EVERYBODY:
        clocks.set(who, 0)
    try:
        yield clocks
    finally:
        shutil.rmtree(folder, ignore_errors=True)
