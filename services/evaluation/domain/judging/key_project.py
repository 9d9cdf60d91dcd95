"""Key projects by what they mean, not only by what they cost: designated with reason and document.

Source: 10号 art. 9 as `domain` §3.7(b) and §4.7 have it: departments choose what is of policy
priority, touches people's livelihood or draws public attention. By its amount a project is a key
project without being designated (`monitoring.key_project_yuan`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, assert_never

from services.evaluation.domain.judging.refusals import (
    DesignationUnfounded,
    KeyProjectKnown,
    KeyProjectUnknown,
)
from services.evaluation.domain.refusals import SelfEvaluationUnknown
from services.evaluation.domain.self_evaluation.messages import Project
from services.evaluation.domain.self_evaluation.states import project_of
from services.evaluation.domain.values import Whose, owned, project_year
from shared.domain.decider import Decider, Owner, Reference
from shared.domain.workdays import business_date


class KeyGround(StrEnum):
    """Why a project is a key project."""

    POLICY_PRIORITY = "POLICY_PRIORITY"
    LIVELIHOOD = "LIVELIHOOD"
    PUBLIC_ATTENTION = "PUBLIC_ATTENTION"


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignateKeyProject:
    """From this year on the project is a key project, whatever it costs."""

    project_code: str
    fiscal_year: int
    ground: KeyGround
    reason: str
    document_no: str
    by: str
    now: datetime
    project: Project | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseKeyProject:
    """It is not any more, for a reason."""

    project_code: str
    reason: str
    by: str
    now: datetime


type KeyProjectCommand = DesignateKeyProject | ReleaseKeyProject


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyProjectDesignated:
    """The project is evaluated as a key project from its year on."""

    whose: Whose
    project_name: str
    ground: KeyGround
    reason: str
    document_no: str
    designated_by: str
    designated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyProjectReleased:
    """The project is a key project by its amount alone, if by that."""

    reason: str
    released_by: str
    released_on: date


type KeyProjectEvent = KeyProjectDesignated | KeyProjectReleased


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyProject:
    """What was said last; nothing where it was never designated."""

    designated: KeyProjectDesignated | None = None
    released: KeyProjectReleased | None = None


def decide(command: KeyProjectCommand, state: KeyProject) -> Sequence[KeyProjectEvent]:
    """Designated once, with its ground; released, and designated anew."""
    match command:
        case DesignateKeyProject():
            return _designate(command, state)
        case ReleaseKeyProject():
            return _release(command, state)
        case _:
            assert_never(command)


def _designate(command: DesignateKeyProject, state: KeyProject) -> Sequence[KeyProjectEvent]:
    project = command.project
    if project is None:
        raise SelfEvaluationUnknown(
            f"no target of {command.project_code} was approved", pointer="/project_code"
        )
    for name, text in (("reason", command.reason), ("document_no", command.document_no)):
        if not text.strip():
            raise DesignationUnfounded(pointer=f"/{name}", remedy="Say why, and by which document.")
    fact = KeyProjectDesignated(
        whose=project.whose,
        project_name=project.name,
        ground=command.ground,
        reason=command.reason,
        document_no=command.document_no,
        designated_by=command.by,
        designated_on=business_date(command.now),
    )
    known = state.designated
    if known is None or state.released is not None:
        return [fact]
    if (known.ground, known.document_no) == (fact.ground, fact.document_no):
        return []
    raise KeyProjectKnown(
        remedy="Release it first, if it is one for another reason now.",
        ground=known.ground.value,
        document_no=known.document_no,
    )


def _release(command: ReleaseKeyProject, state: KeyProject) -> Sequence[KeyProjectEvent]:
    if state.designated is None:
        raise KeyProjectUnknown
    if not command.reason.strip():
        raise DesignationUnfounded(pointer="/reason", remedy="Say why it is not any more.")
    if state.released is not None:
        return []
    today = business_date(command.now)
    return [KeyProjectReleased(reason=command.reason, released_by=command.by, released_on=today)]


def evolve(state: KeyProject, event: KeyProjectEvent) -> KeyProject:
    """The last word counts."""
    match event:
        case KeyProjectDesignated():
            return KeyProject(designated=event)
        case KeyProjectReleased():
            return replace(state, released=event)
        case _:
            assert_never(event)


def _consults(command: KeyProjectCommand) -> Sequence[Reference]:
    """The approved target of its year says whose it is."""
    if isinstance(command, ReleaseKeyProject):
        return ()
    name = project_year(command.project_code, command.fiscal_year)
    return (Reference("self_evaluation", name),)


def _inform(command: KeyProjectCommand, states: Sequence[object]) -> KeyProjectCommand:
    if isinstance(command, ReleaseKeyProject):
        return command
    return replace(command, project=next((p for p in map(project_of, states) if p), None))


def _owner(state: KeyProject) -> Owner | None:
    return None if state.designated is None else owned(state.designated.whose)


key_project_decider: Final[Decider[KeyProjectCommand, KeyProjectEvent, KeyProject]] = Decider(
    category="key_project",
    initial=KeyProject(),
    commands=(DesignateKeyProject, ReleaseKeyProject),
    events={
        "KeyProjectDesignated": KeyProjectDesignated,
        "KeyProjectReleased": KeyProjectReleased,
    },
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.project_code,
    owner=_owner,
    consults=_consults,
    inform=_inform,
)
