"""THE transaction: load → decide → commit, grouped, with bounded retry.

Requests that wait in the event loop share one load and one commit: while one group is being
committed the next one gathers, without a timer. A request that is refused fails alone; when
a commit is refused because somebody else was first, every request of the group is tried again
alone, on fresh states. The answer is given after the commit, never before.

States are cached by version. That is safe because the expected version guards every append,
because a conflict drops the cached state, and because nothing is refused or met with silence
on a cached state: what no append guards is read again first. Else another process's change
would go unseen, and a deadline that it made true would pass in silence.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from time import perf_counter
from typing import Final

from shared.aggregates import Aggregates, StateCache, Working
from shared.asking import Answer, Ask, Outcome
from shared.deciding import Batch, Unread
from shared.domain.refusals import Refusal
from shared.domain.workdays import business_date
from shared.eventstore import EventStore, KeyReused, Loaded, Transaction, VersionConflict

ATTEMPTS_MAX: Final = 5
GROUP_MAX: Final = 128
LOAD_MAX: Final = 1_000
WATCH_EVERY: Final = 50
WORK_SECONDS_MAX: Final = 0.003
"""So long may others of the event loop wait: a commit under way among them."""


async def _nobody_to_wake() -> None:
    return None


async def _nobody_watches(_decided: int) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A decided batch that somebody else commits together with more (the inbox its cursor)."""

    outcomes: Sequence[Outcome]
    transaction: Transaction
    batch: Batch


