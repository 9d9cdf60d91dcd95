"""Lying money of a past year under other rules: the looks of the clock, taken once more.

The rule itself looks (`idleness`); here is only when. A look that the year had too is taken at the
moment it had then, any other when the office opens. A warning that the year did not have has no
end that could be known: it is taken to end when the money moves again (D).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from services.monitoring.domain.calendar import starts
from services.monitoring.domain.idleness import (
    FIRST_ARRANGED,
    OFFICE_OPENS,
    ONE_DAY,
    FindIdleMoney,
    IdleMoneyFound,
    IdleMoneyObserved,
    Idleness,
    idleness_decider,
)
from services.monitoring.domain.ledger.ledger import ledger_decider
from services.monitoring.domain.ledger.state import Ledger, LedgerState
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.sandbox.history import History, Told, Warned
from services.monitoring.domain.values import Level, Reason, Source
from services.monitoring.domain.warning.events import WarningCancelled, WarningClosed
from services.monitoring.domain.watch import NodesArranged, Watch, watch_decider
from services.monitoring.domain.watch_words import NotWatched, WatchState
from shared.domain.workdays import business_date


@dataclass(frozen=True, slots=True)
class Moment:
    """When a look is taken; with the id of the fact it led to then, where it did."""

    at: datetime
    event_id: str = ""

    def before(self, told: Told) -> bool:
        """Whether it comes before a fact."""
        if self.event_id:
            return self.event_id <= told.event_id
        return self.at < told.at


@dataclass(slots=True)
class Clock:
    """A year that goes by: what is known so far, and when the next look is due."""

    draft: RulesInForce
    looks: Mapping[date, Moment]
    ends: Mapping[str, date | None]
    watch: WatchState = field(default_factory=NotWatched)
    ledger: LedgerState = ledger_decider.initial
    idle: Idleness = field(default_factory=Idleness)
    due: date | None = None
    waiting: bool = False
    """A warning that the year did not have is open."""
    found: dict[str, Warned] = field(default_factory=dict)

    def next_look(self) -> Moment | None:
        """When the next look is taken, if any is due."""
        if self.due is None:
            return None
        opens = Moment(starts(self.due) + OFFICE_OPENS)
        return self.looks.get(self.due, opens)

    def look(self, moment: Moment) -> None:
        """Take a look, as the clock does."""
        self.due = None
        if not isinstance(self.watch, Watch):
            return
        project = self.watch.project
        command = FindIdleMoney(
            project_code=project.code,
            fiscal_year=project.fiscal_year,
            region_code=project.region_code,
            watch=self.watch,
            ledger=self.ledger if isinstance(self.ledger, Ledger) else None,
            rules=self.draft,
            warned=self._open_at(moment.at),
            by="",
            now=moment.at,
        )
        for event in idleness_decider.decide(command, self.idle):
            self.idle = idleness_decider.evolve(self.idle, event)
            if isinstance(event, IdleMoneyFound):
                self._warn(event)
            else:
                self.due = event.look_again_on

    def hear(self, told: Told, stream: str, version: int) -> None:
        """One more fact."""
        if stream == "watch":
            self.watch = watch_decider.evolve(self.watch, told.event)  # type: ignore[arg-type]
            if isinstance(told.event, NodesArranged):
                self._arranged(told.at, version)
            return
        self.ledger = ledger_decider.evolve(self.ledger, told.event)  # type: ignore[arg-type]
        if self.waiting and self._moved(told.at):
            self.waiting, self.due = False, business_date(told.at) + ONE_DAY

    def _arranged(self, at: datetime, version: int) -> None:
        rules = self.draft.monitoring
        if rules.idle_check == "NEVER":
            return
        wait = rules.red_idle_days if version <= FIRST_ARRANGED else 1
        self.due = business_date(at) + timedelta(days=wait)

    def _warn(self, event: IdleMoneyFound) -> None:
        self.found[event.warning_id] = Warned(
            level=Level.RED, reasons=(Reason.IDLE,), letter_needed=True
        )
        if event.warning_id not in self.ends:
            self.waiting = True
            return
        ended_on = self.ends[event.warning_id]
        self.due = None if ended_on is None else ended_on + ONE_DAY

    def _open_at(self, at: datetime) -> bool:
        key = self.idle.warning_id
        if not key:
            return False
        if key not in self.ends:
            return self.waiting
        ended_on = self.ends[key]
        return ended_on is None or business_date(at) <= ended_on

    def _moved(self, at: datetime) -> bool:
        if not isinstance(self.ledger, Ledger):
            return False
        last = self.ledger.execution(business_date(at)).last_movement_on
        return last is not None and last != self.idle.since_on


def resting_warnings(history: History, draft: RulesInForce) -> Mapping[str, Warned]:
    """The warnings of money that lay, as the draft would have given them."""
    ends = dict(_ends(history))
    clock = Clock(draft=draft, looks=dict(_looks(history, ends)), ends=ends)
    for told, stream, version in _in_time(history):
        while (moment := clock.next_look()) is not None and moment.before(told):
            clock.look(moment)
        clock.hear(told, stream, version)
    while (moment := clock.next_look()) is not None and moment.at <= history.until:
        clock.look(moment)
    return clock.found


def _in_time(history: History) -> Sequence[tuple[Told, str, int]]:
    facts = [(told, "watch", number) for number, told in enumerate(history.watch, 1)]
    facts += [(told, "ledger", number) for number, told in enumerate(history.ledger, 1)]
    return sorted(facts, key=lambda one: one[0].event_id)


def _ends(history: History) -> Iterator[tuple[str, date | None]]:
    """The day on which each warning of lying money ended; `None` while it is open."""
    for key, facts in history.warnings.items():
        if f"-{Source.DAILY}-" in key:
            ended = (
                one for one in facts if isinstance(one.event, WarningClosed | WarningCancelled)
            )
            last = next(ended, None)
            yield key, None if last is None else business_date(last.at)


def _looks(history: History, ends: Mapping[str, date | None]) -> Iterator[tuple[date, Moment]]:
    """The looks that the year had, by the day for which they were due."""
    arranged = [
        (told.event_id, told, number)
        for number, told in enumerate(history.watch, 1)
        if isinstance(told.event, NodesArranged)
    ]
    looked = [(told.event_id, told, 0) for told in history.idleness]
    due: date | None = None
    for _, told, version in sorted(arranged + looked, key=lambda one: one[0]):
        match told.event:
            case NodesArranged(idle_days=days):
                wait = days if version <= FIRST_ARRANGED else 1
                due = business_date(told.at) + timedelta(days=wait) if days else due
            case IdleMoneyObserved(look_again_on=day):
                if due is not None:
                    yield due, Moment(told.at, told.event_id)
                due = day
            case IdleMoneyFound(warning_id=key):
                if due is not None:
                    yield due, Moment(told.at, told.event_id)
                ended_on = ends.get(key)
                due = None if ended_on is None else ended_on + ONE_DAY
            case _:
                pass
