"""Where an adjustment stands, and how each fact moves it.

PROPOSED (what it takes is frozen) → PAIRED → UNDER_REVIEW → APPROVED (the target has its new
version) → EXECUTED → REPORTED → CLOSED; or REFUSED, or FAILED_EXECUTION. ADR 0018 says why the
order is not quite that of `domain` §3.6.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from services.monitoring.domain.adjustment import events as fact
from services.monitoring.domain.adjustment.words import AdjustmentKind, AdjustmentStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class NotProposed:
    """Nothing was proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A proposal and what became of it."""

    proposal: fact.AdjustmentProposed
    status: AdjustmentStatus = AdjustmentStatus.PROPOSED
    paired: fact.AdjustmentTargetPaired | None = None
    signed: Mapping[str, fact.AdjustmentSigned] = field(default_factory=dict)
    ended: fact.SuspensionEnded | None = None
    reported: fact.AdjustmentReported | None = None

    @property
    def suspends(self) -> bool:
        """Whether it holds the money of a project back, for as long as it lasts."""
        return self.proposal.kind is AdjustmentKind.SUSPENSION


type AdjustmentState = NotProposed | Adjustment


def evolve(state: AdjustmentState, event: fact.AdjustmentEvent) -> AdjustmentState:
    """The adjustment after one more fact."""
    if isinstance(event, fact.AdjustmentProposed):
        return Adjustment(proposal=event)
    return state if isinstance(state, NotProposed) else _moved(state, event)


def _moved(  # noqa: C901, PLR0911 - one answer per fact
    state: Adjustment, event: fact.AdjustmentEvent
) -> Adjustment:
    match event:
        case fact.AdjustmentTargetPaired():
            return replace(state, status=AdjustmentStatus.PAIRED, paired=event)
        case fact.AdjustmentSigned(body=body):
            signed = {**state.signed, body: event}
            return replace(state, status=AdjustmentStatus.UNDER_REVIEW, signed=signed)
        case fact.AdjustmentApproved():
            return replace(state, status=AdjustmentStatus.APPROVED)
        case fact.AdjustmentExecuted():
            return replace(state, status=AdjustmentStatus.EXECUTED)
        case fact.AdjustmentFailed():
            return replace(state, status=AdjustmentStatus.FAILED_EXECUTION)
        case fact.AdjustmentRefused():
            return replace(state, status=AdjustmentStatus.REFUSED)
        case fact.SuspensionEnded():
            return replace(state, ended=event)
        case fact.AdjustmentReported():
            return replace(state, status=AdjustmentStatus.REPORTED, reported=event)
        case fact.AdjustmentClosed():
            return replace(state, status=AdjustmentStatus.CLOSED)
        case fact.AdjustmentProposed():
            return state
        case _:
            assert_never(event)
