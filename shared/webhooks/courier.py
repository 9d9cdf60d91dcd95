"""The loop that delivers: plan what was said, send what is due, keep what came of it.

The retry table is the one Standard Webhooks recommends: ten attempts over about 75 hours, each
a little later by chance, so that receivers that failed together are not all met at once again.
"""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import msgspec
import structlog

from shared.asking import Ask
from shared.contracts.envelope import envelope
from shared.desk import Desk
from shared.eventstore import SaidWord
from shared.eventstore.working import is_defect
from shared.telemetry import new_correlation
from shared.webhooks.addresses import (
    AddressRefused,
    Network,
    Resolve,
    WebhookUrlRefused,
    checked_address,
    resolved,
    target_of,
)
from shared.webhooks.deliveries import (
    CURSOR,
    Deliveries,
    Delivery,
    Keeping,
    Subscription,
    Tried,
)
from shared.webhooks.keys import WebhookKeys, signed_content
from shared.webhooks.sending import PLAIN, Answered, NotAnswered, Terms, post
from shared.webhooks.subscription import EVERYTHING, DisableWebhook, Wanted

RETRIES: Final = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
JITTER: Final = 0.1
RETRY_AFTER_MAX: Final = timedelta(days=1)
PAYLOAD_BYTES_MAX: Final = 20_000
WORDS_PER_ROUND: Final = 500
BATCH_MAX: Final = 16
FORGOTTEN_MAX: Final = 1_000
FORGET_EVERY: Final = timedelta(hours=1)
IDLE_SECONDS: Final = 0.5
TROUBLE_SECONDS: Final = 0.5
GONE: Final = 410
_GOOD: Final = range(200, 300)

log = structlog.get_logger()
_encode: Final = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """How webhooks leave this machine; tests bring their own resolver and trust."""

    keys: WebhookKeys
    network: Network = "public"
    resolve: Resolve = resolved
    terms: Terms = PLAIN
    chance: Callable[[], float] = random.random
    real_time: Callable[[], float] = time.time
    keeping: Keeping = field(default_factory=Keeping)


class Courier:
    """Delivers what one service says."""

    def __init__(self, desk: Desk, deliveries: Deliveries, road: Road) -> None:
        """Nothing is sent before `run`."""
        self._desk = desk
        self._deliveries = deliveries
        self._road = road
        self._forget_at: datetime | None = None

    async def run(self) -> None:
        """Deliver for ever."""
        begun = False
        while True:
            try:
                begun = begun or await self._begin()
                busy = await self.round()
            except Exception as trouble:
                if is_defect(trouble):
                    raise
                log.warning("webhooks_wait", why=repr(trouble))
                await asyncio.sleep(TROUBLE_SECONDS)
                continue
            if not busy:
                await asyncio.sleep(IDLE_SECONDS)

    async def _begin(self) -> bool:
        """What was said before there were webhooks is told to nobody."""
        if await self._desk.store.cursor(CURSOR) == 0:
            head = await self._desk.store.head()
            await self._deliveries.plan([], head.number, self._desk.clock.now())
        return True

    async def round(self) -> bool:
        """One look: plan, then send; whether there was anything to do."""
        # The end first: a webhook registered before a word up to there is then seen for certain.
        head = (await self._desk.store.head()).number
        subscriptions = await self._deliveries.subscriptions()
        now = self._desk.clock.now()
        planned = await self._plan(subscriptions, head, now)
        await self._forget(now)
        if not subscriptions:
            return False
        await self._replay(subscriptions, now)
        return await self._send(subscriptions, now) or planned

    async def _plan(self, subscriptions: Sequence[Subscription], head: int, now: datetime) -> bool:
        """Plan what was said up to `head`; where nobody listens, nothing is read."""
        after = await self._desk.store.cursor(CURSOR)
        if after >= head:
            return False
        if not subscriptions:
            await self._deliveries.plan([], head, now)
            return False
        limit = min(WORDS_PER_ROUND, head - after)
        words = await self._desk.store.read_words(after, limit)
        planned = [one for word in words for one in planned_for(word, subscriptions)]
        await self._deliveries.plan(planned, words[-1].number, now)
        return True

    async def _forget(self, now: datetime) -> None:
        """Every hour what is over for long, in batches that follow one another at once."""
        if self._forget_at is not None and now < self._forget_at:
            return
        keeping = self._road.keeping
        gone = await self._deliveries.forget(
            now - keeping.delivered, now - keeping.failed, FORGOTTEN_MAX
        )
        if gone < FORGOTTEN_MAX:
            self._forget_at = now + FORGET_EVERY

    async def _replay(self, subscriptions: Sequence[Subscription], now: datetime) -> None:
        by_id = {one.webhook_id: one for one in subscriptions}
        for replay in await self._deliveries.replays():
            count = replay.last - replay.first + 1
            words = await self._desk.store.read_words(replay.first - 1, count)
            mine = [by_id[replay.webhook_id]] if replay.webhook_id in by_id else []
            planned = [one for word in words for one in planned_for(word, mine)]
            await self._deliveries.plan_again(planned, replay, now)

    async def _send(self, subscriptions: Sequence[Subscription], now: datetime) -> bool:
        by_id = {one.webhook_id: one for one in subscriptions}
        due = await self._deliveries.due(list(by_id), now, BATCH_MAX) if by_id else []
        tries = (self._try(by_id[one.webhook_id], one) for one in due)
        ended = await asyncio.gather(*tries, return_exceptions=True)
        for failure in ended:
            if failure is not None:
                raise failure
        return bool(due)

    async def _try(self, subscription: Subscription, delivery: Delivery) -> None:
        started = time.monotonic()
        answered, failure = await self._attempt(subscription, delivery)
        now = self._desk.clock.now()
        status, next_at = self._after(delivery, answered, now)
        await self._deliveries.tried(
            Tried(
                delivery=delivery,
                status=status,
                next_at=next_at,
                attempted_at=now,
                answered=answered.status if answered is not None else None,
                failure=failure,
                milliseconds=round((time.monotonic() - started) * 1_000),
            )
        )
        if answered is not None and answered.status == GONE:
            await self._disable(subscription, now)

    async def _attempt(
        self, subscription: Subscription, delivery: Delivery
    ) -> tuple[Answered | None, str]:
        """Send once; what went wrong is said in a few words."""
        road = self._road
        (word,) = await self._desk.store.read_words(delivery.number - 1, 1)
        body = payload(word)
        timestamp = int(road.real_time())
        signed = signed_content(delivery.message_id, timestamp, body)
        generations = subscription.generations(self._desk.clock.now())
        headers = {
            "webhook-id": delivery.message_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": road.keys.signature(subscription.webhook_id, generations, signed),
        }
        try:
            target = target_of(subscription.url, road.network)
            address = await checked_address(target, road.network, road.resolve)
            answered = await post(target, address, headers, body, terms=road.terms)
        except (AddressRefused, NotAnswered, WebhookUrlRefused) as failed:
            return None, str(failed)
        except OSError as failed:  # the name is not resolved
            return None, type(failed).__name__
        return answered, "" if answered.status in _GOOD else f"answered {answered.status}"

    def _after(
        self, delivery: Delivery, answered: Answered | None, now: datetime
    ) -> tuple[str, datetime]:
        if answered is not None and answered.status in _GOOD:
            return "DELIVERED", now
        gone = answered is not None and answered.status == GONE
        if gone or delivery.tries >= len(RETRIES):
            return "FAILED", now
        pause = RETRIES[delivery.tries] * (1 + JITTER * self._road.chance())
        if answered is not None and answered.retry_after is not None:
            asked = min(timedelta(seconds=answered.retry_after), RETRY_AFTER_MAX)
            pause = max(pause, asked)
        return "WAITING", now + pause

    async def _disable(self, subscription: Subscription, now: datetime) -> None:
        cause = new_correlation()
        command = DisableWebhook(
            webhook_id=subscription.webhook_id, reason="410", by=self._desk.actor, now=now
        )
        await self._desk.handling.handle(
            Ask(
                commands=(command,),
                actor=self._desk.actor,
                unit="",
                now=now,
                correlation_id=cause,
                causation_id=cause,
            )
        )


