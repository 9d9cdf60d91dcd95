"""How far ledger and log had come at the end of a day, and from which day on there is anything.

Positions and numbers are given in the order of the commits, so moments rise with them but for
what committed together around midnight. The last place of a day is found by halving, and then by
looking at those around it one by one.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import msgspec

from services.disclosure.domain.bulk_refusals import DayNotExported
from shared.contracts.envelope import envelope
from shared.domain.workdays import business_date
from shared.eventstore import EventStore
from shared.eventstore.codec import Body
from shared.http.problems import Unavailable
from shared.http.runtime import Runtime
from shared.http.snapshots import first_unnumbered

SETTLED: Final = timedelta(minutes=10)
"""So long after midnight a day is over: whatever was decided before has been committed (D)."""
AROUND: Final = 500
_body: Final = msgspec.json.Decoder(Body).decode

type Moments = Callable[[int, int], Awaitable[Sequence[datetime]]]
"""After a place, at most so many: when each was."""


@dataclass(frozen=True, slots=True)
class Place:
    """The last position of the ledger and the last number of the log."""

    position: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days that can be exported."""

    first: date
    last: date

    def expect(self, day: date) -> None:
        """Refuse a day that is not among them."""
        if not self.first <= day <= self.last:
            raise DayNotExported(
                f"Days from {self.first} to {self.last} can be exported.",
                pointer="/day",
                remedy="Ask for one of them; today is told by the lists and the feed.",
                detail_zh=f"可导出 {self.first} 至 {self.last} 之间的日期。",
                first=self.first,
                last=self.last,
            )


def store_of(runtime: Runtime) -> EventStore:
    """Where ledger and log are."""
    if runtime.store is None:
        raise Unavailable("This process has no store to read from.")
    return runtime.store


async def days_of(runtime: Runtime, heard: Sequence[str]) -> Days:
    """From the first day on which anything was known here to the last one that is over.

    Over is a day whose facts all have their numbers: else the log of the day would still grow.
    """
    store = store_of(runtime)
    last = business_date(runtime.clock.now() - SETTLED) - timedelta(days=1)
    waiting = await first_unnumbered(runtime)
    if waiting is not None:
        last = min(last, waiting - timedelta(days=1))
    found = [business_date(at) for at in await _events(store)(0, 1)]
    for producer in heard:
        found += [word.heard_on for word in await store.read_heard(producer, 0, 1)]
    first = min(found, default=last + timedelta(days=1))
    if first > last:
        raise DayNotExported(
            f"The first day that can be exported is {first}, once it is over.",
            pointer="/day",
            remedy="Come back tomorrow; today is told by the lists and the feed.",
            detail_zh=f"首个可导出日期为 {first}，须待当日结束。",
        )
    return Days(first=first, last=last)


async def place_of(store: EventStore, day: date) -> Place:
    """Where ledger and log stood at the end of the day."""
    head = await store.head()
    return Place(
        position=await last_of(_events(store), head.position, day),
        number=await last_of(_words(store), head.number, day),
    )


async def last_of(moments: Moments, head: int, day: date) -> int:
    """The last place up to the head whose moment is of the day or before it; 0 for none."""
    low, high = 0, head
    while low < high:
        middle = (low + high + 1) // 2
        (moment,) = await moments(middle - 1, 1)
        if business_date(moment) <= day:
            low = middle
        else:
            high = middle - 1
    following = await moments(low, min(AROUND, head - low)) if head > low else ()
    later = [low + n for n, at in enumerate(following, 1) if business_date(at) <= day]
    return max(later, default=low)


def _events(store: EventStore) -> Moments:
    async def moments(after: int, limit: int) -> Sequence[datetime]:
        entries = await store.read_ledger(after, limit)
        return [_body(entry.event.body).occurred_at for entry in entries]

    return moments


def _words(store: EventStore) -> Moments:
    async def moments(after: int, limit: int) -> Sequence[datetime]:
        return [envelope(word.body).time for word in await store.read_words(after, limit)]

    return moments
