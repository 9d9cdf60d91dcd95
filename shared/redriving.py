"""Parked words, applied after all: in order, each exactly once, stopping at what still fails."""

import structlog
from msgspec.structs import replace

from shared.bus import FeedWord
from shared.desk import Desk
from shared.eventstore import CursorMove, CursorMoved, Parked, VersionConflict
from shared.eventstore.working import is_defect
from shared.inbox import effects, first_refused, inbox_cursor
from shared.understanding import Understanding, Unfit

log = structlog.get_logger()


class Redrive:
    """Applies what the inbox of one producer has parked. May run beside the inbox."""

    def __init__(self, desk: Desk, understanding: Understanding, producer: str) -> None:
        """Work with what the inbox works with."""
        self._desk = desk
        self._understanding = understanding
        self._producer = producer
        self._reader = inbox_cursor(producer)

    async def run(self) -> int:
        """One pass; answers how many words were applied.

        A word that fails again stays parked, and so does everything behind it of its subject.
        While the pass runs the inbox may park more behind it: repeat until it answers 0.
        """
        done = 0
        stuck: set[str] = set()
        for parked in await self._desk.working.parked(self._reader, self._producer):
            if parked.subject in stuck:
                continue
            reason = await self._still_wrong(parked)
            if reason is None:
                await self._desk.working.unpark([parked])
                done += 1
            else:
                stuck.add(parked.subject)
                log.warning(
                    "still_parked", reader=self._reader, number=parked.number, reason=reason
                )
        return done

    async def _still_wrong(self, parked: Parked) -> str | None:
        """Apply it; answers what is still wrong with it, if anything."""
        try:
            return await self._apply(parked)
        except CursorMoved:
            return None  # applied before, and the process ended before the row was gone
        except Exception as trouble:
            if isinstance(trouble, Unfit | VersionConflict) or is_defect(trouble):
                return repr(trouble)
            raise

    async def _apply(self, parked: Parked) -> str | None:
        desk = self._desk
        heard = await desk.store.read_heard(self._producer, parked.number - 1, 1)
        word = FeedWord(parked.number, heard[0].body, b"")
        taken = self._understanding.take(word, self._producer, desk.clock.now())
        prepared = await desk.handling.prepare(taken.asks, fresh=True)
        refused = first_refused([taken], prepared)
        if refused is not None:
            return refused[1]
        # The fence: applied exactly once, even where the row outlives a crash.
        fence = CursorMove(f"redriven:{self._reader}:{parked.number}", 0, 1)
        transaction = effects(desk.handling, prepared, [taken])
        try:
            await desk.store.commit(replace(transaction, cursors=[fence], day=taken.heard.heard_on))
        finally:
            desk.handling.forget(prepared)
        await desk.committed()
        return None
