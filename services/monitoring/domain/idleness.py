"""Money that lies: looked for between the nodes, project by project (`domain` §4.6 row 7).

A look says when the next one is worth it: not before the day on which money that moved last could
have lain too long. So a project is looked at some six times a year and found on the first working
day on which the rule holds. One warning is given per rest of the money: none while one is open, a
new one only after money moved again. When a warning ends, the looking begins anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from services.monitoring.domain import rules as rule_sets
from services.monitoring.domain.ledger.ledger import reference as ledger_reference
from services.monitoring.domain.ledger.state import Ledger
from services.monitoring.domain.rating import idle_days
from services.monitoring.domain.rules import RulesInForce
from services.monitoring.domain.values import (
    Execution,
    Level,
    Project,
    Reason,
    Source,
    project_id,
)
from services.monitoring.domain.warning.commands import RaiseWarning
from services.monitoring.domain.warning.state import Ended, NotRaised
from services.monitoring.domain.watch import Watch
from services.monitoring.domain.watch import reference as watch_reference
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.workdays import business_date, is_workday

MONDAY: Final = 0
ONE_DAY: Final = timedelta(days=1)
OFFICE_OPENS: Final = timedelta(hours=9)
FIRST_ARRANGED: Final = 2  # the version of a watch that has just been opened and arranged
BY_RULE: Final = "monitoring|clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindIdleMoney:
    """Look whether the money of a project lies; the clock asks, and is never refused."""

    project_code: str
    fiscal_year: int
    region_code: str
    watch: Watch | None = None
    ledger: Ledger | None = None
    rules: RulesInForce | None = None
    warned: bool = False
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleMoneyObserved:
    """It does not lie, or not long enough; worth a look again on this day."""

    project: Project
    looked_on: date
    look_again_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleMoneyFound:
    """The money lies, and there is reason to warn."""

    project: Project
    since_on: date
    execution: Execution
    idle_days: int
    limit_days: int
    node: str
    warning_id: str
    rule_set_version: int
    legal_basis: str
    found_at: datetime


type IdleEvent = IdleMoneyObserved | IdleMoneyFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Idleness:
    """The last warning of a project's lying money, and since when it had lain."""

    project: Project | None = None
    warning_id: str = ""
    since_on: date | None = None


def _decide(command: FindIdleMoney, state: Idleness) -> Sequence[IdleEvent]:
    watch, ledger, rules = command.watch, command.ledger, command.rules
    today = business_date(command.now)
    if watch is None or ledger is None or rules is None or watch.exempt or command.warned:
        return []
    if today.year != command.fiscal_year or rules.monitoring.idle_check == "NEVER":
        return []
    limit = timedelta(days=rules.monitoring.red_idle_days)
    execution = ledger.execution(today, watch.starts_on)
    idle = None if watch.standing is not None else idle_days(execution)
    since = None if idle is None else today - timedelta(days=idle)
    if since is None or since == state.since_on:
        return [_again(watch.project, today, today + limit, rules)]
    if today - since < limit:
        return [_again(watch.project, today, since + limit, rules)]
    return [
        IdleMoneyFound(
            project=watch.project,
            since_on=since,
            execution=execution,
            idle_days=(today - since).days,
            limit_days=rules.monitoring.red_idle_days,
            node=_node(watch, today),
            warning_id=f"{watch.project.id}-{Source.DAILY}-{since:%Y%m%d}",
            rule_set_version=rules.version,
            legal_basis=rules.legal_basis,
            found_at=command.now,
        )
    ]


def _again(project: Project, today: date, day: date, rules: RulesInForce) -> IdleMoneyObserved:
    """The first working day from then on; where it is looked for weekly, of that week or next."""
    day = max(day, today + ONE_DAY)
    weekly = rules.monitoring.idle_check == "WEEK"
    while weekly and day.weekday() != MONDAY:
        day += ONE_DAY
    while not is_workday(day, project.region_code):
        day += ONE_DAY
    return IdleMoneyObserved(project=project, looked_on=today, look_again_on=day)


def _node(watch: Watch, today: date) -> str:
    """The node that comes next; after the last one, the last."""
    ahead = [dates.node for dates in watch.nodes if dates.cut_off_on >= today]
    return ahead[0] if ahead else watch.nodes[-1].node if watch.nodes else ""


def _entails(event: IdleEvent, _state: Idleness) -> Iterable[RaiseWarning]:
    """What the rule found needs nobody's confirmation."""
    if not isinstance(event, IdleMoneyFound):
        return ()
    project = event.project
    found = RaiseWarning(
        warning_id=event.warning_id,
        project_code=project.code,
        fiscal_year=project.fiscal_year,
        region_code=project.region_code,
        node=event.node,
        level=Level.RED,
        reasons=(Reason.IDLE,),
        source=Source.DAILY,
        finding=(
            f"自{event.since_on.isoformat()}起{event.idle_days}天无支付，"
            f"可用指标{event.execution.available}元"
        ),
        execution_rate=event.execution.paid.ratio_to(event.execution.budget),
        rule_set_version=event.rule_set_version,
        found_by_rule=True,
        by=BY_RULE,
        now=event.found_at,
    )
    return (found,)


def _evolve(state: Idleness, event: IdleEvent) -> Idleness:
    if isinstance(event, IdleMoneyFound):
        return Idleness(project=event.project, warning_id=event.warning_id, since_on=event.since_on)
    return replace(state, project=event.project)


def _consults(command: FindIdleMoney) -> Sequence[Reference]:
    key = project_id(command.project_code, command.fiscal_year)
    rules = rule_sets.references(command.region_code, command.fiscal_year)
    return (watch_reference(key), ledger_reference(key), *rules)


def _refers(
    _command: FindIdleMoney, state: Idleness, _known: Sequence[object]
) -> Sequence[Reference]:
    """The warning that was given last: while it is open, no other is."""
    return [Reference("warning", state.warning_id)] if state.warning_id else []


def _inform(command: FindIdleMoney, states: Sequence[object]) -> FindIdleMoney:
    watch, ledger, *rest = states
    others = [one for one in rest if not isinstance(one, rule_sets.Rules)]
    return replace(
        command,
        watch=watch if isinstance(watch, Watch) else None,
        ledger=ledger if isinstance(ledger, Ledger) else None,
        rules=rule_sets.nearest(rest),
        warned=any(not isinstance(one, NotRaised | Ended) for one in others),
    )


def _owner(state: Idleness) -> Owner | None:
    return state.project.owner if state.project else None


idleness_decider: Final[Decider[FindIdleMoney, IdleEvent, Idleness]] = Decider(
    category="idleness",
    initial=Idleness(),
    commands=(FindIdleMoney,),
    events={"IdleMoneyObserved": IdleMoneyObserved, "IdleMoneyFound": IdleMoneyFound},
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: project_id(command.project_code, command.fiscal_year),
    owner=_owner,
    consults=_consults,
    refers=_refers,
    inform=_inform,
    entails=_entails,
)
