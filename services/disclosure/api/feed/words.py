"""Reading the log: from a place forwards or backwards, and only what is asked for.

A filter looks at so many words of the log and no more; a page may then be short, and its cursor
still leads on behind the last word that was looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Query, Request

from services.disclosure.api.feed.entries import Entry, entry_of
from shared.eventstore import EventStore
from shared.http.freshness import Freshness
from shared.http.problems import Unavailable
from shared.http.runtime import Runtime
from shared.webhooks.courier import reaches

LOOKED_AT_MAX: Final = 5_000
BATCH: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which words are asked for; all of them where nothing is said."""

    region: str | None = None
    unit: str | None = None
    kind: str | None = None
    event_type: str | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self == _EVERYTHING

    def admits(self, entry: Entry) -> bool:
        """Whether a word is one of them."""
        asked = (("unit_code", self.unit), ("kind", self.kind))
        if any(code is not None and entry.data.get(name) != code for name, code in asked):
            return False
        if self.event_type is not None and entry.event_type != self.event_type:
            return False
        said_in = str(entry.data.get("region_code", ""))
        return self.region is None or reaches(self.region, said_in)


_EVERYTHING: Final = Choice()


def choice(
    region: Annotated[
        str | None,
        Query(min_length=2, max_length=12, description="Only of this region and those below it."),
    ] = None,
    unit: Annotated[
        str | None, Query(max_length=50, description="Only about items of this unit.")
    ] = None,
    kind: Annotated[
        str | None, Query(max_length=50, description="Only about items of this kind.")
    ] = None,
    event_type: Annotated[
        str | None, Query(max_length=200, description="Only words of this type.")
    ] = None,
) -> Choice:
    """What a reader asks for."""
    return Choice(region=region, unit=unit, kind=kind, event_type=event_type)


Chosen = Annotated[Choice, Depends(choice)]


def runtime_of(request: Request) -> Runtime:
    """What this process holds."""
    runtime: Runtime = request.app.state.runtime
    return runtime


def store_of(request: Request) -> EventStore:
    """Where the words are."""
    store = runtime_of(request).store
    if store is None:
        raise Unavailable("This process has no store to read from.")
    return store


def fresh_of(request: Request) -> Freshness:
    """How far the numbers go."""
    fresh: Freshness = request.app.state.fresh
    return fresh


@dataclass(frozen=True, slots=True)
class Found:
    """The words that were found, and the last place that was looked at."""

    entries: Sequence[Entry]
    reached: int


async def forwards(
    store: EventStore, wanted: Choice, *, after: int, upto: int, limit: int
) -> Found:
    """Words after a place, the oldest first."""
    found: list[Entry] = []
    place, last = after, min(upto, after + LOOKED_AT_MAX)
    while place < last and len(found) < limit:
        room = limit - len(found) if wanted.everything else BATCH
        for word in await store.read_words(place, min(room, last - place)):
            place = word.number
            if wanted.admits(entry := entry_of(word)):
                found.append(entry)
            if len(found) == limit:
                break
    return Found(found, place)


async def backwards(store: EventStore, wanted: Choice, *, before: int, limit: int) -> Found:
    """Words before a place, the newest first; `reached` is the last one that was looked at."""
    found: list[Entry] = []
    place, first = before, max(1, before - LOOKED_AT_MAX)
    while place > first and len(found) < limit:
        room = limit - len(found) if wanted.everything else BATCH
        after = max(first - 1, place - 1 - room)
        for word in reversed(await store.read_words(after, place - 1 - after)):
            place = word.number
            if wanted.admits(entry := entry_of(word)):
                found.append(entry)
            if len(found) == limit:
                break
    return Found(found, place)
