"""Who answers for the monitoring of a project: one person of each office, and the head (§6.1).

Heard from the targets service, where the responsibility matrix is kept; only its steps of
monitoring are kept here. Where nobody is named yet, nobody can be asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from services.monitoring.domain.values import project_id
from shared.domain.decider import Decider, Owner, Reference

STEP_PREFIX: Final = "MONITOR_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """The three persons of a step: business office, finance office, head of the unit."""

    business: str
    finance: str
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HearDuty:
    """Three persons answer for these nodes from now on."""

    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    nodes: tuple[str, ...]
    duty: Duty
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyHeard:
    """They answer."""

    project_code: str
    fiscal_year: int
    region_code: str
    unit_code: str
    nodes: tuple[str, ...]
    duty: Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """Who answers, by node; empty before anybody was named."""

    region_code: str = ""
    unit_code: str = ""
    by_node: Mapping[str, Duty] = field(default_factory=dict)


def reference(watch_id: str) -> Reference:
    """The duties of a project and year."""
    return Reference("duty", watch_id)


def duty_of(state: object, node: str) -> Duty | None:
    """Who answers for a node, as a decision that consulted the duties sees it."""
    return state.by_node.get(node) if isinstance(state, Duties) else None


def nodes_of(steps: Sequence[str]) -> tuple[str, ...]:
    """The nodes among the steps of a matrix: `MONITOR_M05` is M05."""
    return tuple(step.removeprefix(STEP_PREFIX) for step in steps if step.startswith(STEP_PREFIX))


def _decide(command: HearDuty, state: Duties) -> Sequence[DutyHeard]:
    nodes = tuple(node for node in command.nodes if state.by_node.get(node) != command.duty)
    if not nodes:
        return []
    return [
        DutyHeard(
            project_code=command.project_code,
            fiscal_year=command.fiscal_year,
            region_code=command.region_code,
            unit_code=command.unit_code,
            nodes=nodes,
            duty=command.duty,
        )
    ]


def _evolve(state: Duties, event: DutyHeard) -> Duties:
    named = dict.fromkeys(event.nodes, event.duty)
    return Duties(
        region_code=event.region_code,
        unit_code=event.unit_code,
        by_node={**state.by_node, **named},
    )


def _owner(state: Duties) -> Owner | None:
    if not state.region_code:
        return None
    return Owner(region_code=state.region_code, unit_code=state.unit_code)


duty_decider: Final[Decider[HearDuty, DutyHeard, Duties]] = Decider(
    category="duty",
    initial=Duties(),
    commands=(HearDuty,),
    events={"DutyHeard": DutyHeard},
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: project_id(command.project_code, command.fiscal_year),
    owner=_owner,
)
