"""The facts behind an answer, as they lie in the store: what an explanation rests on.

They are read where they were written, so an explanation never knows less than what it explains.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

import msgspec
from sqlalchemy import text

from shared.domain.workdays import business_date
from shared.http.problems import Unavailable
from shared.http.reading import Read
from shared.messages import AnyRecorded

_FACTS: Final = text(
    "SELECT stream, version, name, event_id, body FROM es.event "
    "WHERE stream = ANY(:streams) ORDER BY stream, version"
)


class Fact(msgspec.Struct, frozen=True):
    """An event of a stream, without what it says."""

    stream: str
    version: int
    fact: str
    event_id: str
    recorded_on: date


class _Recorded(msgspec.Struct):
    occurred_at: datetime


_recorded: Final = msgspec.json.Decoder(_Recorded)


async def said_in(read: Read, stream: str) -> Sequence[object]:
    """The events of one stream themselves, for what lies in them alone: a file that was sent."""
    store, handling = read.runtime.store, read.runtime.handling
    if store is None or handling is None:
        raise Unavailable("This process has no database to read from.")
    found = (await store.load({stream: 0}, snapshots=False)).streams
    codec = handling.aggregates.codec
    return [codec.event(stored) for stored in found[stream].events] if found else []


async def recorded_in(read: Read, stream: str) -> Sequence[AnyRecorded]:
    """The facts of one stream with their envelopes; as of a day, those recorded by its end."""
    store, handling = read.runtime.store, read.runtime.handling
    if store is None or handling is None:
        raise Unavailable("This process has no database to read from.")
    found = (await store.load({stream: 0}, snapshots=False)).streams
    codec = handling.aggregates.codec
    facts = [codec.decode(stored) for stored in found[stream].events] if found else []
    day = read.as_of
    return [one for one in facts if day is None or business_date(one.occurred_at) <= day]


async def facts_of(read: Read, streams: Sequence[str]) -> Sequence[Fact]:
    """What happened in these streams, each in order; as of a day, what had happened by its end."""
    rows = await read.session.execute(_FACTS, {"streams": list(streams)})
    facts = [_fact(*row) for row in rows.all()]
    return [one for one in facts if read.as_of is None or one.recorded_on <= read.as_of]


def _fact(stream: str, version: int, name: str, event_id: UUID, body: bytes) -> Fact:
    day = business_date(_recorded.decode(body).occurred_at)
    return Fact(stream, version, name, str(event_id), day)