def planned_for(word: SaidWord, subscriptions: Sequence[Subscription]) -> list[Delivery]:
    """To whom a word goes: who asked for its type, in its region or above it."""
    region = word.subject.split(".")[1]
    message_id = ""
    planned: list[Delivery] = []
    for one in subscriptions:
        asked = word.event_type in one.event_types and reaches(one.region_code, region)
        if asked and (one.wanted == EVERYTHING or wants(one.wanted, word)):
            message_id = message_id or f"msg_{envelope(word.body).id}"
            planned.append(
                Delivery(
                    webhook_id=one.webhook_id,
                    number=word.number,
                    message_id=message_id,
                    event_type=word.event_type,
                )
            )
    return planned


def wants(wanted: Wanted, word: SaidWord) -> bool:
    """Whether a word says what a webhook is narrowed to."""
    told = _about(bytes(envelope(word.body).data))
    return (
        (not wanted.regions or any(reaches(one, told.region_code) for one in wanted.regions))
        and (not wanted.units or told.unit_code in wanted.units)
        and (not wanted.kinds or told.kind in wanted.kinds)
    )


class _About(msgspec.Struct):
    """What words tell of, where they do."""

    region_code: str = ""
    unit_code: str | None = None
    kind: str | None = None


def reaches(region: str, other: str) -> bool:
    """Whether `other` is the region or lies below it (GB/T 2260: 653100 covers 6531xx)."""
    prefix = region
    while len(prefix) > 2 and len(region) == 6 and prefix.endswith("00"):  # noqa: PLR2004 - digits
        prefix = prefix[:-2]
    return other == region or (prefix != region and other.startswith(prefix))


def payload(word: SaidWord) -> bytes:
    """The bytes that are sent: type, moment and data; thin where the data are too long to push."""
    cloud = envelope(word.body)
    body = _encode({"type": cloud.type, "timestamp": cloud.time, "data": cloud.data})
    if len(body) <= PAYLOAD_BYTES_MAX:
        return body
    pointer = {"subject": cloud.subject, "sequence": cloud.sequence, "number": word.number}
    return _encode({"type": cloud.type, "timestamp": cloud.time, "data": pointer})


_about: Final = msgspec.json.Decoder(_About).decode
