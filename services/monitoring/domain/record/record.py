"""The monitoring record as one value the kernel can run."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from services.monitoring.domain import rules as rule_sets
from services.monitoring.domain.ledger.ledger import reference as ledger_reference
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.record import commands as ask
from services.monitoring.domain.record import events as fact
from services.monitoring.domain.record.deciding import decide
from services.monitoring.domain.record.state import (
    NotOpened,
    Open,
    RecordState,
    Scored,
    Submitted,
    evolve,
)
from services.monitoring.domain.watch import Watch
from services.monitoring.domain.watch import reference as watch_reference
from shared.domain.decider import Decider, Owner, Reference


def _consults(command: ask.RecordCommand) -> Sequence[Reference]:
    return (
        watch_reference(command.watch_id),
        ledger_reference(command.watch_id),
        *rule_sets.references(command.region_code, command.fiscal_year),
    )


def _inform(command: ask.RecordCommand, states: Sequence[object]) -> ask.RecordCommand:
    watch, ledger, *rules = states
    around = ask.Surroundings(
        watch=watch if isinstance(watch, Watch) else None,
        ledger=ledger if isinstance(ledger, Ledger) else None,
        rules=rule_sets.nearest(rules),
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
        ask.SubmitMonitoring,
        ask.ReturnMonitoring,
        ask.ReviewMonitoring,
        ask.MissMonitoring,
    ),
    events={
        "ForecastFiled": fact.ForecastFiled,
        "PreAnalysisRun": fact.PreAnalysisRun,
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
