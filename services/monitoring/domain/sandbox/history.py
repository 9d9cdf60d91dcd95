"""What a year of a project was: its facts, each with its moment, as the streams have them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.monitoring.domain.round_words import RoundClosed
from services.monitoring.domain.rules import RulesInForce, nearest, rules_decider
from services.monitoring.domain.values import Level, Reason
from services.monitoring.domain.warning.events import WarningRaised
from services.monitoring.domain.watch import NotWatched, Watch, watch_decider


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A fact with its id and its moment; ids are drawn in the order of time."""

    event_id: str
    at: datetime
    event: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A warning, as far as rules decide it."""

    level: Level
    reasons: tuple[Reason, ...]
    letter_needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """One project in one year.

    `records` go by node, `warnings` by id; `earlier` are the closed rounds of the years before,
    by node. `rules` are those of the region and of the ones above it, nearest first. `until` is
    how far the clock had come when it was asked.
    """

    project_code: str
    until: datetime
    watch: Sequence[Told] = ()
    ledger: Sequence[Told] = ()
    idleness: Sequence[Told] = ()
    records: Mapping[str, Sequence[Told]] = field(default_factory=dict)
    warnings: Mapping[str, Sequence[Told]] = field(default_factory=dict)
    earlier: Mapping[str, Sequence[RoundClosed]] = field(default_factory=dict)
    rules: Sequence[Sequence[Told]] = ()

    def watch_before(self, event_id: str) -> Watch | None:
        """What was promised when a fact came to be."""
        facts = [one.event for one in self.watch if one.event_id < event_id]
        state = watch_decider.fold(facts)  # type: ignore[arg-type]
        return None if isinstance(state, NotWatched) else state

    def rules_before(self, event_id: str) -> RulesInForce | None:
        """The rules that were in force when a fact came to be."""
        heard = ([one.event for one in told if one.event_id < event_id] for told in self.rules)
        return nearest([rules_decider.fold(facts) for facts in heard])  # type: ignore[arg-type]

    def warned(self) -> Mapping[str, Warned]:
        """The warnings as they were raised."""
        raised = ((key, _raised(facts)) for key, facts in self.warnings.items())
        return {key: one for key, one in raised if one is not None}


def _raised(facts: Iterable[Told]) -> Warned | None:
    for told in facts:
        if isinstance(told.event, WarningRaised):
            case = told.event.case
            return Warned(level=case.level, reasons=case.reasons, letter_needed=case.letter_needed)
    return None
