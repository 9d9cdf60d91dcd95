"""How far a cut has come; nothing of it is undone."""

from dataclasses import dataclass, replace
from typing import assert_never

from services.evaluation.domain.cut.events import (
    CutAnswered,
    CutClosed,
    CutConfirmed,
    CutEvent,
    CutNotified,
    CutProposed,
    CutUnanswered,
    CutWithdrawn,
    CutWritten,
)
from shared.domain.decider import Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A proposal and everything that followed."""

    proposal: CutProposed
    notice: CutNotified | None = None
    answer: CutAnswered | CutUnanswered | None = None
    end: CutConfirmed | CutWithdrawn | None = None
    written: CutWritten | None = None
    closed: CutClosed | None = None


type CutState = Cut | None


def evolve(state: CutState, event: CutEvent) -> CutState:
    """What is true after this fact."""
    if isinstance(event, CutProposed):
        return Cut(proposal=event)
    assert state is not None
    match event:
        case CutNotified():
            return replace(state, notice=event)
        case CutAnswered() | CutUnanswered():
            return replace(state, answer=event)
        case CutConfirmed() | CutWithdrawn():
            return replace(state, end=event)
        case CutWritten():
            return replace(state, written=event)
        case CutClosed():
            return replace(state, closed=event)
        case _:
            assert_never(event)


def owner(state: CutState) -> Owner | None:
    """A cut is the bureau's; the unit and its department see and answer it."""
    if state is None:
        return None
    return Owner(
        region_code=state.proposal.region_code,
        department_code=state.proposal.department_code,
        unit_code=state.proposal.unit_code,
    )
