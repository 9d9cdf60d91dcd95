"""What a monitoring record answers: one leaf per command."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, assert_never

from services.monitoring.domain.rating import Situation, completions, core_likelihoods
from services.monitoring.domain.record import refusals as no
from services.monitoring.domain.record.collecting import (
    confirm_execution,
    fill,
    miss,
    open_collection,
    submit,
)
from services.monitoring.domain.record.commands import (
    ConfirmExecution,
    EnterMonitoring,
    FileForecast,
    MissMonitoring,
    OpenCollection,
    RecordCommand,
    ReturnMonitoring,
    ReviewMonitoring,
    RunPreAnalysis,
    SubmitMonitoring,
    VerifyMonitoring,
)
from services.monitoring.domain.record.events import ForecastFiled, PreAnalysisRun, RecordEvent
from services.monitoring.domain.record.forecasting import check_plan, outlook
from services.monitoring.domain.record.knowing import Known, know, money_on
from services.monitoring.domain.record.reporting import check_forecast
from services.monitoring.domain.record.reviewing import check, give_back, review
from services.monitoring.domain.record.state import Open, RecordState, Scored, Submitted
from shared.domain.refusals import Refusal
from shared.domain.workdays import business_date

if TYPE_CHECKING:
    from services.monitoring.domain.values import ReportedValue

type Facts = Sequence[RecordEvent]


def decide(command: RecordCommand, state: RecordState) -> Facts:  # noqa: C901, PLR0911 - one leaf per command
    """The facts a command makes true."""
    match command:
        case FileForecast():
            return _file(command, state)
        case RunPreAnalysis():
            return _analyse(command, state)
        case OpenCollection():
            return open_collection(command, state)
        case EnterMonitoring():
            return fill(command, state)
        case ConfirmExecution():
            return confirm_execution(command, state)
        case SubmitMonitoring():
            return submit(command, state)
        case ReturnMonitoring():
            return give_back(command, state)
        case VerifyMonitoring():
            return check(command, state)
        case ReviewMonitoring():
            return review(command, state)
        case MissMonitoring():
            return miss(command, state)
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
    check_plan(command)
    filed = ForecastFiled(
        project=known.watch.project,
        node=command.node,
        planned_payments=command.planned_payments,
        values=command.values,
        plan=command.plan,
        contracts=command.contracts,
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
    values: tuple[ReportedValue, ...] = () if forecast is None else forecast.values
    ahead = outlook(command, known, execution, forecast)
    indicators = known.watch.indicators
    rating = known.rate(
        Situation(
            node=command.node,
            execution=execution,
            forecast_paid_rate=ahead.expected_rate if execution.budget else None,
            due=completions(indicators, values, command.node, known.rules.monitoring),
            likelihoods=core_likelihoods(indicators, values),
        )
    )
    return [
        PreAnalysisRun(
            project=known.watch.project,
            node=command.node,
            method=ahead.method,
            execution=execution,
            rating=rating,
            analysed_on=today,
            rule_set_version=known.rules.version,
            legal_basis=known.rules.legal_basis,
            outlook=ahead,
        )
    ]
