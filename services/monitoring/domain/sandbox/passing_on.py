"""Direct funds of a past year under other terms: which would have been late (`domain` §4.12).

What was received, allocated and issued, and when, is what it was; the days to pass it on are the
draft's. Where the draft's day is the day that held, the clock finds what it found then; any other
day is looked at when it is over, as the clock does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from services.monitoring.domain.calendar import ends
from services.monitoring.domain.fund_finding.events import FindingLevel
from services.monitoring.domain.key_fund import events as fact
from services.monitoring.domain.key_fund.batch import key_fund_decider
from services.monitoring.domain.key_fund.commands import CheckFundDeadline
from services.monitoring.domain.key_fund.late import CLOCK, found
from services.monitoring.domain.key_fund.state import FundBatch
from services.monitoring.domain.key_fund.values import FundStep
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.sandbox.history import Told
from shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A part of a batch that was not passed on by its legal day."""

    level: FindingLevel
    due_on: date
    missing: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class FundCompared:
    """One batch: what the clock found of it, and what it finds under the draft."""

    batch: fact.Batch
    before: Mapping[FundStep, Late]
    after: Mapping[FundStep, Late]

    @property
    def changed(self) -> tuple[FundStep, ...]:
        """The steps that end otherwise."""
        return tuple(step for step in FundStep if self.before.get(step) != self.after.get(step))


@dataclass(slots=True)
class _Clock:
    """A batch that lives its year once more."""

    days: Mapping[str, int]
    state: FundBatch = field(default_factory=FundBatch)
    look_at: datetime | None = None
    same_day: bool = False
    late: dict[FundStep, Late] = field(default_factory=dict)

    def hear(self, told: Told) -> None:
        """One more fact; days that were missed then count where the day is the same."""
        match told.event:
            case fact.FundReceived() as received:
                due_on = received.received_on + timedelta(days=self.days[received.batch.kind])
                self.same_day = due_on == received.pass_on_by
                self.look_at = None if self.same_day else ends(due_on)
                self._evolve(replace(received, pass_on_by=due_on))
            case fact.FundDeadlineMissed() as missed:
                if self.same_day:
                    self._evolve(missed)
            case event:
                self._evolve(event)  # type: ignore[arg-type]

    def look(self, moment: datetime) -> None:
        """The day is over: whatever has not gone on is late."""
        self.look_at = None
        received = self.state.received
        if received is None:
            return
        command = CheckFundDeadline(batch_id=received.batch.batch_id, by=CLOCK, now=moment)
        for event in key_fund_decider.decide(command, self.state):
            self._evolve(event)

    def _evolve(self, event: fact.KeyFundEvent) -> None:
        self.state = key_fund_decider.evolve(self.state, event)
        if isinstance(event, fact.FundDeadlineMissed):
            self.late[event.step] = _late(event)


def _late(event: fact.FundDeadlineMissed) -> Late:
    return Late(level=found(event).level, due_on=event.pass_on_by, missing=event.missing)


def passed_on(facts: Sequence[Told], draft: RulesInForce, until: datetime) -> FundCompared | None:
    """A batch beside itself under the draft; `None` where nothing was received."""
    clock = _Clock(days=draft.key_funds.pass_on_days)
    before: dict[FundStep, Late] = {}
    for told in facts:
        if isinstance(told.event, fact.FundDeadlineMissed):
            before[told.event.step] = _late(told.event)
        if clock.look_at is not None and clock.look_at <= told.at:
            clock.look(clock.look_at)
        clock.hear(told)
    if clock.look_at is not None and clock.look_at <= until:
        clock.look(clock.look_at)
    if clock.state.received is None:
        return None
    return FundCompared(batch=clock.state.received.batch, before=before, after=clock.late)
