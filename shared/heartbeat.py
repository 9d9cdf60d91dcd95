"""How a worker feels, written down every second for whoever asks: the readiness of the api.

The numbers lie beside the cursors, by name: `worker:beat_ms` is when (Unix time of the
database), `worker:bus` whether the bus answers and takes what is said, `worker:replicas_missing`
how many servers of the bus do not keep the service's feed and should (as it was when the bus last
answered), `worker:lag_ms` for how long the slowest reader has been behind, `worker:stopped` how
many readers have stopped, and `lag:<reader>` how many entries each has before it.
"""

import asyncio
import time
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog

from shared.bus import Bus, FeedMissing, Unanswered
from shared.desk import Desk
from shared.eventstore.working import is_defect
from shared.inbox import Inbox
from shared.ledger_reader import LedgerReader
from shared.relay import Relay
from shared.telemetry import LAG

BEAT_SECONDS: Final = 1.0
MILLISECONDS: Final = 1_000

log = structlog.get_logger()


@dataclass(slots=True)
class Watched:
    """The loops whose state is written down; those that need the bus come when it is there."""

    readers: Sequence[LedgerReader] = ()
    inboxes: Sequence[Inbox] = ()
    relay: Relay | None = None
    bus: Bus | None = None
    caught_up_at: dict[str, float] = field(default_factory=dict)


class Heartbeat:
    """Writes the numbers of one worker."""

    def __init__(self, desk: Desk, watched: Watched) -> None:
        """`watched` may still grow."""
        self._desk = desk
        self._watched = watched

    async def run(self) -> None:
        """Beat for ever, as long as the database is there to be written to."""
        while True:
            try:
                await self.beat()
            except Exception as trouble:
                if is_defect(trouble):
                    raise
                log.warning("no_heartbeat", why=repr(trouble))
            await asyncio.sleep(BEAT_SECONDS)

    async def beat(self) -> None:
        """Measure and write, once."""
        lags = await self._own_lags()
        missing = await self._look_at_the_bus(lags)
        now = time.monotonic()
        slowest = 0.0
        for reader, lag in lags.items():
            LAG.labels(self._desk.service, reader).set(lag)
            since = self._watched.caught_up_at
            if lag == 0 or reader not in since:
                since[reader] = now
            slowest = max(slowest, now - since[reader])
        await self._desk.working.mark(
            {
                "worker:bus": int(missing is not None),
                **({} if missing is None else {"worker:replicas_missing": missing}),
                "worker:lag_ms": int(slowest * MILLISECONDS),
                "worker:stopped": self._stopped(),
                "worker:halted": self._halted(),
                **{f"lag:{reader}": lag for reader, lag in lags.items()},
            }
        )

    async def _own_lags(self) -> dict[str, int]:
        head = await self._desk.store.head()
        readers = self._watched.readers
        lags = {one.name: max(0, head.position - (one.cursor or 0)) for one in readers}
        if self._watched.relay is not None:
            lags["relay"] = max(0, head.number - self._watched.relay.published)
        return lags

    async def _look_at_the_bus(self, lags: dict[str, int]) -> int | None:
        """Add how far each inbox is behind its producer; answers how often our feed is missing.

        Nothing where the bus does not answer, or does not take what is said.
        """
        bus = self._watched.bus
        if bus is None:
            return None
        try:
            missing = await _or_none(bus.replicas_missing(self._desk.service))
            for inbox in self._watched.inboxes:
                last = await _or_none(bus.last_number(inbox.producer))
                lags[inbox.reader] = max(0, last - (inbox.cursor or 0))
        except Unanswered:
            return None
        relay = self._watched.relay
        # A full bus answers questions and takes nothing.
        return None if relay is not None and relay.unheard else missing

    def _stopped(self) -> int:
        readers = sum(one.stopped is not None for one in self._watched.readers)
        inboxes = sum(one.stopped is not None for one in self._watched.inboxes)
        return self._halted() + readers + inboxes

    def _halted(self) -> bool:
        """Whether the feed tells what the store does not know: nobody may be served then."""
        relay = self._watched.relay
        return relay is not None and relay.stopped is not None


async def _or_none(asked: Awaitable[int]) -> int:
    """What the bus says of a feed; zero, where there is none: who never spoke misses nothing."""
    try:
        return await asked
    except FeedMissing:
        return 0
