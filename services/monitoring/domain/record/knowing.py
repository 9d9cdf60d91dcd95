"""What a record's decision knows of the promise, the money and the rules."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.monitoring.domain import rules as rule_sets
from services.monitoring.domain.calendar import NodeDates
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
    return Known(watch=watch, rules=rules, dates=dates)


def money_on(command: RecordCommand, known: Known, day: date) -> Execution:
    """The money at the end of a day, from the ledger."""
    ledger = command.around.ledger
    if ledger is not None:
        return ledger.execution(day)
    return Execution(
        as_of_on=day,
        budget=known.watch.budget,
        quota=ZERO,
        paid=ZERO,
        available=ZERO,
        last_movement_on=None,
    )


def straight_on(execution: Execution, dates: NodeDates) -> Decimal:
    """The rate at the cut-off if payments go on as they went since the year began."""
    begin = date(dates.cut_off_on.year, 1, 1)
    passed = max(1, (execution.as_of_on - begin).days + 1)
    whole = (dates.cut_off_on - begin).days + 1
    return min(Decimal(1), execution.paid.ratio_to(execution.budget) * whole / passed)
