"""What the watch over a project hears and waits for: duties, standing, collection, lying money."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from services.monitoring.domain import idleness as idle
from services.monitoring.domain.calendar import starts
from services.monitoring.domain.duty import Duty, HearDuty, nodes_of
from services.monitoring.domain.exemption import NodeExemption
from services.monitoring.domain.record.commands import OpenCollection
from services.monitoring.domain.values import Indicator, Project, Source
from services.monitoring.domain.warning import events as warning
from services.monitoring.domain.watch import NodesArranged, NoteStanding
from shared.contracts import targets
from shared.domain.workdays import business_date
from shared.messages import AnyRecorded, CalledOff, Deadline, Due

CLOCK: Final = "monitoring|clock"
OPENING: Final = "OPENING"
IDLE: Final = "IDLE_MONEY"

type Standing = targets.ProjectSuspended | targets.ProjectResumed | targets.ProjectTerminated
type Told = targets.ResponsibilityAssigned | Standing

WATCHING_HEARS: Final = (
    targets.ResponsibilityAssigned,
    targets.ProjectSuspended,
    targets.ProjectResumed,
    targets.ProjectTerminated,
)


def react_to_watched(word: Told, version: int, by: str, now: datetime) -> Sequence[object]:
    """Who answers for the nodes, and whether the project goes on."""
    if not isinstance(word, targets.ResponsibilityAssigned):
        return [_standing(word, version, by, now)]
    nodes = nodes_of(word.steps)
    if not nodes:
        return []
    return [
        HearDuty(
            project_code=word.project_code,
            fiscal_year=word.fiscal_year,
            region_code=word.region_code,
            unit_code=word.unit_code,
            nodes=nodes,
            duty=Duty(business=word.business, finance=word.finance, head=word.head),
            by=by,
            now=now,
        )
    ]


def _standing(word: Standing, version: int, by: str, now: datetime) -> NoteStanding:
    """It stops in the year in which it was told to; the next year has a target of its own."""
    kind: NodeExemption | None
    match word:
        case targets.ProjectSuspended(suspended_on=day, reason=reason):
            kind = NodeExemption.SUSPENDED
        case targets.ProjectTerminated(terminated_on=day, reason=reason):
            kind = NodeExemption.TERMINATED
        case targets.ProjectResumed(resumed_on=day):
            kind, reason = None, ""
    return NoteStanding(
        project_code=word.project_code,
        fiscal_year=day.year,
        kind=kind,
        since_on=day,
        reason=reason,
        version=version,
        by=by,
        now=now,
    )


def heard_indicators(said: Sequence[targets.Indicator]) -> tuple[Indicator, ...]:
    """The indicators of a target as monitoring keeps them."""
    return tuple(
        Indicator(
            indicator_id=item.indicator_id,
            name=item.name,
            operator=item.operator,
            target_value=item.target_value,
            lower_is_better=item.lower_is_better,
            weight=item.weight,
            is_core=item.is_core,
            cumulative=item.cumulative,
            milestones=dict(item.milestones),
            level1=item.level1,
            level2=item.level2,
            unit=item.unit,
        )
        for item in said
    )


def schedule_watched(recorded: AnyRecorded) -> Sequence[Deadline | CalledOff]:
    """When reports are collected, and when money is looked for."""
    match recorded.event:
        case NodesArranged() as event:
            return [*_openings(event), *_first_look(event, recorded)]
        case idle.IdleMoneyObserved(project=project, look_again_on=day):
            return [_look(project, day)]
        case warning.WarningClosed() | warning.WarningCancelled() as event:
            if f"-{Source.DAILY}-" not in recorded.id:
                return []
            return [_look(event.project, business_date(recorded.occurred_at) + timedelta(days=1))]
        case _:
            return []


def opening_key(project: Project, node: str) -> str:
    """The key under which a collection waits for its day."""
    return f"record:{project.id}-{node}:{OPENING}"


def _openings(event: NodesArranged) -> Sequence[Deadline]:
    whose = f"{event.project.region_code}|{event.project.code}|{event.project.fiscal_year}"
    return [
        Deadline(
            key=opening_key(event.project, dates.node),
            kind=OPENING,
            subject=f"{whose}|{dates.node}",
            due_at=starts(dates.collect_on) + idle.OFFICE_OPENS,
        )
        for dates in event.nodes
    ]


def _first_look(event: NodesArranged, recorded: AnyRecorded) -> Sequence[Deadline]:
    """No quota of a new watch can have lain long enough before so many days have passed."""
    if not event.idle_days:
        return []
    wait = event.idle_days if recorded.version <= idle.FIRST_ARRANGED else 1
    return [_look(event.project, business_date(recorded.occurred_at) + timedelta(days=wait))]


def _look(project: Project, day: date) -> Deadline:
    return Deadline(
        key=f"idle:{project.id}",
        kind=IDLE,
        subject=f"{project.region_code}|{project.code}|{project.fiscal_year}",
        due_at=starts(day) + idle.OFFICE_OPENS,
    )


def watched_fall_due(due: Due) -> object | None:
    """The command for a collection or a look that is due."""
    match due.kind, due.subject.split("|"):
        case "OPENING", [region, code, year, node]:
            return OpenCollection(
                region_code=region,
                project_code=code,
                fiscal_year=int(year),
                node=node,
                by=CLOCK,
                now=due.now,
            )
        case "IDLE_MONEY", [region, code, year]:
            return idle.FindIdleMoney(
                region_code=region,
                project_code=code,
                fiscal_year=int(year),
                by=CLOCK,
                now=due.now,
            )
        case _:
            return None
