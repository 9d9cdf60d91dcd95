"""The desk of a project: one adjustment at a time lies on it (`domain` §3.6).

What is proposed opens it and what is decided ends it, in the same transaction; so a second
proposal is refused at once, and not only when its target turns it down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from services.monitoring.domain.adjustment.refusals import AnotherAdjustmentOpen
from services.monitoring.domain.values import Project
from shared.domain.decider import Decider, Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAdjustment:
    """An adjustment was proposed."""

    project: Project
    adjustment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAdjustment:
    """An adjustment was decided."""

    project: Project
    adjustment_id: str


type DeskCommand = OpenAdjustment | EndAdjustment


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentOpened:
    """It lies on the desk."""

    project: Project
    adjustment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentEnded:
    """The desk is free."""

    project: Project
    adjustment_id: str


type DeskEvent = AdjustmentOpened | AdjustmentEnded


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What lies on it, if anything does."""

    open: AdjustmentOpened | None = None


def _decide(command: DeskCommand, state: Desk) -> Sequence[DeskEvent]:
    key, project = command.adjustment_id, command.project
    match command:
        case OpenAdjustment():
            if state.open is None:
                return [AdjustmentOpened(project=project, adjustment_id=key)]
            if state.open.adjustment_id == key:
                return []
            raise AnotherAdjustmentOpen(
                project_code=project.code, adjustment_id=state.open.adjustment_id
            )
        case EndAdjustment():
            if state.open is None or state.open.adjustment_id != key:
                return []
            return [AdjustmentEnded(project=project, adjustment_id=key)]
        case _:
            assert_never(command)


def _evolve(_state: Desk, event: DeskEvent) -> Desk:
    match event:
        case AdjustmentOpened():
            return Desk(open=event)
        case AdjustmentEnded():
            return Desk()
        case _:
            assert_never(event)


def _owner(state: Desk) -> Owner | None:
    return state.open.project.owner if state.open else None


desk_decider: Final[Decider[DeskCommand, DeskEvent, Desk]] = Decider(
    category="adjustment_desk",
    initial=Desk(),
    commands=(OpenAdjustment, EndAdjustment),
    events={"AdjustmentOpened": AdjustmentOpened, "AdjustmentEnded": AdjustmentEnded},
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.project.id,
    owner=_owner,
)
