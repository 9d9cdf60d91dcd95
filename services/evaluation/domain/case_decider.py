"""An accountability case as an aggregate: what is true after each fact, and whose it is."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from services.evaluation.domain.case import CaseState, decide
from services.evaluation.domain.case_messages import (
    CaseEnded,
    CaseEvent,
    CaseOpened,
    CaseReopened,
    CaseRequest,
    CloseCase,
    ClueRaised,
    FindingNoted,
    InvestigationStarted,
    MeasureRecorded,
    NoActionRecorded,
    NoteFinding,
    OpenCase,
    RecordMeasure,
    RecordNoAction,
    ReopenCase,
    StartInvestigation,
)
from services.evaluation.domain.unit import known_unit, unit_reference
from shared.domain.decider import Decider, Owner, Reference


def evolve(  # noqa: PLR0911 - one per fact
    state: CaseState, event: CaseEvent
) -> CaseState:
    """What is true after this fact."""
    match event:
        case FindingNoted():
            return replace(state, findings={**state.findings, event.source: event})
        case ClueRaised():
            return replace(state, clue=event)
        case CaseOpened():
            return replace(state, opened=event)
        case InvestigationStarted():
            return replace(state, investigation=event)
        case MeasureRecorded():
            return replace(state, measures=(*state.measures, event))
        case NoActionRecorded():
            return replace(state, no_action=event)
        case CaseEnded(outcome=outcome):
            return replace(state, outcome=outcome)
        case CaseReopened():
            return replace(
                state,
                outcome=None,
                investigation=None,
                no_action=None,
                since=len(state.measures),
            )
        case _:
            assert_never(event)


def identify(command: CaseRequest) -> str:
    """One stream per case number."""
    return command.case_id


def consults(command: CaseRequest) -> Sequence[Reference]:
    """A case is about a known unit."""
    if isinstance(command, OpenCase) or (isinstance(command, NoteFinding) and command.unit_code):
        return (unit_reference(command.unit_code),)
    return ()


def inform(command: CaseRequest, states: Sequence[object]) -> CaseRequest:
    """Write the unit into the command."""
    if isinstance(command, OpenCase | NoteFinding):
        return replace(command, unit=known_unit(states))
    return command


def owner(state: CaseState) -> Owner | None:
    """It belongs to the bureau of the region."""
    told = state.opened or state.clue
    return None if told is None else Owner(region_code=told.region_code)


case_decider: Decider[CaseRequest, CaseEvent, CaseState] = Decider(
    category="case",
    initial=CaseState(),
    commands=(
        NoteFinding,
        OpenCase,
        StartInvestigation,
        RecordMeasure,
        RecordNoAction,
        CloseCase,
        ReopenCase,
    ),
    events={
        "FindingNoted": FindingNoted,
        "ClueRaised": ClueRaised,
        "CaseOpened": CaseOpened,
        "InvestigationStarted": InvestigationStarted,
        "MeasureRecorded": MeasureRecorded,
        "NoActionRecorded": NoActionRecorded,
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
