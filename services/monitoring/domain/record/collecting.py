"""How a report comes together: opened, prefilled, filled, confirmed, signed; or missed (§3.4).

Two offices answer for a form, and the head signs last (`domain` §6.1). Both locks are asked for
where the three persons of the step are named, or where one of the offices has begun its part.
"""

from collections.abc import Sequence
from typing import Final

from services.monitoring.domain.duty import Duty
from services.monitoring.domain.exemption import exemption_at
from services.monitoring.domain.rating import Situation
from services.monitoring.domain.record import refusals as no
from services.monitoring.domain.record.commands import (
    ConfirmExecution,
    EnterMonitoring,
    MissMonitoring,
    OpenCollection,
    RecordCommand,
    SubmitMonitoring,
)
from services.monitoring.domain.record.events import (
    CollectionOpened,
    ExecutionConfirmed,
    ExecutionPrefilled,
    MonitoringEntered,
    MonitoringMissed,
    MonitoringSubmitted,
    RecordEvent,
)
from services.monitoring.domain.record.judging import Part
from services.monitoring.domain.record.knowing import Known, know, money_on
from services.monitoring.domain.record.reporting import check_report
from services.monitoring.domain.record.state import Open, RecordState, Scored, Submitted, opened
from services.monitoring.domain.values import Execution, ReportedValue
from shared.domain.refusals import Refusal
from shared.domain.workdays import business_date

type Facts = Sequence[RecordEvent]

UNSIGNED: Final = ""


def open_collection(command: OpenCollection, state: RecordState) -> Facts:
    """Quietly: whoever is excused, or has reported already, is not asked."""
    if isinstance(state, Submitted | Scored) or (isinstance(state, Open) and state.collected):
        return []
    try:
        known = know(command)
    except Refusal:
        return []
    execution = money_on(command, known, known.dates.cut_off_on)
    return [
        CollectionOpened(
            project=known.watch.project,
            node=command.node,
            opened_on=business_date(command.now),
            cut_off_on=known.dates.cut_off_on,
            submit_by=known.dates.submit_by,
        ),
        _prefilled(command, known, execution),
    ]


def _prefilled(command: RecordCommand, known: Known, execution: Execution) -> ExecutionPrefilled:
    return ExecutionPrefilled(project=known.watch.project, node=command.node, execution=execution)


def _refreshed(
    command: RecordCommand, known: Known, state: RecordState, execution: Execution
) -> Facts:
    """The money of the form follows the ledger until the head has signed."""
    if isinstance(state, Open) and state.prefilled == execution:
        return []
    return [_prefilled(command, known, execution)]


def fill(command: EnterMonitoring, state: RecordState) -> Facts:
    """The part of the business office; it is whole when it is confirmed."""
    if _stands(state, command.values):
        return []
    known = know(command)
    check_report(command.values, known.watch.indicators, command.node, known.rules)
    values = _ordered(command.values, known)
    before = opened(state, known.watch.project)
    if before.confirmed is not None and before.confirmed.confirmed_by == command.by:
        raise no.OfficesNotSeparate(confirmed_by=command.by)
    filled = MonitoringEntered(
        project=known.watch.project,
        node=command.node,
        values=values,
        summary=command.summary,
        filled_by=command.by,
        person=_signed(known.duty, Part.BUSINESS, command.person),
    )
    if before.filled == filled:
        return []
    execution = money_on(command, known, known.dates.cut_off_on)
    return [*_refreshed(command, known, state, execution), filled]


def confirm_execution(command: ConfirmExecution, state: RecordState) -> Facts:
    """The part of the finance office: the ledger's figure at the cut-off, and the year's end."""
    if isinstance(state, Submitted | Scored):
        raise no.RecordAlreadySubmitted
    known = know(command)
    before = opened(state, known.watch.project)
    if before.filled is not None and before.filled.filled_by == command.by:
        raise no.OfficesNotSeparate(filled_by=command.by)
    execution = money_on(command, known, known.dates.cut_off_on)
    expected = command.expected_year_end
    if expected is not None and expected < execution.paid:
        raise no.YearEndBelowPaid(
            pointer="/expected_year_end",
            remedy="State at least what was paid by the node.",
            paid=str(execution.paid),
        )
    confirmed = ExecutionConfirmed(
        project=known.watch.project,
        node=command.node,
        execution=execution,
        confirmed_by=command.by,
        person=_signed(known.duty, Part.FINANCE, command.person),
        expected_year_end=expected,
        note=command.note,
    )
    if before.confirmed == confirmed:
        return []
    return [*_refreshed(command, known, state, execution), confirmed]


