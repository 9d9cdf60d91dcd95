"""What a warning knows of its project when it is decided: money, report, promise, rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from services.monitoring.domain import rules as rule_sets
from services.monitoring.domain.ledger.ledger import reference as ledger_reference
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.rating import Completion, completions, goal_rate, rate
from services.monitoring.domain.record.events import MonitoringSubmitted
from services.monitoring.domain.record.state import Scored, Submitted
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.values import ReportedValue
from services.monitoring.domain.warning.case import Case
from services.monitoring.domain.warning.cure_events import Remeasured
from services.monitoring.domain.watch import Watch
from services.monitoring.domain.watch import reference as watch_reference
from shared.domain.decider import Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The other streams as they are now; what is not known is `None`."""

    ledger: Ledger | None = None
    report: MonitoringSubmitted | None = None
    watch: Watch | None = None
    rules: RulesInForce | None = None


NOTHING_KNOWN: Final = Around()


def references(case: Case) -> tuple[Reference, ...]:
    """The streams of the project, and the rules of its region and year."""
    project = case.project
    return (
        ledger_reference(project.id),
        Reference("record", f"{project.id}-{case.node}"),
        watch_reference(project.id),
        *rule_sets.references(project.region_code, project.fiscal_year),
    )


def around(states: Sequence[object]) -> Around:
    """What these streams say; of the rules the nearest ones."""
    records = (state for state in states if isinstance(state, Submitted | Scored))
    return Around(
        ledger=next((state for state in states if isinstance(state, Ledger)), None),
        report=next((state.report for state in records), None),
        watch=next((state for state in states if isinstance(state, Watch)), None),
        rules=rule_sets.nearest(states),
    )


def due_completions(
    known: Around, node: str, values: Sequence[ReportedValue]
) -> tuple[Completion, ...]:
    """How far the indicators have come that are due at a node; new values go before old ones."""
    watch, rules = known.watch, known.rules
    if watch is None or rules is None or node not in rules.monitoring.reference_progress:
        return ()
    before = known.report.values if known.report else ()
    latest = {value.indicator_id: value for value in (*before, *values)}
    return completions(watch.indicators, latest.values(), node, rules.monitoring)


def measure_again(
    case: Case, known: Around, values: Sequence[ReportedValue], today: date
) -> Remeasured:
    """The numbers after a cure: money from the ledger of today, goals from what was reported anew.

    Source: `domain` §3.5. A goal that nobody reported anew was not measured again.
    """
    ledger = known.ledger
    execution = ledger.execution(today) if ledger else None
    due = due_completions(known, case.node, values) if values else ()
    return Remeasured(
        measured_on=today,
        budget=execution.budget if execution else None,
        paid=execution.paid if execution else None,
        execution_before=case.execution_rate,
        execution_after=_executed(ledger, today),
        goal_before=case.goal_rate,
        goal_after=goal_rate(due),
        completions=due,
    )


def _executed(ledger: Ledger | None, today: date) -> Decimal | None:
    if ledger is None or not ledger.budget:
        return None
    execution = ledger.execution(today)
    return rate(execution.paid.ratio_to(execution.budget))
