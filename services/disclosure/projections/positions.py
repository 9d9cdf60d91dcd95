"""How far each producer's words were heard by the end of a day, and how far our own facts went."""

from datetime import date
from typing import Final

from sqlmodel import text

from shared.domain.workdays import day_over
from shared.http.reading import Read

PRODUCERS: Final = ("targets", "monitoring", "evaluation")
# Both go from the end backwards and stop at the first that is old enough.
_HEARD: Final = text(
    "SELECT number FROM es.heard WHERE producer = :producer AND heard_on <= :day"
    " ORDER BY number DESC LIMIT 1"
)
_DONE: Final = text(
    "SELECT l.position FROM es.ledger l JOIN es.event e ON (e.append_id, e.idx) ="
    " (l.append_id, l.idx) WHERE (convert_from(e.body, 'UTF8')::json->>'occurred_at')::timestamptz"
    " < :over ORDER BY l.position DESC LIMIT 1"
)


async def event_position(read: Read) -> str:
    """As far as this answer knows: now, or at the end of the day that is asked for."""
    heard, done = await (_now(read) if read.as_of is None else _by(read, read.as_of))
    return " ".join([f"{name}:{number}" for name, number in heard.items()] + [f"disclosure:{done}"])


async def _now(read: Read) -> tuple[dict[str, int], int]:
    store = read.runtime.store
    assert store is not None
    heard = {name: await store.cursor(f"inbox:{name}") for name in PRODUCERS}
    return heard, (await store.head()).position


async def _by(read: Read, day: date) -> tuple[dict[str, int], int]:
    heard = {
        name: await read.session.scalar(_HEARD, {"producer": name, "day": day}) or 0
        for name in PRODUCERS
    }
    return heard, await read.session.scalar(_DONE, {"over": day_over(day)}) or 0
