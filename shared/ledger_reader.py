"""Own ledger → read models that are folded after the commit, each behind a cursor of its own.

Counters that every command would fight over are folded here, one transaction for a whole page
of the ledger. The cursor moves with the rows, so an event counts exactly once. An event that
cannot be folded is parked and everything later of its stream behind it; over money the reader
stops instead.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import structlog

from shared.bus import Bell
from shared.desk import Desk
from shared.domain.workdays import business_date
from shared.eventstore import (
    CursorMove,
    CursorMoved,
    LedgerEntry,
    Parked,
    Transaction,
)
from shared.eventstore.working import is_defect
from shared.projections import Change, Projection

PAGE: Final = 1_000
REST_SECONDS: Final = 0.05  # what comes meanwhile is folded in one transaction
IDLE_SECONDS: Final = 0.5  # our own sequencer rings; this is for one in another process
TRIES_SECONDS: Final = (0.2, 1.0)
TROUBLE_SECONDS: Final = 0.5
STOPPED_SECONDS: Final = 5.0
BEHIND_ANOTHER: Final = "an earlier event of the same stream is parked"

log = structlog.get_logger()


class ReaderStopped(Exception):
    """An event that changes money cannot be folded; nothing after it may be."""


@dataclass(slots=True)
class _Page:
    """What a page of the ledger changes."""

    changes: list[Change] = field(default_factory=list)
    parked: list[Parked] = field(default_factory=list)
    last: int = 0
    day: date | None = None
    stop: ReaderStopped | None = None


class LedgerReader:
    """Folds one projection from the ledger. Its cursor carries the projection's name."""

    def __init__(self, desk: Desk, projection: Projection) -> None:
        """Read the cursor at the first step."""
        self._desk = desk
        self._projection = projection
        self._wanted = frozenset(fact.__name__ for fact in projection.facts)
        self._parked_streams: set[str] = set()
        self.cursor: int | None = None
        self.stopped: str | None = None

    @property
    def name(self) -> str:
        """The projection's, which is also its cursor's."""
        return self._projection.name

    async def run(self, numbered: Bell) -> None:
        """Fold for ever; `numbered` rings when the ledger has grown."""
        while True:
            try:
                folded = await self.step()
                self.stopped = None
            except CursorMoved:
                log.info("cursor_moved", reader=self.name)
                self.cursor = None
                continue
            except ReaderStopped as stopped:
                self.stopped = str(stopped)
                log.critical("reader_stopped", reader=self.name, reason=self.stopped)
                await asyncio.sleep(STOPPED_SECONDS)
                continue
            except Exception as trouble:
                if is_defect(trouble):
                    raise
                log.warning("reader_waits", reader=self.name, why=repr(trouble))
                self.cursor = None
                await asyncio.sleep(TROUBLE_SECONDS)
                continue
            if not folded:
                await numbered.wait(IDLE_SECONDS)
            elif folded < PAGE:
                await asyncio.sleep(REST_SECONDS)

    async def step(self) -> int:
        """One page; answers how many events were read."""
        if self.cursor is None:
            self.cursor = await self._desk.store.cursor(self.name)
            await self._recall()
        entries = await self._desk.store.read_ledger(self.cursor, PAGE, self._wanted)
        if not entries:
            return 0
        read = entries[-1].position - self.cursor
        if self._parked_streams:
            await self._recall()  # somebody may have mended the fold and redriven
        try:
            await self._commit(self._fold(entries))
        except (CursorMoved, ReaderStopped):
            raise
        except Exception as trouble:
            if not is_defect(trouble):
                raise
            log.warning("page_spoilt", reader=self.name, why=repr(trouble))
            for entry in entries:
                await self._fold_carefully(entry)
        return read

    async def _recall(self) -> None:
        parked = await self._desk.working.parked(self.name, self._desk.service)
        self._parked_streams = {one.subject for one in parked}

    def _fold(self, entries: Sequence[LedgerEntry]) -> _Page:
        assert self._projection.project is not None
        page = _Page()
        waiting = set(self._parked_streams)
        for entry in entries:
            if self._wanted and entry.event.name not in self._wanted:
                page.last = entry.position
                continue
            if entry.event.stream in waiting:
                page.parked.append(self._parked(entry, BEHIND_ANOTHER))
            else:
                try:
                    fact = self._desk.handling.aggregates.codec.decode(entry.event, entry.position)
                    day = business_date(fact.occurred_at)
                    if page.day not in (None, day):
                        return page  # a transaction has one day
                    page.day = day
                    page.changes += self._projection.project(fact)
                except Exception as defect:  # noqa: BLE001 - whatever it is, it is parked with its reason
                    if self._projection.money:
                        page.stop = ReaderStopped(f"position {entry.position}: {defect!r}")
                        return page
                    page.parked.append(self._parked(entry, repr(defect)))
                    waiting.add(entry.event.stream)
            page.last = entry.position
        return page

    def _parked(self, entry: LedgerEntry, reason: str) -> Parked:
        log.error("event_parked", reader=self.name, position=entry.position, reason=reason)
        return Parked(self.name, self._desk.service, entry.position, entry.event.stream, reason)

    async def _commit(self, page: _Page) -> None:
        assert self.cursor is not None
        if page.last:
            move = CursorMove(self.name, self.cursor, page.last)
            await self._desk.store.commit(
                Transaction(changes=page.changes, cursors=[move], parked=page.parked, day=page.day)
            )
            self.cursor = page.last
            self._parked_streams |= {one.subject for one in page.parked}
        if page.stop is not None:
            raise page.stop

    async def _fold_carefully(self, entry: LedgerEntry) -> None:
        """An event of a page that failed as a whole, alone: three tries, then it is parked."""
        reason = ""
        for pause in (*TRIES_SECONDS, None):
            try:
                return await self._commit(self._fold([entry]))
            except (CursorMoved, ReaderStopped):
                raise
            except Exception as trouble:
                if not is_defect(trouble):
                    raise
                reason = repr(trouble)
                if pause is not None:
                    await asyncio.sleep(pause)
        if self._projection.money:
            raise ReaderStopped(f"position {entry.position}: {reason}")
        page = _Page(parked=[self._parked(entry, reason)], last=entry.position)
        return await self._commit(page)