def submit(command: SubmitMonitoring, state: RecordState) -> Facts:
    """The head signs and hands in."""
    if _stands(state, command.values):
        return []
    known = know(command)
    before = opened(state, known.watch.project)
    execution = money_on(command, known, known.dates.cut_off_on)
    if known.duty is not None or before.filled is not None or before.confirmed is not None:
        _expect_both(before, execution)
    filled, confirmed = before.filled, before.confirmed
    values = command.values or (filled.values if filled else ())
    if filled is not None and _ordered(values, known) != filled.values:
        raise no.ValuesNotConfirmed(
            pointer="/values", remedy="Leave the values out: the head signs those filled in."
        )
    check_report(values, known.watch.indicators, command.node, known.rules)
    today = business_date(command.now)
    return [
        MonitoringSubmitted(
            project=known.watch.project,
            node=command.node,
            values=values,
            execution=execution,
            submitted_by=command.by,
            submitted_on=today,
            on_time=today <= known.dates.submit_by,
            summary=command.summary or (filled.summary if filled else ""),
            signed_by=_signed(known.duty, Part.HEAD, command.person),
            filled_by=filled.filled_by if filled else UNSIGNED,
            confirmed_by=confirmed.confirmed_by if confirmed else UNSIGNED,
            expected_year_end=confirmed.expected_year_end if confirmed else None,
        )
    ]


def _ordered(values: tuple[ReportedValue, ...], known: Known) -> tuple[ReportedValue, ...]:
    """In the order of the target, whatever the order in which a form came."""
    order = {one.indicator_id: number for number, one in enumerate(known.watch.indicators)}
    return tuple(sorted(values, key=lambda one: order.get(one.indicator_id, len(order))))


def _stands(state: RecordState, values: tuple[ReportedValue, ...]) -> bool:
    """Whether this was handed in already; anything else is refused while it is being read."""
    if not isinstance(state, Submitted | Scored):
        return False
    if not values or state.report.values == values:
        return True
    raise no.RecordAlreadySubmitted if isinstance(state, Submitted) else no.RecordAlreadyScored


def _expect_both(before: Open, execution: Execution) -> None:
    parts = {Part.BUSINESS: before.filled, Part.FINANCE: before.confirmed}
    open_ = [part for part, done in parts.items() if done is None]
    if open_:
        raise no.PartNotConfirmed(
            remedy="Business office: fill-in; finance office: confirm-execution.", open=open_
        )
    confirmed = before.confirmed
    if confirmed is not None and confirmed.execution.paid != execution.paid:
        raise no.ExecutionChanged(
            remedy="The finance office confirms the money once more.",
            confirmed=str(confirmed.execution.paid),
            paid=str(execution.paid),
        )


def _signed(duty: Duty | None, part: Part, person: str) -> str:
    """Who signs: whoever is named; nobody else may where somebody is."""
    if duty is None:
        return person
    named = {Part.BUSINESS: duty.business, Part.FINANCE: duty.finance, Part.HEAD: duty.head}[part]
    if person not in {"", named}:
        raise no.SignerNotNamed(pointer="/person", person=person, named=named)
    return named


def miss(command: MissMonitoring, state: RecordState) -> Facts:
    """Silence is never refused: where there is nothing to miss, nothing is said."""
    if isinstance(state, Submitted | Scored):
        return []
    if isinstance(state, Open) and state.missed:
        return []
    watch, rules = command.around.watch, command.around.rules
    dates = watch.dates(command.node) if watch else None
    if watch is None or rules is None or dates is None or exemption_at(watch, dates):
        return []
    if business_date(command.now) <= dates.submit_by:
        return []
    known = Known(watch=watch, rules=rules, dates=dates)
    execution = money_on(command, known, dates.cut_off_on)
    rating = known.rate(Situation(node=command.node, execution=execution, not_reported=True))
    return [
        MonitoringMissed(
            project=watch.project,
            node=command.node,
            execution=execution,
            rating=rating,
            due_on=dates.submit_by,
            rule_set_version=rules.version,
            legal_basis=rules.legal_basis,
        )
    ]
