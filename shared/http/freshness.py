"""How fresh an answer is: the moment it stands for, its place in the ledger, how old it may be.

One look at the head and at the worker's heartbeat serves everybody for a tenth of a second, so
that asking costs nothing; the age counts from that look and includes how far the worker was
behind. An answer `as_of` an earlier day is of that day for ever: it has no age.
"""

import asyncio
import time
from dataclasses import dataclass
from typing import Final

import asyncpg

from shared.http.problems import Unavailable
from shared.http.runtime import Runtime

LOOK_SECONDS: Final = 0.1
"""How old the known head may be before somebody looks again."""
_MILLISECONDS: Final = 1_000
TROUBLE: Final = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    OSError,
    TimeoutError,
    Unavailable,
)
"""What the database's absence looks like from here."""

type Header = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The head as it was at a look. `behind` is unknown where no worker was ever heard of."""

    position: int
    number: int
    behind: float | None
    looked_at: float

    def age(self, now: float) -> float | None:
        """How many seconds old what was read may be, at most."""
        return None if self.behind is None else self.behind + max(0.0, now - self.looked_at)


@dataclass(slots=True)
class Freshness:
    """The head of one process's database, looked at rarely. Who asks meanwhile shares a look."""

    runtime: Runtime
    seen: Seen | None = None
    looking: asyncio.Task[Seen] | None = None

    async def now(self) -> Seen:
        """The head as it is: of a look that began after the question."""
        if self.looking is not None:
            await asyncio.wait([self.looking])
        return await self._shared()

    async def lately(self, seconds: float = LOOK_SECONDS) -> Seen:
        """The head as it was at most so many seconds ago, or is found by a look under way."""
        seen = self.seen
        if seen is not None and time.monotonic() - seen.looked_at <= seconds:
            return seen
        return await self._shared()

    async def _shared(self) -> Seen:
        """What one look finds, or how it failed, for all who wait; who goes away ends nothing."""
        if self.looking is None:
            self.looking = asyncio.create_task(self._look())
            self.looking.add_done_callback(self._looked)
        return await asyncio.shield(self.looking)

    def _looked(self, look: asyncio.Task[Seen]) -> None:
        self.looking = None
        if not look.cancelled() and look.exception() is None:
            self.seen = look.result()

    async def _look(self) -> Seen:
        """Through the store: a list holds a connection of the queries while its age is asked."""
        looked_at = time.monotonic()
        store = self.runtime.store
        if store is None:
            raise Unavailable("This process has no store to read from.")
        head = await store.head()
        silent = await store.silence()
        lag = 0 if silent is None else await store.cursor("worker:lag_ms")
        return Seen(
            position=head.position,
            number=head.number,
            behind=None if silent is None else silent + lag / _MILLISECONDS,
            looked_at=looked_at,
        )

    def headers(self, seen: Seen) -> list[Header]:
        """What an answer says of itself in its headers."""
        shown = self.shown(seen)
        found = [
            (b"abacus-as-of", str(shown["as_of"]).encode()),
            (b"abacus-event-position", str(seen.position).encode()),
        ]
        if "age_seconds" in shown:
            found.append((b"abacus-age-seconds", f"{shown['age_seconds']:.3f}".encode()))
        return found

    def shown(self, seen: Seen) -> dict[str, str | int | float]:
        """The same for a body: `as_of` by business time, `position`, and the age where known."""
        found: dict[str, str | int | float] = {
            "as_of": self.runtime.clock.now().isoformat(timespec="seconds"),
            "position": seen.position,
        }
        age = seen.age(time.monotonic())
        return found if age is None else {**found, "age_seconds": round(age, 3)}


def fixed(day: str) -> list[Header]:
    """What an answer says that stands for the end of a day that is over."""
    return [(b"abacus-as-of", day.encode())]
