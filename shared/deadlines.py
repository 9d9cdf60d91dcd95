"""Deadlines → commands: the worker issues what business time has made due.

The command, its facts and the removal of the deadline are one transaction, and the command's
key names the deadline, so it falls due exactly once however many workers look. Nothing sleeps
until a deadline: when the clock is set forward, thousands fall due at once, the oldest first.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

import structlog
from msgspec import structs

from shared.asking import Ask
from shared.desk import Desk
from shared.eventstore import KeyReused, Parked, Transaction, VersionConflict
from shared.eventstore.working import is_defect
from shared.messages import CalledOff, Deadline, Due, Look
from shared.telemetry import correlated, new_correlation

BATCH_MAX: Final = 250
CONFLICTS_MAX: Final = 20
IDLE_SECONDS: Final = 0.25
TROUBLE_SECONDS: Final = 0.5
READER: Final = "deadlines"
NUMBER_BYTES: Final = 7

type FallDue = Callable[[Due], object | None]

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Falling:
    """A deadline and what it asks for; `defect` when it could not even be asked."""

    deadline: Deadline
    ask: Ask | None = None
    defect: str | None = None


class Deadlines:
    """Issues the commands of one service."""

    def __init__(self, desk: Desk, fall_due: FallDue) -> None:
        """`fall_due` is the service's."""
        self._desk = desk
        self._fall_due = fall_due

    async def run(self) -> None:
        """Look for ever."""
        while True:
            try:
                issued = await self.issue_next()
            except Exception as trouble:
                if is_defect(trouble):
                    raise
                log.warning("deadlines_wait", why=repr(trouble))
                await asyncio.sleep(TROUBLE_SECONDS)
                continue
            if not issued:
                await asyncio.sleep(IDLE_SECONDS)

    async def issue_next(self) -> int:
        """One batch of what is due; answers how many deadlines were worked off."""
        now = self._desk.clock.now()
        due = await self._desk.working.due(now, BATCH_MAX)
        if not due:
            return 0
        falling = [await self._falling(deadline, now) for deadline in due]
        try:
            await self._commit(falling)
        except Exception as trouble:
            if not is_defect(trouble):
                raise
            log.warning("deadlines_spoilt", why=repr(trouble))
            for one in falling:
                await self._commit_carefully(one)
        return len(due)

    async def _commit_carefully(self, falling: _Falling) -> None:
        """A deadline of a batch that failed as a whole, alone; it is parked if it is the one."""
        try:
            await self._commit([falling])
        except Exception as trouble:
            if not is_defect(trouble):
                raise
            await self._commit([_Falling(falling.deadline, defect=repr(trouble))])

    async def _falling(self, deadline: Deadline, now: datetime) -> _Falling:
        due = Due(kind=deadline.kind, subject=deadline.subject, due_at=deadline.due_at, now=now)
        try:
            command = self._fall_due(due)
            if isinstance(command, Look):
                command = command.then(await self._desk.working.look(command.queries))
        except Exception as defect:
            if not is_defect(defect):
                raise
            # Whatever else it is, it is parked with its reason.
            return _Falling(deadline, defect=repr(defect))
        if command is None:
            return _Falling(deadline)
        cause = f"deadline:{deadline.key}:{deadline.due_at.isoformat()}"
        ask = Ask(
            commands=command if isinstance(command, tuple) else (command,),
            actor=self._desk.actor,
            unit="",
            now=now,
            effective_at=deadline.due_at,
            correlation_id=new_correlation(),
            causation_id=cause,
            key=cause,
            fingerprint=sha256(cause.encode()).digest(),
        )
        return _Falling(deadline, ask)

    async def _commit(self, falling: Sequence[_Falling]) -> None:
        asking = [one for one in falling if one.ask is not None]
        asks = [one.ask for one in asking if one.ask is not None]
        for attempt in range(CONFLICTS_MAX):
            prepared = await self._desk.handling.prepare(asks, fresh=attempt > 0)
            decided = prepared.transaction
            outcomes = zip(asking, prepared.outcomes, strict=True)
            refused = [
                replace(one, defect=f"{type(outcome).__name__}: {outcome}")
                for one, outcome in outcomes
                if isinstance(outcome, Exception)
            ]
            defects = [one for one in falling if one.defect is not None] + refused
            transaction = structs.replace(
                decided,
                # What fell due goes first: a command may set the same deadline anew.
                deadlines=[
                    *(CalledOff(key=one.deadline.key) for one in falling),
                    *decided.deadlines,
                ],
                parked=[self._parked(one) for one in defects],
            )
            if await self._try(transaction):
                self._desk.handling.settle(prepared)
                if transaction.appends:
                    await self._desk.committed()
                return
            self._desk.handling.forget(prepared)
        raise VersionConflict(READER)

    async def _try(self, transaction: Transaction) -> bool:
        try:
            await self._desk.store.commit(transaction)
        except (VersionConflict, KeyReused):
            return False
        return True

    def _parked(self, falling: _Falling) -> Parked:
        deadline, reason = falling.deadline, falling.defect or ""
        with correlated(falling.ask.correlation_id if falling.ask else ""):
            log.error("deadline_parked", key=deadline.key, kind=deadline.kind, reason=reason)
        digest = sha256(f"{deadline.key}:{deadline.due_at.isoformat()}".encode()).digest()
        number = int.from_bytes(digest[:NUMBER_BYTES])
        return Parked(READER, self._desk.service, number, deadline.key, reason)
