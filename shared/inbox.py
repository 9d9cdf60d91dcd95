"""Feed → this service: words are heard, understood and applied, and the cursor moves with them.

A batch of words, the commands they cause, the rows they change and the new cursor become true
in one transaction, so a word has its effect exactly once whatever crashes. The cursor is the
fence: whoever else applied these words moved it, and our transaction is refused.

A word that cannot be applied is parked with its reason and everything later of its subject
behind it, so that order survives. A projection over money is not passed by: the inbox stops.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog
from msgspec.structs import replace

from shared.bus import BATCH_MAX, Ear, FeedWord, WordDamaged
from shared.desk import Desk
from shared.eventstore import (
    CursorMove,
    CursorMoved,
    Parked,
    Transaction,
    VersionConflict,
)
from shared.eventstore.working import is_defect
from shared.handling import Handling, Prepared
from shared.understanding import Taken, Understanding, Unfit

if TYPE_CHECKING:
    from shared.projections import Change

CONFLICTS_MAX: Final = 20
LARGE_MAX: Final = 16  # words with large effects that share a transaction
TRIES_SECONDS: Final = (0.2, 1.0)  # between three tries of a word that spoilt its batch
TROUBLE_SECONDS: Final = 0.5
STOPPED_SECONDS: Final = 5.0
LOADED_SECONDS: Final = 0.01  # who works longer at a part of a batch has more to come
REST_SECONDS_MAX: Final = 0.05
BEHIND_ANOTHER: Final = "an earlier word of the same subject is parked"

log = structlog.get_logger()


class Stopped(Exception):
    """A word that changes money cannot be applied; nothing after it may be."""


def inbox_cursor(producer: str) -> str:
    """The name of the cursor that says how far a producer has been heard."""
    return f"inbox:{producer}"


@dataclass(slots=True)
class _Plan:
    """What is to be done about a batch: who is applied and who is parked, by number."""

    taken: list[Taken]
    parked: dict[int, Parked]

    @property
    def applied(self) -> list[Taken]:
        return [one for one in self.taken if one.number not in self.parked]


class Inbox:
    """Hears one producer."""

    def __init__(self, desk: Desk, understanding: Understanding, producer: str, ear: Ear) -> None:
        """Read the cursor at the first step."""
        self._desk = desk
        self._understanding = understanding
        self.producer = producer
        self.reader = inbox_cursor(producer)
        self._ear = ear
        self._parked_subjects: set[str] = set()
        self._arrived_at = 0.0
        self.cursor: int | None = None
        self.stopped: str | None = None

    async def run(self) -> None:
        """Hear for ever. Under load it rests as long as it worked: fewer, larger transactions."""
        while True:
            try:
                heard = await self.step()
                if heard:
                    self.stopped = None
                worked = time.monotonic() - self._arrived_at
                if 0 < heard < BATCH_MAX and worked > LOADED_SECONDS:
                    await asyncio.sleep(min(worked, REST_SECONDS_MAX))
            except CursorMoved:
                log.info("cursor_moved", reader=self.reader)
                self.cursor = None
            except WordDamaged as damaged:
                self.stopped = f"word {damaged} of {self.producer} is not what was said"
                log.critical("word_damaged", reader=self.reader, number=str(damaged))
                await asyncio.sleep(TROUBLE_SECONDS)
            except Stopped as stopped:
                self.stopped = str(stopped)
                log.critical("inbox_stopped", reader=self.reader, reason=self.stopped)
                await asyncio.sleep(STOPPED_SECONDS)
            except Exception as trouble:
                if is_defect(trouble):
                    raise
                log.warning("inbox_waits", reader=self.reader, why=repr(trouble))
                self.cursor = None
                await asyncio.sleep(TROUBLE_SECONDS)

    async def step(self) -> int:
        """One batch; answers how many words were heard."""
        if self.cursor is None:
            self.cursor = await self._desk.store.cursor(self.reader)
            await self._recall()
        words = await self._ear.fetch(self.cursor, BATCH_MAX)
        if not words:
            return 0
        self._arrived_at = time.monotonic()  # waiting for words is no work
        if self._parked_subjects:
            await self._recall()  # somebody may have redriven them
        try:
            await self._apply(words)
        except (CursorMoved, Stopped):
            raise
        except Exception as trouble:
            if not is_defect(trouble):
                raise
            log.warning("batch_spoilt", reader=self.reader, why=repr(trouble))
            for word in words:
                if word.number > self.cursor:  # what came before the trouble is applied already
                    await self._apply_carefully(word)
        return len(words)

    async def _recall(self) -> None:
        parked = await self._desk.working.parked(self.reader, self.producer)
        self._parked_subjects = {one.subject for one in parked}

    async def _apply(self, words: Sequence[FeedWord]) -> None:
        """All words in one transaction, or in several where their effects are large.

        A stop applies what comes before it first.
        """
        while words:
            plan, stop = self._understand(words)
            if plan.taken:
                await self._commit(plan)
            if stop is not None:
                raise stop
            words = words[len(plan.taken) :]

    def _understand(self, words: Sequence[FeedWord]) -> tuple[_Plan, Stopped | None]:
        """What the words mean, up to a stop, or to as many large effects as go together."""
        plan = _Plan([], {})
        large = 0
        waiting = set(self._parked_subjects)
        now = self._desk.clock.now()
        for word in words:
            try:
                taken = self._understanding.take(word, self.producer, now)
            except Unfit as unfit:
                if unfit.money:
                    return plan, Stopped(f"word {word.number} of {self.producer}: {unfit}")
                taken = unfit.taken
                self._park(plan, taken, str(unfit))
                waiting.add(taken.heard.subject)
            else:
                if taken.heard.subject in waiting:
                    self._park(plan, taken, BEHIND_ANOTHER)
            plan.taken.append(taken)
            large += taken.large
            if large == LARGE_MAX:
                break
        return plan, None

    def _park(self, plan: _Plan, taken: Taken, reason: str) -> None:
        subject = taken.heard.subject
        plan.parked[taken.number] = Parked(
            self.reader, self.producer, taken.number, subject, reason
        )
        log.error("word_parked", reader=self.reader, number=taken.number, reason=reason)

    async def _commit(self, plan: _Plan) -> None:
        assert self.cursor is not None
        after = plan.taken[-1].number
        move = CursorMove(self.reader, self.cursor, after)
        for attempt in range(CONFLICTS_MAX):
            prepared = await self._decide(plan, fresh=attempt > 0)
            transaction = replace(
                effects(self._desk.handling, prepared, plan.applied),
                heard=[taken.heard for taken in plan.taken],
                cursors=[move],
                parked=list(plan.parked.values()),
                day=plan.taken[0].heard.heard_on,
            )
            if await self._try(prepared, transaction):
                self.cursor = after
                self._parked_subjects |= {one.subject for one in plan.parked.values()}
                return
        raise VersionConflict(self.reader)

    async def _decide(self, plan: _Plan, *, fresh: bool) -> Prepared:
        """Decide what the words cause. A refused one is parked, and the rest decided again."""
        while True:
            applied = plan.applied
            asks = [ask for taken in applied for ask in taken.asks]
            prepared = await self._desk.handling.prepare(asks, fresh=fresh)
            refused = first_refused(applied, prepared)
            if refused is None:
                return prepared
            culprit, reason = refused
            self._park(plan, culprit, reason)
            for taken in plan.applied:
                same = taken.heard.subject == culprit.heard.subject
                if same and taken.number > culprit.number:
                    self._park(plan, taken, BEHIND_ANOTHER)

    async def _try(self, prepared: Prepared, transaction: Transaction) -> bool:
        try:
            await self._desk.store.commit(transaction)
        except VersionConflict:
            self._desk.handling.forget(prepared)
            return False
        except BaseException:
            self._desk.handling.forget(prepared)
            raise
        self._desk.handling.settle(prepared)
        if transaction.appends:
            await self._desk.committed()
        return True

    async def _apply_carefully(self, word: FeedWord) -> None:
        """A word of a batch that failed as a whole, alone: three tries, then it is parked."""
        for pause in (*TRIES_SECONDS, None):
            try:
                return await self._apply([word])
            except (CursorMoved, Stopped):
                raise
            except Exception as trouble:
                if not is_defect(trouble):
                    raise
                reason = repr(trouble)
                if pause is not None:
                    await asyncio.sleep(pause)
        taken = self._understanding.take(word, self.producer, self._desk.clock.now())
        if taken.money:
            raise Stopped(f"word {word.number} of {self.producer}: {reason}")
        plan = _Plan([taken], {})
        self._park(plan, taken, reason)
        await self._commit(plan)
        return None


def first_refused(applied: Sequence[Taken], prepared: Prepared) -> tuple[Taken, str] | None:
    """The first word one of whose commands was refused, and why."""
    outcomes = iter(prepared.outcomes)
    for taken in applied:
        for _ in taken.asks:
            outcome = next(outcomes)
            if isinstance(outcome, Exception):
                return taken, f"{type(outcome).__name__}: {outcome}"
    return None


def effects(handling: Handling, prepared: Prepared, applied: Sequence[Taken]) -> Transaction:
    """What was decided and what was folded, each word's changes in the order of the words."""
    if not any(taken.changes for taken in applied):
        return prepared.transaction
    outcomes = iter(prepared.outcomes)
    changes: list[Change] = []
    for taken in applied:
        changes += taken.changes
        for _ in taken.asks:
            facts = getattr(next(outcomes), "facts", ())
            changes += [change for fact in facts for change in handling.aggregates.folded(fact)]
    return replace(prepared.transaction, changes=changes)
