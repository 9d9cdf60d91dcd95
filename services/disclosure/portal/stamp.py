"""How fresh a page is: the place in the logs it was read at, the day, and how far behind."""

import time
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from shared.domain.workdays import business_date
from shared.http.problems import Unavailable
from shared.http.runtime import Runtime

PRODUCERS: Final = ("targets", "monitoring", "evaluation")
LOOK_SECONDS: Final = 0.25
"""For how long one look at the logs serves all pages of a process."""
_MILLISECONDS: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a page is made from. The same place gives the same page, in every process."""

    position: int
    number: int
    heard: tuple[int, ...]
    day: date

    @property
    def text(self) -> str:
        """As the statistics of the API say it."""
        heard = [f"{name}:{n}" for name, n in zip(PRODUCERS, self.heard, strict=True)]
        return " ".join([*heard, f"disclosure:{self.position}"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A place, when it was looked up, and how old what it shows was then.

    `age_seconds` is the time since the worker last said how far it was, and its lag at that
    time; nothing where no worker has been heard of.
    """

    place: Place
    read_at: datetime
    age_seconds: float | None
    looked_at: float

    @property
    def current(self) -> bool:
        """Whether it still serves."""
        return time.monotonic() - self.looked_at < LOOK_SECONDS


async def look(runtime: Runtime) -> Stamp:
    """Ask the store where it stands."""
    store = runtime.store
    if store is None:
        raise Unavailable("This process has no store to read from.")
    looked_at, now = time.monotonic(), runtime.clock.now()
    head = await store.head()
    heard = [await store.cursor(f"inbox:{name}") for name in PRODUCERS]
    silent, lag = await store.silence(), await store.cursor("worker:lag_ms")
    return Stamp(
        place=Place(
            position=head.position,
            number=head.number,
            heard=tuple(heard),
            day=business_date(now),
        ),
        read_at=now,
        age_seconds=None if silent is None else silent + lag / _MILLISECONDS,
        looked_at=looked_at,
    )
