"""What falls due after a fact, and the command that says so when the day is over.

Subjects carry all that a command needs; a command decides again whether anything is missing,
so a deadline that comes too late or twice does no harm.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from services.monitoring.domain import round as rounds
from services.monitoring.domain import watch
from services.monitoring.domain.calendar import SUBMIT_WORKDAYS, ends, starts
from services.monitoring.domain.key_fund.events import FundReceived
from services.monitoring.domain.ledger import events as money
from services.monitoring.domain.record import events as record
from services.monitoring.domain.record.commands import MissMonitoring, RunPreAnalysis
from services.monitoring.domain.round import AdvanceRound, Stage
from services.monitoring.domain.values import Project
from services.monitoring.reactions.key_funds import of_batch, pass_on
from services.monitoring.reactions.ledger import freeze_over, of_freeze
from services.monitoring.reactions.orders import order_due, schedule_orders
from services.monitoring.reactions.treasury import of_treasury, tie_out
from services.monitoring.reactions.unprinted import printing_due, schedule_printing
from services.monitoring.reactions.warnings import of_warning, overdue
from services.monitoring.reactions.watching import (
    opening_key,
    schedule_watched,
    watched_fall_due,
)
from shared.domain.workdays import add_workdays, business_date
from shared.messages import AnyRecorded, CalledOff, Deadline, Due

CLOCK: Final = "monitoring|clock"
STAGE: Final = "ROUND_STAGE"
PRE_ANALYSIS: Final = "PRE_ANALYSIS"
COLLECTION: Final = "COLLECTION"
OFFICE_OPENS: Final = timedelta(hours=9)  # a pre-analysis shows the day's state, not the night's

type Changes = Sequence[Deadline | CalledOff]


def schedule(recorded: AnyRecorded) -> Changes:
    """What falls due, or no longer does, after a fact."""
    match recorded.event:
        case rounds.RoundPlanned() as event:
            return _of_round(event, recorded.id)
        case watch.NodesArranged() as event:
            return [*_of_nodes(event), *schedule_watched(recorded)]
        case (
            record.PreAnalysisRun()
            | record.MonitoringSubmitted()
            | record.MonitoringReturned() as event
        ):
            return _of_record(event, recorded)
        case money.QuotaFrozen() | money.QuotaReleased() | money.QuotaAdjusted() as event:
            return of_freeze(event)
        case FundReceived() as event:
            return of_batch(event)
        case event:
            return [
                *of_warning(event, recorded.id),
                *schedule_watched(recorded),
                *of_treasury(recorded),
                *schedule_orders(recorded),
                *schedule_printing(recorded),
            ]


def _of_round(event: rounds.RoundPlanned, key: str) -> Changes:
    dates = event.dates
    moments = {
        Stage.PRE_ANALYSIS: starts(dates.pre_analysis_on),
        Stage.COLLECTING: starts(dates.collect_on),
        Stage.REVIEWING: ends(dates.submit_by),
        Stage.SCORED: ends(dates.review_by),
    }
    whose = f"{event.region_code}|{event.fiscal_year}|{dates.node}"
    return [
        Deadline(key=f"round:{key}:{stage}", kind=STAGE, subject=f"{whose}|{stage}", due_at=at)
        for stage, at in moments.items()
    ]


def _whose(project: Project, node: str) -> str:
    return f"{project.region_code}|{project.code}|{project.fiscal_year}|{node}"


def _key(project: Project, node: str, kind: str) -> str:
    return f"record:{project.id}-{node}:{kind}"


def _of_nodes(event: watch.NodesArranged) -> Changes:
    project = event.project
    deadlines: list[Deadline] = []
    for dates in event.nodes:
        whose = _whose(project, dates.node)
        moments = {
            PRE_ANALYSIS: starts(dates.pre_analysis_on) + OFFICE_OPENS,
            COLLECTION: ends(dates.submit_by),
        }
        deadlines += [
            Deadline(key=_key(project, dates.node, kind), kind=kind, subject=whose, due_at=at)
            for kind, at in moments.items()
        ]
    return deadlines


def _of_record(
    event: record.PreAnalysisRun | record.MonitoringSubmitted | record.MonitoringReturned,
    recorded: AnyRecorded,
) -> Changes:
    project, node = event.project, event.node
    match event:
        case record.PreAnalysisRun():
            return [CalledOff(key=_key(project, node, PRE_ANALYSIS))]
        case record.MonitoringSubmitted():
            kinds = (PRE_ANALYSIS, COLLECTION)
            called_off = [CalledOff(key=_key(project, node, kind)) for kind in kinds]
            return [*called_off, CalledOff(key=opening_key(project, node))]
        case record.MonitoringReturned():
            returned_on = business_date(recorded.occurred_at)
            again_by = add_workdays(returned_on, SUBMIT_WORKDAYS, project.region_code)
            key, whose = _key(project, node, COLLECTION), _whose(project, node)
            return [Deadline(key=key, kind=COLLECTION, subject=whose, due_at=ends(again_by))]


def fall_due(due: Due) -> object | None:  # noqa: PLR0911 - one per kind
    """The command for a deadline that business time has passed."""
    match due.kind, due.subject.split("|"):
        case "FREEZE", _:
            return freeze_over(due)
        case "ROUND_STAGE", [region, year, node, stage]:
            return AdvanceRound(
                region_code=region,
                fiscal_year=int(year),
                node=node,
                stage=Stage(stage),
                by=CLOCK,
                now=due.now,
            )
        case "PRE_ANALYSIS", [region, code, year, node]:
            return RunPreAnalysis(
                region_code=region,
                project_code=code,
                fiscal_year=int(year),
                node=node,
                quiet=True,
                by=CLOCK,
                now=due.now,
            )
        case "COLLECTION", [region, code, year, node]:
            return MissMonitoring(
                region_code=region,
                project_code=code,
                fiscal_year=int(year),
                node=node,
                by=CLOCK,
                now=due.now,
            )
        case "TIE_OUT", _:
            return tie_out(due, CLOCK)
        case "OVERDUE", [key, step]:
            return overdue(key, step, CLOCK, due)
        case "FUND_PASS_ON", _:
            return pass_on(due)
        case _:
            return watched_fall_due(due) or order_due(due, CLOCK) or printing_due(due)
