"""What falls due after a fact, and the command that says so when the day is over.

Subjects carry all that a command needs; a command decides again whether anything is missing,
so a deadline that comes too late or twice does no harm.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from services.monitoring.domain import round as rounds
from services.monitoring.domain import watch
from services.monitoring.domain.calendar import SUBMIT_WORKDAYS, ends, starts
from services.monitoring.domain.key_fund.events import FundReceived
from services.monitoring.domain.record import events as record
from services.monitoring.domain.record.commands import MissMonitoring, RunPreAnalysis
from services.monitoring.domain.round import AdvanceRound, Stage
from services.monitoring.domain.values import Project
from services.monitoring.domain.warning import events as warning
from services.monitoring.domain.warning.commands import MarkOverdue
from services.monitoring.domain.warning.events import Step
from services.monitoring.reactions.key_funds import of_batch, pass_on
from shared.domain.workdays import add_workdays, business_date
from shared.messages import AnyRecorded, CalledOff, Deadline, Due

CLOCK: Final = "monitoring|clock"
STAGE: Final = "ROUND_STAGE"
PRE_ANALYSIS: Final = "PRE_ANALYSIS"
COLLECTION: Final = "COLLECTION"
OVERDUE: Final = "OVERDUE"
OFFICE_OPENS: Final = timedelta(hours=9)  # a pre-analysis shows the day's state, not the night's

type Changes = Sequence[Deadline | CalledOff]


def schedule(recorded: AnyRecorded) -> Changes:
    """What falls due, or no longer does, after a fact."""
    match recorded.event:
        case rounds.RoundPlanned() as event:
            return _of_round(event, recorded.id)
        case watch.NodesArranged() as event:
            return _of_nodes(event)
        case (
            record.PreAnalysisRun()
            | record.MonitoringSubmitted()
            | record.MonitoringReturned() as event
        ):
            return _of_record(event, recorded)
        case FundReceived() as event:
            return of_batch(event)
        case event:
            return _of_warning(event, recorded.id)


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
            return [CalledOff(key=_key(project, node, kind)) for kind in kinds]
        case record.MonitoringReturned():
            returned_on = business_date(recorded.occurred_at)
            again_by = add_workdays(returned_on, SUBMIT_WORKDAYS, project.region_code)
            key, whose = _key(project, node, COLLECTION), _whose(project, node)
            return [Deadline(key=key, kind=COLLECTION, subject=whose, due_at=ends(again_by))]


def _of_warning(event: object, key: str) -> Changes:  # noqa: PLR0911 - one answer per fact
    match event:
        case warning.LetterIssued():
            return [
                _owed(key, Step.ACKNOWLEDGE, event.acknowledge_by),
                _owed(key, Step.PLAN, event.plan_by),
                _owed(key, Step.FINISH, event.finish_by),
            ]
        case warning.LetterAcknowledged():
            return [_done(key, Step.ACKNOWLEDGE)]
        case warning.RectificationPlanSubmitted():
            return [_done(key, Step.PLAN)]
        case warning.RectificationEvidenceSubmitted():
            return [_done(key, Step.FINISH)]
        case warning.RectificationFailed(finish_by=day):
            return [_owed(key, Step.FINISH, day)]
        case (
            warning.WarningUpgraded()
            | warning.WarningEscalated()
            | warning.WarningClosed()
            | warning.WarningCancelled()
        ):
            return [_done(key, step) for step in Step]
        case _:
            return []


def _owed(key: str, step: Step, day: date) -> Deadline:
    subject = f"{key}|{step}"
    return Deadline(key=f"warning:{subject}", kind=OVERDUE, subject=subject, due_at=ends(day))


def _done(key: str, step: Step) -> CalledOff:
    return CalledOff(key=f"warning:{key}|{step}")


def fall_due(due: Due) -> object | None:
    """The command for a deadline that business time has passed."""
    match due.kind, due.subject.split("|"):
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
        case "OVERDUE", [key, step]:
            return MarkOverdue(warning_id=key, step=Step(step), by=CLOCK, now=due.now)
        case "FUND_PASS_ON", _:
            return pass_on(due)
        case _:
            return None
