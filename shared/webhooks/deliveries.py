"""Deliveries in the service's database: which word goes where, and when it is tried next.

Fan-out moves its cursor in the transaction of what it plans, so no word is passed over and none
is planned twice. These tables are working memory like deadlines: losing them loses no fact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import msgspec
from sqlmodel import BigInteger, DateTime, Field

from shared.tables import service_table
from shared.webhooks.subscription import Wanted

CURSOR: Final = "webhooks"
PER_WEBHOOK: Final = 4  # of one round: a slow receiver keeps no other waiting for long

_SUBSCRIPTIONS: Final = """
SELECT webhook_id, region_code, url, event_types::text AS event_types, wanted::text AS wanted,
  generation, overlap_until
FROM webhook_register WHERE enabled ORDER BY webhook_id
"""
_REPLAYS: Final = """
SELECT r.webhook_id, r.version, r.first_word, r.last_word
FROM webhook_replays r JOIN webhook_register w USING (webhook_id)
LEFT JOIN es.cursor c ON c.name = 'webhook-replay:' || r.webhook_id
WHERE w.enabled AND r.version > coalesce(c.position, 0) ORDER BY r.webhook_id, r.version
"""
_PLAN: Final = """
INSERT INTO es.webhook_delivery AS d (webhook_id, number, message_id, event_type, status, next_at)
SELECT u.w, u.n, u.m, u.e, 'WAITING', $5 FROM unnest($1::text[], $2::bigint[], $3::text[],
  $4::text[]) AS u(w, n, m, e)
ON CONFLICT (webhook_id, number) DO
"""
_ONCE: Final = _PLAN + "NOTHING"
_AGAIN: Final = (
    _PLAN + "UPDATE SET status = 'WAITING', next_at = excluded.next_at, tries = 0, failure = ''"
)
_MOVE: Final = """
INSERT INTO es.cursor (name, position) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET position = greatest(es.cursor.position, excluded.position)
"""
_DUE: Final = """
SELECT webhook_id, number, message_id, event_type, attempts, tries FROM (
  SELECT d.*, row_number() OVER (PARTITION BY d.webhook_id ORDER BY d.next_at, d.number) AS place
  FROM es.webhook_delivery d
  WHERE d.status = 'WAITING' AND d.next_at <= $1 AND d.webhook_id = ANY($2::text[])
) AS waiting WHERE place <= $3 ORDER BY number LIMIT $4
"""
_TRIED: Final = """
UPDATE es.webhook_delivery SET status = $3, attempts = $4, tries = $5, next_at = $6,
  answered = $7, failure = $8 WHERE webhook_id = $1 AND number = $2
"""
_LOG: Final = """
INSERT INTO es.webhook_attempt (webhook_id, number, attempt, attempted_at, answered, failure,
  milliseconds) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
