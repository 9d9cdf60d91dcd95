"""What a record's decision knows of the promise, the money and the rules."""

from dataclasses import dataclass
from datetime import date

from services.monitoring.domain import rules as rule_sets
from services.monitoring.domain.calendar import NodeDates
from services.monitoring.domain.duty import Duty
from services.monitoring.domain.exemption import exemption_at
from services.monitoring.domain.rating import Rating, Situation, rate_situation
from services.monitoring.domain.record import refusals as no
from services.monitoring.domain.record.commands import RecordCommand
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.values import Execution
from services.monitoring.domain.watch import ProjectNotWatched, Watch
from shared.domain.money import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a decision needs of the other streams, with nothing missing."""

    watch: Watch
    rules: RulesInForce
    dates: NodeDates
    duty: Duty | None = None

    def rate(self, situation: Situation) -> Rating:
        """The decision table under these rules."""
        return rate_situation(situation, self.rules.monitoring)


def know(command: RecordCommand) -> Known:
    """Everything known, or a refusal that names what is missing."""
    watch = command.around.watch
    if watch is None:
        raise ProjectNotWatched
    rules = rule_sets.required(command.around.rules)
    dates = watch.dates(command.node)
    if dates is None:
        raise no.NodeNotArranged(node=command.node, known=[d.node for d in watch.nodes])
    excused = exemption_at(watch, dates)
    if excused is not None:
        raise no.ProjectExemptAtNode(node=command.node, exemption=excused)
    return Known(watch=watch, rules=rules, dates=dates, duty=command.around.duty)


def money_on(command: RecordCommand, known: Known, day: date) -> Execution:
    """The money at the end of a day, from the ledger."""
    ledger = command.around.ledger
    if ledger is not None:
        return ledger.execution(day, known.watch.starts_on)
    return Execution(
        as_of_on=day,
        budget=known.watch.budget,
        quota=ZERO,
        paid=ZERO,
        available=ZERO,
        last_movement_on=None,
        starts_on=known.watch.starts_on,
    )
