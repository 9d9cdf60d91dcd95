"""Accountability case: what was measured out to a unit, recorded with its document.

open → measures up the ladder → closed → reopened. The system records sanctions; who decided
them stands in the document and is named here (`domain` §3.11).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import assert_never

from services.evaluation.domain.refusals import (
    AlreadyRecorded,
    CaseClosed,
    CaseUnknown,
    LadderGoesUp,
    UnitUnknown,
)
from services.evaluation.domain.unit import Unit, known_unit, unit_reference
from shared.domain.decider import Decider, Owner, Reference


class Rung(StrEnum):
    """The ladder, mildest first."""

    REMINDER = "REMINDER"
    TALK = "TALK"
    CIRCULAR = "CIRCULAR"
    BUDGET_MEASURE = "BUDGET_MEASURE"
    PRIORITY_LOST = "PRIORITY_LOST"
    TRANSFER = "TRANSFER"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCommand:
    """Addresses a case by its number."""

    case_id: str
    by: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase(CaseCommand):
    """A clue became a case."""

    unit_code: str
    subject: str
    clue: str
    opened_on: date
    unit: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMeasure(CaseCommand):
    """Somebody in authority measured something out; keep it with its document."""

    rung: Rung
    authority: str
    document_no: str
    measured_on: date
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCase(CaseCommand):
    """The case ends."""

    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenCase(CaseCommand):
    """New facts came up."""

    reason: str


type CaseRequest = OpenCase | RecordMeasure | CloseCase | ReopenCase


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened:
    """There is a case."""

    unit_code: str
    region_code: str
    department_code: str
    subject: str
    clue: str
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRecorded:
    """A measure was taken by an authority. A circular is also told to the public."""

    unit_code: str
    region_code: str
    subject: str
    rung: Rung
    authority: str
    document_no: str
    measured_on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEnded:
    """The case is closed."""

    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReopened:
    """The case is open again."""

    reason: str


type CaseEvent = CaseOpened | MeasureRecorded | CaseEnded | CaseReopened


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case, the measures so far, and whether it is closed."""

    opened: CaseOpened
    measures: tuple[MeasureRecorded, ...] = ()
    outcome: str | None = None


type CaseState = Case | None

_LADDER = tuple(Rung)


def decide(command: CaseRequest, state: CaseState) -> Sequence[CaseEvent]:
    """Facts, silence or a refusal."""
    if isinstance(command, OpenCase):
        return _open(command, state)
    if state is None:
        raise CaseUnknown
    match command:
        case RecordMeasure():
            return _record(command, state)
        case CloseCase():
            return [] if state.outcome else [CaseEnded(outcome=command.outcome)]
        case ReopenCase():
            return [CaseReopened(reason=command.reason)] if state.outcome else []
        case _:
            assert_never(command)


def _open(command: OpenCase, state: CaseState) -> Sequence[CaseEvent]:
    if command.unit is None:
        raise UnitUnknown
    fact = CaseOpened(
        unit_code=command.unit_code,
        region_code=command.unit.region_code,
        department_code=command.unit.department_code,
        subject=command.subject,
        clue=command.clue,
        opened_on=command.opened_on,
    )
    if state is None:
        return [fact]
    if state.opened == fact:
        return []
    raise AlreadyRecorded


def _record(command: RecordMeasure, state: Case) -> Sequence[CaseEvent]:
    fact = MeasureRecorded(
        unit_code=state.opened.unit_code,
        region_code=state.opened.region_code,
        subject=state.opened.subject,
        rung=command.rung,
        authority=command.authority,
        document_no=command.document_no,
        measured_on=command.measured_on,
        text=command.text,
    )
    if fact in state.measures:
        return []
    if state.outcome:
        raise CaseClosed
    reached = max((_LADDER.index(m.rung) for m in state.measures), default=-1)
    if _LADDER.index(command.rung) < reached:
        raise LadderGoesUp(reached=_LADDER[reached])
    return [fact]


def evolve(state: CaseState, event: CaseEvent) -> CaseState:
    """What is true after this fact."""
    if isinstance(event, CaseOpened):
        return Case(opened=event)
    assert state is not None
    match event:
        case MeasureRecorded():
            return replace(state, measures=(*state.measures, event))
        case CaseEnded(outcome=outcome):
            return replace(state, outcome=outcome)
        case CaseReopened():
            return replace(state, outcome=None)
        case _:
            assert_never(event)


def identify(command: CaseRequest) -> str:
    """One stream per case number."""
    return command.case_id


def consults(command: CaseRequest) -> Sequence[Reference]:
    """A case is about a known unit."""
    return (unit_reference(command.unit_code),) if isinstance(command, OpenCase) else ()


def inform(command: CaseRequest, states: Sequence[object]) -> CaseRequest:
    """Write the unit into the command."""
    if isinstance(command, OpenCase):
        return replace(command, unit=known_unit(states))
    return command


def owner(state: CaseState) -> Owner | None:
    """It belongs to the bureau of the region."""
    return None if state is None else Owner(region_code=state.opened.region_code)


case_decider: Decider[CaseRequest, CaseEvent, CaseState] = Decider(
    category="case",
    initial=None,
    commands=(OpenCase, RecordMeasure, CloseCase, ReopenCase),
    events={
        "CaseOpened": CaseOpened,
        "MeasureRecorded": MeasureRecorded,
        "CaseEnded": CaseEnded,
        "CaseReopened": CaseReopened,
    },
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
    consults=consults,
    inform=inform,
)