class Handling:
    """Answers requests of one service, one at a time or many together."""

    def __init__(
        self,
        aggregates: Aggregates,
        store: EventStore,
        *,
        committed: Callable[[], Awaitable[None]] = _nobody_to_wake,
    ) -> None:
        """Decide with `aggregates` over `store`; `committed` wakes the sequencer."""
        self.aggregates = aggregates
        self._store = store
        self._committed = committed
        self._cache = StateCache(aggregates.weight)
        self._waiting: list[tuple[Ask, asyncio.Future[Answer]]] = []
        self._runner: asyncio.Task[None] | None = None

    async def handle(self, ask: Ask, *, dry_run: bool = False) -> Answer:
        """Answer one request; raises what refused it. A dry run stores nothing."""
        if dry_run:
            return _or_raise((await self.prepare([ask])).outcomes[0])
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        future.add_done_callback(_heeded)
        self._waiting.append((ask, future))
        if self._runner is None or self._runner.done():
            self._runner = asyncio.create_task(self._run(), name="handling")
        # A caller that goes away must not take the commit of its neighbours with it.
        return await asyncio.shield(future)

    async def handle_all(
        self,
        asks: Sequence[Ask],
        *,
        dry_run: bool = False,
        all_or_nothing: bool = True,
        watched: Callable[[int], Awaitable[None]] = _nobody_watches,
    ) -> Sequence[Outcome]:
        """Answer many requests in one transaction, in their order.

        With `all_or_nothing` one refusal keeps everything out; without it the refused ones
        stay out and the others are committed together. `watched` hears how many were decided.
        """
        for attempt in range(ATTEMPTS_MAX):
            prepared = await self.prepare(asks, fresh=attempt > 0, watched=watched)
            refused = any(not isinstance(outcome, Answer) for outcome in prepared.outcomes)
            if dry_run or (refused and all_or_nothing):
                return prepared.outcomes
            try:
                await self.commit(prepared)
            except (VersionConflict, KeyReused):
                continue
            return prepared.outcomes
        raise VersionConflict

    async def prepare(
        self,
        asks: Sequence[Ask],
        *,
        fresh: bool = False,
        watched: Callable[[int], Awaitable[None]] = _nobody_watches,
        upon: Prepared | None = None,
    ) -> Prepared:
        """Decide without committing. Refusals and silence have been checked against the store.

        With `upon` it stands on what another one will have committed. Commit it after that one,
        and only if that one was: the versions refuse it elsewhere, its silence nobody does.
        """
        batch = Batch(self.aggregates)
        batch.know(upon.batch.committed() if upon else {}, {})
        cached = await self._load(asks, batch, fresh=fresh)
        outcomes: list[Outcome] = []
        worked = perf_counter()
        for index, ask in enumerate(asks):
            outcome = await self._decide(ask, batch)
            if cached and not isinstance(outcome, Answer):
                return await self.prepare(asks, fresh=True, watched=watched, upon=upon)
            outcomes.append(outcome)
            if perf_counter() - worked > WORK_SECONDS_MAX:
                await asyncio.sleep(0)
                worked = perf_counter()
            if index % WATCH_EVERY == WATCH_EVERY - 1:
                await watched(index + 1)
        unguarded = cached - batch.changed
        if unguarded:
            self._cache.forget(unguarded)
            return await self.prepare(asks, fresh=True, watched=watched, upon=upon)
        return Prepared(outcomes, batch.transaction(), batch)

    async def written(self, prepared: Prepared) -> Prepared:
        """The same, written down for the store beside whatever else goes on."""
        transaction = await asyncio.to_thread(self._store.written, prepared.transaction)
        return replace(prepared, transaction=transaction)

    async def commit(self, prepared: Prepared) -> None:
        """Make it true; raises `VersionConflict` or `KeyReused` where somebody else was first.

        Where there is nothing to write, somebody is told what was true before: that must last, too.
        """
        transaction = prepared.transaction
        if not transaction.appends and not transaction.records:
            if any(isinstance(outcome, Answer) for outcome in prepared.outcomes):
                await self._store.assure()
            return
        try:
            await self._store.commit(transaction)
        except BaseException:
            self.forget(prepared)
            raise
        self.settle(prepared)
        await self._committed()

    async def states(self, streams: Sequence[str]) -> Mapping[str, object]:
        """The states of streams as they are stored now, for a report that decides nothing."""
        batch = Batch(self.aggregates)
        await self._read(sorted(set(streams)), [], batch)
        return {stream: working.state for stream, working in batch.states.items()}

    async def _decide(self, ask: Ask, batch: Batch) -> Outcome:
        """Decide one; what an earlier one of the batch made it refer to is read in between."""
        while True:
            try:
                return batch.decide(ask)
            except Unread as unread:
                await self._read([unread.stream], [], batch)

    def settle(self, prepared: Prepared) -> None:
        """The batch was committed: its states are the latest known."""
        self._cache.keep(prepared.batch.committed())

    def forget(self, prepared: Prepared) -> None:
        """The batch was not committed: what was known may be out of date."""
        self._cache.forget(prepared.batch.states)

    async def _load(self, asks: Sequence[Ask], batch: Batch, *, fresh: bool) -> frozenset[str]:
        """Fill the batch; answers which states came from the cache."""
        streams = {stream for ask in asks for stream in self.aggregates.streams(ask)}
        streams -= batch.states.keys()
        states: dict[str, Working] = {}
        if not fresh:
            # What a decision only consults has no version to guard it: it is always read anew.
            for stream in {stream for ask in asks for stream in self.aggregates.addressed(ask)}:
                working = self._cache.get(stream)
                if working is not None and stream in streams:
                    states[stream] = working
        cached = frozenset(states)
        missing = sorted(streams - cached)
        keys = sorted({ask.key for ask in asks if ask.key})
        batch.know(states, {})
        await self._read(missing, keys, batch)
        referred = {s for ask in asks for s in self.aggregates.referred(ask, batch.states)}
        await self._read(sorted(referred - batch.states.keys()), [], batch)
        return cached

    async def _read(self, streams: Sequence[str], keys: Sequence[str], batch: Batch) -> None:
        """Read streams as they are stored now; of what is known only what came after it."""
        for start in range(0, max(len(streams), len(keys)), LOAD_MAX):
            wanted = streams[start : start + LOAD_MAX]
            known = {s: state for s in wanted if (state := self._cache.get(s)) is not None}
            loaded = await self._store.load(
                {s: known[s].version if s in known else 0 for s in wanted},
                keys[start : start + LOAD_MAX],
            )
            states = await self._restored(wanted, loaded, known)
            self._cache.keep({s: state for s, state in states.items() if state.version})
            batch.know(states, loaded.records)

    async def _restored(
        self, streams: Sequence[str], loaded: Loaded, known: Mapping[str, Working]
    ) -> dict[str, Working]:
        outdated = [s for s in streams if self.aggregates.snapshot_outdated(s, loaded)]
        restore = self.aggregates.restore
        states = {s: restore(s, loaded, known.get(s)) for s in streams if s not in outdated}
        if outdated:
            whole = await self._store.load(dict.fromkeys(outdated, 0), snapshots=False)
            states |= {s: restore(s, whole) for s in outdated}
        return states

    async def _run(self) -> None:
        """Work off what waits, group by group, until nothing does. A group has one day."""
        while self._waiting:
            _, same_day = next(groupby(self._waiting, lambda one: business_date(one[0].now)))
            group = list(islice(same_day, GROUP_MAX))
            del self._waiting[: len(group)]
            # A fixed order of streams: two processes cannot wait for each other in a circle.
            group.sort(key=self._first_stream)
            await self._answer(group)

    def _first_stream(self, waiting: tuple[Ask, asyncio.Future[Answer]]) -> str:
        command = waiting[0].commands[0]
        return self.aggregates.by_command[type(command)].stream(command)

    async def _answer(self, group: Sequence[tuple[Ask, asyncio.Future[Answer]]]) -> None:
        try:
            await self._attempt(group, fresh=False)
        except (VersionConflict, KeyReused):
            for waiting in group:
                await self._alone(waiting)
        except Exception as failure:  # noqa: BLE001 - whoever asked must hear of it
            _fail(group, failure)

    async def _alone(self, waiting: tuple[Ask, asyncio.Future[Answer]]) -> None:
        for attempt in range(1, ATTEMPTS_MAX + 1):
            try:
                return await self._attempt([waiting], fresh=True)
            except (VersionConflict, KeyReused) as conflict:
                if attempt == ATTEMPTS_MAX:
                    _fail([waiting], conflict)
            except Exception as failure:  # noqa: BLE001 - whoever asked must hear of it
                return _fail([waiting], failure)
        return None

    async def _attempt(
        self, group: Sequence[tuple[Ask, asyncio.Future[Answer]]], *, fresh: bool
    ) -> None:
        prepared = await self.prepare([ask for ask, _ in group], fresh=fresh)
        await self.commit(prepared)
        for (_, future), outcome in zip(group, prepared.outcomes, strict=True):
            if future.done():
                continue
            if isinstance(outcome, Answer):
                future.set_result(outcome)
            else:
                future.set_exception(outcome)


def _fail(group: Sequence[tuple[Ask, asyncio.Future[Answer]]], failure: Exception) -> None:
    for _, future in group:
        if not future.done():
            future.set_exception(failure)


def _heeded(future: asyncio.Future[Answer]) -> None:
    """A caller that went away leaves an answer nobody reads; that is not an error."""
    if not future.cancelled():
        future.exception()


def _or_raise(outcome: Outcome) -> Answer:
    if isinstance(outcome, Refusal | KeyReused):
        raise outcome
    return outcome
