"""The monitoring record as one value the kernel can run."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from services.monitoring.domain import rules as rule_sets
from services.monitoring.domain.duty import duty_of
from services.monitoring.domain.duty import reference as duty_reference
from services.monitoring.domain.ledger.ledger import reference as ledger_reference
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.record import commands as ask
from services.monitoring.domain.record import events as fact
from services.monitoring.domain.record.deciding import decide
from services.monitoring.domain.record.forecasting import YEARS_LOOKED_BACK
from services.monitoring.domain.record.state import (
    NotOpened,
    Open,
    RecordState,
    Scored,
    Submitted,
    evolve,
)
from services.monitoring.domain.round_words import Round
from services.monitoring.domain.round_words import reference as round_reference
from services.monitoring.domain.watch import Watch
from services.monitoring.domain.watch import reference as watch_reference
from shared.domain.decider import Decider, Owner, Reference


def _consults(command: ask.RecordCommand) -> Sequence[Reference]:
    known = (
        watch_reference(command.watch_id),
        ledger_reference(command.watch_id),
        *rule_sets.references(command.region_code, command.fiscal_year),
    )
    match command:
        case ask.EnterMonitoring() | ask.ConfirmExecution() | ask.SubmitMonitoring():
            return (*known, duty_reference(command.watch_id))
        case ask.RunPreAnalysis(region_code=region, fiscal_year=year, node=node):
            earlier = (year - back for back in range(1, YEARS_LOOKED_BACK + 1))
            return (*known, *(round_reference(region, one, node) for one in earlier))
        case _:
            return known


def _inform(command: ask.RecordCommand, states: Sequence[object]) -> ask.RecordCommand:
    watch, ledger, *rest = states
    named = (duty_of(one, command.node) for one in rest)
    around = ask.Surroundings(
        watch=watch if isinstance(watch, Watch) else None,
        ledger=ledger if isinstance(ledger, Ledger) else None,
        rules=rule_sets.nearest(rest),
        duty=next((duty for duty in named if duty is not None), None),
        earlier=tuple(one.report for one in rest if isinstance(one, Round) and one.report),
    )
    return replace(command, around=around)


def _owner(state: RecordState) -> Owner | None:
    match state:
        case NotOpened():
            return None
        case Submitted(opened=opened):
            return opened.project.owner
        case Open() | Scored():
            return state.project.owner


record_decider: Final[Decider[ask.RecordCommand, fact.RecordEvent, RecordState]] = Decider(
    category="record",
    initial=NotOpened(),
    commands=(
        ask.FileForecast,
        ask.RunPreAnalysis,
        ask.OpenCollection,
        ask.EnterMonitoring,
        ask.ConfirmExecution,
        ask.VerifyMonitoring,
        ask.SubmitMonitoring,
        ask.ReturnMonitoring,
        ask.ReviewMonitoring,
        ask.MissMonitoring,
    ),
    events={
        "ForecastFiled": fact.ForecastFiled,
        "PreAnalysisRun": fact.PreAnalysisRun,
        "CollectionOpened": fact.CollectionOpened,
        "ExecutionPrefilled": fact.ExecutionPrefilled,
        "MonitoringEntered": fact.MonitoringEntered,
        "ExecutionConfirmed": fact.ExecutionConfirmed,
        "MonitoringVerified": fact.MonitoringVerified,
        "MonitoringSubmitted": fact.MonitoringSubmitted,
        "MonitoringReturned": fact.MonitoringReturned,
        "MonitoringReviewed": fact.MonitoringReviewed,
        "MonitoringScored": fact.MonitoringScored,
        "MonitoringMissed": fact.MonitoringMissed,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.record_id,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
