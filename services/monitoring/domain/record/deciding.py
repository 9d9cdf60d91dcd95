"""What a monitoring record answers: one leaf per command."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, assert_never

from services.monitoring.domain.rating import (
    Findings,
    Situation,
    completions,
    core_likelihoods,
    score_of,
)
from services.monitoring.domain.record import refusals as no
from services.monitoring.domain.record.commands import (
    FileForecast,
    MissMonitoring,
    RecordCommand,
    ReturnMonitoring,
    ReviewMonitoring,
    RunPreAnalysis,
    SubmitMonitoring,
)
from services.monitoring.domain.record.events import (
    ForecastFiled,
    ForecastMethod,
    MonitoringMissed,
    MonitoringReturned,
    MonitoringReviewed,
    MonitoringScored,
    MonitoringSubmitted,
    PreAnalysisRun,
    RecordEvent,
)
from services.monitoring.domain.record.knowing import Known, know, money_on, straight_on
from services.monitoring.domain.record.reporting import check_forecast, check_report
from services.monitoring.domain.record.state import (
    NotOpened,
    Open,
    RecordState,
    Scored,
    Submitted,
)
from shared.domain.refusals import Refusal
from shared.domain.workdays import business_date

if TYPE_CHECKING:
    from services.monitoring.domain.values import ReportedValue

type Facts = Sequence[RecordEvent]


def decide(command: RecordCommand, state: RecordState) -> Facts:
    """The facts a command makes true."""
    match command:
        case FileForecast():
            return _file(command, state)
        case RunPreAnalysis():
            return _analyse(command, state)
        case SubmitMonitoring():
            return _submit(command, state)
        case ReturnMonitoring():
            return _return(command, state)
        case ReviewMonitoring():
            return _review(command, state)
        case MissMonitoring():
            return _miss(command, state)
        case _:
            assert_never(command)


def _before_cut_off(command: RecordCommand, known: Known) -> date:
    today = business_date(command.now)
    if today > known.dates.cut_off_on:
        raise no.PreAnalysisTooLate(cut_off_on=known.dates.cut_off_on.isoformat())
    return today


def _file(command: FileForecast, state: RecordState) -> Facts:
    known = know(command)
    _before_cut_off(command, known)
    if isinstance(state, Submitted | Scored):
        raise no.RecordAlreadySubmitted
    check_forecast(command.values, known.watch.indicators)
    filed = ForecastFiled(
        project=known.watch.project,
        node=command.node,
        planned_payments=command.planned_payments,
        values=command.values,
    )
    if isinstance(state, Open) and (state.analysed or state.forecast == filed):
        return []
    return [filed]


def _analyse(command: RunPreAnalysis, state: RecordState) -> Facts:
    if isinstance(state, Submitted | Scored):
        return []
    if isinstance(state, Open) and (state.analysed or state.missed):
        return []
    try:
        known = know(command)
        today = _before_cut_off(command, known)
    except Refusal:
        if command.quiet:
            return []
        raise
    execution = money_on(command, known, today)
    forecast = state.forecast if isinstance(state, Open) else None
    values: tuple[ReportedValue, ...] = ()
    if forecast is None:
        method, expected = ForecastMethod.LINEAR, straight_on(execution, known.dates)
    else:
        method, values = ForecastMethod.FILED, forecast.values
        expected = (execution.paid + forecast.planned_payments).ratio_to(execution.budget)
    indicators = known.watch.indicators
    due = completions(indicators, values, command.node, known.rules.monitoring)
    rating = known.rate(
        Situation(
            node=command.node,
            execution=execution,
            forecast_paid_rate=expected if execution.budget else None,
            due=due,
            likelihoods=core_likelihoods(indicators, values),
        )
    )
    return [
        PreAnalysisRun(
            project=known.watch.project,
            node=command.node,
            method=method,
            execution=execution,
            rating=rating,
            analysed_on=today,
            rule_set_version=known.rules.version,
            legal_basis=known.rules.legal_basis,
        )
    ]


def _submit(command: SubmitMonitoring, state: RecordState) -> Facts:
    if isinstance(state, Submitted):
        if state.report.values == command.values:
            return []
        raise no.RecordAlreadySubmitted
    if isinstance(state, Scored):
        if state.report.values == command.values:
            return []
        raise no.RecordAlreadyScored
    known = know(command)
    check_report(command.values, known.watch.indicators, command.node, known.rules)
    today = business_date(command.now)
    return [
        MonitoringSubmitted(
            project=known.watch.project,
            node=command.node,
            values=command.values,
            execution=money_on(command, known, known.dates.cut_off_on),
            submitted_by=command.by,
            submitted_on=today,
            on_time=today <= known.dates.submit_by,
            summary=command.summary,
        )
    ]


def _submitted(state: RecordState) -> Submitted:
    match state:
        case Submitted():
            return state
        case Scored():
            raise no.RecordAlreadyScored
        case NotOpened() | Open():
            raise no.MonitoringNotSubmitted
        case _:
            assert_never(state)


def _return(command: ReturnMonitoring, state: RecordState) -> Facts:
    if isinstance(state, Open):
        return []
    submitted = _submitted(state)
    project = submitted.report.project
    return [MonitoringReturned(project=project, node=command.node, reason=command.reason)]


def _review(command: ReviewMonitoring, state: RecordState) -> Facts:
    if isinstance(state, Scored):
        return []
    report = _submitted(state).report
    if report.submitted_by == command.by:
        raise no.ReviewerSubmittedReport
    known = know(command)
    monitoring, indicators = known.rules.monitoring, known.watch.indicators
    rating = known.rate(
        Situation(
            node=command.node,
            execution=report.execution,
            due=completions(indicators, report.values, command.node, monitoring),
            likelihoods=core_likelihoods(indicators, report.values),
            compliance_suspected=command.compliance_suspected,
        )
    )
    findings = Findings(
        compliance_suspected=command.compliance_suspected,
        on_time=report.on_time,
        completeness=command.completeness,
        correction=command.correction,
        overdue_letters=len(known.watch.overdue_letters),
    )
    reviewed = MonitoringReviewed(
        project=report.project,
        node=command.node,
        reviewed_by=command.by,
        opinion=command.opinion,
        compliance_suspected=command.compliance_suspected,
    )
    scored = MonitoringScored(
        project=report.project,
        node=command.node,
        score=score_of(rating, findings, monitoring),
        rating=rating,
        scored_on=business_date(command.now),
        target_version=known.watch.target_version,
        rule_set_version=known.rules.version,
        legal_basis=known.rules.legal_basis,
    )
    return [reviewed, scored]


def _miss(command: MissMonitoring, state: RecordState) -> Facts:
    """Silence is never refused: where there is nothing to miss, nothing is said."""
    if isinstance(state, Submitted | Scored):
        return []
    if isinstance(state, Open) and state.missed:
        return []
    watch, rules = command.around.watch, command.around.rules
    dates = watch.dates(command.node) if watch else None
    if watch is None or rules is None or dates is None:
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