"""

_FORGET: Final = """
WITH old AS (
  SELECT webhook_id, number FROM es.webhook_delivery
  WHERE (status = 'DELIVERED' AND next_at < $1) OR (status <> 'DELIVERED' AND next_at < $2)
  ORDER BY status, next_at LIMIT $3 FOR UPDATE SKIP LOCKED
), attempts AS (
  DELETE FROM es.webhook_attempt AS a USING old
  WHERE a.webhook_id = old.webhook_id AND a.number = old.number
)
DELETE FROM es.webhook_delivery AS d USING old
WHERE d.webhook_id = old.webhook_id AND d.number = old.number
"""

if TYPE_CHECKING:
    from sqlmodel import SQLModel as Kept
else:
    Kept = service_table("webhooks")


class DeliveryRow(Kept, table=True):
    """One word on its way to one webhook, as the interface lists it."""

    __tablename__ = "webhook_delivery"
    __table_args__ = {"schema": "es"}  # noqa: RUF012 - read by SQLAlchemy

    webhook_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_type=BigInteger)
    message_id: str
    event_type: str
    status: str
    attempts: int
    next_at: datetime = Field(sa_type=DateTime(timezone=True))
    answered: int | None
    failure: str


class AttemptRow(Kept, table=True):
    """One attempt of a delivery."""

    __tablename__ = "webhook_attempt"
    __table_args__ = {"schema": "es"}  # noqa: RUF012 - read by SQLAlchemy

    webhook_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_type=BigInteger)
    attempt: int = Field(primary_key=True)
    attempted_at: datetime = Field(sa_type=DateTime(timezone=True))
    answered: int | None
    failure: str
    milliseconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """An enabled webhook, as the worker needs it."""

    webhook_id: str
    region_code: str
    url: str
    event_types: frozenset[str]
    wanted: Wanted
    generation: int
    overlap_until: datetime | None

    def generations(self, now: datetime) -> tuple[int, ...]:
        """Which keys sign now: the newest first."""
        overlaps = self.overlap_until is not None and now < self.overlap_until
        return (self.generation, self.generation - 1) if overlaps else (self.generation,)


def _wanted(text: str) -> Wanted:
    codes: dict[str, list[str]] = msgspec.json.decode(text)
    return Wanted(**{name: tuple(found) for name, found in codes.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What was asked to be sent again."""

    webhook_id: str
    version: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One word for one webhook. `tries` counts since it was planned, `attempts` for ever."""

    webhook_id: str
    number: int
    message_id: str
    event_type: str
    attempts: int = 0
    tries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What an attempt came to."""

    delivery: Delivery
    status: str
    next_at: datetime
    attempted_at: datetime
    answered: int | None
    failure: str
    milliseconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How long it can be looked up what became of a delivery (D).

    One that was never delivered stays longer: somebody may still want to send it again.
    """

    delivered: timedelta = timedelta(days=90)
    failed: timedelta = timedelta(days=730)


class Deliveries:
    """The tables of one service."""

    def __init__(self, pool: Any) -> None:  # noqa: ANN401 - asyncpg's pool is generic in its stubs only
        """Use this pool."""
        self._pool = pool

    async def subscriptions(self) -> Sequence[Subscription]:
        """Every enabled webhook."""
        return [
            Subscription(
                webhook_id=row["webhook_id"],
                region_code=row["region_code"],
                url=row["url"],
                event_types=frozenset(msgspec.json.decode(row["event_types"])),
                wanted=_wanted(row["wanted"]),
                generation=row["generation"],
                overlap_until=row["overlap_until"],
            )
            for row in await self._pool.fetch(_SUBSCRIPTIONS)
        ]

    async def replays(self) -> Sequence[Replay]:
        """What was asked to be sent again and is not planned yet."""
        rows = await self._pool.fetch(_REPLAYS)
        return [
            Replay(webhook_id=key, version=version, first=first, last=last)
            for key, version, first, last in rows
        ]

    async def plan(self, deliveries: Sequence[Delivery], upto: int, now: datetime) -> None:
        """Plan what the words up to a number mean, and move the cursor with it."""
        await self._plan(_ONCE, deliveries, (CURSOR, upto), now)

    async def plan_again(
        self, deliveries: Sequence[Delivery], replay: Replay, now: datetime
    ) -> None:
        """Plan a replay; what was delivered waits anew."""
        done = (f"webhook-replay:{replay.webhook_id}", replay.version)
        await self._plan(_AGAIN, deliveries, done, now)

    async def _plan(
        self, sql: str, deliveries: Sequence[Delivery], cursor: tuple[str, int], now: datetime
    ) -> None:
        async with self._pool.acquire() as connection, connection.transaction():
            if deliveries:
                await connection.execute(
                    sql,
                    [one.webhook_id for one in deliveries],
                    [one.number for one in deliveries],
                    [one.message_id for one in deliveries],
                    [one.event_type for one in deliveries],
                    now,
                )
            await connection.execute(_MOVE, *cursor)

    async def due(self, webhooks: Sequence[str], now: datetime, limit: int) -> Sequence[Delivery]:
        """What is to be sent now, a few per webhook."""
        rows = await self._pool.fetch(_DUE, now, list(webhooks), PER_WEBHOOK, limit)
        return [Delivery(**dict(row)) for row in rows]

    async def tried(self, tried: Tried) -> None:
        """Keep what an attempt came to."""
        one = tried.delivery
        attempt = one.attempts + 1
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(
                _TRIED,
                one.webhook_id,
                one.number,
                tried.status,
                attempt,
                one.tries + 1,
                tried.next_at,
                tried.answered,
                tried.failure,
            )
            await connection.execute(
                _LOG,
                one.webhook_id,
                one.number,
                attempt,
                tried.attempted_at,
                tried.answered,
                tried.failure,
                tried.milliseconds,
            )

    async def forget(self, delivered_before: datetime, failed_before: datetime, limit: int) -> int:
        """Drop what is over for long, with its attempts; answers how many deliveries went."""
        done = await self._pool.execute(_FORGET, delivered_before, failed_before, limit)
        return int(done.rpartition(" ")[2])
